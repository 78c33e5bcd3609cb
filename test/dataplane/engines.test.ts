import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import * as path from "node:path";
import { accepts } from "../../dataplane/engines/ports.ts";
import { startPostgres } from "../../dataplane/engines/postgres.ts";
import { Lab } from "../../dataplane/engines/processes.ts";

const lab = new Lab("engines");
afterAll(() => lab.stop());

test("a test process that is killed takes its engines with it, and the next lab their folder", async () => {
  const engines = path.resolve(import.meta.dirname, "..", "..", "dataplane", "engines");
  const program = `
    const { Lab } = await import("${engines}/processes.ts");
    const { startPostgres } = await import("${engines}/postgres.ts");
    const lab = new Lab("killed");
    const server = await startPostgres(lab);
    console.log(JSON.stringify({ folder: lab.folder, port: server.port }));
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = await new Promise<string>((resolve) =>
    child.stdout.once("data", (data: Buffer) => resolve(String(data))),
  );
  const { folder, port } = JSON.parse(line) as { folder: string; port: number };
  expect(await accepts(port)).toBe(true);

  child.kill("SIGKILL");
  await lab.eventually("nothing listens there", 10, async () => ((await accepts(port)) ? undefined : true));
  await lab.eventually("its folder is swept", 10, async () => {
    await new Lab("sweeper").stop();
    return existsSync(folder) ? undefined : true;
  });
});

test("an engine that cannot start says why", async () => {
  await expect(startPostgres(lab, { wal_level: "nonsense" }, "misconfigured")).rejects.toThrow(
    /misconfigured ended while it started:[^]*invalid value for parameter "wal_level"/,
  );
});

test("a server can be stopped and started again, with what it had", async () => {
  const server = await startPostgres(lab, {}, "again");
  server.sql("create table t (n int); insert into t values (7)");
  await server.process.stop();
  expect(server.process.running).toBe(false);
  await server.process.start();

  expect(server.sql("select n from t")).toBe("7");
});
