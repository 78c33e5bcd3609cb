import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { accepts } from "../../dataplane/engines/ports.ts";
import { Lab } from "../../dataplane/engines/processes.ts";

const lab = new Lab("interrupted");

afterAll(() => lab.stop());

interface Child {
  readonly folder: string;
  readonly ports: readonly number[];
  readonly end: (signal: NodeJS.Signals) => Promise<void>;
}

/** Another process with a lab of its own, in which a broker and both databases run. */
async function another(): Promise<Child> {
  const engines = path.resolve(import.meta.dirname, "..", "..", "dataplane", "engines");
  const program = `
    const { Lab } = await import("${engines}/processes.ts");
    const { startBroker } = await import("${engines}/broker.ts");
    const { startMariaDb } = await import("${engines}/mariadb.ts");
    const { startPostgres } = await import("${engines}/postgres.ts");
    const lab = new Lab("another");
    const broker = await startBroker(lab);
    const databases = [await startMariaDb(lab), await startPostgres(lab)];
    const ports = [broker.plaintext.split(":")[1], ...databases.map(({ port }) => port)].map(Number);
    console.log(JSON.stringify({ folder: lab.folder, ports }));
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let said = "";
  child.stderr.on("data", (data: Buffer) => {
    said += String(data);
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (data: Buffer) => resolve(String(data)));
    child.once("exit", () => reject(new Error(said)));
  });
  const { folder, ports } = JSON.parse(line) as { folder: string; ports: number[] };
  return {
    folder,
    ports,
    end: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}

/** Command lines of processes that have to do with a folder. */
function processesOf(folder: string): string[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .map((pid) => commandOf(pid))
    .filter((command) => command.includes(folder));
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

async function nothingIsLeftOf({ folder, ports }: Child): Promise<void> {
  await lab.eventually("no process is left, and nothing listens", 10, async () => {
    const isListening = await Promise.all(ports.map((port) => accepts(port)));
    return processesOf(folder).length === 0 && !isListening.includes(true) ? true : undefined;
  });
  await new Lab("sweeper").stop();
  expect(existsSync(folder)).toBe(false);
}

test("two labs at once keep out of each other's way, and leave nothing, however they end", async () => {
  const [one, other] = await Promise.all([another(), another()]);
  expect(new Set([...one.ports, ...other.ports]).size).toBe(6);
  expect(processesOf(one.folder).length).toBeGreaterThanOrEqual(3);

  await one.end("SIGINT");
  await nothingIsLeftOf(one);
  expect(await Promise.all(other.ports.map((port) => accepts(port)))).toEqual([true, true, true]);

  await other.end("SIGKILL");
  await nothingIsLeftOf(other);
});

test("what does not come shows the lines of the logs that matter, and few", async () => {
  const log = lab.path("chatty.log");
  const server = await lab.start({
    name: "chatty",
    command: process.execPath,
    args: [
      "--eval",
      `for (let n = 0; n < 5000; n++) console.log("INFO all is well " + n);
       for (let n = 0; n < 40; n++) console.log("ERROR no space left " + n + "\\n\\tat Some.frame(File.java)");
       console.log("ready"); setInterval(() => undefined, 1000);`,
    ],
    ready: () => Promise.resolve(readFileSync(log, "utf8").includes("ready")),
  });
  const failure = await lab
    .eventually("a row", 0.3, () => Promise.reject(new Error("the topic is empty")))
    .then(() => "", String);
  await server.stop();

  const [first, name, ...lines] = failure.split("\n");
  expect([first, name]).toEqual(["Error: not after 0.3 s: a row: the topic is empty", "--- chatty"]);
  expect(lines).toEqual(Array.from({ length: 15 }, (_, index) => `ERROR no space left ${index + 25}`));
});
