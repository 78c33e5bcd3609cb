import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { environmentOfStack } from "../../../tools/sources/environment.ts";

describe("a stack's environment", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(os.tmpdir(), "sources-"));
    cpSync("Pulumi.yaml", path.join(root, "Pulumi.yaml"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const environmentOf = (...mssql: readonly string[]) => {
    const lines = [
      "encryptionsalt: v1:nobody:knows",
      "config:",
      "  confluentcloud:cloudApiKey: KEY",
      "  confluentcloud:cloudApiSecret: { secure: v1:abc }",
      "  pipeline:stage: 0",
      "  pipeline:ephemeral: true",
      "  pipeline:connect: { placement: managed }",
      "  pipeline:mysql: { password: { secure: v1:ghi } }",
      "  pipeline:snowflake: { organization: EXAMPLE, account: MINE }",
      "  pipeline:mssql:",
      "    tls: trust",
      ...mssql.map((line) => `    ${line}`),
    ];
    writeFileSync(path.join(root, "Pulumi.mine.yaml"), lines.join("\n"));
    return environmentOfStack("mine", root);
  };

  it.each([["password: { secure: v1:def }"], []])("is read without its secrets: %j", (...password) => {
    const { graph, databases } = environmentOf("host: db.example.com", "database: 2024", "user: reader", ...password);
    expect(graph.sources.map(({ name }) => name)).toEqual(["mssql"]);
    expect(databases.mssql).toMatchObject({ host: "db.example.com", database: "2024", user: "reader", tls: "trust" });
  });

  it("that the program would refuse is refused", () => {
    expect(() => environmentOf("host: db.example.com", "prot: 1")).toThrow("mssql.prot: there is no such key.");
  });
});

describe("npm run sources:sql", () => {
  const run = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["sandbox/run.mjs", "tools/sources/main.ts", ...args],
      {
        encoding: "utf8",
        env: { PATH: "" }, // nothing to log in with, no pulumi
      },
    );
    return { status, stdout, stderr };
  };
  const titles = (text: string) => text.split("\n").filter((line) => line.startsWith("-- Source "));

  it("prints a script for each source that is on", () => {
    const { status, stdout } = run("--stack", "prod");
    expect(titles(stdout)).toEqual([
      "-- Source [mssql]: what Debezium needs in the SQL Server database [demo], and why.",
      "-- Source `mysql`: what Debezium needs in the MySQL database `demo` (8.0 or newer), and why.",
    ]);
    expect(stdout).toContain("prod_mssql");
    expect(status).toBe(0);
  });

  it("prints one source's only, and what undoes it, with what the call says", () => {
    expect(titles(run("--stack", "prod", "--source", "mssql", "--undo").stdout)).toEqual([
      "-- Source [mssql]: takes away what its script made in the SQL Server database [demo]. No table of yours loses a row.",
    ]);
    const { stdout } = run("--stack", "prod", "--source", "mysql", "--user-host", "10.0.0.%", "--outage", "24");
    expect(stdout).toContain("GRANT SELECT ON `customers` TO 'cdc_reader'@'10.0.0.%';");
    expect(stdout).toContain("binlog_expire_logs_seconds >= 1440 * 60");
  });

  it("prints what compares each table with Snowflake's", () => {
    const { stdout, status } = run("--stack", "prod", "--source", "mssql", "--reconcile");
    expect(stdout.match(/^FROM .*$/gm)).toEqual(["FROM [dbo].[ORDERS]", "FROM ANALYTICS.ORDERS"]);
    expect(status).toBe(0);
  });

  it.each([
    [["--stack", "dev", "--undo", "--reconcile"], "--undo and --reconcile do not go together. Leave one out."],
    [["--stack", "nope"], "There is no Pulumi.nope.yaml. Stacks: dev, local, prod."],
    [["--stack", "dev", "--source", "oracle"], "--source oracle is not on in stack dev. Write mssql or mysql."],
    [["--stack", "dev", "--outage", "0"], "--outage 0 is not a number of hours. Write a whole number, 1 or more."],
    [["--stack", "dev", "--oops"], "Unknown option '--oops'"],
  ])("%j is a mistake", (args, message) => {
    const { status, stdout, stderr } = run(...args);
    expect(stderr).toContain(message);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });

  it("without a stack says how it is called", () => {
    expect(run()).toMatchObject({ status: 2, stdout: expect.stringContaining("--stack NAME") as string });
  });
});
