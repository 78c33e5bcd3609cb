import { mayAssume, roleOf } from "../aws/access.ts";
import { textOf, types as awsTypes } from "../aws/common.ts";
import { writeObject } from "../aws/objects.ts";
import { isObject, valueAt } from "../check.ts";
import { CloudError, type Inventory, type Properties, type Thing } from "../inventory.ts";
import { isKnown } from "../known.ts";
import { exactlyOne, matching, notEmpty, oneOf } from "../rules.ts";
import type { Refuse, SimulatedResource } from "../simulated.ts";
import { covers, hashOf, idOf, moment, newId, required, types } from "./common.ts";

const shared = {
  displayName: notEmpty,
  "credentials.key": notEmpty,
  "credentials.secret": notEmpty,
  "kafkaCluster.id": matching(/^lkc-/, "the Kafka cluster ID must be of the form 'lkc-'"),
};

const month = 2_592_000_000;

/** A topic that Confluent keeps as a table, in a bucket of the customer's or in its own. */
const tableflowTopic: SimulatedResource = {
  computed: ["enableCompaction", "enablePartitioning", "suspended", "tablePath", "writeMode"],
  computedIn: { byobAws: ["bucketRegion"] },
  replacedBy: ["azureDataLakeStorageGen2", "byobAws", "displayName", "environment", "kafkaCluster"],
  defaults: { retentionMs: "604800000" },
  rules: {
    ...shared,
    "errorHandling.mode": oneOf("SUSPEND", "SKIP", "LOG"),
    metadataColumnNamingScheme: oneOf("DEFAULT", "PORTABLE"),
    dataRetentionMs: (value, key) =>
      typeof value === "string" && Number(value) < month
        ? `expected ${key} to be at least (${String(month)}), got ${value}`
        : undefined,
  },
  check: (inputs, refuse) => {
    exactlyOne(inputs, ["byobAws", "managedStorages", "azureDataLakeStorageGen2"], refuse);
    refuseFormats(inputs, refuse);
  },
  same: (property, before, after) => property === "byobAws" && sameBucket(before, after),
  seconds: () => moment,
  create: (cloud, inputs) => {
    const cluster = authorized(cloud, inputs);
    const name = String(inputs.displayName);
    const id = `${cluster.id}/${name}`;
    if (cloud.get(types.kafkaTopic, id) === undefined) {
      throw new CloudError(`error creating Tableflow Topic: 404 Not Found: topic "${name}" does not exist`);
    }
    if (cloud.get(types.tableflowTopic, id) !== undefined) {
      throw new CloudError(`error creating Tableflow Topic: 409 Conflict: Tableflow is already on for topic "${name}"`);
    }
    const byobAws = isObject(inputs.byobAws) ? inputs.byobAws : undefined;
    const bucketRegion = byobAws && writable(cloud, cluster, inputs, byobAws);
    const path = `${id}/metadata/v1.metadata.json`;
    if (byobAws !== undefined) {
      writeObject(cloud, String(byobAws.bucketName), path);
    }
    return {
      id,
      outputs: {
        enableCompaction: true,
        enablePartitioning: true,
        suspended: false,
        tablePath: byobAws === undefined ? "" : `s3://${String(byobAws.bucketName)}/${id}`,
        writeMode: "APPEND",
        ...(byobAws === undefined ? {} : { byobAws: { ...byobAws, bucketRegion } }),
      },
    };
  },
  update: (cloud, id, inputs) => {
    authorized(cloud, inputs);
    const before = cloud.get(types.tableflowTopic, id)?.properties ?? {};
    const fixed = ["managedStorages", "metadataColumnNamingScheme"].find(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(inputs[name]),
    );
    if (fixed !== undefined) {
      throw new CloudError(`error updating Tableflow Topic "${id}": "${fixed}" cannot be updated for Tableflow Topic`);
    }
  },
  delete: (cloud, _id, inputs) => void authorized(cloud, inputs),
};

function refuseFormats({ tableFormats }: Properties, refuse: Refuse): void {
  (Array.isArray(tableFormats) && isKnown(tableFormats) ? (tableFormats as unknown[]) : []).forEach((format, index) => {
    const problem = oneOf("DELTA", "ICEBERG")(format, "table_formats");
    if (problem !== undefined) {
      refuse(`tableFormats[${String(index)}]`, problem);
    }
  });
}

/** The provider fills the bucket's region in: what the program gives stays the same. */
function sameBucket(before: unknown, after: unknown): boolean {
  return (
    isObject(before) &&
    isObject(after) &&
    before.bucketName !== undefined &&
    before.bucketName === after.bucketName &&
    before.providerIntegrationId === after.providerIntegrationId
  );
}

