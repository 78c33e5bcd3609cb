import type { Inventory, Thing } from "../inventory.ts";
import { covers, idOf, types } from "./common.ts";

export type TopicRight = "READ" | "WRITE" | "CREATE";

const rolesWith: Readonly<Record<TopicRight, string>> = {
  READ: "DeveloperRead",
  WRITE: "DeveloperWrite",
  CREATE: "DeveloperManage",
};
const clusterRoles = ["CloudClusterAdmin", "EnvironmentAdmin", "OrganizationAdmin"];

/** Whether an account has a right on a topic, by ACL or by role. */
export function mayWith(cloud: Inventory, cluster: Thing, account: string, right: TopicRight, topic: string): boolean {
  const principal = `User:${account}`;
  const acl = cloud.find(
    types.kafkaAcl,
    (properties) =>
      idOf(properties, "kafkaCluster") === cluster.id &&
      properties.principal === principal &&
      properties.permission === "ALLOW" &&
      properties.resourceType === "TOPIC" &&
      [right, "ALL"].includes(String(properties.operation)) &&
      (properties.patternType === "PREFIXED"
        ? topic.startsWith(String(properties.resourceName))
        : [topic, "*"].includes(String(properties.resourceName))),
  );
  const crn = String(cluster.properties.rbacCrn);
  const role = cloud.find(types.roleBinding, (properties) => {
    const pattern = decodeURIComponent(String(properties.crnPattern));
    const roleName = String(properties.roleName);
    return (
      properties.principal === principal &&
      (clusterRoles.includes(roleName)
        ? covers(pattern, crn)
        : [rolesWith[right], "ResourceOwner"].includes(roleName) &&
          covers(pattern, `${crn}/kafka=${cluster.id}/topic=${topic}`))
    );
  });
  return acl !== undefined || role !== undefined;
}
