import { readFileSync } from "node:fs";
import { boolean, bytes, date, float64, int32, text, time, uuid } from "../../../../model/columnTypes.ts";
import { declaredGraph, defaultGraph, type Table } from "../../../../model/graph.ts";
import { reconciliation, reconciliationFile, type Reconciled } from "../../../../model/warehouse/reconciliation.ts";
import { pipeline } from "../../../../pipeline.ts";
import { sourceOf } from "../declarations.ts";

const { tables } = defaultGraph(declaredGraph(pipeline));
const systems: readonly Reconciled[] = ["snowflake", "sqlServer", "mySql", "mariaDb", "postgres"];
const fileOf = (system: Reconciled) =>
  system === "snowflake" ? "sql/snowflake/reconcile.sql" : `sql/sources/reconcile/${system}.sql`;

/** In MySQL and MariaDB a table is in no schema. */
const tablesIn = (system: Reconciled): Table[] =>
  tables.map((table) =>
    system === "mySql" || system === "mariaDb" ? { ...table, path: table.path.split(".").at(-1) ?? "" } : table,
  );

const [typed] = sourceOf("shop", {
  kind: "sqlServer",
  database: "shop",
  tables: {
    "dbo.things": {
      kind: "entity",
      key: ["code", "id"],
      columns: {
        code: { type: text(10), as: "thing_code" },
        id: int32,
        flag: boolean,
        ratio: float64,
        day: date,
        at: time,
        raw: bytes,
        tag: uuid,
      },
    },
  },
}).tables;
const of = (system: Reconciled) => (typed === undefined ? "" : reconciliation(system, typed));

it.each(systems)("the file of %s is what the model says of the article's tables", (system) => {
  expect(readFileSync(fileOf(system), "utf8")).toBe(reconciliationFile(system, tablesIn(system)));
});

it("compares every column but floats, under the name that each system has for it", () => {
  expect(of("snowflake")).toContain("COALESCE(THING_CODE, '<NULL>')");
  expect(of("snowflake")).toContain("FROM ANALYTICS.THINGS\n");
  expect(of("sqlServer")).toContain("COALESCE(CONVERT(NVARCHAR(MAX), [code]), '<NULL>')");
  expect(of("sqlServer")).toContain("FROM [dbo].[things]\n");
  // Style 114 would write 09:30:00:123.
  expect(of("sqlServer")).toContain("COALESCE(CONVERT(VARCHAR(12), [at], 121), '<NULL>')");
  for (const system of systems) {
    expect(of(system).match(/'<NULL>'/g)).toHaveLength(7);
    expect(of(system)).not.toMatch(/ratio/i);
  }
});

it("groups a key that is not one whole number by its hash", () => {
  expect(of("snowflake")).toContain("LEFT(MD5(CONCAT_WS(\n    '|',\n    THING_CODE,\n    TO_VARCHAR(ID)\n)), 2)");
  expect(of("sqlServer")).toContain("LEFT(LOWER(CONVERT(VARCHAR(32), HASHBYTES('MD5',");
});
