import { execFile } from "node:child_process";
import * as path from "node:path";
import { assemble } from "../../image/connect/assemble.ts";
import {
  describeReport,
  reconcile,
  type Declaration,
  type ReconcileOptions,
} from "../../image/connect/reconcile/reconcile.ts";
import { ConnectCluster } from "../../sandbox/cloud/connect/cluster.ts";
import { Lab } from "../../dataplane/engines/processes.ts";
import { startShop, type Shop } from "./shop.ts";

const lab = new Lab("reconcile");
let shop: Shop;

beforeAll(async () => {
  shop = await startShop(lab);
});

afterAll(() => lab.stop());

type Connectors = Declaration["connectors"];

type Changes = Readonly<Record<string, string>>;

/** A connector as the stack renders it, with changes. */
const connector = (name: string, changes: Changes = {}) => ({ config: { ...shop.connector(name), ...changes } });
const both = (changes: Changes = {}): Connectors => ({
  maria: connector("maria", changes),
  pg: connector("pg", changes),
});

function declaring(connectors: Connectors, forget = false): Declaration {
  return { owner: "pipeline-test", connectors, undeclared: "delete", forget };
}

const run = (declaration: Declaration, options: Partial<ReconcileOptions> = {}) =>
  reconcile(declaration, { url: shop.worker.url, stableMs: 2_000, deadlineMs: 90_000, ...options });

