import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { ApiKey, ApiKeyArgs } from "@pulumi/confluentcloud/apiKey.js";
import type { CatalogIntegration, CatalogIntegrationArgs } from "@pulumi/confluentcloud/catalogIntegration.js";
import type { Connector, ConnectorArgs } from "@pulumi/confluentcloud/connector.js";
import type { Environment, EnvironmentArgs } from "@pulumi/confluentcloud/environment.js";
import type { KafkaAcl, KafkaAclArgs } from "@pulumi/confluentcloud/kafkaAcl.js";
import type { KafkaCluster, KafkaClusterArgs } from "@pulumi/confluentcloud/kafkaCluster.js";
import type { KafkaTopic, KafkaTopicArgs } from "@pulumi/confluentcloud/kafkaTopic.js";
import type { KsqlCluster, KsqlClusterArgs } from "@pulumi/confluentcloud/ksqlCluster.js";
import type { ProviderIntegration, ProviderIntegrationArgs } from "@pulumi/confluentcloud/providerIntegration.js";
import type { RoleBinding, RoleBindingArgs } from "@pulumi/confluentcloud/roleBinding.js";
import type {
  SchemaRegistryClusterConfig,
  SchemaRegistryClusterConfigArgs,
} from "@pulumi/confluentcloud/schemaRegistryClusterConfig.js";
import type { ServiceAccount, ServiceAccountArgs } from "@pulumi/confluentcloud/serviceAccount.js";
import type { SubjectConfig, SubjectConfigArgs } from "@pulumi/confluentcloud/subjectConfig.js";
import type { TableflowTopic, TableflowTopicArgs } from "@pulumi/confluentcloud/tableflowTopic.js";
import type { CustomResource } from "@pulumi/pulumi";
import { checkedInputs } from "../../sandbox/cloud/check.ts";
import { confluentCloud } from "../../sandbox/cloud/confluent.ts";
import type { Properties } from "../../sandbox/cloud/inventory.ts";
import { SdkSchema, type Shape } from "../../sandbox/cloud/schema.ts";
import { ProviderClient, readOrders, tokenOf } from "./providerClient.ts";

/** The engine's sign for a value that is not known yet. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const credentials = { key: "KEY", secret: "secret" };
const kafka = { kafkaCluster: { id: "lkc-1" }, restEndpoint: "https://pkc-1.confluent.cloud:443", credentials };
const registry = {
  schemaRegistryCluster: { id: "lsrc-1" },
  restEndpoint: "https://psrc-1.confluent.cloud",
  credentials,
};

/** For each type that is simulated, inputs that are right. */
const right = {
  environment: { displayName: "demo", streamGovernance: { package: "ESSENTIALS" } },
  kafkaCluster: {
    displayName: "demo",
    environment: { id: "env-1" },
    availability: "SINGLE_ZONE",
    cloud: "AWS",
    region: "eu-central-1",
    basic: {},
  },
  serviceAccount: { displayName: "demo-admin", description: "Makes topics" },
  connector: {
    environment: { id: "env-1" },
    kafkaCluster: { id: "lkc-1" },
    configNonsensitive: { name: "mysql" },
    configSensitive: {},
    status: "RUNNING",
  },
  ksqlCluster: {
    displayName: "demo-ksqldb",
    csu: 1,
    environment: { id: "env-1" },
    kafkaCluster: { id: "lkc-1" },
    credentialIdentity: { id: "sa-1" },
    useDetailedProcessingLog: false,
  },
  roleBinding: {
    principal: "User:sa-1",
    roleName: "CloudClusterAdmin",
    crnPattern: "crn://confluent.cloud/organization=1/environment=env-1/cloud-cluster=lkc-1",
  },
  apiKey: {
    displayName: "demo",
    owner: { id: "sa-1", apiVersion: "iam/v2", kind: "ServiceAccount" },
    managedResource: { id: "lkc-1", apiVersion: "cmk/v2", kind: "Cluster", environment: { id: "env-1" } },
  },
  kafkaTopic: { ...kafka, topicName: "orders", partitionsCount: 6, config: { "retention.ms": "-1" } },
  kafkaAcl: { ...kafka, ...readOrders },
  subjectConfig: { ...registry, subjectName: "orders-value", compatibilityLevel: "BACKWARD" },
  schemaRegistryClusterConfig: { ...registry, compatibilityLevel: "BACKWARD" },
  providerIntegration: {
    displayName: "demo-lake",
    environment: { id: "env-1" },
    aws: { customerRoleArn: "arn:aws:iam::123456789012:role/demo-lake" },
  },
  tableflowTopic: {
    displayName: "ORDERS",
    environment: { id: "env-1" },
    kafkaCluster: { id: "lkc-1" },
    credentials,
    byobAws: { bucketName: "demo-lake", providerIntegrationId: "cspi-1" },
    tableFormats: ["ICEBERG"],
    retentionMs: "604800000",
  },
  catalogIntegration: {
    displayName: "demo-lake",
    environment: { id: "env-1" },
    kafkaCluster: { id: "lkc-1" },
    credentials,
    awsGlue: { providerIntegrationId: "cspi-1", customDatabase: "demo" },
  },
} satisfies Record<string, Properties>;

type Kind = keyof typeof right;
const kinds = Object.keys(right) as Kind[];
const schema = new SdkSchema(confluentCloud.sdk);

let client: ProviderClient;
beforeEach(async () => {
  client = await ProviderClient.start();
});
afterEach(() => client.close());

it("is the provider of a package", () => {
  expect(client.provider.name).toBe("confluentcloud");
});

it("has right inputs here for every type that is simulated", async () => {
  expect(kinds.map(tokenOf).sort()).toEqual(Object.keys(confluentCloud.resources).sort());
  for (const kind of kinds) {
    expect(await client.check(kind, right[kind])).toEqual({ inputs: right[kind], failures: [] });
  }
});

