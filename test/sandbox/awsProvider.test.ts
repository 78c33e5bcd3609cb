import { aws } from "../../sandbox/cloud/aws.ts";
import { types } from "../../sandbox/cloud/aws/common.ts";
import type { Properties } from "../../sandbox/cloud/inventory.ts";
import { SdkSchema } from "../../sandbox/cloud/schema.ts";
import {
  base64,
  bucketPolicy,
  historyTable,
  makeGroup,
  makeNetwork,
  policy,
  region,
  startAws,
  trustPolicy,
} from "./awsClient.ts";
import type { ProviderClient } from "./providerClient.ts";

/** The engine's sign for a value that is not known yet. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const network = { region: "eu-central-1", vpcId: "vpc-11111111" };
const rule = { securityGroupId: "sg-11111111", ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" };

/** For each type that is simulated, inputs that are right. */
const right: Record<keyof typeof types, Properties> = {
  vpc: { cidrBlock: "10.0.0.0/24", enableDnsSupport: true },
  subnet: { ...network, cidrBlock: "10.0.0.0/25" },
  internetGateway: network,
  routeTable: network,
  route: { routeTableId: "rtb-11111111", destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-11111111" },
  routeTableAssociation: { routeTableId: "rtb-11111111", subnetId: "subnet-11111111" },
  securityGroup: { ...network, name: "workers", description: "d", revokeRulesOnDelete: false },
  ingressRule: rule,
  egressRule: rule,
  launchTemplate: {
    name: "workers",
    imageId: "ami-1",
    instanceType: "m7g.large",
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeType: "gp3", encrypted: "true" } }],
  },
  instance: { ami: "ami-1", instanceType: "m7g.large", subnetId: "subnet-11111111" },
  group: {
    name: "workers",
    minSize: 1,
    maxSize: 2,
    vpcZoneIdentifiers: ["subnet-11111111"],
    launchTemplate: { id: "lt-11111111", version: "1" },
    instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 200 } },
    waitForCapacityTimeout: "10m",
  },
  role: { name: "workers", assumeRolePolicy: trustPolicy, path: "/", maxSessionDuration: 3600 },
  rolePolicy: { name: "workers", role: "workers", policy },
  rolePolicyAttachment: { role: "workers", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
  instanceProfile: { name: "workers", role: "workers", path: "/" },
  secret: { name: "workers", recoveryWindowInDays: 0 },
  secretVersion: { secretId: "arn:aws:secretsmanager:eu-central-1:1:secret:a", secretString: "hush" },
  logGroup: { name: "workers", retentionInDays: 7 },
  repository: { name: "demo/connect", imageTagMutability: "IMMUTABLE" },
  lifecyclePolicy: { repository: "demo/connect", policy: '{"rules":[]}' },
  document: { name: "reconcile", documentType: "Command", documentFormat: "JSON", content: "{}" },
  parameter: { name: "/demo/a", type: "String", value: "a" },
  policy: { name: "analysts", path: "/", policy },
  userPolicyAttachment: { user: "ann", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
  groupPolicyAttachment: { group: "analysts", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
  bucket: { bucket: "demo-lake", forceDestroy: true },
  bucketEncryption: {
    bucket: "demo-lake",
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" }, bucketKeyEnabled: true }],
  },
  bucketLifecycle: {
    bucket: "demo-lake",
    rules: [
      { id: "uploads", status: "Enabled", filter: {}, abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } },
      {
        id: "tiers",
        status: "Enabled",
        filter: { prefix: "topics/" },
        transitions: [{ days: 30, storageClass: "STANDARD_IA" }],
        expiration: { days: 365 },
      },
    ],
  },
  bucketOwnership: { bucket: "demo-lake", rule: { objectOwnership: "BucketOwnerEnforced" } },
  bucketPolicy: { bucket: "demo-lake", policy: bucketPolicy },
  bucketPublicAccess: { bucket: "demo-lake", blockPublicAcls: true, blockPublicPolicy: true },
  bucketVersioning: { bucket: "demo-lake", versioningConfiguration: { status: "Enabled" } },
  catalogDatabase: { name: "demo" },
  catalogTable: historyTable,
  workgroup: {
    name: "demo",
    forceDestroy: true,
    state: "ENABLED",
    configuration: {
      enforceWorkgroupConfiguration: true,
      bytesScannedCutoffPerQuery: 10_485_760,
      engineVersion: { selectedEngineVersion: "Athena engine version 3" },
      managedQueryResultsConfiguration: { enabled: true },
    },
  },
  namedQuery: { name: "orders", database: "demo", query: "SELECT 1", workgroup: "demo" },
  preparedStatement: { name: "orders_of_day", workgroup: "demo", queryStatement: "SELECT ?" },
  namespace: { namespaceName: "demo", dbName: "demo", manageAdminPassword: true },
  serverlessWorkgroup: { workgroupName: "demo", namespaceName: "demo", baseCapacity: 8, publiclyAccessible: false },
};

type Kind = keyof typeof types;
const kinds = Object.keys(right) as Kind[];
const schema = new SdkSchema(aws.sdk);

let client: ProviderClient;
beforeEach(async () => {
  client = await startAws();
});
afterEach(() => client.close());

it("has right inputs here for every type that is simulated", async () => {
  expect(Object.values(types).sort()).toEqual(Object.keys(aws.resources).sort());
  for (const kind of kinds) {
    const { inputs, failures } = await client.check(types[kind], right[kind]);
    expect([kind, failures]).toEqual([kind, []]);
    expect(inputs).toMatchObject(right[kind]);
  }
});

describe("refuses at preview what the real provider refuses", () => {
  const noneOf = (legal: string, got: string) => `to be one of [${legal}], got ${got}`;

  it.each<[Kind, Properties, Record<string, string>]>([
    ["vpc", { cidr: "10.0.0.0/24" }, { cidr: "Invalid or unknown key" }],
    ["vpc", { cidrBlock: "10.0.0.0/8" }, { cidrBlock: "between 16 and 28 significant bits" }],
    ["vpc", { cidrBlock: "10.0.0.1/24" }, { cidrBlock: "between 16 and 28 significant bits" }],
    ["vpc", { cidrBlock: undefined }, { cidrBlock: "one of `cidrBlock,ipv4IpamPoolId` must be specified" }],
    ["subnet", { vpcId: undefined }, { vpcId: "Missing required argument" }],
    ["subnet", { cidrBlock: "10.0.0.9/25" }, { cidrBlock: "not a valid IPv4 CIDR block" }],
    ["route", { destinationCidrBlock: "0.0.0.0" }, { destinationCidrBlock: "not a valid IPv4 CIDR block" }],
    ["route", { gatewayId: undefined }, { carrierGatewayId: "one of" }],
    ["route", { natGatewayId: "nat-1" }, { carrierGatewayId: "only one of" }],
    ["routeTableAssociation", { gatewayId: "igw-1" }, { subnetId: "only one of `subnetId,gatewayId`" }],
    ["securityGroup", { name: "sg-workers" }, { name: "cannot begin with sg-" }],
    ["securityGroup", { description: "a'b" }, { description: "restrictions on characters" }],
    ["securityGroup", { namePrefix: "workers" }, { name: "conflicts with namePrefix" }],
    ["ingressRule", { fromPort: 70_000 }, { fromPort: "in the range (-1 - 65535), got 70000" }],
    ["ingressRule", { cidrIpv4: "10.0.0.1/8" }, { cidrIpv4: "not a valid IPv4 CIDR block" }],
    ["ingressRule", { cidrIpv4: undefined }, { cidrIpv4: "one of" }],
    ["egressRule", { referencedSecurityGroupId: "sg-1" }, { cidrIpv4: "only one of" }],
    [
      "launchTemplate",
      { metadataOptions: { httpTokens: "requird" } },
      { "metadataOptions.httpTokens": noneOf('"optional" "required"', "requird") },
    ],
    [
      "launchTemplate",
      { metadataOptions: { httpPutResponseHopLimit: 65 } },
      { "metadataOptions.httpPutResponseHopLimit": "in the range (1 - 64), got 65" },
    ],
    ["launchTemplate", { name: "a b c" }, { name: "must match" }],
    ["launchTemplate", { defaultVersion: 1, updateDefaultVersion: true }, { defaultVersion: "conflicts with" }],
    ["launchTemplate", { iamInstanceProfile: { arn: "arn:aws:iam::1:a", name: "a" } }, { arn: "conflicts with name" }],
    [
      "launchTemplate",
      { blockDeviceMappings: [{ ebs: { volumeType: "gp4" } }] },
      { "blockDeviceMappings[0].ebs.volumeType": "to be one of" },
    ],
    ["instance", { ami: undefined }, { ami: "are required without" }],
    ["instance", { userData: "a", userDataBase64: "YQ==" }, { userData: "conflicts with userDataBase64" }],
    ["group", { launchTemplate: undefined }, { launchTemplate: "one of" }],
    ["group", { availabilityZones: ["eu-central-1a"] }, { availabilityZones: "conflicts with vpcZoneIdentifiers" }],
    ["group", { instanceRefresh: { strategy: "rolling" } }, { "instanceRefresh.strategy": "to be one of" }],
    [
      "group",
      { instanceRefresh: { strategy: "Rolling", preferences: { maxHealthyPercentage: 90 } } },
      { "instanceRefresh.preferences.maxHealthyPercentage": "in the range (100 - 200), got 90" },
    ],
    ["group", { launchTemplate: { id: "workers" } }, { "launchTemplate.id": "must begin with 'lt-'" }],
    ["group", { waitForCapacityTimeout: "10" }, { waitForCapacityTimeout: "cannot be parsed as a duration" }],
    ["role", { name: "a".repeat(65) }, { name: "in the range (1 - 64)" }],
    ["role", { name: "a/b" }, { name: "must only contain alphanumeric" }],
    ["role", { assumeRolePolicy: "{" }, { assumeRolePolicy: "contains an invalid JSON" }],
    ["role", { maxSessionDuration: 60 }, { maxSessionDuration: "in the range (3600 - 43200)" }],
    ["rolePolicy", { policy: "[]" }, { policy: "not a JSON object" }],
    ["rolePolicyAttachment", { policyArn: "ReadOnlyAccess" }, { policyArn: "is an invalid ARN" }],
    ["secret", { recoveryWindowInDays: 3 }, { recoveryWindowInDays: "(7 - 30) or to be 0, got 3" }],
    ["secret", { name: "a b" }, { name: "must contain only alphanumeric" }],
    ["secretVersion", { secretBinary: "YQ==" }, { secretString: "conflicts with secretBinary" }],
    ["secretVersion", { secretString: undefined, secretStringWo: "hush" }, { secretStringWo: "together" }],
    ["logGroup", { retentionInDays: 8 }, { retentionInDays: "to be one of [0 1 3 5 7" }],
    ["logGroup", { name: "a b" }, { name: "must contain only alphanumeric" }],
    ["logGroup", { logGroupClass: "standard" }, { logGroupClass: "to be one of" }],
    ["repository", { imageTagMutability: "immutable" }, { imageTagMutability: "to be one of" }],
    ["document", { documentType: "Script" }, { documentType: "to be one of" }],
    ["document", { name: "a b" }, { name: "must contain only alphanumeric" }],
    ["document", { targetType: "AWS::EC2::Instance" }, { targetType: "must contain a forward slash" }],
    ["policy", { policy: "[]" }, { policy: "not a JSON object" }],
    ["policy", { namePrefix: "a" }, { name: "conflicts with namePrefix" }],
    ["userPolicyAttachment", { policyArn: "ReadOnly" }, { policyArn: "is an invalid ARN" }],
    ["bucket", { bucket: "a".repeat(64) }, { bucket: "in the range (0 - 63)" }],
    ["bucket", { bucketPrefix: "a" }, { bucket: "conflicts with bucketPrefix" }],
    [
      "bucketEncryption",
      { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "SSE-S3" } }] },
      { "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm": "to be one of" },
    ],
    ["bucketLifecycle", { rules: [{ id: "", status: "Enabled" }] }, { "rules[0].id": "in the range (1 - 255)" }],
    ["bucketLifecycle", { rules: [{ id: "a", status: "On" }] }, { "rules[0].status": "to be one of" }],
    [
      "bucketLifecycle",
      { rules: [{ id: "a", status: "Enabled", transitions: [{ days: 30, storageClass: "COLD" }] }] },
      { "rules[0].transitions[0].storageClass": "to be one of" },
    ],
    [
      "bucketLifecycle",
      { rules: [{ id: "a", status: "Enabled", transitions: [{ storageClass: "GLACIER" }] }] },
      { "rules[0].transitions[0]": "Exactly one of these attributes must be configured: [date,days]" },
    ],
    ["bucketOwnership", { rule: { objectOwnership: "Enforced" } }, { "rule.objectOwnership": "to be one of" }],
    ["bucketPolicy", { policy: "{" }, { policy: "contains an invalid JSON policy" }],
    [
      "bucketVersioning",
      { versioningConfiguration: { status: "On" } },
      { "versioningConfiguration.status": "to be one of" },
    ],
    ["catalogDatabase", { name: "Demo" }, { name: "uppercase characters cannot be used" }],
    ["catalogTable", { name: "ORDERS" }, { name: "uppercase characters cannot be used" }],
    [
      "catalogTable",
      { partitionKeys: [{ name: "", type: "string" }] },
      { "partitionKeys[0].name": "in the range (1 - 255)" },
    ],
    [
      "catalogTable",
      { storageDescriptor: { columns: [{ name: "a", comment: "a".repeat(256) }] } },
      { "storageDescriptor.columns[0].comment": "in the range (0 - 255)" },
    ],
    ["workgroup", { name: "a b" }, { name: "must contain only alphanumeric" }],
    [
      "workgroup",
      { configuration: { bytesScannedCutoffPerQuery: 1_000_000 } },
      { "configuration.bytesScannedCutoffPerQuery": "to be at least (10485760), got 1000000" },
    ],
    [
      "workgroup",
      {
        configuration: {
          managedQueryResultsConfiguration: { enabled: true },
          resultConfiguration: { outputLocation: "s3://demo/" },
        },
      },
      { "configuration.resultConfiguration.outputLocation": "cannot be specified when" },
    ],
    ["preparedStatement", { name: "orders-of-day" }, { name: "letters, digits, _, @ and : only" }],
    ["preparedStatement", { description: "" }, { description: "in the range (1 - 1024)" }],
    [
      "namespace",
      { adminUserPassword: "hush" },
      { adminUserPassword: "The admin_user_password cannot be provided if manage_admin_password is true." },
    ],
    [
      "namespace",
      { manageAdminPassword: false, adminUsername: "admin" },
      { adminUserPassword: "You must specify admin_user_name if you provide an admin user password." },
    ],
    [
      "namespace",
      { manageAdminPassword: false, adminUserPasswordWo: "hush" },
      { adminUserPasswordWo: "must be specified together" },
    ],
    [
      "namespace",
      { defaultIamRoleArn: "arn:aws:iam::123456789012:role/a" },
      { defaultIamRoleArn: "The default_iam_role_arn must be in the list of iam_roles." },
    ],
    ["namespace", { kmsKeyId: "AWS_OWNED_KMS_KEY" }, { kmsKeyId: "The provided value cannot be parsed as an ARN." }],
    [
      "serverlessWorkgroup",
      { configParameters: [{ parameterKey: "timezone", parameterValue: "UTC" }] },
      { "configParameters[0].parameterKey": "expected parameter_key to be one of" },
    ],
    ["parameter", { type: "Secret" }, { type: "to be one of" }],
    ["parameter", { value: undefined }, { value: "must be specified" }],
  ])("%s: %j", async (kind, change, problems) => {
    const { failures } = await client.check(types[kind], { ...right[kind], ...change });
    const expected = Object.entries(problems).map(
      ([at, problem]) => new RegExp(`${escaped(problem)}.*Examine values at 'it\\.${escaped(at)}'\\.$`),
    );
    expect(failures).toHaveLength(expected.length);
    expected.forEach((pattern, index) => expect(failures[index]).toMatch(pattern));
  });

  it("lets through what is not known yet", async () => {
    const values = { cidrBlock: unknown, vpcId: unknown };
    expect((await client.check(types.subnet, values)).failures).toEqual([]);
    const { failures } = await client.check(types.group, { ...right.group, launchTemplate: { id: unknown } });
    expect(failures).toEqual([]);
  });

  it("takes enumerations, resources' ids and policies as text", async () => {
    const document = { Version: "2012-10-17", Statement: [] };
    const { inputs } = await client.check(types.role, { ...right.role, assumeRolePolicy: document });
    expect(JSON.parse(String(inputs.assumeRolePolicy))).toEqual(document);
    expect(schema.inputs(types.rolePolicy).get("role")?.shape).toEqual({ kind: "string" });
    expect(schema.inputs(types.instance).get("instanceType")?.shape).toEqual({ kind: "string" });
    expect(schema.inputs(types.group).get("enabledMetrics")?.shape).toEqual({ kind: "list", of: { kind: "string" } });
  });

  it("needs a region", async () => {
    expect(await client.checkConfig({})).toEqual([expect.stringMatching(/^region: Missing region configuration/)]);
    expect(await client.checkConfig({ region })).toEqual([]);
    expect(await client.checkConfig({ region: unknown })).toEqual([]);
  });
});

