import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { boolean, bytes, date, decimal, int32, int64, text, timestamp, uuid } from "../../../model/columnTypes.ts";
import { declaredGraph, defaultGraph, type Source } from "../../../model/graph.ts";
import type { TableDeclaration } from "../../../model/pipeline.ts";
import { demoChanges, steadyChanges, type Change } from "../../../model/sources/demoChanges.ts";
import { demoRows } from "../../../model/sources/demoData.ts";
import { databaseSql, schemaSql, seedSql, sessionSql, transactionSql } from "../../../model/sources/demoSql.ts";
import type { Row } from "../../../model/sources/demoValues.ts";
import { quotedName, sqlLiteral, textLiteral } from "../../../model/sources/sqlText.ts";
import { pipeline } from "../../../pipeline.ts";
import { sourceOf } from "./declarations.ts";

const { sources } = defaultGraph(declaredGraph(pipeline));
const [mssql, mysql] = sources as [Source, Source];

const rowsOf = (name: string, seed?: number): readonly Row[] =>
  sources.flatMap((source) => demoRows(source, seed)).find(({ table }) => table.name === name)?.rows ?? [];

function sourceWith(path: string, table: TableDeclaration, kind: "postgres" | "sqlServer" = "postgres"): Source {
  return sourceOf("shop", { kind, database: "shop", tables: { [path]: table } });
}