describe("refuses at preview what the real provider refuses, in its words", () => {
  const missing = (key: string) =>
    `Missing required argument. The argument "${key}" is required, but no definition was found.`;
  const empty = (key: string) => `expected "${key}" to not be an empty string, got `;
  const noneOf = (key: string, legal: string, got: string) => `expected ${key} to be one of [${legal}], got ${got}`;
  const tooFew = (key: string) => `expected ${key} to be at least (1), got 0`;
  const strange = (key: string, hint: string) => `invalid value for ${key} (${hint})`;
  const isMap = "Attribute must be a single value, not a map";
  const isList = "Attribute must be a single value, not a list";
  const notObject = (got: string) => `Expected Object Type. Expected object, got ${got}`;

  const topicName = strange(
    "topic_name",
    "The topic name can be up to 249 characters in length, and can include the following characters: a-z, A-Z, 0-9, . (dot), _ (underscore), and - (dash).",
  );
  const noUrl = strange("rest_endpoint", "the REST endpoint must start with 'https://'");
  const noCluster = strange("kafka_cluster.0.id", "the Kafka cluster ID must be of the form 'lkc-'");
  const compatibility = noneOf(
    "compatibility_level",
    '"BACKWARD" "BACKWARD_TRANSITIVE" "FORWARD" "FORWARD_TRANSITIVE" "FULL" "FULL_TRANSITIVE" "NONE"',
    "backward",
  );
  const operations =
    '"UNKNOWN" "ANY" "ALL" "READ" "WRITE" "CREATE" "DELETE" "ALTER" "DESCRIBE" "CLUSTER_ACTION" ' +
    '"DESCRIBE_CONFIGS" "ALTER_CONFIGS" "IDEMPOTENT_WRITE"';
  const versions = '"cmk/v2" "srcm/v2" "srcm/v3" "ksqldbcm/v2" "fcpm/v2" "tableflow/v1" "global/v1"';
  const resourceTypes = '"UNKNOWN" "ANY" "TOPIC" "GROUP" "CLUSTER" "TRANSACTIONAL_ID" "DELEGATION_TOKEN"';
  const clusterTypes = (problem: string) => ({
    basic: `Invalid combination of arguments. "basic": ${problem}`,
    dedicated: `Invalid combination of arguments. "dedicated": ${problem}`,
    enterprises: `Invalid combination of arguments. "enterprise": ${problem}`,
    freights: `Invalid combination of arguments. "freight": ${problem}`,
    standard: `Invalid combination of arguments. "standard": ${problem}`,
  });
  const all = "`basic,dedicated,enterprise,freight,standard`";

  const names: [Kind, Properties, Record<string, string>][] = [
    ["kafkaTopic", { partitions: 6 }, { partitions: "Invalid or unknown key" }],
    ["kafkaTopic", { topicName: undefined }, { topicName: missing("topic_name") }],
    ["kafkaTopic", { topicName: null }, { topicName: missing("topic_name") }],
    ["kafkaTopic", { kafkaCluster: {} }, { "kafkaCluster.id": missing("kafka_cluster.0.id") }],
    ["kafkaTopic", { credentials: { key: "K" } }, { "credentials.secret": missing("credentials.0.secret") }],
    ["kafkaCluster", { cloud: undefined, region: null }, { cloud: missing("cloud"), region: missing("region") }],
  ];
  const types: typeof names = [
    ["kafkaTopic", { topicName: { name: "a" } }, { topicName: isMap }],
    ["kafkaTopic", { topicName: ["a"] }, { topicName: isList }],
    ["kafkaTopic", { partitionsCount: "six" }, { partitionsCount: 'strconv.ParseInt: parsing "six": invalid syntax' }],
    ["kafkaTopic", { partitionsCount: "1.5" }, { partitionsCount: 'strconv.ParseInt: parsing "1.5": invalid syntax' }],
    ["kafkaTopic", { partitionsCount: true }, { partitionsCount: "Attribute must be a whole number, got true" }],
    ["kafkaTopic", { config: ["a"] }, { config: "Attribute must be a map" }],
    ["kafkaTopic", { config: { "retention.ms": {} } }, { 'config["retention.ms"]': isMap }],
    ["kafkaTopic", { kafkaCluster: "lkc-1" }, { kafkaCluster: notObject("string") }],
    ["kafkaCluster", { basic: undefined, dedicated: [] }, { dedicated: notObject("slice") }],
    ["kafkaCluster", { basic: undefined, enterprises: {} }, { enterprises: "Attribute must be a list" }],
    ["kafkaCluster", { basic: undefined, enterprises: [{ maxEcku: [] }] }, { "enterprises[0].maxEcku": isList }],
    ["subjectConfig", { normalize: "maybe" }, { normalize: 'strconv.ParseBool: parsing "maybe": invalid syntax' }],
  ];
  const values: typeof names = [
    ["environment", { displayName: "" }, { displayName: empty("display_name") }],
    [
      "environment",
      { streamGovernance: { package: "essentials" } },
      { "streamGovernance.package": noneOf("stream_governance.0.package", '"ESSENTIALS" "ADVANCED"', "essentials") },
    ],
    ["kafkaCluster", { displayName: "" }, { displayName: empty("display_name") }],
    [
      "kafkaCluster",
      { availability: "single_zone" },
      { availability: noneOf("availability", '"SINGLE_ZONE" "MULTI_ZONE" "LOW" "HIGH"', "single_zone") },
    ],
    ["kafkaCluster", { cloud: "aws" }, { cloud: noneOf("cloud", '"AWS" "AZURE" "GCP"', "aws") }],
    ["kafkaCluster", { basic: undefined, dedicated: { cku: 0 } }, { "dedicated.cku": tooFew("dedicated.0.cku") }],
    [
      "kafkaCluster",
      { network: { id: "vpc-1" } },
      { "network.id": strange("network.0.id", "the network ID must start with 'n-' or 'nr-'") },
    ],
    ["kafkaCluster", { basic: undefined }, clusterTypes(`one of ${all} must be specified`)],
    [
      "kafkaCluster",
      { dedicated: { cku: 1 } },
      clusterTypes(`only one of ${all} can be specified, but \`basic,dedicated\` were specified.`),
    ],
    ["serviceAccount", { displayName: "" }, { displayName: empty("display_name") }],
    [
      "roleBinding",
      { principal: "sa-1", crnPattern: "lkc-1" },
      {
        principal: strange("principal", "value must match pattern (^User:.+$)"),
        crnPattern: strange("crn_pattern", "value must match pattern ^crn://.+$"),
      },
    ],
    [
      "apiKey",
      { displayName: "", description: "" },
      { displayName: empty("display_name"), description: empty("description") },
    ],
    [
      "apiKey",
      { owner: { id: "lkc-1", apiVersion: "iam/v1", kind: "serviceAccount" } },
      {
        "owner.id": strange("owner.0.id", "the owner ID must be of the form 'u-' or 'sa-'"),
        "owner.kind": noneOf("owner.0.kind", '"ServiceAccount" "User"', "serviceAccount"),
        "owner.apiVersion": noneOf("owner.0.api_version", '"iam/v2"', "iam/v1"),
      },
    ],
    [
      "apiKey",
      { managedResource: { id: "", apiVersion: "cmk/v3", kind: "cluster", environment: { id: "" } } },
      {
        "managedResource.id": empty("managed_resource.0.id"),
        "managedResource.kind": noneOf("managed_resource.0.kind", '"Cluster" "Region" "Tableflow" "Global"', "cluster"),
        "managedResource.apiVersion": noneOf("managed_resource.0.api_version", versions, "cmk/v3"),
        "managedResource.environment.id": empty("managed_resource.0.environment.0.id"),
      },
    ],
    ["kafkaTopic", { topicName: "orders!" }, { topicName }],
    ["kafkaTopic", { topicName: "" }, { topicName }],
    ["kafkaTopic", { partitionsCount: 0 }, { partitionsCount: tooFew("partitions_count") }],
    ["kafkaTopic", { restEndpoint: "pkc-1:443" }, { restEndpoint: noUrl }],
    ["kafkaTopic", { kafkaCluster: { id: "pkc-1" } }, { "kafkaCluster.id": noCluster }],
    [
      "kafkaTopic",
      { credentials: { key: "", secret: "" } },
      { "credentials.key": empty("credentials.0.key"), "credentials.secret": empty("credentials.0.secret") },
    ],
    ["kafkaAcl", { resourceType: "Topic" }, { resourceType: noneOf("resource_type", resourceTypes, "Topic") }],
    [
      "kafkaAcl",
      { patternType: "PREFIX" },
      { patternType: noneOf("pattern_type", '"UNKNOWN" "ANY" "MATCH" "LITERAL" "PREFIXED"', "PREFIX") },
    ],
    ["kafkaAcl", { operation: "read" }, { operation: noneOf("operation", operations, "read") }],
    [
      "kafkaAcl",
      { permission: "allow" },
      { permission: noneOf("permission", '"UNKNOWN" "ANY" "DENY" "ALLOW"', "allow") },
    ],
    [
      "kafkaAcl",
      { restEndpoint: "pkc-1:443", kafkaCluster: { id: "1" } },
      { restEndpoint: noUrl, "kafkaCluster.id": noCluster },
    ],
    ["subjectConfig", { subjectName: "" }, { subjectName: empty("subject_name") }],
    ["subjectConfig", { compatibilityLevel: "backward" }, { compatibilityLevel: compatibility }],
    ["subjectConfig", { restEndpoint: "psrc-1" }, { restEndpoint: noUrl }],
    ["schemaRegistryClusterConfig", { compatibilityLevel: "backward" }, { compatibilityLevel: compatibility }],
    ["schemaRegistryClusterConfig", { restEndpoint: "psrc-1" }, { restEndpoint: noUrl }],
    ["ksqlCluster", { csu: 0, displayName: "" }, { csu: tooFew("csu"), displayName: empty("display_name") }],
    ["providerIntegration", { displayName: "" }, { displayName: empty("display_name") }],
    [
      "providerIntegration",
      { aws: { customerRoleArn: "demo-lake" } },
      { "aws.customerRoleArn": strange("aws.0.customer_role_arn", "the ARN of a role") },
    ],
    ["tableflowTopic", { displayName: "" }, { displayName: empty("display_name") }],
    [
      "tableflowTopic",
      { byobAws: undefined },
      {
        byobAws:
          "Invalid combination of arguments. one of `byobAws,managedStorages,azureDataLakeStorageGen2` must be specified",
      },
    ],
    [
      "tableflowTopic",
      { tableFormats: ["PARQUET"] },
      { "tableFormats[0]": noneOf("table_formats", '"DELTA" "ICEBERG"', "PARQUET") },
    ],
    [
      "tableflowTopic",
      { errorHandling: { mode: "IGNORE" } },
      { "errorHandling.mode": noneOf("error_handling.0.mode", '"SUSPEND" "SKIP" "LOG"', "IGNORE") },
    ],
    [
      "tableflowTopic",
      { metadataColumnNamingScheme: "SHORT" },
      {
        metadataColumnNamingScheme: noneOf("metadata_column_naming_scheme", '"DEFAULT" "PORTABLE"', "SHORT"),
      },
    ],
    [
      "tableflowTopic",
      { dataRetentionMs: "86400000" },
      { dataRetentionMs: "expected data_retention_ms to be at least (2592000000), got 86400000" },
    ],
    [
      "catalogIntegration",
      { awsGlue: undefined },
      { awsGlue: "Invalid combination of arguments. one of `awsGlue,snowflake,unity` must be specified" },
    ],
    [
      "providerIntegration",
      { aws: undefined },
      { aws: "Invalid combination of arguments. one of `aws` must be specified" },
    ],
    [
      "ksqlCluster",
      { kafkaCluster: { id: "1" }, credentialIdentity: { id: "me" } },
      {
        "kafkaCluster.id": noCluster,
        "credentialIdentity.id": strange(
          "credential_identity.0.id",
          "the credential identity ID must be of the form 'u-' or 'sa-'",
        ),
      },
    ],
  ];

  it.each([...names, ...types, ...values])("%s %j", async (kind, change, refusals) => {
    const { failures } = await client.check(kind, { ...right[kind], ...change });
    const expected = Object.entries(refusals).map(([at, message]) => `${message}. Examine values at 'it.${at}'.`);
    expect(failures.sort()).toEqual(expected.sort());
  });
});

