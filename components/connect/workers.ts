import { createHash } from "node:crypto";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity.js";
import { Group } from "@pulumi/aws/autoscaling/group.js";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate.js";
import { Secret } from "@pulumi/aws/secretsmanager/secret.js";
import { SecretVersion } from "@pulumi/aws/secretsmanager/secretVersion.js";
import { Document } from "@pulumi/aws/ssm/document.js";
import * as pulumi from "@pulumi/pulumi";
import { reconcileCommand, secretsCommand } from "../../model/connect/commands.ts";
import { userData } from "../../model/connect/host.ts";
import { parametersPath } from "../../model/connect/sinkParameters.ts";
import type { Reach } from "../../providers/connect/reach.ts";
import { instanceProfile } from "./instanceRole.ts";
import type { Network } from "./network.ts";

export interface WorkersArgs {
  /** The name that people see in AWS, e.g. `pipeline-dev-workers`. */
  displayName: string;
  /** Region that the instances are in, for their own calls to AWS. */
  region: string;
  /** Where instances run. A change rolls them. */
  network: Network;
  /** Number of instances, 1 or more. In place. */
  workers: number;
  /** EC2 instance type with an arm64 processor. A change rolls the instances. */
  instanceType: string;
  /** Spot instances instead of on-demand ones. A change rolls the instances. */
  spot: boolean;
  /** Image with digest. A change rolls the instances. */
  image: pulumi.Input<string>;
  /** ARN of the repository in ECR that the instances must be allowed to read; `undefined`: the image is elsewhere. */
  repositoryArn: pulumi.Input<string> | undefined;
  /** The workers' `worker.properties`. A change rolls the instances. */
  workerProperties: pulumi.Input<string>;
  /** Certificates (PEM) of the databases' authorities, by source. A change rolls the instances. */
  certificates: Readonly<Record<string, string>>;
  /**
   * What `secrets.properties` has for workers and sources: kept in Secrets Manager, read at boot. A change rolls the
   * instances. The sinks' part is in parameters below `parametersPath(displayName)`, which the instances read too.
   */
  secrets: pulumi.Input<string>;
  /** Days that logs are kept. In place. */
  logDays: number;
  /** `true`: destroy leaves nothing. `false`: the secret can be restored for 30 days. */
  ephemeral: boolean;
}

/**
 * Kafka Connect workers on EC2. Nobody reaches them from outside: no public REST interface, no SSH; a shell is a session
 * of Systems Manager. Any change of what they run rolls them one by one; Kafka keeps their offsets meanwhile.
 */
export class Workers extends pulumi.ComponentResource {
  /** How connectors reach them. */
  readonly reach: pulumi.Output<Reach>;

  constructor(name: string, args: WorkersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pipeline:connect:Workers", name, {}, opts);
    const own = { parent: this };
    const account = getCallerIdentityOutput({}, own).accountId;

    // Before the instances: Docker's log driver would make it again after destroy.
    const logs = new LogGroup(`${name}-logs`, { retentionInDays: args.logDays }, own);
    const secret = new Secret(
      `${name}-secrets`,
      {
        description: `What the workers of ${args.displayName} log in with`,
        recoveryWindowInDays: args.ephemeral ? 0 : 30,
      },
      own,
    );
    const secretVersion = new SecretVersion(
      `${name}-secrets-version`,
      { secretId: secret.id, secretString: args.secrets },
      own,
    );

    const template = makeTemplate(name, args, {
      profile: instanceProfile(name, { may: permissionsOf(args, account, secret, logs) }, own).arn,
      parent: this,
      userData: pulumi
        .all([args.image, args.workerProperties, secret.arn, secretVersion.versionId, logs.name])
        .apply(([image, workerProperties, secretArn, version, logGroup]) =>
          userData({
            image,
            workerProperties,
            certificates: args.certificates,
            secretArn,
            secretVersion: version,
            parameters: parametersPath(args.displayName),
            region: args.region,
            logGroup,
          }),
        ),
    });
    const instances = makeInstances(name, args, template.template, this);
    const document = makeDocument(`${name}-reconcile`, reconcileCommand, this);
    const secretsDocument = makeDocument(`${name}-fetch-secrets`, secretsCommand, this);

    // Known only once the instances are being made, so that whoever needs the workers waits for them.
    this.reach = pulumi
      .all([document.name, secretsDocument.name, template.release, instances.id])
      .apply(([documentName, secretsDocumentName, release]): Reach => ({
        by: "ssm",
        region: args.region,
        document: documentName,
        secretsDocument: secretsDocumentName,
        release,
        name: args.displayName,
        workers: args.workers,
      }));
    this.registerOutputs({ reach: this.reach });
  }
}

