import { randomUUID } from "node:crypto";
import { CloudError, type Inventory, type Properties } from "../inventory.ts";
import { conflicting, every, lengthBetween, matching, oneOf, type Rule } from "../rules.ts";
import type { SimulatedResource } from "../simulated.ts";
import { keptOf } from "../sinkSecrets.ts";
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

const isIntelligent = ({ tier }: Properties) => tier === "Intelligent-Tiering";

const parameter = regional({
  computed: ["arn", "dataType", "hasValueWo", "keyId", "tier", "version"],
  replacedBy: ["dataType", "name"],
  autoNamed: "name",
  rules: {
    type: oneOf("String", "StringList", "SecureString"),
    tier: oneOf("Standard", "Advanced", "Intelligent-Tiering"),
    dataType: oneOf("aws:ec2:image", "aws:ssm:integration", "text"),
    name: lengthBetween(1, 2048),
    description: lengthBetween(0, 1024),
    allowedPattern: lengthBetween(0, 1024),
  },
  check: (inputs, refuse) => {
    const given = ["value", "insecureValue", "valueWo"].filter((name) => inputs[name] !== undefined);
    if (given.length !== 1) {
      refuse("value", "Invalid combination of arguments. one of `insecure_value,value,value_wo` must be specified");
    }
  },
  same: (property, before, after) =>
    property === "valueWo" || (property === "tier" && before !== undefined && isIntelligent({ tier: after })),
  // No way leads back to what costs nothing.
  plan: (before, after) => (before.tier === "Advanced" && after.tier === "Standard" ? ["tier"] : []),
  seconds: () => moment,
  create: (cloud, inputs) => {
    const name = nameOf(inputs);
    const isThere = cloud.get(types.parameter, name)?.properties.region === inputs.region;
    if (isThere && inputs.overwrite !== true) {
      throw new CloudError(
        "ParameterAlreadyExists: The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
      );
    }
    checkParameterName(name);
    checkParameter(inputs);
    return {
      id: name,
      outputs: {
        name,
        arn: arn("ssm", inputs.region, `parameter/${name.replace(/^\//, "")}`),
        dataType: inputs.dataType ?? "text",
        hasValueWo: inputs.valueWo !== undefined,
        keyId: inputs.type === "SecureString" ? (inputs.keyId ?? "alias/aws/ssm") : "",
        tier: tierOf(inputs),
        version: 1,
      },
      hidden: keptOf(parameterText(inputs)),
    };
  },
  update: (cloud, id, inputs) => {
    checkParameter(inputs);
    const thing = cloud.get(types.parameter, id);
    if (thing !== undefined) {
      cloud.put({ ...thing, hidden: keptOf(parameterText(inputs)) });
    }
  },
  recomputed: ({ properties }, inputs) => ({
    version: Number(properties.version) + 1,
    // What is once advanced stays so.
    tier: properties.tier === "Advanced" ? "Advanced" : tierOf(inputs),
  }),
});

function parameterText(inputs: Properties): string {
  return textOf(inputs.value ?? inputs.insecureValue ?? inputs.valueWo ?? "");
}

function tierOf(inputs: Properties): string {
  const isLong = Buffer.byteLength(parameterText(inputs)) > 4096;
  return isIntelligent(inputs) ? (isLong ? "Advanced" : "Standard") : textOf(inputs.tier ?? "Standard");
}

function checkParameterName(name: string): void {
  if (!/^[\w./-]{1,1011}$/.test(name) || /^\/?(aws|ssm)/i.test(name) || /\/\/|\/$/.test(name)) {
    throw new CloudError(`ValidationException: Parameter name "${name}" is not allowed`);
  }
  if (name.includes("/") && !name.startsWith("/")) {
    throw new CloudError("ValidationException: Parameter name must be a fully qualified name.");
  }
  if (name.split("/").length - 1 > 15) {
    throw new CloudError("HierarchyLevelLimitExceededException: a parameter has at most 15 levels");
  }
}

function checkParameter(inputs: Properties): void {
  const text = parameterText(inputs);
  if (text === "") {
    throw new CloudError("ValidationException: a parameter's value has a length of at least 1");
  }
  if (/\{\{.*\}\}/.test(text)) {
    throw new CloudError(
      "ValidationException: Parameter value can't nest another parameter. Do not use {{}} in the value.",
    );
  }
  const [tier, limit] = inputs.tier === "Advanced" || isIntelligent(inputs) ? ["Advanced", 8192] : ["Standard", 4096];
  if (Buffer.byteLength(text) > limit) {
    throw new CloudError(
      `ValidationException: ${tier} tier parameters support a maximum parameter value of ${String(limit)} characters.`,
    );
  }
}

/** Values that instances read when they start. */
export const secrets: Readonly<Record<string, SimulatedResource>> = {
  [types.secret]: secret,
  [types.secretVersion]: secretVersion,
  [types.parameter]: parameter,
};
