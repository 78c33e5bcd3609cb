import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { declaredGraph } from "../../model/graph.ts";
import type { SqlFile } from "../../model/ksql/check.ts";
import { sourceRelation } from "../../model/ksql/sources.ts";
import type { Relation } from "../../model/ksql/statement.ts";
import { pipeline } from "../../pipeline.ts";
import { repository } from "../../sandbox/engine/project.ts";

/** What the statements may read, as ksqlDB sees it. */
export function sourceRelations(partitions: number): Relation[] {
  return declaredGraph(pipeline).tables.map((table) => sourceRelation(table, partitions));
}

/** The files of `sql/ksqldb`, with paths from the repository's folder. */
export function statementFiles(): SqlFile[] {
  const folder = "sql/ksqldb";
  return readdirSync(path.join(repository, folder))
    .sort()
    .map((name) => ({
      file: `${folder}/${name}`,
      text: readFileSync(path.join(repository, folder, name), "utf8"),
    }));
}
