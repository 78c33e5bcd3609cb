import { readdirSync, readFileSync } from "node:fs";
import { Lab } from "../../dataplane/engines/processes.ts";
import { SnowflakeStandIn } from "../../dataplane/engines/snowflake.ts";
import { currentState } from "../../model/warehouse/currentState.ts";
import { reconciliation } from "../../model/warehouse/reconciliation.ts";
import { graphOf, type Registration } from "../graph/harness.ts";
import { graph, landingOf } from "../unit/model/warehouse/tables.ts";

/** Every statement for Snowflake, shipped or rendered, is one of its dialect, and formatted as sqlfluff would have it. */
const lab = new Lab("warehouse-lint");
let standIn: SnowflakeStandIn;
beforeAll(async () => {
  standIn = await SnowflakeStandIn.start(lab);
});
afterAll(() => lab.stop());

const configuration = readFileSync(".sqlfluff", "utf8");
const lint = (files: Readonly<Record<string, string>>) => standIn.lint(files, configuration);

/** What sqlfluff wrongly refuses, and why it is right as it is. */
const wronglyRefused: Readonly<Record<string, { readonly why: string; readonly findings: readonly RegExp[] }>> = {
  "sql/snowflake/error_rows.sql": {
    why: "ERROR_TABLE takes a table's name, which is taken for a column's",
    findings: [/RF01 Reference 'LANDING.ORDERS'/, /RF01 Reference 'LANDING.CUSTOMERS'/],
  },
};

function shipped(): Record<string, string> {
  const files = readdirSync("sql/snowflake").map((file) => `sql/snowflake/${file}`);
  return Object.fromEntries(files.map((file) => [file, readFileSync(file, "utf8")]));
}

/** Every statement that the stack gives Snowflake, under its resource's name; a view's and a dynamic table's as they are made. */
async function deployed(): Promise<Record<string, string>> {
  const target = { organization: "ACME", account: "DEV", creditQuota: 10, generations: { ORDERS: [1, 2] } };
  const transformations = graph.transformations.map(({ name }) => name);
  const statements: [name: string, statement: string][] = [];
  for (const currentState of ["view", "dynamicTable"]) {
    const changes = { "pipeline:snowflake": { ...target, currentState }, "pipeline:transformations": transformations };
    const resources = await graphOf("dev", changes);
    statements.push(...resources.filter(({ type }) => type.startsWith("snowflake:")).flatMap(statementsOf));
  }
  return Object.fromEntries(statements);
}

function statementsOf({ name, inputs }: Registration): [name: string, statement: string][] {
  const said = ["execute", "revert", "statement", "query"].flatMap((property) => {
    const text = inputs[property];
    return typeof text === "string" ? [[property, text] as const] : [];
  });
  return said.map(([property, text]) => {
    const whole = property === "execute" || property === "revert" ? text : `CREATE VIEW IT AS\n${text}`;
    return [`${property} of ${name}`, `${whole}\n`];
  });
}

/** What is printed for a user to run. */
function printed(): Record<string, string> {
  return Object.fromEntries(graph.tables.map((table) => [table.name, reconciliation("snowflake", table)]));
}

it.each([
  ["shipped", shipped],
  ["deployed", deployed],
  ["printed", printed],
])("every statement that is %s parses and is well formatted", async (_, textsOf) => {
  const texts = await textsOf();
  expect(Object.keys(texts).length).toBeGreaterThan(4);
  const found = await lint(texts);
  const unexpected = Object.entries(found).flatMap(([name, findings]) =>
    findings
      .filter((finding) => !(wronglyRefused[name]?.findings ?? []).some((expected) => expected.test(finding)))
      .map((finding) => `${name}:${finding}`),
  );
  expect(unexpected).toEqual([]);
});

it("what is listed as wrongly refused is refused still", async () => {
  const found = await lint(shipped());
  for (const [name, { findings }] of Object.entries(wronglyRefused)) {
    expect({ name, found: found[name]?.length }).toEqual({ name, found: findings.length });
  }
});

it.each([
  ["sqlServer", "tsql"],
  ["mySql", "mysql"],
  ["mariaDb", "mariadb"],
  ["postgres", "postgres"],
])("what the source of kind %s is asked parses in its own dialect", async (kind, dialect) => {
  const file = `sql/sources/reconcile/${kind}.sql`;
  const syntax = (text: string) => standIn.lint({ [file]: text }, `[sqlfluff]\ndialect = ${dialect}\n`);
  const mistakes = (found: Readonly<Record<string, readonly string[]>>) =>
    found[file]?.filter((finding) => finding.includes(" PRS ")) ?? [];
  const text = readFileSync(file, "utf8");
  expect(mistakes(await syntax(text))).toEqual([]);
  expect(mistakes(await syntax(text.replace("GROUP BY", "GROUP")))).not.toEqual([]);
});

it("every file that answers something begins with its question", () => {
  const answers = Object.entries(shipped()).filter(([name]) => !name.includes("setup"));
  for (const [name, text] of answers) {
    expect(`${name} ${text.split("\n")[0] ?? ""}`).toMatch(/^\S+ -- [A-Z].*\?/);
  }
});

describe("is refused:", () => {
  const file = (name: string) => readFileSync(`sql/snowflake/${name}`, "utf8");
  const state = () => `CREATE VIEW A.B AS\n${currentState(landingOf("ORDERS"), "A.LANDING")};\n`;
  it.each<[string, () => string]>([
    ["a misspelt word", () => file("customer_17.sql").replace("SELECT", "SELEC")],
    ["a missing comma", () => file("order_history.sql").replace("ORDER_TS,", "ORDER_TS")],
    [
      "a join without a table",
      () => file("customer_17.sql").replace("LEFT JOIN ANALYTICS.ORDERS AS O ON", "LEFT JOIN ON"),
    ],
    [
      "a bracket too few",
      () => file("reconcile.sql").replace(")), 4294967296)) AS CHECKSUM", ")), 4294967296) AS CHECKSUM"),
    ],
    ["a CASE without its END", () => file("order_history.sql").replace("END AS WHAT", "AS WHAT")],
    [
      "QUALIFY without a condition",
      () =>
        state()
          .replace(") = 1", "")
          .replace(/QUALIFY[^]*?\n\)/, "QUALIFY\n)"),
    ],
    ["OVER without its brackets", () => state().replace("OVER (", "OVER")],
    ["a path without a name", () => state().replace("RECORD_METADATA:partition", "RECORD_METADATA:")],
    ["a view without AS", () => state().replace("A.B AS", "A.B")],
    ["a quote that does not end", () => state().replace("'false'", "'false")],
    ["keywords in two cases", () => file("customer_17.sql").replace("FROM", "from")],
    ["a line that is too long", () => file("customer_17.sql").replace("C.ID,", `C.ID AS ${"X".repeat(120)},`)],
  ])("%s", async (name, broken) => {
    const { [name]: findings } = await lint({ [name]: broken() });
    expect(findings).not.toEqual([]);
  });
});
