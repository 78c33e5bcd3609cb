import * as fc from "fast-check";
import type { SourceKind } from "../../../../model/columnTypes.ts";
import {
  databaseNameMistake,
  fieldOf,
  replicationName,
  signalCollection,
} from "../../../../model/connect/debeziumNames.ts";

describe("the name of a replication slot and its publication", () => {
  it.each([
    ["dev", "shop", "dev_shop"],
    ["prod_eu", "pg", "prod_eu_pg"],
    ["prod-eu", "pg", "prod_eu_pg_497a0cb8"],
    ["Prod_eu", "pg", "prod_eu_pg_7b4cc70a"],
    ["a".repeat(60), "shop", `${"a".repeat(54)}_997243d7`],
  ])("of stack %s and source %s", (stack, source, name) => {
    expect(replicationName(stack, source)).toBe(name);
  });

  const anyStack = fc.stringMatching(/^[A-Za-z0-9_.-]{1,100}$/);
  const anySource = fc.stringMatching(/^[a-z][a-z0-9]{0,31}$/);

  it("is one that Postgres takes", () => {
    fc.assert(
      fc.property(anyStack, anySource, (stack, source) => {
        expect(replicationName(stack, source)).toMatch(/^[a-z0-9_]{1,63}$/);
      }),
    );
  });

  it("is another for another stack or source", () => {
    fc.assert(
      fc.property(anyStack, anySource, anyStack, anySource, (stack, source, otherStack, otherSource) => {
        const isSame = stack === otherStack && source === otherSource;
        expect(replicationName(stack, source) === replicationName(otherStack, otherSource)).toBe(isSame);
      }),
    );
    expect(new Set(["a-b", "a.b", "a_b", "A_b"].map((stack) => replicationName(stack, "pg"))).size).toBe(4);
  });
});

it.each<[SourceKind, string, string]>([
  ["sqlServer", "demo", "demo.dbo.debezium_signal"],
  ["sqlServer", "my.shop", '"my.shop".dbo.debezium_signal'],
  ["mySql", "shop-1$", "shop-1$.debezium_signal"],
  ["mariaDb", "my shop", '"my shop".debezium_signal'],
  ["postgres", "my shop", "public.debezium_signal"],
])("the signal table of %s, database %s, is %s", (kind, database, collection) => {
  expect(signalCollection({ kind, database })).toBe(collection);
});

it.each<[SourceKind, string, string | undefined]>([
  ["sqlServer", "My shop-1.eu$", undefined],
  ["postgres", "a,b", undefined],
  ["sqlServer", "a,b", 'Debezium takes no "," in the name of a database of SQL Server. Capture another database.'],
  ["mySql", "a (old", 'Debezium takes no "(" in the name of a database of MySQL. Capture another database.'],
  ["mariaDb", "a ", 'Debezium takes no " " in the name of a database of MariaDB. Capture another database.'],
])("of a %s database called %j it says %j", (kind, database, mistake) => {
  expect(databaseNameMistake(kind, database)).toBe(mistake);
});

it.each([
  ["order_id", "order_id"],
  ["Order Id", "Order_Id"],
  ["2nd", "_2nd"],
  ["größe😀", "gr__e__"],
  ["a.b", "a_b"],
])("column %s is field %s", (column, field) => {
  expect(fieldOf(column)).toBe(field);
});
