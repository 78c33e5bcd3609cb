import { Provider } from "@pulumi/aws/provider.js";
import * as pulumi from "@pulumi/pulumi";

export interface AwsRegionArgs {
  /** Region of everything that the stack makes in AWS, e.g. `us-east-1`. A change is refused. */
  region: string;
  /** Tags of everything that can have tags. In place. */
  tags: Readonly<Record<string, string>>;
}

/** A region of AWS, and the provider that makes things in it. */
export class AwsRegion extends pulumi.ComponentResource {
  readonly region: string;
  readonly provider: Provider;

  constructor(name: string, args: AwsRegionArgs, opts?: pulumi.ComponentResourceOptions) {
    super(
      "pipeline:aws:AwsRegion",
      name,
      { region: args.region },
      { ...opts, hooks: { beforeUpdate: [staysPut(name)] } },
    );
    this.region = args.region;
    this.provider = new Provider(
      `${name}-provider`,
      { region: args.region, defaultTags: { tags: { ...args.tags } } },
      { parent: this },
    );
    this.registerOutputs({ region: args.region });
  }
}

/**
 * Since its version 7 the provider takes another region as a change of its own settings: it would look for everything
 * that there is in the new region, not find it, and leave it behind in the old one (pulumi-aws#5656).
 */
function staysPut(name: string): pulumi.ResourceHook {
  return new pulumi.ResourceHook(
    `${name}-stays-put`,
    ({ oldInputs, newInputs }) => {
      const before = regionIn(oldInputs);
      const after = regionIn(newInputs);
      if (before !== undefined && after !== undefined && before !== after) {
        throw new Error(
          `What is in AWS cannot move from ${before} to ${after} in place.\n` +
            `Write aws.region: ${before} to leave it there. To move it, destroy the stack first; a durable one, make a new stack beside it.`,
        );
      }
    },
    { onDryRun: true },
  );
}

function regionIn(inputs: unknown): string | undefined {
  return (inputs as { region?: string } | undefined)?.region;
}
