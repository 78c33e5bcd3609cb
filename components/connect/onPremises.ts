import * as pulumi from "@pulumi/pulumi";
import { bundleFiles } from "../../model/connect/bundle.ts";
import type { Reach } from "../../providers/connect/reach.ts";
import { HostBundle } from "./hostBundle.ts";
import type { SelfHosted } from "./selfHosted.ts";

export interface OnPremisesConnectArgs extends SelfHosted {
  readonly stack: string;
  /** Whose connectors these are; unique for each stack, e.g. `pipeline-dev`. */
  readonly owner: string;
  /** Image with digest. */
  readonly image: string;
  /** Where the machine that runs pulumi reaches the workers' REST interface; empty: it does not. */
  readonly url: string;
  readonly ephemeral: boolean;
}

/** Placement `onPremises`: nothing in EC2, but a bundle that a host of the user's runs. */
export class OnPremisesConnect extends pulumi.ComponentResource {
  /** Text by file name. */
  readonly bundle: pulumi.Output<Record<string, string>>;
  /** The one file with all secrets, which that host has. Secret. */
  readonly secrets: pulumi.Output<string>;
  /** How connectors reach the workers. */
  readonly reach: Reach;

  constructor(name: string, args: OnPremisesConnectArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pipeline:connect:OnPremisesConnect", name, {}, opts);
    const { connectors, sinks, url } = args;
    const ofSinks = sinks.filter(({ certificate }) => certificate !== "");
    const certificates = {
      ...args.certificates,
      ...Object.fromEntries(ofSinks.map(({ target, certificate }) => [target, certificate])),
    };
    const files = pulumi
      .all([
        args.workerProperties,
        Object.fromEntries(connectors.map((connector) => [connector.name, connector.config])),
      ])
      .apply(([workerProperties, configs]) =>
        bundleFiles({
          stack: args.stack,
          image: args.image,
          workerProperties,
          certificates,
          owner: args.owner,
          connectors: configs,
          forget: args.ephemeral,
          secrets: args.secretsGuide,
          secretsOutput: "secrets",
        }),
      );
    this.bundle = new HostBundle(`${name}-bundle`, { files }, { parent: this }).files;
    this.secrets = pulumi.all([args.secrets, ...sinks.map(({ secrets }) => secrets)]).apply((texts) => texts.join(""));
    this.reach = url === "" ? { by: "bundle" } : { by: "rest", url };

    this.registerOutputs({ bundle: this.bundle });
  }
}
