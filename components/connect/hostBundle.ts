import * as pulumi from "@pulumi/pulumi";

export interface HostBundleArgs {
  /** Text by file name: everything that a host of the user's needs to run the workers, but the secrets. In place. */
  files: pulumi.Input<Readonly<Record<string, string>>>;
}

/** What runs the workers on a host of the user's: `npm run bundle` writes it, and a preview shows what changes in it. */
export class HostBundle extends pulumi.ComponentResource {
  readonly files: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: HostBundleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pipeline:connect:HostBundle", name, {}, opts);
    this.files = pulumi.output(args.files);
    new Bundle(`${name}-files`, { files: args.files }, { parent: this });
    this.registerOutputs({ files: this.files.apply(Object.keys) });
  }
}

/** Our own provider's resource: `providers/connect/bundle.ts`. */
class Bundle extends pulumi.CustomResource {
  constructor(name: string, args: HostBundleArgs, opts: pulumi.CustomResourceOptions) {
    super("dataplane:connect:Bundle", name, args, opts);
  }
}