describe("diffs", () => {
  const regional = (...inputs: string[]) => [...inputs, "region"].sort();
  const named = (...inputs: string[]) => ["name", "namePrefix", ...inputs].sort();
  const replacedBy: Partial<Record<Kind, string[]>> = {
    vpc: regional("cidrBlock", "ipv4IpamPoolId"),
    subnet: regional("availabilityZone", "availabilityZoneId", "cidrBlock", "vpcId"),
    internetGateway: regional(),
    routeTable: regional("vpcId"),
    route: regional("destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId", "routeTableId"),
    routeTableAssociation: regional("gatewayId", "subnetId"),
    securityGroup: regional(...named("description", "vpcId")),
    ingressRule: regional("securityGroupId"),
    egressRule: regional("securityGroupId"),
    launchTemplate: regional(...named()),
    group: regional(...named("initialLifecycleHooks")),
    role: named("path"),
    rolePolicy: named("role"),
    rolePolicyAttachment: ["policyArn", "role"],
    instanceProfile: named("path"),
    secret: regional(...named("type")),
    secretVersion: regional("secretBinary", "secretId", "secretString", "secretStringWoVersion"),
    logGroup: regional(...named("logGroupClass")),
    repository: regional("encryptionConfigurations", "name"),
    lifecyclePolicy: regional("policy", "repository"),
    document: regional("documentType", "name"),
    parameter: regional("dataType", "name"),
    policy: named("description", "path"),
    userPolicyAttachment: ["policyArn", "user"],
    groupPolicyAttachment: ["group", "policyArn"],
    bucket: regional("bucket", "bucketNamespace", "bucketPrefix", "objectLockEnabled"),
    bucketEncryption: regional("bucket", "expectedBucketOwner"),
    bucketLifecycle: regional("bucket", "expectedBucketOwner"),
    bucketOwnership: regional("bucket"),
    bucketPolicy: regional("bucket"),
    bucketPublicAccess: regional("bucket"),
    bucketVersioning: regional("bucket", "expectedBucketOwner"),
    catalogDatabase: regional("catalogId", "name", "targetDatabase"),
    catalogTable: regional("catalogId", "databaseName", "name", "partitionIndices", "targetTable"),
    workgroup: regional("name"),
    namedQuery: regional("database", "description", "name", "query", "workgroup"),
    preparedStatement: regional("name", "workgroup"),
    namespace: regional("dbName", "namespaceName"),
    serverlessWorkgroup: regional("namespaceName", "workgroupName"),
  };

  it.each(Object.keys(replacedBy) as Kind[])("%s: these inputs replace it, and no other", async (kind) => {
    const replacing: string[] = [];
    for (const input of schema.inputs(types[kind]).keys()) {
      const before = { ...right[kind], [input]: "before" };
      replacing.push(...(await client.diff(types[kind], before, { ...before, [input]: "after" })).replaces);
    }
    expect(replacing.sort()).toEqual(replacedBy[kind]);
  });

  it.each<[what: string, Kind, Properties, Properties, Record<string, string>]>([
    [
      "the order of subnets is none",
      "group",
      { vpcZoneIdentifiers: ["subnet-1", "subnet-2"] },
      { vpcZoneIdentifiers: ["subnet-2", "subnet-1"] },
      {},
    ],
    ["a policy in other words", "rolePolicy", { policy: '{"a":1,"b":[2]}' }, { policy: '{ "b": [2], "a": 1 }' }, {}],
    ["a tier that the service chooses", "parameter", { tier: "Standard" }, { tier: "Intelligent-Tiering" }, {}],
    ["a tier that costs", "parameter", { tier: "Standard" }, { tier: "Advanced" }, { tier: "UPDATE" }],
    ["a tier that costs no more", "parameter", { tier: "Advanced" }, { tier: "Standard" }, { tier: "UPDATE_REPLACE" }],
    ["another policy", "rolePolicy", { policy: '{"a":1}' }, { policy: '{"a":2}' }, { policy: "UPDATE" }],
    ["a write-only secret", "secretVersion", { secretStringWo: "a" }, { secretStringWo: "b" }, {}],
    [
      "a number of a version",
      "group",
      {},
      { launchTemplate: { id: "lt-11111111", version: "2" } },
      { "launchTemplate.version": "UPDATE" },
    ],
    [
      "another kind of peer",
      "ingressRule",
      {},
      { cidrIpv4: undefined, referencedSecurityGroupId: "sg-1" },
      { cidrIpv4: "DELETE_REPLACE", referencedSecurityGroupId: "ADD_REPLACE" },
    ],
    ["another address", "ingressRule", {}, { cidrIpv4: "10.0.0.0/8" }, { cidrIpv4: "UPDATE" }],
    ["the type of an instance", "instance", {}, { instanceType: "m7g.xlarge" }, { instanceType: "UPDATE" }],
    ["the image of an instance", "instance", {}, { ami: "ami-2" }, { ami: "UPDATE_REPLACE" }],
    ["user data", "instance", { userData: "a" }, { userData: "b" }, { userData: "UPDATE" }],
    [
      "user data, with a restart from nothing",
      "instance",
      { userData: "a", userDataReplaceOnChange: true },
      { userData: "b", userDataReplaceOnChange: true },
      { userData: "UPDATE_REPLACE" },
    ],
  ])("%s", async (_, kind, before, after, changes) => {
    const diff = await client.diff(types[kind], { ...right[kind], ...before }, { ...right[kind], ...after });
    expect(diff.changes).toEqual(changes);
  });
});

