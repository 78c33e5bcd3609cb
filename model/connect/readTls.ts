import type { TargetReader } from "../targets/targetKind.ts";
import { tlsModes, type TlsMode } from "./databaseTls.ts";

/**
 * The keys `tls` and `ca` of a source or target. `isEnough`: what a durable environment may have. Default: `verify` alone.
 */
export function readTls(
  reader: TargetReader,
  name: string,
  ephemeral: boolean,
  isEnough: (tls: TlsMode) => boolean = (tls) => tls === "verify",
): { readonly tls: TlsMode; readonly ca: string } {
  const tls = reader.oneOf(`${name}.tls`, tlsModes);
  const ca = reader.string(`${name}.ca`);
  if (!isEnough(tls) && !ephemeral && reader.isSound(["ephemeral"])) {
    reader.mistake(
      `${name}.tls`,
      `${tls} is for development, and this environment is durable. Write verify; if no public authority signed the ` +
        `server's certificate, put that authority's certificate into ${name}.ca.`,
    );
  }
  if (ca !== "" && tls !== "verify") {
    reader.mistake(`${name}.ca`, `with ${name}.tls: ${tls} no certificate is checked. Write verify, or take it out.`);
  } else if (ca !== "" && !/^-----BEGIN CERTIFICATE-----\s[\s\S]+-----END CERTIFICATE-----\s*$/.test(ca)) {
    reader.mistake(
      `${name}.ca`,
      "it is not a certificate in PEM form, which starts with -----BEGIN CERTIFICATE-----. Write the whole text, not a file's name.",
    );
  }
  return { tls, ca };
}
