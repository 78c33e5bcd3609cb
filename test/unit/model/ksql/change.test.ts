import { changeOf, changeText, type ChangeOptions } from "../../../../model/ksql/change/change.ts";
import { needsOf, planOf, rulesOf } from "../../../../model/ksql/change/statementPlan.ts";
import { becauseOfSources } from "../../../../model/ksql/change/consequence.ts";
import { checkKsql } from "../../../../model/ksql/check.ts";
import type { Header } from "../../../../model/ksql/statement.ts";
import { shop } from "./shop.ts";

const keep: ChangeOptions = { onReplacement: "keep topic", reprocess: "from beginning" };
const remove: ChangeOptions = { onReplacement: "delete topic", reprocess: "from beginning" };

function plan(text: string) {
  const [statement] = checkKsql([{ file: "x.sql", text }], { relations: shop }).statements;
  if (statement === undefined) {
    throw new Error(text);
  }
  return planOf(statement);
}

const large = (rest: string, items = "order_id, item, order_total_usd") =>
  `CREATE STREAM large WITH (KAFKA_TOPIC = 'LARGE', FORMAT = 'AVRO') AS SELECT ${items} FROM orders ${rest};`;
const joined = (rest: string) =>
  `CREATE STREAM enriched WITH (KAFKA_TOPIC = 'ENRICHED', FORMAT = 'AVRO') AS
   SELECT o.customer_id AS customer_key, o.item, c.email FROM orders o JOIN customers c ON o.customer_id = c.id ${rest};`;
const counted = (items: string, rest: string, properties = "FORMAT = 'AVRO'") =>
  `CREATE TABLE counted WITH (${properties}) AS SELECT item AS item_key, ${items} FROM orders ${rest};`;
const source = (columns: string, properties = "", what = "STREAM") =>
  `CREATE ${what} s (${columns}) WITH (KAFKA_TOPIC = 's', FORMAT = 'AVRO'${properties});`;

const order = (name: string) => `What reads ${name} is dropped before it and made again after it.`;
const deleted = (name: string) =>
  `${order(name)} Its topic ${name} is deleted with its schemas, and filled again from the beginning of what it reads.`;

