import type { Placement } from "../placement.ts";
import type { TargetReader } from "../targets/targetKind.ts";
import { belongsTo, oneLineKey, privateKeyMistake, publicKeyMistake } from "./keyPair.ts";
import { generationsMistake, type LoaderKeys } from "./rotation.ts";

/** A private key as it stands in the configuration. Empty: it is not there. */
interface Given {
  readonly privateKey: string;
  readonly passphrase: string;
}

type Mistake = (part: string, what: string) => void;

/** The keys of a target's loader: the user's own where the configuration has public ones, else pairs of the stack's. */
export function loaderKeys(reader: TargetReader, name: string, placement: Placement): LoaderKeys {
  const publicKeys = reader.list(`${name}.loaderKeys`);
  const given = {
    privateKey: reader.string(`${name}.loaderKey`),
    passphrase: reader.string(`${name}.loaderKeyPassphrase`),
  };
  const generations = { use: reader.integer(`${name}.loaderKeyUse`), also: reader.integer(`${name}.loaderKeyAlso`) };
  const mistake: Mistake = (part, what) => reader.mistake(`${name}.${part}`, what);
  if (given.privateKey === "" && given.passphrase !== "") {
    mistake("loaderKeyPassphrase", `there is no ${name}.loaderKey that it could open. Take it out.`);
  }
  if (publicKeys.length === 0) {
    const inGenerations = generationsMistake(generations);
    if (inGenerations !== undefined) {
      mistake(generations.use < 1 ? "loaderKeyUse" : "loaderKeyAlso", inGenerations);
    }
    if (given.privateKey !== "") {
      mistake("loaderKeys", `it is missing, and ${name}.loaderKey is there. Write its public half.`);
    }
    return { from: "stack", generations };
  }
  if (generations.use !== 1 || generations.also !== 0) {
    const part = generations.use === 1 ? "loaderKeyAlso" : "loaderKeyUse";
    mistake(part, `it is for pairs that the stack makes, and ${name}.loaderKeys has yours. Take it out.`);
  }
  checkPublicKeys(publicKeys, mistake);
  checkPrivateKey(reader, name, { ...given, publicKeys, placement });
  const inSlot = (slot: 0 | 1) => oneLineKey(publicKeys[slot] ?? "") || undefined;
  return {
    from: "config",
    publicKeys: [inSlot(0), inSlot(1)],
    privateKey: oneLineKey(given.privateKey),
    passphrase: given.passphrase,
  };
}

function checkPublicKeys(given: readonly string[], mistake: Mistake): void {
  const keys = given.filter((key) => key !== "");
  const [first] = keys.flatMap((key) => publicKeyMistake(key) ?? []);
  if (given.length > 2) {
    mistake("loaderKeys", `it has ${String(given.length)} keys, and a user has two slots. Take the oldest out.`);
  } else if (keys.length === 0) {
    mistake("loaderKeys", "it has no key in it. Write one, or take it out: the stack then makes the pair.");
  } else if (first !== undefined) {
    mistake("loaderKeys", first);
  } else if (new Set(keys.map(oneLineKey)).size < keys.length) {
    mistake("loaderKeys", "it has one key twice. Take one out.");
  }
}

/** Expects that the public keys are checked. */
function checkPrivateKey(
  reader: TargetReader,
  name: string,
  { privateKey, passphrase, publicKeys, placement }: Given & { publicKeys: readonly string[]; placement: Placement },
): void {
  const key = `${name}.loaderKey`;
  if (privateKey === "") {
    if (passphrase === "" && placement !== "onPremises") {
      reader.mistake(
        key,
        `it is missing: the connector logs in with the private half of one of ${name}.loaderKeys. Set it: pulumi config set --path --secret ${key} < FILE`,
      );
    }
    return;
  }
  const inPrivate = privateKeyMistake(privateKey, passphrase);
  // Of a stand-in nobody can tell which of the public keys its secret belongs to.
  const canBelong = reader.isSound([`${name}.loaderKeys`]) && !reader.isStandIn(key);
  if (inPrivate !== undefined) {
    reader.mistake(key, inPrivate);
  } else if (canBelong && !belongsTo(privateKey, passphrase, publicKeys)) {
    reader.mistake(key, `it is not the private half of any of ${name}.loaderKeys. Write the pair's other half there.`);
  }
}
