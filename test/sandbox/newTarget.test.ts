import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import * as yaml from "yaml";
import type { ManagedSinkClass } from "../../model/connect/managedSinkClasses.ts";
import { addSink } from "../../sandbox/cloud/confluent/connectorPlugins.ts";
import { ending, stepsOf, TestStack } from "./harness.ts";

const docs = readFileSync("docs/targets.md", "utf8");

/** A block of code of the page, by what stands behind its language. */
function block(info: string): string {
  const [, text] = docs.split(`\`\`\`${info}\n`);
  if (text === undefined) {
    throw new Error(`docs/targets.md has no block ${info}`);
  }
  return text.split("```")[0] ?? "";
}

const file = "model/targets/elasticsearch.ts";
const edits = {
  [file]: () => block(`ts file=${file}`),
  "model/targets/registry.ts": (text: string) =>
    `import { elasticsearch } from "./elasticsearch.ts";\n${text.replace("  http,\n", `  http,\n${block("ts line=model/targets/registry.ts")}`)}`,
  "pipeline.ts": (text: string) => text.replace("  targets: {\n", `  targets: {\n${block("ts line=pipeline.ts")}`),
};
const { targets, search } = yaml.parse(block("yaml config")) as Record<string, unknown>;

const stack = new TestStack();
afterAll(() => stack.close());

/** What the compiler says of the program as it is laid out. */
function compiled(): string[] {
  const project = path.join(stack.folder, "project");
  const { config } = ts.readConfigFile("tsconfig.json", (name) => readFileSync(name, "utf8")) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, project);
  const program = ts.createProgram([path.join(project, "index.ts")], { ...options, noEmit: true, types: ["node"] });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText, file: at }) => `${at?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
}

it("the new kind of docs/targets.md compiles, comes and goes alone, and is told what it wants", async () => {
  await stack.declare({ edits });
  expect(compiled()).toEqual([]);
  await ending(0, stack.engine.up());
  const before = stack.cloud.all();

  // The service knows the connector; here it has to be told.
  const { sink } = (await import(path.join(stack.folder, "project", file))) as { sink: ManagedSinkClass };
  addSink(sink);
  await stack.declare({ edits, config: { targets, search }, secrets: { "search.password": "canary-search" } });
  const added = stepsOf(await ending(0, stack.engine.up())).filter((step) => !step.startsWith("same "));
  expect(added.filter((step) => !/^create \w+ (connect-)?sink-search-/.test(step))).toEqual([]);
  expect(added).toContain("create Connector connect-sink-search-connector");
  const [connector] = stack.cloud
    .all("confluentcloud:index/connector:Connector")
    .map(({ properties }) => properties.configNonsensitive as Readonly<Record<string, string>>)
    .filter(({ name }) => name === "sink-search");
  expect(connector).toMatchObject({
    "connector.class": "ElasticsearchSink",
    topics: "ORDERS_ENRICHED",
    "connection.url": "https://search.example.com:9243",
    "connection.username": "pipeline",
    "write.method": "UPSERT",
  });

  await stack.declare({ edits });
  const removed = stepsOf(await ending(0, stack.engine.up())).filter((step) => !step.startsWith("same "));
  expect(removed).toEqual(added.map((step) => step.replace(/^create/, "delete")));
  expect(stack.cloud.all()).toEqual(before);
});

it("its mistakes are told like any other's", async () => {
  await stack.declare({
    edits,
    config: { targets, search: { url: "http://search.example.com", user: "pipeline", settings: { "batch.sise": 1 } } },
    secrets: { "search.password": "canary-search" },
  });
  const { output } = await stack.engine.preview();
  expect(output).toContain(
    'search.url: "http://search.example.com" is not an address over TLS. Write one, e.g. https://search.example.com:9243.',
  );
  expect(output).toContain(
    "search.settings: batch.sise: ElasticsearchSink has no such setting and would not look at it. Write batch.size, or take it out.",
  );
});
