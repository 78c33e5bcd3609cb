import { isObject } from "../check.ts";
import type { Inventory, Properties, Thing } from "../inventory.ts";
import { listIn, types } from "./common.ts";

/** What instances run with. */
export interface Running {
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  /** In clear. */
  readonly userData: string;
}

/** The instances that run, by themselves, in a group or behind a warehouse, and what they hold on to. */
export function runningIn(cloud: Inventory): Running[] {
  const alone = cloud.all(types.instance).map(({ properties }) => ({
    subnets: [String(properties.subnetId)],
    securityGroups: listIn(properties, "vpcSecurityGroupIds").map(String),
    userData: typeof properties.userData === "string" ? properties.userData : decoded(properties.userDataBase64),
  }));
  const inGroups = cloud
    .all(types.group)
    .filter(({ properties }) => Number(properties.desiredCapacity) > 0)
    .map((group) => ({
      subnets: listIn(group.properties, "vpcZoneIdentifiers").map(String),
      ...launchedBy(templateOf(cloud, group.properties)),
    }));
  const warehouses = cloud.all(types.serverlessWorkgroup).map(({ properties }) => ({
    subnets: listIn(properties, "subnetIds").map(String),
    securityGroups: listIn(properties, "securityGroupIds").map(String),
    userData: "",
  }));
  return [...alone, ...inGroups, ...warehouses];
}

function launchedBy(template: Thing | undefined): Pick<Running, "securityGroups" | "userData"> {
  const properties = template?.properties ?? {};
  const ofInterfaces = listIn(properties, "networkInterfaces")
    .filter(isObject)
    .flatMap((networkInterface) => listIn(networkInterface, "securityGroups"));
  return {
    securityGroups: [...listIn(properties, "vpcSecurityGroupIds"), ...ofInterfaces].map(String),
    userData: decoded(properties.userData),
  };
}

/** The launch template of a group, by id or by name. */
export function templateOf(cloud: Inventory, group: Properties): Thing | undefined {
  const { id, name } = isObject(group.launchTemplate) ? group.launchTemplate : {};
  return cloud.find(
    types.launchTemplate,
    (properties, templateId) => templateId === id || (name !== undefined && properties.name === name),
  );
}

function decoded(base64: unknown): string {
  return typeof base64 === "string" ? Buffer.from(base64, "base64").toString() : "";
}
