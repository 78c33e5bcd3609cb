import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { int32, text, timestamp } from "../../model/columnTypes.ts";
import { declaredGraph } from "../../model/graph.ts";
import type { SqlFile } from "../../model/ksql/check.ts";
import { sourceRelation } from "../../model/ksql/sources.ts";
import type { Relation } from "../../model/ksql/statement.ts";
import type { PipelineDeclaration } from "../../model/pipeline.ts";
import { pipeline } from "../../pipeline.ts";
import { repository } from "../../sandbox/engine/project.ts";

/** The declared pipeline, and the tables that only some of the files in `sql/ksqldb` read. */
const declaration: PipelineDeclaration = {
  ...pipeline,
  sources: {
    ...pipeline.sources,
    more: {
      kind: "postgres",
      database: "demo",
      tables: {
        "public.shipments": {
          kind: "facts",
          key: "shipment_id",
          columns: { shipment_id: int32, order_id: int32, shipped_ts: timestamp(3), carrier: text(50) },
          eventTime: "shipped_ts",
        },
        "public.loyalty": { kind: "entity", key: "id", columns: { id: int32, level: text(20) } },
        "public.companies": { kind: "entity", key: "name", columns: { name: text(50), industry: text(50) } },
      },
    },
  },
};

/** What the statements may read, as ksqlDB sees it. */
export function sourceRelations(partitions: number): Relation[] {
  return declaredGraph(declaration).tables.map((table) => sourceRelation(table, partitions));
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
