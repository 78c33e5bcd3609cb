import { isObject, valueAt } from "../check.ts";
import { CloudError, type Inventory, type Properties } from "../inventory.ts";
import { atLeastOne, matching, notEmpty, oneOf } from "../rules.ts";
import type { SimulatedResource } from "../simulated.ts";
import { covers, findRegistry, hashOf, idOf, moment, types, waits } from "./common.ts";

const isUrl = matching(/^http/, "the REST endpoint must start with 'https://'");
const credentials = { "credentials.key": notEmpty, "credentials.secret": notEmpty };
const kafka = {
  ...credentials,
  restEndpoint: isUrl,
  "kafkaCluster.id": matching(/^lkc-/, "the Kafka cluster ID must be of the form 'lkc-'"),
};

const topicName =
  "The topic name can be up to 249 characters in length, and can include the following characters: " +
  "a-z, A-Z, 0-9, . (dot), _ (underscore), and - (dash).";

const kafkaTopic: SimulatedResource = {
  computed: [],
  replacedBy: ["kafkaCluster", "topicName"],
  defaults: { partitionsCount: 6 },
  rules: { ...kafka, topicName: matching(/^[a-zA-Z0-9\\._-]+$/, topicName), partitionsCount: atLeastOne },
  plan: (before, after) => (Number(after.partitionsCount) < Number(before.partitionsCount) ? ["partitionsCount"] : []),
  seconds: (operation) => (operation === "delete" ? moment : waits.topicOrAcl),
  create: (cloud, inputs) => {
    const cluster = administered(cloud, inputs);
    const name = String(inputs.topicName);
    if (name.length > 249) {
      throw new CloudError(`400 Bad Request: the length of topic name "${name}" is longer than 249`);
    }
    const rival = cloud.find(
      types.kafkaTopic,
      (properties) =>
        idOf(properties, "kafkaCluster") === cluster.id && metricName(properties.topicName) === metricName(name),
    );
    if (rival !== undefined) {
      throw new CloudError(
        rival.properties.topicName === name
          ? `409 Conflict: Topic '${name}' already exists.`
          : `400 Bad Request: Topic '${name}' collides with existing topics: ${String(rival.properties.topicName)}`,
      );
    }
    checkTopicSettings(inputs);
    return { id: `${cluster.id}/${name}`, outputs: {} };
  },
  update: (cloud, id, inputs) => {
    administered(cloud, inputs);
    const now = cloud.get(types.kafkaTopic, id)?.properties.partitionsCount;
    if (Number(inputs.partitionsCount) < Number(now)) {
      throw new CloudError(
        `400 Bad Request: Topic currently has ${String(now)} partitions, which is higher than the requested ${String(inputs.partitionsCount)}.`,
      );
    }
    checkTopicSettings(inputs);
  },
  delete: (cloud, _id, inputs) => void administered(cloud, inputs),
};

/** Metrics know no dots, so Kafka takes `a.b` and `a_b` for the same. */
function metricName(topic: unknown): string {
  return String(topic).replaceAll(".", "_");
}

const topicSettings = [
  "cleanup.policy",
  "delete.retention.ms",
  "max.compaction.lag.ms",
  "max.message.bytes",
  "message.timestamp.after.max.ms",
  "message.timestamp.before.max.ms",
  "message.timestamp.difference.max.ms",
  "message.timestamp.type",
  "min.compaction.lag.ms",
  "min.insync.replicas",
  "retention.bytes",
  "retention.ms",
  "segment.bytes",
  "segment.ms",
];

function checkTopicSettings(inputs: Properties): void {
  for (const [key, value] of Object.entries(isObject(inputs.config) ? inputs.config : {})) {
    if (!topicSettings.includes(key)) {
      throw new CloudError(`400 Bad Request: Config property '${key}' with value '${String(value)}' is not supported`);
    }
    if (key === "cleanup.policy" && !/^(delete|compact|compact,delete|delete,compact)$/.test(String(value))) {
      throw new CloudError(`400 Bad Request: Invalid value ${String(value)} for configuration cleanup.policy`);
    }
  }
}

const aclIdentity = ["resourceType", "resourceName", "patternType", "principal", "host", "operation", "permission"];

const kafkaAcl: SimulatedResource = {
  computed: [],
  replacedBy: ["kafkaCluster", "restEndpoint", ...aclIdentity],
  rules: {
    ...kafka,
    resourceType: oneOf("UNKNOWN", "ANY", "TOPIC", "GROUP", "CLUSTER", "TRANSACTIONAL_ID", "DELEGATION_TOKEN"),
    patternType: oneOf("UNKNOWN", "ANY", "MATCH", "LITERAL", "PREFIXED"),
    operation: oneOf(
      "UNKNOWN",
      "ANY",
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
    ),
    permission: oneOf("UNKNOWN", "ANY", "DENY", "ALLOW"),
  },
  seconds: (operation) => (operation === "create" ? waits.topicOrAcl : moment),
  create: (cloud, inputs) => {
    const cluster = administered(cloud, inputs);
    const values = aclIdentity.map((part) => String(inputs[part]));
    if (values.some((value) => ["UNKNOWN", "ANY", "MATCH"].includes(value))) {
      throw new CloudError("400 Bad Request: UNKNOWN, ANY and MATCH are for looking ACLs up, not for making them");
    }
    if (!String(inputs.principal).startsWith("User:")) {
      throw new CloudError(`400 Bad Request: the principal "${String(inputs.principal)}" does not start with User:`);
    }
    if (inputs.resourceType === "CLUSTER" && inputs.resourceName !== "kafka-cluster") {
      throw new CloudError("400 Bad Request: the only cluster resource is kafka-cluster");
    }
    return { id: `${cluster.id}/${values.join("#")}`, outputs: {} };
  },
  delete: (cloud, _id, inputs) => void administered(cloud, inputs),
};

