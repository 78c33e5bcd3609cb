import type { StatementProperties } from "../../../../providers/ksqldb/properties.ts";
import { busy } from "../../../../sandbox/ksqldb/problem.ts";
import type { Intervention, Request } from "../../../../sandbox/ksqldb/server.ts";
import { big, customers, enriched, large, orders } from "../../sandbox/ksqldb/shop.ts";
import { Lab, stopLabs } from "./lab.ts";

afterEach(stopLabs);

const inserted = "INSERT INTO large SELECT order_id, item, total FROM orders WHERE total > 5 EMIT CHANGES;";

/** Five statements are made, one changes in place, and all are taken away; what there was in between. */
async function life(lab: Lab): Promise<unknown> {
  const states: StatementProperties[] = [];
  const all = [orders, customers, enriched(), big, large()];
  for (let count = 1; count <= all.length; count += 1) {
    states.push(await lab.create(lab.inputs(all.slice(0, count))));
  }
  const changed = large("WHERE total > 5");
  states.push(await lab.update(states.pop() ?? lab.inputs([orders]), lab.inputs([orders, changed])));
  states.push(await lab.create(lab.inputs([orders, changed, inserted])));
  const found = {
    has: lab.has(),
    queries: lab.queries().map((id) => id.replace(/_\d+$/, "")),
    text: lab.server.engine.state.relations.LARGE?.text,
    topics: lab.server.engine.topics.names(),
  };
  for (const state of states.reverse()) {
    await lab.delete(state);
  }
  return { ...found, left: [lab.has(), lab.queries(), lab.server.engine.topics.names(), lab.warnings] };
}

const overloaded = ({ ksql }: Request): Intervention => busy.overloaded(ksql);

describe("whichever request goes wrong once, the end is the same", () => {
  let undisturbed: unknown;
  let requests = 0;

  beforeAll(async () => {
    const lab = await Lab.start();
    undisturbed = await life(lab);
    requests = lab.server.requests.length;
    expect(undisturbed).toMatchObject({
      has: ["BIG", "CUSTOMERS", "ENRICHED", "LARGE", "ORDERS"],
      text: expect.stringContaining("WHERE (ORDERS.TOTAL > 5)") as string,
      left: [[], [], ["customers", "orders", "other"], []],
    });
    expect(requests).toBeGreaterThan(25);
  });

  it.each<[what: string, happens: (request: Request) => Intervention]>([
    ["the connection is cut before", () => "reset"],
    ["the connection is cut after", () => "lost"],
    ["it hangs before", () => "hang"],
    ["it hangs after", () => "hangAfter"],
    ["it is done twice", () => "twice"],
    ["the server is not ready", () => busy.notReady()],
    ["the server shuts down", () => busy.shuttingDown()],
    ["too many requests", () => busy.tooMany()],
    ["the server is behind", () => busy.behind(8)],
    ["the command topic does not keep up", overloaded],
    ["the command topic does not keep up, and it is done", (request) => ({ after: busy.overloaded(request.ksql) })],
    ["something before the server fails", () => ({ status: 502, body: "<html>Bad Gateway</html>" })],
  ])("%s", async (_, happens) => {
    for (let disturbed = 0; disturbed < requests; disturbed += 1) {
      const lab = await Lab.start();
      lab.requestMs = 60;
      let count = 0;
      lab.server.intervene = (request) => (count++ === disturbed ? happens(request) : undefined);
      expect(await life(lab)).toEqual(undisturbed);
      stopLabs();
    }
  });
});

describe("what does not pass", () => {
  const failing = async (intervene: (request: Request) => Intervention | undefined) => {
    const lab = await Lab.start();
    lab.server.intervene = intervene;
    return lab;
  };

  it("a server that never answers is given up, with the last word", async () => {
    const lab = await failing(() => "reset");
    await expect(lab.create(lab.inputs([orders]))).rejects.toThrow(
      /^DESCRIBE ORDERS: gave up after 120 s; the last word: ksqlDB at http:\/\/127\.0\.0\.1:\d+ cannot be reached: /,
    );
  });

  it("one that is always overloaded too", async () => {
    const lab = await failing((request) => (request.ksql.startsWith("CREATE") ? overloaded(request) : undefined));
    await expect(lab.create(lab.inputs([orders]))).rejects.toThrow(
      /^CREATE STREAM ORDERS .*: gave up after 120 s; .*command topic/s,
    );
  });

  it("a statement that is refused is refused once, in the server's words", async () => {
    const lab = await Lab.start();
    const inputs = lab.inputs([orders.replace("'orders'", "'nope'")]);
    await expect(lab.create(inputs)).rejects.toThrow(
      /^Topic 'nope' does not exist\. If you want to create a new topic/,
    );
    expect(lab.server.commands).toHaveLength(1);
  });

  it("a topic with other partitions is no server that is busy", async () => {
    const lab = await Lab.start();
    const inputs = lab.inputs([orders.replace("FORMAT", "PARTITIONS = 7, FORMAT")]);
    await expect(lab.create(inputs)).rejects.toThrow(
      /orders has 3 partitions|A Kafka topic with the name 'orders' already exists/,
    );
    expect(lab.server.commands).toHaveLength(1);
  });

  it("a command that was taken and failed", async () => {
    const lab = await Lab.start([], { slow: () => 2 });
    lab.server.intervene = ({ path }) =>
      path.startsWith("/status") ? { status: 200, body: { status: "ERROR", message: "Out of memory" } } : undefined;
    await expect(lab.create(lab.inputs([orders]))).rejects.toThrow(new Error("Out of memory"));
  });

  it("what the ksqlDB cluster itself may not read", async () => {
    const lab = await failing(({ ksql }) =>
      ksql.startsWith("CREATE")
        ? {
            status: 403,
            body: { error_code: 40301, message: "Authorization denied to Describe on topic(s): [orders]" },
          }
        : undefined,
    );
    await expect(lab.create(lab.inputs([orders]))).rejects.toThrow(
      new Error(
        `ksqlDB at ${lab.endpoint} may not use a topic or a subject: Authorization denied to Describe on topic(s): [orders]. ` +
          "Give the ksqlDB cluster's own service account the ACL or the role that is missing",
      ),
    );
  });

  it("an account without the role", async () => {
    const lab = await Lab.start();
    lab.server.admits = () => "forbidden";
    await expect(lab.create(lab.inputs([orders]))).rejects.toThrow(
      new Error(
        `the account of the API key may not use ksqlDB at ${lab.endpoint}: You are forbidden from using this cluster.. ` +
          "Give it the role KsqlAdmin on the ksqlDB cluster",
      ),
    );
  });
});

