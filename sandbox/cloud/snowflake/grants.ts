import { isObject } from "../check.ts";
import { isKnown } from "../known.ts";
import { CloudError, type Inventory, type Properties, type Thing } from "../inventory.ts";
import { exactlyOne, oneOfWords } from "../rules.ts";
import type { Refuse, SimulatedResource } from "../simulated.ts";
import {
  at,
  isSameSet,
  kinds,
  listOf,
  missing,
  notAllowed,
  partsOf,
  pathOf,
  qualified,
  statement,
  textOf,
  types,
} from "./common.ts";
import { isLegal } from "./privileges.ts";
import { checkMayGrant, keyOf, roleExists, roleOf } from "./rights.ts";

const targets = ["onAccount", "onAccountObject", "onSchema", "onSchemaObject"] as const;

const accountObjects = [
  "USER",
  "RESOURCE MONITOR",
  "WAREHOUSE",
  "COMPUTE POOL",
  "DATABASE",
  "INTEGRATION",
  "FAILOVER GROUP",
  "REPLICATION GROUP",
  "EXTERNAL VOLUME",
];

/** What a grant is on: the kind of object, the objects, and how the provider's ids say it. */
interface Target {
  readonly kind: string;
  /** Things of the simulated account; none for what is not made yet, or not simulated. */
  readonly things: readonly Thing[];
  readonly title: readonly string[];
}

const grant: SimulatedResource = {
  computed: [],
  replacedBy: ["accountRoleName", ...targets, "withGrantOption"],
  rules: { "onAccountObject.objectType": oneOfWords(...accountObjects) },
  defaults: { alwaysApply: false, alwaysApplyTrigger: "", withGrantOption: false },
  check: (inputs, refuse) => {
    exactlyOne(inputs, ["privileges", "allPrivileges"], refuse);
    exactlyOne(inputs, targets, refuse);
    listOf(inputs.privileges).forEach((privilege, index) => {
      if (textOf(privilege).toUpperCase() === "OWNERSHIP") {
        refuse(
          `privileges[${String(index)}]`,
          "Unsupported privilege 'OWNERSHIP'. Granting ownership is only allowed in snowflake_grant_ownership resource.",
        );
      }
    });
    checkBlocks(inputs, refuse);
  },
  same: (property, before, after) =>
    property === "privileges"
      ? isSameSet(before, after)
      : property !== "withGrantOption" &&
        JSON.stringify(withoutQuotes(before)) === JSON.stringify(withoutQuotes(after)),
  // It looks for its privileges letter by letter among those that the service tells, which are in upper case.
  readBack: (_state, before) => ({ ...before, ...spelledRight(before) }),
  stale: (_state, inputs) => (inputs.alwaysApply === true ? ["alwaysApplyTrigger"] : []),
  seconds: statement,
  create: (cloud, inputs, config) => {
    const role = partsOf(inputs.accountRoleName)[0] ?? "";
    if (!roleExists(cloud, role, config)) {
      throw missing("ROLE", [role]);
    }
    const target = targetOf(cloud, inputs, config);
    target.things.forEach((thing) => checkMayGrant(cloud, thing, config));
    const privileges = checkedPrivileges(inputs, target.kind);
    const id = [`"${role}"`, inputs.withGrantOption === true, inputs.alwaysApply === true, privileges, ...target.title];
    return { id: id.join("|"), outputs: spelledRight(inputs), hidden: { on: target.things.map(keyOf) } };
  },
  update: (cloud, _id, inputs, config) => {
    const target = targetOf(cloud, inputs, config);
    target.things.forEach((thing) => checkMayGrant(cloud, thing, config));
    checkedPrivileges(inputs, target.kind);
  },
  recomputed: (_thing, inputs) => spelledRight(inputs),
};

function spelledRight({ privileges }: Properties): Properties {
  return privileges === undefined
    ? {}
    : { privileges: listOf(privileges).filter((privilege) => textOf(privilege) === textOf(privilege).toUpperCase()) };
}

function withoutQuotes(value: unknown): unknown {
  if (typeof value === "string") {
    return value.replaceAll('"', "");
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutQuotes(part)]))
    : value;
}

/** What the provider refuses of the blocks that say what a grant is on. */
function checkBlocks({ onSchema, onSchemaObject }: Properties, refuse: Refuse): void {
  if (isObject(onSchema)) {
    const given = Object.fromEntries(Object.entries(onSchema).map(([key, value]) => [`onSchema.${key}`, value]));
    exactlyOne(
      given,
      ["onSchema.schemaName", "onSchema.allSchemasInDatabase", "onSchema.futureSchemasInDatabase"],
      refuse,
    );
    checkParts("onSchema.schemaName", onSchema.schemaName, 2, refuse);
  }
  if (isObject(onSchemaObject)) {
    const given = Object.fromEntries(
      Object.entries(onSchemaObject).map(([key, value]) => [`onSchemaObject.${key}`, value]),
    );
    exactlyOne(given, ["onSchemaObject.objectName", "onSchemaObject.all", "onSchemaObject.future"], refuse);
    const [name, type] = [onSchemaObject.objectName, onSchemaObject.objectType];
    if ((name === undefined) !== (type === undefined)) {
      const missingOne = name === undefined ? "object_name" : "object_type";
      refuse(
        "onSchemaObject",
        `Missing required argument. all of \`on_schema_object.0.object_name,on_schema_object.0.object_type\` must be specified, and ${missingOne} is not`,
      );
    }
  }
}

