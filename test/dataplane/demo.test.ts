import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { accepts } from "../../dataplane/engines/ports.ts";

/** Where the demos of this test put everything, so that it can be seen what they leave. */
const home = mkdtempSync(path.join(os.tmpdir(), "demo-"));
chmodSync(home, 0o755); // database servers run as somebody else
const started: ChildProcess[] = [];

afterAll(() => {
  started.forEach((child) => child.kill("SIGKILL"));
  rmSync(home, { recursive: true, force: true });
});

interface Run {
  readonly child: ChildProcess;
  readonly printed: () => string;
  /** Exit code. */
  readonly end: Promise<number | null>;
}

function demo(...args: string[]): Run {
  const program = [path.join("sandbox", "run.mjs"), path.join("tools", "dataplane", "demo.ts")];
  const child = spawn(process.execPath, [...program, ...args], {
    env: { ...process.env, TMPDIR: home },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  let printed = "";
  const note = (data: Buffer) => {
    printed += String(data);
  };
  child.stdout.on("data", note);
  child.stderr.on("data", note);
  return { child, printed: () => printed, end: new Promise((resolve) => child.once("close", resolve)) };
}

async function until({ child, printed }: Run, text: string): Promise<void> {
  while (!printed().includes(text)) {
    if (child.exitCode !== null) {
      throw new Error(`the demo ended without "${text}":\n${printed()}`);
    }
    await sleep(50);
  }
}

const portsIn = (text: string) => [...text.matchAll(/127\.0\.0\.1:(\d+)/g)].map(([, port]) => Number(port));

/** Processes that work in the folder or were told of it. */
function processesOfHome(): string[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
        const isOurs = command.includes(home) || readlinkSync(`/proc/${pid}/cwd`).startsWith(home);
        return isOurs ? [command] : [];
      } catch {
        return []; // it has just ended
      }
    });
}

async function expectNothingLeft({ printed }: Run): Promise<void> {
  const ports = portsIn(printed());
  expect(ports.length).toBeGreaterThan(0);
  expect({
    listening: (await Promise.all(ports.map(accepts))).filter(Boolean),
    processes: processesOfHome(),
    files: readdirSync(home),
  }).toEqual({ listening: [], processes: [], files: [] });
}

test("without a terminal it prints the rows as lines, and leaves nothing", async () => {
  const run = demo("--for", "6", "--rate", "4");
  const code = await run.end;
  const printed = run.printed();

  expect({ code, failed: code === 0 ? "" : printed }).toEqual({ code: 0, failed: "" });
  expect(printed).toContain("PostgreSQL stands for SQL Server; MariaDB stands for MySQL.");
  expect(printed).toContain("120 rows read that were there at first");
  // The article's order 42, whose price sinks; an order and its customer who go; a customer who comes late.
  expect(printed).toMatch(/update ORDERS {2}order_id=42 {2}order_total_usd: 150\.00 → 149\.50$/m);
  expect(printed).toMatch(/joined {2}order 42: 0\.00 for Wooden spoon, refunded, by \p{L}+ \S+, \S+$/mu);
  expect(printed).toMatch(/delete ORDERS {2}order_id=58 {2}customer_id=20 /);
  expect(printed).toMatch(/delete CUSTOMERS {2}id=20 /);
  expect(printed).toMatch(/insert CUSTOMERS {2}id=21 {2}first_name=/);
  expect(printed).toMatch(/insert ORDERS {2}order_id=101 {2}customer_id=21 /);
  expect(printed).toMatch(/First live row \d+\.\d s after the start/);
  expect(printed).toMatch(/Memory: \d+ MiB at most/);
  expect(printed).not.toContain("\x1b");
  await expectNothingLeft(run);
});

test("a second run works, and Ctrl-C ends it in good order while changes come", async () => {
  const run = demo();
  await until(run, "update ORDERS");
  run.child.kill("SIGINT");

  expect(await run.end).toBe(0);
  expect(run.printed()).toContain("First live row");
  expect(run.printed()).toContain("Everything that was started has ended");
  await expectNothingLeft(run);
});

test("what was kept goes on until it is stopped; another demo that is stopped while it starts does not touch it", async () => {
  const kept = demo("--keep", "--for", "0");
  expect(await kept.end).toBe(0);
  const [, connect = ""] = /Kafka Connect +(http\S+)$/m.exec(kept.printed()) ?? [];
  const running = async () => Object.keys((await (await fetch(connect)).json()) as object).sort();
  expect(await running()).toEqual(["mssql", "mysql"]);

  const other = demo();
  await until(other, "MariaDB  127");
  other.child.kill("SIGTERM");
  expect(await other.end).toBe(0);
  expect(other.printed()).not.toContain("Kafka Connect with Debezium");
  expect(await running()).toEqual(["mssql", "mysql"]);

  const stop = demo("--stop");
  expect(await stop.end).toBe(0);
  expect(stop.printed()).toMatch(/^Stopped and removed: \S+$/m);
  await expectNothingLeft(kept);
});

test("a demo that is killed takes everything that it started with it", async () => {
  const run = demo();
  await until(run, "MariaDB  127");
  run.child.kill("SIGKILL");
  await run.end;
  while (processesOfHome().length > 0) {
    await sleep(50);
  }
});

test.each([
  [["--rate", "0"], "--rate 0 is not a number that it takes."],
  [["--fore", "1"], "Unknown option '--fore'"],
])("%j is refused before anything starts", async (args, message) => {
  const run = demo(...args);

  expect(await run.end).toBe(2);
  expect(run.printed()).toContain(message);
  expect(run.printed()).toContain("Usage: npm run demo");
});
