import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";

const program = [path.join("sandbox", "run.mjs"), path.join("tools", "demo", "changes.ts")];

function run(...flags: string[]) {
  return spawnSync(process.execPath, [...program, ...flags], { encoding: "utf8" });
}

/** A run that goes on, with what it has printed so far. */
function started(...flags: string[]) {
  const child = spawn(process.execPath, [...program, ...flags], { stdio: ["ignore", "pipe", "inherit"] });
  return { child, ended: once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]> };
}

describe("npm run demo:changes", () => {
  it("prints the same transactions for a seed: rate times seconds", () => {
    const flags = ["--source", "mssql", "--rate", "1000", "--for", "0.03"];
    const { stdout, status } = run(...flags);
    expect(status).toBe(0);
    expect(stdout.match(/^BEGIN TRANSACTION;$/gm)).toHaveLength(30);
    expect(stdout.match(/^COMMIT;\nGO$/gm)).toHaveLength(30);
    expect(stdout).toMatch(/^SET QUOTED_IDENTIFIER ON;\nSET XACT_ABORT ON;\nUSE \[demo\];\nGO\n/);
    expect(run(...flags).stdout).toBe(stdout);
    expect(run(...flags, "--seed", "2").stdout).not.toBe(stdout);
  });

  it("prints the history of a source at once", () => {
    const { stdout } = run("--source", "mysql", "--history", "--database", "shop");
    expect(stdout).toContain("USE `shop`;");
    expect(stdout.match(/^(DELETE|INSERT)/gm)).toEqual(["DELETE", "INSERT"]);
    expect(run("--source", "mssql", "--history").stdout.match(/^(DELETE|INSERT|UPDATE)/gm)).toHaveLength(8);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("ends well at %s, after a whole transaction", async (signal) => {
    const { child, ended } = started("--source", "mysql", "--rate", "200");
    let printed = "";
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      // Once: a second signal is for a program that does not end, and ends it at once.
      if (printed.includes("COMMIT;") && !child.killed) {
        child.kill(signal);
      }
    });
    expect(await ended).toEqual([0, null]);
    expect(printed).toMatch(/COMMIT;\n$/);
  });

  it("ends well when its client goes", async () => {
    const { child, ended } = started("--source", "mysql", "--rate", "200");
    child.stdout.once("data", () => child.stdout.destroy());
    expect(await ended).toEqual([0, null]);
  });

  it.each([
    [["--source", "oracle"], "--source oracle: pipeline.ts has mssql, mysql."],
    [["--source", "mssql", "--kind", "db2"], "--kind db2 is not one of sqlServer, mySql, mariaDb, postgres."],
    [["--source", "mssql", "--rate", "0"], "--rate 0 is not a number that it takes."],
    [["--source", "mssql", "--for", ""], "--for  is not a number that it takes."],
    [["--sauce", "mssql"], "Unknown option '--sauce'"],
  ])("says what is wrong with %j, and how it is used", (flags, message) => {
    const { stderr, stdout, status } = run(...flags);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
    expect(stderr).toContain("npm run --silent demo:changes -- --source mssql | sqlcmd");
  });
});
