import { types } from "../../sandbox/cloud/snowflake/common.ts";
import { insertRows, rowsOf } from "../../sandbox/cloud/snowflake/tables.ts";
import { TestStack, ending, stepsOf, type Change } from "./harness.ts";

const stack = new TestStack();
afterAll(() => stack.close());

const landing = ["PIPELINE_LOCAL", "LANDING", "ORDERS"];
const ofWarehouse = (steps: readonly string[]) =>
  steps
    .filter((step) => step.includes("warehouse-snowflake") && !step.startsWith("refresh "))
    .map((step) => step.replace("warehouse-snowflake-", ""));
const table = () => stack.cloud.get(types.table, landing.join("|"));
const owner = () => table()?.hidden?.owner;
/** What the loader was granted on the table. */
const granted = () =>
  stack.cloud
    .all(types.grantPrivileges)
    .filter(({ hidden }) => JSON.stringify(hidden?.on).includes("ORDERS"))
    .filter(({ properties }) => properties.accountRoleName === "PIPELINE_LOCAL_LOADER")
    .map(({ properties }) => properties.privileges);

const withPaid: NonNullable<Change["edits"]> = {
  "pipeline.ts": (text) =>
    text.replace("item: text(50),", "item: text(50), paid: int16,").replace("{ date,", "{ date, int16,"),
};
const version = (number: string, edits: NonNullable<Change["edits"]> = {}, config: Change["config"] = {}) => ({
  config: { stage: 0, "connect.snowflakeVersion": number, ...config },
  edits,
});

/** Another region is another cluster, with topics that begin anew. */
const moved = { "kafka.region": "us-west-2", "aws.region": "us-east-1" };

async function changed(change: Change, args: readonly string[] = []): Promise<string[]> {
  await stack.declare(change);
  const preview = ofWarehouse(stepsOf(await ending(0, stack.engine.preview(args))));
  expect(ofWarehouse(stepsOf(await ending(0, stack.engine.up(args))))).toEqual(preview);
  return preview;
}

it("with a connector of version 3 the loader owns the table, and there is no difference left", async () => {
  expect(await changed(version("3.5.4"))).toEqual(
    expect.arrayContaining([
      "create GrantAccountRole deployer-loader-role",
      "create GrantOwnership loader-ownership-table-ORDERS",
    ]),
  );
  expect([owner(), granted(), table()?.hidden?.errorLogging]).toEqual(["PIPELINE_LOCAL_LOADER", [["INSERT"]], true]);
  expect(await changed(version("3.5.4"), ["--refresh"])).toEqual([]);
});

it("the deployment adds a column to it and changes the view, and rows and owner stay", async () => {
  insertRows(stack.cloud, landing, [{ ORDER_ID: 1, ITEM: "tea" }]);
  expect(await changed(version("3.5.4", withPaid))).toEqual([
    "update Table landing-ORDERS",
    "update View current-ORDERS",
  ]);
  expect(rowsOf(stack.cloud, landing)).toMatchObject([{ ORDER_ID: 1, ITEM: "tea", PAID: null }]);
  expect(owner()).toBe("PIPELINE_LOCAL_LOADER");
});

it("version 4 leaves it INSERT, and the way back is as short: only grants change", async () => {
  expect(await changed(version("4.1.0", withPaid))).toEqual([
    "delete GrantAccountRole deployer-loader-role",
    "delete GrantOwnership loader-ownership-table-ORDERS",
    "update AccountRole loader",
  ]);
  expect([owner(), granted()]).toEqual(["PIPELINE_DEPLOYER", [["INSERT"]]]);
  expect(stack.cloud.all(types.grantAccountRole).map(({ id }) => id)).toEqual([
    '"PIPELINE_LOCAL_LOADER"|USER|"PIPELINE_LOCAL_LOADER"',
  ]);
  expect(await changed(version("3.5.4", withPaid))).toEqual([
    "create GrantAccountRole deployer-loader-role",
    "create GrantOwnership loader-ownership-table-ORDERS",
    "update AccountRole loader",
  ]);
  expect([owner(), granted()]).toEqual(["PIPELINE_LOCAL_LOADER", [["INSERT"]]]);
  expect(rowsOf(stack.cloud, landing)).toHaveLength(1);
});

it("a table that is made anew is the loader's again", async () => {
  expect((await changed(version("3.5.4", withPaid, moved))).filter((step) => step.startsWith("replace "))).toEqual([
    "replace Execute errors-ORDERS",
    "replace GrantOwnership loader-ownership-table-ORDERS",
    "replace GrantPrivilegesToAccountRole loader-insert-table-ORDERS",
    "replace Table landing-ORDERS",
  ]);
  expect([owner(), granted(), rowsOf(stack.cloud, landing)]).toEqual(["PIPELINE_LOCAL_LOADER", [["INSERT"]], []]);
});

it("a table that goes while the loader ceases to own is dropped first", async () => {
  const second = { ...moved, "snowflake.generations": { ORDERS: [2] } };
  expect(await changed(version("4.1.0", withPaid, second))).toEqual(
    expect.arrayContaining(["delete GrantAccountRole deployer-loader-role", "delete Table landing-ORDERS"]),
  );
  expect(table()).toBeUndefined();
  await changed(version("3.5.4", withPaid, second));
  expect(stack.cloud.all(types.table).map(({ hidden }) => hidden?.owner)).toEqual(["PIPELINE_LOCAL_LOADER"]);
});

it("is taken down to the last thing", async () => {
  await ending(0, stack.engine.destroy());
  expect(stack.cloud.all()).toEqual([]);
});
