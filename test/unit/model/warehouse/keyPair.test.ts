import { generateKeyPairSync } from "node:crypto";
import {
  belongsTo,
  fingerprintOf,
  oneLineKey,
  privateKeyMistake,
  publicKeyMistake,
} from "../../../../model/warehouse/keyPair.ts";

const passphrase = "correct horse";
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const short = generateKeyPairSync("rsa", { modulusLength: 1024 });
const curve = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const pss = generateKeyPairSync("rsa-pss", { modulusLength: 2048 });
const pem = {
  public: publicKey.export({ type: "spki", format: "pem" }).toString(),
  private: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  encrypted: privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase }).toString(),
  shortEncrypted: short.privateKey
    .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase })
    .toString(),
  pkcs1: privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
  publicPkcs1: publicKey.export({ type: "pkcs1", format: "pem" }).toString(),
};
const make = "Make one: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out KEY.";
const isPrivate =
  "it is a private key, which must not stand here. Write its public half: openssl pkey -in KEY -pubout.";
const isNoPublic =
  "it is not a public key. Write what openssl pkey -in KEY -pubout prints, whole or without its first and last line.";

describe("a public key", () => {
  it.each([
    ["in PEM", pem.public],
    ["in PEM with the line ends of Windows", pem.public.replaceAll("\n", "\r\n")],
    ["in one line", oneLineKey(pem.public)],
    ["in several lines without armour", pem.public.replace(/-----.*-----\n?/g, "")],
  ])("%s is taken", (_, text) => {
    expect(publicKeyMistake(text)).toBeUndefined();
  });

  it.each([
    ["nothing", "", isNoPublic],
    ["a word", "PIPELINE_DEV_LOADER", isNoPublic],
    ["half of a key", oneLineKey(pem.public).slice(0, 200), isNoPublic],
    ["the private half", pem.private, isPrivate],
    ["the private half in one line", oneLineKey(pem.private), isPrivate],
    ["the private half, encrypted, in one line", oneLineKey(pem.encrypted), isPrivate],
    ["the private half in PKCS#1", pem.pkcs1, isPrivate],
    [
      "PKCS#1",
      pem.publicPkcs1,
      "it is in PKCS#1 form, which Snowflake does not take. Convert it: openssl rsa -RSAPublicKey_in -in KEY -pubout.",
    ],
    [
      "a certificate",
      "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
      "it is a certificate. Write the key in it: openssl x509 -in FILE -noout -pubkey.",
    ],
    [
      "a key of SSH",
      "ssh-rsa AAAAB3NzaC1yc2E me@host",
      "it is a key of SSH, which Snowflake does not take. Make one: openssl pkey -in KEY -pubout.",
    ],
    [
      "too short",
      short.publicKey.export({ type: "spki", format: "pem" }).toString(),
      `it has 1024 bits, and Snowflake takes 2048 or more. ${make}`,
    ],
    [
      "of an elliptic curve",
      curve.publicKey.export({ type: "spki", format: "pem" }).toString(),
      `it is a key of kind EC, and Snowflake takes RSA only. ${make}`,
    ],
    [
      "for RSA-PSS only",
      pss.publicKey.export({ type: "spki", format: "pem" }).toString(),
      `it is a key of kind RSA-PSS, and Snowflake takes RSA only. ${make}`,
    ],
  ])("that is %s is refused", (_, text, mistake) => {
    expect(publicKeyMistake(text)).toBe(mistake);
  });
});

