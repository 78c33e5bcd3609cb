import { int32, text, timestamp } from "../../../../model/columnTypes.ts";
import { declaredGraph } from "../../../../model/graph.ts";
import { sourceRelation } from "../../../../model/ksql/sources.ts";
import type { PipelineDeclaration } from "../../../../model/pipeline.ts";
import { pipeline } from "../../../../pipeline.ts";

/** The declared pipeline, and the tables that only some of the files of `sql/ksqldb` read. */
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

export const relationsOfAllFiles = declaredGraph(declaration).tables.map((table) => sourceRelation(table, 3));
