import { types as aws } from "../../sandbox/cloud/aws/common.ts";
import { objectsIn } from "../../sandbox/cloud/aws/objects.ts";
import { isObject } from "../../sandbox/cloud/check.ts";
import { Inventory, type Properties } from "../../sandbox/cloud/inventory.ts";
import { bucketPolicy, startAws } from "./awsClient.ts";
import { makeAdmin, ProviderClient, tokenOf, type Admin, type Made } from "./providerClient.ts";

const roleArn = "arn:aws:iam::123456789012:role/demo-lake";
const bucketArn = "arn:aws:s3:::demo-lake";

const cloud = { confluent: undefined as unknown as ProviderClient, aws: undefined as unknown as ProviderClient };
let admin: Admin;
let account: Made;
let integration: Made;
let role: Made;
let rights: Made;

const statements: readonly Properties[] = [
  { Effect: "Allow", Action: ["s3:ListAllMyBuckets"], Resource: ["arn:aws:s3:::*"] },
  {
    Effect: "Allow",
    Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
    Resource: [bucketArn],
  },
  {
    Effect: "Allow",
    Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"],
    Resource: [`${bucketArn}/topics/*`],
  },
];
const policyOf = (Statement: readonly Properties[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const trustOf = (principal: unknown, externalId: unknown) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: principal },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": externalId } },
      },
    ],
  });

beforeEach(async () => {
  const inventory = new Inventory();
  cloud.confluent = await ProviderClient.start(inventory);
  cloud.aws = await startAws(inventory);
  admin = await makeAdmin(cloud.confluent, { standard: {} });
  account = await cloud.confluent.create("serviceAccount", { displayName: "sink-lake" });
  await cloud.confluent.create("kafkaTopic", admin.inCluster({ topicName: "ORDERS" }));
  await cloud.confluent.create(
    "kafkaAcl",
    admin.inCluster({
      resourceType: "TOPIC",
      resourceName: "ORDERS",
      patternType: "LITERAL",
      principal: `User:${account.id}`,
      host: "*",
      operation: "READ",
      permission: "ALLOW",
    }),
  );
  integration = await cloud.confluent.create("providerIntegration", {
    displayName: "demo-lake",
    environment: { id: admin.environment.id },
    aws: { customerRoleArn: roleArn },
  });
  const { iamRoleArn, externalId } = isObject(integration.properties.aws) ? integration.properties.aws : {};
  role = await cloud.aws.create(aws.role, {
    name: "demo-lake",
    path: "/",
    assumeRolePolicy: trustOf(iamRoleArn, externalId),
  });
  await cloud.aws.create(aws.bucket, { bucket: "demo-lake", forceDestroy: true });
  rights = await cloud.aws.create(aws.rolePolicy, { name: "write", role: "demo-lake", policy: policyOf(statements) });
});
afterEach(() => {
  cloud.confluent.close();
  cloud.aws.close();
});

/** Right inputs with some settings changed; `undefined` takes one out. */
function sink(changes: Properties = {}): Properties {
  return {
    environment: { id: admin.environment.id },
    kafkaCluster: { id: admin.cluster.id },
    configSensitive: {},
    configNonsensitive: {
      name: "sink-lake",
      "connector.class": "S3_SINK",
      "kafka.auth.mode": "SERVICE_ACCOUNT",
      "kafka.service.account.id": account.id,
      "tasks.max": "1",
      topics: "ORDERS",
      "input.data.format": "AVRO",
      "output.data.format": "PARQUET",
      "compression.codec": "PARQUET - snappy",
      "authentication.method": "IAM Roles",
      "provider.integration.id": integration.id,
      "s3.bucket.name": "demo-lake",
      "time.interval": "HOURLY",
      "path.format": "'dt'=YYYY-MM-dd/'hour'=HH",
      "flush.size": "1000",
      "rotate.schedule.interval.ms": "600000",
      ...changes,
    },
  };
}
const make = (changes: Properties = {}) => cloud.confluent.create("connector", sink(changes));
const files = () => objectsIn(cloud.aws.cloud, "demo-lake").map(({ properties }) => properties.key);
const failed = (trace: string) =>
  new Error(
    `error waiting for Connector "sink-lake" to provision: connector "display_name"="sink-lake" provisioning status is "FAILED": ${trace}`,
  );

