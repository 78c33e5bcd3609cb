import { isObject } from "../check.ts";
import { CloudError, type Inventory, type Properties } from "../inventory.ts";
import { between, conflicting, every, lengthBetween, matching, type Rule } from "../rules.ts";
import type { SimulatedResource } from "../simulated.ts";
import { accountId, assumed, digest, isIamName, moment, nameOf, parsed, sameAs, textOf, types } from "./common.ts";

const isJson: Rule = (value, key) =>
  typeof value === "string" && parsed(value) === undefined ? `"${key}" contains an invalid JSON: ${value}` : undefined;

const isPolicy: Rule = (value, key) => {
  const text = String(value);
  if (!text.startsWith("{")) {
    return `"${key}" contains an invalid JSON policy: not a JSON object`;
  }
  return parsed(text) === undefined ? `"${key}" contains an invalid JSON policy: ${text}` : undefined;
};

const isArn = matching(/^arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}|aws)?:.+$/, "is an invalid ARN");

const role: SimulatedResource = {
  computed: ["arn", "createDate", "uniqueId"],
  replacedBy: ["name", "namePrefix", "path"],
  autoNamed: "name",
  defaults: { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
  rules: {
    name: every(lengthBetween(1, 64), isIamName),
    assumeRolePolicy: isJson,
    description: lengthBetween(0, 1000),
    maxSessionDuration: between(3600, 43_200),
    path: lengthBetween(0, 512),
    permissionsBoundary: isArn,
  },
  check: (inputs, refuse) => conflicting(inputs, "name", "namePrefix", refuse),
  same: sameAs(["managedPolicyArns"], ["assumeRolePolicy"]),
  seconds: (operation) => (operation === "create" ? assumed.permissionsSpread : moment),
  create: (cloud, inputs) => {
    const name = nameOf(inputs);
    unusedName(cloud, types.role, "Role", name);
    checkStatements(inputs.assumeRolePolicy, trust);
    return { id: name, outputs: { ...identity(`role${String(inputs.path)}${name}`, "AROA"), name } };
  },
  update: (_cloud, _id, inputs) => {
    checkStatements(inputs.assumeRolePolicy, trust);
    return undefined;
  },
  // The provider takes it out of instance profiles; policies it only takes away when it is told to.
  delete: (cloud, id, inputs) => {
    for (const [type, work] of [
      [types.rolePolicy, "delete policies"],
      [types.rolePolicyAttachment, "detach all policies"],
    ] as const) {
      const policies = cloud.all(type).filter(({ properties }) => properties.role === id);
      if (policies.length > 0 && inputs.forceDetachPolicies !== true) {
        throw new CloudError(`DeleteConflict: Cannot delete entity, must ${work} first.`);
      }
      policies.forEach((policy) => cloud.delete(policy.type, policy.id));
    }
    cloud
      .all(types.instanceProfile)
      .filter(({ properties }) => properties.role === id)
      .forEach((profile) => cloud.put({ ...profile, properties: { ...profile.properties, role: undefined } }));
  },
};

function unusedName(cloud: Inventory, type: string, title: string, name: string): void {
  if (cloud.get(type, name) !== undefined) {
    throw new CloudError(`EntityAlreadyExists: ${title} with name ${name} already exists.`);
  }
}

function identity(resource: string, prefix: string): Properties {
  return {
    arn: `arn:aws:iam::${accountId}:${resource}`,
    createDate: "2026-01-01T00:00:00Z",
    uniqueId: `${prefix}${digest(resource, 17).toUpperCase()}`,
  };
}

/** What a statement of a policy must have and must not have. */
interface StatementForm {
  readonly needs: readonly (readonly string[])[];
  readonly never: readonly string[];
}

const trust: StatementForm = {
  needs: [["Effect"], ["Principal", "NotPrincipal"], ["Action", "NotAction"]],
  never: ["Resource", "NotResource"],
};
const permissions: StatementForm = {
  needs: [["Effect"], ["Action", "NotAction"], ["Resource", "NotResource"]],
  never: ["Principal", "NotPrincipal"],
};

function checkStatements(text: unknown, { needs, never }: StatementForm): void {
  const malformed = (reason: string) => new CloudError(`MalformedPolicyDocument: ${reason}`);
  const policy = parsed(text);
  if (!isObject(policy) || policy.Statement === undefined) {
    throw malformed("Syntax errors in policy.");
  }
  if (policy.Version !== undefined && !["2012-10-17", "2008-10-17"].includes(textOf(policy.Version))) {
    throw malformed("The policy must contain a valid version string");
  }
  for (const statement of [policy.Statement].flat()) {
    if (!isObject(statement)) {
      throw malformed("Syntax errors in policy.");
    }
    const missing = needs.find((alternatives) => !alternatives.some((field) => field in statement));
    if (missing !== undefined) {
      throw malformed(`Missing required field ${String(missing[0])}`);
    }
    const prohibited = never.find((field) => field in statement);
    if (prohibited !== undefined) {
      throw malformed(`Has prohibited field ${prohibited}`);
    }
    if (!["Allow", "Deny"].includes(String(statement.Effect))) {
      throw malformed(`Invalid effect: ${String(statement.Effect)}`);
    }
  }
}

const inlineLimit = 10_240;

const rolePolicy: SimulatedResource = {
  computed: [],
  replacedBy: ["name", "namePrefix", "role"],
  autoNamed: "name",
  rules: { name: every(lengthBetween(1, 128), isIamName), policy: isPolicy },
  check: (inputs, refuse) => conflicting(inputs, "name", "namePrefix", refuse),
  same: sameAs([], ["policy"]),
  seconds: () => moment,
  create: (cloud, inputs) => {
    const name = nameOf(inputs);
    checkRolePolicy(cloud, inputs);
    return { id: `${String(inputs.role)}:${name}`, outputs: { name } };
  },
  update: (cloud, id, inputs) => {
    checkRolePolicy(cloud, inputs, id);
    return undefined;
  },
};

function checkRolePolicy(cloud: Inventory, inputs: Properties, self?: string): void {
  requiredRole(cloud, inputs.role);
  checkStatements(inputs.policy, permissions);
  const others = cloud
    .all(types.rolePolicy)
    .filter(({ properties, id }) => properties.role === inputs.role && id !== self);
  const size = [inputs, ...others.map(({ properties }) => properties)]
    .map(({ policy }) => String(policy).replace(/\s/g, "").length)
    .reduce((sum, length) => sum + length, 0);
  if (size > inlineLimit) {
    throw new CloudError(
      `LimitExceeded: Maximum policy size of ${String(inlineLimit)} bytes exceeded for role ${String(inputs.role)}`,
    );
  }
}

function requiredRole(cloud: Inventory, role: unknown): void {
  if (cloud.get(types.role, role) === undefined) {
    throw new CloudError(`NoSuchEntity: The role with name ${String(role)} cannot be found.`);
  }
}

const rolePolicyAttachment: SimulatedResource = {
  computed: [],
  replacedBy: ["policyArn", "role"],
  rules: { policyArn: isArn },
  seconds: () => moment,
  create: (cloud, inputs) => {
    requiredRole(cloud, inputs.role);
    return { id: `${String(inputs.role)}/${String(inputs.policyArn)}`, outputs: {} };
  },
};

const instanceProfile: SimulatedResource = {
  computed: ["arn", "createDate", "uniqueId"],
  replacedBy: ["name", "namePrefix", "path"],
  autoNamed: "name",
  defaults: { path: "/" },
  rules: { name: every(lengthBetween(1, 128), isIamName) },
  check: (inputs, refuse) => conflicting(inputs, "name", "namePrefix", refuse),
  seconds: (operation) => (operation === "create" ? assumed.permissionsSpread : moment),
  create: (cloud, inputs) => {
    const name = nameOf(inputs);
    unusedName(cloud, types.instanceProfile, "Instance Profile", name);
    if (inputs.role !== undefined) {
      requiredRole(cloud, inputs.role);
    }
    return { id: name, outputs: { ...identity(`instance-profile${String(inputs.path)}${name}`, "AIPA"), name } };
  },
  update: (cloud, _id, inputs) => (inputs.role === undefined ? undefined : requiredRole(cloud, inputs.role)),
};

/** Who may do what. */
export const identities: Readonly<Record<string, SimulatedResource>> = {
  [types.role]: role,
  [types.rolePolicy]: rolePolicy,
  [types.rolePolicyAttachment]: rolePolicyAttachment,
  [types.instanceProfile]: instanceProfile,
};
