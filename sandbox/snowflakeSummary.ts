import { all } from "../model/words.ts";
import { isObject } from "./cloud/check.ts";
import type { Inventory, Properties, Thing } from "./cloud/inventory.ts";
import { listOf, partsOf, pathOf, types, unquoted } from "./cloud/snowflake/common.ts";
import { count, table, text } from "./lines.ts";

/** What exists in Snowflake: warehouses, each database with what is in it, and roles with who has them and what each may do. */
export function snowflakeLines(cloud: Inventory): string[] {
  const warehouses = cloud.all(types.warehouse).map(warehouseLine);
  const databases = byPath(cloud.all(types.database)).flatMap((database) => databaseLines(cloud, nameOf(database)));
  const roles = byPath(cloud.all(types.accountRole)).flatMap((role) => roleLines(cloud, role));
  return [
    ...warehouses.sort(),
    ...databases,
    ...(roles.length === 0 ? [] : ["Snowflake's roles, and what each may do", ...roles]),
  ];
}

function warehouseLine({ properties: warehouse, hidden }: Thing): string {
  const limit = typeof hidden?.monitor === "string" ? `, watched by ${hidden.monitor}` : "";
  const seconds = Number(warehouse.autoSuspend);
  const rest = seconds > 0 ? `suspended after ${String(seconds)} s` : "with Snowflake's own time until it is suspended";
  return `Snowflake: warehouse ${unquoted(warehouse.name)}, ${text(warehouse, "warehouseSize") || "XSMALL"}, ${rest}${limit}`;
}

function databaseLines(cloud: Inventory, database: string): string[] {
  const inside = (type: string) => byPath(cloud.all(type)).filter((thing) => pathOf(thing)[0] === database);
  const rows = [
    ...inside(types.table).map((thing) => [within(thing), "table", tableNotes(thing)]),
    ...inside(types.view).map((thing) => [within(thing), "view", `of ${readBy(thing)}`]),
    ...inside(types.dynamicTable).map((thing) => [
      within(thing),
      "dynamic table",
      `of ${readBy(thing)}, ${lagOf(thing.properties)}`,
    ]),
  ];
  return [`Snowflake: database ${database}`, ...table(rows), ""];
}

function tableNotes({ properties, hidden }: Thing): string {
  const notes = [
    count(listOf(properties.columns).length, "column"),
    ...(properties.changeTracking === true ? ["change tracking"] : []),
    ...(hidden?.errorLogging === true ? ["error logging"] : []),
  ];
  return notes.join(", ");
}

function readBy({ hidden }: Thing): string {
  const reads = listOf(hidden?.reads) as string[][];
  return reads.length === 0 ? "nothing here" : all(reads.map((path) => path.slice(1).join(".")).sort());
}

function lagOf({ targetLag }: Properties): string {
  const { maximumDuration } = isObject(targetLag) ? targetLag : {};
  return typeof maximumDuration === "string" ? `at most ${maximumDuration} behind` : "refreshed with what reads it";
}

function roleLines(cloud: Inventory, role: Thing): string[] {
  const name = nameOf(role);
  const grantees = cloud
    .all(types.grantAccountRole)
    .filter(({ properties }) => unquoted(properties.roleName) === name)
    .map(({ properties }) =>
      properties.userName === undefined
        ? `role ${unquoted(properties.parentRoleName)}`
        : `user ${unquoted(properties.userName)}`,
    );
  const holders = grantees.length === 0 ? "nobody has it" : `of ${all(grantees.sort())}`;
  const comment = text(role.properties, "comment");
  return [
    `  ${name}, ${holders}${comment === "" ? "" : `: ${comment}`}`,
    ...rightsOf(cloud, name).map((right) => `      ${right}`),
  ];
}

function rightsOf(cloud: Inventory, role: string): string[] {
  const rights = new Map<string, Set<string>>();
  for (const { type, properties, id } of [...cloud.all(types.grantPrivileges), ...cloud.all(types.grantOwnership)]) {
    if (unquoted(properties.accountRoleName) === role) {
      const privileges =
        type === types.grantOwnership
          ? ["ownership"]
          : properties.allPrivileges === true
            ? ["everything"]
            : listOf(properties.privileges).map(String);
      const what = targetOf(properties, id);
      rights.set(
        what,
        new Set([...(rights.get(what) ?? []), ...privileges.map((privilege) => privilege.toLowerCase())]),
      );
    }
  }
  return [...rights].map(([what, how]) => `${what}: ${all([...how].sort())}`).sort();
}

function targetOf({ on, onAccountObject, onSchema, onSchemaObject }: Properties, id: string): string {
  for (const block of [on, onAccountObject, onSchemaObject].filter(isObject)) {
    if (block.objectName !== undefined) {
      return `${text(block, "objectType").toLowerCase()} ${partsOf(block.objectName).join(".")}`;
    }
  }
  if (isObject(onSchema) && onSchema.schemaName !== undefined) {
    return `schema ${partsOf(onSchema.schemaName).join(".")}`;
  }
  return id.split("|").slice(4).join(" ").toLowerCase();
}

function within(thing: Thing): string {
  return pathOf(thing).slice(1).join(".");
}

function nameOf(thing: Thing): string {
  return pathOf(thing).at(-1) ?? thing.id;
}

function byPath(things: readonly Thing[]): Thing[] {
  return things.toSorted((a, b) => pathOf(a).join(".").localeCompare(pathOf(b).join(".")));
}
