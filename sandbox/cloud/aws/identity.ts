import { CloudError, type Inventory, type Properties } from "../inventory.ts";
import { between, conflicting, every, lengthBetween } from "../rules.ts";
import type { SimulatedResource } from "../simulated.ts";
import { accountId, assumed, digest, isIamName, moment, nameOf, sameAs, types } from "./common.ts";
import { checkStatements, isArn, isJson, isPolicy, permissions, trust } from "./policies.ts";

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

function unusedName(cloud: Inventory, type: string, title: string, name: string, id = name): void {
  if (cloud.get(type, id) !== undefined) {
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

const managedLimit = 6144;

const policy: SimulatedResource = {
  computed: ["arn", "attachmentCount", "policyId"],
  replacedBy: ["description", "name", "namePrefix", "path"],
  autoNamed: "name",
  defaults: { path: "/" },
  rules: { name: every(lengthBetween(1, 128), isIamName), policy: isPolicy },
  check: (inputs, refuse) => conflicting(inputs, "name", "namePrefix", refuse),
  same: sameAs([], ["policy"]),
  seconds: (operation) => (operation === "update" ? assumed.policyVersion : moment),
  create: (cloud, inputs) => {
    const name = nameOf(inputs);
    const { arn, uniqueId } = identity(`policy${String(inputs.path)}${name}`, "ANPA");
    unusedName(cloud, types.policy, "Policy", name, String(arn));
    checkManagedPolicy(inputs);
    return { id: String(arn), outputs: { arn, policyId: uniqueId, name, attachmentCount: 0 } };
  },
  update: (_cloud, _id, inputs) => checkManagedPolicy(inputs),
  delete: (cloud, id) => {
    if (attachments.some((type) => cloud.find(type, ({ policyArn }) => policyArn === id) !== undefined)) {
      throw new CloudError("DeleteConflict: Cannot delete a policy attached to entities.");
    }
  },
};

function checkManagedPolicy({ policy: text }: Properties): void {
  checkStatements(text, permissions);
  if (String(text).replace(/\s/g, "").length > managedLimit) {
    throw new CloudError(`LimitExceeded: Cannot exceed quota for PolicySize: ${String(managedLimit)}`);
  }
}

const attachments = [types.rolePolicyAttachment, types.userPolicyAttachment, types.groupPolicyAttachment];

/** A policy for somebody: a role of the stack, or a role, a user or a group of the account, which is taken to exist. */
const attachment = (to: "role" | "user" | "group"): SimulatedResource => ({
  computed: [],
  replacedBy: ["policyArn", to].sort(),
  rules: { policyArn: isArn },
  seconds: () => moment,
  create: (cloud, inputs) => {
    const arn = String(inputs.policyArn);
    if (arn.startsWith(`arn:aws:iam::${accountId}:`) && cloud.get(types.policy, arn) === undefined) {
      throw new CloudError(`NoSuchEntity: Policy ${arn} does not exist or is not attachable.`);
    }
    return { id: `${String(inputs[to])}/${arn}`, outputs: {} };
  },
});

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
  [types.policy]: policy,
  [types.rolePolicyAttachment]: attachment("role"),
  [types.userPolicyAttachment]: attachment("user"),
  [types.groupPolicyAttachment]: attachment("group"),
  [types.instanceProfile]: instanceProfile,
};
