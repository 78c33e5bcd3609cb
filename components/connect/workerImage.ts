import * as path from "node:path";
import { getAuthorizationTokenOutput } from "@pulumi/aws/ecr/getAuthorizationToken.js";
import { LifecyclePolicy } from "@pulumi/aws/ecr/lifecyclePolicy.js";
import { Repository } from "@pulumi/aws/ecr/repository.js";
import { Image } from "@pulumi/docker-build/image.js";
import * as pulumi from "@pulumi/pulumi";

export interface WorkerImageArgs {
  /** Name of the repository, unique in the account and region. A change replaces the repository. */
  repositoryName: string;
  /** Folder that `npm run image:assemble` made. What is in it decides whether to build. */
  context: string;
  /** Names what is in that folder: letters, digits, `.`, `_` and `-`. A change builds another image. */
  version: string;
  /** `true`: destroy takes the repository with all images. */
  ephemeral: boolean;
}

/** The workers' image, built on the machine that runs pulumi and pushed to a registry of its own. */
export class WorkerImage extends pulumi.ComponentResource {
  /** With digest. */
  readonly reference: pulumi.Output<string>;
  readonly repositoryArn: pulumi.Output<string>;

  constructor(name: string, args: WorkerImageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pipeline:connect:WorkerImage", name, {}, opts);
    const own = { parent: this };

    const repository = new Repository(
      `${name}-repository`,
      {
        name: args.repositoryName,
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        forceDelete: args.ephemeral,
      },
      { parent: this, protect: !args.ephemeral },
    );
    new LifecyclePolicy(`${name}-old-images`, { repository: repository.name, policy: keepTheLast(10) }, own);
    const token = getAuthorizationTokenOutput({ registryId: repository.registryId }, own);
    const image = new Image(
      `${name}-image`,
      {
        context: { location: args.context },
        dockerfile: { location: path.join("image", "connect", "Dockerfile") },
        platforms: ["linux/arm64"],
        push: true,
        // A preview needs no daemon for it; `up` builds.
        buildOnPreview: false,
        tags: [pulumi.interpolate`${repository.repositoryUrl}:${args.version}`],
        registries: [
          { address: repository.repositoryUrl, username: token.userName, password: pulumi.secret(token.password) },
        ],
      },
      { parent: this, retainOnDelete: true }, // the repository goes with its images
    );
    this.reference = pulumi.interpolate`${repository.repositoryUrl}@${image.digest}`;
    this.repositoryArn = repository.arn;

    this.registerOutputs({ reference: this.reference });
  }
}

function keepTheLast(count: number): string {
  return JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        description: `keep the last ${String(count)}`,
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: count },
        action: { type: "expire" },
      },
    ],
  });
}
