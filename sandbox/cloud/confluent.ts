import { createHash, randomBytes } from "node:crypto";
import { CloudError, type Inventory, type Properties, type Thing } from "./inventory.ts";
import { isObject, unknown } from "./check.ts";
import type { Refuse, SimulatedPackage, SimulatedResource } from "./simulated.ts";

const type = (module: string) =>
  `confluentcloud:index/${module}:${module.charAt(0).toUpperCase()}${module.slice(1)}` as const;

const environment = type("environment");
const kafkaCluster = type("kafkaCluster");
const serviceAccount = type("serviceAccount");
const roleBinding = type("roleBinding");
const apiKey = type("apiKey");
const kafkaTopic = type("kafkaTopic");
const kafkaAcl = type("kafkaAcl");
const subjectConfig = type("subjectConfig");
const registryConfig = type("schemaRegistryClusterConfig");
const connector = type("connector");

/** Seconds that nothing but the API's own answer takes. */
const moment = 2;
/** The provider's fixed waits (its source, 2026-08). */
const waits = { roleBinding: 90, registryKey: 60, ksqlDbKey: 300, topicOrAcl: 10, registryObject: 10 };
/** What the service takes; minutes for shared clusters and 25 for dedicated ones are from its documentation, the rest is an assumption. */
const assumed = { sharedCluster: 300, dedicatedCluster: 1500, clusterDeletion: 60, kafkaKeyUsable: 30 };

