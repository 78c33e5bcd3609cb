import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { binary } from "./binaries.ts";
import { certificates } from "./certificates.ts";
import { scriptInput, serverFolders, type DatabaseServer } from "./databaseServer.ts";
import { freePort } from "./ports.ts";
import { nobody, type Lab } from "./processes.ts";
import { SqlSession } from "./session.ts";

/** MariaDB of this machine with a row binlog, unless `settings` (names of server options) say otherwise. */
export async function startMariaDb(
  lab: Lab,
  settings: Readonly<Record<string, string>> = {},
  name = "mariadb",
): Promise<DatabaseServer> {
  const { data, sockets } = serverFolders(lab, name);
  const socket = path.join(sockets, "sock");
  const port = await freePort();
  const tls = certificates(lab);
  // The system's folder for temporary files may be one that only we can write.
  const places = [`--datadir=${data}`, `--tmpdir=${sockets}`];
  const install = ["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"];
  await lab.run(binary("mariadb-install-db"), [...install, ...places], { ...nobody(), cwd: sockets });

  const all = {
    datadir: data,
    tmpdir: sockets,
    port: String(port),
    "bind-address": "127.0.0.1",
    socket,
    "pid-file": `${socket}.pid`,
    "server-id": "1",
    "log-bin": "binlog",
    "binlog-format": "ROW",
    "binlog-row-image": "FULL",
    "innodb-flush-log-at-trx-commit": "0",
    "innodb-buffer-pool-size": "32M",
    "ssl-ca": tls.ca,
    "ssl-cert": tls.certificate,
    "ssl-key": tls.key,
    ...settings,
  };
  const connection = (database?: string) => [
    "--socket",
    socket,
    "--user",
    "root",
    ...(database === undefined ? [] : [database]),
  ];
  const format = ["--no-defaults", "--batch", "--skip-column-names"];
  const sql: DatabaseServer["sql"] = (script, { database } = {}) =>
    execFileSync(binary("mariadb"), [...format, ...connection(database)], scriptInput(script)).trim();
  const process = await lab.start({
    name,
    command: binary("mariadbd"),
    args: ["--no-defaults", ...Object.entries(all).map(([key, value]) => `--${key}=${value}`)],
    unprivileged: true,
    ready: () => Promise.resolve().then(() => sql("select 1") === "1"),
  });
  return {
    port,
    ca: tls.ca,
    process,
    sql,
    open: ({ database } = {}) => new SqlSession(lab, binary("mariadb"), [...format, ...connection(database)]),
    command: ({ database } = {}) => ["mariadb", ...connection(database)].join(" "),
  };
}
