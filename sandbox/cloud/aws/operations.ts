import { CloudError, type Inventory, type Properties } from "../inventory.ts";
import { conflicting, every, lengthBetween, matching, oneOf, oneOfNumbers } from "../rules.ts";
import type { SimulatedResource } from "../simulated.ts";
import { isObject } from "../check.ts";
import { accountId, arn, digest, listIn, moment, nameOf, parsed, regional, sameAs, textOf, types } from "./common.ts";
import { runningIn } from "./running.ts";

/** What a log group is that its writers made again after it was deleted: nobody's, and for ever. */
const revived = `${types.logGroup} (made again by instances that log to it)`;

const logGroup = regional({
  computed: ["arn", "deletionProtectionEnabled", "logGroupClass"],
  replacedBy: ["logGroupClass", "name", "namePrefix"],
  autoNamed: "name",
  defaults: { retentionInDays: 0, skipDestroy: false },
  rules: {
    name: every(lengthBetween(1, 512), matching(/^[\w./#-]+$/, "must contain only alphanumeric characters and _-/.#")),
    logGroupClass: oneOf("STANDARD", "INFREQUENT_ACCESS", "DELIVERY"),
    retentionInDays: oneOfNumbers(
      ...[0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
    ),
  },
  check: (inputs, refuse) => conflicting(inputs, "name", "namePrefix", refuse),
  seconds: () => moment,
  create: (cloud, inputs) => {
    const name = nameOf(inputs);
    const isNamesake = (other: Properties) => other.name === name && other.region === inputs.region;
    if ([types.logGroup, revived].some((type) => cloud.find(type, isNamesake) !== undefined)) {
      throw new CloudError("ResourceAlreadyExistsException: The specified log group already exists");
    }
    return {
      id: name,
      outputs: {
        name,
        arn: arn("logs", inputs.region, `log-group:${name}`),
        deletionProtectionEnabled: inputs.deletionProtectionEnabled ?? false,
        logGroupClass: inputs.logGroupClass ?? "STANDARD",
      },
    };
  },
  delete: (cloud, id, inputs) => {
    const thing = cloud.get(types.logGroup, id);
    if (inputs.deletionProtectionEnabled === true) {
      throw new CloudError("ValidationException: Cannot delete log group with deletion protection enabled");
    }
    if (thing === undefined) {
      return;
    }
    if (inputs.skipDestroy === true) {
      cloud.put({ ...thing, type: `${types.logGroup} (kept)` });
    } else if (runningIn(cloud).some(({ userData }) => userData.includes(id))) {
      cloud.put({ ...thing, type: revived });
    }
  },
});

const documentTypes = [
  "Command",
  "Policy",
  "Automation",
  "Session",
  "Package",
  "ApplicationConfiguration",
  "ApplicationConfigurationSchema",
  "DeploymentStrategy",
  "ChangeCalendar",
  "Automation.ChangeTemplate",
  "ProblemAnalysis",
  "ProblemAnalysisTemplate",
  "CloudFormation",
  "ConformancePackTemplate",
  "QuickSetup",
  "ManualApprovalPolicy",
  "AutoApprovalPolicy",
];
const documentName = /^[0-9A-Za-z_.-]+$/;

const document = regional({
  computed: [
    "arn",
    "createdDate",
    "defaultVersion",
    "description",
    "documentVersion",
    "hash",
    "hashType",
    "latestVersion",
    "owner",
    "parameters",
    "platformTypes",
    "schemaVersion",
    "status",
  ],
  replacedBy: ["name"],
  autoNamed: "name",
  defaults: { documentFormat: "JSON" },
  rules: {
    name: every(
      matching(documentName, "must contain only alphanumeric, underscore, hyphen, or period characters"),
      lengthBetween(3, 128),
    ),
    documentFormat: oneOf("YAML", "JSON", "TEXT"),
    documentType: oneOf(...documentTypes),
    targetType: every(
      matching(
        /^\/[\w.\-:/]*$/,
        "must contain a forward slash optionally followed by a resource type such as AWS::EC2::Instance",
      ),
      lengthBetween(1, 200),
    ),
    versionName: matching(
      /^[0-9A-Za-z_.-]{3,128}$/,
      "must contain only alphanumeric, underscore, hyphen, or period characters",
    ),
  },
  // The provider plans a change of type in place, and the service knows no such call.
  plan: (before, after) => (before.documentType === after.documentType ? [] : ["documentType"]),
  seconds: () => moment,
  create: (cloud, inputs) => {
    const name = nameOf(inputs);
    if (cloud.get(types.document, name)?.properties.region === inputs.region) {
      throw new CloudError(`DocumentAlreadyExists: Document with same name ${name} already exists`);
    }
    checkContent(inputs);
    return {
      id: name,
      outputs: {
        ...contentOutputs(inputs, 1),
        name,
        arn: arn("ssm", inputs.region, `document/${name}`),
        createdDate: "2026-01-01T00:00:00Z",
        hashType: "Sha256",
        owner: accountId,
        platformTypes: ["Linux"],
        status: "Active",
      },
    };
  },
  update: (_cloud, _id, inputs) => {
    checkContent(inputs);
    return undefined;
  },
  recomputed: ({ properties }, inputs) =>
    properties.content === inputs.content ? {} : contentOutputs(inputs, Number(properties.latestVersion) + 1),
});

function contentOutputs({ content }: Properties, version: number): Properties {
  const value = parsed(content);
  const { description = "", schemaVersion = "", parameters = {} } = isObject(value) ? value : {};
  const versions = {
    defaultVersion: String(version),
    documentVersion: String(version),
    latestVersion: String(version),
  };
  const names = Object.keys(isObject(parameters) ? parameters : {}).map((name) => ({ name }));
  return { ...versions, description, schemaVersion, parameters: names, hash: digest(String(content), 64) };
}

function checkContent({ content, documentFormat, documentType }: Properties): void {
  const invalid = (reason: string) => new CloudError(`InvalidDocumentContent: ${reason}`);
  if (Buffer.byteLength(String(content)) > 65_536) {
    throw new CloudError("MaxDocumentSizeExceeded: a document has at most 64 KB");
  }
  if (documentFormat !== "JSON") {
    return;
  }
  const value = parsed(content);
  if (!isObject(value)) {
    throw invalid("JSON not well-formed.");
  }
  if (value.schemaVersion === undefined) {
    throw invalid("the document has no schemaVersion");
  }
  const steps = value.mainSteps;
  if (
    documentType === "Command" &&
    textOf(value.schemaVersion).startsWith("2.") &&
    !(Array.isArray(steps) && steps.length > 0)
  ) {
    throw invalid("the document has no mainSteps");
  }
}

const repositoryName = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

const repository = regional({
  computed: ["arn", "registryId", "repositoryUrl"],
  replacedBy: ["encryptionConfigurations", "name"],
  autoNamed: "name",
  defaults: { imageTagMutability: "MUTABLE" },
  rules: {
    imageTagMutability: oneOf("MUTABLE", "IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION"),
  },
  seconds: () => moment,
  create: (cloud, inputs) => {
    const name = nameOf(inputs);
    if (name.length < 2 || name.length > 256 || !repositoryName.test(name)) {
      throw new CloudError(
        `InvalidParameterException: Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression' (${name})`,
      );
    }
    if (cloud.get(types.repository, name)?.properties.region === inputs.region) {
      throw new CloudError(
        `RepositoryAlreadyExistsException: The repository with name '${name}' already exists in the registry with id '${accountId}'`,
      );
    }
    return {
      id: name,
      outputs: {
        name,
        arn: arn("ecr", inputs.region, `repository/${name}`),
        registryId: accountId,
        repositoryUrl: `${accountId}.dkr.ecr.${String(inputs.region)}.amazonaws.com/${name}`,
      },
    };
  },
  delete: (cloud, id, inputs) => {
    const images = imagesIn(cloud, cloud.get(types.repository, id)?.properties.repositoryUrl);
    if (images.length > 0 && inputs.forceDelete !== true) {
      throw new CloudError(
        `ECR Repository (${id}) not empty, consider using force_delete: RepositoryNotEmptyException: The repository with name '${id}' ` +
          `in registry with id '${accountId}' cannot be deleted because it still contains images`,
      );
    }
    images.forEach((image) => cloud.delete(image.type, image.id));
    cloud.delete(types.lifecyclePolicy, id);
  },
});

/** Images that were pushed to the repository. */
function imagesIn(cloud: Inventory, url: unknown) {
  return cloud
    .all("docker-build:index:Image")
    .filter(({ properties }) => listIn(properties, "tags").some((tag) => String(tag).startsWith(`${String(url)}:`)));
}

const lifecyclePolicy = regional({
  computed: ["registryId"],
  replacedBy: ["policy", "repository"],
  rules: {
    policy: (value, key) =>
      typeof value === "string" && parsed(value) === undefined
        ? `"${key}" contains an invalid JSON: ${value}`
        : undefined,
  },
  same: sameAs([], ["policy"]),
  seconds: () => moment,
  create: (cloud, inputs) => {
    const name = String(inputs.repository);
    if (cloud.get(types.repository, name)?.properties.region !== inputs.region) {
      throw new CloudError(
        `RepositoryNotFoundException: The repository with name '${name}' does not exist in the registry with id '${accountId}'`,
      );
    }
    const policy = parsed(inputs.policy);
    const rules = isObject(policy) && Array.isArray(policy.rules) ? (policy.rules as unknown[]) : [];
    const priorities = rules.filter(isObject).map(({ rulePriority }) => rulePriority);
    if (rules.length === 0 || new Set(priorities).size !== rules.length) {
      throw new CloudError(
        "InvalidParameterException: Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure'",
      );
    }
    return { id: name, outputs: { registryId: accountId } };
  },
});

/** Logs, commands and images. */
export const operations: Readonly<Record<string, SimulatedResource>> = {
  [types.logGroup]: logGroup,
  [types.document]: document,
  [types.repository]: repository,
  [types.lifecyclePolicy]: lifecyclePolicy,
};
