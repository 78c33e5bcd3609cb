import { sinkName } from "../internalNames.ts";
import { nameIn, refusedName } from "../names.ts";

/** What a lake's things are called that stand beside those of other stacks in one account. */
export interface LakeNames {
  /** Of Glue's. */
  readonly database: string;
  /** Of Athena's. */
  readonly workgroup: string;
  /** Of IAM's: what Confluent writes as. That of the target's account, which is no longer than IAM takes either. */
  readonly writer: string;
  /** Of IAM's: the policy of those who read. */
  readonly readers: string;
  /** Of Confluent's provider integration. */
  readonly integration: string;
}

/** @param owner unique for each stack, e.g. `pipeline-dev` */
export function lakeNames(owner: string, target: string, database: string): LakeNames {
  const own = `${owner}-${target}`;
  return {
    database,
    workgroup: own,
    writer: `${owner}-${sinkName(target)}`,
    readers: `${own}-readers`,
    integration: own,
  };
}

/** `pipeline_dev`, of the stack `dev`. */
export function defaultDatabase(project: string, stack: string): string {
  return nameIn("glue", `${project}_${stack}`).replace(/\W/g, "_");
}

/** Why Athena cannot take a name for a database without quotes; `undefined` when it can. */
export function databaseMistake(name: string): string | undefined {
  const refused = refusedName("glue", "table", name);
  const stored = nameIn("glue", name);
  if (refused !== undefined) {
    return `${refused.reason}. Write ${nameIn("glue", refused.nearest)}.`;
  }
  return stored === name ? undefined : `Glue keeps names in lower case. Write ${stored}.`;
}

/** The most characters of a bucket's name (Amazon S3, "General purpose bucket naming rules"). */
const longestBucket = 63;

/**
 * `pipeline-dev-lake-111122223333`: the account's number makes it unique in the world, and a preview shows it. Long names are
 * cut; should two be one then, S3 refuses the second, and its stack has to name a bucket itself.
 */
export function defaultBucket(owner: string, target: string, account: string): string {
  const own = `${owner}-${target}`.toLowerCase().replace(/[^a-z0-9-]+/g, "-");
  return `${own.slice(0, longestBucket - account.length - 1)}-${account}`;
}

/** Why S3 refuses a name for a bucket; `undefined` if it takes it. Dots are refused too: TLS would not match the name. */
export function bucketMistake(name: string): string | undefined {
  if (name.length < 3 || name.length > longestBucket) {
    return `"${name}" has ${name.length} characters, and S3 takes 3 to ${longestBucket}. Write another name.`;
  }
  return /^[a-z0-9][a-z0-9-]*[a-z0-9]$/.test(name) &&
    !/^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|--x-s3|--table-s3)$/.test(name)
    ? undefined
    : `"${name}" is no name for a bucket. Write lower-case letters, digits and -, a letter or digit at both ends.`;
}
