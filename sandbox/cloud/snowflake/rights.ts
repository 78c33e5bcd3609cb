import { types, kinds, pathOf, at, notAllowed, textOf, unquoted, partsOf, qualified, listOf } from "./common.ts";
import type { Inventory, Properties, Thing } from "../inventory.ts";

/** Roles that every account has, with what they may make; ACCOUNTADMIN may everything. */
const systemRoles: Readonly<Record<string, readonly string[]>> = {
  ACCOUNTADMIN: [],
  ORGADMIN: [],
  PUBLIC: [],
  SECURITYADMIN: ["ROLE", "USER", "NETWORK POLICY", "MANAGE GRANTS"],
  SYSADMIN: ["WAREHOUSE", "DATABASE"],
  USERADMIN: ["ROLE", "USER"],
};

/**
 * What a role may make that an administrator has set up for deployments. A resource monitor is not to be had: only
 * ACCOUNTADMIN makes one (Snowflake's documentation of CREATE RESOURCE MONITOR).
 */
const deployment = ["WAREHOUSE", "DATABASE", "ROLE", "USER", "NETWORK POLICY"];

/** The role that a provider works as; "" stands for the default role of its user. */
export function roleOf(config: Properties): string {
  return unquoted(config.role);
}

/** Whether a role exists: the account's own ones, the one that the provider works as, and what the stack has made. */
export function roleExists(cloud: Inventory, role: string, config: Properties): boolean {
  return role in systemRoles || role === roleOf(config) || at(cloud, types.accountRole, [role]) !== undefined;
}

/** Refuses to make a thing of the account that the role has no right to make. */
export function checkMayMake(of: string, config: Properties): void {
  const role = roleOf(config);
  const kind = kinds[of] ?? of;
  if (role !== "ACCOUNTADMIN" && !(systemRoles[role] ?? deployment).includes(kind)) {
    throw notAllowed("account");
  }
}

/** Refuses to make something in a database or schema that neither belongs to the role nor is open to it. */
export function checkMayMakeIn(cloud: Inventory, container: Thing, privilege: string, config: Properties): void {
  if (!owns(cloud, container, config) && !isGranted(cloud, container, privilege, config)) {
    throw notAllowed(titleOf(container));
  }
}

/** Refuses to change, drop or hand out what belongs to another role. */
export function checkOwns(cloud: Inventory, thing: Thing | undefined, config: Properties): void {
  if (thing !== undefined && !owns(cloud, thing, config)) {
    throw notAllowed(titleOf(thing));
  }
}

/** Who grants privileges on a thing: its owner, or whoever manages grants. */
export function checkMayGrant(cloud: Inventory, thing: Thing, config: Properties): void {
  if (!managesGrants(config)) {
    checkOwns(cloud, thing, config);
  }
}

export function managesGrants(config: Properties): boolean {
  return (systemRoles[roleOf(config)] ?? []).includes("MANAGE GRANTS");
}

/** Whether a provider works as a role, or as one that it was granted to. */
export function isInSession(cloud: Inventory, role: string, config: Properties): boolean {
  return rolesOf(cloud, config).includes(role);
}

/** Makes a thing another role's; a grant that said whose it was is no more. */
export function handOver(cloud: Inventory, thing: Thing, role: string): void {
  const { properties, hidden } = thing;
  const told = "owner" in properties ? { owner: role } : {};
  cloud.put({ ...thing, properties: { ...properties, ...told }, hidden: { ...hidden, owner: role } });
  cloud
    .all(types.grantOwnership)
    .filter((grant) => listOf(grant.hidden?.on).includes(keyOf(thing)))
    .forEach((grant) => {
      cloud.delete(grant.type, grant.id);
    });
}

/** Makes another role's what one owns, as dropping a role does: that of the role which drops it (DROP ROLE's documentation). */
export function inherit(cloud: Inventory, role: string, config: Properties): void {
  for (const thing of cloud.all().filter(({ hidden }) => hidden?.owner === role)) {
    handOver(cloud, thing, roleOf(config));
  }
}

/** Whether the role reads from a relation: its owner does, and who was granted SELECT. */
export function mayRead(cloud: Inventory, relation: Thing, config: Properties): boolean {
  return owns(cloud, relation, config) || isGranted(cloud, relation, "SELECT", config);
}

/** What the sandbox keeps of a new thing: where it is and whose it is. */
export function ownedBy(config: Properties, path: readonly string[]): Properties {
  return { path, owner: roleOf(config) };
}

function owns(cloud: Inventory, thing: Thing, config: Properties): boolean {
  const roles = rolesOf(cloud, config);
  return roles.includes("ACCOUNTADMIN") || roles.includes(textOf(thing.hidden?.owner));
}

function isGranted(cloud: Inventory, thing: Thing, privilege: string, config: Properties): boolean {
  const roles = rolesOf(cloud, config);
  return cloud
    .all(types.grantPrivileges)
    .filter(({ properties }) => roles.includes(unquoted(properties.accountRoleName)))
    .filter(({ hidden }) => listOf(hidden?.on).includes(keyOf(thing)))
    .some(({ properties }) => properties.allPrivileges === true || listOf(properties.privileges).includes(privilege));
}

/** A thing as grants name it. */
export function keyOf(thing: Thing): string {
  return `${kinds[thing.type] ?? thing.type} ${qualified(pathOf(thing))}`;
}

/** The role that a provider works as, and every role that was granted to it. */
function rolesOf(cloud: Inventory, config: Properties): string[] {
  const found = [roleOf(config)];
  for (const role of found) {
    const granted = cloud
      .all(types.grantAccountRole)
      .filter(({ properties }) => properties.parentRoleName !== undefined)
      .filter(({ properties }) => unquoted(properties.parentRoleName) === role)
      .map(({ properties }) => partsOf(properties.roleName)[0] ?? "");
    found.push(...granted.filter((name) => !found.includes(name)));
  }
  return found;
}

function titleOf(thing: Thing): string {
  return `${(kinds[thing.type] ?? thing.type).toLowerCase()} '${pathOf(thing).at(-1) ?? ""}'`;
}