describe("lets through at preview what only the service refuses", () => {
  it.each<[what: string, Kind, Properties]>([
    ["an unknown region", "kafkaCluster", { region: "mars-north-1" }],
    ["one CKU in many zones", "kafkaCluster", { basic: undefined, dedicated: { cku: 1 }, availability: "MULTI_ZONE" }],
    ["an unknown member of a block", "kafkaCluster", { basic: { maxEckus: 1 } }],
    ["an unknown role", "roleBinding", { roleName: "Emperor" }],
    ["a principal without User:", "kafkaAcl", { principal: "sa-1" }],
    ["what is for looking ACLs up", "kafkaAcl", { patternType: "MATCH", operation: "ANY", permission: "UNKNOWN" }],
    ["a cluster that is not called kafka-cluster", "kafkaAcl", { resourceType: "CLUSTER", resourceName: "mine" }],
    ["a topic name of 300 characters", "kafkaTopic", { topicName: "a".repeat(300) }],
    ["an unknown topic setting", "kafkaTopic", { config: { "retention.days": "7" } }],
    ["no credentials", "kafkaTopic", { credentials: undefined }],
    ["no cluster and no endpoint", "kafkaTopic", { kafkaCluster: undefined, restEndpoint: undefined }],
    ["a size in between", "ksqlCluster", { csu: 3 }],
    ["an account name of 65 characters", "serviceAccount", { displayName: "a".repeat(65) }],
    ["a mistake beside a part that is not known yet", "apiKey", { owner: { id: unknown, kind: "Boss" } }],
    ["a type that may be there or not", "kafkaCluster", { standard: { maxEcku: unknown } }],
    ["what is not known yet", "kafkaCluster", { availability: unknown, environment: unknown, basic: unknown }],
  ])("%s", async (_, kind, change) => {
    const inputs = { ...right[kind], ...change };
    expect(await client.check(kind, inputs)).toEqual({
      inputs: JSON.parse(JSON.stringify(inputs)) as Properties,
      failures: [],
    });
  });
});

