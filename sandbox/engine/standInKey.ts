import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { leastBits } from "../../model/warehouse/keyPair.ts";

/**
 * An RSA key, PKCS#8 in PEM, for where a private key of the user's is that the sandbox cannot read: whoever checks a key
 * takes it. Made when it is first asked for and kept in `folder`, so that no run sees another key than the one before.
 * `passphrase`: as it was when the key was made; `undefined`: the same key without encryption.
 */
export function standInKey(folder: string, passphrase?: string): string {
  if (passphrase === undefined) {
    return kept(path.join(folder, "stand-in-key.pem"), () => {
      const { privateKey } = generateKeyPairSync("rsa", { modulusLength: leastBits });
      return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    });
  }
  // Kept too: each encryption of one key is another text.
  return kept(path.join(folder, "stand-in-key-encrypted.pem"), () =>
    createPrivateKey(standInKey(folder))
      .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase })
      .toString(),
  );
}

/** The file's text; the first of several runs at once writes it, and the others read that. */
function kept(file: string, make: () => string): string {
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true });
    const own = `${file}.${String(process.pid)}`;
    try {
      writeFileSync(own, make(), { mode: 0o600 });
      linkSync(own, file);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) {
        throw error;
      }
    } finally {
      rmSync(own, { force: true });
    }
  }
  return readFileSync(file, "utf8");
}
