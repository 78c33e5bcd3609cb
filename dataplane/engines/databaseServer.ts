import { chownSync, mkdirSync } from "node:fs";
import { nobody, type Lab, type RunningProcess } from "./processes.ts";
import type { SqlSession } from "./session.ts";

export interface SqlOptions {
  /** Default: Postgres's `postgres`; none in MariaDB. */
  readonly database?: string;
}

/** A database server at 127.0.0.1 whose TLS certificate is the lab's. */
export interface DatabaseServer {
  readonly port: number;
  /** PEM of the authority that its certificate is verified with. */
  readonly ca: string;
  readonly process: RunningProcess;
  /** Runs a script as the superuser and stops at its first error; returns what it prints: a line a row, tabs between columns. */
  sql(script: string, options?: SqlOptions): string;
  /** The same one statement after the other, as they come. */
  open(options?: SqlOptions): SqlSession;
  /** What a person types to do the same, e.g. `psql -h …`. */
  command(options?: SqlOptions): string;
}

/** A script on a client's standard input; what it says on standard error comes in the exception. */
export function scriptInput(script: string): { input: string; encoding: "utf8"; stdio: "pipe"; maxBuffer: number } {
  return { input: script, encoding: "utf8", stdio: "pipe", maxBuffer: 1 << 28 };
}

/** Folders of a database server, which belong to the user that it runs as. */
export function serverFolders(lab: Lab, name: string): { data: string; sockets: string } {
  const folders = { data: lab.path(name, "data"), sockets: lab.path(name, "s") };
  for (const folder of Object.values(folders)) {
    mkdirSync(folder, { recursive: true });
    own(folder);
  }
  return folders;
}

/** Gives a file or folder to the user that database servers run as. */
function own(file: string): void {
  const { uid, gid } = nobody();
  if (uid !== undefined && gid !== undefined) {
    chownSync(file, uid, gid);
  }
}
