import { big, customers, enriched, large, orders } from "../../sandbox/ksqldb/shop.ts";
import { Lab, stopLabs } from "./lab.ts";

afterEach(stopLabs);

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const inserted = "INSERT INTO large SELECT order_id, item, total FROM orders WHERE total > 5 EMIT CHANGES;";

describe("a statement is made", () => {
  it("with its query, reading from where it is told", async () => {
    const lab = await Lab.start([orders]);
    const state = await lab.create(lab.inputs([orders, large()], { reprocess: "from now" }));
    expect(state).toMatchObject({
      queryId: "CSAS_LARGE_3",
      revision: expect.stringMatching(/^[0-9a-f]{8}$/) as string,
    });
    expect(lab.server.engine.state.queries.CSAS_LARGE_3?.reset).toBe("latest");
    expect(lab.server.requests[0]).toMatchObject({
      authorization: `Basic ${Buffer.from("KEY:secret").toString("base64")}`,
    });
    expect(await lab.read(state)).toEqual(state);
  });

  it("slowly: its command is asked for until it is done", async () => {
    const lab = await Lab.start([], { slow: () => 3 });
    expect(await lab.create(lab.inputs([orders]))).toMatchObject({ queryId: "" });
    expect(lab.server.requests.map(({ method, path }) => `${method} ${path}`)).toContain(
      "GET /status/stream/%60ORDERS%60/create",
    );
    expect(lab.waited).toBe(3_000);
  });

  it("and found when a run was cut after it, joins, stars and all", async () => {
    const all = [orders, customers, enriched("WHERE o.total > 5 AND c.name IS NOT NULL"), big];
    const lab = await Lab.start(all);
    for (let count = 1; count <= all.length; count += 1) {
      await lab.create(lab.inputs(all.slice(0, count)));
    }
    expect(lab.server.commands).toEqual([]);
  });

  it("unless somebody else has that name", async () => {
    const lab = await Lab.start([orders, large("WHERE total > 5")]);
    await expect(lab.create(lab.inputs([orders, large()]))).rejects.toThrow(
      new Error(
        "sql/ksqldb/X.sql: a stream LARGE is there already, and this stack has not made it. Drop it (DROP STREAM LARGE;), " +
          "give this one another name, or set adopt: true to take it over.",
      ),
    );
    expect(lab.server.commands).toEqual([]);
  });

  it("over what is there when it adopts that", async () => {
    const lab = await Lab.start([orders, large("WHERE total > 5")]);
    expect(await lab.create(lab.inputs([orders, large()], { adopt: true }))).toMatchObject({ queryId: "CSAS_LARGE_3" });
    expect(lab.server.commands).toEqual([expect.stringMatching(/^CREATE OR REPLACE STREAM LARGE /)]);
    await expect(lab.create(lab.inputs([orders, large("", "order_id, item")], { adopt: true }))).rejects.toThrow(
      new Error(
        "sql/ksqldb/X.sql: LARGE is there with other columns, and cannot be taken over: it is a stream over LARGE with " +
          "ORDER_ID INTEGER KEY, ITEM STRING, TOTAL DECIMAL(5,2).",
      ),
    );
  });

  it("an INSERT gets a name for its query, and is made once", async () => {
    const lab = await Lab.start([orders, large()]);
    const inputs = lab.inputs([orders, large(), inserted]);
    const state = await lab.create(inputs);
    expect(state.queryId).toMatch(/^INSERT_INTO_LARGE_[0-9A-F]{8}$/);
    expect(await lab.create(inputs)).toMatchObject({ queryId: state.queryId });
    expect(lab.server.commands).toHaveLength(1);
    expect(await lab.read(state)).toEqual(state);
    await lab.delete(state);
    expect(lab.queries()).toEqual(["CSAS_LARGE_3"]);
    expect(await lab.read(state)).toBeUndefined();
  });
});

