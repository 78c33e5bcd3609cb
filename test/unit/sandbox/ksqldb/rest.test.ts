import { big, customers, enriched, large, orders, shopServer } from "./shop.ts";

const replace = (text: string) => text.replace("CREATE", "CREATE OR REPLACE");

/** The one entity of a statement that is carried out, or the refusal. */
function tried(statements: readonly string[], ksql: string, rest: object = {}) {
  const { status, body } = shopServer(statements).run({ ksql, ...rest });
  return { status, ...(Array.isArray(body) ? (body as object[])[0] : (body as object)) } as Record<string, unknown>;
}

describe("success", () => {
  it.each<[what: string, before: string[], ksql: string, commandId: string, message: string, queryId: string | null]>([
    ["a stream", [], orders, "stream/`ORDERS`/create", "Stream created", null],
    ["a table", [], customers, "table/`CUSTOMERS`/create", "Table created", null],
    ["a query", [orders], large(), "stream/`LARGE`/create", "Created query with ID CSAS_LARGE_3", "CSAS_LARGE_3"],
    [
      "a source table",
      [],
      customers.replace("CREATE", "CREATE SOURCE"),
      "table/`CUSTOMERS`/create",
      "Created query with ID CST_CUSTOMERS_1",
      "CST_CUSTOMERS_1",
    ],
    [
      "an INSERT",
      [orders, large()],
      "INSERT INTO large SELECT order_id, item, total FROM orders EMIT CHANGES;",
      "stream/`INSERTQUERY_5`/create",
      "Created query with ID INSERTQUERY_5",
      "INSERTQUERY_5",
    ],
    [
      "a drop",
      [orders],
      "DROP STREAM orders;",
      "stream/ORDERS/drop",
      "Source `ORDERS` (topic: orders) was dropped.",
      null,
    ],
    [
      "a drop of nothing",
      [],
      "DROP STREAM IF EXISTS orders;",
      "stream/ORDERS/drop",
      "Source `ORDERS` does not exist.",
      null,
    ],
    [
      "an end",
      [orders, large()],
      "TERMINATE CSAS_LARGE_3;",
      "terminate/CSAS_LARGE_3/execute",
      "Query terminated.",
      null,
    ],
  ])("%s", (_, before, ksql, commandId, message, queryId) => {
    expect(tried(before, ksql)).toMatchObject({
      status: 200,
      "@type": "currentStatus",
      commandId,
      commandStatus: { status: "SUCCESS", message, queryId },
      commandSequenceNumber: before.length * 2,
      warnings: [],
    });
  });

  it("a statement's text is the server's own, and DELETE TOPIC is not in it", () => {
    expect(tried([orders], large("WHERE total > 5")).statementText).toBe(
      "CREATE STREAM LARGE WITH (CLEANUP_POLICY='delete', FORMAT='AVRO', KAFKA_TOPIC='LARGE', PARTITIONS=3, REPLICAS=3, " +
        "RETENTION_MS=604800000) AS SELECT\n  ORDERS.ORDER_ID ORDER_ID,\n  ORDERS.ITEM ITEM,\n  ORDERS.TOTAL TOTAL\n" +
        "FROM ORDERS ORDERS\nWHERE (ORDERS.TOTAL > 5)\nEMIT CHANGES;",
    );
    const hourly =
      "CREATE TABLE hourly WITH (FORMAT = 'AVRO') AS SELECT item AS k, COUNT(*) AS n FROM orders WINDOW TUMBLING (SIZE 1 HOUR) GROUP BY item;";
    expect(tried([orders], hourly).statementText).toContain("WINDOW TUMBLING ( SIZE 1 HOURS )");
    expect(tried([orders], "drop stream orders delete topic;").statementText).toBe("DROP STREAM ORDERS;");
  });

  it("slow statements are carried out while their status is asked for", () => {
    const engine = shopServer([], { slow: () => 2 });
    expect(engine.run({ ksql: orders }).body).toMatchObject([{ commandStatus: { status: "EXECUTING" } }]);
    const asked = () => engine.status("stream/`ORDERS`/create").body;
    expect(asked()).toMatchObject({ status: "EXECUTING" });
    expect(engine.run({ ksql: "DESCRIBE orders;" }).status).toBe(400);
    expect(asked()).toEqual({ status: "SUCCESS", message: "Stream created", queryId: null });
    expect(engine.run({ ksql: "DESCRIBE orders;" }).status).toBe(200);
    expect(engine.status("stream/`NOTHING`/create")).toEqual({
      status: 404,
      body: { "@type": "generic_error", error_code: 40400, message: "Command not found" },
    });
  });

  it("IF NOT EXISTS keeps what is there, with a warning", () => {
    expect(tried([orders], orders.replace("STREAM", "STREAM IF NOT EXISTS"))).toMatchObject({
      status: 200,
      "@type": "warning_entity",
      message: "Cannot add stream `ORDERS`: A stream with the same name already exists.",
    });
  });

  it("DESCRIBE tells columns, queries and the statement", () => {
    const { sourceDescription } = tried([orders, customers, enriched(), big], "DESCRIBE enriched;");
    expect(sourceDescription).toMatchObject({
      name: "ENRICHED",
      type: "STREAM",
      fields: [
        { name: "CUSTOMER_KEY", schema: { type: "INTEGER" }, type: "KEY" },
        { name: "ITEM", schema: { type: "STRING" } },
        { name: "NAME", schema: { type: "STRING" } },
      ],
      keyFormat: "AVRO",
      valueFormat: "AVRO",
      topic: "ENRICHED",
      partitions: 3,
      readQueries: [{ id: "CSAS_BIG_7", sinks: ["BIG"] }],
      writeQueries: [{ id: "CSAS_ENRICHED_5", sinks: ["ENRICHED"], state: "RUNNING" }],
    });
  });

  it("SHOW QUERIES keeps the text of CREATE OR REPLACE", () => {
    const { queries } = tried([orders, large(), replace(large("WHERE total > 5"))], "SHOW QUERIES;");
    expect(queries).toMatchObject([
      { id: "CSAS_LARGE_3", queryString: expect.stringMatching(/^CREATE OR REPLACE STREAM/) as string },
    ]);
  });

  it("ASSERT", () => {
    expect(tried([], "ASSERT TOPIC 'orders';")).toMatchObject({
      "@type": "assert_topic",
      topicName: "orders",
      exists: true,
    });
    expect(tried([], "ASSERT TOPIC 'nope';")).toEqual({
      status: 417,
      "@type": "generic_error",
      error_code: 41700,
      message: "Topic nope does not exist.",
    });
    expect(tried([orders], "ASSERT SCHEMA SUBJECT 'orders-value';")).toMatchObject({
      "@type": "assert_schema",
      exists: true,
    });
    expect(tried([], "ASSERT SCHEMA SUBJECT 'orders-value';")).toMatchObject({ status: 417, error_code: 41700 });
  });

  it("EXPLAIN plans a query, refuses what cannot run, and leaves no trace", () => {
    const engine = shopServer([orders]);
    const before = structuredClone(engine.state);
    expect(engine.run({ ksql: "EXPLAIN SELECT item FROM orders EMIT CHANGES;" })).toMatchObject({ status: 200 });
    expect(engine.run({ ksql: "EXPLAIN SELECT nope FROM orders EMIT CHANGES;" })).toMatchObject({ status: 400 });
    expect(engine.state).toEqual(before);
    expect(tried([], "EXPLAIN DROP STREAM orders;").message).toBe("The provided statement does not run a ksql query");
  });
});

