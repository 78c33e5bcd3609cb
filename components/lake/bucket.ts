import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls.js";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy.js";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning.js";
import type * as pulumi from "@pulumi/pulumi";
import { bucketPolicy } from "../../model/lake/access.ts";
import { lifecycleRules } from "../../model/lake/lifecycle.ts";

interface BucketArgs {
  name: pulumi.Input<string>;
  /** ARN of the key that objects are encrypted with; `undefined`: S3's own. */
  kmsKey: string | undefined;
  /** Days after which files are deleted; 0: never. */
  keepDays: number;
  ephemeral: boolean;
}

/** The bucket with what goes with it. */
export interface MadeBucket {
  readonly bucket: Bucket;
  /** What has to be there before anybody writes into it. */
  readonly ready: readonly pulumi.Resource[];
}

/** A bucket that is nobody's but the account's: nothing in it is public, nothing comes without TLS, all is encrypted. */
export function makeBucket(
  name: string,
  { name: bucketName, kmsKey, keepDays, ephemeral }: BucketArgs,
  parent: pulumi.Resource,
): MadeBucket {
  // Whether it may be emptied, the provider reads from the state when it deletes it: so from the first `up` on.
  const bucket = new Bucket(
    `${name}-bucket`,
    { bucket: bucketName, forceDestroy: ephemeral },
    { parent, protect: !ephemeral },
  );
  const its = { parent, deletedWith: bucket };
  const closed = new BucketPublicAccessBlock(
    `${name}-bucket-closed`,
    {
      bucket: bucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    its,
  );
  const owned = new BucketOwnershipControls(
    `${name}-bucket-owned`,
    { bucket: bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    its,
  );
  const encrypted = new BucketServerSideEncryptionConfiguration(
    `${name}-bucket-encrypted`,
    {
      bucket: bucket.bucket,
      rules: [
        kmsKey === undefined
          ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
          : {
              applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKey },
              bucketKeyEnabled: true, // one call to KMS for many objects
            },
      ],
    },
    its,
  );
  const versioned = ephemeral
    ? []
    : [
        new BucketVersioning(
          `${name}-bucket-versioned`,
          { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
          its,
        ),
      ];
  new BucketLifecycleConfiguration(
    `${name}-bucket-lifecycle`,
    { bucket: bucket.bucket, rules: lifecycleRules({ keepDays, ephemeral }) },
    { ...its, dependsOn: versioned },
  );
  const guarded = new BucketPolicy(
    `${name}-bucket-policy`,
    { bucket: bucket.bucket, policy: bucket.bucket.apply(bucketPolicy) },
    { ...its, dependsOn: [closed] }, // S3 takes one change of who may what at a time
  );
  return { bucket, ready: [closed, owned, encrypted, ...versioned, guarded] };
}