describe("generated names", () => {
  const inputs = { assumeRolePolicy: trustPolicy };
  const nameOf = async (before?: Properties) => (await client.check(types.role, inputs, "it", before)).inputs.name;

  it("end in seven digits, stay, and are others for what replaces", async () => {
    const name = await nameOf();
    expect(name).toMatch(/^it-[0-9a-f]{7}$/);
    await client.create(types.role, { ...inputs, name, path: "/" });
    expect(await nameOf({ name })).toBe(name);
    const next = await nameOf();
    expect(next).toMatch(/^it-[0-9a-f]{7}$/);
    expect(next).not.toBe(name);
    await expect(client.create(types.role, { ...inputs, name: next, path: "/" })).resolves.toBeDefined();
  });

  it("let the old one go last, unlike given ones", async () => {
    const name = await nameOf();
    const generated = await client.diff(types.role, { ...inputs, name }, { ...inputs, name, path: "/a/" });
    const given = await client.diff(types.role, right.role, { ...right.role, path: "/a/" });
    expect([generated.deletesFirst, given.deletesFirst]).toEqual([false, true]);
  });

  it("are not made beside a prefix", async () => {
    const { inputs: checked } = await client.check(types.role, { ...inputs, namePrefix: "demo-" });
    expect(checked).not.toHaveProperty("name");
    expect((await client.create(types.role, checked)).properties.name).toMatch(/^demo-[0-9a-f]{26}$/);
  });
});

