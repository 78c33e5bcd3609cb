import { ofBuckets } from "./buckets.ts";
import { records, statementsOf, texts, type Guardrail } from "./registered.ts";

/** Nothing of ours listens to the whole internet. */
const notOpenToAll: Guardrail = ({ type, name, inputs }) => {
  switch (type) {
    case "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule":
      return isEverywhere(inputs.cidrIpv4) || isEverywhere(inputs.cidrIpv6)
        ? [`${name} lets the whole internet in. Name the address range, or the security group, that needs to come in.`]
        : [];
    case "aws:ec2/securityGroup:SecurityGroup":
      return inputs.ingress === undefined
        ? []
        : [`${name} has rules of its own. Make each a SecurityGroupIngressRule.`];
    case "docker:index/container:Container":
      return records(inputs.ports)
        .filter(({ ip }) => ip === undefined || isEverywhere(ip))
        .map(({ external }) => `${name} publishes port ${String(external)} on every address. Give the port one ip.`);
    default:
      return [];
  }
};

/** Calls that know no resources, so that there is nothing to narrow them to (AWS Service Authorization Reference). */
const withoutResources = [
  "athena:ListDataCatalogs",
  "athena:ListWorkGroups",
  "s3:ListAllMyBuckets",
  "ecr:GetAuthorizationToken",
  "ssm:UpdateInstanceInformation",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
  "ec2messages:AcknowledgeMessage",
  "ec2messages:DeleteMessage",
  "ec2messages:FailMessage",
  "ec2messages:GetEndpoint",
  "ec2messages:GetMessages",
  "ec2messages:SendReply",
];

const attachments = ["role", "user", "group"].map(
  (to) => `aws:iam/${to}PolicyAttachment:${to.charAt(0).toUpperCase()}${to.slice(1)}PolicyAttachment`,
);

/** No permission says "every action", and none on data says "every resource". */
const noWidePermission: Guardrail = ({ type, name, inputs }) => {
  if (attachments.includes(type) && String(inputs.policyArn).startsWith("arn:aws:iam::aws:")) {
    return [`${name} attaches a policy that others write. Write the permissions that are needed.`];
  }
  if (!["aws:iam/rolePolicy:RolePolicy", "aws:iam/policy:Policy"].includes(type)) {
    return [];
  }
  return statementsOf(inputs.policy)
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Action, Resource }) => {
      const actions = texts(Action);
      const wide = actions.filter((action) => action.includes("*"));
      const onEverything = texts(Resource).includes("*")
        ? actions.filter((action) => !withoutResources.includes(action))
        : [];
      return [
        ...wide.map((action) => `${name} allows ${action}. Name the actions.`),
        ...onEverything.map((action) => `${name} allows ${action} on every resource. Name the resources.`),
      ];
    });
};

/** Nobody takes on a role of ours who is not meant, and no other customer by the account of a service that we use. */
const trustedRoles: Guardrail = ({ type, name, inputs }) =>
  type === "aws:iam/role:Role"
    ? statementsOf(inputs.assumeRolePolicy)
        .filter(({ Effect, Action }) => Effect === "Allow" && texts(Action).includes("sts:AssumeRole"))
        .flatMap(({ Principal, Condition }) => {
          const principals = typeof Principal === "object" ? (Principal as Readonly<Record<string, unknown>>) : {};
          const isAnybody = Principal === "*" || texts(principals.AWS).includes("*");
          const isElsewhere =
            principals.AWS !== undefined && !JSON.stringify(Condition ?? {}).includes("sts:ExternalId");
          return [
            ...(isAnybody ? [`${name} can be taken by anybody. Name who takes it.`] : []),
            ...(isElsewhere && !isAnybody
              ? [
                  `${name} can be taken by whoever makes ${texts(principals.AWS).join(", ")} come. Ask for sts:ExternalId.`,
                ]
              : []),
          ];
        })
    : [];

/** A question reads no more than the workgroup lets it, and its answer lies where the workgroup says. */
const limitedQuestions: Guardrail = ({ type, name, inputs }) => {
  if (type !== "aws:athena/workgroup:Workgroup") {
    return [];
  }
  const { bytesScannedCutoffPerQuery: limit, enforceWorkgroupConfiguration: isEnforced } = (inputs.configuration ??
    {}) as Readonly<Record<string, unknown>>;
  return [
    ...(Number(limit ?? 0) > 0 ? [] : [`${name} lets a query read everything. Set bytesScannedCutoffPerQuery.`]),
    ...(isEnforced === false
      ? [`${name} lets whoever asks choose otherwise. Set enforceWorkgroupConfiguration: true.`]
      : []),
  ];
};

