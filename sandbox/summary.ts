import { all } from "../model/words.ts";
import type { Inventory, Properties } from "./cloud/inventory.ts";
import { isObject } from "./cloud/check.ts";
import { count, sortedBy, table, text } from "./lines.ts";
import { lakeLines } from "./lakeSummary.ts";
import { snowflakeLines } from "./snowflakeSummary.ts";

const kind = (module: string) => `confluentcloud:index/${module}:${module.charAt(0).toUpperCase()}${module.slice(1)}`;

/** What exists now, read from the cloud and not from Pulumi's state: topics, tables, files, and accounts and roles with what each may do. */
export function summaryOf(cloud: Inventory): string {
  const parts = [kafkaLines(cloud), snowflakeLines(cloud), lakeLines(cloud)].filter((lines) => lines.length > 0);
  return parts.length === 0 ? "Nothing exists." : parts.map((lines) => lines.join("\n")).join("\n\n");
}

function kafkaLines(cloud: Inventory): string[] {
  const cluster = cloud.all(kind("kafkaCluster"))[0];
  if (cluster === undefined) {
    return [];
  }
  const { properties } = cluster;
  const clusterType = ["basic", "standard", "dedicated"].find((type) => properties[type] !== undefined) ?? "";
  return [
    `Kafka: a ${clusterType} cluster in ${text(properties, "cloud")} ${text(properties, "region")}, ${text(properties, "bootstrapEndpoint")}`,
    "",
    "Topics",
    ...table(
      sortedBy(cloud.all(kind("kafkaTopic")), "topicName").map((topic) => [
        text(topic, "topicName"),
        count(Number(topic.partitionsCount), "partition"),
        retentionOf(topic),
      ]),
    ),
    "",
    ...connectorLines(cloud),
    ...ksqlDbLines(cloud),
    "Accounts, and what each may do",
    ...sortedBy(cloud.all(kind("serviceAccount")), "displayName").flatMap((account) => [
      `  ${text(account, "displayName")}: ${text(account, "description")}`,
      ...rightsOf(cloud, text(account, "id")).map((right) => `      ${right}`),
    ]),
  ];
}

/** Where Kafka Connect runs, and its connectors with the tables that each captures. */
function connectorLines(cloud: Inventory): string[] {
  const groups = cloud.all("aws:autoscaling/group:Group").map(({ properties }) => {
    const { id } = isObject(properties.launchTemplate) ? properties.launchTemplate : {};
    const template = cloud.get("aws:ec2/launchTemplate:LaunchTemplate", id)?.properties ?? {};
    return `  ${count(Number(properties.desiredCapacity), "worker")} on EC2, ${text(template, "instanceType")}`;
  });
  const onWorkers = cloud.all("connect:connector").map(({ id, properties }) => ({ id, config: properties.config }));
  const managed = cloud
    .all(kind("connector"))
    .map(({ properties }) => ({ id: "managed", config: properties.configNonsensitive }));
  const rows = [...onWorkers, ...managed].map(({ id, config }) => {
    const settings = isObject(config) ? config : {};
    const name = id === "managed" ? text(settings, "name") : id;
    return [name, text(settings, "connector.class").split(".").at(-1) ?? "", text(settings, "database.hostname")];
  });
  return groups.length + rows.length === 0 ? [] : ["Kafka Connect", ...groups, ...table(rows.sort()), ""];
}

function ksqlDbLines(cloud: Inventory): string[] {
  const rows = sortedBy(cloud.all(kind("ksqlCluster")), "displayName").map((cluster) => [
    text(cluster, "displayName"),
    `${String(cluster.csu)} CSU`,
    text(cluster, "restEndpoint"),
  ]);
  const statements = cloud
    .all("ksqldb:relation")
    .map(({ id, properties }) => [
      id.split("/").at(-1) ?? id,
      text(properties, "kind"),
      `from ${all((properties.reads as readonly string[]).toSorted())}`,
    ]);
  return rows.length + statements.length === 0 ? [] : ["ksqlDB", ...table(rows), ...table(statements.sort()), ""];
}

function rightsOf(cloud: Inventory, account: string): string[] {
  const principal = `User:${account}`;
  const rights = new Map<string, Set<string>>();
  const add = (what: string, how: string) => rights.set(what, (rights.get(what) ?? new Set()).add(how));
  for (const { properties } of cloud.all(kind("kafkaAcl")).filter((acl) => acl.properties.principal === principal)) {
    const name = text(properties, "resourceName") + (properties.patternType === "PREFIXED" ? "*" : "");
    add(`${text(properties, "resourceType").toLowerCase()} ${name}`, text(properties, "operation").toLowerCase());
  }
  for (const { properties } of cloud
    .all(kind("roleBinding"))
    .filter((role) => role.properties.principal === principal)) {
    const [what = "", name = ""] = (text(properties, "crnPattern").split("/").at(-1) ?? "").split("=");
    add(`${what === "cloud-cluster" ? "cluster" : what} ${decodeURIComponent(name)}`, text(properties, "roleName"));
  }
  return [...rights].map(([what, how]) => `${what}: ${all([...how])}`).sort();
}

function retentionOf(topic: Properties): string {
  const config = isObject(topic.config) ? topic.config : {};
  if (config["cleanup.policy"] === "compact") {
    return "the last row of each key, for ever";
  }
  const ms = Number(config["retention.ms"]);
  return ms === -1 ? "everything, for ever" : `everything, for ${count(ms / (24 * 60 * 60 * 1000), "day")}`;
}
