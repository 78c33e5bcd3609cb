import { types } from "../../sandbox/cloud/aws/common.ts";
import { writeObject } from "../../sandbox/cloud/aws/objects.ts";
import type { Properties } from "../../sandbox/cloud/inventory.ts";
import { bucketPolicy, startAws } from "./awsClient.ts";
import type { Made, ProviderClient } from "./providerClient.ts";

let client: ProviderClient;
let bucket: Made;
beforeEach(async () => {
  client = await startAws();
  bucket = await make("bucket", { bucket: "demo-lake", forceDestroy: false });
});
afterEach(() => client.close());

type Kind = keyof typeof types;
const make = (kind: Kind, inputs: Properties) => client.create(types[kind], inputs);
const remove = (kind: Kind, made: Made) => client.delete(types[kind], made);
const left = () => client.cloud.all().map(({ type, id }) => `${type.split(":").at(-1) ?? ""} ${id}`);

describe("buckets", () => {
  it("have an address by which the stack knows them", () => {
    expect(bucket).toMatchObject({
      id: "demo-lake",
      properties: {
        arn: "arn:aws:s3:::demo-lake",
        bucketRegionalDomainName: "demo-lake.s3.eu-central-1.amazonaws.com",
        region: "eu-central-1",
      },
    });
  });

  it.each(["ab", "Demo", "demo_lake", "-demo", "demo..lake", "10.0.0.1", "xn--demo", "demo-s3alias"])(
    "are not called %s",
    async (name) => {
      await expect(make("bucket", { bucket: name })).rejects.toThrow(
        `InvalidBucketName: The specified bucket is not valid: ${name}`,
      );
    },
  );

  it("have a name of their own", async () => {
    await expect(make("bucket", { bucket: "demo-lake" })).rejects.toThrow("BucketAlreadyOwnedByYou");
  });

  it("stay while something is in them, unless the state says that it may be thrown away", async () => {
    writeObject(client.cloud, "demo-lake", "topics/ORDERS/a.parquet");
    await expect(remove("bucket", bucket)).rejects.toThrow(
      "deleting S3 Bucket (demo-lake): BucketNotEmpty: The bucket you tried to delete is not empty. It has 1 objects.",
    );
    const properties = await client.update(types.bucket, bucket, { bucket: "demo-lake", forceDestroy: true });
    await remove("bucket", { ...bucket, properties });
    expect(left()).toEqual([]);
  });

  it("take their settings along, and nothing of others", async () => {
    const other = await make("bucket", { bucket: "other" });
    writeObject(client.cloud, "other", "a");
    await make("bucketOwnership", { bucket: "demo-lake", rule: { objectOwnership: "BucketOwnerEnforced" } });
    await make("bucketPublicAccess", { bucket: "other" });
    await remove("bucket", bucket);
    expect(left()).toEqual(["Bucket other", "object other/a", "BucketPublicAccessBlock other"]);
    await expect(remove("bucket", other)).rejects.toThrow("BucketNotEmpty");
  });
});

const lifecycle = (...rules: Properties[]): Properties => ({
  bucket: "demo-lake",
  rules: rules.map((rule, index) => ({ id: `rule-${String(index)}`, status: "Enabled", filter: {}, ...rule })),
});
const encryption = (...rules: Properties[]): Properties => ({
  bucket: "demo-lake",
  rules: rules.map((applyServerSideEncryptionByDefault) => ({ applyServerSideEncryptionByDefault })),
});
const policyWith = (change: Properties): Properties => {
  const document = JSON.parse(bucketPolicy) as { Statement: Properties[] };
  return {
    bucket: "demo-lake",
    policy: JSON.stringify({ ...document, Statement: [{ ...document.Statement[0], ...change }] }),
  };
};

