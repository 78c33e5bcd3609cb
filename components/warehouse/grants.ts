import { AccountRole } from "@pulumi/snowflake/accountRole.js";
import type { Database } from "@pulumi/snowflake/database.js";
import { GrantAccountRole } from "@pulumi/snowflake/grantAccountRole.js";
import { GrantOwnership } from "@pulumi/snowflake/grantOwnership.js";
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

interface Roles {
  readonly loader: AccountRole;
  readonly reader: AccountRole;
  /** By what the deployment's role has all that a role owns which is not its own. */
  readonly owners: readonly GrantAccountRole[];
}

/** The loader's and the reader's role. If the loader is to own tables, the deployment's role has the loader's. */
export function makeRoles(
  name: string,
  { names, role: deployer, loaderOwns }: Pick<WarehouseArgs, "names" | "role" | "loaderOwns">,
  own: Own,
): Roles {
  const role = (part: WarehouseGrant["role"], comment: string) =>
    new AccountRole(`${name}-${part}`, { name: names[part], comment }, { ...own, ...replacedWithName });
  const loader = role(
    "loader",
    loaderOwns ? "Owns the landing tables that it fills; nothing else" : "Inserts into landing tables; nothing else",
  );
  const owners = loaderOwns
    ? [
        new GrantAccountRole(
          `${name}-deployer-loader-role`,
          { roleName: loader.name, parentRoleName: deployer },
          // With the role, not before it: who drops a role owns what it owned.
          { ...own, deletedWith: loader, deleteBeforeReplace: true },
        ),
      ]
    : [];
  return { loader, reader: role("reader", "Reads the current state; nothing else"), owners };
}

/** What each role may do on which object. Gives what the loader may. */
export function giveGrants(
  name: string,
  { tables, names, loaderOwns }: Pick<WarehouseArgs, "tables" | "names" | "loaderOwns">,
  roles: Roles,
  objects: Objects,
  own: Own,
): readonly pulumi.Resource[] {
  const given = grantsOf(tables, names, loaderOwns).map((grant) => ({
    grant,
    resource: give(name, grant, roles, objects, own),
  }));
  return given.filter(({ grant }) => grant.role === "loader").map(({ resource }) => resource);
}

function give(
  name: string,
  { role, privilege, on }: WarehouseGrant,
  roles: Roles,
  objects: Objects,
  own: Own,
): pulumi.Resource {
  const { name: accountRoleName } = roles[role];
  const object = objectOf(on, objects);
  const objectName = object.fullyQualifiedName;
  const isAccountObject = on.kind === "WAREHOUSE" || on.kind === "DATABASE";
  const parts = [name, role, privilege.toLowerCase(), on.kind.toLowerCase(), ...(isAccountObject ? [] : [on.name])];
  // A grant goes with its object, and is given again on one that is made again; the old one first, since taking that back
  // would take the new one back too.
  const opts = { ...own, deletedWith: object, deleteBeforeReplace: true };
  if (privilege === "OWNERSHIP") {
    // Taken away, the object is the deployment's again. COPY, both ways: who was granted something on it keeps that.
    const args = { accountRoleName, outboundPrivileges: "COPY", on: { objectType: on.kind, objectName } };
    return new GrantOwnership(parts.join("-"), args, { ...opts, dependsOn: [...roles.owners] });
  }
  const where =
    on.kind === "SCHEMA"
      ? { onSchema: { schemaName: objectName } }
      : on.kind === "TABLE" || on.kind === "VIEW"
        ? { onSchemaObject: { objectType: on.kind, objectName } }
        : { onAccountObject: { objectType: on.kind, objectName } };
  return new GrantPrivilegesToAccountRole(
    parts.join("-"),
    { accountRoleName, privileges: [privilege], ...where },
    opts,
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
