import { locationOf, partitionKeys, projectionOf, type LakePlace } from "./layout.ts";
import type { LakeTable } from "./table.ts";

interface GlueColumn {
  readonly name: string;
  readonly type: string;
}

/** A table or a view as Glue's API takes it, with the names of the provider's arguments, which want lists of their own. */
export interface GlueTable {
  readonly name: string;
  /** Not of a view: Trino takes it for the comment that tells whose view it is, and then finds no such table. */
  readonly description?: string;
  readonly tableType: "EXTERNAL_TABLE" | "VIRTUAL_VIEW";
  /** Without it `SHOW CREATE TABLE` and views in Trino fail. */
  readonly owner: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly partitionKeys: GlueColumn[];
  readonly storageDescriptor: {
    readonly columns: GlueColumn[];
    readonly location?: string;
    readonly inputFormat?: string;
    readonly outputFormat?: string;
    readonly serDeInfo: {
      readonly name: string;
      readonly serializationLibrary: string;
      readonly parameters?: Readonly<Record<string, string>>;
    };
  };
  readonly viewOriginalText?: string;
  readonly viewExpandedText?: string;
}

/** Whom Glue names as the owner of what the stack makes. */
export const owner = "pipeline";

const hive = "org.apache.hadoop.hive.ql.io.parquet";

/**
 * The table with every record of a topic, over the Parquet files that the sink writes.
 *
 * @param since first day that Athena looks for, `2026-11-26`
 */
export function historyTable({ history, topic, columns }: LakeTable, place: LakePlace, since: string): GlueTable {
  return {
    name: history,
    description: `Every record of topic ${topic}`,
    tableType: "EXTERNAL_TABLE",
    owner,
    parameters: { EXTERNAL: "TRUE", classification: "parquet", ...projectionOf(place, topic, since) },
    partitionKeys: [...partitionKeys],
    storageDescriptor: {
      columns: columns.map(({ name, type }) => ({ name, type })),
      location: locationOf(place, topic),
      inputFormat: `${hive}.MapredParquetInputFormat`,
      outputFormat: `${hive}.MapredParquetOutputFormat`,
      serDeInfo: {
        name: "parquet",
        serializationLibrary: `${hive}.serde.ParquetHiveSerDe`,
        parameters: { "serialization.format": "1" },
      },
    },
  };
}
