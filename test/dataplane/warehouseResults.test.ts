import { Lab } from "../../dataplane/engines/processes.ts";
import { SnowflakeStandIn, type Cell, type LandedRow } from "../../dataplane/engines/snowflake.ts";
import { deletedFlag, type LandingTable } from "../../model/warehouse/landing.ts";
import { readCaseFiles, type CaseRecord, type Value } from "../../tools/streams/cases.ts";
import { lastRows } from "../../tools/streams/final.ts";
import { landingOf } from "../unit/model/warehouse/tables.ts";
import { inOrder } from "./warehouse/landed.ts";
import { makeTableAndView } from "./warehouse/view.ts";

/**
 * The records that ksqlDB writes in each case of test/streams, tombstones and windows among them, give the current state
 * that the case ends with: of a table the rows that are left, of a stream the last version of each row.
 */
const lab = new Lab("warehouse-results");
const files = readCaseFiles();
let standIn: SnowflakeStandIn;
beforeAll(async () => {
  standIn = await SnowflakeStandIn.start(lab);
  for (const { name } of files) {
    await makeTableAndView(standIn, landingOf(name));
  }
});
afterAll(() => lab.stop());

describe.each(files)("$name", ({ name, tests }) => {
  const table = landingOf(name);
  it.each(tests)("$name", async ({ outputs }) => {
    const rows = outputs.map((record, offset) => landed(table, record, offset));
    const state = await standIn.state(`ANALYTICS.${name}`, { [`LANDING.${name}`]: rows });
    expect(inOrder(state)).toEqual(inOrder(left(table, outputs).map((record) => shown(table, record))));
  });
});

function left(table: LandingTable, outputs: readonly CaseRecord[]): CaseRecord[] {
  if (table.kind === "entity" || table.key.length === 0) {
    return table.kind === "entity" ? lastRows(outputs) : [...outputs];
  }
  // What has no key is a version of nothing: LANDING has it, and the current state does not.
  const keyed = outputs.filter(({ value }) => table.key.every((key) => (value?.[key] ?? null) !== null));
  const last = new Map(keyed.map((record) => [JSON.stringify(table.key.map((key) => record.value?.[key])), record]));
  return [...last.values()].filter(({ value }) => value?.[deletedFlag] !== "true");
}

function landed(table: LandingTable, { topic, key, value }: CaseRecord, offset: number): LandedRow {
  const fields = Object.entries(value ?? {}).map(([name, held]) => [name, textOf(table, name, held)] as const);
  return { ...Object.fromEntries(fields), RECORD_METADATA: JSON.stringify({ topic, partition: 0, offset, key }) };
}

/** As the connector sends it. */
function textOf(table: LandingTable, name: string, value: Value): string | null {
  const type = table.columns.find((column) => column.name === name)?.type ?? "";
  if (value === null) {
    return null;
  }
  return type === "DATE"
    ? new Date(Number(value) * 86_400_000).toISOString()
    : type.startsWith("TIMESTAMP")
      ? new Date(Number(value)).toISOString()
      : String(value);
}

/** As a query shows it. */
function shown(table: LandingTable, { value }: CaseRecord): Record<string, Cell> {
  const own = table.columns.filter(({ of, name }) => of === "row" && name !== deletedFlag);
  return Object.fromEntries(
    own.map(({ name, type }) => {
      const text = textOf(table, name, value?.[name] ?? null);
      const plain =
        type === "DATE" ? text?.replace(/T.*/, "") : type.startsWith("TIMESTAMP") ? text?.slice(0, -1) : text;
      return [name, type === "BOOLEAN" || type === "FLOAT" ? (value?.[name] ?? null) : (plain ?? null)];
    }),
  );
}
