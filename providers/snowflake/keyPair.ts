import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import { fingerprintOf, leastBits } from "../../model/warehouse/keyPair.ts";
import { isUnknown } from "../ksqldb/properties.ts";
import type { ResourceKind } from "../resourceKind.ts";

const generate = promisify(generateKeyPair);

/** A key pair for a user of Snowflake's, for whoever does not bring one. */
export interface KeyPairProperties {
  /** 1 or more. Another number makes another pair, and the old one goes when nothing uses it any more. */
  readonly generation: number;
}

/** What is known once it is made. The private half is nowhere but in the state, encrypted like every secret there. */
export interface KeyPairOutputs {
  /** One line, as `RSA_PUBLIC_KEY` of a user takes it. */
  readonly publicKey: string;
  /** One line of PKCS#8, not encrypted, as `snowflake.private.key` of a connector takes it. */
  readonly privateKey: string;
  /** As `DESC USER` shows it: `SHA256:…`. */
  readonly fingerprint: string;
}

export const keyPair: ResourceKind = {
  check: ({ generation }) =>
    isUnknown(generation) || (Number.isSafeInteger(generation) && Number(generation) >= 1)
      ? []
      : [{ property: "generation", reason: `${String(generation)} is not legal: write a whole number, 1 or more` }],
  replacedBy: ["generation"],
  // Both pairs are there while users and connectors go from one to the other.
  createsFirst: true,
  outputs: ["publicKey", "privateKey", "fingerprint"] satisfies (keyof KeyPairOutputs)[],
  async create() {
    const made = await generate("rsa", {
      modulusLength: leastBits,
      publicKeyEncoding: { type: "spki", format: "der" },
      privateKeyEncoding: { type: "pkcs8", format: "der" },
    });
    const publicKey = made.publicKey.toString("base64");
    const fingerprint = fingerprintOf(publicKey);
    const outputs: KeyPairOutputs = { publicKey, privateKey: made.privateKey.toString("base64"), fingerprint };
    return { id: fingerprint, outputs: { ...outputs } };
  },
  // It is in the state and nowhere else.
  update: ({ publicKey, privateKey, fingerprint }) => Promise.resolve({ publicKey, privateKey, fingerprint }),
  read: (state) => Promise.resolve(state),
  delete: () => Promise.resolve(),
};
