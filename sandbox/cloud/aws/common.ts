import { createHash, randomBytes } from "node:crypto";
import { CloudError, type Inventory, type Properties, type Thing } from "../inventory.ts";
import { matching } from "../rules.ts";
import type { SimulatedResource } from "../simulated.ts";

const token = (module: string, name: string) =>
  `aws:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}` as const;

/** Type tokens. */
export const types = {
  vpc: token("ec2", "Vpc"),
  subnet: token("ec2", "Subnet"),
  internetGateway: token("ec2", "InternetGateway"),
  routeTable: token("ec2", "RouteTable"),
  route: token("ec2", "Route"),
  routeTableAssociation: token("ec2", "RouteTableAssociation"),
  securityGroup: token("ec2", "SecurityGroup"),
  ingressRule: token("vpc", "SecurityGroupIngressRule"),
  egressRule: token("vpc", "SecurityGroupEgressRule"),
  launchTemplate: token("ec2", "LaunchTemplate"),
  instance: token("ec2", "Instance"),
  group: token("autoscaling", "Group"),
  role: token("iam", "Role"),
  rolePolicy: token("iam", "RolePolicy"),
  policy: token("iam", "Policy"),
  rolePolicyAttachment: token("iam", "RolePolicyAttachment"),
  userPolicyAttachment: token("iam", "UserPolicyAttachment"),
  groupPolicyAttachment: token("iam", "GroupPolicyAttachment"),
  instanceProfile: token("iam", "InstanceProfile"),
  secret: token("secretsmanager", "Secret"),
  secretVersion: token("secretsmanager", "SecretVersion"),
  logGroup: token("cloudwatch", "LogGroup"),
  repository: token("ecr", "Repository"),
  lifecyclePolicy: token("ecr", "LifecyclePolicy"),
  document: token("ssm", "Document"),
  parameter: token("ssm", "Parameter"),
  bucket: token("s3", "Bucket"),
  bucketEncryption: token("s3", "BucketServerSideEncryptionConfiguration"),
  bucketLifecycle: token("s3", "BucketLifecycleConfiguration"),
  bucketOwnership: token("s3", "BucketOwnershipControls"),
  bucketPolicy: token("s3", "BucketPolicy"),
  bucketPublicAccess: token("s3", "BucketPublicAccessBlock"),
  bucketVersioning: token("s3", "BucketVersioning"),
  catalogDatabase: token("glue", "CatalogDatabase"),
  catalogTable: token("glue", "CatalogTable"),
  workgroup: token("athena", "Workgroup"),
  namedQuery: token("athena", "NamedQuery"),
  preparedStatement: token("athena", "PreparedStatement"),
  namespace: token("redshiftserverless", "Namespace"),
  serverlessWorkgroup: token("redshiftserverless", "Workgroup"),
};

export const accountId = "123456789012";

/** Seconds that nothing but the API's own answer takes. */
export const moment = 2;
/**
 * What the provider waits for. Groups: what the provider's own acceptance tests take, with small instances; the rest is
 * an assumption.
 */
export const assumed = {
  network: 10,
  permissionsSpread: 10,
  policyVersion: 5,
  instanceRuns: 15,
  instanceTerminates: 60,
  capacity: 75,
  groupForced: 60,
  groupDrained: 150,
  redshiftNamespace: 10,
  redshiftWorkgroup: 240,
};

/** Begins what is random in the ids that the sandbox gives out: any other well-formed id is somebody else's. */
const ours = "0fa4e";

export function newId(prefix: string): string {
  return `${prefix}-${ours}${randomBytes(6).toString("hex")}`;
}

/**
 * The thing with an id, in the region. What the sandbox has made must be there; what it has not made, such as a VPC that
 * the user gives, is taken to exist: then `undefined`.
 */
export function required(
  cloud: Inventory,
  type: string,
  id: unknown,
  region: unknown,
  refusal: string,
): Thing | undefined {
  const thing = cloud.get(type, id);
  if (thing !== undefined && thing.properties.region === region) {
    return thing;
  }
  const isForeign = /^[a-z]+-([0-9a-f]{8}|[0-9a-f]{17})$/.test(String(id)) && !String(id).includes(`-${ours}`);
  if (!isForeign) {
    throw new CloudError(refusal);
  }
  return undefined;
}

/** Ten digits or so for what a service calls unique, always the same for the same name. */
export function digest(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}

export function arn(service: string, region: unknown, resource: string): string {
  return `arn:aws:${service}:${String(region)}:${accountId}:${resource}`;
}

/** The name that was given or generated, or one with the prefix that was given. */
export function nameOf(inputs: Properties): string {
  return typeof inputs.name === "string"
    ? inputs.name
    : `${String(inputs.namePrefix)}${randomBytes(13).toString("hex")}`;
}

/** A resource that exists in one region: that of its provider, unless it says another. */
export function regional(resource: SimulatedResource): SimulatedResource {
  return {
    ...resource,
    computed: [...resource.computed, "region"],
    replacedBy: [...resource.replacedBy, "region"],
    create: (cloud, inputs, config) => {
      const region = inputs.region ?? config.region;
      const created = resource.create(cloud, { ...inputs, region }, config);
      return { ...created, outputs: { ...created.outputs, region } };
    },
  };
}

/** Lists whose order the provider ignores, and JSON that means the same in other words. */
export function sameAs(sets: readonly string[], documents: readonly string[] = []) {
  return (property: string, before: unknown, after: unknown): boolean => {
    if (sets.includes(property) && Array.isArray(before) && Array.isArray(after)) {
      return sortedText(before) === sortedText(after);
    }
    return documents.includes(property) && meaningOf(before) !== undefined && meaningOf(before) === meaningOf(after);
  };
}

function sortedText(items: readonly unknown[]): string {
  return JSON.stringify(items.map((item) => JSON.stringify(item)).sort());
}

function meaningOf(document: unknown): string | undefined {
  const value = parsed(document);
  return value === undefined ? undefined : JSON.stringify(value, (_, part: unknown) => withSortedKeys(part));
}

function withSortedKeys(part: unknown): unknown {
  return typeof part === "object" && part !== null && !Array.isArray(part)
    ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
    : part;
}

/** The value of a JSON text; `undefined` for what is none. */
export function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text)) as unknown;
  } catch {
    return undefined;
  }
}

/** The network that a CIDR block names, as first and last address; `undefined` for what names none. */
export function networkOf(cidr: unknown): { first: number; last: number; bits: number } | undefined {
  const found = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(String(cidr))?.slice(1).map(Number);
  const [a = 256, b = 256, c = 256, d = 256, bits = 33] = found ?? [];
  if ([a, b, c, d].some((part) => part > 255) || bits > 32) {
    return undefined;
  }
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - bits);
  return address % size === 0 ? { first: address, last: address + size - 1, bits } : undefined;
}

export const isCidr = (value: unknown, key: string): string | undefined =>
  typeof value === "string" && networkOf(value) === undefined
    ? `"${key}" (${value}) is not a valid IPv4 CIDR block that names a network`
    : undefined;

export const isIamName = matching(/^[\w+=,.@-]*$/, "must only contain alphanumeric characters, and +=,.@-_");

/** A value as a message shows it. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The items of an input that is a list. */
export function listIn(inputs: Properties, name: string): unknown[] {
  const value = inputs[name];
  return Array.isArray(value) ? (value as unknown[]) : [];
}
