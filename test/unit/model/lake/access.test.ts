import { bucketPolicy, readerPolicy, trustPolicy, writerPolicy } from "../../../../model/lake/access.ts";

interface Statement {
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: unknown;
}

function statementsOf(policy: string): Statement[] {
  return (JSON.parse(policy) as { Statement: Statement[] }).Statement;
}

/** `action resource` of all that a policy allows. */
function allowed(policy: string): string[] {
  return statementsOf(policy).flatMap(({ Effect, Action, Resource }) =>
    Effect !== "Allow" ? [] : [Action].flat().flatMap((action) => [Resource].flat().map((on) => `${action} ${on}`)),
  );
}

const rights = { bucket: "shop-lake", folder: "topics", kmsKey: undefined };
const key = "arn:aws:kms:eu-west-1:111122223333:key/1";

it("refuses whoever comes to the bucket without TLS, or with one that is broken", () => {
  const all = { Principal: "*", Action: "s3:*", Resource: ["arn:aws:s3:::shop-lake", "arn:aws:s3:::shop-lake/*"] };
  expect(JSON.parse(bucketPolicy("shop-lake"))).toEqual({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Deny", ...all, Condition: { Bool: { "aws:SecureTransport": "false" } } },
      { Effect: "Deny", ...all, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
    ],
  });
});

it("lets Confluent take the role with the external id only", () => {
  const integration = { roleArn: "arn:aws:iam::999:role/confluent", externalId: "shared-words" };
  const statement = {
    Effect: "Allow",
    Principal: { AWS: integration.roleArn },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "sts:ExternalId": "shared-words" } },
  };
  expect(statementsOf(trustPolicy(integration))).toEqual([statement]);
  expect(statementsOf(trustPolicy(integration, true))).toEqual([
    statement,
    { Effect: "Allow", Principal: { AWS: integration.roleArn }, Action: "sts:TagSession" },
  ]);
});

it("lets the sink write below its folder, and neither read elsewhere nor delete", () => {
  expect(allowed(writerPolicy("eu-west-1", rights))).toEqual([
    "s3:ListAllMyBuckets *",
    "s3:GetBucketLocation arn:aws:s3:::shop-lake",
    "s3:ListBucket arn:aws:s3:::shop-lake",
    "s3:ListBucketMultipartUploads arn:aws:s3:::shop-lake",
    "s3:AbortMultipartUpload arn:aws:s3:::shop-lake/topics/*",
    "s3:GetObject arn:aws:s3:::shop-lake/topics/*",
    "s3:ListMultipartUploadParts arn:aws:s3:::shop-lake/topics/*",
    "s3:PutObject arn:aws:s3:::shop-lake/topics/*",
  ]);
});

it("lets analysts ask in one workgroup about one database, and read what is below the folder", () => {
  const policy = readerPolicy({
    ...rights,
    region: "eu-west-1",
    account: "111122223333",
    database: "shop_dev",
    workgroup: "shop-dev-lake",
  });
  const onAnything = allowed(policy).filter((one) => one.endsWith(" *"));
  expect(onAnything).toEqual(["athena:ListDataCatalogs *", "athena:ListWorkGroups *"]);
  const writes = allowed(policy).filter((one) => /:(Put|Create|Update|Delete|Abort|Tag)/.test(one));
  expect(writes).toEqual([]);
  expect([...new Set(statementsOf(policy).flatMap(({ Resource }) => Resource))]).toEqual([
    "*",
    "arn:aws:athena:eu-west-1:111122223333:workgroup/shop-dev-lake",
    "arn:aws:athena:eu-west-1:111122223333:datacatalog/AwsDataCatalog",
    "arn:aws:glue:eu-west-1:111122223333:catalog",
    "arn:aws:glue:eu-west-1:111122223333:database/shop_dev",
    "arn:aws:glue:eu-west-1:111122223333:table/shop_dev/*",
    "arn:aws:glue:eu-west-1:111122223333:database/default",
    "arn:aws:s3:::shop-lake",
    "arn:aws:s3:::shop-lake/topics/*",
  ]);
  expect(statementsOf(policy).filter(({ Action }) => Action === "s3:ListBucket")).toEqual([
    {
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: "arn:aws:s3:::shop-lake",
      Condition: { StringLike: { "s3:prefix": "topics/*" } },
    },
  ]);
});

it("lets both use a key of one's own for S3 alone", () => {
  const keyed = { ...rights, kmsKey: key };
  const onKey = (policy: string) => statementsOf(policy).filter(({ Resource }) => Resource === key);
  const Condition = { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } };
  expect(onKey(writerPolicy("eu-west-1", keyed))).toEqual([
    { Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: key, Condition },
  ]);
  expect(onKey(readerPolicy({ ...keyed, region: "eu-west-1", account: "1", database: "d", workgroup: "w" }))).toEqual([
    { Effect: "Allow", Action: ["kms:Decrypt"], Resource: key, Condition },
  ]);
});
