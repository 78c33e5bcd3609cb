import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { Instance } from "@pulumi/aws/ec2/instance.js";
import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate.js";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Secret } from "@pulumi/aws/secretsmanager/secret.js";
import { SecretVersion } from "@pulumi/aws/secretsmanager/secretVersion.js";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import * as pulumi from "@pulumi/pulumi";
import { demoUserData } from "../../model/sources/demoHost.ts";
import { instanceProfile } from "../connect/instanceRole.ts";
import type { DatabaseAddress, DemoContainerArgs } from "./demoDatabase.ts";

/** An instance beside the workers. */
export interface Ec2Host {
  readonly on: "ec2";
  /** The name that people see in AWS, e.g. `pipeline-dev-demo`. In place. */
  readonly displayName: string;
  /** Region that the instance is in, for its own calls to AWS. */
  readonly region: string;
  /** A change replaces everything. */
  readonly vpcId: pulumi.Input<string>;
  /** A subnet of the VPC with a way out to the internet, from where the images come. A change replaces the instance. */
  readonly subnetId: pulumi.Input<string>;
  /** The workers' security group: the only one whose members reach the databases. */
  readonly workersGroupId: pulumi.Input<string>;
  /** EC2 instance type with an x86_64 processor, which SQL Server needs, and 4 GiB or more. Default: `t3.medium`. */
  readonly instanceType?: string;
}

/** EC2 takes no longer user data. Bytes, before base64. */
const longestUserData = 16_384;

/** Fails for more than an instance can be told. */
export function refuseLongUserData(databases: readonly DemoContainerArgs[], host: Ec2Host): void {
  const arnOfUsualLength = "arn".repeat(40);
  const { length } = compressed(userDataOf(databases, arnOfUsualLength, host));
  if (length > longestUserData) {
    throw new Error(
      `What the demo's instance runs is ${String(length)} bytes when compressed, and EC2 takes ` +
        `${String(longestUserData)}. Turn tables off (tables), or write sources.demo: docker.`,
    );
  }
}

/** One instance for all databases. A change of what they are replaces it, and its databases begin anew. */
export function runOnInstance(
  name: string,
  databases: readonly DemoContainerArgs[],
  host: Ec2Host,
  parent: pulumi.Resource,
): Record<string, DatabaseAddress> {
  const own = { parent };
  const secret = makeSecret(name, databases, host, own);
  const group = makeSecurityGroup(name, databases, host, own);
  const profile = instanceProfile(
    name,
    { may: [{ actions: ["secretsmanager:GetSecretValue"], resources: [secret.arn] }] },
    own,
  );
  const userData = secret.arn.apply((secretArn) => userDataOf(databases, secretArn, host));
  const template = makeTemplate(name, { host, group, profile: profile.arn, userData }, databases, own);
  const instance = new Instance(
    `${name}-instance`,
    {
      launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
      subnetId: host.subnetId,
      tags: { Name: host.displayName },
    },
    own,
  );
  return Object.fromEntries(databases.map(({ source, port }) => [source.name, { host: instance.privateIp, port }]));
}

function makeSecret(
  name: string,
  databases: readonly DemoContainerArgs[],
  { displayName }: Ec2Host,
  own: pulumi.CustomResourceOptions,
) {
  const secret = new Secret(
    `${name}-secrets`,
    { description: `Passwords of the databases of ${displayName}`, recoveryWindowInDays: 0 },
    own,
  );
  const passwords = pulumi.output(Object.fromEntries(databases.map(({ source, password }) => [source.name, password])));
  const version = new SecretVersion(
    `${name}-secrets-version`,
    { secretId: secret.id, secretString: pulumi.secret(passwords.apply((all) => JSON.stringify(all))) },
    own,
  );
  // Whoever reads the secret waits until something is in it.
  return { arn: pulumi.all([secret.arn, version.id]).apply(([arn]) => arn) };
}

/** In come the workers, at the databases' ports; out goes HTTPS, for images, packages and AWS. */
function makeSecurityGroup(
  name: string,
  databases: readonly DemoContainerArgs[],
  { displayName, vpcId, workersGroupId }: Ec2Host,
  own: pulumi.CustomResourceOptions,
): SecurityGroup {
  const group = new SecurityGroup(
    `${name}-group`,
    { description: `Databases of ${displayName}`, vpcId, tags: { Name: displayName } },
    own,
  );
  const tcp = (port: number) => ({ ipProtocol: "tcp", fromPort: port, toPort: port, securityGroupId: group.id });
  for (const { source, port } of databases) {
    new SecurityGroupIngressRule(
      `${name}-in-${source.name}`,
      { ...tcp(port), referencedSecurityGroupId: workersGroupId, description: `workers read ${source.name}` },
      own,
    );
  }
  new SecurityGroupEgressRule(`${name}-out-443`, { ...tcp(443), cidrIpv4: "0.0.0.0/0" }, own);
  return group;
}

function userDataOf(databases: readonly DemoContainerArgs[], secretArn: string, { region }: Ec2Host): string {
  const containers = Object.fromEntries(
    databases.map(({ source, port, container }) => [source.name, { ...container, offeredAt: port }]),
  );
  return demoUserData({ containers, secretArn, region });
}

interface TemplateParts {
  readonly host: Ec2Host;
  readonly group: SecurityGroup;
  readonly profile: pulumi.Input<string>;
  readonly userData: pulumi.Output<string>;
}

/**
 * The template is named after what it runs and its user data is not compared: the same text compressed by another
 * release of Node may be other bytes, and must not replace the databases.
 */
function makeTemplate(
  name: string,
  { host, group, profile, userData }: TemplateParts,
  databases: readonly DemoContainerArgs[],
  own: pulumi.CustomResourceOptions,
): LaunchTemplate {
  const content = createHash("sha256")
    .update(userDataOf(databases, "", host))
    .digest("hex")
    .slice(0, 8);
  const tags = { Name: host.displayName };
  return new LaunchTemplate(
    `${name}-template-${content}`,
    {
      imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
      instanceType: host.instanceType ?? "t3.medium",
      iamInstanceProfile: { arn: profile },
      vpcSecurityGroupIds: [group.id],
      // One hop: containers cannot ask for the role's credentials.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { volumeSize: 20, volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" },
        },
      ],
      userData: userData.apply((text) => compressed(text).toString("base64")),
      updateDefaultVersion: true,
      tagSpecifications: [
        { resourceType: "instance", tags },
        { resourceType: "volume", tags },
      ],
    },
    { ...own, ignoreChanges: ["userData"] },
  );
}

/** cloud-init unpacks what is compressed. */
function compressed(text: string): Buffer {
  return gzipSync(text, { level: 9 });
}