describe("CREATE OR REPLACE", () => {
  const counted = (items: string, window = "") =>
    `CREATE TABLE counted WITH (FORMAT = 'AVRO') AS SELECT item AS k, ${items} FROM orders ${window} GROUP BY item;`;

  it.each([
    ["a filter", large(), large("WHERE total > 5")],
    ["an expression", large(), large("", "order_id, UCASE(item) AS item, total")],
    ["a column at the end", large(), large("", "order_id, item, total, customer_id")],
  ])("%s: the query keeps its id", (_, before, after) => {
    expect(tried([orders, before], replace(after))).toMatchObject({
      status: 200,
      commandStatus: { status: "SUCCESS", queryId: "CSAS_LARGE_3" },
    });
  });

  it("a column at the end of a source", () => {
    const more = replace(orders.replace("total DECIMAL(5,2)", "total DECIMAL(5,2), city STRING"));
    expect(tried([orders], more)).toMatchObject({ status: 200, commandStatus: { message: "Stream created" } });
  });

  it.each<[what: string, code: number, message: RegExp, before: string[], after: string]>([
    ["a join", 40000, /^Upgrades not yet supported for StreamTableJoin$/, [orders, customers, enriched()], enriched()],
    [
      "a windowed aggregate",
      40000,
      /^Upgrades not yet supported for StreamWindowedAggregate$/,
      [orders, counted("COUNT(*) AS n", "WINDOW TUMBLING (SIZE 1 HOUR)")],
      counted("COUNT(*) AS n", "WINDOW TUMBLING (SIZE 1 HOUR) WHERE total > 5"),
    ],
    [
      "an aggregate with a new column",
      40000,
      /^Query is not upgradeable\. Plan step of type StreamAggregate must have matching columns/,
      [orders, counted("COUNT(*) AS n")],
      counted("COUNT(*) AS n, SUM(total) AS s"),
    ],
    [
      "a column changed",
      40001,
      /^Cannot upgrade data source: .*\(The following columns are changed, missing or reordered: \[`TOTAL` DECIMAL\(5,2\)\]\)$/,
      [orders],
      orders.replace("DECIMAL(5,2)", "DECIMAL(9,2)"),
    ],
    [
      "a column dropped",
      40001,
      /^Cannot upgrade data source: .*\(The following columns are changed, missing or reordered: \[`TOTAL` DECIMAL\(5,2\)\]\)$/,
      [orders],
      orders.replace(", total DECIMAL(5,2)", ""),
    ],
    ["a key changed", 40001, /Key columns must be identical\./, [orders], orders.replace("INT KEY", "BIGINT KEY")],
    ["another topic", 40001, /which is not upgradeable to KsqlTopic/, [orders], orders.replace("'orders'", "'other'")],
    [
      "another kind",
      40001,
      /which is not upgradeable to KTABLE/,
      [orders],
      orders.replace("STREAM", "TABLE").replace("KEY", "PRIMARY KEY"),
    ],
    [
      "a read-only source",
      40001,
      /Take OR REPLACE out/,
      [orders.replace("CREATE", "CREATE SOURCE")],
      orders.replace("CREATE", "CREATE SOURCE"),
    ],
    [
      "what is inserted into",
      40001,
      /INSERT INTO/,
      [orders, large(), "INSERT INTO large SELECT order_id, item, total FROM orders;"],
      large("WHERE total > 5"),
    ],
  ])("%s", (_, code, message, before, after) => {
    const refused = tried(before, replace(after));
    expect(refused).toMatchObject({ status: 400, error_code: code });
    expect(refused.message).toMatch(message);
    expect(refused["@type"]).toBe(code === 40000 ? "generic_error" : "statement_error");
  });
});

