import { execFileSync } from "node:child_process";
import { chownSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { binary } from "./binaries.ts";
import { nobody, type Lab } from "./processes.ts";

export const trustPassword = "changeit";

export interface Certificates {
  /** The lab's own certificate authority, PEM. */
  readonly ca: string;
  /** The same as a PKCS12 trust store with `trustPassword`. */
  readonly trustStore: string;
  /** Certificate and private key of a server at 127.0.0.1 and localhost, PEM; one file has both, the key first. */
  readonly certificate: string;
  readonly key: string;
  readonly keyAndCertificate: string;
}

/** The lab's certificates, made when first asked for. Servers under `nobody` may read the key. */
export function certificates(lab: Lab): Certificates {
  const file = (name: string) => lab.path("certificates", name);
  const made: Certificates = {
    ca: file("ca.pem"),
    trustStore: file("trust.p12"),
    certificate: file("server.pem"),
    key: file("server.key"),
    keyAndCertificate: file("server-both.pem"),
  };
  if (existsSync(made.keyAndCertificate)) {
    return made;
  }
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl("req", "-x509", ...newKey, "-keyout", file("ca.key"), "-out", made.ca, "-days", "2", "-subj", "/CN=Test CA");
  openssl("req", ...newKey, "-keyout", made.key, "-out", file("server.csr"), "-subj", "/CN=localhost");
  writeFileSync(file("names"), "subjectAltName=DNS:localhost,IP:127.0.0.1");
  const signer = ["-CA", made.ca, "-CAkey", file("ca.key"), "-CAcreateserial", "-extfile", file("names"), "-days", "2"];
  openssl("x509", "-req", "-in", file("server.csr"), ...signer, "-out", made.certificate);
  execFileSync(
    binary("keytool"),
    // prettier-ignore
    ["-importcert", "-noprompt", "-alias", "ca", "-file", made.ca, "-keystore", made.trustStore, "-storetype", "PKCS12",
      "-storepass", trustPassword],
    { stdio: "pipe" },
  );
  writeFileSync(made.keyAndCertificate, readFileSync(made.key, "utf8") + readFileSync(made.certificate, "utf8"));
  const { uid, gid } = nobody();
  if (uid !== undefined && gid !== undefined) {
    chownSync(made.key, uid, gid);
  }
  return made;
}

function openssl(...args: string[]): void {
  execFileSync(binary("openssl"), args, { stdio: "pipe" });
}
