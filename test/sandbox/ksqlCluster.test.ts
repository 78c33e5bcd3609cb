import type { Properties } from "../../sandbox/cloud/inventory.ts";
import { binding, keyOf, makeAdmin, ProviderClient, tokenOf, type Admin, type Made } from "./providerClient.ts";

let client: ProviderClient;
let admin: Admin;
beforeEach(async () => {
  client = await ProviderClient.start();
  admin = await makeAdmin(client);
});
afterEach(() => client.close());

const inputsOf = ({ environment, cluster, account }: Admin, change: Properties = {}): Properties => ({
  displayName: "demo-ksqldb",
  csu: 1,
  environment: { id: environment.id },
  kafkaCluster: { id: cluster.id },
  credentialIdentity: { id: account.id },
  ...change,
});
const make = (change: Properties = {}, owner = admin): Promise<Made> =>
  client.create("ksqlCluster", inputsOf(owner, change));
const topicNames = () => client.cloud.all(tokenOf("kafkaTopic")).map(({ properties }) => properties.topicName);

it("a ksqlDB cluster has the outputs that the rest of a stack is made of", async () => {
  const { id, properties } = await make();
  const prefix = id.replace("lksqlc", "pksqlc");
  expect(properties).toMatchObject({
    topicPrefix: prefix,
    restEndpoint: `https://${prefix}.us-east-1.aws.confluent.cloud:443`,
    resourceName: `${admin.crn.cluster}/ksql=${id}`,
    apiVersion: "ksqldbcm/v2",
    kind: "Cluster",
  });
});

it.each<[what: string, Properties, message: string]>([
  ["a size in between", { csu: 3 }, "400 Bad Request: csu 3 is not one of 1, 2, 4, 8, 12"],
  [
    "a name with a dot",
    { displayName: "demo.ksqldb" },
    '400 Bad Request: display_name "demo.ksqldb" must match ^(?:[0-9A-Za-z\\-])[\\w-]{0,63}$',
  ],
  ["an unknown environment", { environment: { id: "env-0" } }, '404 Not Found: environment "env-0" does not exist'],
  ["an unknown cluster", { kafkaCluster: { id: "lkc-0" } }, '404 Not Found: Kafka cluster "lkc-0" does not exist'],
  [
    "an unknown account",
    { credentialIdentity: { id: "sa-0" } },
    '404 Not Found: credential identity "sa-0" does not exist',
  ],
])("%s is refused", async (_, change, message) => {
  await expect(make(change)).rejects.toThrow(message);
  expect(client.cloud.all(tokenOf("ksqlCluster"))).toEqual([]);
});

it("there is none on an enterprise cluster", async () => {
  const other = await makeAdmin(client, { enterprises: [{}] }, "other");
  await expect(make({}, other)).rejects.toThrow("400 Bad Request: ksqlDB is not available on Enterprise clusters");
});

it("comes after Schema Registry and its account's role in it", async () => {
  const account = await client.create("serviceAccount", { displayName: "ksqldb" });
  const early = make({ credentialIdentity: { id: account.id } });
  await expect(early).rejects.toThrow(`${account.id} has no role in a Schema Registry: `);
  await client.create("roleBinding", binding(account, "ResourceOwner", `${admin.crn.registry}/subject=ORDERS-*`));
  await make({ credentialIdentity: { id: account.id } });
});

it("makes topics for itself, which stay when it goes, and takes its keys and roles along", async () => {
  const made = await make();
  const prefix = String(made.properties.topicPrefix);
  const key = await client.create("apiKey", keyOf(admin.account, made.id, "ksqldbcm/v2"));
  const role = await client.create(
    "roleBinding",
    binding(admin.account, "KsqlAdmin", String(made.properties.resourceName)),
  );
  const internal = [`${prefix}-processing-log`, `_confluent-ksql-${prefix}_command_topic`];
  expect(topicNames()).toEqual(internal);
  await client.delete("ksqlCluster", made);
  expect(topicNames()).toEqual(internal);
  expect(client.cloud.get(tokenOf("apiKey"), key.id)).toBeUndefined();
  expect(client.cloud.get(tokenOf("roleBinding"), role.id)).toBeUndefined();
});

it("keeps its Kafka cluster from being deleted", async () => {
  const made = await make();
  const destroy = () => client.delete("kafkaCluster", admin.cluster);
  await expect(destroy()).rejects.toThrow("409 Conflict: Cannot delete Kafka cluster with associated ksqlDB clusters");
  await client.delete("ksqlCluster", made);
  await destroy();
  expect(topicNames()).toEqual([]);
});

it("takes nine and a half minutes to make, and a key for it five where somebody waits", async () => {
  const before = client.provider.done.length;
  const made = await make();
  await client.create("apiKey", keyOf(admin.account, made.id, "ksqldbcm/v2"));
  await client.create("apiKey", { ...keyOf(admin.account, made.id, "ksqldbcm/v2"), disableWaitForReady: true });
  await client.delete("ksqlCluster", made);
  expect(client.provider.done.slice(before).map(({ seconds }) => seconds)).toEqual([570, 300, 2, 60]);
});