/** Confluent Cloud as far as the stack uses it: what its provider refuses at preview, and what its service refuses later. */
export const confluentCloud: SimulatedPackage = {
  name: "confluentcloud",
  sdk: "@pulumi/confluentcloud",
  credentials: ["credentials", "secret"],
  resources: {
    [environment]: {
      computed: ["resourceName"],
      replacedBy: [],
      autoNamed: true,
      check: (inputs, refuse) => {
        oneOf(inputs, "streamGovernance.package", ["ESSENTIALS", "ADVANCED"], refuse);
        notEmpty(inputs, "displayName", refuse);
      },
      seconds: () => moment,
      create: (cloud, inputs) => {
        unusedName(cloud, environment, inputs, "Environment");
        const id = newId("env");
        return { id, outputs: { resourceName: `crn://confluent.cloud/organization=sandbox/environment=${id}` } };
      },
      delete: (cloud, id) => {
        const cluster = cloud.find(kafkaCluster, (properties) => idOf(properties, "environment") === id);
        if (cluster !== undefined) {
          throw new CloudError(`409 Conflict: environment "${id}" is not empty: it has Kafka cluster "${cluster.id}"`);
        }
        // The Schema Registry goes with its environment, and with it its settings, keys and role bindings.
        const registry = registryId(id);
        deleteAll(
          cloud,
          [subjectConfig, registryConfig],
          (properties) => idOf(properties, "schemaRegistryCluster") === registry,
        );
        deleteAll(cloud, [apiKey], (properties) => idOf(properties, "managedResource") === registry);
        deleteAll(cloud, [roleBinding], (properties) => String(properties.crnPattern).includes(`/environment=${id}`));
      },
    },

    [kafkaCluster]: {
      computed: ["apiVersion", "kind", "bootstrapEndpoint", "restEndpoint", "rbacCrn"],
      replacedBy: ["availability", "cloud", "environment", "region"],
      autoNamed: true,
      check: (inputs, refuse) => {
        oneOf(inputs, "availability", ["SINGLE_ZONE", "MULTI_ZONE", "LOW", "HIGH"], refuse);
        oneOf(inputs, "cloud", ["AWS", "AZURE", "GCP"], refuse);
        atLeastOne(inputs, "dedicated.cku", refuse);
        notEmpty(inputs, "displayName", refuse);
        const types = clusterTypes.filter((name) => inputs[name] !== undefined);
        if (types.length !== 1) {
          const all = "`basic,dedicated,enterprise,freight,standard`";
          refuse(
            types[0] ?? "basic",
            types.length === 0 ? `one of ${all} must be specified` : `only one of ${all} can be specified`,
          );
        }
      },
      same: (property, before, after) => property === "availability" && zones(before) === zones(after),
      plan: (before, after) => {
        const [from, to] = [clusterTypeOf(before), clusterTypeOf(after)];
        if (from !== to && !(from === "basic" && to === "standard")) {
          throw new CloudError(
            `error updating Kafka Cluster: clusters can only be upgraded from 'Basic' to 'Standard'`,
          );
        }
        return [];
      },
      seconds: (operation, inputs) => {
        const creation = inputs.dedicated === undefined ? assumed.sharedCluster : assumed.dedicatedCluster;
        return operation === "create" ? creation : operation === "delete" ? assumed.clusterDeletion : moment;
      },
      create: (cloud, inputs) => {
        const home = required(cloud, environment, idOf(inputs, "environment"), "environment");
        unusedName(cloud, kafkaCluster, inputs, "Kafka cluster");
        if (inputs.availability === "MULTI_ZONE" && valueAt(inputs, "dedicated.cku") === 1) {
          throw new CloudError("400 Bad Request: a dedicated cluster in MULTI_ZONE has at least 2 CKU");
        }
        const id = newId("lkc");
        const host = `${newId("pkc")}.${String(inputs.region)}.${String(inputs.cloud).toLowerCase()}.confluent.cloud`;
        return {
          id,
          outputs: {
            apiVersion: "cmk/v2",
            kind: "Cluster",
            bootstrapEndpoint: `SASL_SSL://${host}:9092`,
            restEndpoint: `https://${host}:443`,
            rbacCrn: `${String(home.properties.resourceName)}/cloud-cluster=${id}`,
          },
        };
      },
      delete: (cloud, id) => {
        const blocker = cloud.find(connector, (properties) => idOf(properties, "kafkaCluster") === id);
        if (blocker !== undefined) {
          throw new CloudError("409 Conflict: Cannot delete Kafka cluster with associated connect clusters");
        }
        deleteAll(cloud, [kafkaTopic, kafkaAcl], (properties) => idOf(properties, "kafkaCluster") === id);
        deleteAll(cloud, [apiKey], (properties) => idOf(properties, "managedResource") === id);
        deleteAll(cloud, [roleBinding], (properties) => String(properties.crnPattern).includes(`/cloud-cluster=${id}`));
      },
    },

    [serviceAccount]: {
      computed: ["apiVersion", "kind"],
      replacedBy: [],
      autoNamed: true,
      check: (inputs, refuse) => {
        const name = inputs.displayName;
        if (typeof name === "string" && name !== unknown && (name.length < 1 || name.length > 64)) {
          refuse("displayName", `expected length of displayName to be in the range (1 - 64), got ${name}`);
        }
      },
      seconds: () => moment,
      create: (cloud, inputs) => {
        unusedName(cloud, serviceAccount, inputs, "Service name");
        return { id: newId("sa"), outputs: { apiVersion: "iam/v2", kind: "ServiceAccount" } };
      },
      update: (cloud, id, inputs) => unusedName(cloud, serviceAccount, inputs, "Service name", id),
      delete: (cloud, id) => {
        deleteAll(cloud, [apiKey], (properties) => idOf(properties, "owner") === id);
        deleteAll(cloud, [roleBinding], (properties) => properties.principal === `User:${id}`);
      },
    },

    [roleBinding]: {
      computed: [],
      replacedBy: ["crnPattern", "principal", "roleName"],
      check: (inputs, refuse) => {
        matches(inputs, "principal", /^User:.+$/, refuse);
        matches(inputs, "crnPattern", /^crn:\/\/.+$/, refuse);
      },
      seconds: (operation, inputs) =>
        operation === "create" && inputs.disableWaitForReady !== true ? waits.roleBinding : moment,
      create: (cloud, inputs) => {
        const crn = String(inputs.crnPattern);
        required(cloud, serviceAccount, String(inputs.principal).replace("User:", ""), "principal");
        if (!knownRoles.includes(String(inputs.roleName))) {
          throw new CloudError(`400 Bad Request: role "${String(inputs.roleName)}" does not exist`);
        }
        const cluster = cloud.get(kafkaCluster, /cloud-cluster=([^/]+)/.exec(crn)?.[1]);
        if (/\/(topic|group|transactional-id)=/.test(crn) && cluster?.properties.basic !== undefined) {
          throw new CloudError("403 Forbidden: granular roles are not available on a Basic cluster");
        }
        return { id: newId("rb"), outputs: {} };
      },
    },

    [apiKey]: {
      computed: ["secret"],
      replacedBy: ["managedResource", "owner"],
      autoNamed: true,
      seconds: (operation, inputs) =>
        operation !== "create" || inputs.disableWaitForReady === true ? moment : keyWait(inputs),
      create: (cloud, inputs) => {
        required(cloud, serviceAccount, idOf(inputs, "owner"), "owner");
        const resource = idOf(inputs, "managedResource");
        if (resource !== undefined && cloud.get(kafkaCluster, resource) === undefined && !isRegistry(cloud, resource)) {
          throw new CloudError(`404 Not Found: resource "${resource}" does not exist`);
        }
        const secret = randomBytes(48).toString("base64");
        return { id: newId("KEY").toUpperCase(), outputs: { secret }, hidden: { secretHash: hashOf(secret) } };
      },
    },

    [kafkaTopic]: {
      computed: [],
      replacedBy: ["kafkaCluster", "topicName"],
      defaults: { partitionsCount: 6 },
      check: (inputs, refuse) => {
        matches(inputs, "topicName", /^[a-zA-Z0-9._-]+$/, refuse);
        matches(inputs, "restEndpoint", /^http/, refuse);
        atLeastOne(inputs, "partitionsCount", refuse);
      },
      plan: (before, after) =>
        Number(after.partitionsCount) < Number(before.partitionsCount) ? ["partitionsCount"] : [],
      seconds: (operation) => (operation === "create" ? waits.topicOrAcl : moment),
      create: (cloud, inputs) => {
        authorized(cloud, inputs, idOf(inputs, "kafkaCluster"), "CloudClusterAdmin");
        const name = String(inputs.topicName);
        if (name.length > 249) {
          throw new CloudError(`400 Bad Request: the length of topic name "${name}" is longer than 249`);
        }
        const rival = cloud.find(
          kafkaTopic,
          (properties) =>
            idOf(properties, "kafkaCluster") === idOf(inputs, "kafkaCluster") &&
            metricName(properties.topicName) === metricName(name),
        );
        if (rival !== undefined) {
          throw new CloudError(
            rival.properties.topicName === name
              ? `409 Conflict: Topic '${name}' already exists.`
              : `400 Bad Request: Topic '${name}' collides with existing topics: ${String(rival.properties.topicName)}`,
          );
        }
        checkTopicConfig(inputs);
        return { id: `${String(idOf(inputs, "kafkaCluster"))}/${name}`, outputs: {} };
      },
      update: (cloud, _, inputs) => {
        authorized(cloud, inputs, idOf(inputs, "kafkaCluster"), "CloudClusterAdmin");
        checkTopicConfig(inputs);
      },
      delete: (cloud, _, inputs) => authorized(cloud, inputs, idOf(inputs, "kafkaCluster"), "CloudClusterAdmin"),
    },

    [kafkaAcl]: {
      computed: [],
      replacedBy: [
        "host",
        "kafkaCluster",
        "operation",
        "patternType",
        "permission",
        "principal",
        "resourceName",
        "resourceType",
        "restEndpoint",
      ],
      check: (inputs, refuse) => {
        oneOf(inputs, "resourceType", ["TOPIC", "GROUP", "CLUSTER", "TRANSACTIONAL_ID", "DELEGATION_TOKEN"], refuse);
        oneOf(inputs, "patternType", ["LITERAL", "PREFIXED"], refuse);
        oneOf(inputs, "operation", aclOperations, refuse);
        oneOf(inputs, "permission", ["ALLOW", "DENY"], refuse);
        matches(inputs, "restEndpoint", /^http/, refuse);
      },
      seconds: (operation) => (operation === "create" ? waits.topicOrAcl : moment),
      create: (cloud, inputs) => {
        authorized(cloud, inputs, idOf(inputs, "kafkaCluster"), "CloudClusterAdmin");
        if (inputs.resourceType === "CLUSTER" && inputs.resourceName !== "kafka-cluster") {
          throw new CloudError("400 Bad Request: the only cluster resource is kafka-cluster");
        }
        const parts = ["resourceType", "resourceName", "patternType", "principal", "host", "operation", "permission"];
        return {
          id: `${String(idOf(inputs, "kafkaCluster"))}/${parts.map((part) => String(inputs[part])).join("#")}`,
          outputs: {},
        };
      },
      delete: (cloud, _, inputs) => authorized(cloud, inputs, idOf(inputs, "kafkaCluster"), "CloudClusterAdmin"),
    },

    [subjectConfig]: registrySetting((inputs) => String(inputs.subjectName), ["subjectName"]),
    [registryConfig]: registrySetting(() => "all-subjects", []),
  },

  functions: {
    "confluentcloud:index/getSchemaRegistryCluster:getSchemaRegistryCluster": (cloud, args) => {
      const home = idOf(args, "environment");
      const cluster = cloud.find(kafkaCluster, (properties) => idOf(properties, "environment") === home);
      const found = home === undefined ? undefined : cloud.get(environment, home);
      if (found === undefined || cluster === undefined) {
        throw new CloudError("error reading Schema Registry Clusters: there are no SR clusters in the environment");
      }
      const id = registryId(found.id);
      return {
        id,
        apiVersion: "srcm/v3",
        kind: "Cluster",
        displayName: "Stream Governance Package",
        environment: { id: found.id },
        cloud: cluster.properties.cloud,
        region: cluster.properties.region,
        package: valueAt(found.properties, "streamGovernance.package") ?? "ESSENTIALS",
        resourceName: `${String(found.properties.resourceName)}/schema-registry=${id}`,
        restEndpoint: `https://${id.replace("lsrc", "psrc")}.${String(cluster.properties.region)}.confluent.cloud`,
        catalogEndpoint: "",
        privateRestEndpoint: "",
        privateRegionalRestEndpoints: {},
      };
    },
  },
};

