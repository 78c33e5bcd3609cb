import { statementsOf, texts, type Guardrail, type Registered } from "./registered.ts";

const s3 = (name: string) => `aws:s3/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
const bucket = s3("Bucket");

/** What a setting of a bucket must say, by its type; what it may not leave out is in `forBuckets`. */
export const ofBuckets: Guardrail = ({ type, name, inputs }) => {
  switch (type) {
    case s3("BucketPublicAccessBlock"):
      return blocks
        .filter((block) => inputs[block] !== true)
        .map((block) => `${name} lets the public in. Set ${block}: true.`);
    case s3("BucketOwnershipControls"):
      return (inputs.rule as { objectOwnership?: unknown } | undefined)?.objectOwnership === "BucketOwnerEnforced"
        ? []
        : [`${name} lets writers own what they write. Set objectOwnership: BucketOwnerEnforced.`];
    case s3("BucketPolicy"):
      return isTlsOnly(inputs.policy)
        ? []
        : [
            `${name} lets requests in that everybody on the way can read. Deny them where aws:SecureTransport is false.`,
          ];
    default:
      return [];
  }
};

const blocks = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

/** Whether whoever comes without TLS is turned away from the bucket and from what is in it. */
function isTlsOnly(policy: unknown): boolean {
  return statementsOf(policy).some(({ Effect, Principal, Action, Resource, Condition }) => {
    const { Bool } = (Condition ?? {}) as { Bool?: Readonly<Record<string, unknown>> };
    const resources = texts(Resource);
    return (
      Effect === "Deny" &&
      [Principal, (Principal as { AWS?: unknown } | undefined)?.AWS].includes("*") &&
      texts(Action).includes("s3:*") &&
      Bool?.["aws:SecureTransport"] === "false" &&
      resources.some((resource) => resource.endsWith("/*")) &&
      resources.some((resource) => !resource.endsWith("/*"))
    );
  });
}

const needed = {
  [s3("BucketPublicAccessBlock")]: "what keeps the public out (BucketPublicAccessBlock)",
  [s3("BucketOwnershipControls")]: "an owner of what is in it (BucketOwnershipControls)",
  [s3("BucketPolicy")]: "a policy that asks for TLS (BucketPolicy)",
  [s3("BucketServerSideEncryptionConfiguration")]: "its encryption (BucketServerSideEncryptionConfiguration)",
  [s3("BucketLifecycleConfiguration")]: "an end for uploads that were given up (BucketLifecycleConfiguration)",
};

/** What a program must have beside each of its buckets: one sentence for each that is missing. */
export function forBuckets(resources: readonly Registered[]): string[] {
  return resources
    .filter(({ type }) => type === bucket)
    .flatMap((own) => {
      const its = resources.filter(({ inputs }) => isOf(own, inputs.bucket)).map(({ type }) => type);
      return Object.entries(needed)
        .filter(([type]) => !its.includes(type))
        .map(([, what]) => `${own.name} lacks ${what}. Add it.`);
    });
}

/** Whether an input names a bucket: as a text, or as what it is called once it is made. */
function isOf({ name, inputs }: Registered, given: unknown): boolean {
  return typeof given === "string" && (given === inputs.bucket || given.startsWith(`«${bucket}::${name}|`));
}
