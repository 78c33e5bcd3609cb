import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity.js";
import type { Bucket } from "@pulumi/aws/s3/bucket.js";
import type { CatalogDatabase } from "@pulumi/aws/glue/catalogDatabase.js";
import type { Policy } from "@pulumi/aws/iam/policy.js";
import type { Workgroup } from "@pulumi/aws/athena/workgroup.js";
import type { ProviderIntegration } from "@pulumi/confluentcloud/providerIntegration.js";
import * as pulumi from "@pulumi/pulumi";
import { defaultBucket } from "../../model/lake/names.ts";
import { columnsOf, typeChanges, typeChangesMessage, type LakeColumns } from "../../model/lake/typeChanges.ts";
import type { LakeArgs } from "./args.ts";
import { makeBucket } from "./bucket.ts";
import { makeDatabase, makeTables } from "./catalog.ts";
import { makeQuestions, makeWorkgroup } from "./questions.ts";
import { makeReaders } from "./readers.ts";
import { makeWriter } from "./writer.ts";

/**
 * Everything of one lake but what fills it: the bucket, as whom Confluent writes into it, what its files mean in Glue, where
 * questions are asked, and who may ask them. Needs a provider of AWS in the lake's region.
 */
export class Lake extends pulumi.ComponentResource {
  readonly bucket: Bucket;
  readonly integration: ProviderIntegration;
  readonly database: CatalogDatabase;
  readonly workgroup: Workgroup;
  /** The policy of those who read. */
  readonly readers: Policy;
  /** What has to be there before anything is written. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: LakeArgs, opts?: pulumi.ComponentResourceOptions) {
    const { target, config, ephemeral } = args;
    const { folder } = config;
    const columns = columnsOf(args.tables);
    super(
      "pipeline:lake:Lake",
      name,
      { folder, columns },
      { ...opts, hooks: { beforeUpdate: [filesStayReadable(name, target)] } },
    );
    const account = getCallerIdentityOutput({}, { parent: this }).accountId;
    const bucketName =
      config.bucket === "" ? account.apply((known) => defaultBucket(args.owner, target, known)) : config.bucket;

    const { bucket, ready } = makeBucket(name, { ...config, name: bucketName, ephemeral }, this);
    this.bucket = bucket;
    const whereabouts = { account, bucket: bucket.bucket };
    const writer = makeWriter(name, args, whereabouts, this);
    this.integration = writer.integration;
    this.ready = [...ready, ...writer.ready];

    this.database = makeDatabase(name, args, this);
    this.workgroup = makeWorkgroup(name, args, this);
    if (config.format === "parquet") {
      makeTables(name, args, this.database, bucket.bucket, this);
      makeQuestions(name, args, this, this);
    }
    this.readers = makeReaders(name, args, whereabouts, this);

    this.registerOutputs({ bucket: bucket.bucket, database: this.database.name, workgroup: this.workgroup.name });
  }
}

/**
 * Glue takes any change of a column's type, and Athena then fails on every file that was written before. The component's
 * recorded inputs know the types that there were, and this refuses before anything is touched, in previews too.
 */
function filesStayReadable(name: string, target: string): pulumi.ResourceHook {
  return new pulumi.ResourceHook(
    `${name}-files-stay-readable`,
    ({ oldInputs, newInputs }) => {
      const before = recordedIn(oldInputs);
      const after = recordedIn(newInputs);
      const changes = before.folder === after.folder ? typeChanges(before.columns, after.columns) : [];
      if (changes.length > 0) {
        throw new Error(typeChangesMessage(changes, target, after.folder));
      }
    },
    { onDryRun: true },
  );
}

function recordedIn(inputs: unknown): { folder: string; columns: LakeColumns } {
  const { folder = "", columns = {} } = (inputs ?? {}) as { folder?: string; columns?: LakeColumns };
  return { folder, columns };
}
