import * as fc from "fast-check";
import type { DatabaseServer } from "../../dataplane/engines/databaseServer.ts";
import { startMariaDb } from "../../dataplane/engines/mariadb.ts";
import { startPostgres } from "../../dataplane/engines/postgres.ts";
import { Lab } from "../../dataplane/engines/processes.ts";
import { SnowflakeStandIn } from "../../dataplane/engines/snowflake.ts";
import type { RealKind } from "../../dataplane/standIns.ts";
import {
  boolean,
  bytes,
  date,
  decimal,
  int32,
  int64,
  text,
  time,
  timestamp,
  uuid,
  type ColumnType,
} from "../../model/columnTypes.ts";
import type { Source, Table } from "../../model/graph.ts";
import { databaseSql, schemaSql, sessionSql } from "../../model/sources/demoSql.ts";
import { quotedName, quotedPath, sqlLiteral, type SqlValue } from "../../model/sources/sqlText.ts";
import { landingTable } from "../../model/warehouse/landing.ts";
import { reconciliation } from "../../model/warehouse/reconciliation.ts";
import { sourceOf } from "../unit/model/declarations.ts";
import { nullable, type LandedValue } from "./warehouse/values.ts";

/** The figures that tell whether Snowflake has a source's rows are the same on real databases and on the stand-in. */
const lab = new Lab("reconciliation");
const servers: Partial<Record<RealKind, DatabaseServer>> = {};
let standIn: SnowflakeStandIn;
beforeAll(async () => {
  servers.mariaDb = await startMariaDb(lab);
  servers.postgres = await startPostgres(lab);
  standIn = await SnowflakeStandIn.start(lab);
});
afterAll(() => lab.stop());

const columns: Readonly<Record<string, ColumnType>> = {
  flag: boolean,
  big: int64,
  price: decimal(12, 3),
  whole: decimal(38, 0),
  part: decimal(38, 30),
  day: date,
  hour: time,
  moment: timestamp(3),
  raw: bytes,
  tag: uuid,
  note: text(200),
};
const tables = {
  numbered: { kind: "entity" as const, key: "id", columns: { id: int32, ...columns } },
  coded: { kind: "entity" as const, key: ["code", "id"], columns: { code: text(36), id: int32, ...columns } },
};

type Row = Readonly<Record<string, LandedValue>>;

const rowsOf = (table: Table): fc.Arbitrary<Row[]> => {
  const types = Object.fromEntries(landingTable(table).columns.map(({ name, type }) => [name, type]));
  const values = Object.keys(columns).map((name) => [name, nullable(types[name.toUpperCase()] ?? "")] as const);
  const row = fc.record({
    ...Object.fromEntries(values),
    // Snowflake's columns for these hold more.
    big: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => plainValue(String(value))),
    tag: fc.uuid({ version: 4 }).map(plainValue),
    id: fc.integer({ min: -3000, max: 3000 }).map(String).map(plainValue),
    code: fc.constantFrom("a", "ä", "👍", "x|y").map(plainValue),
  });
  return fc.uniqueArray(row, { minLength: 1, maxLength: 40, selector: ({ id }) => id.landed });
};
const plainValue = (value: string): LandedValue => ({ landed: value, shown: value });

