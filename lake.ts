import { existsSync, readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { AwsRegion } from "./components/aws/region.ts";
import type { ManagedSinkArgs } from "./components/connect/managedSink.ts";
import type { PlainTarget } from "./components/connect/plainSink.ts";
import { accountOf, type Account } from "./components/kafka/account.ts";
import type { Cluster } from "./components/kafka/cluster.ts";
import type { Topics } from "./components/kafka/topics.ts";
import { Lake } from "./components/lake/lake.ts";
import { Tableflow } from "./components/lake/tableflow.ts";
import type { Environment } from "./config.ts";
import { managedSinkClasses } from "./model/connect/managedSinkClasses.ts";
import { managedSink } from "./model/connect/managedSink.ts";
import { sinkName } from "./model/internalNames.ts";
import type { LakeConfig } from "./model/lake/config.ts";
import { lakeNames } from "./model/lake/names.ts";
import { answerable, readQuery, type Query } from "./model/lake/queries.ts";
import { lakeSink } from "./model/lake/sink.ts";
import { lakeTables } from "./model/lake/table.ts";
import { viewKindOf } from "./model/lake/view.ts";
import { targetsOfKind } from "./model/targets/registry.ts";
import { topicsTaken } from "./model/targets/taken.ts";

/** What is there when lakes are made. */
interface Surroundings {
  /** Unique for each stack, e.g. `pipeline-dev`. */
  readonly displayName: string;
  readonly cluster: Cluster;
  readonly topics: Topics;
  /** By principal. */
  readonly accounts: ReadonlyMap<string, Account>;
}

/** What the environment has in S3 and Glue, by target, but for what fills it. */
export function makeLakes(
  { graph, targets, ephemeral }: Environment,
  { displayName, cluster }: Pick<Surroundings, "displayName" | "cluster">,
): ReadonlyMap<string, Lake> {
  return new Map(
    targetsOfKind(targets, "lake").map(({ target, config }) => {
      // Each has a region of its own, so that one more lake changes nothing of what is there.
      const aws = new AwsRegion(`aws-${target.name}`, { region: config.region, tags: { pipeline: displayName } });
      const tables = lakeTables(graph, target);
      const relations = tables.flatMap((table) => [
        table.history,
        ...(viewKindOf(table) === undefined ? [] : [table.dataset]),
      ]);
      const lake = new Lake(
        `lake-${target.name}`,
        {
          target: target.name,
          cluster,
          names: lakeNames(displayName, target.name, config.database),
          config,
          owner: displayName,
          tables,
          viewText: (file) => readFileSync(file, "utf8"),
          queries: answerable(shippedQueries(), relations),
          ephemeral,
        },
        { providers: [aws.provider] },
      );
      return [target.name, lake] as const;
    }),
  );
}

/** The questions in `sql/athena/`, sorted by name. */
function shippedQueries(): Query[] {
  const folder = path.join("sql", "athena");
  return (existsSync(folder) ? readdirSync(folder) : [])
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => readQuery(file, readFileSync(path.join(folder, file), "utf8")));
}

/** What fills a lake of files; `undefined` for one of Iceberg tables, which Tableflow does. */
export function lakeSinkArgs(
  { target, cluster, account, topics, kafkaTopics }: PlainTarget,
  config: LakeConfig,
  lake: Lake,
): ManagedSinkArgs | undefined {
  if (config.format === "iceberg") {
    return undefined;
  }
  return {
    cluster,
    target,
    account,
    config: managedSink<pulumi.Input<string>>(target, managedSinkClasses.s3, {
      topics,
      serviceAccount: account.account.id,
      settings: lakeSink({ ...config, bucket: lake.bucket.bucket, integration: lake.integration.id }),
      secrets: {},
      extra: config.settings,
    }),
    ends: [...Object.values(kafkaTopics), lake.bucket],
    after: lake.ready,
    ...(config.paused ? { status: "PAUSED" as const } : {}),
  };
}

/**
 * What keeps the Iceberg tables of the environment. Last of all: Tableflow takes a topic only once the schema of its values is
 * registered, by a statement of ksqlDB's or by the first row of a source's table.
 */
export function makeTableflows(
  { graph, kafka, targets, ephemeral }: Environment,
  { cluster, topics, accounts }: Surroundings,
  lakes: ReadonlyMap<string, Lake>,
  schemas: readonly pulumi.Resource[],
): void {
  for (const { target, config } of targetsOfKind(targets, "lake")) {
    const lake = lakes.get(target.name);
    const taken = topicsTaken(graph, target, kafka.partitions).map(({ topic }) => topic);
    if (lake === undefined || config.format === "parquet" || taken.length === 0) {
      continue;
    }
    new Tableflow(`tableflow-${target.name}`, {
      target: target.name,
      cluster,
      account: accountOf(accounts, sinkName(target.name)),
      lake,
      topics: Object.fromEntries(Object.entries(topics.topics).filter(([topic]) => taken.includes(topic))),
      schemas,
      ephemeral,
    });
  }
}