const registrySetting = {
  ...credentials,
  restEndpoint: isUrl,
  compatibilityLevel: oneOf(
    "BACKWARD",
    "BACKWARD_TRANSITIVE",
    "FORWARD",
    "FORWARD_TRANSITIVE",
    "FULL",
    "FULL_TRANSITIVE",
    "NONE",
  ),
};

const subjectConfig: SimulatedResource = {
  computed: [],
  replacedBy: ["restEndpoint", "schemaRegistryCluster", "subjectName"],
  rules: { ...registrySetting, subjectName: notEmpty },
  seconds: () => waits.registrySetting,
  create: (cloud, inputs) => ({ id: `${configured(cloud, inputs)}/${String(inputs.subjectName)}`, outputs: {} }),
  update: (cloud, _id, inputs) => void configured(cloud, inputs),
  delete: (cloud, _id, inputs) => void configured(cloud, inputs),
};

/** To delete it asks the service for nothing: the registry keeps its level. */
const schemaRegistryClusterConfig: SimulatedResource = {
  computed: [],
  replacedBy: ["restEndpoint", "schemaRegistryCluster"],
  rules: registrySetting,
  seconds: (operation) => (operation === "delete" ? moment : waits.registrySetting),
  create: (cloud, inputs) => ({ id: configured(cloud, inputs), outputs: {} }),
  update: (cloud, _id, inputs) => void configured(cloud, inputs),
};

/** What data-plane requests go to. */
interface Target {
  readonly id: string;
  readonly restEndpoint: unknown;
  /** Name of what is asked for, to be covered by a role of the key's owner. */
  readonly crn: string;
}

/** The cluster that the inputs name, for somebody who may administer it. */
function administered(cloud: Inventory, inputs: Properties): Target {
  const cluster = cloud.get(types.kafkaCluster, idOf(inputs, "kafkaCluster"));
  const target = cluster && {
    id: cluster.id,
    restEndpoint: cluster.properties.restEndpoint,
    crn: String(cluster.properties.rbacCrn),
  };
  return authorized(cloud, inputs, target, ["CloudClusterAdmin", "EnvironmentAdmin", "OrganizationAdmin"]);
}

/** Id of the registry that the inputs name, for somebody who may set the subject's level, or that of all subjects. */
function configured(cloud: Inventory, inputs: Properties): string {
  const registry = findRegistry(cloud, idOf(inputs, "schemaRegistryCluster"));
  const subject = typeof inputs.subjectName === "string" ? encodeURIComponent(inputs.subjectName) : "";
  const target = registry && { ...registry, crn: `${registry.crn}/subject=${subject}` };
  return authorized(cloud, inputs, target, ["ResourceOwner", "EnvironmentAdmin", "OrganizationAdmin"]).id;
}

/** A key that was deleted, made up, or is for something else is 401; one whose owner has no such role (any more) is 403. */
function authorized(
  cloud: Inventory,
  inputs: Properties,
  target: Target | undefined,
  roles: readonly string[],
): Target {
  for (const input of ["restEndpoint", "credentials"]) {
    if (inputs[input] === undefined) {
      throw new CloudError(`${input} must be set here or in the provider`);
    }
  }
  const key = cloud.get(types.apiKey, valueAt(inputs, "credentials.key"));
  const isValid =
    key?.hidden?.secretHash === hashOf(String(valueAt(inputs, "credentials.secret"))) &&
    idOf(key.properties, "managedResource") === target?.id &&
    inputs.restEndpoint === target?.restEndpoint;
  if (key === undefined || target === undefined || !isValid) {
    throw new CloudError("401 Unauthorized: the API key is not valid for this resource");
  }
  const owner = String(idOf(key.properties, "owner"));
  const binding = cloud.find(
    types.roleBinding,
    ({ principal, roleName, crnPattern }) =>
      principal === `User:${owner}` && roles.includes(String(roleName)) && covers(String(crnPattern), target.crn),
  );
  if (binding === undefined) {
    throw new CloudError(`403 Forbidden: ${owner} lacks a role for ${target.crn}: ${roles.join(", ")}`);
  }
  return target;
}

/** What is in a cluster or a registry, and needs a key for it. */
export const dataPlane: Readonly<Record<string, SimulatedResource>> = {
  [types.kafkaTopic]: kafkaTopic,
  [types.kafkaAcl]: kafkaAcl,
  [types.subjectConfig]: subjectConfig,
  [types.schemaRegistryClusterConfig]: schemaRegistryClusterConfig,
};
