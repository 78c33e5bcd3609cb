import { createPublicKey } from "node:crypto";
import { exactlyOne } from "../rules.ts";
import { CloudError, type Inventory, type Properties } from "../inventory.ts";
import type { SimulatedResource } from "../simulated.ts";
import {
  isSameName,
  qualified,
  refuseRename,
  required,
  statement,
  textOf,
  types,
  unquoted,
  unusedName,
  missing,
} from "./common.ts";
import { dropWith, ofOwner } from "./drop.ts";
import { checkPolicy } from "./networkPolicies.ts";
import { checkMayMake, checkOwns, inherit, ownedBy, roleExists } from "./rights.ts";
import { atLeast, booleanText, wordOf } from "./rules.ts";

const user: SimulatedResource = {
  computed: ["fullyQualifiedName", "parameters", "showOutputs", "userType"],
  replacedBy: [],
  autoNamed: "name",
  defaults: { defaultSecondaryRolesOption: "DEFAULT", disabled: "default", minsToUnlock: -1 },
  rules: {
    defaultSecondaryRolesOption: wordOf(["DEFAULT", "NONE", "ALL"], "invalid secondary roles option"),
    disabled: booleanText,
    minsToUnlock: atLeast(0),
  },
  same: (property, before, after) =>
    ["name", "defaultRole", "defaultWarehouse", "defaultNamespace"].includes(property)
      ? isSameName(before, after)
      : property === "disabled"
        ? before === "default" && after === "false"
        : ["loginName", "defaultSecondaryRolesOption"].includes(property) &&
          textOf(before).toUpperCase() === textOf(after).toUpperCase(),
  seconds: statement,
  // Warehouse, role and namespace need not exist: Snowflake does not look (its documentation of CREATE USER).
  create: (cloud, inputs, config) => {
    const path = [unquoted(inputs.name)];
    checkMayMake(types.serviceUser, config);
    unusedName(cloud, types.serviceUser, path);
    checkUser(cloud, inputs);
    return {
      id: path[0] ?? "",
      outputs: { fullyQualifiedName: qualified(path), userType: "SERVICE" },
      hidden: ownedBy(config, path),
    };
  },
  update: (cloud, id, inputs, config) => {
    const thing = cloud.get(types.serviceUser, id);
    refuseRename(thing, inputs);
    checkOwns(cloud, thing, config);
    checkUser(cloud, inputs);
  },
  delete: (cloud, id, _inputs, config) => {
    const thing = cloud.get(types.serviceUser, id);
    checkOwns(cloud, thing, config);
    if (thing !== undefined) {
      dropWith(cloud, thing);
    }
  },
};

function checkUser(cloud: Inventory, inputs: Properties): void {
  checkPolicy(cloud, inputs);
  for (const key of [inputs.rsaPublicKey, inputs.rsaPublicKey2].filter((value) => value !== undefined)) {
    if (!isPublicKey(textOf(key))) {
      throw new CloudError(
        "SQL compilation error:\nNew public key rejected by current policy. Reason: 'Invalid public key'",
      );
    }
  }
}

/** One line of base64, without the lines around it, of an RSA key of 2048 bits or more. */
function isPublicKey(text: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) {
    return false;
  }
  try {
    const key = createPublicKey({ key: Buffer.from(text, "base64"), format: "der", type: "spki" });
    return key.asymmetricKeyType === "rsa" && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
  } catch {
    return false;
  }
}

const role: SimulatedResource = {
  computed: ["fullyQualifiedName", "showOutputs"],
  replacedBy: [],
  autoNamed: "name",
  same: (property, before, after) => property === "name" && isSameName(before, after),
  seconds: statement,
  create: (cloud, inputs, config) => {
    const path = [unquoted(inputs.name)];
    checkMayMake(types.accountRole, config);
    if (roleExists(cloud, path[0] ?? "", config)) {
      throw new CloudError(
        `Failed to create account role: Account role name: ${path[0] ?? ""}, err: 002002 (42710): SQL compilation error:\nObject '${path[0] ?? ""}' already exists.`,
      );
    }
    return { id: path[0] ?? "", outputs: { fullyQualifiedName: qualified(path) }, hidden: ownedBy(config, path) };
  },
  ...ofOwner(types.accountRole),
  delete: (cloud, id, _inputs, config) => {
    const thing = cloud.get(types.accountRole, id);
    checkOwns(cloud, thing, config);
    if (thing !== undefined) {
      inherit(cloud, id, config);
      dropWith(cloud, thing);
    }
  },
};

/** A role for a user or for another role; nothing in it can change in place. */
const grantOfRole: SimulatedResource = {
  computed: [],
  replacedBy: ["parentRoleName", "roleName", "userName"],
  check: (inputs, refuse) => exactlyOne(inputs, ["userName", "parentRoleName"], refuse),
  seconds: statement,
  create: (cloud, inputs, config) => {
    const [name, parent, user] = [inputs.roleName, inputs.parentRoleName, inputs.userName].map(unquoted);
    const isToUser = inputs.userName !== undefined;
    if (!roleExists(cloud, name ?? "", config)) {
      throw missing("ROLE", [name ?? ""]);
    }
    checkOwns(cloud, cloud.get(types.accountRole, name), config);
    if (isToUser) {
      required(cloud, types.serviceUser, [user ?? ""]);
    } else if (!roleExists(cloud, parent ?? "", config)) {
      throw missing("ROLE", [parent ?? ""]);
    } else if (isWithin(cloud, name ?? "", parent ?? "")) {
      throw new CloudError(
        `003013 (42501): SQL compilation error:\nCircular grant: role ${parent ?? ""} is granted to role ${name ?? ""}`,
      );
    }
    const grantee = isToUser ? `USER|"${user ?? ""}"` : `ROLE|"${parent ?? ""}"`;
    return { id: `"${name ?? ""}"|${grantee}`, outputs: {} };
  },
};

/** Whether `inner` is `outer`, or is granted to it through others. */
function isWithin(cloud: Inventory, outer: string, inner: string): boolean {
  const granted = cloud
    .all(types.grantAccountRole)
    .filter(({ properties }) => unquoted(properties.parentRoleName) === outer)
    .map(({ properties }) => unquoted(properties.roleName));
  return outer === inner || granted.some((role) => isWithin(cloud, role, inner));
}

/** Who uses the account, and as what. */
export const users: Readonly<Record<string, SimulatedResource>> = {
  [types.serviceUser]: user,
  [types.accountRole]: role,
  [types.grantAccountRole]: grantOfRole,
};
