import { readFileSync } from "node:fs";
import { LakeSink } from "../engines/lakeSink.ts";
import { AwsStandIn } from "../engines/moto.ts";
import type { Lab } from "../engines/processes.ts";
import { startTrino, type Trino } from "../engines/trino.ts";
import { managedSink } from "../../model/connect/managedSink.ts";
import { managedSinkClasses } from "../../model/connect/managedSinkClasses.ts";
import { historyTable, type GlueTable } from "../../model/lake/glueTable.ts";
import { lakeSink } from "../../model/lake/sink.ts";
import type { LakeTable } from "../../model/lake/table.ts";
import { glueView, viewFile, viewKindOf, viewSql } from "../../model/lake/view.ts";
import { tableInput } from "./glueInput.ts";

const database = "pipeline_test";
export const place = { bucket: "pipeline-test-lake", folder: "topics" };

export interface LakeOptions {
  /** Folder of the workers' image, as it was assembled. */
  readonly image: string;
  /** Where schemas are. Default: in a registry of the sink's own. */
  readonly registryUrl?: string;
  readonly rotation?: { readonly rows: number; readonly minutes: number };
}

export interface MakeOptions {
  /** First day that is looked for. Default: yesterday. */
  readonly since?: string;
  /** The view's SELECT, as it should not be. Default: as it is. */
  readonly changed?: (sql: string) => string;
}

const day = 86_400_000;
const same = (sql: string) => sql;

/** Trino over the lake that the stack makes: bucket, database, tables, views and the sink's settings are the rendered ones. */
export class Lake {
  readonly aws: AwsStandIn;
  readonly trino: Trino;
  readonly sink: LakeSink;

  private constructor(aws: AwsStandIn, trino: Trino, sink: LakeSink) {
    this.aws = aws;
    this.trino = trino;
    this.sink = sink;
  }

  static async start(lab: Lab, options: LakeOptions): Promise<Lake> {
    const { image, registryUrl, rotation = { rows: 1000, minutes: 10 } } = options;
    const aws = await AwsStandIn.start(lab);
    await aws.call("s3", "create_bucket", {
      Bucket: place.bucket,
      CreateBucketConfiguration: { LocationConstraint: aws.region },
    });
    await aws.call("glue", "create_database", { DatabaseInput: { Name: database } });
    const { trino } = await startTrino(lab, aws);
    const config = sinkConfig(rotation);
    const registry = registryUrl === undefined ? {} : { registryUrl };
    const sink = await LakeSink.start(lab, { image, config, aws, bucket: place.bucket, ...registry });
    return new Lake(aws, trino, sink);
  }

  /** Makes the table with every record of a topic, and the view that people read, if it has one. */
  async make(table: LakeTable, { since = dayOf(Date.now() - day), changed = same }: MakeOptions = {}): Promise<void> {
    await this.put(historyTable(table, place, since));
    const kind = viewKindOf(table);
    if (kind !== undefined) {
      const sql = changed(viewSql(table, readFileSync(viewFile(kind), "utf8"), database));
      await this.put(glueView(table, sql, database));
    }
  }

  /** Puts a table or view into the catalog, in place of what has its name. */
  async put(table: GlueTable): Promise<void> {
    const known = await this.aws.call("glue", "get_tables", { DatabaseName: database, Expression: `^${table.name}$` });
    const operation = (known.TableList as unknown[]).length === 0 ? "create_table" : "update_table";
    await this.aws.call("glue", operation, { DatabaseName: database, TableInput: tableInput(table) });
  }

  /** Runs one statement, names being those of the stack's database. */
  rows(sql: string): ReturnType<Trino["rows"]> {
    return this.trino.rows(sql, database);
  }

  query(sql: string): ReturnType<Trino["query"]> {
    return this.trino.query(sql, database);
  }
}

/** The settings of the connector, as the stack has them. */
function sinkConfig(rotation: { readonly rows: number; readonly minutes: number }): Record<string, string> {
  const { nonsensitive } = managedSink("lake", managedSinkClasses.s3, {
    topics: [{ topic: "T", partitions: 1 }],
    serviceAccount: "sa-1",
    settings: lakeSink({
      ...place,
      region: "eu-central-1",
      integration: "cspi-1",
      rotation,
      timeField: undefined,
      kmsKey: undefined,
    }),
    secrets: {},
    extra: {},
  });
  return nonsensitive;
}

/** `2026-11-26`, in UTC. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
