import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { gzipSync } from "node:zlib";
import { declaredGraph, defaultGraph } from "../../../model/graph.ts";
import { databaseSetup, templateOf } from "../../../model/sources/databaseSetup.ts";
import { demoContainer, type DemoDatabase } from "../../../model/sources/demoContainer.ts";
import { demoUserData } from "../../../model/sources/demoHost.ts";
import { pipeline } from "../../../pipeline.ts";

const { sources } = defaultGraph(declaredGraph(pipeline));

function demoOf(name: string): DemoDatabase {
  const source = sources.find((candidate) => candidate.name === name);
  if (source === undefined) {
    throw new Error(`no ${name}`);
  }
  const template = readFileSync(path.join("sql", "sources", templateOf(source.kind, "enable")), "utf8");
  const setup = databaseSetup(source, { stack: "dev", database: "demo", user: "cdc_reader" }, template);
  return { source, port: source.kind === "sqlServer" ? 1433 : 3306, database: "demo", user: "cdc_reader", setup };
}

const containers = {
  mssql: { ...demoContainer(demoOf("mssql")), offeredAt: 1433 },
  mysql: { ...demoContainer(demoOf("mysql")), offeredAt: 3307 },
};

describe("a demo's container", () => {
  it("is pinned by digest, is not root, and has nothing secret in its environment", () => {
    for (const { image, user, environment } of Object.values(containers)) {
      expect(image).toMatch(/:[\w.-]+@sha256:[0-9a-f]{64}$/);
      expect(user).toBeGreaterThan(0);
      expect(Object.keys(environment).filter((name) => /PASS|SECRET/.test(name))).toEqual([]);
    }
    expect(containers.mssql.environment.MSSQL_AGENT_ENABLED).toBe("true");
  });

  it("makes the tables, fills them, and then lets Debezium read them", () => {
    const steps = (sql: string, patterns: RegExp[]) => patterns.map((pattern) => sql.search(pattern));
    const inOrder = (positions: number[]) => positions.every((at, index) => at > (positions[index - 1] ?? -1));
    const mssql = containers.mssql.files["/opt/demo/setup.sql"] ?? "";
    const mysql = containers.mysql.files["/opt/demo/setup.sql"] ?? "";
    expect(
      inOrder(
        steps(mssql, [
          / LOGIN /,
          /CREATE DATABASE/,
          /CREATE TABLE \[dbo\]/,
          /INSERT INTO/,
          /sp_cdc_enable_db/,
          /sp_cdc_enable_table/,
        ]),
      ),
    ).toBe(true);
    expect(
      inOrder(steps(mysql, [/CREATE DATABASE/, /CREATE TABLE IF/, /INSERT INTO/, /CREATE USER/, /ALTER USER/])),
    ).toBe(true);
    // What MySQL reads at its start ends the server at the first error, and takes no statement above 74,000 bytes.
    expect(Math.max(...mysql.split(";").map((statement) => Buffer.byteLength(statement)))).toBeLessThan(74_000);
  });

  it("is refused for a source that no demo makes", () => {
    const demo = demoOf("mysql");
    expect(() => demoContainer({ ...demo, source: { ...demo.source, kind: "postgres" } })).toThrow(
      "The demo has no database of kind postgres, which mysql is: it makes sqlServer and mySql only. " +
        "Write sources.demo: off and give mysql.host.",
    );
  });
});

