import * as pulumi from "@pulumi/pulumi";
import { ecrImage } from "../../model/connect/ecr.ts";
import { secretsVersionKey } from "../../model/connect/sinkParameters.ts";
import { sinkName } from "../../model/internalNames.ts";
import type { ConnectorDeclaration } from "./connectors.ts";
import type { Network } from "./network.ts";
import type { SelfHosted } from "./selfHosted.ts";
import type { Reach } from "../../providers/connect/reach.ts";
import { SinkParameters } from "./sinkParameters.ts";
import { WorkerImage } from "./workerImage.ts";
import { Workers } from "./workers.ts";

export interface Ec2ConnectArgs extends SelfHosted {
  /** The name that people see in AWS; unique for each stack, e.g. `pipeline-dev`. */
  readonly displayName: string;
  readonly region: string;
  readonly network: Network;
  /** Image with digest; or the folder to build it from, and the name of what is in it. */
  readonly image: string | { readonly context: string; readonly version: string };
  readonly instances: { readonly count: number; readonly type: string; readonly spot: boolean };
  readonly logDays: number;
  /** `true`: destroy leaves nothing. `false`: the image's repository is protected, and the secret can be restored for 30 days. */
  readonly ephemeral: boolean;
}

/** Placement `ec2`: workers in an Auto Scaling group, with their image. */
export class Ec2Connect extends pulumi.ComponentResource {
  /** How connectors reach the workers. */
  readonly reach: pulumi.Output<Reach>;
  /** What is to run on them: a sink starts anew when its secrets have changed. */
  readonly connectors: readonly ConnectorDeclaration[];

  constructor(name: string, args: Ec2ConnectArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pipeline:connect:Ec2Connect", name, {}, opts);
    const own = { parent: this };
    const { displayName, ephemeral } = args;

    const { image, repositoryArn } = imageOf(name, args, this);
    const { workerProperties, secrets, certificates } = args;
    const workersName = `${displayName}-workers`;
    const workers = new Workers(
      `${name}-workers`,
      {
        displayName: workersName,
        region: args.region,
        network: args.network,
        workers: args.instances.count,
        instanceType: args.instances.type,
        spot: args.instances.spot,
        image,
        repositoryArn,
        workerProperties,
        certificates,
        secrets,
        logDays: args.logDays,
        ephemeral,
      },
      own,
    );
    this.reach = workers.reach;
    const versions = new Map(
      args.sinks.map((sink) => {
        const parameters = new SinkParameters(
          `${name}-${sinkName(sink.target)}`,
          { workers: workersName, ...sink },
          own,
        );
        return [sinkName(sink.target), parameters.version] as const;
      }),
    );
    this.connectors = args.connectors.map((connector) => startedWith(versions.get(connector.name), connector));

    this.registerOutputs({ reach: this.reach });
  }
}

/** With the version of its secrets in its configuration; a source's are the workers', which roll when these change. */
function startedWith(
  version: pulumi.Output<string> | undefined,
  connector: ConnectorDeclaration,
): ConnectorDeclaration {
  return version === undefined
    ? connector
    : { ...connector, config: { ...connector.config, [secretsVersionKey]: version } };
}

interface ImageSource {
  readonly image: pulumi.Input<string>;
  /** Of the repository that the instances must be allowed to read; `undefined`: it is not in ECR. */
  readonly repositoryArn: pulumi.Input<string> | undefined;
}

function imageOf(
  name: string,
  { image, displayName, ephemeral }: Ec2ConnectArgs,
  parent: pulumi.Resource,
): ImageSource {
  if (typeof image === "string") {
    return { image, repositoryArn: ecrRepositoryArn(image) };
  }
  const built = new WorkerImage(
    `${name}-image`,
    { repositoryName: `${displayName}-connect`.toLowerCase(), ...image, ephemeral },
    { parent },
  );
  return { image: built.reference, repositoryArn: built.repositoryArn };
}

/** Of an image in an account's own registry, which instances must be allowed to read. */
function ecrRepositoryArn(image: string): string | undefined {
  const found = ecrImage(image);
  return found && `arn:${found.partition}:ecr:${found.region}:${found.account}:repository/${found.repository}`;
}