/** Instances take the credentials of their role with a token only, and nobody logs in to them with a key. */
const closedInstances: Guardrail = ({ type, name, inputs }) => {
  // An instance of a template has the template's options, which are looked at there.
  const isOfTemplate = type === "aws:ec2/instance:Instance" && inputs.launchTemplate !== undefined;
  if (isOfTemplate || (type !== "aws:ec2/launchTemplate:LaunchTemplate" && type !== "aws:ec2/instance:Instance")) {
    return [];
  }
  const options = inputs.metadataOptions as { httpTokens?: unknown } | undefined;
  return [
    ...(options?.httpTokens === "required"
      ? []
      : [`${name} answers requests for credentials without a token. Set httpTokens: required.`]),
    ...(inputs.keyName === undefined ? [] : [`${name} lets an SSH key in. Take keyName out; use Session Manager.`]),
  ];
};

/** What runs is what was tested: images go by their digest. */
const imagesByDigest: Guardrail = ({ type, name, inputs }) =>
  type === "docker:index/remoteImage:RemoteImage" && !/@sha256:[0-9a-f]{64}$/.test(String(inputs.name))
    ? [`${name} takes whatever image has this name today. Add its digest.`]
    : [];

/** A parameter that is not encrypted is shown to whoever may look at parameters; what is no secret says so. */
const encryptedParameters: Guardrail = ({ type, name, inputs, secrets = [] }) =>
  type === "aws:ssm/parameter:Parameter" &&
  inputs.type !== "SecureString" &&
  (secrets.length > 0 || inputs.insecureValue === undefined)
    ? [`${name} keeps a secret in clear. Set type: SecureString, or insecureValue where it is none.`]
    : [];

/** On everything there is in Kafka, an account may look and no more. */
const noWideAcl: Guardrail = ({ type, name, inputs }) =>
  type === "confluentcloud:index/kafkaAcl:KafkaAcl" &&
  inputs.permission === "ALLOW" &&
  inputs.resourceName === "*" &&
  !["DESCRIBE", "DESCRIBE_CONFIGS"].includes(String(inputs.operation))
    ? [`${name} allows ${String(inputs.operation)} on every ${String(inputs.resourceType).toLowerCase()}. Name it.`]
    : [];

/** Rows do not belong into a log, and keys not on a wire that others read. */
const quietKsqlDb: Guardrail = ({ type, name, inputs }) => {
  switch (type) {
    case "confluentcloud:index/ksqlCluster:KsqlCluster":
      return inputs.useDetailedProcessingLog === false
        ? []
        : [`${name} writes rows that it cannot process into a topic. Set useDetailedProcessingLog: false.`];
    case "dataplane:ksqldb:Statement":
      return /^http:\/\/(?!localhost[:/]|127\.|\[::1\])/.test(String(inputs.endpoint)) && inputs.key !== ""
        ? [`${name} sends its key in clear. Write an https address.`]
        : [];
    default:
      return [];
  }
};

export const guardrails: readonly Guardrail[] = [
  notOpenToAll,
  noWidePermission,
  closedInstances,
  imagesByDigest,
  noWideAcl,
  quietKsqlDb,
  trustedRoles,
  limitedQuestions,
  encryptedParameters,
  ofBuckets,
];

/** What must be so where data has to last: nothing is thrown away because somebody takes it out of a program. */
export const durableGuardrails: readonly Guardrail[] = [
  ({ name, inputs }) =>
    inputs.forceDestroy === true || inputs.forceDelete === true
      ? [`${name} goes with all that is in it. Take forceDestroy out.`]
      : [],
  ({ type, name, protect }) =>
    keepsData.includes(type) && protect !== true ? [`${name} keeps data, and may be deleted. Protect it.`] : [],
];

const keepsData = ["aws:s3/bucket:Bucket", "confluentcloud:index/tableflowTopic:TableflowTopic"];

function isEverywhere(address: unknown): boolean {
  return typeof address === "string" && ["0.0.0.0/0", "::/0", "0.0.0.0", "::", ""].includes(address);
}
