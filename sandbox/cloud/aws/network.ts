import { CloudError, type Inventory, type Properties } from "../inventory.ts";
import { exactlyOne } from "../rules.ts";
import type { SimulatedResource } from "../simulated.ts";
import {
  accountId,
  arn,
  assumed,
  digest,
  isCidr,
  moment,
  networkOf,
  newId,
  regional,
  required,
  textOf,
  types,
} from "./common.ts";
import { runningIn } from "./running.ts";
import { zonesOf } from "./zones.ts";

const vpc = regional({
  computed: [
    "arn",
    "defaultNetworkAclId",
    "defaultRouteTableId",
    "defaultSecurityGroupId",
    "mainRouteTableId",
    "ownerId",
  ],
  replacedBy: ["cidrBlock", "ipv4IpamPoolId"],
  defaults: { enableDnsSupport: true },
  rules: {
    cidrBlock: (value, key) => {
      const network = networkOf(value);
      const isRight = network !== undefined && network.bits >= 16 && network.bits <= 28;
      return value === undefined || isRight
        ? undefined
        : `expected "${key}" to contain a network Value with between 16 and 28 significant bits, got: ${textOf(value)}`;
    },
  },
  check: (inputs, refuse) => exactlyOne(inputs, ["cidrBlock", "ipv4IpamPoolId"], refuse),
  seconds: () => assumed.network,
  create: (_cloud, inputs) => {
    const id = newId("vpc");
    const table = newId("rtb");
    return {
      id,
      outputs: {
        arn: arn("ec2", inputs.region, `vpc/${id}`),
        defaultNetworkAclId: newId("acl"),
        defaultRouteTableId: table,
        defaultSecurityGroupId: newId("sg"),
        mainRouteTableId: table,
        ownerId: accountId,
      },
    };
  },
  delete: (cloud, id) => {
    const contents = [types.subnet, types.securityGroup, types.internetGateway, types.routeTable];
    if (contents.some((type) => cloud.find(type, ({ vpcId }) => vpcId === id) !== undefined)) {
      throw new CloudError(`DependencyViolation: The vpc '${id}' has dependencies and cannot be deleted.`);
    }
  },
});

export function requiredVpc(cloud: Inventory, inputs: Properties) {
  const { vpcId, region } = inputs;
  return required(
    cloud,
    types.vpc,
    vpcId,
    region,
    `InvalidVpcID.NotFound: The vpc ID '${String(vpcId)}' does not exist`,
  );
}

export function requiredSubnet(cloud: Inventory, id: unknown, region: unknown) {
  const refusal = `InvalidSubnetID.NotFound: The subnet ID '${String(id)}' does not exist`;
  return required(cloud, types.subnet, id, region, refusal);
}

const subnet = regional({
  computed: ["arn", "availabilityZone", "availabilityZoneId", "ownerId"],
  replacedBy: ["availabilityZone", "availabilityZoneId", "cidrBlock", "vpcId"],
  rules: { cidrBlock: isCidr },
  seconds: (operation, inputs) =>
    operation === "create" && inputs.mapPublicIpOnLaunch === true ? assumed.network : moment,
  create: (cloud, inputs) => {
    const home = requiredVpc(cloud, inputs);
    checkRange(cloud, inputs, home?.properties.cidrBlock);
    const zones = zonesOf(inputs.region);
    const zone = inputs.availabilityZone ?? zones.names[0];
    const index = zones.names.indexOf(textOf(zone));
    if (index < 0) {
      throw new CloudError(
        `InvalidParameterValue: Value (${textOf(zone)}) for parameter availabilityZone is invalid. ` +
          `Subnets can currently only be created in the following availability zones: ${zones.names.join(", ")}.`,
      );
    }
    const id = newId("subnet");
    return {
      id,
      outputs: {
        arn: arn("ec2", inputs.region, `subnet/${id}`),
        availabilityZone: zone,
        availabilityZoneId: zones.zoneIds[index],
        ownerId: accountId,
      },
    };
  },
  delete: (cloud, id) => {
    if (runningIn(cloud).some(({ subnets }) => subnets.includes(id))) {
      throw new CloudError(`DependencyViolation: The subnet '${id}' has dependencies and cannot be deleted.`);
    }
    cloud
      .all(types.routeTableAssociation)
      .filter(({ properties }) => properties.subnetId === id)
      .forEach((association) => cloud.delete(association.type, association.id));
  },
});

