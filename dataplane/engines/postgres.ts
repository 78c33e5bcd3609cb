import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync } from "node:fs";
import { binary } from "./binaries.ts";
import { certificates } from "./certificates.ts";
import { freePort } from "./ports.ts";
import { nobody, type Lab, type RunningProcess } from "./processes.ts";
import { SqlSession } from "./session.ts";

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

/** Postgres of this machine, `wal_level=logical` unless `settings` (postgresql.conf names) say otherwise. Password login over TCP. */
export async function startPostgres(
  lab: Lab,
  settings: Readonly<Record<string, string>> = {},
  name = "postgres",
): Promise<DatabaseServer> {
  const { data, sockets } = serverFolders(lab, name);
  const port = await freePort();
  const tls = certificates(lab);
  const access = ["--username=postgres", "--auth-local=trust", "--auth-host=scram-sha-256"];
  await lab.run(binary("initdb"), ["--no-sync", "--encoding=UTF8", "--locale=C", ...access, "-D", data], {
    ...nobody(),
    cwd: sockets,
  });

  const all = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: sockets,
    fsync: "off",
    wal_level: "logical",
    ssl: "on",
    ssl_cert_file: tls.certificate,
    ssl_key_file: tls.key,
    ...settings,
  };
  const connection = (database: string) => ["-h", sockets, "-p", String(port), "-U", "postgres", "-d", database];
  const format = ["-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1"];
  const sql: DatabaseServer["sql"] = (script, { database = "postgres" } = {}) =>
    execFileSync(binary("psql"), [...connection(database), ...format], scriptInput(script)).trim();
  const process = await lab.start({
    name,
    command: binary("postgres"),
    args: ["-D", data, ...Object.entries(all).flatMap(([key, value]) => ["-c", `${key}=${value}`])],
    unprivileged: true,
    // Fast shutdown: clients are cut off rather than waited for.
    stopSignal: "SIGINT",
    ready: () => Promise.resolve().then(() => sql("select 1") === "1"),
  });
  return {
    port,
    ca: tls.ca,
    process,
    sql,
    open: ({ database = "postgres" } = {}) =>
      new SqlSession(lab, binary("psql"), [...connection(database), ...format, "-o", "/dev/null"]),
    command: ({ database = "postgres" } = {}) => ["psql", ...connection(database)].join(" "),
  };
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
