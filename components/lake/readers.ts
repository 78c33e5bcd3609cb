import { GroupPolicyAttachment } from "@pulumi/aws/iam/groupPolicyAttachment.js";
import { Policy } from "@pulumi/aws/iam/policy.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import { UserPolicyAttachment } from "@pulumi/aws/iam/userPolicyAttachment.js";
import * as pulumi from "@pulumi/pulumi";
import { readerPolicy } from "../../model/lake/access.ts";
import type { LakeArgs, Whereabouts } from "./args.ts";

/** What analysts may do, and those who are named in the configuration. Others attach it themselves. */
export function makeReaders(
  name: string,
  { names, target, config }: LakeArgs,
  { account, bucket }: Whereabouts,
  parent: pulumi.Resource,
): Policy {
  const policy = new Policy(
    `${name}-readers`,
    {
      name: names.readers,
      description: `Asks questions of ${target} in Athena, and reads its files`,
      policy: pulumi.all([account, bucket]).apply(([knownAccount, knownBucket]) =>
        readerPolicy({
          region: config.region,
          account: knownAccount,
          database: names.database,
          workgroup: names.workgroup,
          bucket: knownBucket,
          folder: config.format === "iceberg" ? undefined : config.folder,
          kmsKey: config.kmsKey,
        }),
      ),
    },
    { parent, deleteBeforeReplace: true },
  );
  for (const reader of config.readers) {
    const args = { policyArn: policy.arn };
    const attachment = `${name}-reader-${reader.kind}-${reader.name}`;
    switch (reader.kind) {
      case "role":
        new RolePolicyAttachment(attachment, { ...args, role: reader.name }, { parent });
        break;
      case "user":
        new UserPolicyAttachment(attachment, { ...args, user: reader.name }, { parent });
        break;
      case "group":
        new GroupPolicyAttachment(attachment, { ...args, group: reader.name }, { parent });
        break;
    }
  }
  return policy;
}
