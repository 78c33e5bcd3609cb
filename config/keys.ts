import type { SourceKind } from "../model/columnTypes.ts";
import type { Source } from "../model/graph.ts";
import { compatibilities } from "../model/pipeline.ts";
import { clouds } from "../model/regions.ts";

/** One config key: what `Pulumi.yaml` says of it, and which values are legal. A test holds the two together. */
export interface ConfigKey {
  readonly type: "integer" | "string" | "boolean" | "array";
  readonly default: number | string | boolean | readonly string[];
  readonly description: string;
  readonly legal?: readonly (string | number)[];
  /** The value may only be given encrypted. */
  readonly secret?: boolean;
  /** There is no default that could be right: the value must be given. */
  readonly required?: boolean;
}

export const clusterTypes = ["basic", "standard", "dedicated"] as const;
export const availabilities = ["SINGLE_ZONE", "MULTI_ZONE"] as const;
export const accessModes = ["auto", "acl", "rbac"] as const;
export const governancePackages = ["ESSENTIALS", "ADVANCED"] as const;

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
    description: "Names of the tables that are on, e.g. ORDERS. Empty: all that the stage includes.",
  },
  transformations: {
    type: "array",
    default: [],
    description: "Names of the transformations that are on. Empty: all that the stage includes.",
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
  };
}
