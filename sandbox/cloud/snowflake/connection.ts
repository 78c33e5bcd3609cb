import { createPrivateKey } from "node:crypto";
import { isKnown } from "../known.ts";
import type { Properties } from "../inventory.ts";
import type { Refuse } from "../simulated.ts";
import { textOf } from "./common.ts";
import { enabledFeatures, features } from "./features.ts";

const authenticators = [
  "SNOWFLAKE",
  "OAUTH",
  "EXTERNALBROWSER",
  "OKTA",
  "SNOWFLAKE_JWT",
  "TOKENACCESSOR",
  "USERNAMEPASSWORDMFA",
];

/**
 * What provider 1.2.1 and its driver refuse of a configuration before they connect. A private key that is not given is
 * taken to come from the provider's environment (`SNOWFLAKE_PRIVATE_KEY`), which the sandbox does not have.
 */
export function checkConnection(config: Properties, refuse: Refuse): void {
  const { organizationName, accountName, user, authenticator, password, privateKey, profile } = config;
  for (const [key, value] of [
    ["organization_name", organizationName],
    ["account_name", accountName],
  ] as const) {
    if (value === undefined && (organizationName !== undefined || accountName !== undefined)) {
      const given = key === "account_name" ? "organization_name" : "account_name";
      refuse(
        given === "account_name" ? "accountName" : "organizationName",
        `Missing required argument. "${given}": all of \`account_name,organization_name\` must be specified`,
      );
    }
  }
  if (profile === undefined && organizationName === undefined && accountName === undefined) {
    refuse("accountName", "260000: account is empty");
  }
  if (profile === undefined && user === undefined) {
    refuse("user", "260001: user is empty");
  }
  const way = textOf(authenticator).toUpperCase();
  if (isKnown(authenticator) && ![...authenticators, ""].includes(way)) {
    refuse("authenticator", `invalid authenticator type: ${textOf(authenticator)}`);
  }
  if (password !== undefined && privateKey !== undefined) {
    refuse("password", 'Conflicting configuration arguments. "password": conflicts with private_key');
  }
  if (privateKey !== undefined && ["SNOWFLAKE", ""].includes(way)) {
    // The key alone does not choose the way: the driver goes on to look for a password.
    refuse("privateKey", "260002: password is empty");
  }
  checkPrivateKey(config, refuse);
  for (const feature of enabledFeatures(config)) {
    if (!features.includes(feature.toLowerCase())) {
      refuse(
        "previewFeaturesEnabled",
        `expected [{{} preview_features_enabled}] to be one of the provider's preview features, got ${feature}`,
      );
    }
  }
}

/** The provider's own reading of a key: PEM with real line breaks, RSA, and with its passphrase if it is encrypted. */
function checkPrivateKey({ privateKey, privateKeyPassphrase }: Properties, refuse: Refuse): void {
  if (typeof privateKey !== "string" || !isKnown(privateKey)) {
    return;
  }
  const [, kind] = /-----BEGIN ([A-Z ]+)-----\r?\n[^]*\n-----END \1-----/.exec(privateKey) ?? [];
  if (kind === undefined) {
    refuse("privateKey", "could not parse private key, key is not in PEM format");
    return;
  }
  if (kind === "ENCRYPTED PRIVATE KEY" && textOf(privateKeyPassphrase) === "") {
    refuse("privateKey", "private key requires a passphrase, but private_key_passphrase was not supplied");
    return;
  }
  try {
    const key = createPrivateKey({ key: privateKey, passphrase: textOf(privateKeyPassphrase) });
    if (key.asymmetricKeyType !== "rsa") {
      refuse("privateKey", "privateKey not of type RSA");
    }
  } catch {
    refuse("privateKey", "could not parse private key");
  }
}