describe("reads inputs as the bridge does", () => {
  it.each<[what: string, Kind, given: Properties, read: Properties]>([
    ["text for a number", "kafkaTopic", { partitionsCount: "3" }, { partitionsCount: 3 }],
    ["a broken number", "kafkaTopic", { partitionsCount: 1.5 }, { partitionsCount: 1 }],
    ["a number in a block", "kafkaCluster", { basic: { maxEcku: "2" } }, { basic: { maxEcku: 2 } }],
    ["a number for text", "kafkaTopic", { config: { "retention.ms": 1000 } }, { config: { "retention.ms": "1000" } }],
    ["true for text", "serviceAccount", { description: true }, { description: "true" }],
    ["text for true", "apiKey", { disableWaitForReady: "true" }, { disableWaitForReady: true }],
    ["text for false", "apiKey", { disableWaitForReady: "false" }, { disableWaitForReady: false }],
    ["a number for true", "apiKey", { disableWaitForReady: 1 }, { disableWaitForReady: true }],
    ["no partitions", "kafkaTopic", { partitionsCount: undefined }, { partitionsCount: 6 }],
    ["null partitions", "kafkaTopic", { partitionsCount: null }, { partitionsCount: 6 }],
  ])("%s", async (_, kind, given, read) => {
    expect(await client.check(kind, { ...right[kind], ...given })).toEqual({
      inputs: { ...right[kind], ...read },
      failures: [],
    });
  });

  it("knows a resource by its whole name", async () => {
    const { inputs, failures } = await client.check("serviceAccount", { mistake: 1 }, "a::b");
    expect(inputs.displayName).toMatch(/^a::b-[0-9a-f]{7}$/);
    expect(failures).toEqual(["Invalid or unknown key. Examine values at 'a::b.mistake'."]);
  });

  it("leaves out what is null, and what the engine adds for itself", async () => {
    const { inputs } = await client.check("kafkaTopic", {
      ...right.kafkaTopic,
      config: { "retention.ms": null, "cleanup.policy": "compact" },
      __defaults: [],
    });
    expect(inputs).toEqual({ ...right.kafkaTopic, config: { "cleanup.policy": "compact" } });
  });

  // These have to be given one.
  const named: readonly Kind[] = ["ksqlCluster", "providerIntegration", "tableflowTopic", "catalogIntegration"];
  const nameless = kinds.filter((kind) => !named.includes(kind));

  it.each(nameless)("gives a %s a display name if it has one: the same each time", async (kind) => {
    const hasName = ["environment", "kafkaCluster", "serviceAccount", "apiKey"].includes(kind);
    const given = { ...right[kind], displayName: undefined };
    const { inputs, failures } = await client.check(kind, given);
    expect(failures).toEqual([]);
    expect(inputs.displayName).toEqual(hasName ? expect.stringMatching(/^it-[0-9a-f]{7}$/) : undefined);
    expect(await client.check(kind, given)).toEqual({ inputs, failures });
  });
});

