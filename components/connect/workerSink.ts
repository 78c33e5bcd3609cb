import * as pulumi from "@pulumi/pulumi";
import { secretKeys, type SinkSecrets } from "../../model/connect/worker.ts";
import { sinkName } from "../../model/internalNames.ts";
import type { Account } from "../kafka/account.ts";
import type { ConnectorDeclaration } from "./connectors.ts";

/** A target's sink as workers of our own run it, whatever kind of target it is. */
export interface WorkerSink {
  /** Name of the target, e.g. `snowflake`. */
  readonly target: string;
  /** The account `sink-<target>`, with keys for Kafka and the registry. */
  readonly account: Account;
  readonly declaration: ConnectorDeclaration;
  /** What the workers' secrets file has for it besides its two logins, by the name of the setting that refers to it. */
  readonly secrets: Readonly<Record<string, SinkSecret>>;
  /** Certificate of the authority that signed its target's, in PEM. Default: a public one. */
  readonly certificate?: string;
}

interface SinkSecret {
  /** Secret. */
  readonly value: pulumi.Input<string>;
  /** What it is, a sentence, for whoever fills the file by hand. */
  readonly origin: string;
}

/** What the secrets file of the workers has for it. */
export function sinkSecrets({ target, account, secrets }: WorkerSink): pulumi.Output<SinkSecrets> {
  const { kafkaCredentials, registryCredentials } = account;
  if (kafkaCredentials === undefined || registryCredentials === undefined) {
    throw new Error(`the account of sink ${target} has no keys`);
  }
  const settings = Object.fromEntries(Object.entries(secrets).map(([setting, { value }]) => [setting, value]));
  return pulumi
    .all([pulumi.output(kafkaCredentials), pulumi.output(registryCredentials), pulumi.all(settings)])
    .apply(([kafka, registry, values]) => ({ kafka, registry, settings: values }));
}

/** Where that comes from, for whoever fills the file by hand. */
export function sinkGuide({ target, secrets }: WorkerSink): Record<string, string> {
  return {
    [secretKeys.sink(target)]: `The login of the Kafka key of account ${sinkName(target)}.`,
    [secretKeys.sinkRegistry(target)]: "The same account's key for Schema Registry, and its secret after a colon.",
    ...Object.fromEntries(
      Object.entries(secrets).map(([setting, { origin }]) => [secretKeys.sinkSetting(target, setting), origin]),
    ),
  };
}
