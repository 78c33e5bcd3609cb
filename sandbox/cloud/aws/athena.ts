import { randomUUID } from "node:crypto";
import { isObject } from "../check.ts";
import { CloudError, type Inventory, type Properties, type Thing } from "../inventory.ts";
import { every, lengthBetween, matching, oneOf } from "../rules.ts";
import type { SimulatedResource } from "../simulated.ts";
import { arn, moment, nameOf, regional, textOf, types } from "./common.ts";

const least = 10_485_760;

const workgroup = regional({
  computed: ["arn"],
  replacedBy: ["name"],
  autoNamed: "name",
  defaults: { forceDestroy: false, state: "ENABLED" },
  rules: {
    name: every(
      lengthBetween(1, 128),
      matching(/^[a-zA-Z0-9._-]+$/, "must contain only alphanumeric characters, periods, underscores, and hyphens"),
    ),
    description: lengthBetween(0, 1024),
    state: oneOf("ENABLED", "DISABLED"),
    "configuration.bytesScannedCutoffPerQuery": (value, key) =>
      typeof value === "number" && value !== 0 && value < least
        ? `expected ${key} to be at least (${String(least)}), got ${String(value)}`
        : undefined,
    "configuration.resultConfiguration.encryptionConfiguration.encryptionOption": oneOf("SSE_S3", "SSE_KMS", "CSE_KMS"),
  },
  check: ({ configuration }, refuse) => {
    const { managedQueryResultsConfiguration: managed, resultConfiguration: own } = isObject(configuration)
      ? configuration
      : {};
    if (isObject(managed) && managed.enabled === true && isObject(own) && own.outputLocation !== undefined) {
      refuse(
        "configuration.resultConfiguration.outputLocation",
        "output_location cannot be specified when managed_query_results_configuration is enabled",
      );
    }
  },
  seconds: () => moment,
  create: (cloud, inputs) => {
    const name = nameOf(inputs);
    const isThere = cloud.get(types.workgroup, name)?.properties.region === inputs.region;
    if (name === "primary" || isThere) {
      throw new CloudError("InvalidRequestException: WorkGroup is already created");
    }
    checkEngine(inputs);
    return { id: name, outputs: { name, arn: arn("athena", inputs.region, `workgroup/${name}`) } };
  },
  update: (_cloud, _id, inputs) => checkEngine(inputs),
  delete: (cloud, id, inputs) => {
    const inside = [types.namedQuery, types.preparedStatement]
      .flatMap((type) => cloud.all(type))
      .filter(({ properties }) => properties.workgroup === id);
    if (inside.length > 0 && inputs.forceDestroy !== true) {
      throw new CloudError(`InvalidRequestException: WorkGroup ${id} is not empty`);
    }
    inside.forEach((thing) => cloud.delete(thing.type, thing.id));
  },
});

const engines = ["AUTO", "Athena engine version 3", "PySpark engine version 3"];

function checkEngine({ configuration }: Properties): void {
  const { engineVersion } = isObject(configuration) ? configuration : {};
  const selected = isObject(engineVersion) ? (engineVersion.selectedEngineVersion ?? "AUTO") : "AUTO";
  if (!engines.some((engine) => engine === selected)) {
    throw new CloudError(`InvalidRequestException: Engine version ${textOf(selected)} is not available`);
  }
}

function requiredWorkgroup(cloud: Inventory, { workgroup: name, region }: Properties): Thing | undefined {
  const found = cloud.get(types.workgroup, name);
  if (name !== "primary" && found?.properties.region !== region) {
    throw new CloudError(`InvalidRequestException: WorkGroup ${String(name)} is not found.`);
  }
  return found;
}

const namedQuery = regional({
  computed: [],
  replacedBy: ["database", "description", "name", "query", "workgroup"],
  autoNamed: "name",
  defaults: { workgroup: "primary" },
  seconds: () => moment,
  create: (cloud, inputs) => {
    requiredWorkgroup(cloud, inputs);
    const name = nameOf(inputs);
    const limits = { name: 128, description: 1024, query: 262_144, database: 255 };
    for (const [input, most] of Object.entries(limits)) {
      if (Buffer.byteLength(textOf(inputs[input] ?? "")) > most) {
        throw new CloudError(
          `InvalidRequestException: the ${input} of a named query has at most ${String(most)} characters`,
        );
      }
    }
    return { id: randomUUID(), outputs: { name } };
  },
});

const preparedStatement = regional({
  computed: [],
  replacedBy: ["name", "workgroup"],
  autoNamed: "name",
  rules: {
    name: matching(
      /^[a-zA-Z_][a-zA-Z0-9_@:]{1,256}$/,
      "letters, digits, _, @ and : only, and no digit at its beginning",
    ),
    description: lengthBetween(1, 1024),
    queryStatement: lengthBetween(1, 262_144),
    workgroup: matching(/^[a-zA-Z0-9._-]{1,128}$/, "the name of a workgroup"),
  },
  seconds: () => moment,
  create: (cloud, inputs) => {
    requiredWorkgroup(cloud, inputs);
    const id = `${String(inputs.workgroup)}/${nameOf(inputs)}`;
    if (cloud.get(types.preparedStatement, id) !== undefined) {
      throw new CloudError(
        `InvalidRequestException: PreparedStatement ${nameOf(inputs)} already exists in WorkGroup ${String(inputs.workgroup)}`,
      );
    }
    return { id, outputs: { name: nameOf(inputs) } };
  },
});

/** Who may ask how much, and the questions that come with the stack. */
export const athena: Readonly<Record<string, SimulatedResource>> = {
  [types.workgroup]: workgroup,
  [types.namedQuery]: namedQuery,
  [types.preparedStatement]: preparedStatement,
};
