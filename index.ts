import "./stacks.ts"; // first: it must be there before anything is registered
import { Account } from "./components/kafka/account.ts";
import { Cluster } from "./components/kafka/cluster.ts";
import { Topics } from "./components/kafka/topics.ts";
import { accountName, readEnvironment } from "./config.ts";
import { principalsOf } from "./model/access.ts";
import { topicsOf } from "./model/topics.ts";
import { pipeline } from "./pipeline.ts";

const environment = readEnvironment(pipeline);
const { graph, kafka, schemaRegistry, ephemeral } = environment;

const cluster = new Cluster("kafka", {
  displayName: `${environment.project}-${environment.stack}`,
  adminName: accountName(environment, "admin"),
  cloud: kafka.cloud,
  region: kafka.region,
  type: kafka.type,
  availability: kafka.availability,
  cku: kafka.cku,
  governance: schemaRegistry.package,
  ephemeral,
});

const topics = topicsOf(graph, kafka);
new Topics("topics", { cluster, topics, compatibility: schemaRegistry.compatibility, ephemeral });

const principals = principalsOf(graph).map((principal) => ({
  principal,
  account: new Account(principal.name, {
    cluster,
    principal,
    displayName: accountName(environment, principal.name),
    access: kafka.access,
  }),
}));

/** Where clients find the brokers and the schemas. */
export const bootstrapEndpoint = cluster.kafka.bootstrapEndpoint;
export const schemaRegistryEndpoint = cluster.registry.restEndpoint;
/** Partitions by topic. */
export const partitions = Object.fromEntries(topics.map((topic) => [topic.name, topic.partitions]));
/** Account ids by purpose. */
export const accounts = Object.fromEntries(
  principals.map(({ principal, account }) => [principal.name, account.account.id]),
);
/** The keys of applications that read topics, by consumer: `pulumi stack output consumers --show-secrets`. */
export const consumers = Object.fromEntries(
  graph.consumers.map(({ name }) => {
    const account = principals.find(({ principal }) => principal.name === `consumer-${name}`)?.account;
    return [name, { kafka: account?.kafkaCredentials, schemaRegistry: account?.registryCredentials }];
  }),
);
