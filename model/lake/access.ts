import { policyDocument, type PolicyStatement } from "../aws/policy.ts";

/** The bucket of a lake, as far as rights depend on it. */
export interface BucketRights {
  readonly bucket: string;
  /** Where the sink writes: `topics.dir`. `undefined`: anywhere, as Tableflow does. */
  readonly folder: string | undefined;
  /** ARN of the key that objects are encrypted with; `undefined`: S3's own. */
  readonly kmsKey: string | undefined;
}

const arnOf = (bucket: string) => `arn:aws:s3:::${bucket}`;
const filesIn = ({ folder }: BucketRights) => (folder === undefined ? "*" : `${folder}/*`);

/** What nobody may do, whatever else allows it: come without TLS, or with a TLS that is broken. */
export function bucketPolicy(bucket: string): string {
  const everywhere = { Principal: "*", Action: "s3:*", Resource: [arnOf(bucket), `${arnOf(bucket)}/*`] } as const;
  return policyDocument([
    { Effect: "Deny", ...everywhere, Condition: { Bool: { "aws:SecureTransport": "false" } } },
    { Effect: "Deny", ...everywhere, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
  ]);
}

/** Confluent's end of a provider integration. */
export interface Integration {
  /** Role of Confluent's that comes for ours. */
  readonly roleArn: string;
  /** What it has to say, so that another customer's connector cannot come with the same role. */
  readonly externalId: string;
}

/**
 * Who may take the role: Confluent, with the external id.
 *
 * @param isTableflow also tags its sessions, without the id
 */
export function trustPolicy({ roleArn, externalId }: Integration, isTableflow = false): string {
  const Principal = { AWS: roleArn };
  return policyDocument([
    { Principal, Action: "sts:AssumeRole", Condition: { StringEquals: { "sts:ExternalId": externalId } } },
    ...(isTableflow ? [{ Principal, Action: "sts:TagSession" }] : []),
  ]);
}

/**
 * What the sink may do: write below its folder, and look whether it has. Confluent's documentation asks for the list of
 * buckets, which has no resource to narrow it to, and for no more than this unless objects are tagged.
 */
export function writerPolicy(region: string, rights: BucketRights): string {
  const { bucket } = rights;
  return policyDocument([
    { Action: "s3:ListAllMyBuckets", Resource: "*" },
    {
      Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      Resource: arnOf(bucket),
    },
    {
      Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"],
      Resource: `${arnOf(bucket)}/${filesIn(rights)}`,
    },
    ...keyUse(region, rights, ["kms:Decrypt", "kms:GenerateDataKey"]),
  ]);
}

/** What Tableflow may do in Glue besides: keep its tables in one database, and see that it is there. */
export function catalogPolicy(region: string, account: string, database: string): string {
  const glue = `arn:aws:glue:${region}:${account}`;
  return policyDocument([
    {
      Action: [
        "glue:CreateDatabase",
        "glue:CreateTable",
        "glue:DeleteTable",
        "glue:GetDatabase",
        "glue:GetTable",
        "glue:UpdateDatabase",
        "glue:UpdateTable",
      ],
      Resource: [`${glue}:catalog`, `${glue}:database/${database}`, `${glue}:table/${database}/*`],
    },
  ]);
}

/** What analysts ask their questions of. */
export interface Questions extends BucketRights {
  readonly region: string;
  readonly account: string;
  readonly database: string;
  readonly workgroup: string;
}

/** What analysts may do: ask in one workgroup, about one database, and read what its tables lie over. They write nothing. */
export function readerPolicy(questions: Questions): string {
  const { region, account, database, workgroup, bucket } = questions;
  const athena = `arn:aws:athena:${region}:${account}`;
  const glue = `arn:aws:glue:${region}:${account}`;
  return policyDocument([
    // The console lists what there is before anything is chosen; neither knows resources.
    { Action: ["athena:ListDataCatalogs", "athena:ListWorkGroups"], Resource: "*" },
    {
      Action: [
        "athena:BatchGetNamedQuery",
        "athena:BatchGetPreparedStatement",
        "athena:BatchGetQueryExecution",
        "athena:GetNamedQuery",
        "athena:GetPreparedStatement",
        "athena:GetQueryExecution",
        "athena:GetQueryResults",
        "athena:GetQueryResultsStream",
        "athena:GetQueryRuntimeStatistics",
        "athena:GetWorkGroup",
        "athena:ListNamedQueries",
        "athena:ListPreparedStatements",
        "athena:ListQueryExecutions",
        "athena:StartQueryExecution",
        "athena:StopQueryExecution",
      ],
      Resource: `${athena}:workgroup/${workgroup}`,
    },
    {
      Action: [
        "athena:GetDataCatalog",
        "athena:GetDatabase",
        "athena:GetTableMetadata",
        "athena:ListDatabases",
        "athena:ListTableMetadata",
      ],
      Resource: `${athena}:datacatalog/AwsDataCatalog`,
    },
    {
      Action: ["glue:GetDatabase", "glue:GetDatabases", "glue:GetTable", "glue:GetTables"],
      Resource: [`${glue}:catalog`, `${glue}:database/${database}`, `${glue}:table/${database}/*`],
    },
    // Athena looks for it in every region, whether it is there or not.
    { Action: "glue:GetDatabase", Resource: `${glue}:database/default` },
    { Action: "s3:GetBucketLocation", Resource: arnOf(bucket) },
    {
      Action: "s3:ListBucket",
      Resource: arnOf(bucket),
      Condition: { StringLike: { "s3:prefix": filesIn(questions) } },
    },
    { Action: "s3:GetObject", Resource: `${arnOf(bucket)}/${filesIn(questions)}` },
    ...keyUse(region, questions, ["kms:Decrypt"]),
  ]);
}

/** The key for what S3 does with it, and for nothing else. */
function keyUse(region: string, { kmsKey }: BucketRights, actions: readonly string[]): PolicyStatement[] {
  return kmsKey === undefined
    ? []
    : [
        {
          Action: actions,
          Resource: kmsKey,
          Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
        },
      ];
}