function checkRange(cloud: Inventory, { cidrBlock, vpcId }: Properties, around: unknown): void {
  const network = networkOf(cidrBlock);
  const outer = networkOf(around);
  const isInside =
    network !== undefined && (outer === undefined || (network.first >= outer.first && network.last <= outer.last));
  if (!isInside || network.bits < 16 || network.bits > 28) {
    throw new CloudError(`InvalidSubnet.Range: The CIDR '${String(cidrBlock)}' is invalid.`);
  }
  const rival = cloud.find(types.subnet, (properties) => {
    const other = networkOf(properties.cidrBlock);
    return (
      properties.vpcId === vpcId && other !== undefined && other.first <= network.last && network.first <= other.last
    );
  });
  if (rival !== undefined) {
    throw new CloudError(`InvalidSubnet.Conflict: The CIDR '${String(cidrBlock)}' conflicts with another subnet`);
  }
}

const internetGateway = regional({
  computed: ["arn", "ownerId"],
  replacedBy: [],
  seconds: () => moment,
  create: (cloud, inputs) => {
    attach(cloud, inputs);
    const id = newId("igw");
    return { id, outputs: { arn: arn("ec2", inputs.region, `internet-gateway/${id}`), ownerId: accountId } };
  },
  update: (cloud, id, inputs) => {
    const gateway = cloud.get(types.internetGateway, id)?.properties;
    if (gateway?.vpcId !== inputs.vpcId) {
      attach(cloud, { ...inputs, region: gateway?.region });
    }
    return undefined;
  },
  delete: (cloud, id) => {
    const home = cloud.get(types.internetGateway, id)?.properties.vpcId;
    const hasAddresses = runningIn(cloud).some(({ subnets }) =>
      subnets.some((at) => {
        const { vpcId, mapPublicIpOnLaunch } = cloud.get(types.subnet, at)?.properties ?? {};
        return vpcId === home && mapPublicIpOnLaunch === true;
      }),
    );
    if (hasAddresses) {
      throw new CloudError(
        `DependencyViolation: Network ${String(home)} has some mapped public address(es). ` +
          "Please unmap those public address(es) before detaching the gateway.",
      );
    }
  },
});

function attach(cloud: Inventory, inputs: Properties): void {
  if (inputs.vpcId === undefined) {
    return;
  }
  requiredVpc(cloud, inputs);
  if (cloud.find(types.internetGateway, ({ vpcId }) => vpcId === inputs.vpcId) !== undefined) {
    throw new CloudError(
      `InvalidParameterValue: Network ${textOf(inputs.vpcId)} already has an internet gateway attached`,
    );
  }
}

const routeTable = regional({
  computed: ["arn", "ownerId", "propagatingVgws", "routes"],
  replacedBy: ["vpcId"],
  seconds: () => moment,
  create: (cloud, inputs) => {
    requiredVpc(cloud, inputs);
    const id = newId("rtb");
    const lists = { propagatingVgws: inputs.propagatingVgws ?? [], routes: inputs.routes ?? [] };
    return { id, outputs: { arn: arn("ec2", inputs.region, `route-table/${id}`), ownerId: accountId, ...lists } };
  },
  // The provider takes it from its subnets first; its routes go with it.
  delete: (cloud, id) => {
    [types.route, types.routeTableAssociation]
      .flatMap((type) => cloud.all(type))
      .filter(({ properties }) => properties.routeTableId === id)
      .forEach((part) => cloud.delete(part.type, part.id));
  },
});

