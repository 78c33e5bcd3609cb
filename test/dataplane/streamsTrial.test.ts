import { spawn, type ChildProcess } from "node:child_process";
import { startBroker, type Broker } from "../../dataplane/engines/broker.ts";
import { certificates } from "../../dataplane/engines/certificates.ts";
import { Lab } from "../../dataplane/engines/processes.ts";
import { repository } from "../../sandbox/engine/project.ts";
import { readCaseFiles, type CaseRecord } from "../../tools/streams/cases.ts";
import { KsqlStub, type KnownCase } from "./ksqlStub.ts";

const lab = new Lab("streams-trial");
const user = { key: "trial", secret: 'with "quotes"' };
const children = new Set<ChildProcess>();
let broker: Broker;

beforeAll(async () => {
  broker = await startBroker(lab, { users: { [user.key]: user.secret } });
});
afterAll(async () => {
  children.forEach((child) => child.kill("SIGKILL"));
  await lab.stop();
});

const casesOf = (...names: string[]): KnownCase[] =>
  readCaseFiles()
    .filter(({ name }) => names.includes(name))
    .flatMap(({ tests }) => tests);

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** `npm run test:ksqldb` with these arguments; Ctrl-C as soon as the output of the stub says so. */
function trial(args: readonly string[], env: NodeJS.ProcessEnv = {}, interrupt?: () => boolean): Promise<Ended> {
  const child = spawn(process.execPath, ["sandbox/run.mjs", "tools/streams/main.ts", ...args], {
    cwd: repository,
    env: { ...process.env, ...env },
  });
  children.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
  }
  const watch = setInterval(() => {
    if (interrupt?.() === true) {
      clearInterval(watch);
      child.kill("SIGINT");
    }
  }, 50);
  return new Promise((resolve) => {
    child.once("exit", (code) => {
      clearInterval(watch);
      children.delete(child);
      resolve({ code, output });
    });
  });
}

const quick = ["--settle", "400", "--within", "15000"];
const plain = (stub: KsqlStub) => ["--endpoint", stub.endpoint, "--broker", broker.plaintext, ...quick];

async function withStub<T>(
  cases: readonly KnownCase[],
  work: (stub: KsqlStub) => Promise<T>,
  refused?: RegExp,
): Promise<T> {
  const stub = await KsqlStub.start(broker, cases, refused);
  try {
    return await work(stub);
  } finally {
    await stub.stop();
  }
}

const trialTopics = async () => (await broker.topics()).filter((name) => name.startsWith("TRIAL_"));

/** Without the random part of names. */
const named = (text: string) => text.replace(/TRIAL_[0-9A-F]{8}_/g, "TRIAL_X_");

