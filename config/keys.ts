import { connectorStates } from "../model/connect/connectorState.ts";
import { tlsModes } from "../model/connect/databaseTls.ts";
import { defaultSnowflakeVersion } from "../model/connect/snowflakeVersion.ts";
import type { SourceKind } from "../model/columnTypes.ts";
import type { ConfigKey } from "../model/configKey.ts";
import type { Graph, Source } from "../model/graph.ts";
import { compatibilities } from "../model/pipeline.ts";
import { placements } from "../model/placement.ts";
import { clouds } from "../model/regions.ts";
import { csuSizes } from "../model/streams.ts";
import { kindOf } from "../model/targets/registry.ts";

export const clusterTypes = ["basic", "standard", "dedicated"] as const;
export const availabilities = ["SINGLE_ZONE", "MULTI_ZONE"] as const;
export const accessModes = ["auto", "acl", "rbac"] as const;
export const governancePackages = ["ESSENTIALS", "ADVANCED"] as const;
/** What becomes of a result's topic when its statement has to be made anew; `auto` goes by `ephemeral`. */
export const topicRules = ["auto", "keep", "delete"] as const;
/** From where a statement that is made anew reads. */
export const reprocessWords = ["beginning", "now"] as const;
/** Where the demo's own databases run. */
export const demoHosts = ["off", "docker", "ec2"] as const;

