import { CloudError, type Inventory, type Properties } from "../inventory.ts";
import { between, conflicting, every, exactlyOne, lengthBetween, matching } from "../rules.ts";
import type { SimulatedResource } from "../simulated.ts";
import { accountId, arn, isCidr, moment, nameOf, newId, regional, required, sameAs, textOf, types } from "./common.ts";
import { requiredVpc } from "./network.ts";
import { runningIn } from "./running.ts";

const rules = [types.ingressRule, types.egressRule];

const securityGroup = regional({
  computed: ["arn", "egress", "ingress", "ownerId", "vpcId"],
  replacedBy: ["description", "name", "namePrefix", "vpcId"],
  defaults: { description: "Managed by Pulumi", revokeRulesOnDelete: false },
  autoNamed: "name",
  rules: {
    name: every(lengthBetween(0, 255), matching(/^(?!sg-)/, "cannot begin with sg-")),
    description: every(
      lengthBetween(0, 255),
      matching(/^[0-9A-Za-z_ .:/()#,@[\]+=&;{}!$*-]*$/, "doesn't comply with restrictions on characters"),
    ),
  },
  check: (inputs, refuse) => conflicting(inputs, "name", "namePrefix", refuse),
  seconds: () => moment,
  create: (cloud, inputs) => {
    if (inputs.vpcId !== undefined) {
      requiredVpc(cloud, inputs);
    }
    const name = nameOf(inputs);
    const vpcId = inputs.vpcId ?? "vpc-00000000"; // the account's default
    const rival = cloud.find(
      types.securityGroup,
      (other) => other.name === name && other.vpcId === vpcId && other.region === inputs.region,
    );
    if (rival !== undefined) {
      throw new CloudError(
        `InvalidGroup.Duplicate: The security group '${name}' already exists for VPC '${textOf(vpcId)}'`,
      );
    }
    const id = newId("sg");
    const open = { egress: inputs.egress ?? [], ingress: inputs.ingress ?? [] };
    const own = { arn: arn("ec2", inputs.region, `security-group/${id}`), ownerId: accountId };
    return { id, outputs: { ...own, ...open, name, vpcId } };
  },
  delete: (cloud, id) => {
    const isUsed =
      runningIn(cloud).some(({ securityGroups }) => securityGroups.includes(id)) ||
      rules.some((type) =>
        cloud.find(type, (rule) => rule.referencedSecurityGroupId === id && rule.securityGroupId !== id),
      );
    if (isUsed) {
      throw new CloudError(`DependencyViolation: resource ${id} has a dependent object`);
    }
    rules
      .flatMap((type) => cloud.all(type))
      .filter(({ properties }) => properties.securityGroupId === id)
      .forEach((rule) => cloud.delete(rule.type, rule.id));
  },
});

export function requiredGroup(cloud: Inventory, id: unknown, region: unknown) {
  const refusal = `InvalidGroup.NotFound: The security group '${String(id)}' does not exist`;
  return required(cloud, types.securityGroup, id, region, refusal);
}

const peers = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];
const identity = ["securityGroupId", "ipProtocol", "fromPort", "toPort", ...peers];

function ruleOf(type: string): SimulatedResource {
  return regional({
    computed: ["arn", "securityGroupRuleId"],
    replacedBy: ["securityGroupId"],
    rules: { cidrIpv4: isCidr, fromPort: between(-1, 65535), toPort: between(-1, 65535) },
    check: (inputs, refuse) => exactlyOne(inputs, peers, refuse),
    // A rule keeps the kind of its peer.
    plan: (before, after) => {
      const gone = peers.filter((peer) => (before[peer] === undefined) !== (after[peer] === undefined));
      return gone;
    },
    seconds: () => moment,
    create: (cloud, inputs) => {
      checkRule(cloud, type, inputs);
      const id = newId("sgr");
      const outputs = { arn: arn("ec2", inputs.region, `security-group-rule/${id}`), securityGroupRuleId: id };
      return { id, outputs };
    },
    update: (cloud, id, inputs) => {
      const { region } = cloud.get(type, id)?.properties ?? {};
      checkRule(cloud, type, { ...inputs, region }, id);
      return undefined;
    },
  });
}

function checkRule(cloud: Inventory, type: string, inputs: Properties, self?: string): void {
  requiredGroup(cloud, inputs.securityGroupId, inputs.region);
  if (inputs.referencedSecurityGroupId !== undefined) {
    requiredGroup(cloud, inputs.referencedSecurityGroupId, inputs.region);
  }
  const { ipProtocol, fromPort, toPort } = inputs;
  if (/^(tcp|udp|6|17)$/.test(String(ipProtocol)) && (fromPort === undefined || toPort === undefined)) {
    throw new CloudError(
      "InvalidParameterValue: Invalid value for portRange. Must specify both from and to ports with TCP/UDP.",
    );
  }
  if (Number(fromPort ?? -1) > Number(toPort ?? -1)) {
    throw new CloudError(`InvalidParameterValue: Invalid TCP/UDP port range (${String(fromPort)}-${String(toPort)})`);
  }
  const rival = cloud.find(type, (other, id) => id !== self && identity.every((part) => other[part] === inputs[part]));
  if (rival !== undefined) {
    const peer = peers.map((name) => inputs[name]).find((value) => value !== undefined);
    throw new CloudError(
      `InvalidPermission.Duplicate: the specified rule "peer: ${textOf(peer)}, ${String(ipProtocol).toUpperCase()}, ` +
        `from port: ${String(fromPort)}, to port: ${String(toPort)}, ALLOW" already exists`,
    );
  }
}

/** Who may talk to whom. */
export const firewall: Readonly<Record<string, SimulatedResource>> = {
  [types.securityGroup]: { ...securityGroup, same: sameAs(["egress", "ingress"]) },
  [types.ingressRule]: ruleOf(types.ingressRule),
  [types.egressRule]: ruleOf(types.egressRule),
};
