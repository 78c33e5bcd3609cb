import { guardrails, type Registered } from "../../../policy/guardrails.ts";

const breaches = (type: string, inputs: Registered["inputs"]) =>
  guardrails.flatMap((guardrail) => guardrail({ type, name: "it", inputs }));
const allows = (Action: unknown, Resource: unknown, Effect = "Allow") =>
  breaches("aws:iam/rolePolicy:RolePolicy", {
    policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect, Action, Resource }] }),
  });
const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const container = "docker:index/container:Container";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const acl = "confluentcloud:index/kafkaAcl:KafkaAcl";
const ksql = "confluentcloud:index/ksqlCluster:KsqlCluster";
const statement = "dataplane:ksqldb:Statement";
const digest = `@sha256:${"0".repeat(64)}`;

describe("a breach is said", () => {
  it.each([
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
      {},
      "it attaches a policy that others write. Write the permissions that are needed.",
    ],
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

describe("what is well is let through", () => {
  it.each([
    [ingress, { referencedSecurityGroupId: "sg-1" }],
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
