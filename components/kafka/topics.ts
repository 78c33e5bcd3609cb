import { KafkaTopic } from "@pulumi/confluentcloud/kafkaTopic.js";
import { SchemaRegistryClusterConfig } from "@pulumi/confluentcloud/schemaRegistryClusterConfig.js";
import { SubjectConfig } from "@pulumi/confluentcloud/subjectConfig.js";
import * as pulumi from "@pulumi/pulumi";
import { partitionsMessage } from "../../model/partitionChanges.ts";
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
 * Kafka cannot take partitions away, so the provider would delete the topic with its rows and make it again. And a key must
 * never move to a partition of a lower number: in Snowflake, the last version of a row is that in the partition of the
 * greatest. It does not as long as partitions grow to a multiple. The component's recorded inputs know how many there were,
 * and this refuses before any topic is touched, in previews too.
 */
function partitionsOnlyGrow(name: string): pulumi.ResourceHook {
  return new pulumi.ResourceHook(
    `${name}-only-grow`,
    ({ oldInputs, newInputs }) => {
      const message = partitionsMessage(partitionsIn(oldInputs), partitionsIn(newInputs));
      if (message !== undefined) {
        throw new Error(message);
      }
    },
    { onDryRun: true },
  );
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