describe("what a change in place changes", () => {
  const template = { name: "workers", updateDefaultVersion: true, userData: base64("one") };

  it("a launch template gets a version with each change, and a preview does not know it", async () => {
    const made = await client.create(types.launchTemplate, template);
    expect(made.properties).toMatchObject({ latestVersion: 1, defaultVersion: 1 });
    const changed = { ...template, userData: base64("two") };
    const preview = await client.update(types.launchTemplate, made, changed, { preview: true });
    expect(preview).toMatchObject({ latestVersion: unknown, defaultVersion: unknown, arn: made.properties.arn });
    const second = await client.update(types.launchTemplate, made, changed);
    expect(second).toMatchObject({ latestVersion: 2, defaultVersion: 2 });
    const third = await client.update(types.launchTemplate, { ...made, properties: second }, template);
    expect(third).toMatchObject({ latestVersion: 3, defaultVersion: 3 });
  });

  it("but not with a description, and the default stays where it is unless told otherwise", async () => {
    const made = await client.create(types.launchTemplate, { name: "workers", userData: base64("one") });
    const described = await client.update(types.launchTemplate, made, {
      ...template,
      updateDefaultVersion: false,
      description: "d",
    });
    expect(described).toMatchObject({ latestVersion: 1 });
    const changed = await client.update(types.launchTemplate, made, { name: "workers", userData: base64("two") });
    expect(changed).toMatchObject({ latestVersion: 2, defaultVersion: 1 });
  });

  it("a document gets a version with each content", async () => {
    const inputs = { ...right.document, content: '{"schemaVersion":"2.2","mainSteps":[{}]}' };
    const made = await client.create(types.document, inputs);
    const tagged = await client.update(types.document, made, { ...inputs, tags: { a: "b" } });
    expect([made.properties.latestVersion, tagged.latestVersion]).toEqual(["1", "1"]);
    const content = '{"schemaVersion":"2.2","mainSteps":[{},{}]}';
    const changed = await client.update(types.document, made, { ...inputs, content });
    expect([changed.latestVersion, changed.defaultVersion]).toEqual(["2", "2"]);
    expect(changed.hash).not.toBe(made.properties.hash);
  });
});

