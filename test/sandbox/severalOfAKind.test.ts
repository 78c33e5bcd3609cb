import { types } from "../../sandbox/cloud/aws/common.ts";
import { ending, stepsOf, TestStack, whatExists, type Change } from "./harness.ts";

const stack = new TestStack();
afterAll(() => stack.close());

/** A second Snowflake, in another account, and a second lake, in another region: both with the names of the first. */
const twins: Change = {
  edits: {
    "pipeline.ts": (text) =>
      text.replace(
        "  targets: {\n",
        "  targets: {\n" +
          '    finance: { kind: "snowflake", reads: ["ORDERS"], onByDefault: false },\n' +
          '    europe: { kind: "lake", reads: ["ORDERS_ENRICHED", "CUSTOMERS"], onByDefault: false },\n',
      ),
  },
};
const names = ["snowflake", "lake"];
const without: Change = { ...twins, config: { targets: names } };
const withBoth: Change = {
  ...twins,
  config: {
    targets: [...names, "finance", "europe"],
    finance: { organization: "SANDBOX", account: "FINANCE" },
    europe: { since: "2026-11-20", region: "eu-west-1", minutesPerFile: 60 },
  },
};

async function changed(change: Change): Promise<string[]> {
  await stack.declare(change);
  return stepsOf(await ending(0, stack.engine.up())).filter((step) => !step.startsWith("same "));
}

let before: string[];
beforeAll(async () => {
  await changed(without);
  before = whatExists(stack.cloud);
});

it("come beside the first ones, which stay as they are", async () => {
  const steps = await changed(withBoth);
  expect(steps.filter((step) => !/^create .*(finance|europe)/.test(step))).toEqual([]);
  expect(whatExists(stack.cloud)).toEqual(expect.arrayContaining(before));
  expect(await changed(withBoth)).toEqual([]);
});

it("have names, places and connectors of their own", () => {
  const lakes = stack.cloud.all(types.bucket).map(({ properties }) => [properties.bucket, properties.region]);
  expect(lakes.sort()).toEqual([
    ["pipeline-local-europe-123456789012", "eu-west-1"],
    ["pipeline-local-lake-123456789012", "us-east-1"],
  ]);
  const groups = stack.cloud.all(types.workgroup).map(({ properties }) => [properties.name, properties.region]);
  expect(groups.sort()).toEqual([
    ["pipeline-local-europe", "eu-west-1"],
    ["pipeline-local-lake", "us-east-1"],
  ]);
  const tables = stack.cloud
    .all(types.catalogTable)
    .map(({ properties }) => `${String(properties.region)} ${String(properties.name)}`);
  expect(tables.sort()).toEqual([
    "eu-west-1 customers",
    "eu-west-1 customers_history",
    "eu-west-1 orders_enriched",
    "eu-west-1 orders_enriched_history",
    "us-east-1 orders_enriched",
    "us-east-1 orders_enriched_history",
  ]);
  const databases = stack.cloud
    .all("snowflake:index/database:Database")
    .map(({ id, realm }) => `${String(realm)} ${id}`);
  expect(databases.sort()).toEqual(["SANDBOX-FINANCE PIPELINE_LOCAL", "SANDBOX-SANDBOX PIPELINE_LOCAL"]);
  const onWorkers = stack.cloud.all("connect:connector").map(({ id }) => id);
  expect(onWorkers.filter((name) => name.startsWith("sink-")).sort()).toEqual(["sink-finance", "sink-snowflake"]);
});

it("go, and leave everything else", async () => {
  const steps = await changed(without);
  expect(steps.filter((step) => !/^delete .*(finance|europe)/.test(step))).toEqual([]);
  expect(whatExists(stack.cloud)).toEqual(before);
  await ending(0, stack.engine.destroy());
  expect(stack.cloud.all()).toEqual([]);
});