describe("settings of a bucket", () => {
  it.each<[what: string, Kind, Properties, refusal: string]>([
    [
      "those of one that is not there",
      "bucketPublicAccess",
      { bucket: "none" },
      "NoSuchBucket: The specified bucket does not exist: none",
    ],
    [
      "those of one elsewhere",
      "bucketPublicAccess",
      { bucket: "demo-lake", region: "us-east-1" },
      "PermanentRedirect: The bucket demo-lake must be addressed in eu-central-1",
    ],
    [
      "two ways to encrypt",
      "bucketEncryption",
      encryption({ sseAlgorithm: "AES256" }, { sseAlgorithm: "aws:kms" }),
      "MalformedXML: The XML you provided was not well-formed: a bucket has one rule of encryption",
    ],
    [
      "a key for the encryption that has none",
      "bucketEncryption",
      encryption({ sseAlgorithm: "AES256", kmsMasterKeyId: "arn:aws:kms:eu-central-1:123456789012:key/1" }),
      "InvalidArgument: a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
    ],
    [
      "a rule that does nothing",
      "bucketLifecycle",
      lifecycle({}),
      "InvalidRequest: At least one action needs to be specified in a rule",
    ],
    [
      "two rules of one id",
      "bucketLifecycle",
      lifecycle({ id: "a", expiration: { days: 1 } }, { id: "a", expiration: { days: 2 } }),
      "InvalidArgument: Rule ID must be unique. Found same ID for more than one rule: a",
    ],
    [
      "files that expire before they are there",
      "bucketLifecycle",
      lifecycle({ expiration: { days: 0 } }),
      "InvalidArgument: 'Days' for Expiration action must be a positive integer",
    ],
    [
      "uploads that are given up at once",
      "bucketLifecycle",
      lifecycle({ abortIncompleteMultipartUpload: { daysAfterInitiation: 0 } }),
      "InvalidArgument: 'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer",
    ],
    [
      "a move within the first month",
      "bucketLifecycle",
      lifecycle({ transitions: [{ days: 7, storageClass: "STANDARD_IA" }] }),
      "InvalidArgument: 'Days' in Transition action must be greater than or equal to 30 for storageClass 'STANDARD_IA'",
    ],
    [
      "a move after the end",
      "bucketLifecycle",
      lifecycle({ transitions: [{ days: 90, storageClass: "GLACIER_IR" }], expiration: { days: 90 } }),
      "InvalidArgument: 'Days' in the Expiration action for filter '(prefix=)' must be greater than 'Days' in the Transition action",
    ],
    [
      "a policy for nobody",
      "bucketPolicy",
      policyWith({ Principal: undefined }),
      "MalformedPolicy: Missing required field Principal",
    ],
    [
      "a policy for another bucket",
      "bucketPolicy",
      policyWith({ Resource: ["arn:aws:s3:::demo-lake-2/*"] }),
      "MalformedPolicy: Policy has invalid resource",
    ],
    [
      "a policy about other things",
      "bucketPolicy",
      policyWith({ Action: "glue:GetTable" }),
      "MalformedPolicy: Policy has invalid action",
    ],
    [
      "a policy that is too long",
      "bucketPolicy",
      policyWith({ Sid: "a".repeat(20_480) }),
      "MalformedPolicy: Policy exceeds the maximum allowed document size.",
    ],
  ])("refuses %s", async (_, kind, inputs, refusal) => {
    const before = JSON.stringify(client.cloud.all());
    await expect(make(kind, inputs)).rejects.toThrow(refusal);
    expect(JSON.stringify(client.cloud.all())).toBe(before);
  });

  it("are checked in a change too", async () => {
    const made = await make("bucketLifecycle", lifecycle({ expiration: { days: 7 } }));
    await expect(client.update(types.bucketLifecycle, made, lifecycle({}))).rejects.toThrow("At least one action");
  });

  it("a policy that lets everybody in is refused where the public is kept out", async () => {
    const open = policyWith({ Effect: "Allow", Condition: undefined });
    const made = await make("bucketPolicy", open);
    await make("bucketPublicAccess", { bucket: "demo-lake", blockPublicPolicy: true });
    await expect(client.update(types.bucketPolicy, made, open)).rejects.toThrow(
      "AccessDenied: User is not authorized to perform: s3:PutBucketPolicy because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access",
    );
    await client.update(types.bucketPolicy, made, { bucket: "demo-lake", policy: bucketPolicy });
  });

  it("versions are not unlearnt", async () => {
    const versioning = (status: string) => ({ bucket: "demo-lake", versioningConfiguration: { status } });
    await expect(client.diff(types.bucketVersioning, versioning("Enabled"), versioning("Disabled"))).rejects.toThrow(
      "versioning_configuration.status cannot be updated from 'Enabled' to 'Disabled'",
    );
    const { changes } = await client.diff(types.bucketVersioning, versioning("Enabled"), versioning("Suspended"));
    expect(changes).toEqual({ "versioningConfiguration.status": "UPDATE" });
  });
});
