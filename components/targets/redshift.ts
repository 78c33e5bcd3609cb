import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Namespace } from "@pulumi/aws/redshiftserverless/namespace.js";
import { Workgroup } from "@pulumi/aws/redshiftserverless/workgroup.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import * as pulumi from "@pulumi/pulumi";

export interface RedshiftArgs {
  /** The name that people see in AWS, e.g. `pipeline-dev-redshift`: 3 to 64 small letters, digits and -. A change replaces everything. */
  displayName: string;
  /** Name of the first database. A change replaces the namespace. */
  database: string;
  /** 1 to 65535. In place. */
  port: number;
  /** Id of the VPC. A change replaces the security group. */
  vpc: string;
  /** Ids of three subnets or more, in three zones, with a way out to the internet. In place. */
  subnets: readonly string[];
  /** Ranges (CIDR, IPv4) that may reach it, and nobody else. In place. */
  allowedIps: readonly string[];
  /** RPU: 8 to 512, in steps of 8. In place. */
  capacity: number;
  /** RPU; 0: AWS decides. In place. */
  maxCapacity: number;
  /** A change replaces the namespace. */
  adminUser: string;
  /** Empty: AWS makes one, keeps it in Secrets Manager and changes it. A secret. In place. */
  adminPassword: string;
  /** `false`: the namespace, which has the rows, is protected. */
  ephemeral: boolean;
}

/**
 * Redshift without a server to look after: a namespace, which has the databases, and a workgroup, which answers. It has an
 * address in the internet, since Confluent's connector comes from there; its security group lets in the ranges that are named.
 * Connections without TLS are refused, and rows encrypted: both are Redshift's own defaults.
 */
export class Redshift extends pulumi.ComponentResource {
  readonly namespace: Namespace;
  readonly workgroup: Workgroup;
  /** Host name. */
  readonly host: pulumi.Output<string>;

  constructor(name: string, args: RedshiftArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pipeline:targets:Redshift", name, {}, opts);
    const group = makeGroup(name, args, this);
    this.namespace = new Namespace(
      `${name}-namespace`,
      {
        namespaceName: args.displayName,
        dbName: args.database,
        adminUsername: args.adminUser,
        ...(args.adminPassword === ""
          ? { manageAdminPassword: true }
          : { adminUserPassword: pulumi.secret(args.adminPassword) }),
        logExports: ["userlog", "connectionlog"],
      },
      { parent: this, protect: !args.ephemeral },
    );
    this.workgroup = new Workgroup(
      `${name}-workgroup`,
      {
        workgroupName: args.displayName,
        namespaceName: this.namespace.namespaceName,
        baseCapacity: args.capacity,
        ...(args.maxCapacity === 0 ? {} : { maxCapacity: args.maxCapacity }),
        port: args.port,
        publiclyAccessible: true,
        securityGroupIds: [group.id],
        subnetIds: [...args.subnets],
      },
      { parent: this },
    );
    this.host = this.workgroup.endpoints.apply(([endpoint]) => endpoint?.address ?? "");
    this.registerOutputs({ host: this.host, adminPasswordSecretArn: this.namespace.adminPasswordSecretArn });
  }
}

function makeGroup(
  name: string,
  { displayName, vpc, port, allowedIps }: RedshiftArgs,
  parent: pulumi.Resource,
): SecurityGroup {
  const group = new SecurityGroup(
    `${name}-in`,
    { description: `Redshift of ${displayName}`, vpcId: vpc, tags: { Name: displayName } },
    { parent },
  );
  for (const address of allowedIps) {
    const cidrIpv4 = address.includes("/") ? address : `${address}/32`;
    new SecurityGroupIngressRule(
      `${name}-in-${cidrIpv4}`,
      { securityGroupId: group.id, cidrIpv4, ipProtocol: "tcp", fromPort: port, toPort: port },
      { parent },
    );
  }
  return group;
}
