import { csuSizes } from "../../../model/streams.ts";
import { CloudError, type Inventory, type Properties, type Thing } from "../inventory.ts";
import { atLeastOne, matching, notEmpty } from "../rules.ts";
import type { SimulatedResource } from "../simulated.ts";
import { deleteAll, idOf, isAbout, ksqlCluster, moment, newId, registryOf, required, types } from "./common.ts";

/** Starts the server behind a cluster, and stops it. */
export interface KsqlDbHost {
  start(cluster: string): Promise<string>;
  stop(id: string): void;
}

/** Without a host, clusters are only described: nothing answers for them. */
const noHost: KsqlDbHost = {
  start: (cluster) => Promise.resolve(`https://${prefixOf(cluster)}.us-east-1.aws.confluent.cloud:443`),
  stop: () => undefined,
};

const ksql = (host: KsqlDbHost): SimulatedResource => ({
  computed: ["restEndpoint", "topicPrefix", "resourceName", "storage", "apiVersion", "kind"],
  // The API can change the size in place; the provider cannot.
  replacedBy: ["credentialIdentity", "csu", "displayName", "environment", "kafkaCluster", "useDetailedProcessingLog"],
  defaults: { useDetailedProcessingLog: true },
  rules: {
    displayName: notEmpty,
    csu: atLeastOne,
    "kafkaCluster.id": matching(/^lkc-/, "the Kafka cluster ID must be of the form 'lkc-'"),
    "credentialIdentity.id": matching(/^(u-|sa-)/, "the credential identity ID must be of the form 'u-' or 'sa-'"),
  },
  seconds: (operation) =>
    operation === "create" ? ksqlCluster.creation : operation === "delete" ? ksqlCluster.deletion : moment,
  create: (cloud, inputs) => {
    const home = required(cloud, types.environment, idOf(inputs, "environment"), "environment");
    const kafka = required(cloud, types.kafkaCluster, idOf(inputs, "kafkaCluster"), "Kafka cluster");
    const account = required(cloud, types.serviceAccount, idOf(inputs, "credentialIdentity"), "credential identity");
    checkInputs(inputs, kafka);
    checkRegistry(cloud, home, account);
    const id = newId("lksqlc");
    const topicPrefix = prefixOf(id);
    makeInternalTopics(cloud, kafka, topicPrefix);
    return {
      id,
      outputs: {
        topicPrefix,
        resourceName: `${String(kafka.properties.rbacCrn)}/ksql=${id}`,
        storage: 125,
        apiVersion: "ksqldbcm/v2",
        kind: "Cluster",
      },
    };
  },
  started: async ({ id }) => ({ restEndpoint: await host.start(id) }),
  delete: (cloud, id) => {
    host.stop(id);
    deleteAll(cloud, [types.apiKey], (properties) => idOf(properties, "managedResource") === id);
    deleteAll(cloud, [types.roleBinding], ({ crnPattern }) => isAbout(crnPattern, id));
  },
});

/** What the names of a cluster's internal topics start with. */
export function prefixOf(cluster: string): string {
  return cluster.replace("lksqlc", "pksqlc");
}

function checkInputs(inputs: Properties, kafka: Thing): void {
  const name = String(inputs.displayName);
  if (!/^[0-9A-Za-z-][\w-]{0,63}$/.test(name)) {
    throw new CloudError(`400 Bad Request: display_name "${name}" must match ^(?:[0-9A-Za-z\\-])[\\w-]{0,63}$`);
  }
  if (!csuSizes.some((size) => size === inputs.csu)) {
    throw new CloudError(`400 Bad Request: csu ${String(inputs.csu)} is not one of ${csuSizes.join(", ")}`);
  }
  if (kafka.properties.enterprises !== undefined) {
    throw new CloudError("400 Bad Request: ksqlDB is not available on Enterprise clusters");
  }
}

/**
 * The service makes a cluster that never finds a registry which came later, or which its account may not use, and that has
 * to be made again then: the sandbox refuses at once.
 */
function checkRegistry(cloud: Inventory, home: Thing, account: Thing): void {
  const registry = registryOf(home);
  const mayUse = cloud.find(
    types.roleBinding,
    ({ principal, crnPattern }) =>
      registry !== undefined &&
      principal === `User:${account.id}` &&
      String(crnPattern).startsWith(`${registry.crn}/subject=`),
  );
  if (mayUse === undefined) {
    throw new CloudError(
      `${account.id} has no role in a Schema Registry: this ksqlDB cluster would have to be made again once it has one`,
    );
  }
}

/** What a ksqlDB cluster makes for itself, and the service leaves behind (terraform-provider-confluent#401, cli#975). */
function makeInternalTopics(cloud: Inventory, kafka: Thing, prefix: string): void {
  const retentions = { [`${prefix}-processing-log`]: "604800000", [`_confluent-ksql-${prefix}_command_topic`]: "-1" };
  for (const [topicName, retention] of Object.entries(retentions)) {
    const config = { "cleanup.policy": "delete", "retention.ms": retention };
    const properties = { topicName, partitionsCount: 1, config, kafkaCluster: { id: kafka.id } };
    cloud.put({ id: `${kafka.id}/${topicName}`, type: types.kafkaTopic, properties });
  }
}

export function ksqlClusters(host = noHost): Readonly<Record<string, SimulatedResource>> {
  return { [types.ksqlCluster]: ksql(host) };
}
