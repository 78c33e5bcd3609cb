import { types } from "../../sandbox/cloud/snowflake/common.ts";
import { insertRows, rowsOf } from "../../sandbox/cloud/snowflake/tables.ts";
import { TestStack, ending, stepsOf, type Change } from "./harness.ts";

const stack = new TestStack();
afterAll(() => stack.close());

const landing = (table: string) => ["PIPELINE_LOCAL", "LANDING", table];
const inSnowflake = (steps: readonly string[]) => steps.filter((step) => step.includes("warehouse-snowflake"));
const isChange = (step: string) => !step.startsWith("refresh ");
const short = (steps: readonly string[]) =>
  inSnowflake(steps)
    .filter(isChange)
    .map((step) => step.replace("warehouse-snowflake-", ""));
const logsErrors = (table: string) => stack.cloud.get(types.table, landing(table).join("|"))?.hidden?.errorLogging;
const grantsOn = (table: string) =>
  stack.cloud.all(types.grantPrivileges).filter(({ properties }) => JSON.stringify(properties).includes(`${table}\\"`))
    .length;

/** `pipeline.ts` with another type, or another column, in ORDERS. */
const orders = (from: string, to: string, config: Change["config"] = {}): Change => ({
  config: { stage: 0, ...config },
  edits: { "pipeline.ts": (text) => text.replace(from, to) },
});
const wider = (config: Change["config"]) => orders("decimal(5, 2)", "decimal(9, 2)", config);
/** Another region is another cluster, with topics that begin anew. */
const settled = { "snowflake.generations": { ORDERS: [2] }, "kafka.region": "us-west-2", "aws.region": "us-east-1" };
const row = { RECORD_METADATA: null, ORDER_ID: 1, ITEM: "tea" };

async function changed(change: Change, args: readonly string[] = []): Promise<string[]> {
  await stack.declare(change);
  const preview = await ending(0, stack.engine.preview(args));
  const up = await ending(0, stack.engine.up(args));
  expect(stepsOf(up).filter(isChange)).toEqual(stepsOf(preview).filter(isChange));
  return short(stepsOf(up));
}

/** Refused before anything is touched, in the preview too. */
async function refused(change: Change): Promise<string> {
  await stack.declare(change);
  const preview = await stack.engine.preview();
  const up = await stack.engine.up();
  expect([preview.code, up.code]).not.toContain(0);
  expect(stepsOf(up).filter((step) => !step.startsWith("same"))).toEqual([]);
  return preview.output;
}

beforeAll(async () => {
  await stack.declare({ config: { stage: 0 } });
  await ending(0, stack.engine.up());
  insertRows(stack.cloud, landing("ORDERS"), [row]);
});

it("is what was declared, and stays so", async () => {
  expect(await changed({ config: { stage: 0 } })).toEqual([]);
  expect(await changed({ config: { stage: 0 } }, ["--refresh"])).toEqual([]);
  expect(logsErrors("ORDERS")).toBe(true);
});

it("going up a stage adds its tables and touches no other", async () => {
  expect(await changed({ config: { stage: 1 } })).toEqual([
    "create Execute errors-CUSTOMERS",
    "create GrantPrivilegesToAccountRole loader-insert-table-CUSTOMERS",
    "create GrantPrivilegesToAccountRole reader-select-view-CUSTOMERS",
    "create Table landing-CUSTOMERS",
    "create View current-CUSTOMERS",
  ]);
  await changed({ config: { stage: 0 } });
});

it("a column at the end is added in place, rows and grants stay, and there is no difference left", async () => {
  const change = orders("item: text(50),", "item: text(50), paid: boolean,");
  const withImport: Change = {
    ...change,
    edits: {
      "pipeline.ts": (text) =>
        text.replace("item: text(50),", "item: text(50), paid: int16,").replace("{ date,", "{ date, int16,"),
    },
  };
  expect(await changed(withImport)).toEqual(["update Table landing-ORDERS", "update View current-ORDERS"]);
  expect(rowsOf(stack.cloud, landing("ORDERS"))).toMatchObject([{ ...row, PAID: null }]);
  expect(await changed(withImport)).toEqual([]);
  expect(logsErrors("ORDERS")).toBe(true);
  const without = await refused({ config: { stage: 0 } });
  expect(without).toContain("ORDERS.PAID: it would be dropped");
  expect(rowsOf(stack.cloud, landing("ORDERS"))).toHaveLength(1);
});