describe("a difference says what will happen", () => {
  it.each<[what: string, before: string, after: string, is: object]>([
    ["nothing", large(), large(), { changes: false, replaces: [], words: "" }],
    [
      "in place",
      large(),
      large("WHERE total > 5"),
      {
        changes: true,
        replaces: [],
        words:
          "LARGE is replaced in place (CREATE OR REPLACE): it gets the filter WHERE TOTAL > 5. Rows that are in its topic " +
          "already stay as they are.",
      },
    ],
    [
      "made anew",
      large(),
      large("", "order_id, total"),
      {
        changes: true,
        replaces: ["sql"],
        words:
          "It is replaced: ITEM is taken out of its columns. What reads LARGE is dropped before it and made again after " +
          "it. Its topic LARGE is deleted with its schemas, and filled again from the beginning of what it reads.",
      },
    ],
  ])("%s", async (_, before, after, is) => {
    const lab = await Lab.start([orders]);
    expect(await lab.diff(await lab.create(lab.inputs([orders, before])), lab.inputs([orders, after]))).toEqual(is);
  });

  it.each<[what: string, change: object, is: object]>([
    ["another key", { key: "NEW", secret: "new" }, { changes: true, replaces: [], words: "" }],
    [
      "another key that is not known yet",
      { key: unknown, secret: unknown },
      { changes: true, replaces: [], words: "" },
    ],
    ["another rule", { onReplacement: "keep topic" }, { changes: true, replaces: [], words: "" }],
    [
      "another server",
      { endpoint: "https://other" },
      { changes: true, replaces: ["endpoint"], words: "It is made anew on https://other." },
    ],
    [
      "a server that is not known yet",
      { endpoint: unknown },
      { changes: true, replaces: ["endpoint"], words: "It is made anew on a new server." },
    ],
    ["a source that is not known yet", { reads: { ORDERS: unknown } }, { changes: false, replaces: [], words: "" }],
    ["what a newer checker knows", { plan: undefined }, { changes: false, replaces: [], words: "" }],
    ...[{ reads: { ORDERS: "ORDERS-2" } }, { reads: unknown }].map((change): [string, object, object] => [
      `a source made anew: ${JSON.stringify(change)}`,
      change,
      {
        changes: true,
        replaces: ["reads"],
        words:
          "It is replaced: what it reads is made anew. What reads LARGE is dropped before it and made again after it. Its " +
          "topic LARGE is deleted with its schemas, and filled again from the beginning of what it reads.",
      },
    ]),
  ])("%s", async (_, change, is) => {
    const lab = await Lab.start([orders]);
    const state = await lab.create(lab.inputs([orders, large()]));
    const given = "plan" in change ? { plan: { ...state.plan, reads: ["ORDERS", "ORDERS"] } } : change;
    expect(await lab.diff(state, { ...lab.inputs([orders, large()]), ...given })).toEqual(is);
  });

  it("and what the server would refuse is refused before anything is dropped", async () => {
    const lab = await Lab.start([orders]);
    const state = await lab.create(lab.inputs([orders, large()]));
    const wider = orders.replace("item STRING", "item STRING, city STRING");
    await expect(lab.diff(state, lab.inputs([wider, large("", "order_id, city")]))).rejects.toThrow(
      new Error(
        "sql/ksqldb/X.sql: nothing is dropped, since ksqlDB refuses what is to come: Line: 1, Col: 26: SELECT column 'CITY' " +
          "cannot be resolved.",
      ),
    );
    // What it reads is not there yet, so that nobody can tell.
    const changing = lab.inputs([wider, large("", "order_id, city")], { reads: { ORDERS: unknown } });
    expect(await lab.diff(state, changing)).toMatchObject({ replaces: ["sql"] });
    // No server, no trial.
    lab.server.intervene = () => "reset";
    expect(await lab.diff(state, lab.inputs([orders, large("", "order_id, total")]))).toMatchObject({
      replaces: ["sql"],
    });
  });

  it("or that there is no way", async () => {
    const lab = await Lab.start([orders]);
    const state = await lab.create(lab.inputs([orders, large()]));
    const six = lab.inputs([
      orders.replace("FORMAT", "PARTITIONS = 3, FORMAT"),
      large().replace("FORMAT", "PARTITIONS = 6, FORMAT"),
    ]);
    const three = {
      ...state,
      plan: { ...state.plan, result: { ...state.plan.result, partitions: 3 } as typeof state.plan.result },
    };
    await expect(lab.diff(three, { ...six, onReplacement: "keep topic" })).rejects.toThrow(
      /^sql\/ksqldb\/X\.sql: LARGE cannot change: its topic LARGE has 3 partitions and would have 6/,
    );
  });

  it("a source's topic is never deleted", async () => {
    const lab = await Lab.start();
    const properties = (deleteTopic: boolean) =>
      lab.inputs([orders], { deleteTopic }) as object as Record<string, unknown>;
    expect(lab.kind.check(properties(false))).toEqual([]);
    expect(lab.kind.check(properties(true))).toEqual([
      { property: "deleteTopic", reason: "the topic of a source is another's" },
    ]);
  });
});