const clusterTypes = ["basic", "standard", "dedicated", "enterprises", "freights"];
const compatibilityLevels = [
  "BACKWARD",
  "BACKWARD_TRANSITIVE",
  "FORWARD",
  "FORWARD_TRANSITIVE",
  "FULL",
  "FULL_TRANSITIVE",
  "NONE",
];
const aclOperations = [
  "ALL",
  "READ",
  "WRITE",
  "CREATE",
  "DELETE",
  "ALTER",
  "DESCRIBE",
  "CLUSTER_ACTION",
  "DESCRIBE_CONFIGS",
  "ALTER_CONFIGS",
  "IDEMPOTENT_WRITE",
];
const knownRoles = [
  "CloudClusterAdmin",
  "EnvironmentAdmin",
  "OrganizationAdmin",
  "ResourceOwner",
  "DeveloperRead",
  "DeveloperWrite",
  "DeveloperManage",
  "KsqlAdmin",
  "Operator",
  "DataSteward",
];
const topicSettings = [
  "cleanup.policy",
  "delete.retention.ms",
  "max.message.bytes",
  "max.compaction.lag.ms",
  "min.compaction.lag.ms",
  "message.timestamp.type",
  "min.insync.replicas",
  "retention.bytes",
  "retention.ms",
  "segment.bytes",
  "segment.ms",
];