describe("a column of another type", () => {
  it("is refused in previews too, with the way to do it", async () => {
    const message = await refused(wider({}));
    expect(message).toContain("ORDERS.ORDER_TOTAL_USD: NUMBER(5,2) would become NUMBER(9,2)");
    expect(message).toContain("snowflake.generations: { ORDERS: [1, 2] }");
  });

  it("gets a table beside the old one, whose rows stay; then the old one goes", async () => {
    expect(await changed(wider({ "snowflake.generations": { ORDERS: [1, 2] } }))).toEqual([
      "create Execute errors-ORDERS_2",
      "create GrantPrivilegesToAccountRole loader-insert-table-ORDERS_2",
      "create Table landing-ORDERS_2",
      "delete Execute errors-ORDERS",
      "delete GrantPrivilegesToAccountRole loader-insert-table-ORDERS",
      "update View current-ORDERS",
    ]);
    expect(rowsOf(stack.cloud, landing("ORDERS"))).toHaveLength(1);
    expect(logsErrors("ORDERS_2")).toBe(true);
    expect(await changed(wider({ "snowflake.generations": { ORDERS: [1, 2] } }))).toEqual([]);
    expect(await changed(wider({ "snowflake.generations": { ORDERS: [2] } }))).toEqual(["delete Table landing-ORDERS"]);
  });
});

it("a topic that is made anew takes its table along, with the grant and the error log", async () => {
  insertRows(stack.cloud, landing("ORDERS_2"), [row]);
  const moved = wider(settled);
  const steps = await changed(moved);
  expect(steps.filter((step) => step.startsWith("replace "))).toEqual([
    "replace Execute errors-ORDERS_2",
    "replace GrantPrivilegesToAccountRole loader-insert-table-ORDERS_2",
    "replace Table landing-ORDERS_2",
  ]);
  expect(rowsOf(stack.cloud, landing("ORDERS_2"))).toEqual([]);
  expect(logsErrors("ORDERS_2")).toBe(true);
  expect(grantsOn("ORDERS_2")).toBe(1);
  expect(await changed(moved)).toEqual([]);
});

it("turns to dynamic tables and back, and people find the state in the same place", async () => {
  expect(await changed(wider({ ...settled, "snowflake.currentState": "dynamicTable" }))).toEqual([
    "create DynamicTable state-ORDERS",
    "create Schema state",
    "update View current-ORDERS",
  ]);
  expect(await changed(wider(settled))).toEqual([
    "delete DynamicTable state-ORDERS",
    "delete Schema state",
    "update View current-ORDERS",
  ]);
});

it("partitions that are no multiple are refused", async () => {
  const message = await refused(wider({ ...settled, "kafka.partitions": 8 }));
  expect(message).toContain("mssql.dbo.ORDERS: 6 partitions, and 8 are asked for");
  expect(message).toContain("Write a multiple of the old number");
});

it("keys change in three steps, and the user has the one in use after each", async () => {
  const step = async (use: number, also: number) =>
    changed(wider({ ...settled, "snowflake.loaderKeyUse": use, "snowflake.loaderKeyAlso": also }));
  expect(await step(1, 2)).toEqual(["create KeyPair key-2", "update ServiceUser loader"]);
  expect(await step(2, 1)).toEqual([]);
  expect(await step(2, 0)).toEqual(["delete KeyPair key-1", "update ServiceUser loader"]);
});

it("is taken down to the last thing", async () => {
  await ending(0, stack.engine.destroy());
  expect(stack.cloud.all()).toEqual([]);
});