describe("the rows that a demo starts with", () => {
  const orders = rowsOf("ORDERS");
  const customers = rowsOf("CUSTOMERS");

  it("are 100 orders and 20 customers, numbered, and every order has its customer", () => {
    expect(orders.map((row) => row.order_id)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(customers.map((row) => row.id)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    const ids = new Set(customers.map((row) => row.id));
    expect(orders.filter((row) => !ids.has(row.customer_id ?? null))).toEqual([]);
    expect(new Set(orders.map((row) => row.customer_id)).size).toBe(20);
  });

  it("fit the declared columns, in SQL Server's count of characters too", () => {
    for (const { table, rows } of sources.flatMap((source) => demoRows(source))) {
      for (const { source, type } of table.columns) {
        const values = rows.map((row) => row[source]);
        expect(values.filter((value) => value === undefined || value === null)).toEqual([]);
        if (type.logical === "text") {
          expect(values.filter((value) => String(value).length > type.length)).toEqual([]);
        }
      }
    }
    expect(orders.every((row) => /^\d{1,3}\.\d\d$/.test(String(row.order_total_usd)))).toBe(true);
  });

  it("are varied: quotes, backslashes, several scripts, characters of four bytes", () => {
    const letters = JSON.stringify([orders, customers].flat().map((row) => Object.values(row).join("\n")));
    for (const each of ["'", '\\"', "\\\\", "é", "Ł", "𠮷", "🐼"]) {
      expect(letters).toContain(each);
    }
    expect(new Set(customers.map((row) => `${String(row.first_name)} ${String(row.last_name)}`)).size).toBeGreaterThan(
      15,
    );
  });

  it("are the same bytes for a seed, and others for another", () => {
    const sql = sources.map((source) => seedSql(source.kind, demoRows(source))).join("");
    expect(createHash("sha256").update(sql).digest("hex")).toBe(
      "125031745a13f63776ae74222c8dd34f10eb1a891b952f4a95ab61900d34df19",
    );
    expect(rowsOf("ORDERS", 2)).not.toEqual(orders);
    expect(rowsOf("ORDERS", 2)).toEqual(rowsOf("ORDERS", 2));
  });

  it("of other tables are values of their columns' types, each with a key of its own", () => {
    const columns = { id: uuid, on: boolean, raw: bytes, price: decimal(4, 4), note: text(3), day: date };
    const [{ rows } = { rows: [] }] = demoRows(sourceWith("public.things", { kind: "entity", key: "id", columns }));
    expect(rows).toHaveLength(20);
    expect(new Set(rows.map((row) => row.id)).size).toBe(20);
    expect(rows.every((row) => /^0\.\d{4}$/.test(String(row.price)) && String(row.note).length <= 3)).toBe(true);
  });

  it("follow the declaration when it changes a column", () => {
    const columns = {
      order_id: int64,
      customer_id: int32,
      item: text(6),
      order_ts: date,
      order_total_usd: decimal(3, 1),
    };
    const [{ rows } = { rows: [] }] = demoRows(
      sourceWith("public.ORDERS", { kind: "facts", key: "order_id", columns }),
    );
    expect(rows).toHaveLength(100);
    expect(rows.every((row) => String(row.item).length <= 6)).toBe(true);
    expect(rows.every((row) => /^\d{4}-\d\d-\d\d$/.test(String(row.order_ts)))).toBe(true);
    expect(rows.every((row) => /^\d{1,2}\.\d$/.test(String(row.order_total_usd)))).toBe(true);
  });
});

describe("the short history", () => {
  const changes = demoChanges(sources);
  const of = (name: string, operation: Change["operation"]) =>
    changes.filter((change) => change.table.name === name && change.operation === operation);

  it("updates one order five times and deletes three rows", () => {
    const updates = changes.filter((change) => change.operation === "update");
    expect(updates.map(({ key }) => key)).toEqual(Array.from({ length: 5 }, () => ({ order_id: 42 })));
    expect(of("ORDERS", "delete")).toMatchObject([{ key: { order_id: 58 } }, { key: { order_id: 77 } }]);
    expect(of("CUSTOMERS", "delete")).toMatchObject([{ key: { id: 20 } }]);
  });

  it("has an order before its customer, and ends with every order's customer there", () => {
    const customers = new Set(rowsOf("CUSTOMERS").map((row) => row.id));
    const orders = new Map(rowsOf("ORDERS").map((row) => [row.order_id, row.customer_id]));
    const orphans = () => [...orders.values()].filter((customer) => !customers.has(customer ?? null)).length;
    const seen = changes.map((change) => {
      const isOrder = change.table.name === "ORDERS";
      if (change.operation === "insert" && isOrder) {
        orders.set(change.row.order_id, change.row.customer_id);
      } else if (change.operation === "insert") {
        customers.add(change.row.id);
      } else if (change.operation === "delete" && change.key !== "newest") {
        const { key } = change;
        if (isOrder) {
          orders.delete(key.order_id);
        } else {
          customers.delete(key.id);
        }
      }
      return orphans();
    });
    expect(Math.max(...seen)).toBe(1);
    expect(seen.at(-1)).toBe(0);
  });
});

describe("steady changes", () => {
  const first = (source: Source, count: number, seed?: number) => {
    const changes = steadyChanges(source, seed);
    return Array.from({ length: count }, () => changes.next().value);
  };

  it("are the same for a seed, and others for another", () => {
    expect(first(mssql, 50)).toEqual(first(mssql, 50));
    expect(first(mssql, 50)).not.toEqual(first(mssql, 50, 2));
  });

  it("mostly add facts and mostly change entities, one to three rows at a time", () => {
    const shares = [mssql, mysql].map((source) => {
      const all = first(source, 400).flat();
      return all.filter(({ operation }) => operation === "append").length / all.length;
    });
    expect(shares[0]).toBeGreaterThan(0.6);
    expect(shares[1]).toBeLessThan(0.3);
    expect(new Set(first(mssql, 100).map((transaction) => transaction.length))).toEqual(new Set([1, 2, 3]));
  });

  it("leave every order its customer", () => {
    const kept = rowsOf("CUSTOMERS")
      .map((row) => row.id)
      .slice(0, 19);
    const orders = first(mssql, 300)
      .flat()
      .flatMap((change) => (change.operation === "append" ? [change.row] : []));
    expect(orders.filter((row) => !kept.includes(row.customer_id ?? null))).toEqual([]);
    expect(
      first(mysql, 300)
        .flat()
        .filter((change) => change.operation === "delete" && change.key !== "newest"),
    ).toEqual([]);
  });

  it("need a table whose key is one whole number", () => {
    const table: TableDeclaration = { kind: "facts", key: "id", columns: { id: uuid, note: text(5) } };
    expect(() => first(sourceWith("public.notes", table), 1)).toThrow(
      "no table of shop has one whole number as its key, so there is nothing to change",
    );
  });
});

describe("the SQL", () => {
  it("makes SQL Server's table as it is declared, once", () => {
    expect(
      databaseSql("sqlServer", "demo") + sessionSql("sqlServer", "demo") + schemaSql("sqlServer", mssql.tables),
    ).toBe(
      `IF DB_ID(N'demo') IS NULL CREATE DATABASE [demo];
GO
SET QUOTED_IDENTIFIER ON;
SET XACT_ABORT ON;
USE [demo];
GO
IF OBJECT_ID(N'[dbo].[ORDERS]', N'U') IS NULL
CREATE TABLE [dbo].[ORDERS] (
  [order_id] INT NOT NULL,
  [customer_id] INT NULL,
  [order_ts] DATETIME2(3) NULL,
  [order_total_usd] DECIMAL(5,2) NULL,
  [item] NVARCHAR(50) NULL,
  PRIMARY KEY ([order_id])
);
GO
`,
    );
  });

  it("makes a schema that is not always there", () => {
    const table: TableDeclaration = { kind: "facts", key: "id", columns: { id: int32, at: timestamp(3) } };
    expect(schemaSql("sqlServer", sourceWith("sales.T", table, "sqlServer").tables)).toContain(
      "IF SCHEMA_ID(N'sales') IS NULL EXEC (N'CREATE SCHEMA [sales]');",
    );
    expect(schemaSql("postgres", sourceWith("sales.T", table).tables)).toContain(
      'CREATE SCHEMA IF NOT EXISTS "sales";',
    );
    expect(schemaSql("postgres", sourceWith("public.T", table).tables)).not.toContain("SCHEMA");
  });

  it.each([
    ["sqlServer", "BEGIN TRANSACTION;\nDELETE FROM [dbo].[ORDERS] WHERE [order_id] = 58;\nCOMMIT;\nGO\n"],
    ["postgres", 'BEGIN;\nDELETE FROM "dbo"."ORDERS" WHERE "order_id" = 58;\nCOMMIT;\n'],
    ["mySql", "START TRANSACTION;\nDELETE FROM `dbo`.`ORDERS` WHERE `order_id` = 58;\nCOMMIT;\n"],
  ] as const)("changes rows of %s in transactions", (kind, expected) => {
    const [change] = demoChanges([mssql]).filter(({ operation }) => operation === "delete");
    expect(transactionSql(kind, change === undefined ? [] : [change])).toBe(expected);
  });

  it("writes each value so that the database reads that value", () => {
    const awkward = "O'Hara \\ $(x)\r\nGO";
    expect(sqlLiteral("sqlServer", text(50), awkward)).toBe(
      "N'O''Hara \\ $' + N'(x)' + NCHAR(13) + N'' + NCHAR(10) + N'GO'",
    );
    expect(sqlLiteral("mySql", text(50), awkward)).toBe("'O''Hara \\\\ $(x)\\r\\nGO'");
    expect(sqlLiteral("postgres", text(50), awkward)).toBe("'O''Hara \\ $(x)\r\nGO'");
    expect(sqlLiteral("sqlServer", timestamp(3), "2026-05-01T09:00:00.000")).toBe("N'2026-05-01T09:00:00.000'");
    expect(sqlLiteral("mariaDb", timestamp(3), "2026-05-01T09:00:00.000")).toBe("'2026-05-01 09:00:00.000'");
    expect(sqlLiteral("sqlServer", boolean, true)).toBe("1");
    expect(sqlLiteral("postgres", boolean, true)).toBe("true");
    expect(sqlLiteral("sqlServer", bytes, Uint8Array.of(0, 255))).toBe("0x00ff");
    expect(sqlLiteral("postgres", bytes, Uint8Array.of(0, 255))).toBe("'\\x00ff'");
    expect(sqlLiteral("sqlServer", decimal(5, 2), "12.30")).toBe("12.30");
    expect(sqlLiteral("mySql", int32, null)).toBe("NULL");
    expect(quotedName("sqlServer", "a]b")).toBe("[a]]b]");
  });

  it("refuses text that no database can hold", () => {
    expect(() => textLiteral("postgres", "a\0b")).toThrow('text with U+0000 or half a surrogate pair: "a\\u0000b"');
    expect(() => textLiteral("postgres", "\ud83d")).toThrow("half a surrogate pair");
  });

  it("gives sqlcmd no line that ends a batch and no variable, whatever a text holds", () => {
    const parts = fc.constantFrom("GO", "$(", "$", "(", "\n", "\r", "'", " ", "x");
    fc.assert(
      fc.property(
        fc.array(parts).map((some) => some.join("")),
        (value) => {
          const literal = textLiteral("sqlServer", value);
          expect(literal).not.toMatch(/[\r\n]|\$\(/);
          const read = literal
            .split(" + ")
            .map((part) =>
              part.startsWith("NCHAR(")
                ? String.fromCharCode(Number(part.slice(6, -1)))
                : part.slice(2, -1).replaceAll("''", "'"),
            );
          expect(read.join("")).toBe(value);
        },
      ),
    );
  });
});
