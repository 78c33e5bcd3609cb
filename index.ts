import "./stacks.ts"; // first: it must be there before anything is registered
import * as pulumi from "@pulumi/pulumi";
import { sitesOf } from "./config/streams.ts";
import { connectOf } from "./connect.ts";
import { AwsRegion } from "./components/aws/region.ts";
import { Account } from "./components/kafka/account.ts";
import { Cluster } from "./components/kafka/cluster.ts";
import { Topics } from "./components/kafka/topics.ts";
import { accountName, readEnvironment } from "./config.ts";
import { principalsOf } from "./model/access.ts";
import { makeLakes, makeTableflows } from "./lake.ts";
import { topicsOf } from "./model/topics.ts";
import { pipeline } from "./pipeline.ts";
import { makeRedshifts } from "./redshift.ts";
import { makeStreams } from "./streams.ts";
import { sinksOf } from "./targets.ts";
import { makeWarehouses } from "./warehouse.ts";

const environment = readEnvironment(pipeline);
const { graph, kafka, schemaRegistry, ephemeral } = environment;
const { placement } = environment.connect;
const displayName = `${environment.project}-${environment.stack}`;
environment.warnings.forEach((warning) => void pulumi.log.warn(warning));

const cluster = new Cluster("kafka", {
  displayName,
  adminName: accountName(environment, "admin"),
  cloud: kafka.cloud,
  region: kafka.region,
  type: kafka.type,
  availability: kafka.availability,
  cku: kafka.cku,
  governance: schemaRegistry.package,
  ephemeral,
});

const topicList = topicsOf(graph, { ...kafka, placement });
const topics = new Topics("topics", {
  cluster,
  topics: topicList,
  compatibility: schemaRegistry.compatibility,
  ephemeral,
});

const byPurpose = new Map(
  principalsOf(graph, placement, sitesOf(environment.streams)).map((principal) => [
    principal.name,
    new Account(principal.name, {
      cluster,
      principal,
      displayName: accountName(environment, principal.name),
      access: kafka.access,
    }),
  ]),
);

const aws =
  environment.awsRegion === ""
    ? undefined
    : new AwsRegion("aws", { region: environment.awsRegion, tags: { pipeline: displayName } });

const warehouses = makeWarehouses(environment, topics);
const lakes = makeLakes(environment, { displayName, cluster });
const redshifts = makeRedshifts(environment, displayName, topics);
const connect = connectOf(environment, {
  displayName,
  cluster,
  topics,
  accounts: byPurpose,
  aws,
  sinks: sinksOf(environment, { cluster, topics, accounts: byPurpose, warehouses, lakes, redshifts }),
});
const streams = makeStreams(environment, {
  displayName,
  cluster,
  topics,
  accounts: byPurpose,
  connectors: connect.connectors,
});
makeTableflows(environment, { displayName, cluster, topics, accounts: byPurpose }, lakes, [
  ...connect.connectors,
  ...streams,
]);

/** Where clients find the brokers and the schemas. */
export const bootstrapEndpoint = cluster.kafka.bootstrapEndpoint;
export const schemaRegistryEndpoint = cluster.registry.restEndpoint;
/** Partitions by topic. */
export const partitions = Object.fromEntries(topicList.map((topic) => [topic.name, topic.partitions]));
/** Account ids by purpose. */
export const accounts = Object.fromEntries([...byPurpose].map(([name, { account }]) => [name, account.id]));
/** The keys of applications that read topics, by consumer: `pulumi stack output consumers --show-secrets`. */
export const consumers = Object.fromEntries(
  graph.consumers.map(({ name }) => {
    const account = byPurpose.get(`consumer-${name}`);
    return [name, { kafka: account?.kafkaCredentials, schemaRegistry: account?.registryCredentials }];
  }),
);
/** The keys of ksqlDB servers of your own, by their account: `pulumi stack output ksqlDb --show-secrets`. */
export const ksqlDb = Object.fromEntries(
  environment.plans
    .filter(({ serviceId }) => serviceId !== undefined)
    .map(({ name }) => {
      const account = byPurpose.get(name);
      return [name, { kafka: account?.kafkaCredentials, schemaRegistry: account?.registryCredentials }];
    }),
);
/** On premises: the files that a host of yours runs; `npm run bundle` writes them. */
export const bundle = connect.bundle ?? {};
/** On premises: the text of its `secrets.properties`: `pulumi stack output secrets --show-secrets`. */
export const secrets = connect.secrets ?? "";
/** Where rows land in Snowflake and what reads them, by target. */
export const snowflake = Object.fromEntries(
  [...warehouses].map(([target, { database, compute, reader }]) => [
    target,
    { database: database.name, warehouse: compute.name, reader },
  ]),
);
/** Where rows land in S3, and what asks questions of them in Athena, by target. */
export const lake = Object.fromEntries(
  [...lakes].map(([target, { bucket, database, workgroup, readers }]) => [
    target,
    { bucket: bucket.bucket, database: database.name, workgroup: workgroup.name, readers: readers.arn },
  ]),
);
/** Where each Redshift that the stack made answers, and where its administrator's password is, by target. */
export const redshift = Object.fromEntries(
  [...redshifts].map(([target, { host, namespace }]) => [
    target,
    { host, administrator: namespace.adminUsername, passwordIn: namespace.adminPasswordSecretArn },
  ]),
);
