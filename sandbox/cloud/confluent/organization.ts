import { randomBytes } from "node:crypto";
import { valueAt } from "../check.ts";
import { isKnown } from "../known.ts";
import { CloudError, type Inventory, type Properties } from "../inventory.ts";
import { atLeastOne, matching, notEmpty, oneOf } from "../rules.ts";
import type { Refuse, SimulatedResource } from "../simulated.ts";
import {
  assumed,
  deleteAll,
  findRegistry,
  hashOf,
  idOf,
  isAbout,
  makeRegistry,
  moment,
  newId,
  registryOf,
  required,
  types,
  unusedName,
  waits,
} from "./common.ts";

const environment: SimulatedResource = {
  computed: ["resourceName"],
  replacedBy: [],
  autoNamed: "displayName",
  rules: { displayName: notEmpty, "streamGovernance.package": oneOf("ESSENTIALS", "ADVANCED") },
  seconds: () => moment,
  create: (cloud, inputs) => {
    unusedName(cloud, types.environment, inputs, "Environment");
    const id = newId("env");
    return { id, outputs: { resourceName: `crn://confluent.cloud/organization=sandbox/environment=${id}` } };
  },
  update: (cloud, id, inputs) => unusedName(cloud, types.environment, inputs, "Environment", id),
  delete: (cloud, id) => {
    const cluster = cloud.find(types.kafkaCluster, (properties) => idOf(properties, "environment") === id);
    if (cluster !== undefined) {
      throw new CloudError(`409 Conflict: environment "${id}" is not empty: it has Kafka cluster "${cluster.id}"`);
    }
    const integration = cloud.find(types.providerIntegration, (properties) => idOf(properties, "environment") === id);
    if (integration !== undefined) {
      throw new CloudError(
        `409 Conflict: environment "${id}" is not empty: it has provider integration "${integration.id}"`,
      );
    }
    // The Schema Registry goes with its environment, and with it its settings, keys and role bindings.
    const registry = registryOf(cloud.get(types.environment, id));
    if (registry !== undefined) {
      const { subjectConfig, schemaRegistryClusterConfig } = types;
      const isIn = (block: string) => (properties: Properties) => idOf(properties, block) === registry.id;
      deleteAll(cloud, [subjectConfig, schemaRegistryClusterConfig], isIn("schemaRegistryCluster"));
      deleteAll(cloud, [types.apiKey], isIn("managedResource"));
    }
    deleteAll(cloud, [types.roleBinding], ({ crnPattern }) => isAbout(crnPattern, id));
  },
};

/** With the names that Terraform has for them. */
const clusterTypes = {
  basic: "basic",
  dedicated: "dedicated",
  enterprises: "enterprise",
  freights: "freight",
  standard: "standard",
};

const kafkaCluster: SimulatedResource = {
  computed: ["apiVersion", "kind", "bootstrapEndpoint", "restEndpoint", "rbacCrn", "endpoints"],
  replacedBy: ["availability", "byokKey", "cloud", "environment", "network", "region"],
  autoNamed: "displayName",
  rules: {
    displayName: notEmpty,
    availability: oneOf("SINGLE_ZONE", "MULTI_ZONE", "LOW", "HIGH"),
    cloud: oneOf("AWS", "AZURE", "GCP"),
    "dedicated.cku": atLeastOne,
    "network.id": matching(/^(n-|nr-)/, "the network ID must start with 'n-' or 'nr-'"),
  },
  check: exactlyOneType,
  same: (property, before, after) => property === "availability" && zones(before) === zones(after),
  plan: (before, after, id) => {
    const [from, to] = [typesIn(before)[0], typesIn(after)[0]];
    if (from !== to && !(from === "basic" && to === "standard")) {
      throw new CloudError(
        `error updating Kafka Cluster "${id}": clusters can only be upgraded from 'Basic' to 'Standard'`,
      );
    }
    return [];
  },
  seconds: (operation, inputs) => {
    const creation = inputs.dedicated === undefined ? assumed.sharedCluster : assumed.dedicatedCluster;
    return operation === "create" ? creation : operation === "delete" ? assumed.clusterDeletion : moment;
  },
  create: (cloud, inputs) => {
    const home = required(cloud, types.environment, idOf(inputs, "environment"), "environment");
    checkUnits(inputs);
    makeRegistry(cloud, home, inputs);
    const id = newId("lkc");
    const host = `${newId("pkc")}.${String(inputs.region)}.${String(inputs.cloud).toLowerCase()}.confluent.cloud`;
    const endpoint = { bootstrapEndpoint: `SASL_SSL://${host}:9092`, restEndpoint: `https://${host}:443` };
    return {
      id,
      outputs: {
        ...endpoint,
        apiVersion: "cmk/v2",
        kind: "Cluster",
        rbacCrn: `${String(home.properties.resourceName)}/cloud-cluster=${id}`,
        endpoints: [{ ...endpoint, accessPointId: "PUBLIC", connectionType: "PUBLIC" }],
      },
    };
  },
  update: (_cloud, _id, inputs) => checkUnits(inputs),
  delete: (cloud, id) => {
    if (cloud.find(types.connector, (properties) => idOf(properties, "kafkaCluster") === id) !== undefined) {
      throw new CloudError("409 Conflict: Cannot delete Kafka cluster with associated connect clusters");
    }
    if (cloud.find(types.ksqlCluster, (properties) => idOf(properties, "kafkaCluster") === id) !== undefined) {
      throw new CloudError("409 Conflict: Cannot delete Kafka cluster with associated ksqlDB clusters");
    }
    const { kafkaTopic, kafkaAcl, tableflowTopic, catalogIntegration } = types;
    const inIt = [kafkaTopic, kafkaAcl, tableflowTopic, catalogIntegration];
    deleteAll(cloud, inIt, (properties) => idOf(properties, "kafkaCluster") === id);
    deleteAll(cloud, [types.apiKey], (properties) => idOf(properties, "managedResource") === id);
    deleteAll(cloud, [types.roleBinding], ({ crnPattern }) => isAbout(crnPattern, id));
  },
};