/** Days that CloudWatch Logs takes; 0, for ever, is left out on purpose. */
const logRetentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Every key of an environment but those of the databases, which go by the names of the sources in `pipeline.ts`. */
export const environmentKeys: Readonly<Record<string, ConfigKey>> = {
  stage: {
    type: "integer",
    default: 3,
    legal: [0, 1, 2, 3],
    description:
      "How far the pipeline goes: 0 one database to Snowflake, 1 reference data too, 2 joined once in ksqlDB, 3 the result to S3 as well.",
  },
  ephemeral: {
    type: "boolean",
    default: false,
    description: "true: a demo; destroy leaves nothing. false: what holds data is protected against deletion.",
  },
  tables: {
    type: "array",
    default: [],
    description:
      "Names of the tables that are on, e.g. ORDERS. Empty: all that the stage includes, but for those that pipeline.ts keeps off and nothing reads.",
  },
  transformations: {
    type: "array",
    default: [],
    description:
      "Names of the transformations that are on, e.g. ORDERS_ENRICHED. Empty: all that the stage includes, but for those that pipeline.ts keeps off.",
  },
  targets: {
    type: "array",
    default: [],
    description: "Names of the targets that are on. Empty: all that the stage includes.",
  },
  "kafka.cloud": {
    type: "string",
    default: "AWS",
    legal: clouds,
    description: "Cloud that Kafka runs in: AWS, GCP or AZURE. A change replaces the cluster.",
  },
  "kafka.region": {
    type: "string",
    default: "us-east-1",
    description: "Region of that cloud, in the cloud's own spelling. A change replaces the cluster.",
  },
  "kafka.type": {
    type: "string",
    default: "basic",
    legal: clusterTypes,
    description:
      "Cluster type: basic, standard or dedicated. basic can become standard in place; every other change is refused.",
  },
  "kafka.availability": {
    type: "string",
    default: "SINGLE_ZONE",
    legal: availabilities,
    description: "SINGLE_ZONE or MULTI_ZONE. A change replaces the cluster.",
  },
  "kafka.cku": {
    type: "integer",
    default: 0,
    description:
      "Size of a dedicated cluster in CKU; 0: the least there is (1, in MULTI_ZONE 2). Other types have none.",
  },
  "kafka.access": {
    type: "string",
    default: "auto",
    legal: accessModes,
    description:
      "How accounts get their rights in Kafka: acl, rbac, or auto (acl on basic, which knows no roles on topics; else rbac).",
  },
  "kafka.partitions": {
    type: "integer",
    default: 6,
    description: "Partitions of each data topic that does not say its own in pipeline.ts. Can only grow.",
  },
  "kafka.retentionDays": {
    type: "integer",
    default: 7,
    description: "Days for which facts, and past states of entities, can be read again; -1: for ever.",
  },
  "schemaRegistry.package": {
    type: "string",
    default: "ESSENTIALS",
    legal: governancePackages,
    description: "Stream Governance package of the environment: ESSENTIALS or ADVANCED.",
  },
  "schemaRegistry.compatibility": {
    type: "string",
    default: "BACKWARD",
    legal: compatibilities,
    description:
      "Which schema changes are let through, where a table does not say its own: BACKWARD, FORWARD, FULL, each also with _TRANSITIVE, or NONE. Keys are always FULL.",
  },
  "aws.region": {
    type: "string",
    default: "",
    description: "AWS region of everything that is made in AWS. Empty: kafka.region, when kafka.cloud is AWS.",
  },
  "connect.placement": {
    type: "string",
    default: "ec2",
    legal: placements,
    description:
      "Where Kafka Connect runs: ec2 (workers in an Auto Scaling group), onPremises (a host of yours; npm run bundle) or managed (by Confluent).",
  },
  "connect.image": {
    type: "string",
    default: "",
    description: "Image of the workers with its digest, e.g. registry.example.com/connect@sha256:... Not for managed.",
  },
  "connect.build": {
    type: "boolean",
    default: false,
    description: "true: pulumi builds the image and pushes it to a registry of its own in ECR; needs a Docker daemon.",
  },
  "connect.workers": {
    type: "integer",
    default: 1,
    description: "How many workers, on ec2. They share the tasks; a connector of a database is one task.",
  },
  "connect.instanceType": {
    type: "string",
    default: "m7g.large",
    description: "EC2 instance type of a worker, with an arm64 processor (Graviton). A change rolls the workers.",
  },
  "connect.spot": {
    type: "boolean",
    default: false,
    description: "true: workers are Spot instances, cheaper, and taken away at two minutes' notice.",
  },
  "connect.vpc": {
    type: "string",
    default: "",
    description: "Id of the VPC that reaches the databases, for ec2. Empty: a small one is made, with internet access.",
  },
  "connect.subnets": {
    type: "array",
    default: [],
    description: "Ids of the subnets of connect.vpc that workers run in, in two zones or more.",
  },
  "connect.url": {
    type: "string",
    default: "",
    description:
      "Where the machine that runs pulumi reaches the workers' REST interface, for onPremises, e.g. http://connect.lan:8083. Empty: connectors are declared in the bundle and pulumi does not see them run.",
  },
  "connect.snowflakeVersion": {
    type: "string",
    default: defaultSnowflakeVersion,
    description:
      "Version of Snowflake's connector in the workers' image: its settings changed with 4.0.0. Not for managed.",
  },
  "connect.logDays": {
    type: "integer",
    default: 30,
    legal: logRetentions,
    description: "Days that CloudWatch keeps the workers' logs, for ec2.",
  },
  "streams.csu": {
    type: "integer",
    default: 1,
    legal: csuSizes,
    description:
      "Size of the ksqlDB cluster in CSU: 1, 2, 4, 8 or 12. A change replaces the cluster and all that runs in it.",
  },
  "streams.endpoint": {
    type: "string",
    default: "",
    description:
      "Address of a ksqlDB server of your own, e.g. https://ksqldb.lan:8088. Empty: a cluster is made in Confluent Cloud.",
  },
  "streams.key": {
    type: "string",
    default: "",
    description: "User name, or API key, for streams.endpoint. Empty: the server asks for none.",
  },
  "streams.secret": {
    type: "string",
    default: "",
    secret: true,
    description: "Password, or API secret, for streams.endpoint: pulumi config set --path --secret streams.secret",
  },
  "streams.serviceId": {
    type: "string",
    default: "default_",
    description: "ksql.service.id of the server at streams.endpoint: the names of its own topics start with it.",
  },
  "streams.topicOnReplacement": {
    type: "string",
    default: "auto",
    legal: topicRules,
    description:
      "What becomes of a result's topic when its statement has to be made anew: keep, delete, or auto (delete where ephemeral is true, else keep). A statement's file can say otherwise.",
  },
  "streams.reprocess": {
    type: "string",
    default: "beginning",
    legal: reprocessWords,
    description:
      "From where a statement that is made anew reads: beginning or now. A statement's file can say otherwise.",
  },
  "streams.teams": {
    type: "object",
    default: {},
    description:
      "Teams of pipeline.ts that have a ksqlDB of their own: by team, csu (a cluster of that size is made), or endpoint with key, secret and serviceId. Other teams share one.",
  },
  "sources.demo": {
    type: "string",
    default: "off",
    legal: demoHosts,
    description:
      "Databases with the article's tables and invented rows: docker (containers on a host of yours), ec2 (an instance beside the workers) or off. Only where ephemeral is true.",
  },
  "sources.dockerHost": {
    type: "string",
    default: "",
    description: "Docker daemon for sources.demo: docker, e.g. ssh://user@host. Empty: the local one.",
  },
  "sources.address": {
    type: "string",
    default: "127.0.0.1",
    description: "Address of that host at which workers reach the demo's databases; their ports listen on it alone.",
  },
};

