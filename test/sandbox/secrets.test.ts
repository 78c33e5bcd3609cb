import { readdirSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { pipeline } from "../../pipeline.ts";
import { secretKeysOf } from "../../sandbox/engine/secrets.ts";
import { ending, TestStack, withConsumer } from "./harness.ts";

const canaries = {
  ...Object.fromEntries(secretKeysOf(pipeline).map((key, index) => [key, `canary-${String(index)}-Zq7!x`])),
  "redshift.password": "canary-redshift-Zq7!x",
  "bigquery.accountKey": '{ "type": "service_account", "private_key": "canary-bigquery-Zq7!x" }',
  "azureblob.accountKey": `${"Y2FuYXJ5".repeat(10)}WnE3IX==`,
  "jdbc.password": "canary-jdbc-Zq7!x",
  "http.token": "canary-http-Zq7!x",
};

/** Every target there is, so that each of these secrets is used. */
const everyTarget = {
  targets: Object.keys(pipeline.targets),
  "redshift.host": "shop.123456789012.us-east-1.redshift-serverless.amazonaws.com",
  "bigquery.project": "shop-123456",
  "bigquery.dataset": "shop",
  "azureblob.account": "shopfiles",
  "azureblob.container": "shop",
  "jdbc.host": "db.sandbox.invalid",
  "jdbc.database": "shop",
  "http.url": "https://api.example.com/v1",
  "http.auth": "bearer",
};

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile());
}

describe("a secret is found nowhere in clear", () => {
  const stack = new TestStack();
  const said: string[] = [];
  const keySecrets: string[] = [];
  afterAll(() => stack.close());

  it("whatever the engine does", async () => {
    await stack.declare({ ...withConsumer, config: everyTarget, secrets: canaries }); // whose keys are outputs of the stack
    said.push((await ending(0, stack.engine.preview(["--diff", "--show-config"]))).output);
    said.push((await ending(0, stack.engine.up())).output);
    const inClear = await stack.engine.call(["stack", "export", "--show-secrets", "--stack", "local"]);
    keySecrets.push(
      ...[...inClear.output.matchAll(/"plaintext": *"\\"([\w+/=]{64})\\""/g)].flatMap((found) => found[1] ?? []),
    );
    said.push((await stack.engine.call(["stack", "output", "--json", "--stack", "local"])).output);
    said.push((await stack.engine.call(["stack", "export", "--stack", "local"])).output);
    said.push((await stack.engine.call(["config", "--stack", "local"])).output);
    said.push((await ending(0, stack.engine.preview(["--diff", "--refresh"]))).output);
  });

  it("nor when it fails", async () => {
    stack.provider.intervene = () => "fail";
    await stack.declare({
      secrets: { ...canaries, "mssql.password": "canary-new-Zq7!x" },
      config: { ...everyTarget, "kafka.partitions": 12 },
    });
    const failed = await stack.engine.up(["--diff"]);
    expect(failed.code).not.toBe(0);
    said.push(failed.output);
    stack.provider.intervene = () => undefined;
    await stack.declare({
      secrets: canaries,
      config: { ...everyTarget, "kafka.type": "enterprize", "mssql.port": "none" },
    });
    const mistaken = await stack.engine.preview();
    expect(mistaken.output).toContain("Stack local has 2 mistakes; nothing was changed.");
    said.push(mistaken.output);
    await stack.declare({ config: everyTarget, secrets: canaries });
    said.push((await ending(0, stack.engine.destroy(["--skip-preview", "--diff"]))).output);
  });

  it("in nothing that was said, and in no file that was written", () => {
    const places = new Map(said.map((text, index) => [`output ${String(index)}`, text]));
    filesBelow(path.join(stack.folder, "sandbox")).forEach((file) => places.set(file, readFileSync(file, "latin1")));
    filesBelow(path.join(stack.folder, "project"))
      .filter((file) => file.endsWith(".yaml"))
      .forEach((file) => places.set(file, readFileSync(file, "latin1")));
    expect(places.size).toBeGreaterThan(20);
    const secrets = [...Object.values(canaries), "canary-bigquery", ...keySecrets];
    expect(new Set(keySecrets).size).toBeGreaterThanOrEqual(7);
    const found = [...places].flatMap(([place, text]) =>
      secrets.filter((secret) => text.includes(secret)).map((secret) => `${place}: ${secret}`),
    );
    expect(found).toEqual([]);
  });
});

describe("a mistake in the program", () => {
  const stack = new TestStack();
  afterAll(() => stack.close());

  it("still names its file and line", async () => {
    await stack.declare({
      edits: {
        "components/kafka/topics.ts": (text) =>
          text.replace("return new KafkaTopic(", "null!.oops;\n  return new KafkaTopic("),
      },
    });
    const preview = await stack.engine.preview();
    expect(preview.code).not.toBe(0);
    expect(preview.output).toMatch(/Cannot read properties of null \(reading 'oops'\)/);
    expect(preview.output).toMatch(/components\/kafka\/topics\.ts:\d+:\d+/);
  });
});
