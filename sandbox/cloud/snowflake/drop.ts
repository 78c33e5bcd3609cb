import type { Inventory, Thing } from "../inventory.ts";
import type { SimulatedResource } from "../simulated.ts";
import { listOf, pathOf, refuseRename, relations, types, unquoted } from "./common.ts";
import { checkOwns, keyOf } from "./rights.ts";

const inside: Readonly<Record<string, readonly string[]>> = {
  [types.database]: [types.schema, ...relations],
  [types.schema]: relations,
};

/** How things of a type change and go of which nothing else is to be said: by their owner, with all that goes with them. */
export function ofOwner(type: string): Pick<SimulatedResource, "update" | "delete"> {
  return {
    update: (cloud, id, inputs, config) => {
      const thing = cloud.get(type, id);
      refuseRename(thing, inputs);
      checkOwns(cloud, thing, config);
    },
    delete: (cloud, id, _inputs, config) => {
      const thing = cloud.get(type, id);
      checkOwns(cloud, thing, config);
      if (thing !== undefined) {
        dropWith(cloud, thing);
      }
    },
  };
}

/**
 * Takes along what goes with a thing: what is in it (DROP DATABASE and DROP SCHEMA are CASCADE unless they say RESTRICT,
 * which the provider does not), and every grant on it, to it and of it. The thing itself stays for the caller.
 */
export function dropWith(cloud: Inventory, thing: Thing): void {
  const path = pathOf(thing);
  for (const part of (inside[thing.type] ?? []).flatMap((type) => cloud.all(type))) {
    if (path.every((name, index) => pathOf(part)[index] === name)) {
      dropWith(cloud, part);
      cloud.delete(part.type, part.id);
    }
  }
  dropGrantsOn(cloud, thing);
  const key = keyOf(thing);
  const owned = cloud.all(types.grantOwnership).filter(({ hidden }) => listOf(hidden?.on).includes(key));
  owned.forEach((grant) => {
    cloud.delete(grant.type, grant.id);
  });
  const name = path.at(-1) ?? "";
  const isAbout = (value: unknown) => value !== undefined && unquoted(value) === name;
  for (const grant of [...cloud.all(types.grantPrivileges), ...cloud.all(types.grantAccountRole)]) {
    const { accountRoleName, roleName, parentRoleName, userName } = grant.properties;
    const isGone =
      thing.type === types.accountRole
        ? [accountRoleName, roleName, parentRoleName].some(isAbout)
        : thing.type === types.serviceUser && isAbout(userName);
    if (isGone) {
      cloud.delete(grant.type, grant.id);
    }
  }
}

/** Takes the grants on a thing away, as dropping or replacing it does. */
export function dropGrantsOn(cloud: Inventory, thing: Thing): void {
  const key = keyOf(thing);
  for (const grant of cloud.all(types.grantPrivileges)) {
    const on = listOf(grant.hidden?.on);
    if (on.length === 1 && on[0] === key) {
      cloud.delete(grant.type, grant.id);
    } else if (on.includes(key)) {
      cloud.put({ ...grant, hidden: { ...grant.hidden, on: on.filter((item) => item !== key) } });
    }
  }
}
