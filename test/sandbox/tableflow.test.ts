import { types as aws } from "../../sandbox/cloud/aws/common.ts";
import { objectsIn } from "../../sandbox/cloud/aws/objects.ts";
import { isObject } from "../../sandbox/cloud/check.ts";
import { Inventory, type Properties } from "../../sandbox/cloud/inventory.ts";
import { startAws } from "./awsClient.ts";
import { binding, credentialsOf, makeAdmin, ProviderClient, tokenOf, type Admin, type Made } from "./providerClient.ts";

const roleArn = "arn:aws:iam::123456789012:role/demo-lake";
let client: ProviderClient;
let awsClient: ProviderClient;
let admin: Admin;
let integration: Made;
let key: Made;

beforeEach(async () => {
  const inventory = new Inventory();
  client = await ProviderClient.start(inventory);
  awsClient = await startAws(inventory);
  admin = await makeAdmin(client, { standard: {} });
  await client.create("kafkaTopic", admin.inCluster({ topicName: "ORDERS" }));
  integration = await client.create("providerIntegration", {
    displayName: "demo-lake",
    environment: { id: admin.environment.id },
    aws: { customerRoleArn: roleArn },
  });
  const { iamRoleArn, externalId } = isObject(integration.properties.aws) ? integration.properties.aws : {};
  const trust = {
    Effect: "Allow",
    Principal: { AWS: iamRoleArn },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "sts:ExternalId": externalId } },
  };
  await awsClient.create(aws.role, {
    name: "demo-lake",
    path: "/",
    assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
  });
  await awsClient.create(aws.bucket, { bucket: "demo-lake", forceDestroy: true });
  key = await client.create("apiKey", keyFor(admin.account));
});
afterEach(() => {
  client.close();
  awsClient.close();
});

const keyFor = (account: Made): Properties => ({
  owner: { id: account.id, apiVersion: "iam/v2", kind: "ServiceAccount" },
  managedResource: {
    id: "tableflow",
    apiVersion: "tableflow/v1",
    kind: "Tableflow",
    environment: { id: admin.environment.id },
  },
});
const inCluster = (inputs: Properties): Properties => ({
  environment: { id: admin.environment.id },
  kafkaCluster: { id: admin.cluster.id },
  credentials: credentialsOf(key),
  ...inputs,
});
const table = (changes: Properties = {}) =>
  inCluster({
    displayName: "ORDERS",
    tableFormats: ["ICEBERG"],
    retentionMs: "604800000",
    byobAws: { bucketName: "demo-lake", providerIntegrationId: integration.id },
    ...changes,
  });
const catalog = (changes: Properties = {}) =>
  inCluster({
    displayName: "lake",
    awsGlue: { providerIntegrationId: integration.id, customDatabase: "demo" },
    ...changes,
  });
const refusedTopic = (reason: string) => new Error(`error creating Tableflow Topic: ${reason}`);

