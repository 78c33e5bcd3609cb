import { createHash, randomBytes } from "node:crypto";
import { isObject } from "../check.ts";
import { CloudError, type Inventory, type Properties, type Thing } from "../inventory.ts";

const token = (module: string) =>
  `confluentcloud:index/${module}:${module.charAt(0).toUpperCase()}${module.slice(1)}` as const;

/** Type tokens. */
export const types = {
  environment: token("environment"),
  kafkaCluster: token("kafkaCluster"),
  serviceAccount: token("serviceAccount"),
  roleBinding: token("roleBinding"),
  apiKey: token("apiKey"),
  kafkaTopic: token("kafkaTopic"),
  kafkaAcl: token("kafkaAcl"),
  subjectConfig: token("subjectConfig"),
  schemaRegistryClusterConfig: token("schemaRegistryClusterConfig"),
  connector: token("connector"),
  ksqlCluster: token("ksqlCluster"),
  providerIntegration: token("providerIntegration"),
  tableflowTopic: token("tableflowTopic"),
  catalogIntegration: token("catalogIntegration"),
};

/** Seconds that nothing but the API's own answer takes. */
export const moment = 2;
/** The provider's fixed waits (its source, 2026-08). */
export const waits = { roleBinding: 90, registryOrFlinkKey: 60, ksqlDbKey: 300, topicOrAcl: 10, registrySetting: 10 };
/** What the service takes; minutes for shared clusters and 25 for dedicated ones are from its documentation, the rest is an assumption. */
export const assumed = { sharedCluster: 300, dedicatedCluster: 1500, clusterDeletion: 60, keyUsable: 30 };
/** A ksqlDB cluster as a user of the provider counted it (terraform-provider-confluent#3): nine and a half minutes. */
export const ksqlCluster = { creation: 570, deletion: 60 };

export interface Registry {
  readonly id: string;
  readonly crn: string;
  readonly restEndpoint: string;
  readonly cloud: string;
  readonly region: string;
}

/** Confluent makes an environment's Schema Registry with its first cluster, where that is, and keeps it until the environment goes. */
export function makeRegistry(cloud: Inventory, environment: Thing, cluster: Properties): void {
  if (environment.hidden?.registry === undefined) {
    const id = environment.id.replace("env", "lsrc");
    const region = String(cluster.region);
    const registry: Registry = {
      id,
      crn: `${String(environment.properties.resourceName)}/schema-registry=${id}`,
      restEndpoint: `https://${id.replace("lsrc", "psrc")}.${region}.confluent.cloud`,
      cloud: String(cluster.cloud),
      region,
    };
    cloud.put({ ...environment, hidden: { ...environment.hidden, registry } });
  }
}

export function registryOf(environment: Thing | undefined): Registry | undefined {
  return environment?.hidden?.registry as Registry | undefined;
}

export function findRegistry(cloud: Inventory, id: string | undefined): Registry | undefined {
  return cloud
    .all(types.environment)
    .map(registryOf)
    .find((registry) => registry !== undefined && registry.id === id);
}

/** Whether a role on the pattern holds for the resource: it is the same, it is above, or it matches with `*`. */
export function covers(pattern: string, crn: string): boolean {
  return pattern.endsWith("*") ? crn.startsWith(pattern.slice(0, -1)) : `${crn}/`.startsWith(`${pattern}/`);
}

/** Whether a resource name is about the thing: `…/cloud-cluster=lkc-1/topic=a` is about `lkc-1`. */
export function isAbout(crn: unknown, id: string): boolean {
  return String(crn)
    .split("/")
    .some((part) => part.endsWith(`=${id}`));
}

export function required(cloud: Inventory, of: string, id: string | undefined, role: string): Thing {
  const thing = cloud.get(of, id);
  if (thing === undefined) {
    throw new CloudError(`404 Not Found: ${role} "${String(id)}" does not exist`);
  }
  return thing;
}

/** Environments and accounts are unique in the organization; clusters may share a name. */
export function unusedName(cloud: Inventory, of: string, inputs: Properties, title: string, self?: string): void {
  const name = inputs.displayName;
  if (cloud.find(of, (properties, id) => properties.displayName === name && id !== self) !== undefined) {
    throw new CloudError(`409 Conflict: ${title} "${String(name)}" is already in use`);
  }
}

export function deleteAll(cloud: Inventory, of: readonly string[], goes: (properties: Properties) => boolean): void {
  for (const thing of of.flatMap((type) => cloud.all(type)).filter(({ properties }) => goes(properties))) {
    cloud.delete(thing.type, thing.id);
  }
}

/** The id in a block such as `kafkaCluster: { id }`. */
export function idOf(properties: Properties, block: string): string | undefined {
  const value = properties[block];
  return isObject(value) && typeof value.id === "string" ? value.id : undefined;
}

export function newId(prefix: string): string {
  return `${prefix}-${randomBytes(5).toString("hex")}`;
}

export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