describe("a sink that may do what it must", () => {
  it.each<[what: string, Properties, file: string]>([
    ["by day and hour", {}, "topics/ORDERS/dt=2026-01-01/hour=00/ORDERS+0+0000000000.snappy.parquet"],
    [
      "where it would by itself",
      { "path.format": undefined, "compression.codec": undefined },
      "topics/ORDERS/year=2026/month=01/day=01/hour=00/ORDERS+0+0000000000.parquet",
    ],
  ])("writes %s, and the files stay when it goes", async (_, changes, file) => {
    const made = await make(changes);
    expect(made.properties.status).toBe("RUNNING");
    await cloud.confluent.delete("connector", made);
    expect(files()).toEqual([file]);
  });

  it("keeps its integration, and that its environment", async () => {
    const made = await make();
    await expect(cloud.confluent.delete("providerIntegration", integration)).rejects.toThrow(
      new Error(
        `error deleting provider integration "${integration.id}": 409 Conflict: the provider integration is in use by ${made.id}`,
      ),
    );
    await cloud.confluent.delete("connector", made);
    await cloud.confluent.delete("kafkaCluster", admin.cluster);
    await expect(cloud.confluent.delete("environment", admin.environment)).rejects.toThrow(
      `409 Conflict: environment "${admin.environment.id}" is not empty: it has provider integration "${integration.id}"`,
    );
    await cloud.confluent.delete("providerIntegration", integration);
    await cloud.confluent.delete("environment", admin.environment);
    expect(cloud.confluent.cloud.all(tokenOf("providerIntegration"))).toEqual([]);
  });

  it("writes past a policy that wants encrypted lines", async () => {
    await cloud.aws.create(aws.bucketPolicy, { bucket: "demo-lake", policy: bucketPolicy });
    await expect(make()).resolves.toBeDefined();
  });
});