/** Names of the inputs and what they are, as the SDK's types have them: the compiler refuses one too many or too few. */
interface Declared {
  readonly required: Readonly<Record<string, string>>;
  readonly optional: Readonly<Record<string, string>>;
  /** Outputs that are no inputs. */
  readonly computed: Readonly<Record<string, true>>;
}
type OptionalIn<T> = { [K in keyof T]-?: T extends Record<K, T[K]> ? never : K }[keyof T];
interface DeclaredAs<Args, Type> extends Declared {
  readonly required: Readonly<Record<Exclude<keyof Args & string, OptionalIn<Args>>, string>>;
  readonly optional: Readonly<Record<OptionalIn<Args> & string, string>>;
  readonly computed: Readonly<Record<Exclude<keyof Type & string, keyof Args | keyof CustomResource>, true>>;
}

const environmentInputs: DeclaredAs<EnvironmentArgs, Environment> = {
  required: {},
  optional: { displayName: "string", streamGovernance: "EnvironmentStreamGovernance" },
  computed: { resourceName: true },
};
const kafkaClusterInputs: DeclaredAs<KafkaClusterArgs, KafkaCluster> = {
  required: { availability: "string", cloud: "string", environment: "KafkaClusterEnvironment", region: "string" },
  optional: {
    basic: "KafkaClusterBasic",
    byokKey: "KafkaClusterByokKey",
    dedicated: "KafkaClusterDedicated",
    deletionProtection: "boolean",
    displayName: "string",
    enterprises: "list of KafkaClusterEnterprise",
    freights: "list of KafkaClusterFreight",
    network: "KafkaClusterNetwork",
    standard: "KafkaClusterStandard",
  },
  computed: {
    apiVersion: true,
    bootstrapEndpoint: true,
    endpoints: true,
    kind: true,
    rbacCrn: true,
    restEndpoint: true,
  },
};
const serviceAccountInputs: DeclaredAs<ServiceAccountArgs, ServiceAccount> = {
  required: {},
  optional: { description: "string", displayName: "string" },
  computed: { apiVersion: true, kind: true },
};
const roleBindingInputs: DeclaredAs<RoleBindingArgs, RoleBinding> = {
  required: { crnPattern: "string", principal: "string", roleName: "string" },
  optional: { disableWaitForReady: "boolean" },
  computed: {},
};
const apiKeyInputs: DeclaredAs<ApiKeyArgs, ApiKey> = {
  required: { owner: "ApiKeyOwner" },
  optional: {
    description: "string",
    disableWaitForReady: "boolean",
    displayName: "string",
    managedResource: "ApiKeyManagedResource",
  },
  computed: { secret: true },
};
const kafkaTopicInputs: DeclaredAs<KafkaTopicArgs, KafkaTopic> = {
  required: { topicName: "string" },
  optional: {
    config: "map of string",
    credentials: "KafkaTopicCredentials",
    httpEndpoint: "string",
    kafkaCluster: "KafkaTopicKafkaCluster",
    partitionsCount: "number",
    restEndpoint: "string",
  },
  computed: {},
};
const kafkaAclInputs: DeclaredAs<KafkaAclArgs, KafkaAcl> = {
  required: {
    host: "string",
    operation: "string",
    patternType: "string",
    permission: "string",
    principal: "string",
    resourceName: "string",
    resourceType: "string",
  },
  optional: { credentials: "KafkaAclCredentials", kafkaCluster: "KafkaAclKafkaCluster", restEndpoint: "string" },
  computed: {},
};
const subjectConfigInputs: DeclaredAs<SubjectConfigArgs, SubjectConfig> = {
  required: { subjectName: "string" },
  optional: {
    alias: "string",
    compatibilityGroup: "string",
    compatibilityLevel: "string",
    credentials: "SubjectConfigCredentials",
    normalize: "boolean",
    restEndpoint: "string",
    schemaRegistryCluster: "SubjectConfigSchemaRegistryCluster",
  },
  computed: {},
};
const registryConfigInputs: DeclaredAs<SchemaRegistryClusterConfigArgs, SchemaRegistryClusterConfig> = {
  required: {},
  optional: {
    compatibilityGroup: "string",
    compatibilityLevel: "string",
    credentials: "SchemaRegistryClusterConfigCredentials",
    normalize: "boolean",
    restEndpoint: "string",
    schemaRegistryCluster: "SchemaRegistryClusterConfigSchemaRegistryCluster",
  },
  computed: {},
};
const connectorInputs: DeclaredAs<ConnectorArgs, Connector> = {
  required: {
    configNonsensitive: "map of string",
    environment: "ConnectorEnvironment",
    kafkaCluster: "ConnectorKafkaCluster",
  },
  optional: { configSensitive: "map of string", offsets: "list of ConnectorOffset", status: "string" },
  computed: {},
};
const ksqlClusterInputs: DeclaredAs<KsqlClusterArgs, KsqlCluster> = {
  required: {
    credentialIdentity: "KsqlClusterCredentialIdentity",
    csu: "number",
    displayName: "string",
    environment: "KsqlClusterEnvironment",
    kafkaCluster: "KsqlClusterKafkaCluster",
  },
  optional: { useDetailedProcessingLog: "boolean" },
  computed: {
    apiVersion: true,
    kind: true,
    resourceName: true,
    restEndpoint: true,
    storage: true,
    topicPrefix: true,
  },
};
const providerIntegrationInputs: DeclaredAs<ProviderIntegrationArgs, ProviderIntegration> = {
  required: { displayName: "string", environment: "ProviderIntegrationEnvironment" },
  optional: { aws: "ProviderIntegrationAws" },
  computed: { usages: true },
};
const tableflowTopicInputs: DeclaredAs<TableflowTopicArgs, TableflowTopic> = {
  required: {
    displayName: "string",
    environment: "TableflowTopicEnvironment",
    kafkaCluster: "TableflowTopicKafkaCluster",
  },
  optional: {
    azureDataLakeStorageGen2: "TableflowTopicAzureDataLakeStorageGen2",
    byobAws: "TableflowTopicByobAws",
    credentials: "TableflowTopicCredentials",
    dataRetentionMs: "string",
    errorHandling: "TableflowTopicErrorHandling",
    managedStorages: "list of TableflowTopicManagedStorage",
    metadataColumnNamingScheme: "string",
    recordFailureStrategy: "string",
    retentionMs: "string",
    tableFormats: "list of string",
  },
  computed: {
    enableCompaction: true,
    enablePartitioning: true,
    suspended: true,
    tablePath: true,
    writeMode: true,
  },
};
const catalogIntegrationInputs: DeclaredAs<CatalogIntegrationArgs, CatalogIntegration> = {
  required: {
    displayName: "string",
    environment: "CatalogIntegrationEnvironment",
    kafkaCluster: "CatalogIntegrationKafkaCluster",
  },
  optional: {
    awsGlue: "CatalogIntegrationAwsGlue",
    credentials: "CatalogIntegrationCredentials",
    snowflake: "CatalogIntegrationSnowflake",
    unity: "CatalogIntegrationUnity",
  },
  computed: { suspended: true },
};
const declared: Record<Kind, Declared> = {
  environment: environmentInputs,
  kafkaCluster: kafkaClusterInputs,
  serviceAccount: serviceAccountInputs,
  roleBinding: roleBindingInputs,
  apiKey: apiKeyInputs,
  kafkaTopic: kafkaTopicInputs,
  kafkaAcl: kafkaAclInputs,
  subjectConfig: subjectConfigInputs,
  schemaRegistryClusterConfig: registryConfigInputs,
  connector: connectorInputs,
  ksqlCluster: ksqlClusterInputs,
  providerIntegration: providerIntegrationInputs,
  tableflowTopic: tableflowTopicInputs,
  catalogIntegration: catalogIntegrationInputs,
};

