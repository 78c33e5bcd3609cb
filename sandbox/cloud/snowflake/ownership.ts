import { isObject } from "../check.ts";
import { CloudError, type Inventory, type Properties, type Thing } from "../inventory.ts";
import { exactlyOne, oneOfWords } from "../rules.ts";
import type { Refuse, SimulatedResource } from "../simulated.ts";
import { isSameName, kinds, listOf, missing, partsOf, pathOf, qualified, statement, textOf, types } from "./common.ts";
import { dropGrantsOn } from "./drop.ts";
import { found } from "./grants.ts";
import { checkMayGrant, handOver, isInSession, keyOf, managesGrants, roleExists, roleOf } from "./rights.ts";

const objectTypes = [
  "AGGREGATION POLICY",
  "ALERT",
  "AUTHENTICATION POLICY",
  "COMPUTE POOL",
  "DATA METRIC FUNCTION",
  "DATABASE",
  "DATABASE ROLE",
  "DYNAMIC TABLE",
  "EVENT TABLE",
  "EXTERNAL TABLE",
  "EXTERNAL VOLUME",
  "FAILOVER GROUP",
  "FILE FORMAT",
  "FUNCTION",
  "GIT REPOSITORY",
  "HYBRID TABLE",
  "ICEBERG TABLE",
  "IMAGE REPOSITORY",
  "INTEGRATION",
  "MATERIALIZED VIEW",
  "NETWORK POLICY",
  "NETWORK RULE",
  "PACKAGES POLICY",
  "PIPE",
  "PROCEDURE",
  "MASKING POLICY",
  "PASSWORD POLICY",
  "PROJECTION POLICY",
  "REPLICATION GROUP",
  "RESOURCE MONITOR",
  "ROLE",
  "ROW ACCESS POLICY",
  "SCHEMA",
  "SESSION POLICY",
  "SECRET",
  "SEQUENCE",
  "STAGE",
  "STREAM",
  "TABLE",
  "TAG",
  "TASK",
  "USER",
  "VIEW",
  "WAREHOUSE",
];

/** An object that is made another role's. Taken away, it becomes that of the role which the provider then works as. */
const grantOwnership: SimulatedResource = {
  isDeletedBlindly: true,
  computed: [],
  replacedBy: ["accountRoleName", "databaseRoleName", "on", "outboundPrivileges"],
  rules: { outboundPrivileges: oneOfWords("COPY", "REVOKE"), "on.objectType": oneOfWords(...objectTypes) },
  check: (inputs, refuse) => {
    exactlyOne(inputs, ["accountRoleName", "databaseRoleName"], refuse);
    checkObject(inputs.on, refuse);
  },
  same: (property, before, after) =>
    property === "accountRoleName"
      ? isSameName(before, after)
      : property === "on" &&
        JSON.stringify(before).replaceAll('\\"', "") === JSON.stringify(after).replaceAll('\\"', ""),
  seconds: statement,
  create: (cloud, inputs, config) => {
    const role = partsOf(inputs.accountRoleName)[0] ?? "";
    const id = idOf(inputs, role);
    try {
      transfer(cloud, inputs, role, config);
    } catch (error) {
      throw failed(`An error occurred during grant ownership\nId: ${id}\nError: `, error);
    }
    return { id, outputs: {}, hidden: { on: [keyOf(objectOf(cloud, inputs))] } };
  },
  delete: (cloud, id, inputs, config) => {
    try {
      transfer(cloud, inputs, roleOf(config), config);
    } catch (error) {
      throw failed(
        `An error occurred when transferring ownership back to the original role\nId: ${id}\nError: `,
        error,
      );
    }
  },
};

function checkObject(on: unknown, refuse: Refuse): void {
  if (isObject(on)) {
    const given = Object.fromEntries(Object.entries(on).map(([key, value]) => [`on.${key}`, value]));
    exactlyOne(given, ["on.objectName", "on.all", "on.future"], refuse);
    const [name, type] = [on.objectName, on.objectType];
    if ((name === undefined) !== (type === undefined)) {
      const [there, absent] = name === undefined ? ["object_type", "object_name"] : ["object_name", "object_type"];
      refuse("on", `Missing required argument. "on.0.${there}": all of \`on.0.${absent}\` must be specified`);
    }
  }
}

function idOf(inputs: Properties, role: string): string {
  const { objectType, objectName } = objectNamed(inputs);
  const kind = textOf(objectType).toUpperCase();
  const title = ["OnObject", kind, qualified(partsOf(objectName))];
  return ["ToAccountRole", `"${role}"`, outboundIn(inputs), ...title].join("|");
}

/** Any case is let through, and any but upper case is then passed over. */
function outboundIn({ outboundPrivileges }: Properties): string {
  return outboundPrivileges === "COPY" || outboundPrivileges === "REVOKE" ? outboundPrivileges : "";
}

function objectNamed({ on, databaseRoleName }: Properties): Properties {
  if (databaseRoleName !== undefined || !isObject(on) || on.objectName === undefined) {
    throw new CloudError(
      "the sandbox only knows ownership of a named object, for a role of the account. Teach it more in sandbox/cloud/snowflake/ownership.ts",
    );
  }
  return on;
}

function objectOf(cloud: Inventory, inputs: Properties): Thing {
  const { objectType, objectName } = objectNamed(inputs);
  const [kind, path] = [textOf(objectType).toUpperCase(), partsOf(objectName)];
  const [thing] = found(cloud, kind, path);
  if (thing === undefined) {
    throw missing(kind, path);
  }
  return thing;
}

/** GRANT OWNERSHIP ON … TO ROLE … [{ COPY | REVOKE } CURRENT GRANTS] */
function transfer(cloud: Inventory, inputs: Properties, role: string, config: Properties): void {
  const thing = objectOf(cloud, inputs);
  if (!roleExists(cloud, role, config)) {
    throw missing("ROLE", [role]);
  }
  checkMayGrant(cloud, thing, config);
  // Its change of behaviour 2395 (bundle 2026_07).
  if (!managesGrants(config) && !isInSession(cloud, role, config)) {
    throw new CloudError(
      `SQL compilation error:\n${kinds[thing.type] ?? ""} ownership can only be transferred to a role that is activated in the current session or by a role with account-level MANAGE GRANTS.`,
    );
  }
  const outbound = outboundIn(inputs);
  const dependent = cloud.all(types.grantPrivileges).find(({ hidden }) => listOf(hidden?.on).includes(keyOf(thing)));
  if (outbound === "" && dependent !== undefined) {
    const { privileges, accountRoleName } = dependent.properties;
    throw new CloudError(
      `003036 (23001): SQL execution error: Dependent grant of privilege '${textOf(listOf(privileges)[0])}' on securable '${pathOf(thing).join(".")}' to role '${partsOf(accountRoleName)[0] ?? ""}' exists.  It must be revoked first.  More than one dependent grant may exist: use 'SHOW GRANTS' command to view them.`,
    );
  }
  if (outbound === "REVOKE") {
    dropGrantsOn(cloud, thing);
  }
  handOver(cloud, thing, role);
}

function failed(beginning: string, error: unknown): unknown {
  return error instanceof CloudError ? new CloudError(beginning + error.message) : error;
}

/** Who owns what, where it is not who made it. */
export const ownership: Readonly<Record<string, SimulatedResource>> = { [types.grantOwnership]: grantOwnership };
