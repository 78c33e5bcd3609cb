import * as fc from "fast-check";
import { Lab } from "../../dataplane/engines/processes.ts";
import { SnowflakeStandIn } from "../../dataplane/engines/snowflake.ts";
import type { LandingTable } from "../../model/warehouse/landing.ts";
import { landingOf } from "../unit/model/warehouse/tables.ts";
import { delivered, histories, told } from "./warehouse/histories.ts";
import { inOrder, landedRow, shownRow, type LandedRecord } from "./warehouse/landed.ts";
import { sessionHistories, toldSessions } from "./warehouse/sessions.ts";
import { everyType } from "./warehouse/tables.ts";
import { makeTableAndView } from "./warehouse/view.ts";

/**
 * The current state is what the source has, whatever happened on the way: property-tested on a stand-in for Snowflake,
 * over tables and results of the article's pipeline and one table of every type.
 */
const lab = new Lab("warehouse-histories");
let standIn: SnowflakeStandIn;
beforeAll(async () => {
  standIn = await SnowflakeStandIn.start(lab);
});
afterAll(() => lab.stop());

const everything = everyType(["region", "id"]);

/** A table of ksqlDB's that has the same key, which its tombstones have as an object. */
const everyResult: LandingTable = {
  ...everything,
  name: "THINGS_COUNTED",
  dataset: "THINGS_COUNTED",
  columns: everything.columns.filter(({ of }) => of !== "change"),
  keyFields: ["REGION", "ID"],
  deletions: "tombstone",
};

const landed = (table: LandingTable, records: readonly LandedRecord[]) => ({
  [`LANDING.${table.name}`]: records.map((record) => landedRow(table, record)),
});

const viewOf = ({ dataset }: LandingTable) => `ANALYTICS.${dataset}`;

/** Whatever happens, the view has the rows that the source has in the end. */
const endsAsTheSource = (table: LandingTable) =>
  fc.asyncProperty(histories(table), async (history) => {
    const { records, rows } = told(table, history);
    const state = await standIn.state(viewOf(table), landed(table, delivered(records, history)));
    expect(inOrder(state)).toEqual(inOrder(rows.map(shownRow)));
  });

const endsWithTheSessionsLeft = (table: LandingTable) =>
  fc.asyncProperty(sessionHistories(table), async (history) => {
    const { records, rows } = toldSessions(table, history);
    const state = await standIn.state(viewOf(table), landed(table, delivered(records, history)));
    expect(inOrder(state)).toEqual(inOrder(rows.map(shownRow)));
  });

it.each([
  { what: "entities of a source", table: landingOf("CUSTOMERS"), numRuns: 1000 },
  { what: "facts of a source", table: landingOf("ORDERS"), numRuns: 1000 },
  { what: "every type, and a key of two columns", table: everything, numRuns: 500 },
  { what: "a table of ksqlDB by a number", table: landingOf("CUSTOMERS_LOYAL"), numRuns: 500 },
  { what: "a table of ksqlDB by two columns", table: everyResult, numRuns: 500 },
  { what: "windows of a fixed size", table: landingOf("ITEM_SALES_HOURLY"), numRuns: 500 },
])("$what: $numRuns histories end as the source has it", async ({ table, numRuns }) => {
  await makeTableAndView(standIn, table);
  await fc.assert(endsAsTheSource(table), { numRuns });
});

it("sessions: 500 histories end with the sessions that are left", async () => {
  const table = landingOf("CUSTOMER_SESSIONS");
  await makeTableAndView(standIn, table);
  await fc.assert(endsWithTheSessionsLeft(table), { numRuns: 500 });
});

it("while some partitions are behind, each key has its latest version that has come", async () => {
  const table = landingOf("CUSTOMERS");
  await makeTableAndView(standIn, table);
  const cut = fc.array(fc.nat({ max: 20 }), { minLength: 9, maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(histories(table), cut, async (history, ends) => {
      const come = told(table, history).records.filter(({ partition, offset }) => offset < (ends[partition % 9] ?? 0));
      const latest = new Map(come.filter(({ op }) => op !== null).map((record) => [record.key, record]));
      const rows = [...latest.values()].filter(({ op }) => op !== "d").map(({ values }) => shownRow(values));
      const state = await standIn.state(viewOf(table), landed(table, come));
      expect(inOrder(state)).toEqual(inOrder(rows));
    }),
    { numRuns: 500 },
  );
});

describe("finds a view that", () => {
  const partition = "RECORD_METADATA:partition::NUMBER DESC, ";
  it.each([
    ["goes by the offset alone", "CUSTOMERS", partition, ""],
    ["goes by the partition alone", "CUSTOMERS", /, RECORD_METADATA:offset.*/, ""],
    ["takes the first version", "ORDERS", /DESC/g, "ASC"],
    ["compares offsets as text", "ORDERS", "offset::NUMBER", "offset::VARCHAR"],
    ["leaves deletions out before the last version is known", "ORDERS", "ORDER_ID IS NOT NULL", "__DELETED = 'false'"],
    ["keeps what is deleted", "ORDERS", "WHERE COALESCE(__DELETED, 'false') = 'false'", ""],
    ["does not know whose a tombstone is", "CUSTOMERS_LOYAL", /COALESCE\((\w+), .*\)$/m, "$1"],
    ["takes all rows of a key", "ITEM_SALES_HOURLY", ", WINDOW_START", ""],
  ])("%s", async (_, name, rule, broken) => {
    const table = landingOf(name);
    await makeTableAndView(standIn, table, (sql) => sql.replace(rule, broken));
    expect(await fc.check(endsAsTheSource(table), { numRuns: 1000, seed: 8, endOnFailure: true })).toMatchObject({
      failed: true,
    });
  });

  it("keeps sessions that became part of another", async () => {
    const table = landingOf("CUSTOMER_SESSIONS");
    await makeTableAndView(standIn, table, (sql) => sql.replace(/QUALIFY COALESCE[^]*/, ""));
    expect(
      await fc.check(endsWithTheSessionsLeft(table), { numRuns: 1000, seed: 8, endOnFailure: true }),
    ).toMatchObject({ failed: true });
  });
});