function requiredTable(cloud: Inventory, { routeTableId: id, region }: Properties) {
  const refusal = `InvalidRouteTableID.NotFound: The routeTable ID '${String(id)}' does not exist`;
  return required(cloud, types.routeTable, id, region, refusal);
}

const destinations = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"];
const ways = [
  "carrierGatewayId",
  "coreNetworkArn",
  "egressOnlyGatewayId",
  "gatewayId",
  "localGatewayId",
  "natGatewayId",
  "networkInterfaceId",
  "odbNetworkArn",
  "transitGatewayId",
  "vpcEndpointId",
  "vpcPeeringConnectionId",
];

const route = regional({
  computed: ["instanceId", "instanceOwnerId", "origin", "state"],
  replacedBy: ["routeTableId", ...destinations],
  rules: { destinationCidrBlock: isCidr },
  check: (inputs, refuse) => {
    exactlyOne(inputs, destinations, refuse);
    exactlyOne(inputs, ways, refuse);
  },
  seconds: () => moment,
  create: (cloud, inputs) => {
    const table = requiredTable(cloud, inputs);
    checkGateway(cloud, inputs, table?.properties.vpcId);
    const to = textOf(destinations.map((name) => inputs[name]).find((value) => value !== undefined));
    const id = `r-${String(inputs.routeTableId)}${digest(to, 10)}`;
    if (cloud.get(types.route, id) !== undefined) {
      throw new CloudError(`RouteAlreadyExists: The route identified by ${to} already exists.`);
    }
    return { id, outputs: { instanceId: "", instanceOwnerId: "", origin: "CreateRoute", state: "active" } };
  },
  update: (cloud, id, inputs) => {
    const { region } = cloud.get(types.route, id)?.properties ?? {};
    checkGateway(cloud, { ...inputs, region }, requiredTable(cloud, { ...inputs, region })?.properties.vpcId);
    return undefined;
  },
});

function checkGateway(cloud: Inventory, { gatewayId, routeTableId, region }: Properties, home: unknown): void {
  if (!String(gatewayId).startsWith("igw-")) {
    return;
  }
  const refusal = `InvalidInternetGatewayID.NotFound: The internetGateway ID '${String(gatewayId)}' does not exist`;
  const gateway = required(cloud, types.internetGateway, gatewayId, region, refusal);
  if (gateway !== undefined && gateway.properties.vpcId !== home) {
    throw new CloudError(
      `InvalidParameterValue: route table ${String(routeTableId)} and network gateway ${gateway.id} belong to different networks`,
    );
  }
}

const routeTableAssociation = regional({
  computed: [],
  replacedBy: ["gatewayId", "subnetId"],
  check: (inputs, refuse) => exactlyOne(inputs, ["subnetId", "gatewayId"], refuse),
  seconds: () => moment,
  create: (cloud, inputs) => {
    const table = requiredTable(cloud, inputs);
    if (inputs.subnetId !== undefined) {
      const at = requiredSubnet(cloud, inputs.subnetId, inputs.region);
      if (table !== undefined && at !== undefined && table.properties.vpcId !== at.properties.vpcId) {
        throw new CloudError(
          `InvalidParameterValue: Route table ${table.id} and subnet ${at.id} belong to different networks`,
        );
      }
      if (cloud.find(types.routeTableAssociation, ({ subnetId }) => subnetId === inputs.subnetId) !== undefined) {
        throw new CloudError(
          `Resource.AlreadyAssociated: the specified association for route table ${String(inputs.routeTableId)} ` +
            "conflicts with an existing association",
        );
      }
    }
    return { id: newId("rtbassoc"), outputs: {} };
  },
});

/** A network, and how packets find their way in it. */
export const network: Readonly<Record<string, SimulatedResource>> = {
  [types.vpc]: vpc,
  [types.subnet]: subnet,
  [types.internetGateway]: internetGateway,
  [types.routeTable]: routeTable,
  [types.route]: route,
  [types.routeTableAssociation]: routeTableAssociation,
};