describe("several providers at once", () => {
  it("each works in its own region", async () => {
    const other = await client.another();
    try {
      await other.configure({ region: "us-east-1" });
      const [here, there] = [await client.create(types.vpc, right.vpc), await other.create(types.vpc, right.vpc)];
      expect([here.properties.region, there.properties.region]).toEqual([region, "us-east-1"]);
      expect(there.properties.arn).toContain(":us-east-1:");
      const zones = await other.invoke("aws:index/getAvailabilityZones:getAvailabilityZones", {});
      expect(zones.names).toEqual(["us-east-1a", "us-east-1b", "us-east-1c"]);
      expect(zones.zoneIds).toEqual(["use1-az1", "use1-az2", "use1-az3"]);
      await expect(other.create(types.internetGateway, { vpcId: here.id })).rejects.toThrow("InvalidVpcID.NotFound");
    } finally {
      other.close();
    }
  });
});

it("keeps no secret", async () => {
  const { id } = await client.create(types.secret, right.secret);
  await client.create(types.secretVersion, { secretId: id, secretString: "hush-1" });
  await client.create(types.secretVersion, { secretId: id, secretStringWo: "hush-2", secretStringWoVersion: 1 });
  await client.create(types.parameter, { ...right.parameter, type: "SecureString", value: "hush-3" });
  const password = { adminUsername: "admin", adminUserPassword: "hush-4-A", dbName: "demo" };
  const namespace = await client.create(types.namespace, { namespaceName: "demo", ...password });
  expect(namespace.properties.adminUserPassword).toBe("hush-4-A");
  expect(JSON.stringify(client.cloud.all())).not.toContain("hush");
});

