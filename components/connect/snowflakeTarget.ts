import * as pulumi from "@pulumi/pulumi";
import { sinkName } from "../../model/internalNames.ts";
import type { ConnectorState } from "../../model/connect/connectorState.ts";
import { snowflakeSink, tasksFor, type SinkTopic, type SnowflakeLanding } from "../../model/connect/snowflakeSink.ts";
import { secretKeys, type SinkSecrets } from "../../model/connect/worker.ts";
import type { Account } from "../kafka/account.ts";
import { renderedWith, type ConnectorDeclaration } from "./connectors.ts";

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

/** The connector of a target on workers of our own. */
export function sinkDeclaration(
  { target, topics, kafkaTopics, snowflake, state, settings }: SnowflakeTarget,
  { version, mostTasks, registryUrl }: OnWorkers,
): ConnectorDeclaration {
  return {
    name: sinkName(target),
    state,
    config: renderedWith({ registryUrl }, (known) =>
      snowflakeSink(target, {
        version,
        landing: snowflake.landing,
        topics,
        tasks: tasksFor(topics, mostTasks),
        registryUrl: known.registryUrl,
        hasPassphrase: snowflake.hasPassphrase,
        extra: settings,
      }),
    ),
    after: snowflake.after,
    tables: Object.fromEntries(
      topics.map(({ topic, table }) => [
        table,
        pulumi.all([snowflake.tables[table]?.id ?? "", kafkaTopics[topic]?.id ?? ""]).apply((ids) => ids.join(" ")),
      ]),
    ),
  };
}

/** What the secrets file of the workers has for it. */
export function sinkSecrets({ target, account, snowflake }: SnowflakeTarget): pulumi.Output<SinkSecrets> {
  const { kafkaCredentials, registryCredentials } = account;
  if (kafkaCredentials === undefined || registryCredentials === undefined) {
    throw new Error(`the account of sink ${target} has no keys`);
  }
  return pulumi
    .all([
      pulumi.output(kafkaCredentials),
      pulumi.output(registryCredentials),
      snowflake.privateKey,
      snowflake.passphrase,
    ])
    .apply(([kafka, registry, privateKey, passphrase]) => ({ kafka, registry, privateKey, passphrase }));
}

/** Where that comes from, for whoever fills the file by hand. */
export function sinkGuide({ target, snowflake }: SnowflakeTarget): Record<string, string> {
  const { user } = snowflake.landing;
  return {
    [secretKeys.sink(target)]: `The login of the Kafka key of account ${sinkName(target)}.`,
    [secretKeys.sinkRegistry(target)]: "The same account's key for Schema Registry, and its secret after a colon.",
    [secretKeys.sinkKey(target)]:
      `Private key of ${user} in Snowflake: PKCS#8, in one line, without its first and last.`,
    ...(snowflake.hasPassphrase ? { [secretKeys.sinkPassphrase(target)]: "Passphrase of that key." } : {}),
  };
}
