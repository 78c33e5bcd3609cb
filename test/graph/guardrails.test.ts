import { forBuckets } from "../../policy/buckets.ts";
import { durableGuardrails, guardrails } from "../../policy/guardrails.ts";
import { graphOf, type Registration } from "./harness.ts";

const breaches = (graph: readonly Registration[], rails = guardrails) =>
  graph.flatMap((resource) => rails.flatMap((guardrail) => guardrail(resource)));
const has = (graph: readonly Registration[], type: string) =>
  graph.some((resource) => resource.type.endsWith(`:${type}`));

it("a demo keeps every guardrail, and those for what lasts would speak up", async () => {
  const graph = await graphOf("local");
  expect(breaches(graph)).toEqual([]);
  expect(forBuckets(graph)).toEqual([]);
  expect(breaches(graph, durableGuardrails).sort()).toEqual([
    "connect-workers-instances goes with all that is in it. Take forceDestroy out.",
    "lake-lake-bucket goes with all that is in it. Take forceDestroy out.",
    "lake-lake-bucket keeps data, and may be deleted. Protect it.",
    "lake-lake-workgroup goes with all that is in it. Take forceDestroy out.",
  ]);
});

it.each<[what: string, changes: Record<string, unknown>, type: string]>([
  ["files", {}, "CatalogTable"],
  ["Iceberg tables", { "pipeline:lake": { format: "iceberg" } }, "TableflowTopic"],
])("a durable stack with a lake of %s keeps every guardrail, and those for what lasts", async (_, changes, type) => {
  const graph = await graphOf("prod", changes);
  expect(breaches(graph)).toEqual([]);
  expect(forBuckets(graph)).toEqual([]);
  expect(breaches(graph, durableGuardrails)).toEqual([]);
  expect([has(graph, "Bucket"), has(graph, type)]).toEqual([true, true]);
});
