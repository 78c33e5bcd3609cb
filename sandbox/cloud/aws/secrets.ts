import { randomUUID } from "node:crypto";
import { CloudError, type Inventory, type Properties } from "../inventory.ts";
import { conflicting, every, lengthBetween, matching, oneOf, type Rule } from "../rules.ts";
import type { SimulatedResource } from "../simulated.ts";
import { arn, digest, moment, nameOf, parsed, regional, sameAs, textOf, types } from "./common.ts";

/** What a secret is that is deleted with a recovery window: it keeps its name, and it is still there. */
const scheduled = `${types.secret} (scheduled for deletion)`;

const recoveryWindow: Rule = (value, key) =>
  typeof value === "number" && value !== 0 && (value < 7 || value > 30)
    ? `expected ${key} to be in the range (7 - 30) or to be 0, got ${String(value)}`
    : undefined;

const secret = regional({
  computed: ["arn", "policy", "replicas"],
  replacedBy: ["name", "namePrefix", "type"],
  autoNamed: "name",
  defaults: { forceOverwriteReplicaSecret: false, recoveryWindowInDays: 30 },
  rules: {
    name: every(
      lengthBetween(1, 512),
      matching(/^[\w/+=.@-]+$/, "must contain only alphanumeric characters and special characters /_+=.@-"),
    ),
    policy: (value, key) =>
      typeof value === "string" && parsed(value) === undefined
        ? `"${key}" contains an invalid JSON: ${value}`
        : undefined,
    recoveryWindowInDays: recoveryWindow,
  },
  check: (inputs, refuse) => conflicting(inputs, "name", "namePrefix", refuse),
  same: sameAs(["replicas"], ["policy"]),
  seconds: () => moment,
  create: (cloud, inputs) => {
    const name = nameOf(inputs);
    const isNamesake = (other: Properties) => other.name === name && other.region === inputs.region;
    if (cloud.find(scheduled, isNamesake) !== undefined) {
      throw new CloudError(
        "InvalidRequestException: You can't create this secret because a secret with this name is already scheduled for deletion.",
      );
    }
    if (cloud.find(types.secret, isNamesake) !== undefined) {
      throw new CloudError(`ResourceExistsException: The operation failed because the secret ${name} already exists.`);
    }
    const id = arn("secretsmanager", inputs.region, `secret:${name}-${digest(randomUUID(), 6)}`);
    return { id, outputs: { arn: id, name, policy: inputs.policy ?? "", replicas: inputs.replicas ?? [] } };
  },
  delete: (cloud, id, inputs) => {
    cloud
      .all(types.secretVersion)
      .filter(({ properties }) => properties.secretId === id)
      .forEach((version) => cloud.delete(version.type, version.id));
    const thing = cloud.get(types.secret, id);
    if (thing !== undefined && inputs.recoveryWindowInDays !== 0) {
      cloud.put({ ...thing, type: scheduled });
    }
  },
});

const values = ["secretString", "secretBinary", "secretStringWo"];

const secretVersion = regional({
  computed: ["arn", "hasSecretStringWo", "secretArn", "versionId", "versionStages"],
  replacedBy: ["secretBinary", "secretId", "secretString", "secretStringWoVersion"],
  check: (inputs, refuse) => {
    values.forEach((value, index) => {
      values.slice(index + 1).forEach((other) => conflicting(inputs, value, other, refuse));
    });
    if ((inputs.secretStringWo === undefined) !== (inputs.secretStringWoVersion === undefined)) {
      const given = inputs.secretStringWo === undefined ? "secretStringWoVersion" : "secretStringWo";
      refuse(
        given,
        "Missing required argument. secret_string_wo and secret_string_wo_version must be specified together",
      );
    }
  },
  // It is never in the state, so there is nothing to compare with: its version says when it is another.
  same: (property, before, after) =>
    property === "secretStringWo" || sameAs(["versionStages"])(property, before, after),
  seconds: () => moment,
  create: (cloud, inputs) => {
    requiredSecret(cloud, inputs);
    const value = values.map((name) => inputs[name]).find((given) => given !== undefined && given !== "");
    if (value === undefined) {
      throw new CloudError("InvalidParameterException: You must provide either SecretString or SecretBinary.");
    }
    if (Buffer.byteLength(textOf(value)) > 65_536) {
      throw new CloudError("InvalidParameterException: a secret has at most 65536 bytes");
    }
    const versionId = `terraform-${randomUUID()}`;
    return {
      id: `${String(inputs.secretId)}|${versionId}`,
      outputs: {
        arn: inputs.secretId,
        secretArn: inputs.secretId,
        hasSecretStringWo: inputs.secretStringWo !== undefined,
        versionId,
        versionStages: inputs.versionStages ?? ["AWSCURRENT"],
      },
    };
  },
});

