import { readFileSync } from "node:fs";
import { lakeTable, type LakeTable } from "../../../../model/lake/table.ts";
import { viewFile, viewKindOf, viewSql } from "../../../../model/lake/view.ts";
import { sourceKindOf } from "../../../../model/warehouse/landing.ts";
import { graph } from "../warehouse/tables.ts";

/** What the lake has of one of the article's tables or results. */
export function lakeOf(name: string): LakeTable {
  const dataset = [...graph.tables, ...graph.transformations].find((candidate) => candidate.name === name);
  if (dataset === undefined) {
    throw new Error(`no ${name}`);
  }
  return lakeTable(dataset, sourceKindOf(graph.sources, dataset));
}

/** The SELECT of its view, from the file that is deployed. */
export function sqlOf(table: LakeTable): string {
  const kind = viewKindOf(table);
  if (kind === undefined) {
    throw new Error(`${table.dataset} has no view`);
  }
  return viewSql(table, readFileSync(viewFile(kind), "utf8"), "shop");
}