describe("a key", () => {
  it("that was just made is tried for minutes, and says so once", async () => {
    const lab = await Lab.start();
    lab.server.admits = () => lab.waited > 100_000;
    const client = lab.client({ freshKeyMs: 600_000, deadlineMs: 600_000, tell: (words) => lab.warnings.push(words) });
    expect(await client.describe("ORDERS")).toBeUndefined();
    expect(lab.warnings).toEqual([
      `ksqlDB at ${lab.endpoint} does not take the API key. It has to be a key of this ksqlDB cluster (a key of Kafka or of ` +
        "Confluent Cloud is none); a new one works after some minutes: it is tried for 10 minutes.",
    ]);
  });

  it("that has worked before is refused at once", async () => {
    const lab = await Lab.start();
    await lab.client().describe("ORDERS");
    lab.server.admits = () => false;
    await expect(lab.client({ freshKeyMs: 600_000 }).describe("ORDERS")).rejects.toThrow(/does not take the API key/);
    expect(lab.waited).toBe(0);
  });

  it("that is never taken is given up", async () => {
    const lab = await Lab.start();
    lab.server.admits = () => false;
    await expect(lab.client({ freshKeyMs: 60_000, deadlineMs: 600_000 }).describe("ORDERS")).rejects.toThrow(
      /^ksqlDB at .* does not take the API key\./,
    );
    expect(lab.waited).toBeGreaterThanOrEqual(60_000);
  });
});

describe("a topic without a row, whose schema ksqlDB would register first", () => {
  const empty = async () => {
    const lab = await Lab.start();
    lab.server.engine.topics.unregister("orders-value");
    return lab;
  };
  const sent = ({ server }: Lab) => server.commands.map((ksql) => ksql.slice(0, 20));

  it("is waited for, which is said once", async () => {
    const lab = await empty();
    lab.server.intervene = () => {
      if (lab.waited > 60_000) {
        lab.server.engine.topics.register("orders-value");
      }
      return undefined;
    };
    await lab.create(lab.inputs([orders]));
    expect(lab.warnings).toEqual(["orders has no row yet: it is waited for, 2 minutes at most."]);
    expect(lab.waited).toBeGreaterThan(60_000);
    expect(sent(lab)).toEqual(["CREATE STREAM ORDERS"]);
  });

  it("is given up, with what to do, and nothing is sent", async () => {
    const lab = await empty();
    await expect(lab.create(lab.inputs([orders]))).rejects.toThrow(
      new Error(
        "The first row of orders: gave up after 120 s; the last word: the registry has no orders-value yet, which the " +
          "connector registers with the table's first row. Insert one, or look whether the connector runs, and then run " +
          "pulumi up again",
      ),
    );
    expect(sent(lab)).toEqual([]);
  });

  it.each<[string, string, (lab: Lab) => void]>([
    ["a server that has no ASSERT", orders, ({ server }) => (server.intervene = refusesAssert)],
    ["a topic that the statement makes", orders.replace("'orders'", "'new', PARTITIONS = 3"), () => undefined],
    ["a topic without schemas", orders.replace("AVRO", "JSON"), () => undefined],
  ])("is not waited for: %s", async (_, text, prepare) => {
    const lab = await empty();
    prepare(lab);
    await lab.create(lab.inputs([text]));
    expect([lab.waited, lab.warnings, lab.has()]).toEqual([0, [], ["ORDERS"]]);
  });
});

const refusesAssert = ({ ksql }: Request): Intervention | undefined =>
  ksql.startsWith("ASSERT") ? { status: 400, body: { error_code: 40001, message: "Syntax Error" } } : undefined;

it("each statement waits for the command before it, also across clients of one server", async () => {
  const lab = await Lab.start();
  await lab.create(lab.inputs([orders]));
  await lab.create(lab.inputs([customers]));
  const numbers = lab.server.requests.map(({ commandSequenceNumber }) => commandSequenceNumber);
  expect(numbers).toEqual([undefined, undefined, undefined, 0, 0, 0, 0, 2]);
});

it("a server that was made anew behind the same address is not waited for", async () => {
  const lab = await Lab.start([orders, customers]);
  await lab.create(lab.inputs([orders, large()]));
  Object.assign(lab.server.engine.state, { relations: {}, queries: {}, commands: {}, next: 0 });
  await lab.create(lab.inputs([orders]));
  expect(lab.has()).toEqual(["ORDERS"]);
});
