import { KafkaTopic } from "@pulumi/confluentcloud/kafkaTopic.js";
import { SchemaRegistryClusterConfig } from "@pulumi/confluentcloud/schemaRegistryClusterConfig.js";
import { SubjectConfig } from "@pulumi/confluentcloud/subjectConfig.js";
import * as pulumi from "@pulumi/pulumi";
import type { Compatibility } from "../../model/pipeline.ts";
import type { Topic } from "../../model/topics.ts";
import type { Cluster } from "./cluster.ts";

export interface TopicsArgs {
  cluster: Cluster;
  /** Names never change a topic: another name is another topic. Partitions only grow, in place; settings change in place. */
  topics: readonly Topic[];
  /** The registry's compatibility level where a subject has none of its own. In place. */
  compatibility: Compatibility;
  /** `false` protects the topics that keep data against deletion. */
  ephemeral: boolean;
}

/** Every topic of the environment, and the compatibility levels of their subjects. */
export class Topics extends pulumi.ComponentResource {
  /** By topic name. */
  readonly topics: Readonly<Record<string, KafkaTopic>>;

  constructor(name: string, args: TopicsArgs, opts?: pulumi.ComponentResourceOptions) {
    const partitions = Object.fromEntries(args.topics.map((topic) => [topic.name, topic.partitions]));
    super(
      "pipeline:kafka:Topics",
      name,
      { partitions },
      { ...opts, hooks: { beforeUpdate: [partitionsOnlyGrow(name)] } },
    );

    this.topics = Object.fromEntries(args.topics.map((topic) => [topic.name, makeTopic(name, topic, args, this)]));
    makeCompatibility(name, args, this);

    this.registerOutputs({ partitions });
  }
}

/**
 * Kafka cannot take partitions away, so the provider would delete the topic with its rows and make it again. The
 * component's recorded inputs know how many there were, and this refuses before any topic is touched, in previews too.
 */
function partitionsOnlyGrow(name: string): pulumi.ResourceHook {
  return new pulumi.ResourceHook(
    `${name}-only-grow`,
    ({ oldInputs, newInputs }) => {
      const before = partitionsIn(oldInputs);
      const fewer = Object.entries(partitionsIn(newInputs))
        .map(([topic, to]) => ({ topic, from: before[topic] ?? 0, to }))
        .filter(({ from, to }) => to < from);
      if (fewer.length > 0) {
        throw new Error(fewerPartitionsMessage(fewer));
      }
    },
    { onDryRun: true },
  );
}

function fewerPartitionsMessage(changes: readonly { topic: string; from: number; to: number }[]): string {
  return [
    "Kafka cannot take partitions away: these topics would be deleted with their rows and made again.",
    ...changes.map(({ topic, from, to }) => `  ${topic}: ${String(from)} partitions, and ${String(to)} are asked for`),
    "Write the old number or more (kafka.partitions, or partitions in pipeline.ts). For fewer, give the table another " +
      "source name and let the old topic run out.",
  ].join("\n");
}

function partitionsIn(inputs: unknown): Record<string, number> {
  const { partitions } = (inputs ?? {}) as { partitions?: Record<string, number> };
  return partitions ?? {};
}

function makeTopic(
  name: string,
  topic: Topic,
  { cluster, ephemeral }: TopicsArgs,
  parent: pulumi.Resource,
): KafkaTopic {
  return new KafkaTopic(
    `${name}-${topic.name}`,
    {
      topicName: topic.name,
      partitionsCount: topic.partitions,
      config: topic.config,
      kafkaCluster: { id: cluster.kafka.id },
      restEndpoint: cluster.kafka.restEndpoint,
      credentials: cluster.kafkaCredentials,
    },
    { parent, protect: !ephemeral && topic.keepsData, deletedWith: cluster.kafka },
  );
}

function makeCompatibility(
  name: string,
  { cluster, topics, compatibility }: TopicsArgs,
  parent: pulumi.Resource,
): void {
  const registry = {
    schemaRegistryCluster: { id: cluster.registry.id },
    restEndpoint: cluster.registry.restEndpoint,
    credentials: cluster.registryCredentials,
  };
  // The registry goes with its environment.
  const opts = { parent, deletedWith: cluster.environment };
  new SchemaRegistryClusterConfig(`${name}-compatibility`, { ...registry, compatibilityLevel: compatibility }, opts);
  for (const subject of topics.flatMap((topic) => topic.subjects)) {
    if (subject.compatibility !== undefined) {
      new SubjectConfig(
        `${name}-${subject.name}`,
        { ...registry, subjectName: subject.name, compatibilityLevel: subject.compatibility },
        opts,
      );
    }
  }
}
