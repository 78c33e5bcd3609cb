import { readdirSync } from "node:fs";
import { landingTable, sourceKindOf, type LandingTable } from "../../../../model/warehouse/landing.ts";
import { configOf, environmentOf } from "../../configs.ts";

const everyTransformation = readdirSync("sql/ksqldb").map((file) => file.replace(".sql", ""));

/** The article's pipeline with every transformation on. */
export const { graph } = environmentOf(configOf(`transformations: ${JSON.stringify(everyTransformation)}`));

/** The landing table of one of its tables or results. */
export function landingOf(name: string): LandingTable {
  const dataset = [...graph.tables, ...graph.transformations].find((candidate) => candidate.name === name);
  if (dataset === undefined) {
    throw new Error(`no ${name}`);
  }
  return landingTable(dataset, sourceKindOf(graph.sources, dataset));
}
