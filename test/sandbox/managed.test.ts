import { readdirSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import type { Properties } from "../../sandbox/cloud/inventory.ts";
import { ending, stepsOf, TestStack } from "./harness.ts";

const apiSecret = "canary-Zq7!x";
const rotatedSecret = "canary-Zq8!x";
const connectors = "confluentcloud:index/connector:Connector";

describe("connectors that Confluent runs", () => {
  const stack = new TestStack();
  const said: string[] = [];
  afterAll(() => stack.close());

  /** Declares it with further settings of the connector mssql. */
  const declare = (settings: Record<string, string> = {}, secret = apiSecret) =>
    stack.declare({
      secrets: { "confluentcloud:cloudApiSecret": secret },
      config: {
        stage: 0,
        connect: { placement: "managed", image: "" },
        "mssql.tls": "trust",
        "mssql.settings": settings,
      },
    });
  const say = async (code: number, run: ReturnType<typeof ending>) => {
    const ended = await ending(code, run);
    said.push(ended.output);
    return ended;
  };
  const isSource = ({ configNonsensitive }: Properties) => JSON.stringify(configNonsensitive).includes('"mssql"');
  const states = () =>
    stack.cloud
      .all(connectors)
      .filter(({ properties }) => isSource(properties))
      .map(({ properties }) => properties.status);

  it("are made, and seen to run", async () => {
    await declare();
    const up = await say(0, stack.engine.up());
    expect(stepsOf(up)).toEqual(
      expect.arrayContaining(["create Connector connect-mssql-connector", "create ManagedStatus connect-mssql-status"]),
    );
    expect(states()).toEqual(["RUNNING"]);
    await say(0, stack.engine.preview(["--refresh", "--expect-no-changes"]));
  });

  const broken = { "driver.applicationIntent": "WriteOnly" };

  it("fail the change that breaks them, with what Confluent says of it", async () => {
    await declare(broken);
    const preview = await say(0, stack.engine.preview(["--diff"]));
    expect(stepsOf(preview)).toEqual([
      "update Connector connect-mssql-connector",
      "update ManagedStatus connect-mssql-status",
    ]);
    const up = await say(1, stack.engine.up());
    expect(up.output).toContain(
      'connector mssql, task 0: Value "WriteOnly" is not valid for "driver.applicationIntent" configuration.',
    );
    expect(states()).toEqual(["FAILED"]);
  });

  it("fail again as long as they are broken", async () => {
    const up = await say(1, stack.engine.up(["--refresh"]));
    expect(up.output).toContain('connector mssql, task 0: Value "WriteOnly" is not valid');
  });

  it("are looked at again when the old settings are back", async () => {
    await declare();
    const up = await say(0, stack.engine.up(["--diff"]));
    expect(stepsOf(up)).toEqual([
      "update Connector connect-mssql-connector",
      "update ManagedStatus connect-mssql-status",
    ]);
    expect(states()).toEqual(["RUNNING"]);
    await say(0, stack.engine.preview(["--expect-no-changes"]));
  });

  it("are looked at again with a rotated key", async () => {
    await declare({}, rotatedSecret);
    expect(stepsOf(await say(0, stack.engine.up(["--diff"])))).toEqual([
      "update ManagedStatus connect-mssql-status",
      "update ManagedStatus connect-sink-snowflake-status",
    ]);
  });

  it("go, to the last thing", async () => {
    const exported = await stack.engine.call(["stack", "export", "--stack", "local"]);
    said.push(exported.output);
    expect(exported.output).toContain("dataplane:connect:ManagedStatus");
    await say(0, stack.engine.destroy());
    expect(stack.cloud.all()).toEqual([]);
  });

  it("never tell the secret of the key that they are asked for with", () => {
    const folder = path.join(stack.folder, "sandbox");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => path.join(folder, name))
      .filter((file) => statSync(file).isFile());
    expect(files.length).toBeGreaterThan(10);
    const texts = [...said, ...files.map((file) => readFileSync(file, "latin1"))];
    expect(texts.filter((text) => text.includes(apiSecret) || text.includes(rotatedSecret))).toEqual([]);
  });
});
