import { KafkaAcl } from "@pulumi/confluentcloud/kafkaAcl.js";
import { RoleBinding } from "@pulumi/confluentcloud/roleBinding.js";
import type { ServiceAccount } from "@pulumi/confluentcloud/serviceAccount.js";
import * as pulumi from "@pulumi/pulumi";
import { aclsBesideRoles, aclsOf, rolesOf, type Acl, type Principal, type Role } from "../../model/access.ts";
import type { Cluster } from "./cluster.ts";

export interface RightsArgs {
  cluster: Cluster;
  account: ServiceAccount;
  /** How rights in Kafka are given: `acl` on basic clusters, which know no roles on topics. */
  access: "acl" | "rbac";
  /**
   * What stands for `unknownPrefix` in names of grants: the part that only the cloud knows. The rights are then for
   * something that uses them at once, so that roles are waited for (90 s, side by side).
   */
  prefix?: pulumi.Output<string>;
}

/** Stands in the names of grants, and in those of their resources, for what is known after creation. */
export const unknownPrefix = "PREFIX";

export interface GivenRights {
  readonly inKafka: readonly pulumi.Resource[];
  readonly onSubjects: readonly pulumi.Resource[];
}

/** Gives a principal's grants to an account: ACLs where the cluster knows no roles, and on subjects roles everywhere. */
export function giveRights(name: string, principal: Principal, args: RightsArgs, parent: pulumi.Resource): GivenRights {
  const acls = args.access === "acl" ? aclsOf(principal) : aclsBesideRoles(principal);
  const roles = rolesOf(principal);
  const isOnSubject = ({ resource }: Role) => resource === "SUBJECT";
  const inKafka = args.access === "rbac" ? roles.filter((role) => !isOnSubject(role)) : [];
  return {
    inKafka: [
      ...acls.map((acl) => allow(name, acl, args, parent)),
      ...inKafka.map((role) => bind(name, role, args, parent)),
    ],
    onSubjects: roles.filter(isOnSubject).map((role) => bind(name, role, args, parent)),
  };
}

function allow(name: string, acl: Acl, args: RightsArgs, parent: pulumi.Resource): KafkaAcl {
  const { cluster, account } = args;
  const shown = acl.resourceName + (acl.patternType === "PREFIXED" ? "*" : "");
  return new KafkaAcl(
    `${name}-${acl.operation.toLowerCase()}-${acl.resourceType.toLowerCase()}-${shown}`,
    {
      ...acl,
      resourceName: filled(acl.resourceName, args),
      principal: pulumi.interpolate`User:${account.id}`,
      permission: "ALLOW",
      host: "*",
      kafkaCluster: { id: cluster.kafka.id },
      restEndpoint: cluster.kafka.restEndpoint,
      credentials: cluster.kafkaCredentials,
    },
    { parent, deletedWith: cluster.kafka },
  );
}

function bind(name: string, role: Role, args: RightsArgs, parent: pulumi.Resource): RoleBinding {
  const { kafka, registry } = args.cluster;
  const kind = role.resource.toLowerCase().replace("_", "-");
  const pattern = filled(encodeURIComponent(role.namePattern).replaceAll("%2A", "*"), args);
  const crnPattern =
    role.resource === "SUBJECT"
      ? pulumi.interpolate`${registry.crn}/subject=${pattern}`
      : pulumi.interpolate`${kafka.rbacCrn}/kafka=${kafka.id}/${kind}=${pattern}`;
  return new RoleBinding(
    `${name}-${role.roleName}-${kind}-${role.namePattern}`,
    {
      principal: pulumi.interpolate`User:${args.account.id}`,
      roleName: role.roleName,
      crnPattern,
      // Where nothing in the stack uses these rights the moment they are made, nothing waits for them (90 s each).
      ...(args.prefix === undefined ? { disableWaitForReady: true } : {}),
    },
    { parent, deletedWith: args.account },
  );
}

function filled(text: string, { prefix }: RightsArgs): pulumi.Input<string> {
  return prefix === undefined || !text.includes(unknownPrefix)
    ? text
    : prefix.apply((known) => text.replaceAll(unknownPrefix, known));
}
