import { connector } from "../../../providers/connect/connector.ts";
import type { Properties } from "../../../providers/resourceKind.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const sink = {
  name: "sink-snowflake",
  config: { topics: "a,b" },
  state: "running",
  owner: "pipeline-dev",
  reach: { by: "rest", url: "http://connect.lan:8083" },
  forget: false,
  tables: { A: "a 1", B: "b 1" },
};

async function changeTo(after: Properties): Promise<string> {
  const { changes, replaces } = (await connector.diff?.("urn", sink, { ...sink, ...after })) ?? { replaces: [] };
  return changes === true ? (replaces.length > 0 ? `replaced by ${replaces.join()}` : "changed") : "the same";
}

it.each<[string, Properties, string]>([
  ["nothing", {}, "the same"],
  ["a setting", { config: { topics: "a,b", "tasks.max": "2" } }, "changed"],
  ["its state", { state: "paused" }, "changed"],
  ["the way to its workers", { reach: { by: "bundle" } }, "changed"],
  ["its name", { name: "sink-finance" }, "replaced by name"],
  ["its owner", { owner: "pipeline-prod" }, "replaced by owner"],
  ["a table that is made anew", { tables: { A: "a 2", B: "b 1" } }, "replaced by tables"],
  ["a table that will be made anew", { tables: { A: unknown, B: "b 1" } }, "replaced by tables"],
  ["tables of which the engine asks what would go with them", { tables: unknown }, "replaced by tables"],
  ["a further table", { tables: { ...sink.tables, C: unknown } }, "changed"],
  ["a table less", { tables: { A: "a 1" } }, "changed"],
])("with %s it is %s", async (_, after, what) => {
  expect(await changeTo(after)).toBe(what);
});

it("a source, which writes into topics, knows of no tables", async () => {
  const source = Object.fromEntries(Object.entries(sink).filter(([key]) => key !== "tables"));
  const difference = await connector.diff?.("urn", source, { ...source, config: {} });
  expect(difference).toMatchObject({ changes: true, replaces: [] });
});