function registrySetting(
  idOfSetting: (inputs: Properties) => string,
  replacedBy: readonly string[],
): SimulatedResource {
  const mayConfigure = (cloud: Inventory, inputs: Properties) =>
    authorized(cloud, inputs, idOf(inputs, "schemaRegistryCluster"), "ResourceOwner");
  return {
    computed: [],
    replacedBy: ["restEndpoint", "schemaRegistryCluster", ...replacedBy],
    check: (inputs, refuse) => {
      oneOf(inputs, "compatibilityLevel", compatibilityLevels, refuse);
      matches(inputs, "restEndpoint", /^http/, refuse);
    },
    seconds: (operation) => (operation === "delete" ? moment : waits.registryObject),
    create: (cloud, inputs) => {
      mayConfigure(cloud, inputs);
      return { id: `${String(idOf(inputs, "schemaRegistryCluster"))}/${idOfSetting(inputs)}`, outputs: {} };
    },
    update: (cloud, _, inputs) => mayConfigure(cloud, inputs),
    delete: (cloud, _, inputs) => mayConfigure(cloud, inputs),
  };
}

/** A key that was deleted, or made up, is 401; one whose owner was never given the role is 403. */
function authorized(cloud: Inventory, inputs: Properties, resource: string | undefined, role: string): void {
  const key = cloud.get(apiKey, valueAt(inputs, "credentials.key"));
  const secret = valueAt(inputs, "credentials.secret");
  if (
    key === undefined ||
    typeof secret !== "string" ||
    key.hidden?.secretHash !== hashOf(secret) ||
    idOf(key.properties, "managedResource") !== resource
  ) {
    throw new CloudError("401 Unauthorized: the API key is not valid for this resource");
  }
  const owner = idOf(key.properties, "owner");
  const binding = cloud.find(
    roleBinding,
    (properties) => properties.principal === `User:${String(owner)}` && properties.roleName === role,
  );
  if (binding === undefined) {
    throw new CloudError(`403 Forbidden: ${String(owner)} lacks the role ${role}`);
  }
}