describe("a change", () => {
  it("in place keeps query and revision", async () => {
    const lab = await Lab.start([orders]);
    const state = await lab.create(lab.inputs([orders, large()]));
    const after = await lab.update(state, lab.inputs([orders, large("WHERE total > 5")]));
    expect(after).toMatchObject({ revision: state.revision, queryId: state.queryId });
    expect(after.statement).not.toBe(state.statement);
    expect(lab.server.engine.state.relations.LARGE?.text).toContain("WHERE (ORDERS.TOTAL > 5)");
    expect(await lab.diff(after, lab.inputs([orders, large("WHERE total > 5")]))).toMatchObject({ changes: false });
  });

  it("of the key sends nothing", async () => {
    const lab = await Lab.start([orders]);
    const state = await lab.create(lab.inputs([orders, large()]));
    const sent = lab.server.requests.length;
    const after = await lab.update(state, lab.inputs([orders, large()], { key: "NEW", secret: "new" }));
    expect(lab.server.requests).toHaveLength(sent);
    expect(after).toMatchObject({ key: "NEW", revision: state.revision, queryId: state.queryId });
  });

  it.each([
    ["delete topic", false, undefined],
    ["keep topic", true, 3],
  ] as const)("that makes it anew goes by its own rule: %s", async (onReplacement, deleteTopic, partitions) => {
    const lab = await Lab.start([orders]);
    const rules = { onReplacement, deleteTopic };
    const state = await lab.create(lab.inputs([orders, large()], rules));
    await lab.diff(state, lab.inputs([orders, large("", "order_id, total")], rules));
    await lab.delete(state);
    expect(lab.server.engine.topics.partitions("LARGE")).toBe(partitions);
  });
});

it("the rule that counts for a replacement is the new one, which its words have told", async () => {
  const lab = await Lab.start([orders]);
  const state = await lab.create(lab.inputs([orders, large()], { onReplacement: "keep topic", deleteTopic: false }));
  await lab.diff(state, lab.inputs([orders, large("", "order_id, total")], { onReplacement: "delete topic" }));
  await lab.delete(state);
  expect(lab.server.engine.topics.partitions("LARGE")).toBeUndefined();
});

describe("the end of a statement", () => {
  it.each([
    [true, undefined],
    [false, 3],
  ])("deletes its topic: %s", async (deleteTopic, partitions) => {
    const lab = await Lab.start([orders]);
    const state = await lab.create(lab.inputs([orders, large()], { deleteTopic, onReplacement: "keep topic" }));
    await lab.delete(state);
    expect([lab.has(), lab.queries()]).toEqual([["ORDERS"], []]);
    expect(lab.server.engine.topics.partitions("LARGE")).toBe(partitions);
    await lab.delete(state);
  });

  it("never takes a source's topic", async () => {
    const lab = await Lab.start();
    const state = await lab.create(lab.inputs([orders]));
    await lab.delete({ ...state, deleteTopic: true });
    expect([lab.has(), lab.server.engine.topics.partitions("orders")]).toEqual([[], 3]);
  });

  it("ends the queries that insert into it, and says so", async () => {
    const lab = await Lab.start([orders]);
    const state = await lab.create(lab.inputs([orders, large()]));
    lab.server.engine.run({ ksql: inserted });
    await lab.delete(state);
    expect(lab.queries()).toEqual([]);
    expect(lab.warnings).toEqual(["LARGE: INSERTQUERY_5 inserted into it, and was terminated with it."]);
  });

  it("waits for nobody else's statements, and says whose they are", async () => {
    const lab = await Lab.start([customers]);
    const state = await lab.create(lab.inputs([orders]));
    lab.server.engine.run({ ksql: enriched() });
    await expect(lab.delete(state)).rejects.toThrow(
      new Error(
        "ORDERS cannot be dropped: ENRICHED reads it, and this stack has not made that. Drop it on the server first.",
      ),
    );
  });
});