function requiredSecret(cloud: Inventory, { secretId, region }: Properties): void {
  const known = cloud.find(
    types.secret,
    (other, id) => (id === secretId || other.name === secretId) && other.region === region,
  );
  if (known === undefined) {
    throw new CloudError("ResourceNotFoundException: Secrets Manager can't find the specified secret.");
  }
}

const parameter = regional({
  computed: ["arn", "dataType", "hasValueWo", "tier", "version"],
  replacedBy: ["name"],
  autoNamed: "name",
  rules: {
    type: oneOf("String", "StringList", "SecureString"),
    tier: oneOf("Standard", "Advanced", "Intelligent-Tiering"),
    dataType: oneOf("aws:ec2:image", "aws:ssm:integration", "text"),
    name: lengthBetween(1, 2048),
  },
  check: (inputs, refuse) => {
    const given = ["value", "insecureValue", "valueWo"].filter((name) => inputs[name] !== undefined);
    if (given.length !== 1) {
      refuse("value", "Invalid combination of arguments. one of `insecure_value,value,value_wo` must be specified");
    }
  },
  same: (property) => property === "valueWo",
  seconds: () => moment,
  create: (cloud, inputs) => {
    const name = nameOf(inputs);
    const isThere = cloud.get(types.parameter, name)?.properties.region === inputs.region;
    if (isThere && inputs.overwrite !== true) {
      throw new CloudError(
        "ParameterAlreadyExists: The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
      );
    }
    checkParameter(inputs, name);
    return {
      id: name,
      outputs: {
        name,
        arn: arn("ssm", inputs.region, `parameter/${name.replace(/^\//, "")}`),
        dataType: inputs.dataType ?? "text",
        hasValueWo: inputs.valueWo !== undefined,
        tier: inputs.tier ?? "Standard",
        version: 1,
      },
    };
  },
  update: (_cloud, id, inputs) => {
    checkParameter(inputs, id);
    return undefined;
  },
  recomputed: ({ properties }) => ({ version: Number(properties.version) + 1 }),
});

function checkParameter(inputs: Properties, name: string): void {
  if (!/^[\w./-]+$/.test(name) || /^\/?(aws|ssm)/i.test(name)) {
    throw new CloudError(`ValidationException: Parameter name "${name}" is not allowed`);
  }
  const size = Buffer.byteLength(textOf(inputs.value ?? inputs.insecureValue ?? inputs.valueWo ?? ""));
  const limit = inputs.tier === "Advanced" || inputs.tier === "Intelligent-Tiering" ? 8192 : 4096;
  if (size > limit) {
    throw new CloudError(
      `ValidationException: ${textOf(inputs.tier ?? "Standard")} tier parameters support a maximum parameter value of ${String(limit)} characters.`,
    );
  }
}

/** Values that instances read when they start. */
export const secrets: Readonly<Record<string, SimulatedResource>> = {
  [types.secret]: secret,
  [types.secretVersion]: secretVersion,
  [types.parameter]: parameter,
};
