import * as pulumi from "@pulumi/pulumi";
import type { ConnectorState } from "../../model/connect/connectorState.ts";
import { managedSnowflakeSink } from "../../model/connect/managedSnowflakeSink.ts";
import {
  passphraseSetting,
  privateKeySetting,
  snowflakeSink,
  type SinkTopic,
  type SnowflakeLanding,
} from "../../model/connect/snowflakeSink.ts";
import { tasksFor } from "../../model/connect/workerSink.ts";
import { sinkName } from "../../model/internalNames.ts";
import type { Account } from "../kafka/account.ts";
import type { Cluster } from "../kafka/cluster.ts";
import { renderedWith } from "./connectors.ts";
import type { ManagedSinkArgs } from "./managedSink.ts";
import type { WorkerSink } from "./workerSink.ts";

/** What a sink needs to know of its Snowflake: the warehouse side of the stack gives it. */
export interface SnowflakeSide {
  /** Names are known when the program runs, so that a preview shows them. */
  readonly landing: SnowflakeLanding;
  /** PKCS#8, in one line: `oneLineKey` makes it. A secret. */
  readonly privateKey: pulumi.Input<string>;
  /** Of the private key; empty: it is not encrypted. A secret. */
  readonly passphrase: pulumi.Input<string>;
  /** Whether there is a passphrase: known in a preview, when the passphrase may not be. */
  readonly hasPassphrase: boolean;
  /**
   * The landing tables by name. When one is made anew, so is the connector, which then fills it from the beginning. Each
   * must depend on its topic, whose provider is then there to delete a connector that Confluent runs.
   */
  readonly tables: Readonly<Record<string, pulumi.CustomResource>>;
  /** What else must be there before the connector logs in: the user with its key, its role, the role's rights. */
  readonly after: readonly pulumi.Resource[];
}

/** A target whose rows go to Snowflake. */
export interface SnowflakeTarget {
  /** Name of the target, e.g. `snowflake`. */
  readonly target: string;
  /** The account `sink-<target>`; on workers of our own it has keys for Kafka and the registry. */
  readonly account: Account;
  readonly topics: readonly SinkTopic[];
  /** The same as resources, by topic. When one is made anew, so is the connector: its places would mean nothing. */
  readonly kafkaTopics: Readonly<Record<string, pulumi.CustomResource>>;
  readonly snowflake: SnowflakeSide;
  readonly state: ConnectorState;
  /** The user's own settings, by their names in Snowflake's connector. */
  readonly settings: Readonly<Record<string, string>>;
}

interface OnWorkers {
  readonly version: string;
  readonly mostTasks: number;
  readonly registryUrl: pulumi.Input<string>;
}

/** Its connector on workers of our own. */
export function snowflakeWorkerSink(
  { target, account, topics, kafkaTopics, snowflake, state, settings }: SnowflakeTarget,
  { version, mostTasks, registryUrl }: OnWorkers,
): WorkerSink {
  const { landing, tables, hasPassphrase } = snowflake;
  const config = renderedWith({ registryUrl }, (known) =>
    snowflakeSink(target, {
      version,
      landing,
      topics,
      tasks: tasksFor(topics, mostTasks),
      registryUrl: known.registryUrl,
      hasPassphrase,
      extra: settings,
    }),
  );
  return {
    target,
    account,
    declaration: {
      name: sinkName(target),
      state,
      config,
      after: snowflake.after,
      tables: Object.fromEntries(
        topics.map(({ topic, table }) => [
          table,
          pulumi.all([tables[table]?.id ?? "", kafkaTopics[topic]?.id ?? ""]).apply((ids) => ids.join(" ")),
        ]),
      ),
    },
    secrets: {
      [privateKeySetting]: {
        value: snowflake.privateKey,
        origin: `Private key of ${landing.user} in Snowflake: PKCS#8, in one line, without its first and last.`,
      },
      ...(hasPassphrase
        ? { [passphraseSetting]: { value: snowflake.passphrase, origin: "Passphrase of that key." } }
        : {}),
    },
  };
}

/** Its connector where Confluent runs it. */
export function snowflakeManagedSink(
  { target, account, topics, kafkaTopics, snowflake, state, settings }: SnowflakeTarget,
  cluster: Cluster,
): ManagedSinkArgs {
  return {
    cluster,
    target,
    account,
    config: managedSnowflakeSink<pulumi.Input<string>>(target, {
      landing: snowflake.landing,
      topics,
      serviceAccount: account.account.id,
      privateKey: snowflake.privateKey,
      passphrase: snowflake.hasPassphrase ? snowflake.passphrase : undefined,
      extra: settings,
    }),
    ends: [...Object.values(kafkaTopics), ...Object.values(snowflake.tables)],
    after: snowflake.after,
    ...(state === "paused" ? { status: "PAUSED" as const } : {}),
  };
}