/** Region of a bucket that Confluent may write to for this cluster. */
function writable(cloud: Inventory, cluster: Thing, inputs: Properties, byobAws: Properties): unknown {
  const name = String(byobAws.bucketName);
  const refused = (reason: string) => new CloudError(`error creating Tableflow Topic: 400 Bad Request: ${reason}`);
  requiredIntegration(cloud, inputs, byobAws.providerIntegrationId);
  const region = cloud.get(awsTypes.bucket, name)?.properties.region;
  if (region === undefined) {
    throw refused(`bucket "${name}" does not exist`);
  }
  if (region !== cluster.properties.region) {
    throw refused(`bucket "${name}" is in ${textOf(region)}, and the cluster in ${String(cluster.properties.region)}`);
  }
  return region;
}

/** An integration of the environment, whose role lets Confluent in. */
function requiredIntegration(cloud: Inventory, inputs: Properties, id: unknown): void {
  const integration = required(cloud, types.providerIntegration, String(id), "provider integration");
  const aws = isObject(integration.properties.aws) ? integration.properties.aws : {};
  const role = roleOf(cloud, aws.customerRoleArn);
  if (idOf(integration.properties, "environment") !== idOf(inputs, "environment")) {
    throw new CloudError(`404 Not Found: provider integration "${String(id)}" does not exist in this environment`);
  }
  if (role === undefined || !mayAssume(role, String(aws.iamRoleArn), String(aws.externalId))) {
    throw new CloudError(
      `400 Bad Request: AccessDenied: User: ${String(aws.iamRoleArn)} is not authorized to perform: sts:AssumeRole on resource: ${String(aws.customerRoleArn)}`,
    );
  }
}

const catalogs = ["awsGlue", "snowflake", "unity"];

/** Where the tables of a cluster are published. */
const catalogIntegration: SimulatedResource = {
  computed: ["suspended"],
  replacedBy: ["environment", "kafkaCluster"],
  rules: shared,
  check: (inputs, refuse) => exactlyOne(inputs, catalogs, refuse),
  plan: (before, after) =>
    valueAt(before, "awsGlue.providerIntegrationId") === valueAt(after, "awsGlue.providerIntegrationId")
      ? []
      : ["awsGlue"],
  seconds: () => moment,
  create: (cloud, inputs) => {
    const cluster = authorized(cloud, inputs);
    const kind = catalogs.find((name) => inputs[name] !== undefined) ?? "";
    const isThere = cloud.find(
      types.catalogIntegration,
      (other) => idOf(other, "kafkaCluster") === cluster.id && other[kind] !== undefined,
    );
    if (isThere !== undefined) {
      throw new CloudError(
        `error creating Catalog Integration: 409 Conflict: cluster "${cluster.id}" has catalog integration "${isThere.id}" of this kind`,
      );
    }
    if (isObject(inputs.awsGlue)) {
      requiredIntegration(cloud, inputs, inputs.awsGlue.providerIntegrationId);
    }
    return { id: newId("tci"), outputs: { suspended: false } };
  },
  update: (cloud, _id, inputs) => void authorized(cloud, inputs),
  delete: (cloud, _id, inputs) => void authorized(cloud, inputs),
};

const roles = ["CloudClusterAdmin", "EnvironmentAdmin", "OrganizationAdmin"];

/** The cluster that the inputs name, for somebody with a key for Tableflow who may administer it. */
function authorized(cloud: Inventory, inputs: Properties): Thing {
  const key = cloud.get(types.apiKey, valueAt(inputs, "credentials.key"));
  const isValid =
    key?.hidden?.secretHash === hashOf(String(valueAt(inputs, "credentials.secret"))) &&
    valueAt(key.properties, "managedResource.apiVersion") === "tableflow/v1";
  if (key === undefined || !isValid) {
    throw new CloudError("401 Unauthorized: the API key is not valid for Tableflow");
  }
  const cluster = required(cloud, types.kafkaCluster, idOf(inputs, "kafkaCluster"), "Kafka cluster");
  const owner = `User:${String(idOf(key.properties, "owner"))}`;
  const binding = cloud.find(
    types.roleBinding,
    ({ principal, roleName, crnPattern }) =>
      principal === owner &&
      roles.includes(String(roleName)) &&
      covers(String(crnPattern), String(cluster.properties.rbacCrn)),
  );
  if (binding === undefined) {
    throw new CloudError(
      `403 Forbidden: ${owner.replace("User:", "")} lacks a role for ${cluster.id}: ${roles.join(", ")}`,
    );
  }
  return cluster;
}

/** Topics as tables. */
export const tableflow: Readonly<Record<string, SimulatedResource>> = {
  [types.tableflowTopic]: tableflowTopic,
  [types.catalogIntegration]: catalogIntegration,
};