describe.each<RealKind>(["mariaDb", "postgres"])("in a real %s", (kind) => {
  const source = sourceOf("shop", { kind, database: `shop_${kind.toLowerCase()}`, tables });
  const run = (sql: string) => server(kind).sql(sessionSql(kind, source.database) + sql, { database: source.database });

  beforeAll(() => {
    const { database } = source;
    server(kind).sql(kind === "postgres" ? `CREATE DATABASE ${database}` : databaseSql(kind, database));
    run(schemaSql(kind, source.tables));
  });

  it.each(source.tables)("rows of every type have the figures that they have in Snowflake: $path", async (table) => {
    await fc.assert(
      fc.asyncProperty(rowsOf(table), async (rows) => {
        run(`DELETE FROM ${quotedPath(kind, table.path)};\n${insertSql(source, table, rows)}`);
        await land(table, rows);
        const inSource = figures(run(reconciliation(kind, table)));
        expect(differences(inSource, await inSnowflake(table), table)).toEqual([]);
        expect(inSource.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });

  it.each([
    ["a value", "UPDATE numbered SET note = 'B' WHERE id = 1"],
    ["NULL for an empty text", "UPDATE numbered SET note = NULL WHERE id = 2"],
    ["a row that is missing", "DELETE FROM numbered WHERE id = 1"],
    ["two rows with their values the wrong way round", "UPDATE numbered SET big = 3 - big"],
  ])("%s is noticed", async (_, change) => {
    const [table] = source.tables;
    if (table === undefined) {
      throw new Error("no table");
    }
    const nothing = Object.fromEntries(Object.keys(columns).map((name) => [name, { landed: null, shown: null }]));
    const rows: Row[] = [
      { ...nothing, id: plainValue("1"), note: plainValue("b"), big: plainValue("1") },
      { ...nothing, id: plainValue("2"), note: plainValue(""), big: plainValue("2") },
    ];
    run(`DELETE FROM numbered;\n${insertSql(source, table, rows)}`);
    await land(table, rows);
    const figuresNow = () => figures(run(reconciliation(kind, table)));
    expect(differences(figuresNow(), await inSnowflake(table), table)).toEqual([]);
    run(change);
    expect(differences(figuresNow(), await inSnowflake(table), table)).not.toEqual([]);
  });
});

function server(kind: RealKind): DatabaseServer {
  const found = servers[kind];
  if (found === undefined) {
    throw new Error(`no ${kind}`);
  }
  return found;
}

function insertSql({ kind }: Source, table: Table, rows: readonly Row[]): string {
  const names = table.columns.map(({ source }) => quotedName(kind, source)).join(", ");
  const values = rows.map((row) =>
    table.columns.map(({ name, type }) => sqlLiteral(kind, type, sqlValue(type, row[name]))).join(", "),
  );
  return `INSERT INTO ${quotedPath(kind, table.path)} (${names}) VALUES\n${values.map((one) => `(${one})`).join(",\n")};\n`;
}

function sqlValue({ logical }: ColumnType, value: LandedValue | undefined): SqlValue {
  const shown = value?.shown ?? null;
  return logical === "bytes" && typeof shown === "string" ? Buffer.from(shown, "hex") : shown;
}

/** What the current state would have. */
async function land(table: Table, rows: readonly Row[]): Promise<void> {
  const { name, columns: landing } = landingTable(table);
  await standIn.table(
    `ANALYTICS.${name}`,
    landing.filter(({ of }) => of === "row"),
  );
  await standIn.load(
    `ANALYTICS.${name}`,
    rows.map((row) =>
      Object.fromEntries(table.columns.map((column) => [column.name.toUpperCase(), row[column.name]?.landed ?? null])),
    ),
  );
}

interface Figures {
  readonly range: string;
  readonly count: number;
  /** Of the decimal columns, in order. */
  readonly sums: readonly (number | null)[];
  readonly checksum: number;
}

/** The ranges that are not the same on both sides. Sums are compared as far as the stand-in is right: it sums decimals as floats. */
function differences(inSource: readonly Figures[], inWarehouse: readonly Figures[], { columns: own }: Table): string[] {
  const greatest = own.flatMap(({ type }) => (type.logical === "decimal" ? [10 ** (type.precision - type.scale)] : []));
  const ranges = [...new Set([...inSource, ...inWarehouse].map(({ range }) => range))];
  return ranges.filter((range) => {
    const [ours, theirs] = [inSource, inWarehouse].map((figures) => figures.find((one) => one.range === range));
    if (ours === undefined || theirs === undefined) {
      return true;
    }
    const areSums = greatest.every((most, index) => {
      const [a = null, b = null] = [ours.sums[index], theirs.sums[index]];
      return a === null || b === null ? a === b : Math.abs(a - b) <= 1e-14 * most * ours.count;
    });
    return ours.count !== theirs.count || ours.checksum !== theirs.checksum || !areSums;
  });
}

async function inSnowflake(table: Table): Promise<Figures[]> {
  const { rows } = await standIn.run(reconciliation("snowflake", table));
  return figures(rows.map((row) => row.map((cell) => cell ?? "NULL").join("\t")).join("\n"));
}

/** Clients write a number in ways of their own: 0, 0.0, 0E0. */
function figures(printed: string): Figures[] {
  return printed.split("\n").map((line) => {
    const [range = "", count = "", ...others] = line.split("\t");
    const sums = others.slice(0, -1).map((sum) => (sum === "" || sum === "NULL" ? null : Number(sum)));
    return { range: wholeNumber(range), count: Number(count), sums, checksum: Number(others.at(-1)) };
  });
}

const wholeNumber = (value: string) => (/^-?\d+(\.0)?$/.test(value) ? String(Number(value)) : value);
