import { readdirSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import type { Run } from "../../sandbox/engine/engine.ts";
import { big, customers, enriched, large, orders } from "../unit/sandbox/ksqldb/shop.ts";
import { ending, stepsOf, TestStack } from "./harness.ts";

const secret = "canary-Kq7!x";
const rotated = "canary-Kq8!x";

const small =
  "CREATE STREAM small WITH (KAFKA_TOPIC = 'SMALL', FORMAT = 'AVRO') AS SELECT order_id, item FROM orders WHERE total < 1 EMIT CHANGES;";

/** A program of nothing but statements: each is a resource that needs those that make what it reads. */
function program(statements: readonly string[], endpoint: string): string {
  return `
import * as pulumi from "@pulumi/pulumi";
import { needsOf, planOf, rulesOf } from "./model/ksql/change/statementPlan.ts";
import { checkKsql } from "./model/ksql/check.ts";

class Statement extends pulumi.CustomResource {
  declare readonly revision: pulumi.Output<string>;
  constructor(name: string, args: object, opts: pulumi.CustomResourceOptions) {
    super("dataplane:ksqldb:Statement", name, { ...args, revision: undefined }, opts);
  }
}

const made = new Map<string, Statement>();
for (const statement of checkKsql([{ file: "sql/ksqldb/ALL.sql", text: ${JSON.stringify(statements.join("\n"))} }]).statements) {
  const plan = planOf(statement);
  const needs = needsOf(plan);
  const args = {
    endpoint: ${JSON.stringify(endpoint)},
    key: pulumi.secret("KEY"),
    secret: new pulumi.Config("confluentcloud").requireSecret("cloudApiSecret"),
    file: statement.file,
    sql: statement.normal,
    plan,
    reads: Object.fromEntries(needs.map((name) => [name, made.get(name)?.revision ?? ""])),
    ...rulesOf(statement.header, true),
    deleteTopic: statement.kind !== "createSource",
  };
  const dependsOn = needs.flatMap((name) => made.get(name) ?? []);
  made.set(statement.name ?? "", new Statement(statement.name ?? "", args, { deleteBeforeReplace: true, dependsOn }));
}
`;
}

describe("statements, deployed by the engine", () => {
  const stack = new TestStack("local", { checkpoints: true });
  const said: string[] = [];
  const topics = ["orders", "customers"];
  beforeAll(() => {
    topics.forEach((id) => stack.cloud.put({ id, type: "kafka:topic", properties: { partitions: 3 } }));
  });
  afterAll(() => stack.close());

  const all = (join = "", filter = "") => [orders, customers, enriched(join), big, large(filter)];
  const declare = async (statements: readonly string[], apiSecret = secret) => {
    const endpoint = await stack.provider.ksqlDb.listen();
    return stack.declare({
      edits: { "index.ts": () => program(statements, endpoint) },
      secrets: { "confluentcloud:cloudApiSecret": apiSecret },
    });
  };
  const say = async (code: number, run: Promise<Run>) => {
    const ended = await ending(code, run);
    said.push(ended.output);
    return ended;
  };
  /** What was sent to the server since the last call, by verb and name. */
  let told = 0;
  const sent = () => {
    const { commands } = stack.provider.ksqlDb.server;
    const fresh = commands.slice(told);
    told = commands.length;
    return fresh.map((ksql) => /^(CREATE OR REPLACE|CREATE|DROP) \w+ \w+/.exec(ksql)?.[0] ?? ksql);
  };
  const queries = () => Object.keys(stack.provider.ksqlDb.server.engine.state.queries).sort();

  it("are made in the order in which they read each other", async () => {
    await declare(all());
    await say(0, stack.engine.preview());
    expect(sent()).toEqual([]);
    await say(0, stack.engine.up());
    const order = sent();
    expect(order.slice().sort()).toEqual([
      "CREATE STREAM BIG",
      "CREATE STREAM ENRICHED",
      "CREATE STREAM LARGE",
      "CREATE STREAM ORDERS",
      "CREATE TABLE CUSTOMERS",
    ]);
    expect(order.indexOf("CREATE STREAM ENRICHED")).toBeGreaterThan(order.indexOf("CREATE TABLE CUSTOMERS"));
    expect(order.indexOf("CREATE STREAM ENRICHED")).toBeGreaterThan(order.indexOf("CREATE STREAM ORDERS"));
    expect(order.indexOf("CREATE STREAM BIG")).toBeGreaterThan(order.indexOf("CREATE STREAM ENRICHED"));
    await say(0, stack.engine.preview(["--refresh", "--expect-no-changes"]));
  });

  it("change in place where the server can", async () => {
    const before = queries();
    await declare(all("", "WHERE total > 5"));
    const preview = await say(0, stack.engine.preview());
    expect(stepsOf(preview)).toEqual(["update Statement LARGE"]);
    expect(preview.output).toContain(
      "LARGE is replaced in place (CREATE OR REPLACE): it gets the filter WHERE TOTAL > 5.",
    );
    await say(0, stack.engine.up());
    expect(sent()).toEqual(["CREATE OR REPLACE STREAM LARGE"]);
    expect(queries()).toEqual(before);
  });

  it("a source with one more column changes in place, and nothing that reads it is touched", async () => {
    const wider = all("", "WHERE total > 5").map((text) =>
      text.replace("total DECIMAL(5,2))", "total DECIMAL(5,2), city STRING)"),
    );
    await declare(wider);
    const preview = await say(0, stack.engine.preview());
    expect(stepsOf(preview)).toEqual(["update Statement ORDERS"]);
    expect(preview.output).toContain("CITY STRING is appended");
    await say(0, stack.engine.up());
    expect(sent()).toEqual(["CREATE OR REPLACE STREAM ORDERS"]);
  });

  const wide = (join: string) =>
    all(join, "WHERE total > 5").map((text) => text.replace("total DECIMAL(5,2))", "total DECIMAL(5,2), city STRING)"));

  it("are dropped and made again where it cannot, what reads them first", async () => {
    await declare(wide("WHERE o.total > 1"));
    const preview = await say(0, stack.engine.preview());
    expect(stepsOf(preview).filter((step) => step.startsWith("replace "))).toEqual([
      "replace Statement BIG",
      "replace Statement ENRICHED",
    ]);
    expect(stepsOf(preview).join()).not.toContain("LARGE");
    expect(preview.output).toContain(
      "It is replaced: a join cannot be replaced in place. What reads ENRICHED is dropped before it and made again after " +
        "it. Its topic ENRICHED is deleted with its schemas, and filled again from the beginning of what it reads.",
    );
    expect(preview.output).toContain("It is replaced: what it reads is made anew. What reads BIG");
    expect(sent()).toEqual([]);
    await say(0, stack.engine.up());
    expect(sent()).toEqual(["DROP STREAM BIG", "DROP STREAM ENRICHED", "CREATE STREAM ENRICHED", "CREATE STREAM BIG"]);
    await say(0, stack.engine.preview(["--refresh", "--expect-no-changes"]));
  });

  it.each(["delete", "create"] as const)("go on where a %s failed", async (failing) => {
    await declare(wide(`WHERE o.total > ${failing === "delete" ? 2 : 3}`));
    let failures = 0;
    stack.provider.intervene = (operation, urn) =>
      operation === failing && urn.endsWith("::ENRICHED") && failures++ === 0 ? "fail" : undefined;
    const failed = await stack.engine.up();
    said.push(failed.output);
    expect(failed.code).not.toBe(0);
    expect(failed.output).toContain("made to fail by the sandbox");
    await say(0, stack.engine.up());
    expect(sent().filter((ksql) => /LARGE|ORDERS|CUSTOMERS/.test(ksql))).toEqual([]);
    expect(
      stack.cloud
        .all("ksqldb:relation")
        .map(({ id }) => id)
        .sort(),
    ).toEqual(["BIG", "CUSTOMERS", "ENRICHED", "LARGE", "ORDERS"]);
    await say(0, stack.engine.preview(["--refresh", "--expect-no-changes"]));
  });

  it("what the server would refuse is refused in the preview", async () => {
    const broken = wide("WHERE o.total > 4");
    await declare(broken);
    stack.provider.ksqlDb.disturb = ({ ksql }) =>
      ksql.startsWith("EXPLAIN")
        ? { status: 400, body: { error_code: 40001, message: "Line: 1, Col: 1: no" } }
        : undefined;
    const preview = await stack.engine.preview();
    said.push(preview.output);
    expect(preview.code).not.toBe(0);
    expect(preview.output).toContain(
      "sql/ksqldb/ALL.sql: nothing is dropped, since ksqlDB refuses what is to come: Line: 1, Col: 1: no",
    );
    stack.provider.ksqlDb.disturb = () => undefined;
    sent();
  });

  it("take a rotated key without a word to the server", async () => {
    await declare(wide("WHERE o.total > 3"), rotated);
    const preview = await say(0, stack.engine.preview());
    expect(new Set(stepsOf(preview).map((step) => step.split(" ")[0]))).toEqual(new Set(["update"]));
    const { requests } = stack.provider.ksqlDb.server;
    const before = requests.length;
    await say(0, stack.engine.up());
    expect(requests).toHaveLength(before);
  });

  it("what was dropped by hand is made again, with what reads it", async () => {
    const { engine } = stack.provider.ksqlDb.server;
    ["DROP STREAM BIG;", "DROP STREAM ENRICHED;"].forEach((ksql) => engine.run({ ksql }));
    await say(0, stack.engine.up(["--refresh"]));
    expect(sent()).toEqual(["CREATE STREAM ENRICHED", "CREATE STREAM BIG"]);
  });

  it("are found by the next up when Ctrl-C cut the run after the server had carried one out", async () => {
    const more = [...wide("WHERE o.total > 3"), small];
    await declare(more, rotated);
    const { ksqlDb } = stack.provider;
    let press: () => void = () => undefined;
    ksqlDb.disturb = ({ ksql }) => {
      if (!ksql.startsWith("CREATE STREAM SMALL")) {
        return undefined;
      }
      setTimeout(press, 200);
      return "hangAfter";
    };
    const cut = await stack.engine.up([], { onStart: (child) => (press = () => child.kill("SIGINT")) });
    said.push(cut.output);
    expect(cut.code).not.toBe(0);
    ksqlDb.disturb = () => undefined;
    expect(queries().filter((id) => id.startsWith("CSAS_SMALL_"))).toHaveLength(1);
    await say(0, stack.engine.up());
    expect(sent()).toEqual(["CREATE STREAM SMALL"]);
    await declare(wide("WHERE o.total > 3"), rotated);
    await say(0, stack.engine.up());
    expect(sent()).toEqual(["DROP STREAM SMALL"]);
  });

  it("go backwards, and leave nothing", async () => {
    await say(0, stack.engine.destroy());
    const order = sent();
    expect(order).toHaveLength(5);
    expect(order.indexOf("DROP STREAM BIG")).toBeLessThan(order.indexOf("DROP STREAM ENRICHED"));
    expect(order.indexOf("DROP STREAM ENRICHED")).toBeLessThan(order.indexOf("DROP STREAM ORDERS"));
    expect(stack.cloud.all().map(({ id }) => id)).toEqual(topics);
    expect(stack.provider.ksqlDb.server.engine.topics.subjects().filter((name) => /^[A-Z]/.test(name))).toEqual([]);
  });

  it("never tell the secret", () => {
    const folder = path.join(stack.folder, "sandbox");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => path.join(folder, name))
      .filter((file) => statSync(file).isFile());
    const texts = [...said, ...files.map((file) => readFileSync(file, "latin1"))];
    expect(texts.filter((text) => text.includes(secret) || text.includes(rotated))).toEqual([]);
  });
});
