import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";

/** The fewest bits that Snowflake takes in an RSA key (its page "Key-pair authentication", 2026-11). */
export const leastBits = 2048;

/** A key in PEM, or its base64 in one or more lines, as the one line that Snowflake and its connectors take. */
export function oneLineKey(text: string): string {
  return bodyOf(text);
}

/**
 * A public key as `DESC USER` shows it (`RSA_PUBLIC_KEY_FP`): tells which key a user has without showing the key. Expects
 * a key in which `publicKeyMistake` finds nothing.
 */
export function fingerprintOf(publicKey: string): string {
  return `SHA256:${createHash("sha256")
    .update(Buffer.from(bodyOf(publicKey), "base64"))
    .digest("base64")}`;
}

/** Why Snowflake would refuse a text as a user's public key, as a sentence with the fix; `undefined` if it takes it. */
export function publicKeyMistake(text: string): string | undefined {
  const kind = armourOf(text);
  if (kind.includes("PRIVATE")) {
    return "it is a private key, which must not stand here. Write its public half: openssl pkey -in KEY -pubout.";
  }
  if (kind === "RSA PUBLIC KEY") {
    return "it is in PKCS#1 form, which Snowflake does not take. Convert it: openssl rsa -RSAPublicKey_in -in KEY -pubout.";
  }
  if (kind === "CERTIFICATE") {
    return "it is a certificate. Write the key in it: openssl x509 -in FILE -noout -pubkey.";
  }
  if (isSsh(text)) {
    return "it is a key of SSH, which Snowflake does not take. Make one: openssl pkey -in KEY -pubout.";
  }
  const key = publicKeyIn(text);
  if (key === undefined) {
    return privateKeyIn(text) !== undefined || isEncrypted(text)
      ? "it is a private key, which must not stand here. Write its public half: openssl pkey -in KEY -pubout."
      : "it is not a public key. Write what openssl pkey -in KEY -pubout prints, whole or without its first and last line.";
  }
  return rsaMistake(key);
}

/**
 * Why a connector could not log in with a text as its private key, as a sentence with the fix; `undefined` if it can. No
 * sentence holds anything of the key. `passphrase`: empty for a key that is not encrypted.
 */
export function privateKeyMistake(text: string, passphrase = ""): string | undefined {
  const kind = armourOf(text);
  if (kind === "PUBLIC KEY" || kind === "RSA PUBLIC KEY" || publicKeyIn(text) !== undefined) {
    return "it is a public key. Write the private half of the pair.";
  }
  if (kind === "OPENSSH PRIVATE KEY" || isSsh(text)) {
    return `it is a key of SSH, which Snowflake's connector does not read. ${newKey}`;
  }
  if (kind === "RSA PRIVATE KEY" || kind === "EC PRIVATE KEY") {
    return `it is not in PKCS#8 form (its first line says ${kind}). Convert it: openssl pkcs8 -topk8 -nocrypt -in KEY.`;
  }
  if (isEncrypted(text)) {
    if (passphrase === "") {
      return "it is encrypted. Give its passphrase too, or take the encryption off: openssl pkcs8 -topk8 -nocrypt -in KEY.";
    }
    const opened = openedWith(text, passphrase);
    return opened === undefined
      ? "its passphrase does not open it. Give the right one, or encrypt it as the connector reads it: openssl pkcs8 -topk8 -v2 aes256 -in KEY."
      : rsaMistake(opened);
  }
  const key = privateKeyIn(text);
  if (key === undefined) {
    return isPkcs1(text)
      ? "it is not in PKCS#8 form. Convert it: openssl pkcs8 -topk8 -nocrypt -in KEY."
      : `it is not a private key. ${newKey}`;
  }
  return (
    rsaMistake(key) ??
    (passphrase === ""
      ? undefined
      : "it is not encrypted, so that the connector could not read it with a passphrase. Take the passphrase out.")
  );
}

/**
 * Whether one of a user's public keys is the other half of a private key. Expects keys in which the checks above find
 * nothing.
 */
export function belongsTo(privateKey: string, passphrase: string, publicKeys: readonly string[]): boolean {
  const key = isEncrypted(privateKey) ? openedWith(privateKey, passphrase) : privateKeyIn(privateKey);
  if (key === undefined) {
    return false;
  }
  const own = createPublicKey(key).export({ type: "spki", format: "der" });
  return publicKeys.some((publicKey) => Buffer.from(bodyOf(publicKey), "base64").equals(own));
}

const newKey = "Make one: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out KEY.";

function rsaMistake(key: KeyObject): string | undefined {
  if (key.asymmetricKeyType !== "rsa") {
    return `it is a key of kind ${(key.asymmetricKeyType ?? "unknown").toUpperCase()}, and Snowflake takes RSA only. ${newKey}`;
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  return bits < leastBits ? `it has ${bits} bits, and Snowflake takes ${leastBits} or more. ${newKey}` : undefined;
}

/** What the first line says, `RSA PRIVATE KEY`; empty without one. */
function armourOf(text: string): string {
  return /-----BEGIN ([A-Z0-9 ]+)-----/.exec(text)?.[1] ?? "";
}

function bodyOf(text: string): string {
  return text.replace(/-----(BEGIN|END) [A-Z0-9 ]+-----/g, "").replace(/\s+/g, "");
}

function isSsh(text: string): boolean {
  return /^\s*(ssh|ecdsa)-\S+\s/.test(text);
}

/** `undefined` when the text is no base64. */
function bytesOf(text: string): Buffer | undefined {
  const body = bodyOf(text);
  return /^[A-Za-z0-9+/]+={0,2}$/.test(body) && body.length % 4 === 0 ? Buffer.from(body, "base64") : undefined;
}

function publicKeyIn(text: string): KeyObject | undefined {
  return parsed(text, (key) => createPublicKey({ key, format: "der", type: "spki" }));
}

function privateKeyIn(text: string): KeyObject | undefined {
  return parsed(text, (key) => createPrivateKey({ key, format: "der", type: "pkcs8" }));
}

function openedWith(text: string, passphrase: string): KeyObject | undefined {
  return parsed(text, (key) => createPrivateKey({ key, format: "der", type: "pkcs8", passphrase }));
}

function isPkcs1(text: string): boolean {
  return parsed(text, (key) => createPrivateKey({ key, format: "der", type: "pkcs1" })) !== undefined;
}

/** Encrypted PKCS#8 begins with the encryption's own name, where a plain one has its version. */
function isEncrypted(text: string): boolean {
  if (armourOf(text) === "ENCRYPTED PRIVATE KEY") {
    return true;
  }
  const der = bytesOf(text);
  const inner = der?.[0] === 0x30 ? der.subarray(2 + longLength(der[1] ?? 0)) : undefined;
  const algorithm = inner?.[0] === 0x30 ? inner.subarray(2 + longLength(inner[1] ?? 0)) : undefined;
  // The name, an object identifier below 1.2.840.113549.1: PKCS#5 (…1.5) or PKCS#12 (…1.12).
  const name = algorithm?.subarray(0, 10).toString("hex") ?? "";
  return /^06..2a864886f70d01(05|0c)/.test(name);
}

/** How many bytes of a length follow its first one. */
function longLength(first: number): number {
  return first > 0x80 ? first - 0x80 : 0;
}

function parsed(text: string, parse: (der: Buffer) => KeyObject): KeyObject | undefined {
  const der = bytesOf(text);
  if (der === undefined) {
    return undefined;
  }
  try {
    return parse(der);
  } catch {
    return undefined;
  }
}
