import { getAvailabilityZonesOutput } from "@pulumi/aws/getAvailabilityZones.js";
import { InternetGateway } from "@pulumi/aws/ec2/internetGateway.js";
import { Route } from "@pulumi/aws/ec2/route.js";
import { RouteTable } from "@pulumi/aws/ec2/routeTable.js";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation.js";
import { Subnet } from "@pulumi/aws/ec2/subnet.js";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Vpc } from "@pulumi/aws/ec2/vpc.js";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import * as pulumi from "@pulumi/pulumi";

export interface NetworkArgs {
  /** The name that people see in AWS. In place. */
  displayName: string;
  /** The VPC that reaches the databases; `undefined`: a small one is made. A change replaces what is in it. */
  given: Subnets | undefined;
  /** Ports of the databases, which workers must be able to reach. In place. */
  databasePorts: readonly number[];
}

/** A VPC and the subnets of it that instances run in. */
export interface Subnets {
  readonly vpcId: pulumi.Input<string>;
  readonly subnetIds: readonly pulumi.Input<string>[];
}

/** The one port of Kafka Connect's REST interface: workers forward requests to their leader on it. */
const restPort = 8083;

const zones = [0, 1] as const;

/** Where workers run, and who reaches whom there: nothing comes in but the workers' own calls to each other. */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly subnetIds: pulumi.Output<string>[];
  /** Security group of the workers: databases let its members in. */
  readonly workersGroupId: pulumi.Output<string>;

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pipeline:connect:Network", name, {}, opts);
    const { vpcId, subnetIds } = args.given ?? makeSubnets(name, args, this);
    this.vpcId = pulumi.output(vpcId);
    this.subnetIds = subnetIds.map((id) => pulumi.output(id));
    this.workersGroupId = makeWorkersGroup(name, args, this.vpcId, this).id;

    this.registerOutputs({ vpcId: this.vpcId, subnetIds: this.subnetIds, workersGroupId: this.workersGroupId });
  }
}

/**
 * A small VPC for those who have none: a subnet in each of two zones, and a way out to the internet. Instances have
 * public addresses instead of a NAT gateway (about 33 USD a month each): a security group without a rule for the
 * internet keeps everyone out all the same.
 */
function makeSubnets(name: string, { displayName }: NetworkArgs, parent: pulumi.Resource): Subnets {
  const own = { parent };
  const tags = { Name: displayName };
  const vpc = new Vpc(
    `${name}-vpc`,
    { cidrBlock: "10.81.0.0/24", enableDnsSupport: true, enableDnsHostnames: true, tags },
    own,
  );
  const gateway = new InternetGateway(`${name}-gateway`, { vpcId: vpc.id, tags }, own);
  const routes = new RouteTable(`${name}-routes`, { vpcId: vpc.id, tags }, own);
  const way = new Route(
    `${name}-way-out`,
    { routeTableId: routes.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id },
    own,
  );
  // Local zones have neither every instance type nor a place in an Auto Scaling group of the region.
  const available = getAvailabilityZonesOutput(
    { state: "available", filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }] },
    own,
  );
  const subnetIds = zones.map((zone) => {
    const subnet = new Subnet(
      `${name}-subnet-${String(zone)}`,
      {
        vpcId: vpc.id,
        cidrBlock: `10.81.0.${String(zone * 128)}/25`,
        availabilityZone: available.names.apply((names) => [...names].sort()[zone] ?? ""),
        mapPublicIpOnLaunch: true,
        tags,
      },
      own,
    );
    const association = new RouteTableAssociation(
      `${name}-association-${String(zone)}`,
      { routeTableId: routes.id, subnetId: subnet.id },
      { parent, dependsOn: [way] },
    );
    // Whoever uses the subnet waits for its way out: an instance that boots without one never gets its software.
    return pulumi.all([subnet.id, association.id]).apply(([id]) => id);
  });
  return { vpcId: vpc.id, subnetIds };
}

/** Out go Kafka, HTTPS for AWS and the registry, and the databases; in comes nothing from outside the group. */
function makeWorkersGroup(
  name: string,
  { displayName, databasePorts }: NetworkArgs,
  vpcId: pulumi.Output<string>,
  parent: pulumi.Resource,
): SecurityGroup {
  const own = { parent };
  const group = new SecurityGroup(
    `${name}-workers`,
    { description: `Kafka Connect workers of ${displayName}`, vpcId, tags: { Name: displayName } },
    own,
  );
  const tcp = (port: number) => ({ ipProtocol: "tcp", fromPort: port, toPort: port, securityGroupId: group.id });
  const amongWorkers = { ...tcp(restPort), referencedSecurityGroupId: group.id };
  new SecurityGroupIngressRule(`${name}-workers-in-rest`, amongWorkers, own);
  new SecurityGroupEgressRule(`${name}-workers-out-rest`, amongWorkers, own);
  for (const port of [...new Set([443, 9092, ...databasePorts])].sort((a, b) => a - b)) {
    new SecurityGroupEgressRule(`${name}-workers-out-${String(port)}`, { ...tcp(port), cidrIpv4: "0.0.0.0/0" }, own);
  }
  return group;
}