describe("functions", () => {
  const call = (name: string, args: Properties = {}) => client.invoke(`aws:${name}`, args);

  it("say where and who one is", async () => {
    expect(await call("index/getRegion:getRegion")).toMatchObject({ region, id: region });
    expect(await call("index/getCallerIdentity:getCallerIdentity")).toMatchObject({ accountId: "123456789012" });
    expect(await call("index/getPartition:getPartition")).toMatchObject({ partition: "aws" });
  });

  it("know subnets: our own, somebody else's, and none that has gone", async () => {
    const { subnet, vpc } = await makeNetwork(client);
    const get = (id: string) => call("ec2/getSubnet:getSubnet", { id });
    expect(await get(subnet.id)).toMatchObject({ vpcId: vpc.id, availabilityZone: "eu-central-1a" });
    const foreign = await get("subnet-0123456789abcdef0");
    expect(foreign.vpcId).toMatch(/^vpc-[0-9a-f]{17}$/);
    expect(await get("subnet-11111111")).toMatchObject({ vpcId: foreign.vpcId });
    await client.delete(types.subnet, subnet);
    await expect(get(subnet.id)).rejects.toThrow(`The subnet ID '${subnet.id}' does not exist`);
    await expect(get("subnet-one")).rejects.toThrow("InvalidSubnetID.NotFound");
  });

  it("give a new token for images each time", async () => {
    const name = "ecr/getAuthorizationToken:getAuthorizationToken";
    const [first, second] = [await call(name), await call(name)];
    expect(first).toMatchObject({
      userName: "AWS",
      proxyEndpoint: `https://123456789012.dkr.ecr.${region}.amazonaws.com`,
    });
    expect(first.password).not.toBe(second.password);
  });
});

it("waits for instances, and longer to drain them than to let them fall", async () => {
  const place = await makeNetwork(client);
  const drained = await makeGroup(client, place);
  const forced = await makeGroup(client, place, { name: "forced", forceDelete: true, template: { name: "forced" } });
  await client.delete(types.group, drained.instances);
  await client.delete(types.group, forced.instances);
  const seconds = client.provider.done.filter(({ urn }) => urn.includes(types.group)).map((done) => done.seconds);
  expect(seconds).toEqual([75, 75, 150, 60]);
});

function escaped(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&");
}