function permissionsOf(args: WorkersArgs, account: pulumi.Output<string>, secret: Secret, logs: LogGroup) {
  return [
    { actions: ["secretsmanager:GetSecretValue"], resources: [secret.arn] },
    {
      // Who asks for all below a path asks about the path, which the pattern for what is below it leaves out.
      actions: ["ssm:GetParametersByPath", "ssm:GetParameter"],
      resources: ["", "/*"].map(
        (below) =>
          pulumi.interpolate`arn:aws:ssm:${args.region}:${account}:parameter${parametersPath(args.displayName)}${below}`,
      ),
    },
    {
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [pulumi.interpolate`${logs.arn}:log-stream:*`],
    },
    ...(args.repositoryArn === undefined
      ? []
      : [
          { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] }, // the call knows no resources
          { actions: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], resources: [args.repositoryArn] },
        ]),
  ];
}

interface TemplateParts {
  readonly profile: pulumi.Input<string>;
  readonly userData: pulumi.Output<string>;
  readonly parent: pulumi.Resource;
}

/** The template, and a name for what its instances run: their tag, by which Systems Manager finds the new ones. */
function makeTemplate(name: string, args: WorkersArgs, parts: TemplateParts) {
  const release = pulumi
    .output([parts.userData, args.instanceType, args.spot, parts.profile, args.network.workersGroupId])
    .apply((what) => createHash("sha256").update(JSON.stringify(what)).digest("hex").slice(0, 12));
  const tags = { Name: args.displayName, "pipeline-release": release };
  const template = new LaunchTemplate(
    `${name}-template`,
    {
      imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
      instanceType: args.instanceType,
      iamInstanceProfile: { arn: parts.profile },
      vpcSecurityGroupIds: [args.network.workersGroupId],
      // One hop: the container shares the host's network, and nothing else may ask for the role's credentials.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { volumeSize: 16, volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" },
        },
      ],
      ...(args.spot ? { instanceMarketOptions: { marketType: "spot" } } : {}),
      userData: parts.userData.apply((text) => Buffer.from(text).toString("base64")),
      updateDefaultVersion: true,
      tagSpecifications: [
        { resourceType: "instance", tags },
        { resourceType: "volume", tags },
      ],
    },
    { parent: parts.parent },
  );
  return { template, release };
}

function makeInstances(name: string, args: WorkersArgs, template: LaunchTemplate, parent: pulumi.Resource): Group {
  return new Group(
    `${name}-instances`,
    {
      minSize: args.workers,
      maxSize: args.workers,
      desiredCapacity: args.workers,
      vpcZoneIdentifiers: [...args.network.subnetIds],
      // The number of the version, not "$Latest": only a changed input starts a refresh.
      launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
      healthCheckType: "EC2",
      forceDelete: args.ephemeral,
      // A new instance is there before an old one goes: with one worker, changes wait for seconds, not for a boot.
      instanceRefresh: {
        strategy: "Rolling",
        preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 200, instanceWarmup: "180" },
      },
      waitForCapacityTimeout: "10m",
    },
    { parent },
  );
}

/** A command that `pulumi up` sends to instances. */
function makeDocument(name: string, content: object, parent: pulumi.Resource): Document {
  return new Document(
    name,
    {
      documentType: "Command",
      documentFormat: "JSON",
      targetType: "/AWS::EC2::Instance",
      content: JSON.stringify(content),
    },
    { parent },
  );
}
