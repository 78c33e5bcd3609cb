import * as fc from "fast-check";
import {
  columnChanges,
  columnChangesMessage,
  columnsOf,
  type LandingColumns,
} from "../../../../model/warehouse/columnChanges.ts";
import { landingOf } from "./tables.ts";

const before: LandingColumns = { ORDERS: ["ID NUMBER(10,0)", "ITEM VARCHAR(50)"] };

it.each<[string, LandingColumns, string[]]>([
  ["nothing", before, []],
  ["a column at the end", { ORDERS: ["ID NUMBER(10,0)", "ITEM VARCHAR(50)", "AT DATE"] }, []],
  ["another table", { ...before, CUSTOMERS: ["ID NUMBER(10,0)"] }, []],
  ["a table that goes", {}, []],
  ["a column that goes", { ORDERS: ["ID NUMBER(10,0)"] }, ["ORDERS.ITEM: it would be dropped"]],
  [
    "another name, which is another column",
    { ORDERS: ["ID NUMBER(10,0)", "THING VARCHAR(50)"] },
    ["ORDERS.ITEM: it would be dropped"],
  ],
  [
    "another type",
    { ORDERS: ["ID NUMBER(19,0)", "ITEM VARCHAR(60)"] },
    ["ORDERS.ID: NUMBER(10,0) would become NUMBER(19,0)", "ORDERS.ITEM: VARCHAR(50) would become VARCHAR(60)"],
  ],
  [
    "a column in the middle, which Snowflake would put at the end",
    { ORDERS: ["ID NUMBER(10,0)", "AT DATE", "ITEM VARCHAR(50)"] },
    ["ORDERS.AT: it would stand before columns that are there already"],
  ],
  [
    "another order",
    { ORDERS: ["ITEM VARCHAR(50)", "ID NUMBER(10,0)"] },
    ["ORDERS.ITEM: it would stand before columns that are there already"],
  ],
])("%s", (_, after, changes) => {
  expect(columnChanges(before, after)).toEqual(changes);
});

it("only what begins with all that was there is let through", () => {
  const columns = fc.uniqueArray(fc.constantFrom("A DATE", "B DATE", "C DATE", "D DATE", "A TIME(3)"), {
    selector: (column) => column.slice(0, 1),
  });
  fc.assert(
    fc.property(columns, columns, (old, wanted) => {
      const isGrown = old.every((column, index) => wanted[index] === column);
      expect(columnChanges({ T: old }, { T: wanted }).length === 0).toBe(isGrown);
    }),
  );
});

it.each([
  ["ORDERS", "snowflake.generations: { ORDERS: [1, 2] }"],
  ["ORDERS_2", "snowflake.generations: { ORDERS: [2, 3] }"],
])("the message says what to write for %s", (table, generations) => {
  expect(columnChangesMessage([`${table}.ITEM: it would be dropped`], "snowflake")).toBe(
    [
      "Columns of landing tables are only added, and at the end: what rows have would be lost else.",
      `  ${table}.ITEM: it would be dropped`,
      "Write columns that are new at the end of their table's in pipeline.ts, and leave those that are there as they are. " +
        `For another type or without a column, make a new table beside the old one: ${generations} (docs/warehouse.md says how to go on).`,
    ].join("\n"),
  );
});

it("has the columns of each table as Snowflake has them", () => {
  expect(columnsOf([landingOf("ITEM_SALES_HOURLY")])).toEqual({
    ITEM_SALES_HOURLY: [
      "RECORD_METADATA VARIANT",
      "ITEM VARCHAR(16777216)",
      "WINDOW_START NUMBER(19,0)",
      "WINDOW_END NUMBER(19,0)",
      "ORDERS NUMBER(19,0)",
      "TURNOVER_USD NUMBER(38,2)",
    ],
  });
});