describe("drop and terminate", () => {
  const inserted = "INSERT INTO large SELECT order_id, item, total FROM orders;";

  it.each<[what: string, before: string[], ksql: string, message: string]>([
    [
      "read by others",
      [orders, customers, enriched(), large()],
      "DROP STREAM orders;",
      "Cannot drop ORDERS.\nThe following streams and/or tables read from this source: [ENRICHED, LARGE].\nYou need to drop them before dropping ORDERS.",
    ],
    [
      "written by an INSERT",
      [orders, large(), inserted],
      "DROP STREAM large;",
      "Cannot drop LARGE.\nThe following queries write into this source: [INSERTQUERY_5].\nYou need to terminate them before dropping LARGE.",
    ],
    ["missing", [], "DROP STREAM big;", "Stream BIG does not exist."],
    [
      "the wrong kind",
      [orders],
      "DROP TABLE orders;",
      "Incompatible data source type is stream, but statement was DROP table",
    ],
    ["an unknown query", [], "TERMINATE CSAS_X_1;", "Unknown queryId: CSAS_X_1"],
    [
      "the topic of a read-only source",
      [orders.replace("CREATE", "CREATE SOURCE")],
      "DROP STREAM orders DELETE TOPIC;",
      "Cannot delete topic for read-only source: ORDERS",
    ],
    ["describing what is not there", [], "DESCRIBE big;", "Could not find STREAM/TABLE 'BIG' in the Metastore"],
  ])("%s", (_, before, ksql, message) => {
    expect(tried(before, ksql)).toEqual({
      status: 400,
      "@type": "statement_error",
      error_code: 40001,
      message,
      statementText: ksql,
      entities: [],
    });
  });

  it("DELETE TOPIC takes topic and subjects; without it both stay, and making it again works", () => {
    const engine = shopServer([orders, large()]);
    const kept = () => [
      engine.topics.partitions("LARGE"),
      engine.topics.subjects().filter((name) => name.startsWith("LARGE")),
    ];
    expect(kept()).toEqual([3, ["LARGE-key", "LARGE-value"]]);
    engine.run({ ksql: "DROP STREAM large;" });
    expect(kept()).toEqual([3, ["LARGE-key", "LARGE-value"]]);
    expect(engine.run({ ksql: large() }).status).toBe(200);
    engine.run({ ksql: "DROP STREAM large DELETE TOPIC;" });
    expect(kept()).toEqual([undefined, []]);
    expect(Object.keys(engine.state.queries)).toEqual([]);
  });

  it("but not with another partition count", () => {
    const refused = tried([orders, large(), "DROP STREAM large;"], large().replace("FORMAT", "PARTITIONS = 6, FORMAT"));
    expect(refused).toMatchObject({ status: 500, "@type": "generic_error", error_code: 50000 });
    expect(refused.message).toMatch(
      /^A Kafka topic with the name 'LARGE' already exists, with different partition\/replica\/retention configuration/,
    );
  });
});