describe("drift", () => {
  const made = async () => {
    const lab = await Lab.start([orders]);
    const inputs = lab.inputs([orders, large()]);
    return { lab, inputs, state: await lab.create(inputs) };
  };

  it("dropped: it is gone", async () => {
    const { lab, state } = await made();
    lab.server.engine.run({ ksql: "DROP STREAM large;" });
    expect(await lab.read(state)).toBeUndefined();
  });

  it("changed: it is changed back", async () => {
    const { lab, inputs, state } = await made();
    lab.server.engine.run({ ksql: large("WHERE total > 9").replace("CREATE", "CREATE OR REPLACE") });
    const seen = { ...state, ...(await lab.read(state)) };
    expect(seen).toMatchObject({ drift: "changed", sql: expect.stringContaining("TOTAL > 9") as string });
    expect(await lab.diff(seen, inputs)).toEqual({
      changes: true,
      replaces: [],
      words:
        "Somebody has changed it on the server, and it is replaced in place (CREATE OR REPLACE) by what is declared.",
    });
    const after = await lab.update(seen, inputs);
    expect(after).toMatchObject({ revision: state.revision });
    expect(lab.server.engine.state.relations.LARGE?.text).not.toContain("WHERE");
    expect(await lab.read(after)).toEqual({ ...after, statement: after.statement });
  });

  it("in other words only, by a newer server: it is the same", async () => {
    const { lab, inputs, state } = await made();
    const stored = lab.server.engine.state.relations.LARGE;
    Object.assign(stored ?? {}, { text: stored?.text.replaceAll("ORDERS.", "").replaceAll("\n", " ") });
    expect(await lab.diff({ ...state, ...(await lab.read(state)) }, inputs)).toEqual({
      changes: false,
      replaces: [],
      words: "",
    });
  });

  it("with more columns: it is made anew, since none can be taken away", async () => {
    const { lab, inputs, state } = await made();
    lab.server.engine.run({
      ksql: large("", "order_id, item, total, customer_id").replace("CREATE", "CREATE OR REPLACE"),
    });
    const seen = { ...state, ...(await lab.read(state)) };
    expect(await lab.diff(seen, inputs)).toMatchObject({
      replaces: ["sql"],
      words: expect.stringMatching(
        /^Somebody has changed it on the server, and the change is taken back\. It is replaced: CUSTOMER_ID is taken out of its columns\./,
      ) as string,
    });
  });

  it("paused: it goes on", async () => {
    const { lab, inputs, state } = await made();
    lab.server.engine.run({ ksql: "PAUSE CSAS_LARGE_3;" });
    const seen = { ...state, ...(await lab.read(state)) };
    expect(await lab.diff(seen, inputs)).toEqual({
      changes: true,
      replaces: [],
      words: "Somebody has paused its query, which goes on.",
    });
    expect(await lab.update(seen, inputs)).toMatchObject({ queryId: state.queryId, revision: state.revision });
    expect(lab.server.engine.state.queries.CSAS_LARGE_3?.state).toBe("RUNNING");
    expect(await lab.read(state)).toEqual(state);
  });

  it("failed: it is started again where it can be, and otherwise it is said how", async () => {
    const { lab, inputs, state } = await made();
    const fail = (id: string) => Object.assign(lab.server.engine.state.queries[id] ?? {}, { state: "ERROR" });
    fail("CSAS_LARGE_3");
    const seen = { ...state, ...(await lab.read(state)) };
    expect(lab.warnings).toEqual(["LARGE: its query CSAS_LARGE_3 is ERROR; the processing log says why."]);
    await lab.update(seen, inputs);
    expect(lab.server.engine.state.queries.CSAS_LARGE_3?.state).toBe("RUNNING");

    lab.server.engine.run({ ksql: customers });
    const joined = lab.inputs([orders, customers, enriched()]);
    const other = await lab.create(joined);
    fail(String(other.queryId));
    const failed = { ...other, ...(await lab.read(other)) };
    await expect(lab.update(failed, joined)).rejects.toThrow(
      new Error(
        `sql/ksqldb/X.sql: the query ${String(other.queryId)} is ERROR, and a join cannot be replaced in place. The processing log ` +
          "says why it failed; make the statement anew with pulumi up --replace and its URN.",
      ),
    );
  });

  it("terminated: it is made anew", async () => {
    const { lab, inputs, state } = await made();
    lab.server.engine.run({ ksql: "TERMINATE CSAS_LARGE_3;" });
    const seen = { ...state, ...(await lab.read(state)) };
    expect(await lab.diff(seen, inputs)).toMatchObject({
      replaces: ["sql"],
      words: expect.stringMatching(/^It is replaced: somebody has terminated its query\. /) as string,
    });
  });

  it("of a server that does not answer is not seen, and nothing is forgotten", async () => {
    const { lab, state } = await made();
    lab.server.intervene = () => "reset";
    expect(await lab.read(state)).toBe(state);
    expect(lab.warnings[0]).toMatch(
      /^LARGE: DESCRIBE LARGE: gave up after 60 s; the last word: ksqlDB at .* cannot be reached/,
    );
  });
});
