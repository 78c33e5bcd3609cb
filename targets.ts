import type { ManagedSinkArgs } from "./components/connect/managedSink.ts";
import { plainManagedSink, plainWorkerSink, type PlainTarget } from "./components/connect/plainSink.ts";
import {
  snowflakeManagedSink,
  snowflakeWorkerSink,
  type SnowflakeTarget,
} from "./components/connect/snowflakeTarget.ts";
import type { WorkerSink } from "./components/connect/workerSink.ts";
import { accountOf, type Account } from "./components/kafka/account.ts";
import type { Cluster } from "./components/kafka/cluster.ts";
import type { Topics } from "./components/kafka/topics.ts";
import type { Lake } from "./components/lake/lake.ts";
import type { Redshift } from "./components/targets/redshift.ts";
import type { Warehouse } from "./components/warehouse/warehouse.ts";
import type { Environment } from "./config.ts";
import { lakeSinkArgs } from "./lake.ts";
import { sinkTopics } from "./model/connect/snowflakeSink.ts";
import { sinkName } from "./model/internalNames.ts";
import { hostedByWorkers, targetKinds, type ConfiguredTarget } from "./model/targets/registry.ts";
import { topicsTaken } from "./model/targets/taken.ts";
import type { TargetKind } from "./model/targets/targetKind.ts";
import { redshiftSinkArgs } from "./redshift.ts";
import { sinkSide } from "./warehouse.ts";

/** What is there when sinks are described. */
interface Surroundings {
  readonly cluster: Cluster;
  readonly topics: Topics;
  /** By principal. */
  readonly accounts: ReadonlyMap<string, Account>;
  /** By target. */
  readonly warehouses: ReadonlyMap<string, Warehouse>;
  /** By target. */
  readonly lakes: ReadonlyMap<string, Lake>;
  /** By target: those that the stack makes. */
  readonly redshifts: ReadonlyMap<string, Redshift>;
}

/** The sinks of the targets that take any rows, by who runs them. */
export interface Sinks {
  readonly onWorkers: readonly WorkerSink[];
  readonly managed: readonly ManagedSinkArgs[];
}

export function sinksOf(environment: Environment, surroundings: Surroundings): Sinks {
  const sinks = environment.targets.map((target) => sinkOf(environment, surroundings, target));
  return {
    onWorkers: sinks.flatMap(({ onWorkers }) => onWorkers ?? []),
    managed: sinks.flatMap(({ managed }) => managed ?? []),
  };
}

/** One of the two, or none where the target takes nothing. */
interface Sink {
  readonly onWorkers?: WorkerSink;
  readonly managed?: ManagedSinkArgs;
}

function sinkOf(environment: Environment, surroundings: Surroundings, configured: ConfiguredTarget): Sink {
  const { graph, kafka } = environment;
  const { target } = configured;
  const { cluster, accounts, topics: made } = surroundings;
  const topics = topicsTaken(graph, target, kafka.partitions);
  if (topics.length === 0) {
    return {};
  }
  const plain: PlainTarget = {
    target: target.name,
    cluster,
    account: accountOf(accounts, sinkName(target.name)),
    topics,
    kafkaTopics: Object.fromEntries(
      Object.entries(made.topics).filter(([name]) => topics.some(({ topic }) => topic === name)),
    ),
  };
  switch (configured.kind) {
    case "redshift":
      return redshiftSinkOf(surroundings, configured, plain);
    case "snowflake":
      return snowflakeSinkOf(environment, surroundings, configured, plain);
    case "lake":
      return lakeSinkOf(surroundings, configured, plain);
    default:
      return plainSinkOf(environment, configured, plain);
  }
}

function snowflakeSinkOf(
  { graph, kafka, connect }: Environment,
  { warehouses }: Surroundings,
  { target, config }: Extract<ConfiguredTarget, { kind: "snowflake" }>,
  { cluster, account, kafkaTopics }: PlainTarget,
): Sink {
  const warehouse = warehouses.get(target.name);
  if (warehouse === undefined) {
    throw new Error(`there is no warehouse of target ${target.name}`);
  }
  const sink: SnowflakeTarget = {
    target: target.name,
    account,
    topics: sinkTopics(graph, target, kafka.partitions, config.generations),
    kafkaTopics,
    snowflake: sinkSide(config, warehouse),
    state: config.paused ? "paused" : "running",
    settings: config.settings,
  };
  return hostedByWorkers(target.kind, connect.placement)
    ? {
        onWorkers: snowflakeWorkerSink(sink, {
          version: connect.snowflakeVersion,
          mostTasks: mostTasks(connect),
          registryUrl: cluster.registry.restEndpoint,
        }),
      }
    : { managed: snowflakeManagedSink(sink, cluster) };
}

function lakeSinkOf(
  { lakes }: Surroundings,
  { target, config }: Extract<ConfiguredTarget, { kind: "lake" }>,
  plain: PlainTarget,
): Sink {
  const lake = lakes.get(target.name);
  if (lake === undefined) {
    throw new Error(`there is no lake of target ${target.name}`);
  }
  const managed = lakeSinkArgs(plain, config, lake);
  return managed === undefined ? {} : { managed };
}

/** None, as long as the user that it logs in as is not there. */
function redshiftSinkOf(
  { redshifts }: Surroundings,
  { target, config }: Extract<ConfiguredTarget, { kind: "redshift" }>,
  plain: PlainTarget,
): Sink {
  return config.password === "" ? {} : { managed: redshiftSinkArgs(plain, config, redshifts.get(target.name)) };
}

/** Of a kind whose connector is all that there is of it, the registry says what that is told. */
function plainSinkOf(
  { connect }: Environment,
  { kind: name, target, config }: ConfiguredTarget,
  plain: PlainTarget,
): Sink {
  const kind: TargetKind = targetKinds[name];
  if (hostedByWorkers(target.kind, connect.placement)) {
    const sink = kind.workerSink?.(config, plain.topics);
    return sink === undefined ? {} : { onWorkers: plainWorkerSink(plain, sink, mostTasks(connect)) };
  }
  const sink = kind.managedSink?.(config, plain.topics);
  return sink === undefined ? {} : { managed: plainManagedSink(plain, sink) };
}

/** Two processors a worker, on EC2 and by the least that a host of the user's must have. */
function mostTasks({ workers }: Environment["connect"]): number {
  return 2 * workers;
}
