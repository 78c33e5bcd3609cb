import { isObject } from "../check.ts";
import { CloudError, type Inventory, type Properties, type Thing } from "../inventory.ts";
import { conflicting, lengthBetween, oneOf } from "../rules.ts";
import type { Refuse, SimulatedResource } from "../simulated.ts";
import { listIn, moment, regional, sameAs, types } from "./common.ts";
import { checkLifecycle, checkLifecycleForms } from "./lifecycle.ts";
import { objectsIn } from "./objects.ts";
import { checkStatements, isPolicy, ofResource } from "./policies.ts";
import { randomBytes } from "node:crypto";

const bucket = regional({
  computed: ["arn", "bucketDomainName", "bucketRegion", "bucketRegionalDomainName", "hostedZoneId"],
  replacedBy: ["bucket", "bucketNamespace", "bucketPrefix", "objectLockEnabled"],
  autoNamed: "bucket",
  defaults: { forceDestroy: false },
  rules: { bucket: lengthBetween(0, 63), bucketPrefix: lengthBetween(0, 37) },
  check: (inputs, refuse) => {
    conflicting(inputs, "bucket", "bucketPrefix", refuse);
  },
  seconds: () => moment,
  create: (cloud, inputs) => {
    const name =
      typeof inputs.bucket === "string"
        ? inputs.bucket
        : `${String(inputs.bucketPrefix)}${randomBytes(13).toString("hex")}`;
    checkBucketName(name);
    const namesake = cloud.get(types.bucket, name);
    if (namesake !== undefined) {
      throw new CloudError(
        "BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded and you already own it.",
      );
    }
    const region = String(inputs.region);
    return {
      id: name,
      outputs: {
        bucket: name,
        arn: `arn:aws:s3:::${name}`,
        bucketDomainName: `${name}.s3.amazonaws.com`,
        bucketRegion: region,
        bucketRegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
        hostedZoneId: "Z21DNDUVLTQW6Q",
      },
    };
  },
  // Whether it may throw away what is in it the provider reads from the state: what a program says for the first time
  // in the same run that deletes the bucket comes too late.
  delete: (cloud, id, inputs) => {
    const objects = objectsIn(cloud, id);
    if (objects.length > 0 && inputs.forceDestroy !== true) {
      throw new CloudError(
        `deleting S3 Bucket (${id}): BucketNotEmpty: The bucket you tried to delete is not empty. ` +
          `It has ${String(objects.length)} objects.`,
      );
    }
    const its = settings.flatMap((type) => cloud.all(type)).filter(({ properties }) => properties.bucket === id);
    [...objects, ...its].forEach((thing) => cloud.delete(thing.type, thing.id));
  },
});

const settings = [
  types.bucketEncryption,
  types.bucketLifecycle,
  types.bucketOwnership,
  types.bucketPolicy,
  types.bucketPublicAccess,
  types.bucketVersioning,
];

function checkBucketName(name: string): void {
  const isLegal =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !/\.\.|^\d+\.\d+\.\d+\.\d+$|^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3)$/.test(name);
  if (!isLegal) {
    throw new CloudError(`InvalidBucketName: The specified bucket is not valid: ${name}`);
  }
}

/** A setting of a bucket, which there is once, and which goes with the bucket. */
function ofBucket(
  setting: Omit<SimulatedResource, "create" | "seconds" | "computed" | "replacedBy"> & {
    readonly replacedBy?: readonly string[];
    /** Throws what the service refuses. */
    readonly put?: (cloud: Inventory, inputs: Properties, bucket: Thing) => void;
  },
): SimulatedResource {
  const { put, replacedBy = [], ...rest } = setting;
  const checked = (cloud: Inventory, inputs: Properties, region: unknown) => {
    const its = requiredBucket(cloud, inputs.bucket, region);
    put?.(cloud, inputs, its);
  };
  return regional({
    ...rest,
    computed: [],
    replacedBy: ["bucket", ...replacedBy],
    rules: { bucket: lengthBetween(1, 63), ...rest.rules },
    seconds: () => moment,
    create: (cloud, inputs) => {
      checked(cloud, inputs, inputs.region);
      return { id: String(inputs.bucket), outputs: {} };
    },
    update: (cloud, _id, inputs, config) => checked(cloud, inputs, inputs.region ?? config.region),
  });
}

function requiredBucket(cloud: Inventory, name: unknown, region: unknown): Thing {
  const found = cloud.get(types.bucket, name);
  if (found === undefined) {
    throw new CloudError(`NoSuchBucket: The specified bucket does not exist: ${String(name)}`);
  }
  if (found.properties.region !== region) {
    throw new CloudError(
      `PermanentRedirect: The bucket ${String(name)} must be addressed in ${String(found.properties.region)}`,
    );
  }
  return found;
}

