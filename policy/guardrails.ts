/** A resource as the program registers it. */
export interface Registered {
  /** Type token, e.g. `aws:iam/rolePolicy:RolePolicy`. */
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What a guardrail says of a resource: one sentence for each breach, none when all is well. */
export type Guardrail = (resource: Registered) => string[];

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

/** No permission says "every action", and none on data says "every resource". */
const noWidePermission: Guardrail = ({ type, name, inputs }) => {
  if (type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment") {
    return [`${name} attaches a policy that others write. Write the permissions that are needed.`];
  }
  if (type !== "aws:iam/rolePolicy:RolePolicy" || typeof inputs.policy !== "string") {
    return [];
  }
  const { Statement } = JSON.parse(inputs.policy) as { Statement: unknown };
  return records(Statement)
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
];

function isEverywhere(address: unknown): boolean {
  return typeof address === "string" && ["0.0.0.0/0", "::/0", "0.0.0.0", "::", ""].includes(address);
}

function records(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? (value as Readonly<Record<string, unknown>>[]) : [];
}

function texts(value: unknown): string[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).map(String);
}
