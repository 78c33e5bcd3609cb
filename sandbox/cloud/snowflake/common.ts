import { CloudError, type Inventory, type Properties, type Thing } from "../inventory.ts";
import type { Operation } from "../simulated.ts";

const token = (module: string) =>
  `snowflake:index/${module}:${module.charAt(0).toUpperCase()}${module.slice(1)}` as const;

/** Type tokens. */
export const types = {
  warehouse: token("warehouse"),
  resourceMonitor: token("resourceMonitor"),
  networkPolicy: token("networkPolicy"),
  database: token("database"),
  schema: token("schema"),
  table: token("table"),
  view: token("view"),
  dynamicTable: token("dynamicTable"),
  serviceUser: token("serviceUser"),
  accountRole: token("accountRole"),
  grantAccountRole: token("grantAccountRole"),
  grantOwnership: token("grantOwnership"),
  grantPrivileges: token("grantPrivilegesToAccountRole"),
  execute: token("execute"),
};

/** What each is called in the service's messages and in grants. */
export const kinds: Readonly<Record<string, string>> = {
  [types.warehouse]: "WAREHOUSE",
  [types.resourceMonitor]: "RESOURCE MONITOR",
  [types.networkPolicy]: "NETWORK POLICY",
  [types.database]: "DATABASE",
  [types.schema]: "SCHEMA",
  [types.table]: "TABLE",
  [types.view]: "VIEW",
  [types.dynamicTable]: "DYNAMIC TABLE",
  [types.serviceUser]: "USER",
  [types.accountRole]: "ROLE",
};

/** What lives in a schema and shares its names. */
export const relations = [types.table, types.view, types.dynamicTable];

/**
 * Seconds. All are assumptions: Snowflake says nothing of how long a statement takes, and its own waits, such as a
 * warehouse that resumes, are seconds. `query`: the first fill of a dynamic table, with the resuming of its warehouse.
 */
const assumed = { statement: 1, database: 3, query: 10 };

/** A create, alter or drop, with the reading back that the provider does after each. */
export const statement = () => assumed.statement;
export const databaseStatement = (operation: Operation) =>
  operation === "create" ? assumed.database : assumed.statement;
export const queryStatement = (operation: Operation) => (operation === "create" ? assumed.query : assumed.statement);

/** `"A"."B"` and `A.B` -> `["A", "B"]`: the provider quotes names, so their case stays as it is. */
export function partsOf(name: unknown): string[] {
  const parts = textOf(name).match(/"[^"]*"|[^."]+/g) ?? [];
  return parts.map(unquoted);
}

export function unquoted(name: unknown): string {
  return textOf(name).replace(/^"|"$/g, "");
}

/** `"A"."B"`: what the provider gives as `fullyQualifiedName`. */
export function qualified(path: readonly string[]): string {
  return path.map((part) => `"${part}"`).join(".");
}

/** Names that differ in their quotes only. */
export function isSameName(before: unknown, after: unknown): boolean {
  return (
    typeof before === "string" && typeof after === "string" && qualified(partsOf(before)) === qualified(partsOf(after))
  );
}

/** Where a thing is: `[database, schema, name]`, `[database, name]` or `[name]`. */
export function pathOf(thing: Thing): readonly string[] {
  return (thing.hidden?.path as readonly string[] | undefined) ?? [];
}

/** The thing of one of the types at a path. */
export function at(cloud: Inventory, of: string | readonly string[], path: readonly string[]): Thing | undefined {
  const isThere = (found: readonly string[]) =>
    found.length === path.length && found.every((part, index) => part === path[index]);
  return [of]
    .flat()
    .flatMap((type) => cloud.all(type))
    .find((thing) => isThere(pathOf(thing)));
}

/** The thing, or the service's refusal: it does not say whether a thing is missing or just not to be seen. */
export function required(cloud: Inventory, of: string, path: readonly string[]): Thing {
  const thing = at(cloud, of, path);
  if (thing === undefined) {
    throw missing(kinds[of] ?? of, path);
  }
  return thing;
}

export function missing(kind: string, path: readonly string[]): CloudError {
  const state = ["TABLE", "VIEW", "DYNAMIC TABLE", "OBJECT"].includes(kind) ? "42S02" : "02000";
  const title = kind.charAt(0) + kind.slice(1).toLowerCase();
  return compilation(`002003 (${state})`, `${title} '${path.join(".")}' does not exist or not authorized.`);
}

export function compilation(code: string, message: string): CloudError {
  return new CloudError(`${code}: SQL compilation error:\n${message}`);
}

export function notAllowed(what: string): CloudError {
  return new CloudError(`003001 (42501): SQL access control error:\nInsufficient privileges to operate on ${what}`);
}

/** Refuses a second thing of a name; a schema's tables, views and dynamic tables share their names. */
export function unusedName(cloud: Inventory, of: string | readonly string[], path: readonly string[]): void {
  if (at(cloud, of, path) !== undefined) {
    throw compilation("002002 (42710)", `Object '${path.join(".")}' already exists.`);
  }
}

/**
 * Terraform renames in place; Pulumi keeps the id, which is the old name, so that every later operation misses the thing.
 * The sandbox does not play that out.
 */
export function refuseRename(thing: Thing | undefined, inputs: Properties): void {
  const name = thing === undefined ? undefined : pathOf(thing).at(-1);
  if (name !== undefined && name !== unquoted(inputs.name)) {
    throw new CloudError(
      `the sandbox does not rename: the provider would rename ${name} to ${unquoted(inputs.name)} in place, and Pulumi would look for the old name ever after. Set replaceOnChanges: ["name"], or keep the name`,
    );
  }
}

/** Text of an input; `""` for none. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** Lists whose order the provider ignores. */
export function isSameSet(before: unknown, after: unknown): boolean {
  const sorted = (items: unknown) =>
    JSON.stringify(
      listOf(items)
        .map((item) => JSON.stringify(item))
        .sort(),
    );
  return Array.isArray(before) && Array.isArray(after) && sorted(before) === sorted(after);
}