/** The scripts with stand-ins for the servers: what they would be told, and how they end. */
describe("the start of a demo's database", () => {
  const password = `it's \\ $(x) "é" %s`;
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "demo-"));
    for (const name of [
      "run/demo",
      "opt/demo",
      "tmp",
      "bin",
      "var/lib/mysql",
      "var/opt/mssql",
      "opt/mssql/bin",
      "opt/mssql-tools18/bin",
    ]) {
      mkdirSync(path.join(folder, name), { recursive: true });
    }
    writeFileSync(path.join(folder, "run/demo/password"), password);
    writeFileSync(path.join(folder, "opt/demo/setup.sql"), "SELECT 1;\n");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const program = (at: string, text: string) => {
    writeFileSync(path.join(folder, at), `#!/bin/bash\n${text}\n`);
    chmodSync(path.join(folder, at), 0o755);
  };
  const script = (container: keyof typeof containers) => {
    const text = containers[container].files["/opt/demo/start"] ?? "";
    const moved = text.replaceAll(/(?<= |=|>|"|^)\/(run|opt|tmp|var)\//gm, `${folder}/$1/`);
    writeFileSync(path.join(folder, "start"), moved);
    return [path.join(folder, "start")];
  };

  it("gives MySQL the password as it is, before everything else, and makes its files once", () => {
    program(
      "bin/mysqld",
      `echo "$@" >>${folder}/calls; [ "$1" != --initialize-insecure ] || touch ${folder}/var/lib/mysql/mysql.ibd`,
    );
    const env = { ...process.env, PATH: `${folder}/bin:${process.env.PATH ?? ""}` };
    execFileSync("bash", script("mysql"), { env });
    execFileSync("bash", script("mysql"), { env });
    expect(readFileSync(path.join(folder, "tmp/setup.sql"), "utf8")).toBe(
      `SET @writer_password = '${readFileSync(path.join(folder, "tmp/writer"), "utf8").trim()}';\n` +
        `SET @cdc_password = 'it''s \\\\ $(x) "é" %s';\nSELECT 1;\n`,
    );
    expect(readFileSync(path.join(folder, "tmp/writer"), "utf8")).toMatch(/^\S{32}\n$/);
    const calls = readFileSync(path.join(folder, "calls"), "utf8").trim().split("\n");
    expect(calls.map((call) => call.split(" ")[0]?.split("=")[0])).toEqual([
      "--initialize-insecure",
      "--init-file",
      "--init-file",
    ]);
    expect(calls[1]).toContain("--gtid-mode=ON");
  });

  it("tells SQL Server the password in the session of its set-up, and ends when the server has ended", async () => {
    program("opt/mssql/bin/sqlservr", `trap 'echo ended >${folder}/ended; exit' TERM; while :; do sleep 0.05; done`);
    program(
      "opt/mssql-tools18/bin/sqlcmd",
      `case "$*" in *-Q*) ;; *) cat >${folder}/told; echo "$SQLCMDPASSWORD" >${folder}/login ;; esac`,
    );
    const started = spawn("bash", script("mssql"), { stdio: "ignore" });
    while (!existsSync(path.join(folder, "tmp/demo-is-made"))) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(readFileSync(path.join(folder, "told"), "utf8")).toBe(
      `EXEC sys.sp_set_session_context N'cdc_password', N'it''s \\ $(x) "é" %s';\nGO\nSELECT 1;\n`,
    );
    expect(readFileSync(path.join(folder, "login"), "utf8")).toMatch(/^aA1!\S{32}\n$/);
    started.kill("SIGTERM");
    await once(started, "exit");
    expect(existsSync(path.join(folder, "ended"))).toBe(true);
  });
});

describe("the demo's instance", () => {
  const userData = demoUserData({ containers, secretArn: "arn:aws:secretsmanager:x", region: "eu-north-1" });

  it("is shell that bash can read", () => {
    execFileSync("bash", ["-n"], { input: userData });
    const start = /demo-sources' <<'END_OF_FILE'\n([^]*?)\nEND_OF_FILE/.exec(userData)?.[1] ?? "";
    execFileSync("bash", ["-n"], { input: start });
    expect(start).toContain("--publish \"$address:1433:1433\" --env 'ACCEPT_EULA=Y'");
    expect(start).toContain('--publish "$address:3307:3306"');
    expect(start).toContain(`--entrypoint /bin/bash '${containers.mysql.image}' '/opt/demo/start'`);
  });

  it("fits into what EC2 takes when it is compressed, with room for more tables", () => {
    expect(gzipSync(userData).length).toBeLessThan(12_000);
  });

  it("writes every file as it is", () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "demo-"));
    try {
      const writing = userData.split("until dnf")[0] ?? "";
      execFileSync("bash", [], { input: writing.replaceAll(/(?<=\/dev\/stdin ')\//g, `${folder}/`) });
      for (const [source, { files }] of Object.entries(containers)) {
        for (const [file, text] of Object.entries(files)) {
          expect(readFileSync(path.join(folder, file.replace("/opt/demo/", `/opt/demo/${source}/`)), "utf8")).toBe(
            text,
          );
        }
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