describe("a private key", () => {
  it.each([
    ["in PEM", pem.private, ""],
    ["in one line", oneLineKey(pem.private), ""],
    ["encrypted, with its passphrase", pem.encrypted, passphrase],
    ["encrypted, in one line", oneLineKey(pem.encrypted), passphrase],
  ])("%s is taken", (_, text, phrase) => {
    expect(privateKeyMistake(text, phrase)).toBeUndefined();
  });

  const needsPassphrase =
    "it is encrypted. Give its passphrase too, or take the encryption off: openssl pkcs8 -topk8 -nocrypt -in KEY.";

  it.each([
    ["nothing", "", "", `it is not a private key. ${make}`],
    ["a word", "secret", "", `it is not a private key. ${make}`],
    ["cut off", oneLineKey(pem.private).slice(0, 400), "", `it is not a private key. ${make}`],
    ["the public half", pem.public, "", "it is a public key. Write the private half of the pair."],
    [
      "the public half in one line",
      oneLineKey(pem.public),
      "",
      "it is a public key. Write the private half of the pair.",
    ],
    ["encrypted", pem.encrypted, "", needsPassphrase],
    ["encrypted, in one line", oneLineKey(pem.encrypted), "", needsPassphrase],
    [
      "encrypted with something else",
      pem.encrypted,
      "battery staple",
      "its passphrase does not open it. Give the right one, or encrypt it as the connector reads it: openssl pkcs8 -topk8 -v2 aes256 -in KEY.",
    ],
    [
      "not encrypted, and has a passphrase",
      pem.private,
      passphrase,
      "it is not encrypted, so that the connector could not read it with a passphrase. Take the passphrase out.",
    ],
    [
      "in PKCS#1",
      pem.pkcs1,
      "",
      "it is not in PKCS#8 form (its first line says RSA PRIVATE KEY). Convert it: openssl pkcs8 -topk8 -nocrypt -in KEY.",
    ],
    [
      "in PKCS#1, in one line",
      oneLineKey(pem.pkcs1),
      "",
      "it is not in PKCS#8 form. Convert it: openssl pkcs8 -topk8 -nocrypt -in KEY.",
    ],
    [
      "a key of SSH",
      "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----",
      "",
      `it is a key of SSH, which Snowflake's connector does not read. ${make}`,
    ],
    [
      "too short",
      short.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      "",
      `it has 1024 bits, and Snowflake takes 2048 or more. ${make}`,
    ],
    [
      "too short and encrypted",
      pem.shortEncrypted,
      passphrase,
      `it has 1024 bits, and Snowflake takes 2048 or more. ${make}`,
    ],
    [
      "of an elliptic curve",
      curve.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      "",
      `it is a key of kind EC, and Snowflake takes RSA only. ${make}`,
    ],
  ])("that is %s is refused", (_, text, phrase, mistake) => {
    expect(privateKeyMistake(text, phrase)).toBe(mistake);
  });

  it("is told in no sentence", () => {
    const texts = [pem.private, pem.encrypted, pem.pkcs1, oneLineKey(pem.private), oneLineKey(pem.pkcs1)];
    const said = texts.flatMap((text) => [
      publicKeyMistake(text),
      privateKeyMistake(text, ""),
      privateKeyMistake(text, "no such passphrase"),
    ]);
    expect(said.filter((sentence) => sentence !== undefined && /[A-Za-z0-9+/]{40}/.test(sentence))).toEqual([]);
    expect(said.join()).not.toContain("no such passphrase");
  });
});

it("and a public key belong together, or do not", () => {
  const other = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const otherPublic = other.publicKey.export({ type: "spki", format: "pem" }).toString();
  expect(belongsTo(pem.private, "", [otherPublic, pem.public])).toBe(true);
  expect(belongsTo(oneLineKey(pem.encrypted), passphrase, [oneLineKey(pem.public)])).toBe(true);
  expect(belongsTo(pem.private, "", [otherPublic])).toBe(false);
  expect(belongsTo(pem.encrypted, "wrong", [pem.public])).toBe(false);
  expect(belongsTo(pem.private, "", [])).toBe(false);
});

it("the fingerprint is the one that OpenSSL gives for the key's DER bytes", () => {
  // openssl pkey -pubin -in KEY -outform DER | openssl dgst -sha256 -binary | openssl base64
  const key =
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAxf1lvEEp3b8qpD24eLmYsc+FRFOwwMH94Knj0nYVe9460Cvk18GIDr261SvALaqgBF3kJ7GL" +
    "nwrpifDGtc0A09Jb9f032rf8DgduSeXA9ynK/4rsnk+ZU/+YOOP29w1ig5MjcXbwOvgh2a0AjCnTH+vB5Qs98wX5P6Bcee7HfrGYNUfG9KiuTo1a2LNr" +
    "DeAw5cPJXdtCGgBhHmtMLFO5cs6Hv/RoKeangEtey6zA/mjSwNUTZgQunkry1+KcCGFtAKVQYUEjP7tLljvgXFMRK1JGftE4hfa7T1xzDnfcLqFv9WHr" +
    "VKE/H3E+IELq5vBbpeNJOOsU7YL69EjMF2isBQIDAQAB";
  const fingerprint = "SHA256:7J9Ti3Zk2W419ddZVJqHlg773j+ymmGvlzVvqr+GAAU=";
  expect(fingerprintOf(key)).toBe(fingerprint);
  expect(fingerprintOf(`-----BEGIN PUBLIC KEY-----\n${key}\n-----END PUBLIC KEY-----\n`)).toBe(fingerprint);
});
