import { all } from "../model/words.ts";
import { types } from "./cloud/aws/common.ts";
import { objectsIn } from "./cloud/aws/objects.ts";
import { isObject, valueAt } from "./cloud/check.ts";
import type { Inventory, Properties, Thing } from "./cloud/inventory.ts";
import { count, sortedBy, table, text } from "./lines.ts";

/** What exists of lakes: buckets, tables, questions, and who may ask them. And Redshift's, as far as the stack makes it. */
export function lakeLines(cloud: Inventory): string[] {
  const buckets = sortedBy(cloud.all(types.bucket), "bucket").map((bucket) => bucketLine(cloud, bucket));
  const databases = sortedBy(cloud.all(types.catalogDatabase), "name").flatMap((database) =>
    databaseLines(cloud, database),
  );
  const workgroups = sortedBy(cloud.all(types.workgroup), "name").flatMap((group) => workgroupLines(cloud, group));
  const policies = sortedBy(cloud.all(types.policy), "name").map((policy) => policyLine(cloud, policy));
  const warehouses = sortedBy(cloud.all(types.serverlessWorkgroup), "workgroupName").map(warehouseLine);
  return [...buckets, ...databases, ...workgroups, ...policies, ...warehouses];
}

function bucketLine(cloud: Inventory, bucket: Properties): string {
  const name = text(bucket, "bucket");
  const rules = listAt(cloud.get(types.bucketEncryption, name), "rules");
  const how = valueAt({ how: rules[0] }, "how.applyServerSideEncryptionByDefault.kmsMasterKeyId");
  const key = typeof how === "string" ? `with ${how}` : "with S3's own key";
  const ends = listAt(cloud.get(types.bucketLifecycle, name), "rules")
    .map((rule) => valueAt({ rule }, "rule.expiration.days"))
    .filter((days) => days !== undefined);
  const stay = ends.length === 0 ? "files stay" : `files go after ${count(Number(ends[0]), "day")}`;
  const files = count(objectsIn(cloud, name).length, "file");
  return `S3: bucket ${name} in ${text(bucket, "region")}, encrypted ${key}, ${files}; ${stay}`;
}

function databaseLines(cloud: Inventory, { name, region }: Properties): string[] {
  const inside = cloud
    .all(types.catalogTable)
    .filter(({ properties }) => properties.databaseName === name && properties.region === region);
  const rows = sortedBy(inside, "name").map((own) => {
    const isView = own.tableType === "VIRTUAL_VIEW";
    const columns = count(listIn(own, "storageDescriptor.columns").length, "column");
    return [text(own, "name"), isView ? "view" : "table", isView ? columns : `${columns}, ${partitionsOf(own)}`];
  });
  return [`Glue: database ${String(name)} in ${String(region)}`, ...table(rows)];
}

/** By which columns files lie, and from when on they are looked for. */
function partitionsOf({ partitionKeys, parameters }: Properties): string {
  const keys = (Array.isArray(partitionKeys) ? partitionKeys : []).filter(isObject).map((key) => text(key, "name"));
  const ranges = isObject(parameters) ? keys.map((key) => text(parameters, `projection.${key}.range`)) : [];
  const [since] = ranges.flatMap((range) => /^(.*),NOW$/.exec(range)?.[1] ?? []);
  return `by ${all(keys)}${since === undefined ? "" : `, from ${since} on`}`;
}

function workgroupLines(cloud: Inventory, group: Properties): string[] {
  const name = text(group, "name");
  const limit = Number(valueAt(group, "configuration.bytesScannedCutoffPerQuery") ?? 0) / 2 ** 20;
  const ofGroup = (type: string) => cloud.all(type).filter(({ properties }) => properties.workgroup === name);
  const questions = [
    ...ofGroup(types.namedQuery).map((thing) => [thing, "query"] as const),
    ...ofGroup(types.preparedStatement).map((thing) => [thing, "statement"] as const),
  ];
  const rows = questions.map(([{ properties }, kind]) => [
    text(properties, "name"),
    kind,
    /^[^.?]*[.?]/.exec(text(properties, "description"))?.[0] ?? "",
  ]);
  const most =
    limit === 0 ? "reads all that a query asks for" : `reads ${String(Math.floor(limit))} MB a query at most`;
  return [`Athena: workgroup ${name}, ${most}`, ...table(rows.sort())];
}

function policyLine(cloud: Inventory, policy: Properties): string {
  const holders = [types.rolePolicyAttachment, types.userPolicyAttachment, types.groupPolicyAttachment]
    .flatMap((type) => cloud.all(type))
    .filter(({ properties }) => properties.policyArn === policy.arn)
    .flatMap(({ properties }) =>
      ["role", "user", "group"].flatMap((kind) =>
        properties[kind] === undefined ? [] : `${kind} ${text(properties, kind)}`,
      ),
    );
  const who = holders.length === 0 ? "nobody has it" : `of ${all(holders.sort())}`;
  return `IAM: policy ${text(policy, "name")}, ${who}: ${text(policy, "description")}`;
}

function warehouseLine(group: Properties): string {
  const size = group.baseCapacity === undefined ? "" : `, ${String(Number(group.baseCapacity))} RPU`;
  return `Redshift: workgroup ${text(group, "workgroupName")} of namespace ${text(group, "namespaceName")}${size}`;
}

function listAt(thing: Thing | undefined, name: string): unknown[] {
  return listIn(thing?.properties ?? {}, name);
}

function listIn(properties: Properties, path: string): unknown[] {
  const value = valueAt(properties, path);
  return Array.isArray(value) ? (value as unknown[]) : [];
}