function shown(shape: Shape): string {
  return shape.kind === "object" ? shape.name : "of" in shape ? `${shape.kind} of ${shown(shape.of)}` : shape.kind;
}

describe("takes its schema from the SDK's types", () => {
  it.each(kinds)("%s", (kind) => {
    const fields = [...schema.inputs(tokenOf(kind))];
    const named = (isRequired: boolean) =>
      Object.fromEntries(
        fields.filter(([, { required }]) => required === isRequired).map(([name, { shape }]) => [name, shown(shape)]),
      );
    expect(named(true)).toEqual(declared[kind].required);
    expect(named(false)).toEqual(declared[kind].optional);
  });

  it("has the SDK's version, and refuses a type that the SDK does not have", () => {
    expect(schema.version).toMatch(/^2\.\d+\.\d+$/);
    expect(() => schema.inputs(tokenOf("kafkaTable"))).toThrow("kafkaTable");
    expect(() => schema.inputs("confluentcloud:index/kafkaTopic:Topic")).toThrow("declares no TopicArgs");
  });

  it("reads every shape that the generated types have", () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "sdk-"));
    const fail = (at: string, message: string) => {
      throw new Error(`${at}: ${message}`);
    };
    try {
      mkdirSync(path.join(folder, "s3"));
      mkdirSync(path.join(folder, "types"));
      writeFileSync(path.join(folder, "package.json"), '{ "name": "sdk", "version": "1.2.3" }');
      writeFileSync(
        path.join(folder, "s3", "thing.d.ts"),
        `export interface Other { no: string }
         export interface ThingArgs {
           text: pulumi.Input<string>;
           "quoted"?: pulumi.Input<number | undefined>;
           flag?: pulumi.Input<(boolean | undefined)>;
           plain?: string;
           list?: pulumi.Input<pulumi.Input<string>[] | undefined>;
           map?: pulumi.Input<{ [key: string]: pulumi.Input<number> } | undefined>;
           block?: pulumi.Input<inputs.s3.Rule | undefined>;
           blocks?: pulumi.Input<pulumi.Input<inputs.Plain>[]>;
           either?: pulumi.Input<string | number>;
           literal?: pulumi.Input<"a" | "b">;
           asset?: pulumi.Input<pulumi.asset.Archive>;
           free?: any;
         }`,
      );
      writeFileSync(
        path.join(folder, "types", "input.d.ts"),
        `export interface Plain { a: pulumi.Input<string> }
         export declare namespace s3 { interface Rule { id?: pulumi.Input<string>; deeper: pulumi.Input<inputs.Plain> } }`,
      );
      const sdk = new SdkSchema(folder);
      const shapes = (fields: ReturnType<SdkSchema["members"]>) =>
        Object.fromEntries(
          [...fields].map(([name, { shape, required }]) => [name, shown(shape) + (required ? "!" : "")]),
        );
      expect(sdk.version).toBe("1.2.3");
      expect(shapes(sdk.inputs("sdk:s3/thing:Thing"))).toEqual({
        text: "string!",
        quoted: "number",
        flag: "boolean",
        plain: "string",
        list: "list of string",
        map: "map of number",
        block: "s3.Rule",
        blocks: "list of Plain",
        either: "any",
        literal: "any",
        asset: "any",
        free: "any",
      });
      expect(shapes(sdk.members("s3.Rule"))).toEqual({ id: "string", deeper: "Plain!" });
      expect(shapes(sdk.members("Plain"))).toEqual({ a: "string!" });
      expect(shapes(sdk.members("Rule"))).toEqual({});

      const given = { text: "a", block: { deeper: { a: "a" } }, either: 1, literal: "c", asset: {}, free: [{}, null] };
      const thing = { computed: [], replacedBy: [], seconds: () => 0, create: () => ({ id: "", outputs: {} }) };
      expect(checkedInputs(sdk, "sdk:s3/thing:Thing", "it", thing, given, fail)).toEqual(given);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("diffs", () => {
  const acl = ["host", "operation", "patternType", "permission", "principal", "resourceName", "resourceType"];
  const replacedBy: Record<Kind, string[]> = {
    environment: [],
    // The provider's schema has network and byokKey replace by what is in them.
    kafkaCluster: ["availability", "byokKey", "cloud", "environment", "network", "region"],
    serviceAccount: [],
    roleBinding: ["crnPattern", "principal", "roleName"],
    apiKey: ["managedResource", "owner"],
    kafkaTopic: ["kafkaCluster", "topicName"],
    kafkaAcl: [...acl, "kafkaCluster", "restEndpoint"],
    subjectConfig: ["restEndpoint", "schemaRegistryCluster", "subjectName"],
    schemaRegistryClusterConfig: ["restEndpoint", "schemaRegistryCluster"],
    connector: ["environment", "kafkaCluster"],
    ksqlCluster: [
      "credentialIdentity",
      "csu",
      "displayName",
      "environment",
      "kafkaCluster",
      "useDetailedProcessingLog",
    ],
    providerIntegration: ["aws", "displayName", "environment"],
    tableflowTopic: ["azureDataLakeStorageGen2", "byobAws", "displayName", "environment", "kafkaCluster"],
    catalogIntegration: ["environment", "kafkaCluster"],
  };

  it.each(kinds)("%s: these inputs replace it, and no other", async (kind) => {
    const replacing: string[] = [];
    for (const input of schema.inputs(tokenOf(kind)).keys()) {
      const before = { ...right[kind], [input]: { id: "before" } };
      for (const after of [{ id: "after" }, { id: unknown }, unknown]) {
        const { changes, replaces } = await client.diff(kind, before, { ...right[kind], [input]: after });
        expect(Object.keys(changes)).toEqual([after === unknown ? input : `${input}.id`]);
        expect(Object.values(changes)).toEqual([replaces.length > 0 ? "UPDATE_REPLACE" : "UPDATE"]);
        replacing.push(...replaces);
      }
    }
    expect([...new Set(replacing)].sort()).toEqual([...replacedBy[kind]].sort());
    expect(replacing).toHaveLength(3 * replacedBy[kind].length);
  });

  const cluster = (change: Properties): Properties => ({ ...right.kafkaCluster, basic: undefined, ...change });

  it.each<[what: string, Kind, before: Properties, after: Properties, changes: Record<string, string>]>([
    ["nothing", "kafkaTopic", {}, {}, {}],
    [
      "the order of a map's keys",
      "kafkaTopic",
      { config: { "retention.ms": "1", "cleanup.policy": "delete" } },
      { config: { "cleanup.policy": "delete", "retention.ms": "1" } },
      {},
    ],
    ["what the engine adds for itself", "kafkaTopic", { __defaults: [] }, { __defaults: ["config"] }, {}],
    ["SINGLE_ZONE to LOW", "kafkaCluster", { availability: "SINGLE_ZONE" }, { availability: "LOW" }, {}],
    ["LOW to SINGLE_ZONE", "kafkaCluster", { availability: "LOW" }, { availability: "SINGLE_ZONE" }, {}],
    ["MULTI_ZONE to HIGH", "kafkaCluster", { availability: "MULTI_ZONE" }, { availability: "HIGH" }, {}],
    [
      "SINGLE_ZONE to HIGH",
      "kafkaCluster",
      { availability: "SINGLE_ZONE" },
      { availability: "HIGH" },
      { availability: "UPDATE_REPLACE" },
    ],
    ["more partitions", "kafkaTopic", { partitionsCount: 6 }, { partitionsCount: 12 }, { partitionsCount: "UPDATE" }],
    [
      "fewer partitions",
      "kafkaTopic",
      { partitionsCount: 6 },
      { partitionsCount: 3 },
      { partitionsCount: "UPDATE_REPLACE" },
    ],
    [
      "partitions that are not known yet",
      "kafkaTopic",
      { partitionsCount: 6 },
      { partitionsCount: unknown },
      { partitionsCount: "UPDATE" },
    ],
    [
      "topic settings",
      "kafkaTopic",
      { config: { "retention.ms": "1", "segment.ms": "1", a_b: "1" } },
      { config: { "retention.ms": "2", "cleanup.policy": "compact", a_b: "2" } },
      {
        'config["retention.ms"]': "UPDATE",
        'config["segment.ms"]': "DELETE",
        'config["cleanup.policy"]': "ADD",
        "config.a_b": "UPDATE",
      },
    ],
    [
      "credentials",
      "kafkaTopic",
      { credentials: { key: "a", secret: "a" } },
      { credentials: { key: "b", secret: "b" } },
      { "credentials.key": "UPDATE", "credentials.secret": "UPDATE" },
    ],
    [
      "credentials of an ACL",
      "kafkaAcl",
      { credentials: { key: "a", secret: "a" } },
      { credentials: { key: "a", secret: "b" } },
      { "credentials.secret": "UPDATE" },
    ],
    ["a block that comes", "apiKey", { managedResource: undefined }, {}, { managedResource: "ADD_REPLACE" }],
    ["a block that goes", "apiKey", {}, { managedResource: undefined }, { managedResource: "DELETE_REPLACE" }],
    [
      "an item of a list",
      "kafkaCluster",
      cluster({ freights: [{ zones: ["a", "b"] }] }),
      cluster({ freights: [{ zones: ["a", "c", "d"] }] }),
      { "freights[0].zones[1]": "UPDATE", "freights[0].zones[2]": "ADD" },
    ],
    [
      "a list that comes",
      "kafkaCluster",
      cluster({ freights: [{}] }),
      cluster({ freights: [{ zones: ["a"] }] }),
      { "freights[0].zones": "ADD" },
    ],
    [
      "items that go",
      "kafkaCluster",
      cluster({ freights: [{ zones: ["a", "b"] }] }),
      cluster({ freights: [{ zones: ["a"] }] }),
      { "freights[0].zones[1]": "DELETE" },
    ],
    [
      "basic to standard",
      "kafkaCluster",
      cluster({ basic: {} }),
      cluster({ standard: {} }),
      { basic: "DELETE", standard: "ADD" },
    ],
    [
      "more CKU",
      "kafkaCluster",
      cluster({ dedicated: { cku: 1 } }),
      cluster({ dedicated: { cku: 2 } }),
      { "dedicated.cku": "UPDATE" },
    ],
  ])("%s", async (_, kind, before, after, changes) => {
    const diff = await client.diff(kind, { ...right[kind], ...before }, { ...right[kind], ...after });
    expect(diff.changes).toEqual(changes);
  });

  it.each<[Properties, Properties]>([
    [{ basic: {} }, { dedicated: { cku: 1 } }],
    [{ standard: {} }, { basic: {} }],
    [{ standard: {} }, { dedicated: { cku: 1 } }],
    [{ dedicated: { cku: 1 } }, { standard: {} }],
  ])("%j to %j is refused, with a replacement on the way too", async (from, to) => {
    for (const region of ["eu-central-1", "us-east-2"]) {
      await expect(client.diff("kafkaCluster", cluster(from), cluster({ ...to, region }))).rejects.toThrow(
        /^error updating Kafka Cluster "lkc-1": clusters can only be upgraded from 'Basic' to 'Standard'$/,
      );
    }
  });

  // The bridge's rule. What has no name of its own is made before the old one goes, and may meet it.
  it.each<[what: string, Kind, before: Properties, after: Properties, deletesFirst: boolean]>([
    ["a cluster with a given name", "kafkaCluster", {}, { region: "us-east-2" }, true],
    ["a key with a given name", "apiKey", {}, { managedResource: undefined }, true],
    ["one that changes in place", "kafkaCluster", {}, { displayName: "other" }, false],
    ["a topic", "kafkaTopic", {}, { partitionsCount: 3 }, false],
    ["an ACL", "kafkaAcl", {}, { host: "10.0.0.1" }, false],
    ["a role binding", "roleBinding", {}, { roleName: "Operator" }, false],
  ])("deletes first: %s", async (_, kind, before, after, deletesFirst) => {
    const diff = await client.diff(kind, { ...right[kind], ...before }, { ...right[kind], ...after });
    expect(diff.deletesFirst).toBe(deletesFirst);
  });

  it("deletes first: not one with a generated name", async () => {
    const { inputs } = await client.check("kafkaCluster", { ...right.kafkaCluster, displayName: undefined });
    const { replaces, deletesFirst } = await client.diff("kafkaCluster", inputs, { ...inputs, region: "us-east-2" });
    expect(replaces).toEqual(["region"]);
    expect(deletesFirst).toBe(false);
  });
});

describe("previews", () => {
  it.each(kinds)("%s: what is computed is unknown, and nothing is made", async (kind) => {
    const made = await client.create(kind, right[kind], { preview: true });
    const computed = Object.keys(declared[kind].computed).map((output): [string, string] => [output, unknown]);
    const filledIn: Partial<Record<Kind, Properties>> = {
      providerIntegration: { aws: { ...right.providerIntegration.aws, externalId: unknown, iamRoleArn: unknown } },
      tableflowTopic: { byobAws: { ...right.tableflowTopic.byobAws, bucketRegion: unknown } },
    };
    const properties = { ...right[kind], ...Object.fromEntries(computed), ...filledIn[kind] };
    expect(made).toEqual({ id: "", properties });
    expect(client.cloud.all()).toEqual([]);
    expect(client.provider.done).toEqual([]);
  });

  it("shows an update without making it", async () => {
    const made = await client.create("serviceAccount", { displayName: "a" });
    const before = client.cloud.all();
    const properties = await client.update("serviceAccount", made, { displayName: "b" }, { preview: true });
    expect(properties).toEqual({ displayName: "b", apiVersion: "iam/v2", kind: "ServiceAccount" });
    expect(client.cloud.all()).toEqual(before);
    expect(client.provider.done).toHaveLength(1);
  });
});

it("answers what an engine asks before anything else", async () => {
  const config = { cloudApiKey: "KEY" };
  expect(await client.introduce(config)).toEqual({ version: schema.version, config, supportsPreview: true });
});

describe("what the sandbox does not simulate is refused by name", () => {
  it.each<[what: string, () => Promise<unknown>, message: string]>([
    [
      "a type",
      () => client.check("kafkaMirrorTopic", {}),
      "does not simulate confluentcloud:index/kafkaMirrorTopic:KafkaMirrorTopic",
    ],
    [
      "a function",
      () => client.invoke("getUser", {}),
      "does not simulate the function confluentcloud:index/getUser:getUser",
    ],
  ])("%s", async (_, attempt, message) => {
    await expect(attempt()).rejects.toThrow(message);
  });
});
