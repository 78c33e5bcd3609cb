import { types } from "../../sandbox/cloud/aws/common.ts";
import type { Properties } from "../../sandbox/cloud/inventory.ts";
import { makeNetwork, startAws } from "./awsClient.ts";
import type { Made, ProviderClient } from "./providerClient.ts";

let client: ProviderClient;
let namespace: Made;
beforeEach(async () => {
  client = await startAws();
  namespace = await make("namespace", { namespaceName: "demo", dbName: "demo", manageAdminPassword: true });
});
afterEach(() => client.close());

type Kind = keyof typeof types;
const make = (kind: Kind, inputs: Properties) => client.create(types[kind], inputs);
const remove = (kind: Kind, made: Made) => client.delete(types[kind], made);
const group = (changes: Properties = {}): Properties => ({
  workgroupName: "demo",
  namespaceName: "demo",
  baseCapacity: 8,
  ...changes,
});

it("a workgroup has an address, and its namespace stays as long as it", async () => {
  const made = await make("serverlessWorkgroup", group());
  expect(made.properties.endpoints).toEqual([
    { address: "demo.123456789012.eu-central-1.redshift-serverless.amazonaws.com", port: 5439, vpcEndpoints: [] },
  ]);
  await expect(remove("namespace", namespace)).rejects.toThrow(
    "ConflictException: There is a workgroup associated with the namespace demo. Delete it before the namespace.",
  );
  await remove("serverlessWorkgroup", made);
  await remove("namespace", namespace);
  expect(client.cloud.all()).toEqual([]);
});

it("a password that AWS keeps is in a secret of its own, and it is gone with the namespace", () => {
  expect(namespace.properties.adminPasswordSecretArn).toMatch(
    /^arn:aws:secretsmanager:eu-central-1:123456789012:secret:redshift!demo-admin-/,
  );
});

it.each<[what: string, Kind, Properties, refusal: string]>([
  [
    "a namespace in upper case",
    "namespace",
    { namespaceName: "Demo", dbName: "demo" },
    'ValidationException: the name of a namespace has 3 to 64 lower-case letters, digits and hyphens, and "Demo" has others',
  ],
  [
    "a second namespace of a name",
    "namespace",
    { namespaceName: "demo", dbName: "demo" },
    "ConflictException: There is already a namespace with name demo",
  ],
  [
    "a database with a hyphen",
    "namespace",
    { namespaceName: "other", dbName: "my-db" },
    'ValidationException: "my-db" is no name for a database',
  ],
  [
    "a password that is too easy",
    "namespace",
    { namespaceName: "other", dbName: "demo", adminUsername: "admin", adminUserPassword: "password" },
    "ValidationException: the admin password must have 8 to 64 characters",
  ],
  [
    "a workgroup without a namespace",
    "serverlessWorkgroup",
    group({ namespaceName: "none" }),
    "ResourceNotFoundException: The namespace none doesn't exist.",
  ],
  [
    "a size in between",
    "serverlessWorkgroup",
    group({ baseCapacity: 12 }),
    "ValidationException: base capacity 12 is none: 4, or 8 to 512 in steps of 8, or up to 1024 in steps of 32",
  ],
  [
    "a limit below the size",
    "serverlessWorkgroup",
    group({ maxCapacity: 4 }),
    "ValidationException: max capacity 4 is less than the base capacity 8",
  ],
  [
    "Postgres' port",
    "serverlessWorkgroup",
    group({ port: 5432 + 100 }),
    "ValidationException: port 5532 is neither in 5431-5455 nor in 8191-8215",
  ],
  [
    "a subnet that is not there",
    "serverlessWorkgroup",
    group({ subnetIds: ["subnet-one"] }),
    "InvalidSubnetID.NotFound",
  ],
  [
    "a security group that is not there",
    "serverlessWorkgroup",
    group({ securityGroupIds: ["sg-one"] }),
    "InvalidGroup.NotFound",
  ],
])("refuses %s", async (_, kind, inputs, refusal) => {
  await expect(make(kind, inputs)).rejects.toThrow(refusal);
});

it("a namespace has one workgroup", async () => {
  await make("serverlessWorkgroup", group());
  await expect(make("serverlessWorkgroup", group({ workgroupName: "other" }))).rejects.toThrow(
    "ConflictException: the namespace demo has the workgroup demo",
  );
});

it("a workgroup in a network of ours wants three zones, and holds on to them", async () => {
  const { vpc, subnet, group: security } = await makeNetwork(client);
  const place = { subnetIds: [subnet.id], securityGroupIds: [security.id] };
  await expect(make("serverlessWorkgroup", group(place))).rejects.toThrow(
    "ValidationException: subnets in three zones are needed, and these are in 1",
  );
  const others = [];
  for (const [block, zone] of [
    ["10.0.0.128/26", "b"],
    ["10.0.0.192/26", "c"],
  ]) {
    const inputs = { vpcId: vpc.id, cidrBlock: block, availabilityZone: `eu-central-1${String(zone)}` };
    others.push(await make("subnet", inputs));
  }
  const subnetIds = [subnet, ...others].map(({ id }) => id);
  await make("serverlessWorkgroup", group({ ...place, subnetIds }));
  await expect(remove("subnet", subnet)).rejects.toThrow("DependencyViolation");
  await expect(remove("securityGroup", security)).rejects.toThrow("DependencyViolation");
});
