import { all } from "../model/words.ts";
import type { Inventory, Properties } from "./cloud/inventory.ts";
import { isObject } from "./cloud/check.ts";

const kind = (module: string) => `confluentcloud:index/${module}:${module.charAt(0).toUpperCase()}${module.slice(1)}`;

/** What exists now, read from the cloud and not from Pulumi's state: topics, and accounts with what each may do. */
export function summaryOf(cloud: Inventory): string {
  const cluster = cloud.all(kind("kafkaCluster"))[0];
  if (cluster === undefined) {
    return "Nothing exists.";
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
  ].join("\n");
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

function sortedBy(
  things: readonly { readonly id: string; readonly properties: Properties }[],
  property: string,
): Properties[] {
  return things
    .map(({ id, properties }): Properties => ({ ...properties, id }))
    .sort((a, b) => text(a, property).localeCompare(text(b, property)));
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd());
}

function text(properties: Properties, key: string): string {
  const value = properties[key];
  return typeof value === "string" ? value : "";
}

function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? "" : "s"}`;
}