const defaultPorts: Readonly<Record<SourceKind, number>> = {
  sqlServer: 1433,
  mySql: 3306,
  mariaDb: 3306,
  postgres: 5432,
};

/** The keys of one source's database, by their last part (`mssql.host` is `host`). */
export function databaseKeys(source: Pick<Source, "name" | "kind" | "database">): Readonly<Record<string, ConfigKey>> {
  return {
    host: {
      type: "string",
      default: "",
      required: true,
      description: `Host name or address of ${source.name}'s database server.`,
    },
    port: {
      type: "integer",
      default: defaultPorts[source.kind],
      description: `Port of ${source.name}'s database server.`,
    },
    database: { type: "string", default: source.database, description: `Name of ${source.name}'s database.` },
    user: {
      type: "string",
      default: "",
      required: true,
      description: `User that changes are read as. Never an administrator.`,
    },
    password: {
      type: "string",
      default: "",
      required: true,
      secret: true,
      description: `Password of that user: pulumi config set --path --secret ${source.name}.password`,
    },
    tls: {
      type: "string",
      default: "verify",
      legal: tlsModes,
      description: `verify: the connection to ${source.name} is encrypted and its certificate checked. trust (not checked) and off are for development.`,
    },
    ca: {
      type: "string",
      default: "",
      description: `Certificate of the authority that signed ${source.name}'s certificate, in PEM. Empty: a public one did.`,
    },
    ...(replicates(source.kind)
      ? {
          serverId: {
            type: "integer",
            default: 0,
            description: `Id as a replica of ${source.name}'s server, unlike that of any other replica. 0: derived from the stack and the source.`,
          },
        }
      : {}),
    state: {
      type: "string",
      default: "running",
      legal: connectorStates,
      description: `running; paused: ${source.name}'s connector keeps its place and reads nothing; stopped: the same, and its place can be set (not for managed).`,
    },
    position: {
      type: "object",
      default: {},
      description: `Where in the log ${source.name}'s managed connector starts, as Kafka Connect gives it (partition and offset); read when it is made. Empty: with a snapshot.`,
    },
    settings: {
      type: "object",
      default: {},
      description: `Further settings of ${source.name}'s connector, by their Debezium names. Not what the pipeline sets itself.`,
    },
  };
}

/** Whether the connector is a replica to the server, with an id of its own. */
export function replicates(kind: SourceKind): boolean {
  return kind === "mySql" || kind === "mariaDb";
}

/** Every key that there is: those of the environment, and a group for each source and each target, by its name. */
export function declaredKeys({
  sources,
  targets,
}: Pick<Graph, "sources" | "targets">): Readonly<Record<string, ConfigKey>> {
  const groups = [
    ...sources.map((source) => [source.name, databaseKeys(source)] as const),
    ...targets.map((target) => [target.name, kindOf(target.kind).keys(target)] as const),
  ];
  const inGroups = groups.flatMap(([group, keys]) =>
    Object.entries(keys).map(([name, key]) => [`${group}.${name}`, key] as const),
  );
  return { ...environmentKeys, ...Object.fromEntries(inGroups) };
}
