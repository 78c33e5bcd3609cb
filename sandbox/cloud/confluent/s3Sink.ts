import { mayAssume, mayDo, roleOf } from "../aws/access.ts";
import { types as awsTypes } from "../aws/common.ts";
import { writeObject } from "../aws/objects.ts";
import { isObject, valueAt } from "../check.ts";
import type { Inventory, Properties } from "../inventory.ts";
import { idOf, types } from "./common.ts";
import type { Settings } from "./connectorPlugins.ts";

/** Rows of the sandbox are of no time; its files are of this one. */
const time = new Date("2026-01-01T00:00:00Z");

/** What Confluent's page on the sink says its role must let it do (2026-06). */
const onBuckets = ["s3:ListAllMyBuckets"];
const onBucket = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"];
const onFiles = ["s3:PutObject", "s3:GetObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"];
const onKey = ["kms:GenerateDataKey", "kms:Decrypt"];

/** Why the sink cannot write to its bucket; `undefined`: it can, or it has keys, whose rights are not looked at. */
export function whyNotWritten(cloud: Inventory, inputs: Properties, settings: Settings): string | undefined {
  if (settings["authentication.method"] !== "IAM Roles") {
    return undefined;
  }
  const integration = cloud.get(types.providerIntegration, settings["provider.integration.id"]);
  if (integration === undefined || idOf(integration.properties, "environment") !== idOf(inputs, "environment")) {
    return `provider integration "${String(settings["provider.integration.id"])}" does not exist in this environment`;
  }
  const { customerRoleArn, iamRoleArn, externalId } = partsOf(integration.properties.aws);
  const role = roleOf(cloud, customerRoleArn);
  if (role === undefined || !mayAssume(role, iamRoleArn, externalId)) {
    return `AccessDenied: User: ${iamRoleArn} is not authorized to perform: sts:AssumeRole on resource: ${customerRoleArn}`;
  }
  const name = settings["s3.bucket.name"] ?? "";
  const bucket = cloud.get(awsTypes.bucket, name);
  if (bucket === undefined) {
    return `NoSuchBucket: The specified bucket does not exist: ${name}`;
  }
  const region =
    settings["s3.region"] ?? cloud.get(types.kafkaCluster, idOf(inputs, "kafkaCluster"))?.properties.region;
  if (bucket.properties.region !== region) {
    return `PermanentRedirect: the bucket ${name} is in ${String(bucket.properties.region)}, and the sink looks for it in ${String(region)}`;
  }
  const [file = ""] = filesOf(settings);
  const arn = `arn:aws:s3:::${name}`;
  const encryption = settings["s3.ssea.name"] ?? "";
  const context = encryption === "" ? {} : { "s3:x-amz-server-side-encryption": encryption };
  const key = keyOf(cloud, name);
  const wanted = [
    ...onBuckets.map((action) => [action, "arn:aws:s3:::*", {}] as const),
    ...onBucket.map((action) => [action, arn, {}] as const),
    ...onFiles.map((action) => [action, `${arn}/${file}`, context] as const),
    ...(settings["s3.object.tagging"] === "true" ? [["s3:PutObjectTagging", `${arn}/${file}`, {}] as const] : []),
    ...(key === undefined
      ? []
      : onKey.map((action) => [action, key, { "kms:viaservice": `s3.${String(region)}.amazonaws.com` }] as const)),
  ];
  const denied = wanted.find(([action, resource, asked]) => !mayDo(cloud, role, action, resource, asked));
  return (
    denied &&
    `AccessDenied: User: ${customerRoleArn.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")} is not authorized to ` +
      `perform: ${denied[0]} on resource: ${denied[1]}`
  );
}

/** Each topic's first file. */
export function writeFiles(cloud: Inventory, settings: Settings): void {
  filesOf(settings).forEach((file) => writeObject(cloud, settings["s3.bucket.name"] ?? "", file));
}

/** The names of the files that a sink writes from the first records of its topics. */
function filesOf(settings: Settings): string[] {
  const folder = (settings["topics.dir"] ?? "topics").trim();
  const format = settings["path.format"] ?? "'year'=YYYY/'month'=MM/'day'=dd/'hour'=HH";
  const ending = endings[settings["output.data.format"] ?? ""] ?? ".bin";
  const codec = / - (snappy|gzip)$/.exec(settings["compression.codec"] ?? "")?.[1]?.replace("gzip", "gz");
  const compressed = ending === ".parquet" && codec !== undefined ? `.${codec}${ending}` : ending;
  return (settings.topics ?? "")
    .split(",")
    .map((topic) => [folder, topic, written(format), `${topic}+0+0000000000${compressed}`])
    .map((path) => path.filter((part) => part !== "").join("/"));
}

const endings: Readonly<Record<string, string>> = { PARQUET: ".parquet", AVRO: ".avro", JSON: ".json" };

/** A time as Joda writes it: letters are fields of it, but for what stands in quotes. */
function written(format: string): string {
  const [date = "", clock = ""] = time.toISOString().split("T");
  const [year = "", month = "", day = ""] = date.split("-");
  const [hour = "", minute = ""] = clock.split(":");
  const fields: Readonly<Record<string, string>> = { YYYY: year, yyyy: year, MM: month, dd: day, HH: hour, mm: minute };
  return format.replace(
    /'([^']*)'|[A-Za-z]+/g,
    (part: string, literal: string | undefined) => literal ?? fields[part] ?? part,
  );
}

/** The customer's own key, with which a bucket encrypts what is put into it. */
function keyOf(cloud: Inventory, bucket: string): string | undefined {
  const rules = cloud.get(awsTypes.bucketEncryption, bucket)?.properties.rules;
  const how = Array.isArray(rules)
    ? valueAt({ rule: rules[0] as unknown }, "rule.applyServerSideEncryptionByDefault")
    : {};
  return isObject(how) && typeof how.kmsMasterKeyId === "string" && how.kmsMasterKeyId !== ""
    ? how.kmsMasterKeyId
    : undefined;
}

function partsOf(aws: unknown): { customerRoleArn: string; iamRoleArn: string; externalId: string } {
  const { customerRoleArn, iamRoleArn, externalId } = isObject(aws) ? aws : {};
  return { customerRoleArn: String(customerRoleArn), iamRoleArn: String(iamRoleArn), externalId: String(externalId) };
}
