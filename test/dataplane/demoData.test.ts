import { spawnSync } from "node:child_process";
import * as path from "node:path";
import * as fc from "fast-check";
import {
  boolean,
  bytes,
  date,
  decimal,
  float64,
  int32,
  int64,
  text,
  time,
  timestamp,
  uuid,
  type ColumnType,
} from "../../model/columnTypes.ts";
import type { Source } from "../../model/graph.ts";
import type { TableDeclaration } from "../../model/pipeline.ts";
import { demoChanges } from "../../model/sources/demoChanges.ts";
import { demoRows } from "../../model/sources/demoData.ts";
import { databaseSql, schemaSql, seedSql, sessionSql, transactionSql } from "../../model/sources/demoSql.ts";
import { sqlLiteral, type SqlValue } from "../../model/sources/sqlText.ts";
import { pipeline } from "../../pipeline.ts";
import { startMariaDb } from "../../dataplane/engines/mariadb.ts";
import type { DatabaseServer } from "../../dataplane/engines/databaseServer.ts";
import { startPostgres } from "../../dataplane/engines/postgres.ts";
import { Lab } from "../../dataplane/engines/processes.ts";
import { sourceOf } from "../unit/model/declarations.ts";

type RealKind = "mariaDb" | "postgres";

const lab = new Lab("demo");
const servers: Partial<Record<RealKind, DatabaseServer>> = {};

beforeAll(async () => {
  servers.mariaDb = await startMariaDb(lab);
  servers.postgres = await startPostgres(lab);
});
afterAll(() => lab.stop());

function server(kind: RealKind): DatabaseServer {
  const found = servers[kind];
  if (found === undefined) {
    throw new Error(`no ${kind}`);
  }
  return found;
}

const shopOf = (kind: RealKind, tables: Record<string, TableDeclaration>): Source =>
  sourceOf("shop", { kind, database: "shop", tables });

/** The whole article in one source of the kind, as the demo's databases have it in two. */
function article(kind: RealKind): Source {
  const tables = Object.values(pipeline.sources)
    .flatMap((source) => Object.entries(source.tables))
    .filter(([, { onByDefault = true }]) => onByDefault);
  return shopOf(kind, Object.fromEntries(tables.map(([name, table]) => [name.split(".").at(-1) ?? name, table])));
}

/** A new database with the source's tables and rows, and how to ask it. */
function loaded(source: Source, database: string): (sql: string) => string {
  const kind = source.kind as RealKind;
  const real = server(kind);
  real.sql(kind === "postgres" ? `CREATE DATABASE ${database}` : databaseSql(kind, database));
  const run = (script: string) => real.sql(sessionSql(kind, database) + script, { database });
  run(schemaSql(kind, source.tables) + seedSql(kind, demoRows(source)));
  return run;
}

const name = (kind: RealKind, column: string) => (kind === "postgres" ? `"${column}"` : column);

describe.each<RealKind>(["mariaDb", "postgres"])("the demo in a real %s", (kind) => {
  const orphans = (run: (sql: string) => string) =>
    run(
      `SELECT COUNT(*) FROM ${name(kind, "ORDERS")} WHERE ${name(kind, "customer_id")} NOT IN (SELECT id FROM customers)`,
    );
  const counts = (run: (sql: string) => string) =>
    run(`SELECT COUNT(*) FROM ${name(kind, "ORDERS")}; SELECT COUNT(*) FROM customers`).split("\n");

  it("has 100 orders and 20 customers, every order has its customer, and no letter is lost", () => {
    const source = article(kind);
    const run = loaded(source, "seeded");
    expect(counts(run)).toEqual(["100", "20"]);
    expect(orphans(run)).toBe("0");
    const customers = demoRows(source).find(({ table }) => table.name === "CUSTOMERS")?.rows ?? [];
    const stored = run(
      "SELECT CONCAT(last_name, '|', company, '|', fav_movie, '|', fav_animal) FROM customers ORDER BY id",
    );
    expect(stored.split("\n").map((line) => (kind === "mariaDb" ? line.replaceAll("\\\\", "\\") : line))).toEqual(
      customers.map((row) => [row.last_name, row.company, row.fav_movie, row.fav_animal].join("|")),
    );
  });

  it("ends its changes with every order's customer there, though one came late", () => {
    const source = article(kind);
    const run = loaded(source, "changed");
    const changes = demoChanges([source]);
    const late = changes.findIndex(({ table, operation }) => table.name === "CUSTOMERS" && operation === "insert");
    run(
      changes
        .slice(0, late)
        .map((change) => transactionSql(kind, [change]))
        .join(""),
    );
    expect(orphans(run)).toBe("1");
    run(
      changes
        .slice(late)
        .map((change) => transactionSql(kind, [change]))
        .join(""),
    );
    expect(orphans(run)).toBe("0");
    expect(counts(run)).toEqual(["99", "20"]);
    expect(run(`SELECT order_total_usd, item FROM ${name(kind, "ORDERS")} WHERE order_id = 42`)).toBe(
      "0.00\tWooden spoon, refunded",
    );
  });

  it("takes what npm run demo:changes prints, twice", () => {
    const source = article(kind);
    const run = loaded(source, "steady");
    for (const each of ["mssql", "mysql"]) {
      const printed = changesPrinted(kind, each, "steady");
      const before = counts(run);
      run(printed);
      run(printed);
      expect(counts(run)).not.toEqual(before);
    }
    expect(orphans(run)).toBe("0");
    const [orders, customers] = counts(run).map(Number);
    expect(orders).toBeGreaterThan(150);
    expect(customers).toBeGreaterThan(20);
  });

  it("fills tables of every type, and an empty table only", () => {
    const columns = {
      id: uuid,
      flag: boolean,
      big: int64,
      ratio: float64,
      price: decimal(5, 5),
      whole: decimal(3, 0),
      note: text(5),
      day: date,
      at: time,
      moment: timestamp(6),
      raw: bytes,
    };
    const source = shopOf(kind, { things: { kind: "entity", key: "id", columns } });
    const run = loaded(source, "typed");
    expect(run("SELECT COUNT(*) FROM things WHERE price > 0 AND price < 1 AND flag IS NOT NULL")).toBe("20");
    if (kind === "mariaDb") {
      run(`DELETE FROM things LIMIT 5; ${seedSql(kind, demoRows(source))}`);
      expect(run("SELECT COUNT(*) FROM things")).toBe("15");
    }
  });
});

