import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import * as path from "node:path";

/** Where programs stand that are not on everyone's PATH: Debian keeps Postgres's servers and daemons elsewhere. */
function folders(): string[] {
  const javaHome = process.env.JAVA_HOME;
  return [
    ...(javaHome === undefined ? [] : [path.join(javaHome, "bin")]),
    ...(process.env.PATH ?? "").split(path.delimiter),
    "/usr/sbin",
    "/usr/local/sbin",
    ...versions("/usr/lib/postgresql"),
  ];
}

function versions(folder: string): string[] {
  const found = existsSync(folder) ? readdirSync(folder) : [];
  return found.sort((a, b) => Number(b) - Number(a)).map((version) => path.join(folder, version, "bin"));
}

/** A program that this machine lacks; the message says how to get it. */
export class MissingProgram extends Error {}

/** The program's full path. Throws `MissingProgram` when the machine does not have it. */
export function binary(name: string): string {
  const found = folders()
    .map((folder) => path.join(folder, name))
    .find(isExecutable);
  if (found === undefined) {
    throw new MissingProgram(
      `${name} is missing on this machine. On Debian or Ubuntu, \`dataplane/install.sh\` installs what the data plane ` +
        "needs: Java 17, Maven, OpenSSL, unzip, Postgres, MariaDB, util-linux, Python 3.",
    );
  }
  return found;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