describe("a topic that is a table", () => {
  it("lies in the bucket, whose region the provider tells, and leaves its files there", async () => {
    const made = await client.create("tableflowTopic", table());
    expect(made.properties).toMatchObject({
      byobAws: { bucketRegion: "eu-central-1" },
      tablePath: `s3://demo-lake/${admin.cluster.id}/ORDERS`,
      suspended: false,
    });
    const { inputs } = await client.read("tableflowTopic", made);
    expect((await client.diff("tableflowTopic", inputs, table())).changes).toEqual({});
    await client.delete("tableflowTopic", made);
    expect(objectsIn(awsClient.cloud, "demo-lake")).toHaveLength(1);
  });

  it.each<[what: string, inputs: () => Properties, refusal: () => Error]>([
    [
      "of a topic that is not there",
      () => table({ displayName: "NONE" }),
      () => refusedTopic('404 Not Found: topic "NONE" does not exist'),
    ],
    [
      "in a bucket that is not there",
      () => table({ byobAws: { bucketName: "none", providerIntegrationId: integration.id } }),
      () => refusedTopic('400 Bad Request: bucket "none" does not exist'),
    ],
    [
      "by an integration that is not there",
      () => table({ byobAws: { bucketName: "demo-lake", providerIntegrationId: "cspi-0" } }),
      () => new Error('404 Not Found: provider integration "cspi-0" does not exist'),
    ],
    [
      "with a key for the cluster",
      () => table({ credentials: credentialsOf(admin.kafkaKey) }),
      () => new Error("401 Unauthorized: the API key is not valid for Tableflow"),
    ],
  ])("is refused %s", async (_, inputs, refusal) => {
    const before = JSON.stringify(client.cloud.all());
    await expect(client.create("tableflowTopic", inputs())).rejects.toThrow(refusal());
    expect(JSON.stringify(client.cloud.all())).toBe(before);
  });

  it("is there once", async () => {
    await client.create("tableflowTopic", table());
    await expect(client.create("tableflowTopic", table())).rejects.toThrow(
      refusedTopic('409 Conflict: Tableflow is already on for topic "ORDERS"'),
    );
  });

  it("lies where its cluster is", async () => {
    await awsClient.create(aws.bucket, { bucket: "elsewhere", region: "us-east-1" });
    const byobAws = { bucketName: "elsewhere", providerIntegrationId: integration.id };
    await expect(client.create("tableflowTopic", table({ byobAws }))).rejects.toThrow(
      refusedTopic('400 Bad Request: bucket "elsewhere" is in us-east-1, and the cluster in eu-central-1'),
    );
  });

  it("is made by somebody who may administer the cluster", async () => {
    const stranger = await client.create("serviceAccount", { displayName: "stranger" });
    const own = await client.create("apiKey", keyFor(stranger));
    const inputs = table({ credentials: credentialsOf(own) });
    await expect(client.create("tableflowTopic", inputs)).rejects.toThrow(
      new Error(
        `403 Forbidden: ${stranger.id} lacks a role for ${admin.cluster.id}: CloudClusterAdmin, EnvironmentAdmin, OrganizationAdmin`,
      ),
    );
    await client.create("roleBinding", binding(stranger, "CloudClusterAdmin", admin.crn.cluster));
    await expect(client.create("tableflowTopic", inputs)).resolves.toBeDefined();
  });

  it("needs a role that lets Confluent in", async () => {
    await awsClient.delete(aws.role, { id: "demo-lake", properties: {} });
    await expect(client.create("tableflowTopic", table())).rejects.toThrow(
      /^400 Bad Request: AccessDenied: User: arn:aws:iam::\d{12}:role\/\S+ is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role\/demo-lake$/,
    );
  });

  it("keeps what it is called inside, whatever the program says", async () => {
    const made = await client.create("tableflowTopic", table());
    await client.update("tableflowTopic", made, table({ retentionMs: "86400000" }));
    await expect(
      client.update("tableflowTopic", made, table({ metadataColumnNamingScheme: "PORTABLE" })),
    ).rejects.toThrow(
      new Error(
        `error updating Tableflow Topic "${made.id}": "metadataColumnNamingScheme" cannot be updated for Tableflow Topic`,
      ),
    );
  });
});

describe("a catalog", () => {
  it("is there once for a cluster, and its integration stays as long as it", async () => {
    const made = await client.create("catalogIntegration", catalog());
    await expect(client.create("catalogIntegration", catalog({ displayName: "other" }))).rejects.toThrow(
      new Error(
        `error creating Catalog Integration: 409 Conflict: cluster "${admin.cluster.id}" has catalog integration "${made.id}" of this kind`,
      ),
    );
    await expect(client.delete("providerIntegration", integration)).rejects.toThrow(
      `409 Conflict: the provider integration is in use by ${made.id}`,
    );
    await client.delete("catalogIntegration", made);
    await client.delete("providerIntegration", integration);
  });

  it("is made anew for another integration, and changed in place for another database", async () => {
    const other = { providerIntegrationId: "cspi-0", customDatabase: "demo" };
    const moved = await client.diff("catalogIntegration", catalog(), catalog({ awsGlue: other }));
    expect(moved.changes).toEqual({ "awsGlue.providerIntegrationId": "UPDATE_REPLACE" });
    const renamed = { providerIntegrationId: integration.id, customDatabase: "other" };
    const changed = await client.diff("catalogIntegration", catalog(), catalog({ awsGlue: renamed }));
    expect(changed.changes).toEqual({ "awsGlue.customDatabase": "UPDATE" });
  });
});

it("all of it goes with its cluster", async () => {
  await client.create("tableflowTopic", table());
  await client.create("catalogIntegration", catalog());
  await client.delete("kafkaCluster", admin.cluster);
  expect(["tableflowTopic", "catalogIntegration"].flatMap((kind) => client.cloud.all(tokenOf(kind)))).toEqual([]);
});

it("a role for an integration needs one that is there, and goes with it", async () => {
  const crn = (id: string) => `${admin.crn.environment}/provider-integration=${id}`;
  await expect(client.create("roleBinding", binding(admin.account, "Assigner", crn("cspi-0")))).rejects.toThrow(
    '404 Not Found: provider integration "cspi-0" does not exist',
  );
  const made = await client.create("roleBinding", binding(admin.account, "Assigner", crn(integration.id)));
  await client.delete("providerIntegration", integration);
  expect(client.cloud.get(tokenOf("roleBinding"), made.id)).toBeUndefined();
});