function checkTopicConfig(inputs: Properties): void {
  const config = isObject(inputs.config) ? inputs.config : {};
  for (const [key, value] of Object.entries(config)) {
    if (!topicSettings.includes(key)) {
      throw new CloudError(`400 Bad Request: Config property '${key}' with value '${String(value)}' is not supported`);
    }
    if (key === "cleanup.policy" && !["delete", "compact", "compact,delete"].includes(String(value))) {
      throw new CloudError(`400 Bad Request: Invalid value ${String(value)} for configuration cleanup.policy`);
    }
  }
}

function unusedName(cloud: Inventory, of: string, inputs: Properties, title: string, self?: string): void {
  const name = inputs.displayName;
  const rival = cloud.find(of, (properties, id) => properties.displayName === name && id !== self);
  // Clusters may share a name; environments and accounts are unique in the organization.
  if (rival !== undefined && of !== kafkaCluster) {
    throw new CloudError(`409 Conflict: ${title} "${String(name)}" is already in use`);
  }
}

function required(cloud: Inventory, of: string, id: string | undefined, role: string): Thing {
  const thing = cloud.get(of, id);
  if (thing === undefined) {
    throw new CloudError(`404 Not Found: ${role} "${String(id)}" does not exist`);
  }
  return thing;
}

function deleteAll(cloud: Inventory, types: readonly string[], goes: (properties: Properties) => boolean): void {
  for (const thing of types.flatMap((of) => cloud.all(of)).filter(({ properties }) => goes(properties))) {
    cloud.delete(thing.type, thing.id);
  }
}

function keyWait(inputs: Properties): number {
  const kind = valueAt(inputs, "managedResource.apiVersion");
  return kind === "srcm/v3" ? waits.registryKey : kind === "ksqldbcm/v2" ? waits.ksqlDbKey : assumed.kafkaKeyUsable;
}

/** One registry an environment, so its id follows from the environment's. */
function registryId(environmentId: string): string {
  return environmentId.replace("env", "lsrc");
}

function isRegistry(cloud: Inventory, id: string): boolean {
  return cloud.all(environment).some((thing) => registryId(thing.id) === id);
}

function zones(availability: unknown): unknown {
  return availability === "LOW" ? "SINGLE_ZONE" : availability === "HIGH" ? "MULTI_ZONE" : availability;
}

function clusterTypeOf(inputs: Properties): string | undefined {
  return clusterTypes.find((name) => inputs[name] !== undefined);
}

function metricName(topic: unknown): string {
  return String(topic).replaceAll(".", "_");
}

function idOf(properties: Properties, block: string): string | undefined {
  const id = valueAt(properties, `${block}.id`);
  return typeof id === "string" ? id : undefined;
}

function valueAt(properties: Properties, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), properties);
}

function newId(prefix: string): string {
  return `${prefix}-${randomBytes(5).toString("hex")}`;
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

function known(inputs: Properties, path: string): unknown {
  const value = valueAt(inputs, path);
  return value === unknown ? undefined : value;
}

function oneOf(inputs: Properties, path: string, legal: readonly string[], refuse: Refuse): void {
  const value = known(inputs, path);
  if (typeof value === "string" && !legal.includes(value)) {
    refuse(path, `expected ${path} to be one of [${legal.map((item) => `"${item}"`).join(" ")}], got ${value}`);
  }
}

function atLeastOne(inputs: Properties, path: string, refuse: Refuse): void {
  const value = known(inputs, path);
  if (typeof value === "number" && value < 1) {
    refuse(path, `expected ${path} to be at least (1), got ${String(value)}`);
  }
}

function matches(inputs: Properties, path: string, pattern: RegExp, refuse: Refuse): void {
  const value = known(inputs, path);
  if (typeof value === "string" && !pattern.test(value)) {
    refuse(path, `invalid value for ${path} (must match ${pattern.source})`);
  }
}

function notEmpty(inputs: Properties, path: string, refuse: Refuse): void {
  if (known(inputs, path) === "") {
    refuse(path, `expected "${path}" to not be an empty string, got `);
  }
}
