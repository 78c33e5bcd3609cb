import type { SourceKind } from "../columnTypes.ts";

/**
 * How a connection to a database is encrypted. `verify`: certificate and host name are checked. `trust`: encrypted, but
 * whoever answers is believed; for development. `off`: in clear text; for development.
 */
export const tlsModes = ["verify", "trust", "off"] as const;
export type TlsMode = (typeof tlsModes)[number];

export interface TlsSettings {
  readonly tls: TlsMode;
  /** A CA certificate was given: it is trusted, instead of the public ones. Counts for `verify` only. */
  readonly hasCa: boolean;
}

/** Where a worker has the CA certificate of a source or target: `<trustFolder>/<name>.p12`, `<caFolder>/<name>.pem`. */
export interface TrustFolders {
  readonly trustFolder: string;
  readonly caFolder: string;
}

/** The same in the workers' container, whose image makes trust stores of the certificates that it finds. */
export const workersTrust: TrustFolders = { trustFolder: "/tmp/trust", caFolder: "/etc/connect/ca" };

/** Of the trust stores that a worker makes at its start. They hold public certificates only: no secret. */
export const trustStorePassword = "changeit";

/** How the connector's drivers encrypt, each in its own words. */
export function tlsConfig(
  source: { readonly name: string; readonly kind: SourceKind },
  { tls, hasCa }: TlsSettings,
  { trustFolder, caFolder }: TrustFolders,
): Record<string, string> {
  const store = `${trustFolder}/${source.name}.p12`;
  const ownCa = tls === "verify" && hasCa;
  const binlogStore: Record<string, string> = ownCa
    ? { "database.ssl.truststore": store, "database.ssl.truststore.password": trustStorePassword }
    : {};
  switch (source.kind) {
    case "sqlServer":
      return {
        "driver.encrypt": String(tls !== "off"),
        "driver.trustServerCertificate": String(tls === "trust"),
        ...(ownCa
          ? {
              "driver.trustStore": store,
              "driver.trustStorePassword": trustStorePassword,
              "driver.trustStoreType": "PKCS12",
            }
          : {}),
      };
    case "mySql":
      return {
        "database.ssl.mode": { verify: "verify_identity", trust: "required", off: "disabled" }[tls],
        ...binlogStore,
        // Without TLS a password can only be sent under the server's public key, which must be asked for.
        ...(tls === "off" ? { "driver.allowPublicKeyRetrieval": "true" } : {}),
      };
    case "mariaDb":
      return { "database.ssl.mode": { verify: "verify-full", trust: "trust", off: "disable" }[tls], ...binlogStore };
    case "postgres":
      return {
        "database.sslmode": { verify: "verify-full", trust: "require", off: "disable" }[tls],
        ...(ownCa ? { "database.sslrootcert": `${caFolder}/${source.name}.pem` } : {}),
        // The driver's own factory would look for a root certificate in the user's home; this one trusts what Java does.
        ...(tls === "verify" && !hasCa ? { "database.sslfactory": "org.postgresql.ssl.DefaultJavaSSLFactory" } : {}),
      };
  }
}