/** The program of the image, as an instance runs it. */
async function program(declaration: Declaration, ...args: string[]) {
  const file = path.join(await assemble(), "reconcile.js");
  return new Promise<{ code: number; out: string; err: string }>((done) => {
    const child = execFile(
      process.execPath,
      [file, "--declaration", "-", "--url", shop.worker.url, "--stable", "2", "--deadline", "90", ...args],
      (error, out, err) => done({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
    );
    child.stdin?.end(JSON.stringify(declaration));
  });
}

const slots = () => shop.pg.sql("select count(*) from pg_replication_slots");

async function get<T>(where: string): Promise<T> {
  return (await shop.worker.request<T>("GET", where)).body;
}

async function offsetsOf(name: string): Promise<unknown[]> {
  return (await get<{ offsets: unknown[] }>(`/connectors/${name}/offsets`)).offsets;
}

const running = { state: "RUNNING", tasks: [{ id: 0, state: "RUNNING" }] };

test("a dry run says what would be made, and makes nothing", async () => {
  const { code, out } = await program(declaring(both()), "--dry-run");

  expect(out).toContain("pg: would be created\n");
  expect(out).toContain(`  + database.password: \${file:${shop.worker.secretsFile}:pg.password}\n`);
  expect(out).toMatch(/\n2 of 2 would change\.\n$/);
  expect(code).toBe(0);
  expect(await get("/connectors")).toEqual([]);
});

test("the image's program makes the connectors, and ends when they run", async () => {
  const { code, out } = await program(declaring(both()), "--json");

  expect(JSON.parse(out)).toMatchObject({
    ok: true,
    connectors: { maria: { action: "created", ...running }, pg: { action: "created", ...running } },
  });
  expect(code).toBe(0);
  expect(slots()).toBe("1");
});

test("again, and nothing is changed", async () => {
  const report = await run(declaring(both()));
  expect(report).toMatchObject({
    ok: true,
    connectors: { maria: { action: "unchanged", changes: [] }, pg: { action: "unchanged", changes: [] } },
  });
});

test("a change reaches the connector, and no offset is lost", async () => {
  const before = await lab.eventually("pg has offsets", 30, async () => (await offsetsOf("pg"))[0]);

  const report = await run(declaring(both({ "max.batch.size": "1024" })));
  expect(report).toMatchObject({
    ok: true,
    connectors: { pg: { action: "updated", changes: [{ key: "max.batch.size", to: "1024" }], ...running } },
  });
  expect(await get("/connectors/pg/config")).toMatchObject({ "max.batch.size": "1024" });
  expect((await offsetsOf("pg"))[0]).toMatchObject({ partition: (before as { partition: object }).partition });
});

test.each([
  [
    "a wrong password",
    { "database.password": "hunter2" },
    /^database.hostname: .*password authentication failed for user/,
  ],
  ["an unreachable database", { "database.port": "9" }, /^database.hostname: .*Connection to 127.0.0.1:9 refused/],
  [
    "a value that the plugin doesn't know",
    { "snapshot.mode": "schema_only" },
    /^snapshot.mode: .*Value must be one of/,
  ],
  [
    "a class that is not there",
    { "connector.class": "org.example.No" },
    /^connector.class: the worker has no org.example.No/,
  ],
])("%s is found before anything is changed", async (_what, change, cause) => {
  const before = await get("/connectors/pg/config");

  const report = await run(declaring({ maria: connector("maria"), pg: connector("pg", change) }));

  expect(report).toMatchObject({ ok: false, connectors: { maria: { done: false } }, failure: { connector: "pg" } });
  expect(report.failure?.cause).toMatch(cause);
  expect(describeReport(report)).not.toContain("hunter2");
  expect(await get("/connectors/pg/config")).toEqual(before);
});

test("a task that fails is restarted, and in the end reported with its worker and the cause", async () => {
  const wrong = connector("pg", { "publication.name": "nobody_made_this" });
  const { code, out } = await program(declaring({ maria: connector("maria"), pg: wrong }));

  expect(out).toContain("; failed tasks restarted 3 times\n");
  expect(out.trim().split("\n").at(-1)).toMatch(
    new RegExp(`^Failed: pg, task 0 on \\S+:${shop.worker.port}: \\w+Exception: .*[Pp]ublication`),
  );
  expect(code).toBe(1);
  expect(await run(declaring(both()))).toMatchObject({ ok: true, connectors: { pg: running } });
});

test("a worker that is killed in the middle, and comes back, holds it up and no more", async () => {
  const said: string[] = [];
  let killed: Promise<void> | undefined;
  const report = await run(declaring(both({ "max.batch.size": "512" })), {
    onEvent: ({ text }) => {
      said.push(text);
      if (text.startsWith("changing")) {
        killed ??= shop.worker.process.kill().then(() => shop.worker.process.start());
      }
    },
  });
  await killed;

  expect(said.filter((text) => text.startsWith("waiting"))).not.toEqual([]);
  expect(report).toMatchObject({ ok: true, connectors: { maria: running, pg: running } });
  expect(await get("/connectors/pg/config")).toMatchObject({ "max.batch.size": "512" });
  expect(await get("/connectors/maria/config")).toMatchObject({ "max.batch.size": "512" });
});

test("two at once both end well", async () => {
  const reports = await Promise.all([
    run(declaring(both({ "max.batch.size": "256" }))),
    run(declaring(both({ "max.batch.size": "256" }))),
  ]);
  expect(reports).toMatchObject([{ ok: true }, { ok: true }]);
  expect(await get("/connectors/maria/config")).toMatchObject({ "max.batch.size": "256" });
});

test("connectors pause, stop and resume", async () => {
  const resting = declaring({
    maria: { ...connector("maria"), state: "paused" },
    pg: { ...connector("pg"), state: "stopped" },
  });
  expect(await run(resting)).toMatchObject({
    ok: true,
    connectors: { maria: { state: "PAUSED", tasks: [{ state: "PAUSED" }] }, pg: { state: "STOPPED", tasks: [] } },
  });
  expect(await run(declaring(both()))).toMatchObject({
    ok: true,
    connectors: { maria: { action: "resumed", ...running }, pg: { action: "resumed", ...running } },
  });
});

describe("a connector that is taken away", () => {
  /** Made again stopped, it shows the offsets that are kept under its name, and begins nothing. */
  const stopped = (): Connectors => ({ pg: { ...connector("pg"), state: "stopped" } });

  test("leaves its offsets and its slot, and says so", async () => {
    const report = await run(declaring({ maria: connector("maria") }));

    expect(report.connectors.pg?.notes.at(-1)).toMatch(
      /^its replication slot is kept, .* SELECT pg_drop_replication_slot\('/,
    );
    expect(await get("/connectors")).toEqual(["maria"]);
    expect(slots()).toBe("1");
    await run(declaring({ maria: connector("maria"), ...stopped() }));
    expect(await offsetsOf("pg")).toHaveLength(1);
  });

  test("leaves neither where nothing is to be kept, though it was stopped", async () => {
    const report = await run(declaring({}, true));

    expect(report).toMatchObject({
      ok: true,
      connectors: { maria: { notes: [] }, pg: { action: "deleted", notes: [] } },
    });
    expect(await get("/connectors")).toEqual([]);
    expect(slots()).toBe("0");
    await run(declaring(stopped()));
    expect(await offsetsOf("pg")).toEqual([]);
  });
});

/** What the sandbox simulates answers as the real one does: status, and the message where it is refused. */
test("the simulated cluster answers as the real one", async () => {
  await run(declaring({}, true));
  const cluster = new ConnectCluster({ startMs: 0 });
  const { config } = connector("pg");
  const calls: [method: string, where: string, body?: unknown][] = [
    ["GET", "/health"],
    ["GET", "/connectors"],
    ...["", "/config", "/status", "/offsets"].map((of): [string, string] => ["GET", `/connectors/none${of}`]),
    ...["pause", "resume", "stop"].map((to): [string, string] => ["PUT", `/connectors/none/${to}`]),
    ["POST", "/connectors/none/restart?includeTasks=true&onlyFailed=true"],
    ["PATCH", "/connectors/none/config", { a: "b" }],
    ["DELETE", "/connectors/none/offsets"],
    ["DELETE", "/connectors/none"],
    ["GET", "/nothing/of/that/kind"],
    ["PUT", "/connectors/pg/config", { ...config, name: "other" }],
    ["PUT", "/connectors/pg/config", { ...config, "tasks.max": "many" }],
    ["PUT", "/connectors/pg/config", { ...config, "tasks.max": "0" }],
    ["PUT", "/connectors/pg/config", { ...config, "database.hostname": "" }],
    ["PUT", "/connectors/pg/config", { ...config, "snapshot.mode": "schema_only" }],
    ["PUT", "/connectors/pg/config", { ...config, "decimal.handling.mode": "float" }],
    ["PUT", "/connectors/pg/config", config],
    ["POST", "/connectors", { name: "pg", config }],
    ["PUT", "/connectors/pg/config", { ...config, "poll.interval.ms": "250" }],
    ["DELETE", "/connectors/pg/offsets"],
    ["PUT", "/connectors/pg/pause"],
    ["PUT", "/connectors/pg/resume"],
    ["POST", "/connectors/pg/restart?includeTasks=true&onlyFailed=true"],
    ["PATCH", "/connectors/pg/config", { "slot.drop.on.stop": "true" }],
    ["PUT", "/connectors/pg/stop"],
    ["GET", "/connectors/pg/offsets"],
    ["DELETE", "/connectors/pg/offsets"],
    ["DELETE", "/connectors/pg"],
    ["POST", "/connectors", { name: "pg", config, initial_state: "STOPPED" }],
    ["DELETE", "/connectors/pg"],
  ];
  const answers = [];
  for (const [method, where, body] of calls) {
    const call = `${method} ${where}`;
    const simulated = cluster.answer(method, where, body);
    answers.push({ call, real: told(await settled(method, where, body)), simulated: told(simulated) });
  }

  expect(answers.map(({ call, real }) => ({ call, ...real }))).toEqual(
    answers.map(({ call, simulated }) => ({ call, ...simulated })),
  );
});

/** A rebalance that the call before began is waited out. */
async function settled(method: string, where: string, body: unknown) {
  return lab.eventually(`an answer to ${method} ${where}`, 30, async () => {
    const answer = await shop.worker.request<unknown>(method, where, body);
    return answer.status === 409 && JSON.stringify(answer.body).includes("momentarily") ? undefined : answer;
  });
}

function told({ status, body }: { status: number; body?: unknown }): { status: number; message?: string } {
  const isMessage = typeof body === "object" && body !== null && "message" in body;
  return { status, ...(isMessage ? { message: inOrder(String(body.message)) } : {}) };
}

/** The plugin lists legal values in any order. */
function inOrder(message: string): string {
  return message.replace(/(?<=must be one of ).*/g, (values) => values.split(", ").sort().join(", "));
}
