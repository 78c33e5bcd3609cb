import { InstanceProfile } from "@pulumi/aws/iam/instanceProfile.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../../model/aws/policy.ts";

/** Some actions on some resources. */
interface Permission {
  readonly actions: readonly string[];
  readonly resources: readonly pulumi.Input<string>[];
}

export interface InstanceRoleArgs {
  /** What the instances may do besides being managed by Systems Manager. */
  readonly may: readonly Permission[];
}

/**
 * What the agent of Systems Manager needs to take sessions and commands. The calls know no resources, so there is
 * nothing to narrow them to; Amazon's own AmazonSSMManagedInstanceCore also reads every parameter of the account.
 */
const managedInstance: Permission = {
  actions: [
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
    "ec2messages:AcknowledgeMessage",
    "ec2messages:DeleteMessage",
    "ec2messages:FailMessage",
    "ec2messages:GetEndpoint",
    "ec2messages:GetMessages",
    "ec2messages:SendReply",
  ],
  resources: ["*"],
};

/** Makes the profile that EC2 instances run with. */
export function instanceProfile(
  name: string,
  { may }: InstanceRoleArgs,
  opts: pulumi.CustomResourceOptions,
): InstanceProfile {
  const role = new Role(
    `${name}-role`,
    {
      assumeRolePolicy: policyDocument([{ Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }]),
    },
    opts,
  );
  const allowed = pulumi
    .all([managedInstance, ...may].map(({ actions, resources }) => pulumi.output({ actions, resources })))
    .apply((permissions) =>
      policyDocument(permissions.map(({ actions, resources }) => ({ Action: actions, Resource: resources }))),
    );
  const permissions = new RolePolicy(`${name}-permissions`, { role: role.id, policy: allowed }, opts);
  // An instance that starts before its permissions are there fails its first calls.
  return new InstanceProfile(`${name}-profile`, { role: role.name }, { ...opts, dependsOn: [permissions] });
}