/** The provider says it once for each type. What is not known yet may be there or not. */
function exactlyOneType(inputs: Properties, refuse: Refuse): void {
  const given = typesIn(inputs, isKnown);
  if (given.length === 1 || (given.length === 0 && typesIn(inputs).length > 0)) {
    return;
  }
  const all = Object.values(clusterTypes).join(",");
  const problem =
    given.length === 0
      ? `one of \`${all}\` must be specified`
      : `only one of \`${all}\` can be specified, but \`${given.join(",")}\` were specified.`;
  for (const [input, name] of Object.entries(clusterTypes)) {
    refuse(input, `Invalid combination of arguments. "${name}": ${problem}`);
  }
}

function typesIn(inputs: Properties, counts: (block: unknown) => boolean = () => true): string[] {
  return Object.entries(clusterTypes).flatMap(([input, name]) =>
    inputs[input] !== undefined && counts(inputs[input]) ? name : [],
  );
}

function zones(availability: unknown): unknown {
  return availability === "LOW" ? "SINGLE_ZONE" : availability === "HIGH" ? "MULTI_ZONE" : availability;
}

function checkUnits(inputs: Properties): void {
  if (zones(inputs.availability) === "MULTI_ZONE" && valueAt(inputs, "dedicated.cku") === 1) {
    throw new CloudError("multi-zone dedicated clusters must have at least 2 CKUs");
  }
}

const serviceAccount: SimulatedResource = {
  computed: ["apiVersion", "kind"],
  replacedBy: [],
  autoNamed: "displayName",
  rules: { displayName: notEmpty },
  seconds: () => moment,
  create: (cloud, inputs) => {
    checkAccountName(cloud, inputs);
    return { id: newId("sa"), outputs: { apiVersion: "iam/v2", kind: "ServiceAccount" } };
  },
  update: (cloud, id, inputs) => checkAccountName(cloud, inputs, id),
  delete: (cloud, id) => {
    deleteAll(cloud, [types.apiKey], (properties) => idOf(properties, "owner") === id);
    deleteAll(cloud, [types.roleBinding], ({ principal }) => principal === `User:${id}`);
  },
};

function checkAccountName(cloud: Inventory, inputs: Properties, self?: string): void {
  if (String(inputs.displayName).length > 64) {
    throw new CloudError("400 Bad Request: a service account's display name has at most 64 characters");
  }
  unusedName(cloud, types.serviceAccount, inputs, "Service name", self);
}

/** Roles for a whole cluster, environment or organization. */
const wideRoles = [
  "Assigner",
  "CloudClusterAdmin",
  "DataSteward",
  "EnvironmentAdmin",
  "KsqlAdmin",
  "MetricsViewer",
  "Operator",
  "OrganizationAdmin",
];
/** Roles for topics, groups, subjects and the like. */
const granularRoles = ["DeveloperManage", "DeveloperRead", "DeveloperWrite", "ResourceOwner"];

