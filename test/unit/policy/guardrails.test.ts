import { forBuckets } from "../../../policy/buckets.ts";
import { durableGuardrails, guardrails } from "../../../policy/guardrails.ts";
import type { Registered } from "../../../policy/registered.ts";

const breaches = (type: string, inputs: Registered["inputs"]) =>
  guardrails.flatMap((guardrail) => guardrail({ type, name: "it", inputs }));
const allows = (Action: unknown, Resource: unknown, Effect = "Allow") =>
  breaches("aws:iam/rolePolicy:RolePolicy", {
    policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect, Action, Resource }] }),
  });
const document = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const trust = (Principal: unknown, Condition?: object) =>
  document({ Effect: "Allow", Principal, Action: "sts:AssumeRole", Condition });
const tlsOnly = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const closed = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
const role = "aws:iam/role:Role";
const workgroup = "aws:athena/workgroup:Workgroup";
const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const container = "docker:index/container:Container";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const acl = "confluentcloud:index/kafkaAcl:KafkaAcl";
const ksql = "confluentcloud:index/ksqlCluster:KsqlCluster";
const statement = "dataplane:ksqldb:Statement";
const digest = `@sha256:${"0".repeat(64)}`;

describe("a breach is said", () => {
  it.each<[string, Registered["inputs"], string]>([
    [
      ingress,
      { cidrIpv4: "0.0.0.0/0" },
      "it lets the whole internet in. Name the address range, or the security group, that needs to come in.",
    ],
    [
      ingress,
      { cidrIpv6: "::/0" },
      "it lets the whole internet in. Name the address range, or the security group, that needs to come in.",
    ],
    [
      "aws:ec2/securityGroup:SecurityGroup",
      { ingress: [] },
      "it has rules of its own. Make each a SecurityGroupIngressRule.",
    ],
    [
      container,
      { ports: [{ internal: 1433, external: 1433 }] },
      "it publishes port 1433 on every address. Give the port one ip.",
    ],
    [
      container,
      { ports: [{ external: 3306, ip: "0.0.0.0" }] },
      "it publishes port 3306 on every address. Give the port one ip.",
    ],
    [
      template,
      { metadataOptions: { httpTokens: "optional" } },
      "it answers requests for credentials without a token. Set httpTokens: required.",
    ],
    [template, {}, "it answers requests for credentials without a token. Set httpTokens: required."],
    [
      template,
      { metadataOptions: { httpTokens: "required" }, keyName: "me" },
      "it lets an SSH key in. Take keyName out; use Session Manager.",
    ],
    [
      "docker:index/remoteImage:RemoteImage",
      { name: "mysql:8.4" },
      "it takes whatever image has this name today. Add its digest.",
    ],
    [
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      { policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" },
      "it attaches a policy that others write. Write the permissions that are needed.",
    ],
    [
      "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
      { policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" },
      "it attaches a policy that others write. Write the permissions that are needed.",
    ],
    [
      "aws:iam/policy:Policy",
      { policy: document({ Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::b/*" }) },
      "it allows s3:*. Name the actions.",
    ],
    [role, { assumeRolePolicy: trust("*") }, "it can be taken by anybody. Name who takes it."],
    [role, { assumeRolePolicy: trust({ AWS: "*" }) }, "it can be taken by anybody. Name who takes it."],
    [
      role,
      { assumeRolePolicy: trust({ AWS: "arn:aws:iam::197857026523:role/a" }) },
      "it can be taken by whoever makes arn:aws:iam::197857026523:role/a come. Ask for sts:ExternalId.",
    ],
    [
      workgroup,
      { configuration: { bytesScannedCutoffPerQuery: 0 } },
      "it lets a query read everything. Set bytesScannedCutoffPerQuery.",
    ],
    [
      workgroup,
      { configuration: { bytesScannedCutoffPerQuery: 10_485_760, enforceWorkgroupConfiguration: false } },
      "it lets whoever asks choose otherwise. Set enforceWorkgroupConfiguration: true.",
    ],
    [
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      { ...closed, restrictPublicBuckets: false },
      "it lets the public in. Set restrictPublicBuckets: true.",
    ],
    [
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
      { rule: { objectOwnership: "ObjectWriter" } },
      "it lets writers own what they write. Set objectOwnership: BucketOwnerEnforced.",
    ],
    ...[
      { Condition: undefined },
      { Effect: "Allow" },
      { Action: "s3:GetObject" },
      { Resource: "arn:aws:s3:::b/*" },
      { Principal: { AWS: "arn:aws:iam::123456789012:root" } },
    ].map((change): [string, Registered["inputs"], string] => [
      "aws:s3/bucketPolicy:BucketPolicy",
      { policy: document({ ...tlsOnly, ...change }) },
      "it lets requests in that everybody on the way can read. Deny them where aws:SecureTransport is false.",
    ]),
    [
      acl,
      { permission: "ALLOW", operation: "READ", resourceType: "TOPIC", resourceName: "*" },
      "it allows READ on every topic. Name it.",
    ],
    [ksql, { csu: 1 }, "it writes rows that it cannot process into a topic. Set useDetailedProcessingLog: false."],
    [
      statement,
      { endpoint: "http://ksqldb.lan:8088", key: "me" },
      "it sends its key in clear. Write an https address.",
    ],
  ])("%s %j", (type, inputs, breach) => {
    expect(breaches(type, inputs)).toEqual([breach]);
  });

  it.each([
    ["s3:*", "arn:aws:s3:::b/*", ["it allows s3:*. Name the actions."]],
    [["s3:GetObject"], ["*"], ["it allows s3:GetObject on every resource. Name the resources."]],
    [
      ["ecr:GetAuthorizationToken", "s3:GetObject"],
      "*",
      ["it allows s3:GetObject on every resource. Name the resources."],
    ],
    ["*", "*", ["it allows *. Name the actions.", "it allows * on every resource. Name the resources."]],
  ])("permission %j on %j", (actions, resources, expected) => {
    expect(allows(actions, resources)).toEqual(expected);
  });
});

const inClear = "it keeps a secret in clear. Set type: SecureString, or insecureValue where it is none.";

it.each<[inputs: Registered["inputs"], secrets: readonly string[], expected: readonly string[]]>([
  [{ type: "String", value: "a" }, ["value"], [inClear]],
  [{ type: "String", value: "a" }, [], [inClear]],
  [{ type: "StringList", insecureValue: "a" }, ["insecureValue"], [inClear]],
  [{ type: "SecureString", value: "a" }, ["value"], []],
  [{ type: "String", insecureValue: "a" }, [], []],
])("a parameter %j whose secrets are %j", (inputs, secrets, expected) => {
  const parameter = { type: "aws:ssm/parameter:Parameter", name: "it", inputs, secrets };
  expect(guardrails.flatMap((guardrail) => guardrail(parameter))).toEqual(expected);
});

describe("what is well is let through", () => {
  it.each([
    [ingress, { referencedSecurityGroupId: "sg-1" }],
    ["aws:iam/userPolicyAttachment:UserPolicyAttachment", { policyArn: "arn:aws:iam::123456789012:policy/analysts" }],
    [
      "aws:iam/policy:Policy",
      { policy: document({ Effect: "Allow", Action: "athena:ListWorkGroups", Resource: "*" }) },
    ],
    ["aws:iam/policy:Policy", { policy: "«aws:iam/role:Role::it|arn»" }],
    [role, { assumeRolePolicy: trust({ Service: "ec2.amazonaws.com" }) }],
    [
      role,
      {
        assumeRolePolicy: trust(
          { AWS: "arn:aws:iam::197857026523:role/a" },
          { StringEquals: { "sts:ExternalId": "e" } },
        ),
      },
    ],
    [workgroup, { configuration: { bytesScannedCutoffPerQuery: 10_485_760 } }],
    ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", closed],
    ["aws:s3/bucketPolicy:BucketPolicy", { policy: document(tlsOnly) }],
    ["aws:s3/bucketPolicy:BucketPolicy", { policy: document({ ...tlsOnly, Principal: { AWS: "*" } }) }],
    ["aws:s3/bucketOwnershipControls:BucketOwnershipControls", { rule: { objectOwnership: "BucketOwnerEnforced" } }],
    [ingress, { cidrIpv4: "10.0.0.0/16" }],
    ["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", { cidrIpv4: "0.0.0.0/0" }],
    [container, { ports: [{ external: 3306, ip: "127.0.0.1" }] }],
    [template, { metadataOptions: { httpTokens: "required" } }],
    ["docker:index/remoteImage:RemoteImage", { name: `mysql${digest}` }],
    [acl, { permission: "ALLOW", operation: "DESCRIBE_CONFIGS", resourceType: "TOPIC", resourceName: "*" }],
    [acl, { permission: "DENY", operation: "READ", resourceType: "TOPIC", resourceName: "*" }],
    [acl, { permission: "ALLOW", operation: "READ", resourceType: "TOPIC", resourceName: "orders" }],
    [ksql, { csu: 1, useDetailedProcessingLog: false }],
    [statement, { endpoint: "https://ksqldb.lan:8088", key: "me" }],
    [statement, { endpoint: "http://ksqldb.lan:8088", key: "" }],
    [statement, { endpoint: "http://127.0.0.1:8088", key: "me" }],
  ])("%s %j", (type, inputs) => {
    expect(breaches(type, inputs)).toEqual([]);
  });

  it("permissions on what they name, calls that know no resources, and denials", () => {
    expect(allows("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:1:secret:a")).toEqual([]);
    expect(allows("ecr:GetAuthorizationToken", "*")).toEqual([]);
    expect(allows("s3:*", "*", "Deny")).toEqual([]);
  });
});

describe("where data has to last", () => {
  const bucket = "aws:s3/bucket:Bucket";
  const durable = (type: string, inputs: Registered["inputs"], protect?: boolean) =>
    durableGuardrails.flatMap((guardrail) =>
      guardrail({ type, name: "it", inputs, ...(protect === undefined ? {} : { protect }) }),
    );

  it.each<[string, Registered["inputs"], boolean | undefined, breaches: string[]]>([
    [bucket, { forceDestroy: true }, true, ["it goes with all that is in it. Take forceDestroy out."]],
    [workgroup, { forceDestroy: true }, undefined, ["it goes with all that is in it. Take forceDestroy out."]],
    [bucket, { forceDestroy: false }, false, ["it keeps data, and may be deleted. Protect it."]],
    [bucket, { forceDestroy: false }, true, []],
    [
      "confluentcloud:index/tableflowTopic:TableflowTopic",
      {},
      undefined,
      ["it keeps data, and may be deleted. Protect it."],
    ],
    [workgroup, {}, undefined, []],
  ])("%s %j, protected: %j", (type, inputs, protect, expected) => {
    expect(durable(type, inputs, protect)).toEqual(expected);
  });
});

describe("beside each bucket", () => {
  const s3 = (name: string) => `aws:s3/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
  const lake: Registered = { type: s3("Bucket"), name: "lake-bucket", inputs: { bucket: "demo-lake" } };
  const settings = [
    "BucketPublicAccessBlock",
    "BucketOwnershipControls",
    "BucketPolicy",
    "BucketServerSideEncryptionConfiguration",
    "BucketLifecycleConfiguration",
  ].map((name): Registered => ({ type: s3(name), name, inputs: { bucket: "demo-lake" } }));

  it("there is all that it needs", () => {
    expect(forBuckets([lake, ...settings])).toEqual([]);
    const named = settings.map((own) => ({ ...own, inputs: { bucket: "«aws:s3/bucket:Bucket::lake-bucket|bucket»" } }));
    expect(forBuckets([{ ...lake, inputs: {} }, ...named])).toEqual([]);
  });

  it.each([
    ["BucketPublicAccessBlock", "what keeps the public out (BucketPublicAccessBlock)"],
    ["BucketOwnershipControls", "an owner of what is in it (BucketOwnershipControls)"],
    ["BucketPolicy", "a policy that asks for TLS (BucketPolicy)"],
    ["BucketServerSideEncryptionConfiguration", "its encryption (BucketServerSideEncryptionConfiguration)"],
    ["BucketLifecycleConfiguration", "an end for uploads that were given up (BucketLifecycleConfiguration)"],
  ])("%s is missed, also where another bucket has one", (missing, what) => {
    const others = settings.map((own) => ({ ...own, inputs: { bucket: "other" } }));
    expect(forBuckets([lake, ...settings.filter(({ name }) => name !== missing), ...others])).toEqual([
      `lake-bucket lacks ${what}. Add it.`,
    ]);
  });
});
