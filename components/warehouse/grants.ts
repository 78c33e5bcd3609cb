import { AccountRole } from "@pulumi/snowflake/accountRole.js";
import type { Database } from "@pulumi/snowflake/database.js";
import { GrantPrivilegesToAccountRole } from "@pulumi/snowflake/grantPrivilegesToAccountRole.js";
import type { Schema } from "@pulumi/snowflake/schema.js";
import type { View } from "@pulumi/snowflake/view.js";
import type { Warehouse as SnowflakeWarehouse } from "@pulumi/snowflake/warehouse.js";
import * as pulumi from "@pulumi/pulumi";
import { grantsOf, type GrantedObject, type WarehouseGrant } from "../../model/warehouse/grants.ts";
import type { WarehouseArgs } from "./args.ts";
import type { Landed } from "./landing.ts";
import { replacedWithName, type Own } from "./own.ts";

interface Objects {
  readonly compute: SnowflakeWarehouse;
  readonly database: Database;
  readonly landing: Schema;
  readonly analytics: Schema;
  readonly landed: ReadonlyMap<string, Landed>;
  readonly views: ReadonlyMap<string, View>;
}

export interface Granted {
  readonly loader: AccountRole;
  readonly reader: AccountRole;
  /** What the loader may do. */
  readonly loaderGrants: readonly pulumi.Resource[];
}

/** The two roles, and what each may do on which object. */
export function giveGrants(name: string, { tables, names }: WarehouseArgs, objects: Objects, own: Own): Granted {
  const role = (part: WarehouseGrant["role"], comment: string) =>
    new AccountRole(`${name}-${part}`, { name: names[part], comment }, { ...own, ...replacedWithName });
  const roles = {
    loader: role("loader", "Inserts into landing tables; nothing else"),
    reader: role("reader", "Reads the current state; nothing else"),
  };
  const given = grantsOf(tables, names).map((grant) => ({
    grant,
    resource: give(name, grant, roles[grant.role], objects, own),
  }));
  const loaderGrants = given.filter(({ grant }) => grant.role === "loader").map(({ resource }) => resource);
  return { ...roles, loaderGrants };
}

function give(
  name: string,
  { role, privilege, on }: WarehouseGrant,
  { name: accountRoleName }: AccountRole,
  objects: Objects,
  own: Own,
): GrantPrivilegesToAccountRole {
  const object = objectOf(on, objects);
  const objectName = object.fullyQualifiedName;
  const isAccountObject = on.kind === "WAREHOUSE" || on.kind === "DATABASE";
  const where =
    on.kind === "SCHEMA"
      ? { onSchema: { schemaName: objectName } }
      : on.kind === "TABLE" || on.kind === "VIEW"
        ? { onSchemaObject: { objectType: on.kind, objectName } }
        : { onAccountObject: { objectType: on.kind, objectName } };
  return new GrantPrivilegesToAccountRole(
    [name, role, privilege.toLowerCase(), on.kind.toLowerCase(), ...(isAccountObject ? [] : [on.name])].join("-"),
    { accountRoleName, privileges: [privilege], ...where },
    // A grant goes with its object, and is given again on one that is made again; the old one first, since taking that back
    // would take the new one back too.
    { ...own, deletedWith: object, deleteBeforeReplace: true },
  );
}

function objectOf(
  on: GrantedObject,
  { compute, database, landing, analytics, landed, views }: Objects,
): pulumi.Resource & { readonly fullyQualifiedName: pulumi.Output<string> } {
  switch (on.kind) {
    case "WAREHOUSE":
      return compute;
    case "DATABASE":
      return database;
    case "SCHEMA":
      return on.name === "LANDING" ? landing : analytics;
    case "TABLE":
      return known(landed.get(on.name)?.table, on.name);
    case "VIEW":
      return known(views.get(on.name), on.name);
  }
}

function known<T>(found: T | undefined, name: string): T {
  if (found === undefined) {
    throw new Error(`nothing is called ${name}`);
  }
  return found;
}