describe("a sink that may not", () => {
  const change = {
    trust: (principal: unknown, externalId: unknown) =>
      cloud.aws.update(aws.role, role, { ...role.properties, assumeRolePolicy: trustOf(principal, externalId) }),
    rights: (changed: readonly Properties[]) =>
      cloud.aws.update(aws.rolePolicy, rights, { ...rights.properties, policy: policyOf(changed) }),
  };
  const part = (name: "iamRoleArn" | "externalId") =>
    isObject(integration.properties.aws) ? String(integration.properties.aws[name]) : "";
  const notAssumed = () =>
    failed(
      `AccessDenied: User: ${part("iamRoleArn")} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    );
  const denied = (action: string, resource: string) =>
    failed(
      `AccessDenied: User: arn:aws:sts::123456789012:assumed-role/demo-lake is not authorized to perform: ${action} on resource: ${resource}`,
    );
  const file = `${bucketArn}/topics/ORDERS/dt=2026-01-01/hour=00/ORDERS+0+0000000000.snappy.parquet`;

  it("take on the role of somebody who expects another", async () => {
    await change.trust(part("iamRoleArn"), "another");
    await expect(make()).rejects.toThrow(notAssumed());
    await cloud.confluent.delete("connector", { id: only(), properties: {} });
    await change.trust("arn:aws:iam::197857026523:role/another", part("externalId"));
    await expect(make()).rejects.toThrow(notAssumed());
    expect(files()).toEqual([]);
  });

  it("take on a role that is not there", async () => {
    await cloud.aws.delete(aws.rolePolicy, rights);
    await cloud.aws.delete(aws.role, role);
    await expect(make()).rejects.toThrow(notAssumed());
  });

  it.each(statements.flatMap(({ Action }) => (Action as string[]).map((action) => [action])))(
    "do %s",
    async (action) => {
      const without = statements.map((statement) => ({
        ...statement,
        Action: (statement.Action as string[]).filter((one) => one !== action),
      }));
      await change.rights(without);
      const resource =
        action === "s3:ListAllMyBuckets" ? "arn:aws:s3:::*" : action.includes("Bucket") ? bucketArn : file;
      await expect(make()).rejects.toThrow(denied(action, resource));
    },
  );

  it("write where its role may not", async () => {
    await expect(make({ "topics.dir": "elsewhere" })).rejects.toThrow(
      denied("s3:PutObject", file.replace("/topics/", "/elsewhere/")),
    );
  });

  it("tag what it writes", async () => {
    await expect(make({ "s3.object.tagging": "true" })).rejects.toThrow(denied("s3:PutObjectTagging", file));
  });

  it("encrypt with a key that its role may not use", async () => {
    const kmsMasterKeyId = "arn:aws:kms:eu-central-1:123456789012:key/1";
    await cloud.aws.create(aws.bucketEncryption, {
      bucket: "demo-lake",
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId } }],
    });
    await expect(make()).rejects.toThrow(denied("kms:GenerateDataKey", kmsMasterKeyId));
    await cloud.confluent.delete("connector", { id: only(), properties: {} });
    const withKey = (service: string) => ({
      Effect: "Allow",
      Action: ["kms:GenerateDataKey", "kms:Decrypt"],
      Resource: [kmsMasterKeyId],
      Condition: { StringEquals: { "kms:ViaService": `${service}.eu-central-1.amazonaws.com` } },
    });
    await change.rights([...statements, withKey("glue")]);
    await expect(make()).rejects.toThrow(denied("kms:GenerateDataKey", kmsMasterKeyId));
    await cloud.confluent.delete("connector", { id: only(), properties: {} });
    await change.rights([...statements, withKey("s3")]);
    await expect(make()).resolves.toBeDefined();
  });

  it("write past a policy that wants to hear of encryption", async () => {
    const statement = {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObject",
      Resource: `${bucketArn}/*`,
      Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "AES256" } },
    };
    await cloud.aws.create(aws.bucketPolicy, { bucket: "demo-lake", policy: policyOf([statement]) });
    await expect(make()).rejects.toThrow(denied("s3:PutObject", file));
    await cloud.confluent.delete("connector", { id: only(), properties: {} });
    await expect(make({ "s3.ssea.name": "AES256" })).resolves.toBeDefined();
  });

  it("find its bucket, or its integration", async () => {
    await expect(make({ "s3.bucket.name": "other" })).rejects.toThrow(
      failed("NoSuchBucket: The specified bucket does not exist: other"),
    );
    await cloud.confluent.delete("connector", { id: only(), properties: {} });
    await expect(make({ "s3.region": "us-east-1" })).rejects.toThrow(
      failed("PermanentRedirect: the bucket demo-lake is in eu-central-1, and the sink looks for it in us-east-1"),
    );
    await cloud.confluent.delete("connector", { id: only(), properties: {} });
    await expect(make({ "provider.integration.id": "cspi-0" })).rejects.toThrow(
      failed('provider integration "cspi-0" does not exist in this environment'),
    );
  });

  const only = () => cloud.confluent.cloud.all(tokenOf("connector"))[0]?.id ?? "";
});

describe("settings that the service does not take", () => {
  it.each<[changes: Properties, key: string, text: string]>([
    [{ topics: undefined }, "topics", 'one of "topics" and "topics.regex" is required'],
    [{ "topics.regex": "O.*" }, "topics", 'one of "topics" and "topics.regex" is required'],
    [{ "time.interval": undefined }, "time.interval", '"time.interval" is required'],
    [{ "provider.integration.id": undefined }, "provider.integration.id", '"provider.integration.id" is required'],
    [
      { "time.interval": "WEEKLY" },
      "time.interval",
      'Value "WEEKLY" is not valid for "time.interval" configuration. Valid values: DAILY, HOURLY',
    ],
    [
      { "flush.size": "10" },
      "flush.size",
      'Value "10" is not valid for "flush.size" configuration. At least 1000, but on a dedicated cluster',
    ],
    [
      { "rotate.schedule.interval.ms": "60000" },
      "rotate.schedule.interval.ms",
      'Value "60000" is not valid for "rotate.schedule.interval.ms" configuration. -1, or at least 600000',
    ],
    [
      { "compression.codec": "JSON - gzip" },
      "compression.codec",
      'Value "JSON - gzip" is not valid for "compression.codec" configuration. It is not for "PARQUET" files',
    ],
    [
      { "input.data.format": "JSON" },
      "output.data.format",
      'Value "PARQUET" is not valid for "output.data.format" configuration. Parquet needs values with a schema, and "JSON" has none',
    ],
    [{ transforms: "record" }, "transforms.record.type", '"transforms.record.type" is required'],
  ])("%j", async (changes, key, text) => {
    await expect(make(changes)).rejects.toThrow(
      new Error(
        `error creating Connector: error creating Connector "S3_SINK": error validating config: \n1. ${JSON.stringify(key)} : [${JSON.stringify(text)}]`,
      ),
    );
    expect(files()).toEqual([]);
  });

  it("keys that log in are asked for, and not shown again", async () => {
    await expect(make({ "authentication.method": undefined })).rejects.toThrow('1. "aws.access.key.id" : [');
    const inputs = sink({ "authentication.method": "Access Keys", "aws.access.key.id": "AKIAplain" });
    const made = await cloud.confluent.create("connector", {
      ...inputs,
      configSensitive: { "aws.secret.access.key": "hush" },
    });
    expect(JSON.stringify(made.properties.configNonsensitive)).not.toContain("AKIAplain");
    expect(JSON.stringify(cloud.confluent.cloud.all())).not.toMatch(/AKIAplain|hush/);
  });

  it("a dedicated cluster writes files of one row", async () => {
    const dedicated = await makeAdmin(cloud.confluent, { dedicated: { cku: 1 } }, "dedicated");
    const inputs = { ...sink({ "flush.size": "1" }), kafkaCluster: { id: dedicated.cluster.id } };
    const attempt = cloud.confluent.create("connector", { ...inputs, environment: { id: dedicated.environment.id } });
    await expect(attempt).rejects.toThrow("may not READ topic ORDERS"); // and not for its settings
  });
});

describe("other managed sinks", () => {
  it.each<[className: string, missing: readonly string[]]>([
    ["RedshiftSink", ["aws.redshift.database", "aws.redshift.domain", "aws.redshift.user", "aws.redshift.password"]],
    ["BigQueryStorageSink", ["datasets", "project", "keyfile"]],
    ["AzureBlobSink", ["azblob.account.key", "azblob.account.name", "azblob.container.name", "time.interval"]],
    ["HttpSinkV2", ["http.api.base.url"]],
  ])("%s needs its properties", async (className, missing) => {
    const configNonsensitive = {
      name: "sink",
      "connector.class": className,
      "kafka.auth.mode": "SERVICE_ACCOUNT",
      "kafka.service.account.id": account.id,
      "tasks.max": "1",
      topics: "ORDERS",
      "input.data.format": "AVRO",
    };
    const list = missing.map((key, index) => `\n${String(index + 1)}. "${key}" : ["\\"${key}\\" is required"]`);
    await expect(cloud.confluent.create("connector", { ...sink(), configNonsensitive })).rejects.toThrow(
      new Error(
        `error creating Connector: error creating Connector "${className}": error validating config: ${list.join("")}`,
      ),
    );
  });
});

describe("an integration", () => {
  it("has a name and a role of its own in its environment", async () => {
    const again = (changes: Properties) =>
      cloud.confluent.create("providerIntegration", {
        displayName: "other",
        environment: { id: admin.environment.id },
        aws: { customerRoleArn: "arn:aws:iam::123456789012:role/other" },
        ...changes,
      });
    await expect(again({ displayName: "demo-lake" })).rejects.toThrow(
      new Error(
        'error creating provider integration: 409 Conflict: displayName "demo-lake" is already in use in this environment',
      ),
    );
    await expect(again({ aws: { customerRoleArn: roleArn } })).rejects.toThrow(
      new Error(
        `error creating provider integration: 409 Conflict: aws.customerRoleArn "${roleArn}" is already in use in this environment`,
      ),
    );
    await expect(again({ environment: { id: "env-0" } })).rejects.toThrow(
      '404 Not Found: environment "env-0" does not exist',
    );
    await expect(again({})).resolves.toBeDefined();
  });

  it("is not different for what the provider has filled in", async () => {
    const { inputs } = await cloud.confluent.read("providerIntegration", integration);
    const given = { ...inputs, aws: { customerRoleArn: roleArn } };
    expect((await cloud.confluent.diff("providerIntegration", inputs, given)).changes).toEqual({});
    const other = { ...given, aws: { customerRoleArn: `${roleArn}-2` } };
    expect((await cloud.confluent.diff("providerIntegration", inputs, other)).replaces).toEqual(["aws"]);
  });
});