describe("refused at create", () => {
  it.each<[what: string, before: string[], ksql: string, code: number, message: string | RegExp]>([
    ["a duplicate", [orders], orders, 40001, "Cannot add stream 'ORDERS': A stream with the same name already exists"],
    [
      "a missing topic",
      [],
      orders.replace("'orders'", "'nope'"),
      40000,
      /^Topic 'nope' does not exist\. If you want to create a new topic/,
    ],
    ["syntax", [], "CREATE STREAM orders AZ SELECT;", 40001, /^line 1:21: Syntax Error/],
    [
      "an unknown column",
      [orders, customers],
      enriched().replace("c.name AS", "c.first_name AS"),
      40001,
      "Line: 1, Col: 130: SELECT column 'C.FIRST_NAME' cannot be resolved.",
    ],
    ["only key columns", [orders], large("", "order_id"), 40001, "The projection contains no value columns."],
    [
      "a join without its key",
      [orders, customers],
      enriched().replace("o.customer_id AS customer_key, ", ""),
      40001,
      /^Key missing from projection\. .*must include the join expressions O\.CUSTOMER_ID or C\.ID/,
    ],
    ["SELECT", [orders], "SELECT * FROM orders EMIT CHANGES;", 40002, /SELECT/],
  ])("%s", (_, before, ksql, code, message) => {
    const refused = tried(before, ksql);
    expect(refused).toMatchObject({ status: 400, error_code: code });
    expect(refused.message).toEqual(typeof message === "string" ? message : (expect.stringMatching(message) as string));
  });

  it("two statements, the second wrong: the first is not applied", () => {
    const engine = shopServer();
    expect(engine.run({ ksql: `${orders}\n${large("", "nope")}` })).toMatchObject({
      status: 400,
      body: { error_code: 40001, entities: [] },
    });
    expect(engine.state.relations).toEqual({});
    expect(engine.topics.subjects()).toEqual([]);
    expect(engine.run({ ksql: `${orders}\n${large()}` }).status).toBe(200);
    expect(Object.keys(engine.state.relations)).toEqual(["ORDERS", "LARGE"]);
  });

  it("more queries than the cluster runs", () => {
    const engine = shopServer([orders], { queryLimit: 0 });
    expect(engine.run({ ksql: large() })).toMatchObject({ status: 400, body: { error_code: 40000 } });
  });
});

describe("busy", () => {
  it("a sequence number ahead of the server", () => {
    const ahead = { commandSequenceNumber: 4 };
    expect(tried([orders, customers], enriched(), ahead)).toMatchObject({ status: 503, error_code: 50301 });
    expect(tried([orders, customers], enriched(), { commandSequenceNumber: 2 })).toMatchObject({ status: 200 });
  });
});

it("a query is paused and goes on", () => {
  const engine = shopServer([orders, large()]);
  expect(engine.run({ ksql: "PAUSE CSAS_LARGE_3;" }).status).toBe(200);
  expect(engine.state.queries.CSAS_LARGE_3?.state).toBe("PAUSED");
  expect(engine.run({ ksql: "RESUME CSAS_LARGE_3;" }).status).toBe(200);
  expect(engine.state.queries.CSAS_LARGE_3?.state).toBe("RUNNING");
  expect(engine.run({ ksql: "RESUME CSAS_NONE_1;" })).toMatchObject({ status: 400 });
});
