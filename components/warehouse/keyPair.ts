import * as pulumi from "@pulumi/pulumi";
import type { KeyPairOutputs, KeyPairProperties } from "../../providers/snowflake/keyPair.ts";

/**
 * A key pair for a user of Snowflake's that the stack makes itself: our own provider's resource
 * (`providers/snowflake/keyPair.ts` says what its inputs are). Its private half is in the state, encrypted.
 */
export class KeyPair extends pulumi.CustomResource {
  declare readonly publicKey: pulumi.Output<KeyPairOutputs["publicKey"]>;
  /** Secret. */
  declare readonly privateKey: pulumi.Output<KeyPairOutputs["privateKey"]>;
  declare readonly fingerprint: pulumi.Output<KeyPairOutputs["fingerprint"]>;

  constructor(name: string, args: KeyPairProperties, opts?: pulumi.CustomResourceOptions) {
    const outputs = { publicKey: undefined, privateKey: undefined, fingerprint: undefined };
    super(
      "dataplane:snowflake:KeyPair",
      name,
      { ...args, ...outputs },
      { ...opts, additionalSecretOutputs: ["privateKey"] },
    );
  }
}
