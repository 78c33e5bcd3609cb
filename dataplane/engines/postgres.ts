import { execFileSync } from "node:child_process";
import { binary } from "./binaries.ts";
import { certificates } from "./certificates.ts";
import { scriptInput, serverFolders, type DatabaseServer } from "./databaseServer.ts";
import { freePort } from "./ports.ts";
import { nobody, type Lab } from "./processes.ts";
import { SqlSession } from "./session.ts";

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