const encryption = ofBucket({
  replacedBy: ["expectedBucketOwner"],
  same: sameAs(["rules"]),
  check: (inputs, refuse) => {
    eachBlock(inputs, "rules", (rule, at) => {
      const { applyServerSideEncryptionByDefault: how } = rule;
      refuseOthers(
        how,
        "sseAlgorithm",
        ["AES256", "aws:fsx", "aws:kms", "aws:kms:dsse"],
        `${at}.applyServerSideEncryptionByDefault`,
        refuse,
      );
    });
  },
  put: (_cloud, inputs) => {
    const rules = listIn(inputs, "rules").filter(isObject);
    if (rules.length !== 1) {
      throw new CloudError(
        "MalformedXML: The XML you provided was not well-formed: a bucket has one rule of encryption",
      );
    }
    const { applyServerSideEncryptionByDefault: how } = rules[0] ?? {};
    if (isObject(how) && how.sseAlgorithm === "AES256" && (how.kmsMasterKeyId ?? "") !== "") {
      throw new CloudError(
        "InvalidArgument: a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
      );
    }
  },
});

const versioning = ofBucket({
  replacedBy: ["expectedBucketOwner"],
  rules: { "versioningConfiguration.status": oneOf("Enabled", "Suspended", "Disabled") },
  plan: (before, after) => {
    const [from, to] = [statusOf(before), statusOf(after)];
    if (to === "Disabled" && (from === "Enabled" || from === "Suspended")) {
      throw new CloudError(`versioning_configuration.status cannot be updated from '${from}' to '${to}'`);
    }
    return [];
  },
});

function statusOf({ versioningConfiguration }: Properties): unknown {
  return isObject(versioningConfiguration) ? versioningConfiguration.status : undefined;
}

const lifecycle = ofBucket({
  replacedBy: ["expectedBucketOwner"],
  rules: { transitionDefaultMinimumObjectSize: oneOf("all_storage_classes_128K", "varies_by_storage_class") },
  check: (inputs, refuse) => eachBlock(inputs, "rules", (rule, at) => checkLifecycleForms(rule, at, refuse)),
  put: (_cloud, inputs) => checkLifecycle(listIn(inputs, "rules").filter(isObject)),
});

const publicAccess = ofBucket({});

const ownership = ofBucket({
  rules: { "rule.objectOwnership": oneOf("BucketOwnerPreferred", "ObjectWriter", "BucketOwnerEnforced") },
});

const bucketPolicyLimit = 20_480;

const policy = ofBucket({
  rules: { policy: isPolicy },
  same: sameAs([], ["policy"]),
  put: (cloud, { policy: text }, { id }) => {
    const statements = checkStatements(text, ofResource);
    if (Buffer.byteLength(String(text)) > bucketPolicyLimit) {
      throw new CloudError("MalformedPolicy: Policy exceeds the maximum allowed document size.");
    }
    for (const { Action, Resource } of statements) {
      const resources = [Resource ?? []].flat().map(String);
      const strange = resources.some((one) => one !== `arn:aws:s3:::${id}` && !one.startsWith(`arn:aws:s3:::${id}/`));
      if (strange) {
        throw new CloudError("MalformedPolicy: Policy has invalid resource");
      }
      const actions = [Action ?? []].flat().map(String);
      if (actions.some((action) => !/^(s3:|\*$)/i.test(action))) {
        throw new CloudError("MalformedPolicy: Policy has invalid action");
      }
    }
    const block = cloud.get(types.bucketPublicAccess, id)?.properties;
    if (block?.blockPublicPolicy === true && statements.some(isPublic)) {
      throw new CloudError(
        "AccessDenied: User is not authorized to perform: s3:PutBucketPolicy because public policies are prevented by the " +
          "BlockPublicPolicy setting in S3 Block Public Access",
      );
    }
  },
});

/** Whether a statement lets anybody in whom nothing narrows down. */
function isPublic({ Effect, Principal, Condition }: Properties): boolean {
  const principals = isObject(Principal) ? Object.values(Principal).flat() : [Principal];
  return Effect === "Allow" && principals.includes("*") && Condition === undefined;
}

function eachBlock(inputs: Properties, name: string, look: (block: Properties, at: string) => void): void {
  listIn(inputs, name).forEach((block, index) => {
    if (isObject(block)) {
      look(block, `${name}[${String(index)}]`);
    }
  });
}

/** Refuses a word in a block that is none of these. */
function refuseOthers(block: unknown, key: string, legal: readonly string[], at: string, refuse: Refuse): void {
  const message = isObject(block) ? oneOf(...legal)(block[key], key) : undefined;
  if (message !== undefined) {
    refuse(`${at}.${key}`, message);
  }
}

/** Where files are. */
export const storage: Readonly<Record<string, SimulatedResource>> = {
  [types.bucket]: bucket,
  [types.bucketEncryption]: encryption,
  [types.bucketLifecycle]: lifecycle,
  [types.bucketOwnership]: ownership,
  [types.bucketPolicy]: policy,
  [types.bucketPublicAccess]: publicAccess,
  [types.bucketVersioning]: versioning,
};