function checkParts(path: string, value: unknown, parts: number, refuse: Refuse): void {
  if (typeof value === "string" && isKnown(value) && partsOf(value).length !== parts) {
    refuse(
      path,
      `Invalid identifier type. Expected DatabaseObjectIdentifier identifier type. The correct form of the fully qualified name for this field is: <database_name>.<name>, but was ${value}`,
    );
  }
}

/** What the grant is on; throws when it is not there. */
function targetOf(cloud: Inventory, inputs: Properties, config: Properties): Target {
  const { onAccountObject, onSchema, onSchemaObject } = inputs;
  if (isObject(onAccountObject)) {
    const kind = textOf(onAccountObject.objectType).toUpperCase();
    const path = partsOf(onAccountObject.objectName);
    return { kind, things: found(cloud, kind, path), title: ["OnAccountObject", kind, qualified(path)] };
  }
  if (isObject(onSchema)) {
    return schemasOf(cloud, onSchema);
  }
  if (isObject(onSchemaObject)) {
    return objectsOf(cloud, onSchemaObject);
  }
  if (!["ACCOUNTADMIN", "SECURITYADMIN"].includes(roleOf(config))) {
    throw notAllowed("account");
  }
  return { kind: "ACCOUNT", things: [], title: ["OnAccount"] };
}

function schemasOf(
  cloud: Inventory,
  { schemaName, allSchemasInDatabase, futureSchemasInDatabase }: Properties,
): Target {
  if (schemaName !== undefined) {
    const path = partsOf(schemaName);
    return { kind: "SCHEMA", things: found(cloud, "SCHEMA", path), title: ["OnSchema", "OnSchema", qualified(path)] };
  }
  const path = partsOf(allSchemasInDatabase ?? futureSchemasInDatabase);
  const [database] = found(cloud, "DATABASE", path);
  const isAll = allSchemasInDatabase !== undefined && database !== undefined;
  const things = isAll ? cloud.all(types.schema).filter((schema) => pathOf(schema)[0] === path[0]) : [];
  const title = isAll ? "OnAllSchemasInDatabase" : "OnFutureSchemasInDatabase";
  return { kind: "SCHEMA", things, title: ["OnSchema", title, qualified(path)] };
}

function objectsOf(cloud: Inventory, { objectType, objectName, all, future }: Properties): Target {
  if (objectName !== undefined) {
    const kind = textOf(objectType).toUpperCase();
    const path = partsOf(objectName);
    return { kind, things: found(cloud, kind, path), title: ["OnSchemaObject", "OnObject", kind, qualified(path)] };
  }
  const bulk = isObject(all) ? all : isObject(future) ? future : {};
  const kind = textOf(bulk.objectTypePlural).toUpperCase().replace(/S$/, "");
  const path = partsOf(bulk.inSchema ?? bulk.inDatabase);
  found(cloud, bulk.inSchema === undefined ? "DATABASE" : "SCHEMA", path);
  const isInside = (thing: Thing) => path.every((part, index) => pathOf(thing)[index] === part);
  const things = isObject(all) ? cloud.all(typeOf(kind) ?? "").filter(isInside) : [];
  const where = bulk.inSchema === undefined ? "InDatabase" : "InSchema";
  const title = ["OnSchemaObject", isObject(all) ? "OnAll" : "OnFuture", `${kind}S`, where, qualified(path)];
  return { kind, things, title };
}

/** The thing, if its kind is simulated. A schema PUBLIC comes with its database. */
export function found(cloud: Inventory, kind: string, path: readonly string[]): Thing[] {
  const type = typeOf(kind);
  if (type === undefined) {
    return [];
  }
  const thing = at(cloud, type, path);
  const isPublic = kind === "SCHEMA" && path[1] === "PUBLIC";
  if (thing === undefined && !(isPublic && at(cloud, types.database, path.slice(0, 1))?.hidden?.hasPublic === true)) {
    throw missing(kind, path);
  }
  return thing === undefined ? [] : [thing];
}

function typeOf(kind: string): string | undefined {
  return Object.entries(kinds).find(([, name]) => name === kind)?.[0];
}

function checkedPrivileges(inputs: Properties, kind: string): string {
  if (inputs.allPrivileges === true) {
    return "ALL";
  }
  const privileges = listOf(inputs.privileges).map(textOf);
  const wrong = privileges.find((privilege) => !isLegal(privilege, kind));
  if (wrong !== undefined) {
    throw new CloudError(
      `An error occurred when granting privileges to account role: SQL compilation error:\nInvalid privilege '${wrong}' for object type ${kind}`,
    );
  }
  return privileges.join(",");
}

/** Who may do what on which object. */
export const grants: Readonly<Record<string, SimulatedResource>> = { [types.grantPrivileges]: grant };