describe("what becomes of a changed statement", () => {
  it.each<[what: string, before: string, after: string, words: string]>([
    ["formatting", large("WHERE quantity > 1"), large("where QUANTITY  >  1 -- many"), ""],
    [
      "a filter",
      large("WHERE quantity > 1"),
      large("WHERE quantity > 2"),
      "LARGE is replaced in place (CREATE OR REPLACE): its filter changes from WHERE QUANTITY > 1 to WHERE QUANTITY > 2. " +
        "Rows that are in its topic already stay as they are.",
    ],
    [
      "a new filter",
      large(""),
      large("WHERE quantity > 2"),
      "LARGE is replaced in place (CREATE OR REPLACE): it gets the filter WHERE QUANTITY > 2. " +
        "Rows that are in its topic already stay as they are.",
    ],
    [
      "a filter and an expression",
      large("WHERE quantity > 2"),
      large("", "order_id, UCASE(item) AS item, order_total_usd"),
      "LARGE is replaced in place (CREATE OR REPLACE): it loses the filter WHERE QUANTITY > 2 and its columns are " +
        "computed differently. Rows that are in its topic already stay as they are.",
    ],
    [
      "a filter of groups",
      counted("COUNT(*) AS n", "GROUP BY item"),
      counted("COUNT(*) AS n", "GROUP BY item HAVING COUNT(*) > 1"),
      "COUNTED is replaced in place (CREATE OR REPLACE): it gets the filter of groups HAVING COUNT(*) > 1. " +
        "Rows that are in its topic already stay as they are.",
    ],
    [
      "columns at the end",
      large(""),
      large("", "order_id, item, order_total_usd, quantity, customer_id"),
      "LARGE is replaced in place (CREATE OR REPLACE): QUANTITY INTEGER and CUSTOMER_ID INTEGER are appended. " +
        "Rows that are in its topic already do not have them.",
    ],
    [
      "a column at the end of a source",
      source("id INT KEY, a STRING"),
      source("id INT KEY, a STRING, b DATE"),
      "S is replaced in place (CREATE OR REPLACE): B DATE is appended. What reads it does not see that before it is " +
        "changed itself.",
    ],
    [
      "a column of a source",
      source("id INT KEY, a STRING, b DATE"),
      source("id INT KEY, a STRING, b TIMESTAMP"),
      `It is replaced: B changes from DATE to TIMESTAMP. ${order("S")} Its topic s is not touched.`,
    ],
    [
      "the key of a source",
      source("id INT KEY, a STRING"),
      source("id BIGINT KEY, a STRING"),
      `It is replaced: its key changes from ID INTEGER to ID BIGINT. ${order("S")} Its topic s is not touched.`,
    ],
    [
      "partitions of a source, which are its topic's",
      source("id INT KEY, a STRING"),
      source("id INT KEY, a STRING", ", PARTITIONS = 3"),
      "S is replaced in place (CREATE OR REPLACE): its text changes and its plan does not.",
    ],
    [
      "a read-only source",
      source("id INT KEY, a STRING", "", "SOURCE STREAM"),
      source("id INT KEY, a STRING, b DATE", "", "SOURCE STREAM"),
      `It is replaced: S is read only (CREATE SOURCE), and that cannot be replaced in place. ${order("S")} Its topic s is not touched.`,
    ],
    [
      "the kind",
      source("id INT KEY, a STRING"),
      source("id INT PRIMARY KEY, a STRING", "", "TABLE"),
      `It is replaced: S was a stream and becomes a table. ${order("S")} Its topic s is not touched.`,
    ],
    [
      "a column taken out",
      large(""),
      large("", "order_id, order_total_usd"),
      `It is replaced: ITEM is taken out of its columns. ${deleted("LARGE")}`,
    ],
    [
      "a type",
      large(""),
      large("", "order_id, item, CAST(order_total_usd AS DOUBLE) AS order_total_usd"),
      `It is replaced: ORDER_TOTAL_USD changes from DECIMAL(5,2) to DOUBLE. ${deleted("LARGE")}`,
    ],
    [
      "the order of columns",
      large(""),
      large("", "order_id, order_total_usd, item"),
      `It is replaced: its columns are in another order. ${deleted("LARGE")}`,
    ],
    [
      "a column in between",
      large(""),
      large("", "order_id, quantity, item, order_total_usd"),
      `It is replaced: QUANTITY stands among its columns, and only at the end can a column be added. ${deleted("LARGE")}`,
    ],
    [
      "the key",
      large(""),
      large("PARTITION BY customer_id", "customer_id, item, order_total_usd"),
      `It is replaced: its key changes from ORDER_ID INTEGER to CUSTOMER_ID INTEGER. ${deleted("LARGE")}`,
    ],
    [
      "the topic",
      large(""),
      large("").replace("'LARGE'", "'BIG'"),
      `It is replaced: its topic changes from LARGE to BIG. ${deleted("LARGE").replace("topic LARGE", "topic BIG")}`,
    ],
    [
      "the format",
      large(""),
      large("").replace("FORMAT = 'AVRO'", "KEY_FORMAT = 'AVRO', VALUE_FORMAT = 'JSON'"),
      `It is replaced: its value format changes from AVRO to JSON. ${deleted("LARGE")}`,
    ],
    [
      "the partitions",
      large(""),
      large("").replace("FORMAT", "PARTITIONS = 6, FORMAT"),
      `It is replaced: its topic LARGE has 3 partitions and would have 6. ${deleted("LARGE")}`,
    ],
    [
      "a source",
      large("", "order_id, item"),
      "CREATE STREAM large WITH (KAFKA_TOPIC = 'LARGE', FORMAT = 'AVRO') AS SELECT order_key AS order_id, item FROM outbox;",
      `It is replaced: what it reads changes from ORDERS to OUTBOX. ${deleted("LARGE")}`,
    ],
    [
      "a join's filter",
      joined(""),
      joined("WHERE o.quantity > 1"),
      `It is replaced: a join cannot be replaced in place. ${deleted("ENRICHED")}`,
    ],
    [
      "a window",
      counted("COUNT(*) AS n", "WINDOW TUMBLING (SIZE 1 HOUR) GROUP BY item"),
      counted("COUNT(*) AS n", "WINDOW TUMBLING (SIZE 2 HOURS) GROUP BY item"),
      `It is replaced: a windowed aggregate cannot be replaced in place. ${deleted("COUNTED")}`,
    ],
    [
      "an aggregate's list",
      counted("COUNT(*) AS n", "GROUP BY item"),
      counted("COUNT(*) AS n, SUM(quantity) AS q", "GROUP BY item"),
      "It is replaced: the SELECT list of an aggregate changes from ITEM AS ITEM_KEY, COUNT(*) AS N to ITEM AS ITEM_KEY, " +
        `COUNT(*) AS N, SUM(QUANTITY) AS Q. ${deleted("COUNTED")}`,
    ],
    [
      "a filter of an aggregate over a column that it does not read",
      counted("COUNT(*) AS n", "GROUP BY item"),
      counted("COUNT(*) AS n", "WHERE quantity > 1 GROUP BY item"),
      `It is replaced: an aggregate cannot be replaced in place by one that reads other columns (QUANTITY). ${deleted("COUNTED")}`,
    ],
    [
      "functions that make rows",
      large("", "order_id, EXPLODE(tags) AS tag"),
      large("WHERE quantity > 1", "order_id, EXPLODE(tags) AS tag"),
      `It is replaced: a query whose functions make rows cannot be replaced in place. ${deleted("LARGE")}`,
    ],
    [
      "an INSERT",
      "INSERT INTO outbox SELECT order_id AS order_key, order_id, item FROM orders WHERE quantity > 1;",
      "INSERT INTO outbox SELECT order_id AS order_key, order_id, item FROM orders WHERE quantity > 2;",
      "It is replaced: INSERT INTO OUTBOX cannot be replaced in place. Its query is terminated and made again. What it " +
        "wrote into OUTBOX stays, and all of it is written a second time, from the beginning of what the query reads.",
    ],
  ])("%s", (_, before, after, words) => {
    expect(changeText(changeOf(plan(before), plan(after), remove))).toBe(words);
  });

  it.each<[ChangeOptions["onReplacement"], ChangeOptions["reprocess"], string]>([
    [
      "keep topic",
      "from beginning",
      "kept, and everything is written into it a second time, from the beginning of what it reads.",
    ],
    ["keep topic", "from now", "kept, and what arrives until the new query starts is left out."],
    [
      "delete topic",
      "from beginning",
      "deleted with its schemas, and filled again from the beginning of what it reads.",
    ],
    ["delete topic", "from now", "deleted with its schemas, and made anew, with only what arrives from now on."],
  ])("%s, %s", (onReplacement, reprocess, end) => {
    const change = changeOf(plan(joined("")), plan(joined("WHERE o.quantity > 1")), { onReplacement, reprocess });
    expect(change).toEqual({
      kind: "replacement",
      reason: "a join cannot be replaced in place",
      consequence: `${order("ENRICHED")} Its topic ENRICHED is ${end}`,
    });
    expect(becauseOfSources(plan(joined("")), { onReplacement, reprocess })).toBe(
      `It is replaced: what it reads is made anew. ${order("ENRICHED")} Its topic ENRICHED is ${end}`,
    );
  });

  it("with other settings for a topic that is kept there is no way", () => {
    expect(changeOf(plan(large("")), plan(large("").replace("FORMAT", "PARTITIONS = 6, FORMAT")), keep)).toEqual({
      kind: "impossible",
      words:
        "LARGE cannot change: its topic LARGE has 3 partitions and would have 6, and ksqlDB does not change a topic that " +
        "is there. Write -- on replacement: delete topic at the start of the file, or take the change back.",
    });
  });

  it("a result that others insert into is not replaced in place", () => {
    const change = changeOf(plan(large("WHERE quantity > 1")), plan(large("")), { ...remove, writers: ["IMPORTED"] });
    expect(changeText(change)).toBe(
      `It is replaced: IMPORTED inserts into it, and then it cannot be replaced in place. ${deleted("LARGE")}`,
    );
  });

  it("what a newer checker finds otherwise in the same text is no change; one more column is", () => {
    const now = plan(large(""));
    const columns = (now.result?.columns ?? []).map((column) => ({ ...column, type: { base: "BYTES" } as const }));
    const then = { ...now, result: now.result && { ...now.result, columns } };
    expect(changeOf(then, now, remove)).toEqual({ kind: "none" });
    const fewer = { ...now, result: now.result && { ...now.result, columns: now.result.columns.slice(0, 2) } };
    expect(changeText(changeOf(fewer, now, remove))).toMatch(/: ORDER_TOTAL_USD DECIMAL\(5,2\) is appended\./);
  });

  it("survives a state: a plan is plain JSON", () => {
    const stored = JSON.parse(JSON.stringify(plan(joined("")))) as ReturnType<typeof plan>;
    expect(changeOf(stored, plan(joined("")), remove)).toEqual({ kind: "none" });
  });
});

it("needs what it reads, and what it inserts into", () => {
  expect(needsOf(plan(joined("")))).toEqual(["ORDERS", "CUSTOMERS"]);
  expect(needsOf(plan("INSERT INTO outbox SELECT order_id AS order_key, order_id, item FROM orders;"))).toEqual([
    "ORDERS",
    "OUTBOX",
  ]);
});

describe("the rules for topics", () => {
  const header = (rest: Partial<Header>): Header => ({
    question: "",
    onReplacement: undefined,
    reprocess: undefined,
    ...rest,
  });

  it.each([
    ["a durable environment keeps", {}, false, keep],
    ["an ephemeral one deletes", {}, true, remove],
    [
      "the file says",
      { onReplacement: "keep topic", reprocess: "from now" },
      true,
      { onReplacement: "keep topic", reprocess: "from now" },
    ],
  ] as const)("%s", (_, given, isEphemeral, rules) => {
    expect(rulesOf(header(given), isEphemeral)).toEqual(rules);
  });
});
