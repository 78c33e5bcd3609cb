import { randomBytes } from "node:crypto";
import type { Properties } from "../inventory.ts";
import type { SimulatedFunction } from "../simulated.ts";
import { accountId, arn, digest } from "./common.ts";
import { requiredSubnet } from "./network.ts";
import { zonesOf } from "./zones.ts";

const regionOf = (args: Properties, config: Properties): string => String(args.region ?? config.region);

export const functions: Readonly<Record<string, SimulatedFunction>> = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": (_cloud, args, config) => {
    const region = regionOf(args, config);
    return { ...args, id: region, region, ...zonesOf(region), groupNames: [region] };
  },
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({
    id: accountId,
    accountId,
    arn: `arn:aws:iam::${accountId}:user/sandbox`,
    userId: "AIDASANDBOX",
  }),
  "aws:index/getPartition:getPartition": () => ({
    id: "aws",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
  "aws:index/getRegion:getRegion": (_cloud, args, config) => {
    const region = regionOf(args, config);
    return { id: region, region, name: region, description: region, endpoint: `ec2.${region}.amazonaws.com` };
  },
  "aws:ec2/getSubnet:getSubnet": (cloud, args, config) => {
    const region = regionOf(args, config);
    const subnet = requiredSubnet(cloud, args.id, region);
    const zones = zonesOf(region);
    const somebodyElses = {
      vpcId: `vpc-${digest("somebody else's", 17)}`,
      availabilityZone: zones.names[Number.parseInt(digest(String(args.id), 1), 16) % 3],
      cidrBlock: "10.0.0.0/24",
      mapPublicIpOnLaunch: false,
      arn: arn("ec2", region, `subnet/${String(args.id)}`),
      ownerId: accountId,
    };
    return { ...(subnet?.properties ?? somebodyElses), id: args.id, region, state: "available" };
  },
  "aws:ecr/getAuthorizationToken:getAuthorizationToken": (_cloud, args, config) => {
    const region = regionOf(args, config);
    const password = randomBytes(32).toString("base64");
    return {
      id: region,
      region,
      userName: "AWS",
      password,
      authorizationToken: Buffer.from(`AWS:${password}`).toString("base64"),
      proxyEndpoint: `https://${accountId}.dkr.ecr.${region}.amazonaws.com`,
      expiresAt: "2026-01-01T12:00:00Z",
    };
  },
};
