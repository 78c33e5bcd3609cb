import * as pulumi from "@pulumi/pulumi";
import { managedSink } from "../../model/connect/managedSink.ts";
import { tasksFor, workerSink } from "../../model/connect/workerSink.ts";
import { sinkName } from "../../model/internalNames.ts";
import type { TakenTopic } from "../../model/targets/taken.ts";
import type { ManagedTargetSink, WorkerTargetSink } from "../../model/targets/targetKind.ts";
import type { Account } from "../kafka/account.ts";
import type { Cluster } from "../kafka/cluster.ts";
import { renderedWith } from "./connectors.ts";
import type { ManagedSinkArgs } from "./managedSink.ts";
import type { WorkerSink } from "./workerSink.ts";

/** A target of which its connector is all that there is. */
export interface PlainTarget {
  readonly target: string;
  readonly cluster: Cluster;
  /** The account `sink-<target>`; on workers of our own it has keys for Kafka and the registry. */
  readonly account: Account;
  /** One or more. */
  readonly topics: readonly TakenTopic[];
  /** The same as resources, by topic. When one is made anew, so is the connector: its places would mean nothing. */
  readonly kafkaTopics: Readonly<Record<string, pulumi.CustomResource>>;
}

/** Its connector where Confluent runs it. */
export function plainManagedSink(
  { target, cluster, account, topics, kafkaTopics }: PlainTarget,
  { sink, paused, settings, secrets, extra }: ManagedTargetSink,
): ManagedSinkArgs {
  const hidden = Object.entries(secrets).map(([setting, value]) => [setting, pulumi.secret(value)] as const);
  return {
    cluster,
    target,
    account,
    config: managedSink<pulumi.Input<string>>(target, sink, {
      topics,
      serviceAccount: account.account.id,
      settings,
      secrets: Object.fromEntries(hidden),
      extra,
    }),
    ends: Object.values(kafkaTopics),
    ...(paused ? { status: "PAUSED" as const } : {}),
  };
}

/** Its connector on workers of our own. `mostTasks`: how many tasks of one connector they can run at once. */
export function plainWorkerSink(
  { target, cluster, account, topics, kafkaTopics }: PlainTarget,
  { className, paused, settings, secrets, extra, certificate = "" }: WorkerTargetSink,
  mostTasks: number,
): WorkerSink {
  return {
    target,
    account,
    declaration: {
      name: sinkName(target),
      state: paused ? "paused" : "running",
      config: renderedWith({ registryUrl: cluster.registry.restEndpoint }, ({ registryUrl }) =>
        workerSink(target, className, {
          topics: topics.map(({ topic }) => topic),
          tasks: tasksFor(topics, mostTasks),
          registryUrl,
          settings,
          secrets: Object.keys(secrets),
          extra,
        }),
      ),
      tables: Object.fromEntries(Object.entries(kafkaTopics).map(([topic, { id }]) => [topic, id])),
    },
    secrets: Object.fromEntries(
      Object.entries(secrets).map(([setting, { value, origin }]) => [setting, { value: pulumi.secret(value), origin }]),
    ),
    certificate,
  };
}
