import { Parameter } from "@pulumi/aws/ssm/parameter.js";
import * as pulumi from "@pulumi/pulumi";
import { certificatesIn } from "../../model/connect/host.ts";
import { certificateParameter, parameterValue, secretsParameter } from "../../model/connect/sinkParameters.ts";

export interface SinkParametersArgs {
  /** The name of the workers that read them, e.g. `pipeline-dev-workers`. A change replaces them. */
  workers: string;
  /** Name of the target. A change replaces them. */
  target: string;
  /** What the workers' `secrets.properties` has for it. In place; its connector starts anew. */
  secrets: pulumi.Input<string>;
  /** PEM of the authority that signed its target's certificate; empty: a public one. In place, as the secrets. */
  certificate: string;
}

/**
 * What a sink on EC2 logs in with, in parameters of its own. The workers find it by its path, so that they stay as they
 * are when a target comes or goes.
 */
export class SinkParameters extends pulumi.ComponentResource {
  /** Another one after each change. */
  readonly version: pulumi.Output<string>;

  constructor(name: string, args: SinkParametersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pipeline:connect:SinkParameters", name, {}, opts);
    const own = { parent: this };
    const { workers, target, certificate } = args;
    const description = `What the sink of ${target} logs in with`;
    const secrets = new Parameter(
      `${name}-secrets`,
      {
        name: secretsParameter(workers, target),
        description,
        type: "SecureString",
        // 4 KB cost nothing; more, up to 8 KB, costs 0.05 USD a month.
        tier: "Intelligent-Tiering",
        value: pulumi.secret(args.secrets).apply((text) => parameterValue(description, text)),
      },
      own,
    );
    const authority =
      certificate === ""
        ? []
        : [
            new Parameter(
              `${name}-ca`,
              {
                name: certificateParameter(workers, target),
                description: `Authority that signed the certificate of ${target}`,
                type: "String",
                tier: "Intelligent-Tiering",
                // No secret: a preview shows which certificate it is.
                insecureValue: parameterValue(
                  `The certificate of ${target}'s authority`,
                  certificatesIn(target, certificate),
                ),
              },
              own,
            ),
          ];
    this.version = pulumi
      .all([secrets, ...authority].map((parameter) => parameter.version))
      .apply((versions) => versions.map(String).join("."));
    this.registerOutputs({ version: this.version });
  }
}