const roleBinding: SimulatedResource = {
  computed: [],
  replacedBy: ["crnPattern", "principal", "roleName"],
  rules: {
    principal: matching(/^User:.+$/, "value must match pattern (^User:.+$)"),
    crnPattern: matching(/^crn:\/\/.+$/, "value must match pattern ^crn://.+$"),
  },
  seconds: (operation, inputs) =>
    operation === "create" && inputs.disableWaitForReady !== true ? waits.roleBinding : moment,
  create: (cloud, inputs) => {
    const crn = String(inputs.crnPattern);
    const role = String(inputs.roleName);
    requiredOwner(cloud, String(inputs.principal).replace("User:", ""), "principal");
    if (![...wideRoles, ...granularRoles].includes(role)) {
      throw new CloudError(`400 Bad Request: role "${role}" does not exist`);
    }
    const clusterId = /\/cloud-cluster=([^/]+)/.exec(crn)?.[1];
    const registry = /\/schema-registry=([^/]+)/.exec(crn)?.[1];
    const cluster = clusterId === undefined ? undefined : required(cloud, types.kafkaCluster, clusterId, "cluster");
    if (registry !== undefined && findRegistry(cloud, registry) === undefined) {
      throw new CloudError(`404 Not Found: Schema Registry "${registry}" does not exist`);
    }
    const ksql = /\/ksql=([^/]+)/.exec(crn)?.[1];
    if (ksql !== undefined) {
      required(cloud, types.ksqlCluster, ksql, "ksqlDB cluster");
    }
    const integration = /\/provider-integration=([^/*]+)/.exec(crn)?.[1];
    if (integration !== undefined) {
      required(cloud, types.providerIntegration, integration, "provider integration");
    }
    const isInCluster = /\/(topic|group|transactional-id)=/.test(crn);
    if (granularRoles.includes(role) && !isInCluster && !crn.includes("/subject=")) {
      throw new CloudError(`400 Bad Request: role "${role}" is for resources in a cluster, not for all of it`);
    }
    if (isInCluster && cluster?.properties.basic !== undefined) {
      throw new CloudError("403 Forbidden: granular roles are not available on a Basic cluster");
    }
    return { id: newId("rb"), outputs: {} };
  },
};

const apiKey: SimulatedResource = {
  computed: ["secret"],
  replacedBy: ["managedResource", "owner"],
  autoNamed: "displayName",
  rules: {
    displayName: notEmpty,
    description: notEmpty,
    "owner.id": matching(/^(u-|sa-)/, "the owner ID must be of the form 'u-' or 'sa-'"),
    "owner.kind": oneOf("ServiceAccount", "User"),
    "owner.apiVersion": oneOf("iam/v2"),
    "managedResource.id": notEmpty,
    "managedResource.kind": oneOf("Cluster", "Region", "Tableflow", "Global"),
    "managedResource.apiVersion": oneOf(
      "cmk/v2",
      "srcm/v2",
      "srcm/v3",
      "ksqldbcm/v2",
      "fcpm/v2",
      "tableflow/v1",
      "global/v1",
    ),
    "managedResource.environment.id": notEmpty,
  },
  seconds: (operation, inputs) =>
    operation !== "create" || inputs.disableWaitForReady === true ? moment : keyWait(inputs),
  create: (cloud, inputs) => {
    requiredOwner(cloud, idOf(inputs, "owner"), "owner");
    const resource = idOf(inputs, "managedResource");
    if (
      resource !== undefined &&
      !(resource === "tableflow" && valueAt(inputs, "managedResource.apiVersion") === "tableflow/v1") &&
      cloud.get(types.kafkaCluster, resource) === undefined &&
      cloud.get(types.ksqlCluster, resource) === undefined &&
      findRegistry(cloud, resource) === undefined
    ) {
      throw new CloudError(`404 Not Found: resource "${resource}" does not exist`);
    }
    const secret = randomBytes(48).toString("base64");
    return { id: newId("KEY").toUpperCase(), outputs: { secret }, hidden: { secretHash: hashOf(secret) } };
  },
};

function keyWait(inputs: Properties): number {
  switch (valueAt(inputs, "managedResource.apiVersion")) {
    case "srcm/v2":
    case "srcm/v3":
    case "fcpm/v2":
      return waits.registryOrFlinkKey;
    case "ksqldbcm/v2":
      return waits.ksqlDbKey;
    default:
      return assumed.keyUsable;
  }
}

/** Users and identity pools are made elsewhere; an account is made here, or is not there. */
function requiredOwner(cloud: Inventory, id: string | undefined, role: string): void {
  if (id === undefined || !/^(u|pool)-/.test(id)) {
    required(cloud, types.serviceAccount, id, role);
  }
}

/** What exists in an organization, whatever runs in its clusters. */
export const organization: Readonly<Record<string, SimulatedResource>> = {
  [types.environment]: environment,
  [types.kafkaCluster]: kafkaCluster,
  [types.serviceAccount]: serviceAccount,
  [types.roleBinding]: roleBinding,
  [types.apiKey]: apiKey,
};