/** What a database must give back for each type: generated values, and how they are read for comparison. */
const typed: Record<string, { type: ColumnType; values: fc.Arbitrary<SqlValue> }> = {
  note: {
    type: text(200),
    values: fc
      .string({
        unit: fc.oneof(
          fc.constantFrom("'", "\\", '"', "$(", "\n", "\r", "--", "/*", ";", "%", "👍", "𠮷"),
          fc.string({ unit: "binary", maxLength: 1 }),
        ),
        maxLength: 40,
      })
      .filter((value) => !value.includes("\0") && value.isWellFormed()),
  },
  raw: { type: bytes, values: fc.uint8Array({ maxLength: 30 }) },
  number: { type: int32, values: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }) },
  price: {
    type: decimal(12, 3),
    values: fc
      .tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.integer({ min: 0, max: 999 }))
      .map(([whole, part]) => `${String(whole)}.${String(part).padStart(3, "0")}`),
  },
  moment: {
    type: timestamp(3),
    values: fc
      .date({ min: new Date("1970-01-01T00:00:00Z"), max: new Date("2100-01-01T00:00:00Z"), noInvalidDate: true })
      .map((value) => value.toISOString().slice(0, -1)),
  },
};

/** Hexadecimal UTF-8 or bytes, or the plain text: nothing that a client could bend on its way. */
function readBack(kind: RealKind, column: string): string {
  if (column === "note") {
    return kind === "postgres" ? `encode(convert_to(${column}, 'UTF8'), 'hex')` : `LOWER(HEX(${column}))`;
  }
  if (column === "raw") {
    return kind === "postgres" ? `encode(${column}, 'hex')` : `LOWER(HEX(${column}))`;
  }
  return column === "moment" && kind === "postgres" ? `to_char(${column}, 'YYYY-MM-DD HH24:MI:SS.MS')` : column;
}

function asRead(column: string, value: SqlValue): string {
  if (column === "moment") {
    return String(value).replace("T", " ");
  }
  return column === "note" || column === "raw"
    ? Buffer.from(value as string | Uint8Array as string).toString("hex")
    : String(value);
}

describe.each<RealKind>(["mariaDb", "postgres"])("a literal in a real %s", (kind) => {
  it("is read as the very value", () => {
    const source = shopOf(kind, {
      literals: {
        kind: "facts",
        key: "id",
        columns: { id: int32, ...Object.fromEntries(Object.entries(typed).map(([key, { type }]) => [key, type])) },
      },
    });
    const real = server(kind);
    real.sql(kind === "postgres" ? "CREATE DATABASE literals" : databaseSql(kind, "literals"));
    const run = (script: string) => real.sql(sessionSql(kind, "literals") + script, { database: "literals" });
    run(schemaSql(kind, source.tables));
    let id = 0;
    const columns = Object.keys(typed);
    const row = fc.record(Object.fromEntries(Object.entries(typed).map(([key, { values }]) => [key, values])));
    fc.assert(
      fc.property(fc.array(row, { minLength: 20, maxLength: 40 }), (rows) => {
        const first = id;
        const inserts = rows.map((values) => {
          id += 1;
          const literals = columns.map((column) =>
            sqlLiteral(kind, typed[column]?.type ?? int32, values[column] ?? null),
          );
          return `INSERT INTO literals (id, ${columns.join(", ")}) VALUES (${[id, ...literals].join(", ")});`;
        });
        const read = columns.map((column) => readBack(kind, column)).join(", ");
        const printed = run(
          `${inserts.join("\n")}\nSELECT 'row', ${read} FROM literals WHERE id > ${String(first)} ORDER BY id`,
        );
        expect(printed.split("\n")).toEqual(
          rows.map((values) => ["row", ...columns.map((column) => asRead(column, values[column] ?? null))].join("\t")),
        );
      }),
      { numRuns: 15, endOnFailure: true },
    );
  });
});

/** 200 transactions. */
function changesPrinted(kind: RealKind, source: string, database: string): string {
  const flags = { source, kind, database, rate: "2000", for: "0.1" };
  const args = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]);
  const program = [path.join("sandbox", "run.mjs"), path.join("tools", "demo", "changes.ts")];
  const { stdout, stderr, status } = spawnSync(process.execPath, [...program, ...args], { encoding: "utf8" });
  if (status !== 0) {
    throw new Error(stderr);
  }
  return stdout;
}
