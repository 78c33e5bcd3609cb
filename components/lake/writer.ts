import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { ProviderIntegration } from "@pulumi/confluentcloud/providerIntegration.js";
import * as pulumi from "@pulumi/pulumi";
import { catalogPolicy, trustPolicy, writerPolicy } from "../../model/lake/access.ts";
import type { LakeArgs, Whereabouts } from "./args.ts";

/** As whom Confluent writes. */
export interface Writer {
  readonly integration: ProviderIntegration;
  /** What has to be there before it writes. */
  readonly ready: readonly pulumi.Resource[];
}

/**
 * A role of ours that Confluent takes, so that no key lies anywhere. Each end has to know the other: Confluent wants the
 * role's ARN first, which follows from its name, and says then what the role has to ask for.
 */
export function makeWriter(
  name: string,
  { cluster, names, config }: LakeArgs,
  { account, bucket }: Whereabouts,
  parent: pulumi.Resource,
): Writer {
  const isTableflow = config.format === "iceberg";
  const integration = new ProviderIntegration(
    `${name}-integration`,
    {
      displayName: names.integration,
      environment: { id: cluster.environment.id },
      aws: { customerRoleArn: pulumi.interpolate`arn:aws:iam::${account}:role/${names.writer}` },
    },
    { parent, deleteBeforeReplace: true }, // an environment knows a role once
  );
  const role = new Role(
    `${name}-writer`,
    {
      name: names.writer,
      description: "Confluent writes files of the lake as it",
      assumeRolePolicy: integration.aws.apply((aws) =>
        trustPolicy({ roleArn: aws.iamRoleArn, externalId: aws.externalId }, isTableflow),
      ),
    },
    { parent, deleteBeforeReplace: true },
  );
  const folder = isTableflow ? undefined : config.folder;
  const writes = new RolePolicy(
    `${name}-writer-bucket`,
    {
      role: role.name,
      policy: bucket.apply((known) => writerPolicy(config.region, { bucket: known, folder, kmsKey: config.kmsKey })),
    },
    { parent },
  );
  const publishes = isTableflow
    ? [
        new RolePolicy(
          `${name}-writer-catalog`,
          {
            role: role.name,
            policy: account.apply((known) => catalogPolicy(config.region, known, names.database)),
          },
          { parent },
        ),
      ]
    : [];
  return { integration, ready: [writes, ...publishes] };
}