it("reads back rows and what is gone from windows, compares every one, and leaves nothing", async () => {
  const cases = casesOf("CUSTOMER_SESSIONS");
  await withStub(cases, async (stub) => {
    const { code, output } = await trial([...plain(stub), "--case", "CUSTOMER_SESSIONS"]);
    expect(output.split("\n").filter((line) => !line.startsWith("✓"))).toEqual([
      "",
      `${cases.length} cases, 0 failed`,
      "",
    ]);
    expect(code).toBe(0);
    expect(stub.statements.slice(-4).map(named)).toEqual([
      expect.stringMatching(/^CREATE STREAM TRIAL_X_8_ORDERS_PLACED \(/),
      expect.stringMatching(
        /^CREATE TABLE TRIAL_X_8_CUSTOMER_SESSIONS WITH .* AS SELECT .* FROM TRIAL_X_8_ORDERS_PLACED ORDERS_PLACED /,
      ),
      "DROP TABLE IF EXISTS TRIAL_X_8_CUSTOMER_SESSIONS;",
      "DROP STREAM IF EXISTS TRIAL_X_8_ORDERS_PLACED;",
    ]);
    expect(await trialTopics()).toEqual([]);
  });
});

it("sends keys, values, tombstones and times as the case has them", async () => {
  const name = "a deleted customer comes as a last row and a tombstone, and is gone";
  const [test] = readCaseFiles()
    .filter((file) => file.name === "CUSTOMERS_CLEAN")
    .flatMap(({ tests }) => tests.filter((one) => one.name === name));
  const sent: unknown[] = [];
  const reader = broker.client.consumer({ groupId: "witness" });
  await withStub([test ?? { inputs: [], outputs: [] }], async (stub) => {
    const running = trial([...plain(stub), "--case", name]);
    const topic = await lab.eventually("the topic of the customers", 20, async () =>
      (await broker.topics()).find((one) => one.endsWith("_1_CUSTOMERS")),
    );
    await reader.connect();
    await reader.subscribe({ topics: [topic], fromBeginning: true });
    await reader.run({
      eachMessage: ({ message }) => {
        const value = message.value === null ? null : (JSON.parse(message.value.toString()) as unknown);
        sent.push({ key: Number(message.key?.toString()), value, timestamp: Number(message.timestamp) });
        return Promise.resolve();
      },
    });
    await lab.eventually("all records", 20, () => Promise.resolve(sent.length >= 4 ? true : undefined));
    await reader.disconnect();
    expect((await running).code).toBe(0);
  });
  expect(sent).toEqual(test?.inputs.map(({ key, value, timestamp }) => ({ key, value, timestamp })));
});

it("does so with a login over TLS that may touch nothing else", async () => {
  await broker.allow(user.key, [
    ...(["CREATE", "DELETE", "DESCRIBE", "READ", "WRITE"] as const).map(
      (operation) => ({ resourceType: "TOPIC", resourceName: "TRIAL_", patternType: "PREFIXED", operation }) as const,
    ),
    ...(["READ", "DELETE"] as const).map(
      (operation) => ({ resourceType: "GROUP", resourceName: "trial_", patternType: "PREFIXED", operation }) as const,
    ),
  ]);
  const name = "a record without a key passes";
  const cases = readCaseFiles()
    .filter((file) => file.name !== "CUSTOMERS_CLEAN")
    .flatMap(({ tests }) => tests.filter((test) => test.name === name));
  await withStub(cases, async (stub) => {
    const args = ["--endpoint", stub.endpoint, "--broker", broker.saslSsl, "--key", user.key, "--case", name, ...quick];
    const { code, output } = await trial(args, {
      KAFKA_SECRET: user.secret,
      NODE_EXTRA_CA_CERTS: certificates(lab).ca,
    });
    expect(output).toContain(`${cases.length} cases, 0 failed`);
    expect(code).toBe(0);
    expect(await trialTopics()).toEqual([]);
  });
});

it("shows what a server wrote otherwise, too much and not at all", async () => {
  const name = "500.00 is large, 499.99 and no total are not";
  const [test] = casesOf("ORDERS_LARGE");
  const [first, second] = (test?.outputs ?? []) as [CaseRecord, CaseRecord];
  const wrong = [
    { ...first, value: { ...first.value, ITEM: "chair" } },
    { ...second, key: 7 },
  ];
  await withStub([{ inputs: test?.inputs ?? [], outputs: wrong }], async (stub) => {
    const { code, output } = await trial([...plain(stub), "--case", name]);
    const row = (item: string) =>
      `{"CUSTOMER_ID":1,"ITEM":"${item}","ORDER_ID":2,"ORDER_TOTAL_USD":"500.00","ORDER_TS":86400000}`;
    const safe = '{"CUSTOMER_ID":1,"ITEM":"safe","ORDER_ID":3,"ORDER_TOTAL_USD":"999.99","ORDER_TS":86400000}';
    expect(output.split("\n")).toEqual([
      `✗ ORDERS_LARGE: ${name}`,
      `  expected  2 ${row("desk")} at 2000`,
      `  received  2 ${row("chair")} at 2000`,
      "  differs   ITEM",
      `  expected  3 ${safe} at 3000`,
      "  received  nothing",
      "  expected  nothing",
      `  received  7 ${safe} at 3000`,
      "",
      "1 cases, 1 failed",
      "",
    ]);
    expect(code).toBe(1);
  });
});

it("says what a server refuses, and takes away what was made before", async () => {
  const name = "500.00 is large, 499.99 and no total are not";
  await withStub(
    casesOf("ORDERS_LARGE"),
    async (stub) => {
      const { code, output } = await trial([...plain(stub), "--case", name]);
      expect(output).toContain("  The server refuses (40001): no\n  CREATE STREAM TRIAL_");
      expect(code).toBe(1);
      expect(stub.statements.map((statement) => statement.split(" ").slice(0, 2).join(" "))).toEqual([
        "CREATE STREAM",
        "CREATE STREAM",
        "DROP STREAM",
        "DROP STREAM",
      ]);
    },
    / AS SELECT /,
  );
  expect(await trialTopics()).toEqual([]);
});

it("names what it could not take away", async () => {
  const name = "500.00 is large, 499.99 and no total are not";
  await withStub(
    casesOf("ORDERS_LARGE"),
    async (stub) => {
      const { code, output } = await trial([...plain(stub), "--case", name]);
      expect(named(output)).toContain(
        "1 cases, 0 failed\n\nLeft behind:\n" +
          "  DROP STREAM IF EXISTS TRIAL_X_1_ORDERS_LARGE;: The server refuses (40001): no\n",
      );
      expect(code).toBe(1);
    },
    /^DROP STREAM IF EXISTS \w+_LARGE/,
  );
});

it("takes everything away on Ctrl-C", async () => {
  const name = "500.00 is large, 499.99 and no total are not";
  // A result that never comes.
  const [test] = casesOf("ORDERS_LARGE");
  await withStub([{ inputs: test?.inputs ?? [], outputs: [] }], async (stub) => {
    const { code, output } = await trial([...plain(stub), "--case", name], {}, () => stub.statements.length === 2);
    expect(output).toContain("stopping: what was made is taken away; Ctrl-C again leaves it");
    expect(output).toContain("It was stopped.");
    expect(code).toBe(1);
    expect(stub.statements.slice(2).map(named)).toEqual([
      "DROP STREAM IF EXISTS TRIAL_X_1_ORDERS_LARGE;",
      "DROP STREAM IF EXISTS TRIAL_X_1_ORDERS;",
    ]);
    expect(await trialTopics()).toEqual([]);
  });
});

describe("a call that is wrong", () => {
  const calls: readonly (readonly [string, string[], string])[] = [
    ["names no server", [], "Usage: npm run test:ksqldb"],
    [
      "names a case that is none",
      ["--case", "NOTHING"],
      "No case is called NOTHING. The statements are: CUSTOMERS_BY_COMPANY, ",
    ],
    ["has a key and no secret", ["--key", "k"], "--key has no secret. Give --secret too."],
    [
      "has an odd time",
      ["--settle", "soon"],
      "--settle soon is not a number of milliseconds. Write a whole number, 1 or more.",
    ],
  ];
  it.each(calls)("%s", async (_, args, text) => {
    const server = args.length === 0 ? [] : ["--endpoint", "http://127.0.0.1:9", "--broker", broker.plaintext];
    const { code, output } = await trial([...server, ...args]);
    expect(output).toContain(text);
    expect(code).toBe(2);
  });

  it("names a broker that is not there", async () => {
    const { code, output } = await trial(["--endpoint", "http://127.0.0.1:9", "--broker", "127.0.0.1:9"]);
    expect(output).toMatch(/^127\.0\.0\.1:9 cannot be used: /);
    expect(code).toBe(2);
  });
});
