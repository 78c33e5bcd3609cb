import { checkKsql } from "../../../../model/ksql/check.ts";
import { mistakeText } from "../../../../model/ksql/statement.ts";
import { shop } from "./shop.ts";

const topics: ReadonlyMap<string, number> = new Map([
  ["there", 3],
  ["X", 3],
]);

interface Options {
  readonly topics?: ReadonlyMap<string, number>;
}

/** The whole text of every mistake; before it `harmful` or `warning` where ksqlDB itself takes the statement. */
function mistakesOf(text: string, options: Options = {}): string[] {
  return checkKsql([{ file: "x.sql", text }], { relations: shop, ...options }).mistakes.map(
    (mistake) => `${mistake.severity === "refused" ? "" : `${mistake.severity} `}${mistakeText(mistake)}`,
  );
}

type Row = readonly [statements: string, mistakes: readonly string[], options?: Options];

function describeMistakes(what: string, rows: Readonly<Record<string, Row>>): void {
  describe(what, () => {
    for (const [title, [statements, mistakes, options]] of Object.entries(rows)) {
      it(title, () => {
        expect(mistakesOf(statements, options)).toEqual(mistakes);
      });
    }
  });
}

describeMistakes("reading", {
  "a statement without its end": [
    "DROP STREAM orders",
    ['x.sql:1:13: The statement has no end. Write ; after "orders".'],
  ],
  "a misspelt keyword": ["SELECT item FORM orders;", ['x.sql:1:13: "FORM" is not understood here. Write FROM.']],
  "a misspelt start": [
    "CREAT STREAM x AS SELECT item FROM orders;",
    [
      'x.sql:1:1: No statement starts with "CREAT". Write CREATE STREAM, CREATE TABLE, INSERT INTO, DROP, TERMINATE, DESCRIBE, SHOW or ASSERT.',
    ],
  ],
  "an empty list": [
    "SELECT FROM orders;",
    ['x.sql:1:8: "FROM" is not understood here, after "SELECT". Write a column or an expression after "SELECT".'],
  ],
  "a comma too many": [
    "SELECT item, FROM orders;",
    ['x.sql:1:14: "FROM" is not understood here, after ",". Write a column or an expression after ",".'],
  ],
  "a missing comma between properties": [
    "CREATE STREAM x WITH (KAFKA_TOPIC = 'X' FORMAT = 'AVRO') AS SELECT item FROM orders;",
    ['x.sql:1:41: "FORMAT" is not understood here, after "\'X\'". Write , or ).'],
  ],
  "half a statement": [
    "SELECT item FROM orders WHERE;",
    ['x.sql:1:25: The statement ends too early, after "WHERE". Write a column or an expression after "WHERE".'],
  ],
  "a quote that is not closed": [
    "SELECT 'item FROM orders;",
    ["x.sql:1:8: What ' begins has no end. Write ' where it should be."],
  ],
  "a comment that is not closed": [
    "SELECT item /* what FROM orders;",
    ["x.sql:1:13: What /* begins has no end. Write */ where it should be."],
  ],
  "a character without a meaning": [
    "SELECT item FROM orders WHERE item = ?;",
    ['x.sql:1:38: "?" has no meaning in ksqlDB. Take it out.'],
  ],
  "a reserved word as a column": [
    "SELECT size FROM orders;",
    ["x.sql:1:8: ksqlDB reserves SIZE. Write `SIZE` in backticks, or take another name."],
  ],
  "a name that starts with a digit": [
    "SELECT 1st FROM orders;",
    ["x.sql:1:8: A name cannot start with a digit. Write `1st` in backticks, or a letter before it."],
  ],
  "DESCRIBE EXTENDED the wrong way round": [
    "DESCRIBE EXTENDED orders;",
    ["x.sql:1:1: EXTENDED comes after the name. Write DESCRIBE ORDERS EXTENDED."],
  ],
  "a window without a unit": [
    "SELECT item, COUNT(*) FROM orders WINDOW TUMBLING (SIZE 1) GROUP BY item EMIT CHANGES;",
    ['x.sql:1:58: ")" is not understood here, after "1". Write a unit of time, e.g. MINUTES.'],
  ],
  "EMIT CHANGE": [
    "SELECT item FROM orders EMIT CHANGE;",
    ['x.sql:1:30: "CHANGE" is not understood here. Write CHANGES.'],
  ],
  "all mistakes at once, each at its place": [
    "SELECT itm FROM orders;\nDROP TABLE orders;\nSELECT item FORM orders;",
    [
      "x.sql:1:8: ORDERS has no column ITM. Write ITEM.",
      "x.sql:2:1: ORDERS is a stream. Write DROP STREAM.",
      'x.sql:3:13: "FORM" is not understood here. Write FROM.',
    ],
  ],
});

describeMistakes("habits", {
  "ORDER BY": [
    "SELECT item FROM orders ORDER BY item DESC EMIT CHANGES;",
    ["x.sql:1:25: ksqlDB has no ORDER BY: a stream never ends. Leave it out, and sort where the result is read."],
  ],
  "SELECT DISTINCT": [
    "SELECT DISTINCT item FROM orders EMIT CHANGES;",
    ["x.sql:1:8: ksqlDB has no SELECT DISTINCT. Make a table with GROUP BY over the columns, e.g. with COUNT(*)."],
  ],
  "COUNT(DISTINCT)": [
    "SELECT item, COUNT(DISTINCT customer_id) FROM orders GROUP BY item EMIT CHANGES;",
    ["x.sql:1:14: ksqlDB has no DISTINCT inside a function. Write COUNT_DISTINCT(…)."],
  ],
  "a subquery in FROM": [
    "SELECT item FROM (SELECT item FROM orders) EMIT CHANGES;",
    ["x.sql:1:18: ksqlDB has no subqueries. Write the inner SELECT as a statement of its own, and read its result."],
  ],
  "a subquery in WHERE": [
    "SELECT item FROM orders WHERE customer_id = (SELECT id FROM customers) EMIT CHANGES;",
    ["x.sql:1:45: ksqlDB has no subqueries. Write the inner SELECT as a statement of its own, and join its result."],
  ],
  USING: [
    "SELECT o.item FROM orders o JOIN loyalty l USING (id) EMIT CHANGES;",
    [
      "x.sql:1:44: ksqlDB has no USING. Write ON O.ID = L.ID.",
      "x.sql:1:44: ORDERS has no column ID. There are ORDER_ID, CUSTOMER_ID, ORDER_TS, ORDER_TOTAL_USD, ITEM, ADDRESS, TAGS, QUANTITY and `__deleted`.",
    ],
  ],
  "a join by a comma": [
    "SELECT o.item FROM orders o, loyalty l WHERE o.customer_id = l.id EMIT CHANGES;",
    ["x.sql:1:30: ksqlDB does not join by a comma. Write JOIN … ON a.column = b.column."],
  ],
  "CROSS JOIN": [
    "SELECT o.item FROM orders CROSS JOIN shipments EMIT CHANGES;",
    ["x.sql:1:27: ksqlDB has no CROSS JOIN. Write JOIN … ON a.column = b.column."],
  ],
  "text in double quotes": [
    'SELECT item FROM orders WHERE item = "beer" EMIT CHANGES;',
    ["x.sql:1:38: ORDERS has no column `beer`. Write 'beer' in single quotes if it is text."],
  ],
  "INSERT INTO … SELECT with a list of columns": [
    "INSERT INTO outbox (order_key, order_id, item) SELECT order_id AS order_key, AS_VALUE(order_id) AS order_id, item FROM orders;",
    ["x.sql:1:21: INSERT INTO … SELECT takes no list of columns. Name the columns with AS in the SELECT list."],
  ],
  "GRACE PERIOD before RETENTION": [
    "SELECT item, COUNT(*) FROM orders WINDOW TUMBLING (SIZE 1 HOUR, GRACE PERIOD 1 HOUR, RETENTION 1 DAY) GROUP BY item EMIT CHANGES;",
    ["x.sql:1:86: RETENTION comes before GRACE PERIOD in ksqlDB. Write it there."],
  ],
  UNION: [
    "SELECT item FROM orders UNION ALL SELECT carrier FROM shipments;",
    ["x.sql:1:25: ksqlDB has no UNION. Write the second SELECT as INSERT INTO the result of the first."],
  ],
  "WHERE before WINDOW": [
    "SELECT item, COUNT(*) FROM orders WHERE item <> 'x' WINDOW TUMBLING (SIZE 1 HOUR) GROUP BY item EMIT CHANGES;",
    [
      "x.sql:1:53: WINDOW comes before WHERE in ksqlDB. The order is FROM, JOIN, WINDOW, WHERE, GROUP BY, PARTITION BY, HAVING, EMIT, LIMIT.",
    ],
  ],
  "two WHERE": [
    "SELECT item FROM orders WHERE quantity > 1 WHERE quantity < 9 EMIT CHANGES;",
    ["x.sql:1:44: There are two WHERE clauses. Join the conditions with AND."],
  ],
  "a point for a field of a STRUCT": [
    "SELECT address.city FROM orders EMIT CHANGES;",
    ["x.sql:1:8: A field of a STRUCT is taken with ->, not with a point. Write ADDRESS->CITY."],
  ],
  "a type of another system": [
    "SELECT CAST(item AS NVARCHAR) FROM orders EMIT CHANGES;",
    ["x.sql:1:21: ksqlDB has no type NVARCHAR. Write STRING."],
  ],
  "a length after VARCHAR": [
    "SELECT CAST(item AS VARCHAR(50)) FROM orders EMIT CHANGES;",
    ["x.sql:1:21: VARCHAR takes no length in ksqlDB. Write VARCHAR."],
  ],
  "a function of another system": [
    "SELECT LOWER(item), GETDATE() FROM orders EMIT CHANGES;",
    [
      "x.sql:1:8: ksqlDB has no function LOWER. Write LCASE(…).",
      "x.sql:1:21: ksqlDB has no function GETDATE. Write UNIX_TIMESTAMP(…).",
    ],
  ],
  SET: [
    "SET 'auto.offset.reset' = 'earliest';",
    [
      "harmful x.sql:1:1: SET lasts for one request only. Properties of the query belong into the stack's configuration; take SET out.",
    ],
  ],
  UNSET: [
    "UNSET 'auto.offset.reset';",
    ["harmful x.sql:1:1: SET lasts for one request only, so there is nothing to unset. Take UNSET out."],
  ],
  "DEFINE and its variable": [
    "DEFINE topic = 'X';\nSELECT item FROM orders WHERE item = ${topic} EMIT CHANGES;",
    [
      "harmful x.sql:1:1: A variable makes what runs differ from what the file says. Write the value itself, and take DEFINE out.",
      "harmful x.sql:2:38: ${topic} stands for something that only the session which defined it knows. Write the value itself.",
    ],
  ],
  "CREATE SINK CONNECTOR": [
    "CREATE SINK CONNECTOR s3 WITH ('connector.class' = 'S3');",
    [
      "harmful x.sql:1:1: Connectors are declared in pipeline.ts, where their secrets and their order are cared for. Take the statement out.",
    ],
  ],
  "CREATE TYPE": [
    "CREATE TYPE address AS STRUCT<street STRING>;",
    [
      "harmful x.sql:1:1: A type of one's own is state of the server that no statement shows. Write the STRUCT<…> where it is used.",
    ],
  ],
});

describeMistakes("names", {
  "an unknown stream": [
    "SELECT item FROM oders EMIT CHANGES;",
    ["x.sql:1:18: There is no stream or table ODERS. Write ORDERS."],
  ],
  "a stream in another case": [
    "SELECT item FROM `orders` EMIT CHANGES;",
    ["x.sql:1:18: There is no stream or table `orders`. Write ORDERS."],
  ],
  "an unknown column": ["SELECT itme FROM orders EMIT CHANGES;", ["x.sql:1:8: ORDERS has no column ITME. Write ITEM."]],
  "an unknown column of a join": [
    "SELECT o.item, c.surname FROM orders o JOIN customers c ON o.customer_id = c.id EMIT CHANGES;",
    [
      "x.sql:1:16: CUSTOMERS has no column SURNAME. There are ID, FIRST_NAME, LAST_NAME, EMAIL, COMPANY, STREET_ADDRESS, CITY, COUNTRY and REFERRER_ID.",
    ],
  ],
  "an unknown column in WHERE": [
    "SELECT item FROM orders WHERE totl > 3 EMIT CHANGES;",
    [
      "x.sql:1:31: ORDERS has no column TOTL. There are ORDER_ID, CUSTOMER_ID, ORDER_TS, ORDER_TOTAL_USD, ITEM, ADDRESS, TAGS, QUANTITY and `__deleted`.",
    ],
  ],
  "a column that both sides have": [
    "SELECT order_id FROM orders o JOIN shipments s WITHIN 1 HOUR ON o.order_id = s.order_id EMIT CHANGES;",
    ["x.sql:1:8: ORDER_ID is in O and S. Write O.ORDER_ID or S.ORDER_ID."],
  ],
  "a source by its name although it has an alias": [
    "SELECT orders.item FROM orders o EMIT CHANGES;",
    ["x.sql:1:8: ORDERS is called O in this query. Write O.ITEM."],
  ],
  "an unknown alias": [
    "SELECT x.item FROM orders o EMIT CHANGES;",
    ["x.sql:1:8: Nothing is called X in this query. Write O."],
  ],
  "an unknown field of a STRUCT": [
    "SELECT address->town FROM orders EMIT CHANGES;",
    ["x.sql:1:17: The STRUCT has no field TOWN. Write STREET or CITY."],
  ],
  "an unknown function": [
    "SELECT COALESC(item, 'x') FROM orders EMIT CHANGES;",
    ["x.sql:1:8: ksqlDB has no function COALESC. Write COALESCE(…)."],
  ],
  "two columns of one name": [
    "CREATE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id, item AS a, item AS a FROM orders;",
    ["x.sql:1:85: There are two columns A. Give one of them another name with AS."],
  ],
  "WINDOWSTART without a window": [
    "CREATE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id, WINDOWSTART AS w FROM orders;",
    ["x.sql:1:74: WINDOWSTART is there only where there is a WINDOW. Add a WINDOW clause, or take WINDOWSTART out."],
  ],
  "a result column named as ksqlDB's own": [
    "CREATE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id, order_ts AS rowtime FROM orders;",
    ["x.sql:1:74: ROWTIME cannot be the name of a column. Write ROWTIME AS ROW_TIME."],
  ],
  "two sources of one alias": [
    "SELECT o.item FROM orders o JOIN customers o ON o.customer_id = o.id EMIT CHANGES;",
    ["x.sql:1:34: Two sources are called O. Give one of them another alias."],
  ],
});

describeMistakes("types", {
  "text minus a number": [
    "SELECT item - 1 FROM orders EMIT CHANGES;",
    ["x.sql:1:8: ksqlDB has no STRING - INTEGER. CAST both to numbers."],
  ],
  "text plus a number": [
    "SELECT item + quantity FROM orders EMIT CHANGES;",
    ["x.sql:1:8: ksqlDB has no STRING + INTEGER. CAST both to STRING, or write CONCAT."],
  ],
  "a comparison of text and a number": [
    "SELECT item FROM orders WHERE item = quantity EMIT CHANGES;",
    ["x.sql:1:31: ksqlDB cannot compare STRING with INTEGER. Write CAST(QUANTITY AS STRING)."],
  ],
  "no condition in WHERE": [
    "SELECT item FROM orders WHERE quantity EMIT CHANGES;",
    ["x.sql:1:31: WHERE needs a condition, and QUANTITY is INTEGER. Compare it with something."],
  ],
  "a number in a text function": [
    "SELECT UCASE(quantity) FROM orders EMIT CHANGES;",
    ["x.sql:1:8: UCASE does not take (INTEGER). Write UCASE(STRING)."],
  ],
  "too few arguments": [
    "SELECT REPLACE(item, 'a') FROM orders EMIT CHANGES;",
    ["x.sql:1:8: REPLACE does not take (STRING, STRING). Write REPLACE(STRING, STRING, STRING)."],
  ],
  "results of CASE of two types": [
    "SELECT CASE WHEN quantity > 1 THEN item ELSE quantity END FROM orders EMIT CHANGES;",
    [
      "x.sql:1:46: All results of a CASE must have one type, and here are STRING and INTEGER. Write CAST(QUANTITY AS STRING).",
    ],
  ],
  "a cast that there is not": [
    "SELECT CAST(order_ts AS BIGINT), CAST(quantity AS TIMESTAMP) FROM orders EMIT CHANGES;",
    [
      "x.sql:1:13: ksqlDB cannot cast TIMESTAMP to BIGINT. Write UNIX_TIMESTAMP(…).",
      "x.sql:1:39: ksqlDB cannot cast INTEGER to TIMESTAMP. Write FROM_UNIXTIME(…).",
    ],
  ],
  "a DECIMAL with more digits after the point than digits": [
    "SELECT CAST(quantity AS DECIMAL(2, 5)) FROM orders EMIT CHANGES;",
    ["x.sql:1:25: DECIMAL(2, 5) has more digits after the point than digits. Write DECIMAL(2, 2)."],
  ],
  "LIKE over a number": [
    "SELECT item FROM orders WHERE quantity LIKE '1%' EMIT CHANGES;",
    ["x.sql:1:31: LIKE compares text, and QUANTITY is INTEGER. Write CAST(QUANTITY AS STRING)."],
  ],
  "-> on no STRUCT": [
    "SELECT item->city FROM orders EMIT CHANGES;",
    ["x.sql:1:8: -> takes a field out of a STRUCT, and this is STRING. Take ->CITY out."],
  ],
  "[] on no ARRAY": [
    "SELECT item[1], tags['a'] FROM orders EMIT CHANGES;",
    [
      "x.sql:1:8: […] takes an element out of an ARRAY or a MAP, and this is STRING. Take it out.",
      "x.sql:1:17: An ARRAY is indexed by INTEGER, and this is STRING. The first element is [1].",
    ],
  ],
  "|| in a query that is kept": [
    "CREATE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id, item || ' of ' || address->city AS t FROM orders;",
    [
      "x.sql:1:74: ksqlDB refuses || in a query that it keeps. Write CONCAT(ITEM, ' of ', ADDRESS->CITY), or CONCAT_WS with a separator.",
    ],
  ],
});

describeMistakes("joins", {
  "types of the sides differ": [
    "CREATE STREAM x AS SELECT o.item AS k, AS_VALUE(o.item) AS item, c.email FROM orders o JOIN customers c ON o.item = c.id;",
    [
      "x.sql:1:108: Both sides of ON have the same type, and O.ITEM is STRING but C.ID INTEGER. Write CAST(O.ITEM AS INTEGER).",
    ],
  ],
  "INT and BIGINT differ too": [
    "CREATE STREAM x AS SELECT c.id AS k, AS_VALUE(c.id) AS id, c.email FROM orders o JOIN customers c ON CAST(o.customer_id AS BIGINT) = c.id;",
    [
      "x.sql:1:102: Both sides of ON have the same type, and CAST(O.CUSTOMER_ID AS BIGINT) is BIGINT but C.ID INTEGER. Write CAST(O.CUSTOMER_ID AS INTEGER).",
    ],
  ],
  "other partitions": [
    "CREATE STREAM x AS SELECT o.order_id AS k, AS_VALUE(o.order_id) AS order_id, r.return_id FROM orders o JOIN returns r WITHIN 7 DAYS GRACE PERIOD 1 HOUR ON o.order_id = r.order_id;",
    [
      "x.sql:1:104: ksqlDB joins topics with equally many partitions, and ORDERS has 3 but RETURNS has 6. Give both the same count, or re-key one into a topic that has it.",
    ],
  ],
  "other partitions, even when the stream is keyed anew": [
    "CREATE STREAM x AS SELECT o.item AS k, AS_VALUE(o.item) AS item, t.title FROM orders o JOIN countries t ON o.item = t.code;",
    [
      "x.sql:1:88: ksqlDB joins topics with equally many partitions, and ORDERS has 3 but COUNTRIES has 1. Give both the same count, or re-key one into a topic that has it.",
    ],
  ],
  "not by the table's primary key": [
    "CREATE STREAM x AS SELECT o.item AS k, AS_VALUE(o.item) AS item, c.email FROM orders o JOIN customers c ON o.item = c.email;",
    ["x.sql:1:117: A table is joined by its primary key, and C.EMAIL is not that of CUSTOMERS. Write C.ID."],
  ],
  "a table with a key of two columns": [
    "CREATE STREAM x AS SELECT o.item AS k, AS_VALUE(o.item) AS item, p.price FROM orders o JOIN prices p ON o.item = p.item;",
    [
      "x.sql:1:105: PRICES has a key of 2 columns, and a table is joined by a key of one. Make a table with one key of it first.",
    ],
  ],
  "by two conditions": [
    "CREATE STREAM x AS SELECT o.customer_id AS k, AS_VALUE(o.customer_id) AS customer_id, c.email FROM orders o JOIN customers c ON o.customer_id = c.id AND o.item = c.email;",
    ["x.sql:1:129: ksqlDB joins by one equality. Keep one, and put the others into WHERE."],
  ],
  "by something else than equality": [
    "CREATE STREAM x AS SELECT o.customer_id AS k, AS_VALUE(o.customer_id) AS customer_id, c.email FROM orders o JOIN customers c ON o.customer_id > c.id;",
    [
      "x.sql:1:129: ksqlDB joins by one equality, and this is O.CUSTOMER_ID > C.ID. Write ON a.column = b.column, and the condition into WHERE.",
    ],
  ],
  "without ON": [
    "CREATE STREAM x AS SELECT o.customer_id AS k, AS_VALUE(o.customer_id) AS customer_id, c.email FROM orders o JOIN customers c;",
    ["x.sql:1:109: A JOIN says what it joins by. Write ON a.column = b.column after it."],
  ],
  "with both columns from one side": [
    "CREATE STREAM x AS SELECT o.customer_id AS k, AS_VALUE(o.customer_id) AS customer_id, c.email FROM orders o JOIN customers c ON o.customer_id = o.quantity;",
    [
      "x.sql:1:129: Each side of ON takes its columns from one source, and this does not. Write ON O.column = C.column.",
    ],
  ],
  "the table before the stream": [
    "CREATE STREAM x AS SELECT c.id AS k, AS_VALUE(c.id) AS id, o.item FROM customers c JOIN orders o ON c.id = o.customer_id;",
    [
      "x.sql:1:84: A stream comes first when it is joined with a table, and ORDERS is a stream. Write FROM ORDERS … JOIN the table.",
    ],
  ],
  "RIGHT of stream and table": [
    "CREATE STREAM x AS SELECT c.id AS k, AS_VALUE(c.id) AS id, o.item FROM orders o RIGHT JOIN customers c ON o.customer_id = c.id;",
    [
      "x.sql:1:81: A stream and a table have no RIGHT JOIN: only the stream's rows make the join happen. Write LEFT JOIN or INNER JOIN.",
    ],
  ],
  "FULL of stream and table": [
    "CREATE STREAM x AS SELECT ROWKEY AS k, AS_VALUE(ROWKEY) AS id, o.item FROM orders o FULL OUTER JOIN customers c ON o.customer_id = c.id;",
    [
      "x.sql:1:85: A stream and a table have no FULL JOIN: only the stream's rows make the join happen. Write LEFT JOIN or INNER JOIN.",
    ],
  ],
  "two streams without a time": [
    "CREATE STREAM x AS SELECT o.order_id AS k, AS_VALUE(o.order_id) AS order_id, s.carrier FROM orders o JOIN shipments s ON o.order_id = s.order_id;",
    [
      "x.sql:1:102: Two streams are joined within a time, and here is none. Write WITHIN 1 HOUR GRACE PERIOD 10 MINUTES, or the like, before ON.",
    ],
  ],
  "WITHIN where a table is": [
    "CREATE STREAM x AS SELECT c.id AS k, AS_VALUE(c.id) AS id, o.item FROM orders o JOIN customers c WITHIN 1 HOUR ON o.customer_id = c.id;",
    ["x.sql:1:98: WITHIN is for two streams, and CUSTOMERS is a table. Take WITHIN out."],
  ],
  "windowed with not windowed": [
    "CREATE STREAM x AS SELECT h.item AS k, AS_VALUE(h.item) AS item, o.order_id FROM hourly_stream h JOIN orders o WITHIN 1 HOUR ON h.item = o.item;",
    [
      "x.sql:1:98: HOURLY_STREAM has a window in its key and ORDERS has none, so no keys are ever equal. Join before the window, or window both alike.",
    ],
  ],
  "a stream with itself": [
    "CREATE STREAM x AS SELECT a.order_id AS k, AS_VALUE(a.order_id) AS order_id, b.item FROM orders a JOIN orders b WITHIN 1 HOUR ON a.order_id = b.order_id;",
    [
      "x.sql:1:104: ksqlDB does not join ORDERS with itself. Write a copy of it with CREATE STREAM … AS SELECT, and join that.",
    ],
  ],
  "RIGHT by a foreign key": [
    "CREATE TABLE x AS SELECT c.id AS k, AS_VALUE(c.id) AS id, f.industry FROM customers c RIGHT JOIN companies f ON c.company = f.name;",
    ["x.sql:1:87: A join by a foreign key is INNER or LEFT, and this is RIGHT. Write LEFT JOIN."],
  ],
  "by a foreign key without the left table's key": [
    "CREATE TABLE x AS SELECT c.email, f.industry FROM customers c JOIN companies f ON c.company = f.name;",
    ["x.sql:1:19: The SELECT list lacks the key, C.ID. Add C.ID AS ID_KEY to it."],
  ],
  "by a foreign key as a second join": [
    "CREATE TABLE x AS SELECT c.id AS k, AS_VALUE(c.id) AS id, l.level, f.industry FROM customers c JOIN loyalty l ON c.id = l.id JOIN companies f ON c.company = f.name;",
    [
      "x.sql:1:126: A join by a foreign key has two tables. Write the first join as a statement of its own, and join its result.",
    ],
  ],
});

describeMistakes("keys", {
  "a join that lacks its key": [
    "CREATE STREAM x AS SELECT o.item, c.email FROM orders o LEFT JOIN customers c ON o.customer_id = c.id;",
    ["x.sql:1:20: The SELECT list lacks the key, O.CUSTOMER_ID or C.ID. Add O.CUSTOMER_ID AS CUSTOMER_KEY to it."],
  ],
  "a filter that lacks its key": [
    "CREATE STREAM x AS SELECT item FROM orders;",
    ["x.sql:1:20: The SELECT list lacks the key, ORDER_ID. Add ORDER_ID AS ORDER_KEY to it."],
  ],
  "GROUP BY that lacks its column": [
    "CREATE TABLE x AS SELECT COUNT(*) AS n FROM orders GROUP BY item;",
    ["x.sql:1:19: The SELECT list lacks the column it groups by, ITEM. Add ITEM AS ITEM_KEY to it."],
  ],
  "PARTITION BY that lacks its column": [
    "CREATE STREAM x AS SELECT order_id, quantity FROM orders PARTITION BY item;",
    ["x.sql:1:20: The SELECT list lacks the column it is partitioned by, ITEM. Add ITEM AS ITEM_KEY to it."],
  ],
  "FULL OUTER that lacks ROWKEY": [
    "CREATE TABLE x AS SELECT c.email, l.level FROM customers c FULL OUTER JOIN loyalty l ON c.id = l.id;",
    ["x.sql:1:19: The SELECT list lacks the key, ROWKEY. Add ROWKEY AS ROW_KEY to it."],
  ],
  "the key twice": [
    "CREATE STREAM x AS SELECT order_id AS k, order_id AS order_id FROM orders;",
    [
      "x.sql:1:42: The key ORDER_ID is there twice, and only one can be the key. Write AS_VALUE(ORDER_ID) for the other.",
    ],
  ],
  "nothing but the key": [
    "CREATE STREAM x AS SELECT order_id FROM orders;",
    ["x.sql:1:20: The SELECT list has no column besides the key. Add one, e.g. a copy of the key by AS_VALUE."],
  ],
  "two columns in a KAFKA key": [
    "CREATE TABLE x WITH (KEY_FORMAT = 'KAFKA') AS SELECT item AS k, quantity AS q, AS_VALUE(item) AS item, AS_VALUE(quantity) AS quantity, COUNT(*) AS n FROM orders GROUP BY item, quantity;",
    [
      "x.sql:1:14: The key format KAFKA holds one column, and the key has 2. Write FORMAT = 'AVRO', or KEY_FORMAT = 'JSON'.",
    ],
  ],
  "a DECIMAL in a KAFKA key": [
    "CREATE STREAM x WITH (KEY_FORMAT = 'KAFKA') AS SELECT order_total_usd AS k, AS_VALUE(order_total_usd) AS total FROM orders PARTITION BY order_total_usd;",
    [
      "x.sql:1:15: The key format KAFKA holds INTEGER, BIGINT, DOUBLE or STRING, and K is DECIMAL(5,2). Write KEY_FORMAT = 'AVRO'.",
    ],
  ],
});

describeMistakes("aggregates", {
  "without GROUP BY": [
    "CREATE TABLE x AS SELECT COUNT(*) AS n FROM orders;",
    [
      "x.sql:1:19: COUNT needs GROUP BY in ksqlDB. To aggregate everything, add a column with one value first, and group by it.",
    ],
  ],
  "GROUP BY without an aggregate": [
    "CREATE TABLE x AS SELECT item AS k, AS_VALUE(item) AS item FROM orders GROUP BY item;",
    ["x.sql:1:81: GROUP BY needs an aggregate in SELECT or HAVING. Add COUNT(*), or re-key with PARTITION BY."],
  ],
  "a column that has many values": [
    "CREATE TABLE x AS SELECT item AS k, AS_VALUE(item) AS item, quantity, COUNT(*) AS n FROM orders GROUP BY item;",
    ["x.sql:1:61: QUANTITY has many values in a group. Write LATEST_BY_OFFSET(QUANTITY), or add it to GROUP BY."],
  ],
  "* beside an aggregate": [
    "CREATE TABLE x AS SELECT *, COUNT(*) AS n FROM orders GROUP BY item;",
    ["x.sql:1:26: * has many values in a group. Name the columns of GROUP BY, and aggregate the others."],
  ],
  "in WHERE": [
    "CREATE TABLE x AS SELECT item AS k, AS_VALUE(item) AS item, COUNT(*) AS n FROM orders WHERE COUNT(*) > 3 GROUP BY item;",
    ["x.sql:1:93: COUNT goes over many rows, but WHERE looks at single rows. Write HAVING after GROUP BY."],
  ],
  "in an aggregate": [
    "CREATE TABLE x AS SELECT item AS k, AS_VALUE(item) AS item, MAX(COUNT(*)) AS n FROM orders GROUP BY item;",
    [
      "x.sql:1:65: COUNT goes over many rows, but it stands inside MAX already. Aggregate in a statement of its own first.",
    ],
  ],
  "MAX over a table": [
    "CREATE TABLE x AS SELECT country AS k, AS_VALUE(country) AS country, MAX(email) AS m FROM customers GROUP BY country;",
    [
      "x.sql:1:19: MAX cannot take a row back when a table's row changes. Aggregate a stream, or take AVG, COLLECT_LIST, CORRELATION, COUNT, HISTOGRAM, STDDEV_SAMP, STDDEV_SAMPLE or SUM.",
    ],
  ],
  "EMIT FINAL without a window": [
    "CREATE TABLE x AS SELECT item AS k, AS_VALUE(item) AS item, COUNT(*) AS n FROM orders GROUP BY item EMIT FINAL;",
    ["x.sql:1:101: EMIT FINAL gives a window's last result, and there is no WINDOW. Write EMIT CHANGES."],
  ],
  "a window without GROUP BY": [
    "CREATE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id FROM orders WINDOW TUMBLING (SIZE 1 HOUR);",
    ["x.sql:1:92: A WINDOW needs GROUP BY. Add GROUP BY, or take the WINDOW out."],
  ],
  "a window over a table": [
    "CREATE TABLE x AS SELECT country AS k, AS_VALUE(country) AS country, WINDOWSTART AS a, WINDOWEND AS b, COUNT(*) AS n FROM customers WINDOW TUMBLING (SIZE 1 HOUR) GROUP BY country;",
    [
      "x.sql:1:140: A WINDOW cuts a stream by time, and a table has only its present state. Read a stream, or take the WINDOW out.",
    ],
  ],
  "a window kept shorter than it lasts": [
    "CREATE TABLE x AS SELECT item AS k, AS_VALUE(item) AS item, WINDOWSTART AS a, WINDOWEND AS b, COUNT(*) AS n FROM orders WINDOW TUMBLING (SIZE 1 HOUR, RETENTION 1 HOUR, GRACE PERIOD 10 MINUTES) GROUP BY item;",
    [
      "x.sql:1:161: Rows may come for 70 MINUTES, the window and its grace, and it is kept for 1 HOUR only. Write RETENTION 70 MINUTES or more.",
    ],
  ],
  "a hopping window that skips rows": [
    "CREATE TABLE x AS SELECT item AS k, AS_VALUE(item) AS item, WINDOWSTART AS a, WINDOWEND AS b, COUNT(*) AS n FROM orders WINDOW HOPPING (SIZE 10 MINUTES, ADVANCE BY 1 HOUR) GROUP BY item;",
    [
      "x.sql:1:165: A hopping window advances by no more than its size, or it would skip rows. Write ADVANCE BY 10 MINUTES or less.",
    ],
  ],
  "a query over a windowed table": [
    "CREATE TABLE x AS SELECT item AS k, AS_VALUE(item) AS item, total FROM hourly;",
    [
      "x.sql:1:72: ksqlDB keeps no query over a windowed table, and HOURLY is one. Declare a stream over its topic, with WINDOW_TYPE, and read that.",
    ],
  ],
  "HAVING without GROUP BY": [
    "CREATE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id FROM orders HAVING quantity > 1;",
    ["x.sql:1:92: HAVING needs GROUP BY. Write WHERE."],
  ],
  "PARTITION BY with GROUP BY": [
    "CREATE TABLE x AS SELECT item AS k, AS_VALUE(item) AS item, COUNT(*) AS n FROM orders GROUP BY item PARTITION BY item;",
    ["x.sql:1:114: GROUP BY makes the key already. Take PARTITION BY out."],
  ],
  "PARTITION BY of a table": [
    "CREATE TABLE x AS SELECT email AS k, AS_VALUE(email) AS email FROM customers PARTITION BY email;",
    [
      "x.sql:1:91: A table keeps its key: PARTITION BY is for streams. Take it out, or make another table with GROUP BY.",
    ],
  ],
  "EXPLODE inside an expression": [
    "CREATE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id, UCASE(EXPLODE(tags)) AS tag FROM orders;",
    [
      "x.sql:1:80: EXPLODE cannot stand here: it makes rows, so it must be a whole item of the SELECT list. Take it out of what is around it.",
    ],
  ],
});

describeMistakes("statements", {
  "CREATE STREAM of a table": [
    "CREATE STREAM x AS SELECT item AS k, AS_VALUE(item) AS item, COUNT(*) AS n FROM orders GROUP BY item;",
    ["x.sql:1:1: The result is a table: GROUP BY makes a table. Write CREATE TABLE."],
  ],
  "CREATE TABLE of a stream": [
    "CREATE TABLE x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id FROM orders;",
    ["x.sql:1:1: The result is a stream: without GROUP BY a stream stays a stream. Write CREATE STREAM."],
  ],
  "LIMIT in a query that is kept": [
    "CREATE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id FROM orders EMIT CHANGES LIMIT 5;",
    ["x.sql:1:98: A query that is kept has no LIMIT. Take it out."],
  ],
  "a table with KEY": [
    "CREATE TABLE x (id INT KEY, a STRING) WITH (KAFKA_TOPIC = 'x', FORMAT = 'AVRO');",
    ["x.sql:1:17: A table has a PRIMARY KEY. Write ID … PRIMARY KEY."],
  ],
  "a stream with PRIMARY KEY": [
    "CREATE STREAM x (id INT PRIMARY KEY, a STRING) WITH (KAFKA_TOPIC = 'x', FORMAT = 'AVRO');",
    ["x.sql:1:18: A stream may have one key many times, so it has no PRIMARY KEY. Write ID … KEY."],
  ],
  "a table without a key": [
    "CREATE TABLE x (id INT, a STRING) WITH (KAFKA_TOPIC = 'x', FORMAT = 'AVRO');",
    ["x.sql:1:14: A table has a primary key, and this has none. Write ID … PRIMARY KEY."],
  ],
  "a key that is in the value too": [
    "CREATE STREAM x (id INT KEY, a STRING, id INT) WITH (KAFKA_TOPIC = 'x', FORMAT = 'AVRO');",
    [
      "x.sql:1:40: ID is in the key and in the value. Write it once, as the key; the field in the value is then not read.",
    ],
  ],
  "no columns in Avro": [
    "CREATE STREAM x WITH (KAFKA_TOPIC = 'x', FORMAT = 'AVRO');",
    [
      "x.sql:1:15: Nothing here says the columns of X: ksqlDB would ask Schema Registry, and refuse where it has no subject yet. Write the columns.",
    ],
  ],
  "no columns in JSON": [
    "CREATE STREAM x WITH (KAFKA_TOPIC = 'x', VALUE_FORMAT = 'JSON');",
    ["x.sql:1:15: Nothing says the columns of X, and JSON has no schema in the registry. Write the columns."],
  ],
  "no topic and no format": [
    "CREATE STREAM x (id INT KEY, a STRING);",
    [
      "x.sql:1:15: Nothing says which topic X reads. Write WITH (KAFKA_TOPIC = '…').",
      "x.sql:1:15: Nothing says how the values of X are written. Write FORMAT = 'AVRO', or VALUE_FORMAT.",
    ],
  ],
  "a topic that is not there": [
    "CREATE STREAM x (id INT KEY, a STRING) WITH (KAFKA_TOPIC = 'nope', FORMAT = 'AVRO');",
    [
      "x.sql:1:15: There is no topic nope, and nothing says to make one. Write the name of one that is there, or PARTITIONS = 1, or more.",
    ],
    { topics },
  ],
  "a topic with other partitions": [
    "CREATE STREAM x (id INT KEY, a STRING) WITH (KAFKA_TOPIC = 'there', FORMAT = 'AVRO', PARTITIONS = 6);",
    ["x.sql:1:15: The topic there has 3 partitions, and PARTITIONS says 6. Take PARTITIONS out."],
    { topics },
  ],
  "a result topic with other partitions": [
    "CREATE STREAM x WITH (KAFKA_TOPIC = 'X', PARTITIONS = 6) AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id FROM orders;",
    ["x.sql:1:42: The topic X has 3 partitions, and the result would have 6. Write PARTITIONS = 3."],
    { topics },
  ],
  "a column of ksqlDB's own": [
    "CREATE STREAM x (id INT KEY, rowtime BIGINT) WITH (KAFKA_TOPIC = 'x', FORMAT = 'AVRO');",
    ["x.sql:1:30: ROWTIME is a column that ksqlDB gives every row. Give yours another name."],
  ],
  "TIMESTAMP of a DATE": [
    "CREATE STREAM x (id INT KEY, a DATE, b BIGINT) WITH (KAFKA_TOPIC = 'x', FORMAT = 'AVRO', TIMESTAMP = 'a');",
    ["x.sql:1:90: TIMESTAMP names A, which is DATE, and takes BIGINT or TIMESTAMP. Write 'B'."],
  ],
  "TIMESTAMP of an INT": [
    "CREATE STREAM x (id INT KEY, a INT) WITH (KAFKA_TOPIC = 'x', FORMAT = 'AVRO', TIMESTAMP = 'a');",
    ["x.sql:1:79: TIMESTAMP names A, which is INTEGER, and takes BIGINT or TIMESTAMP. Take TIMESTAMP out."],
  ],
  "TIMESTAMP of a text without its format": [
    "CREATE STREAM x (id INT KEY, a STRING) WITH (KAFKA_TOPIC = 'x', FORMAT = 'AVRO', TIMESTAMP = 'a');",
    [
      "x.sql:1:82: TIMESTAMP names A, a STRING, and nothing says how to read it. Write TIMESTAMP_FORMAT = 'yyyy-MM-dd HH:mm:ss', or the like.",
    ],
  ],
  "TIMESTAMP of nothing": [
    "CREATE STREAM x (id INT KEY, order_ts TIMESTAMP) WITH (KAFKA_TOPIC = 'x', FORMAT = 'AVRO', TIMESTAMP = 'order_time');",
    ["x.sql:1:92: TIMESTAMP names ORDER_TIME, and there is no such column. Write 'ORDER_TS'."],
  ],
  "WITH (KEY = …)": [
    "CREATE STREAM x (id INT, a STRING) WITH (KAFKA_TOPIC = 'x', VALUE_FORMAT = 'AVRO', KEY = 'id');",
    ["x.sql:1:84: WITH (KEY = …) is gone from ksqlDB. Write KEY after the column, or PRIMARY KEY in a table."],
  ],
  "a misspelt property": [
    "CREATE STREAM x (id INT KEY, a STRING) WITH (KAFKA_TOPC = 'x', FORMAT = 'AVRO');",
    [
      "x.sql:1:15: Nothing says which topic X reads. Write WITH (KAFKA_TOPIC = '…').",
      "x.sql:1:46: WITH has no property KAFKA_TOPC here. Write KAFKA_TOPIC.",
    ],
  ],
  "a misspelt format": [
    "CREATE STREAM x (id INT KEY, a STRING) WITH (KAFKA_TOPIC = 'x', FORMAT = 'AVRI');",
    ["x.sql:1:65: ksqlDB has no format AVRI here. Write 'AVRO'."],
  ],
  "FORMAT and VALUE_FORMAT": [
    "CREATE STREAM x (id INT KEY, a STRING) WITH (KAFKA_TOPIC = 'x', FORMAT = 'AVRO', VALUE_FORMAT = 'JSON');",
    ["x.sql:1:65: FORMAT stands for KEY_FORMAT and VALUE_FORMAT, and does not go with them. Take FORMAT out, or them."],
  ],
  "no partitions at all": [
    "CREATE STREAM x (id INT KEY, a STRING) WITH (KAFKA_TOPIC = 'x', FORMAT = 'AVRO', PARTITIONS = 0);",
    ["x.sql:1:82: PARTITIONS is 0. Write a whole number, 1 or more."],
  ],
  "a window without its size": [
    "CREATE STREAM x (id INT KEY, a STRING) WITH (KAFKA_TOPIC = 'x', FORMAT = 'AVRO', WINDOW_TYPE = 'TUMBLING');",
    ["x.sql:1:15: A TUMBLING window has a size, and nothing says it. Write WINDOW_SIZE = '1 HOUR', or what it is."],
  ],
  "OR REPLACE of a read-only source": [
    "CREATE OR REPLACE SOURCE STREAM x (id INT KEY, a STRING) WITH (KAFKA_TOPIC = 'x', FORMAT = 'AVRO');",
    ["x.sql:1:1: A read-only source is never replaced in place. Take OR REPLACE out."],
  ],
  "OR REPLACE and IF NOT EXISTS": [
    "CREATE OR REPLACE STREAM IF NOT EXISTS x (id INT KEY, a STRING) WITH (KAFKA_TOPIC = 'x', FORMAT = 'AVRO');",
    ["x.sql:1:1: OR REPLACE and IF NOT EXISTS contradict each other. Take IF NOT EXISTS out."],
  ],
  "columns and AS SELECT": [
    "CREATE STREAM x (id INT KEY) AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id FROM orders;",
    ["x.sql:1:1: CREATE … AS SELECT takes its columns from the SELECT. Take the list of columns out."],
  ],
  "INSERT INTO of other columns": [
    "INSERT INTO outbox SELECT order_id AS order_key, AS_VALUE(order_id) AS order_id, quantity AS item FROM orders;",
    [
      "x.sql:1:20: Column 3 of OUTBOX is ITEM STRING, and the SELECT gives ITEM INTEGER. Give the same names and types in the same order.",
    ],
  ],
  "INSERT INTO a table": [
    "INSERT INTO customers SELECT order_id AS id, item AS first_name FROM orders;",
    ["x.sql:1:1: INSERT INTO … SELECT writes streams into streams, and CUSTOMERS is a table. Make a table of its own."],
  ],
  "INSERT INTO what it reads": [
    "INSERT INTO outbox SELECT order_key, order_id, item FROM outbox;",
    ["harmful x.sql:1:13: OUTBOX would be fed with its own rows for ever. Insert into another stream."],
  ],
  "INSERT INTO a read-only source": [
    "INSERT INTO audit (id, what) VALUES (1, 'x');",
    ["x.sql:1:13: AUDIT is a read-only source. Write to its topic with something else."],
  ],
  "INSERT INTO nothing": [
    "INSERT INTO outbx SELECT order_id AS order_key, item FROM orders;",
    ["x.sql:1:13: There is no stream or table OUTBX. Write OUTBOX."],
  ],
  "DROP of the wrong kind": ["DROP TABLE orders;", ["x.sql:1:1: ORDERS is a stream. Write DROP STREAM."]],
  "DROP of nothing": ["DROP STREAM order_s;", ["x.sql:1:13: There is no stream or table ORDER_S. Write ORDERS."]],
  "DELETE TOPIC of a read-only source": [
    "DROP STREAM audit DELETE TOPIC;",
    ["x.sql:1:13: AUDIT only reads its topic, which is another's. Take DELETE TOPIC out."],
  ],
  "DESCRIBE of nothing": ["DESCRIBE ordrs;", ["x.sql:1:10: There is no stream or table ORDRS. Write ORDERS."]],
});

describeMistakes("together", {
  "a name that is taken": [
    "CREATE STREAM orders AS SELECT order_key AS k, AS_VALUE(order_key) AS order_key, item FROM outbox;",
    ["x.sql:1:1: ORDERS is there already: it is a declared table. Give the result another name."],
  ],
  "a name twice": [
    "CREATE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id FROM orders;\nCREATE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id FROM orders;",
    ["x.sql:2:1: X is created in x.sql:1 already. Give one of them another name."],
  ],
  "OR REPLACE of what is inserted into": [
    "CREATE OR REPLACE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id FROM orders;\nINSERT INTO x SELECT order_id AS k, AS_VALUE(order_id) AS order_id FROM shipments PARTITION BY order_id;",
    ["x.sql:1:1: X cannot be replaced in place, since x.sql:2 inserts into it. Take OR REPLACE out."],
  ],
  "DROP of what is read": [
    "CREATE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id FROM orders;\nDROP STREAM orders;",
    ["x.sql:2:1: ORDERS is read by X. Drop that first."],
  ],
  "statements that read each other": [
    "CREATE STREAM x AS SELECT k AS k2, AS_VALUE(k) AS k FROM y;\nCREATE STREAM y AS SELECT k2 AS k3, AS_VALUE(k2) AS k2 FROM x;",
    ["x.sql:1:1: X and Y read each other, so none can be first. Take one out of what another reads."],
  ],
});

describeMistakes("regrets", {
  "a key that is lost from the value": [
    "CREATE STREAM x AS SELECT order_id, item FROM orders;",
    [
      "harmful x.sql:1:20: ORDER_ID is in the key only, and targets that read the value never see it. Write ORDER_ID AS ORDER_KEY, AS_VALUE(ORDER_ID) AS ORDER_ID.",
    ],
  ],
  "a grouping column that is lost from the value": [
    "CREATE TABLE x AS SELECT item, COUNT(*) AS n FROM orders GROUP BY item;",
    [
      "harmful x.sql:1:19: ITEM is in the key only, and targets that read the value never see it. Write ITEM AS ITEM_KEY, AS_VALUE(ITEM) AS ITEM.",
    ],
  ],
  "a join's key that is lost from the value": [
    "CREATE STREAM x AS SELECT o.customer_id AS id, c.email FROM orders o JOIN customers c ON o.customer_id = c.id;",
    [
      "harmful x.sql:1:20: ID is in the key only, and targets that read the value never see it. Write O.CUSTOMER_ID AS ID_KEY, AS_VALUE(O.CUSTOMER_ID) AS ID.",
    ],
  ],
  "a sum that overflows": [
    "CREATE TABLE x AS SELECT item AS k, AS_VALUE(item) AS item, SUM(order_total_usd) AS total FROM orders GROUP BY item;",
    [
      "harmful x.sql:1:61: The sum stays DECIMAL(5,2), and is silently wrong once it no longer fits. Write SUM(CAST(ORDER_TOTAL_USD AS DECIMAL(38, 2))).",
    ],
  ],
  "a sum that was widened too little": [
    "CREATE TABLE x AS SELECT item AS k, AS_VALUE(item) AS item, SUM(CAST(order_total_usd AS DECIMAL(9, 2))) AS total FROM orders GROUP BY item;",
    [
      "harmful x.sql:1:61: The sum stays DECIMAL(9,2), and is silently wrong once it no longer fits. Write SUM(CAST(ORDER_TOTAL_USD AS DECIMAL(38, 2))).",
    ],
  ],
  "a sum of INTEGER": [
    "CREATE TABLE x AS SELECT item AS k, AS_VALUE(item) AS item, SUM(quantity) AS n FROM orders GROUP BY item;",
    [
      "warning x.sql:1:61: The sum stays INTEGER, and no longer fits above 2147483647. Write SUM(CAST(QUANTITY AS BIGINT)).",
    ],
  ],
  "a window without its bounds": [
    "CREATE TABLE x AS SELECT item AS k, AS_VALUE(item) AS item, COUNT(*) AS n FROM orders WINDOW TUMBLING (SIZE 1 HOUR) GROUP BY item;",
    [
      "harmful x.sql:1:19: The window is in the key only, and targets that read the value cannot tell the windows apart. Add WINDOWSTART AS WINDOW_START, WINDOWEND AS WINDOW_END.",
    ],
  ],
  "a window with one bound": [
    "CREATE TABLE x AS SELECT item AS k, AS_VALUE(item) AS item, WINDOWSTART AS a, COUNT(*) AS n FROM orders WINDOW TUMBLING (SIZE 1 HOUR) GROUP BY item;",
    [
      "harmful x.sql:1:19: The window is in the key only, and targets that read the value cannot tell the windows apart. Add WINDOWEND AS WINDOW_END.",
    ],
  ],
  "a window that is read, without its bounds": [
    "CREATE STREAM x AS SELECT item AS k, AS_VALUE(item) AS item, total FROM hourly_stream;",
    [
      "harmful x.sql:1:20: The window is in the key only, and targets that read the value cannot tell the windows apart. Add WINDOWSTART AS WINDOW_START, WINDOWEND AS WINDOW_END.",
    ],
  ],
  "a topic that keeps less than the window": [
    "CREATE TABLE x WITH (RETENTION_MS = 3600000) AS SELECT item AS k, AS_VALUE(item) AS item, WINDOWSTART AS a, WINDOWEND AS b, COUNT(*) AS n FROM orders WINDOW TUMBLING (SIZE 1 HOUR, GRACE PERIOD 1 HOUR) GROUP BY item;",
    [
      "harmful x.sql:1:22: The topic keeps rows for 1 HOUR, and a window and its grace last 2 HOURS: results would go before they are final. Write RETENTION_MS = 7200000, or more.",
    ],
  ],
  "a window that is longer than topics keep by default": [
    "CREATE TABLE x AS SELECT item AS k, AS_VALUE(item) AS item, WINDOWSTART AS a, WINDOWEND AS b, COUNT(*) AS n FROM orders WINDOW TUMBLING (SIZE 30 DAYS) GROUP BY item;",
    [
      "harmful x.sql:1:14: The topic keeps rows for 7 DAYS, and a window and its grace last 30 DAYS: results would go before they are final. Write RETENTION_MS = 2592000000, or more.",
    ],
  ],
  "rows without a match that nobody can count": [
    "CREATE STREAM x AS SELECT o.customer_id AS k, AS_VALUE(o.customer_id) AS customer_id, CONCAT_WS(' ', c.first_name, c.last_name) AS full_name FROM orders o LEFT JOIN customers c ON o.customer_id = c.id;",
    [
      "warning x.sql:1:156: A row without its CUSTOMERS looks like one with it, so nobody sees how many there are. Add C.ID IS NOT NULL AS HAS_CUSTOMERS.",
    ],
  ],
  "SELECT *": [
    "CREATE STREAM x AS SELECT *, AS_VALUE(url) AS again FROM clicks;",
    ["warning x.sql:1:27: * is what the columns are today: one that is added later never arrives. Name the columns."],
  ],
  "a name in lower case": [
    "CREATE STREAM `x` AS SELECT order_id AS k, AS_VALUE(order_id) AS `order_id` FROM orders;",
    [
      "warning x.sql:1:15: `x` keeps its lower case here, and is another name than X in some targets. Write X.",
      "warning x.sql:1:66: `order_id` keeps its lower case here, and is another name than ORDER_ID in some targets. Write ORDER_ID.",
    ],
  ],
  "a column without a name": [
    "CREATE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id, UCASE(item) FROM orders;",
    [
      "warning x.sql:1:74: This column would be called KSQL_COL_0, or something else in the next version. Name it with AS.",
    ],
  ],
  "IF NOT EXISTS": [
    "CREATE STREAM IF NOT EXISTS x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id FROM orders;",
    [
      "warning x.sql:1:1: IF NOT EXISTS keeps an older definition without a word. Take it out; the stack knows what is there.",
    ],
  ],
  "more digits than targets keep": [
    "CREATE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id, CAST(order_total_usd AS DECIMAL(38, 2)) * 1.5 AS t FROM orders;",
    ["warning x.sql:1:74: T is DECIMAL(41,3), and most targets keep 38 digits. Write CAST(… AS DECIMAL(38, 3))."],
  ],
});

describeMistakes("headers", {
  "an option that there is not": [
    "-- Which?\n-- on replacment: keep topic\nSELECT item FROM orders EMIT CHANGES;",
    ['harmful x.sql:2:4: There is no option "on replacment". Write on replacement: keep topic or delete topic.'],
  ],
  "a value that there is not": [
    "-- Which?\n-- on replacement: drop topic\nSELECT item FROM orders EMIT CHANGES;",
    ['harmful x.sql:2:4: on replacement cannot be "drop topic". Write on replacement: keep topic.'],
  ],
  "another value that there is not": [
    "-- reprocess: everything\nSELECT item FROM orders EMIT CHANGES;",
    ['harmful x.sql:1:4: reprocess cannot be "everything". Write reprocess: from beginning or from now.'],
  ],
  "an option twice": [
    "-- reprocess: from now\n-- reprocess: from beginning\nSELECT item FROM orders EMIT CHANGES;",
    ["harmful x.sql:2:4: The option reprocess is there twice. Take one out."],
  ],
});
/** What a real server was seen to take, as `ksqldb-observed.md` tells it, written so that nobody comes to regret it. */
const accepted: Readonly<Record<string, string>> = {
  "the article's join, keyed anew": `CREATE STREAM orders_enriched WITH (kafka_topic='ORDERS_ENRICHED', format='AVRO') AS
    SELECT o.order_id AS order_key, AS_VALUE(o.order_id) AS order_id, o.item AS item, o.order_total_usd AS order_total_usd,
      CONCAT_WS(' ', c.first_name, c.last_name) AS full_name, c.email AS email
    FROM orders o LEFT JOIN customers c ON o.customer_id = c.id PARTITION BY o.order_id EMIT CHANGES;`,
  "a join that projects its key": `CREATE STREAM x AS SELECT o.customer_id AS k, AS_VALUE(o.customer_id) AS customer_id,
    o.item, c.email FROM orders o LEFT JOIN customers c ON o.customer_id = c.id;`,
  "a join that projects the table's key": `CREATE STREAM x AS SELECT c.id AS k, AS_VALUE(c.id) AS id, o.item
    FROM orders o JOIN customers c ON o.customer_id = c.id;`,
  "ON the other way round": `CREATE STREAM x AS SELECT c.id AS k, AS_VALUE(c.id) AS id, o.item
    FROM orders o JOIN customers c ON c.id = o.customer_id;`,
  "a join by a cast": `CREATE STREAM x AS SELECT c.id AS k, AS_VALUE(c.id) AS id, o.order_id
    FROM orders o JOIN customers c ON CAST(o.item AS INT) = c.id;`,
  "text together with +": `CREATE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id,
    item + ' ' + address->city AS a, CONCAT(item, ' ', address->city) AS b FROM orders;`,
  "a sum in 18 digits": `CREATE TABLE x AS SELECT item AS k, AS_VALUE(item) AS item,
    SUM(CAST(order_total_usd AS DECIMAL(18, 2))) AS total FROM orders GROUP BY item;`,
  "a tumbling window with RETENTION and GRACE PERIOD": `CREATE TABLE x AS SELECT item AS item_key, AS_VALUE(item) AS item,
    WINDOWSTART AS window_start, WINDOWEND AS window_end, COUNT(*) AS n FROM orders
    WINDOW TUMBLING (SIZE 1 HOUR, RETENTION 7 DAYS, GRACE PERIOD 10 MINUTES) WHERE quantity > 0 GROUP BY item EMIT CHANGES;`,
  "a hopping window with EMIT FINAL": `CREATE TABLE x AS SELECT item AS item_key, AS_VALUE(item) AS item,
    WINDOWSTART AS window_start, WINDOWEND AS window_end, COUNT(*) AS n FROM orders
    WINDOW HOPPING (SIZE 1 HOUR, ADVANCE BY 10 MINUTES, GRACE PERIOD 0 SECONDS) GROUP BY item EMIT FINAL;`,
  "a session window": `CREATE TABLE x AS SELECT customer_id AS k, AS_VALUE(customer_id) AS customer_id,
    WINDOWSTART AS window_start, WINDOWEND AS window_end, COUNT(*) AS n FROM orders
    WINDOW SESSION (30 MINUTES) GROUP BY customer_id;`,
  "two GROUP BY columns in Avro": `CREATE TABLE x WITH (FORMAT = 'AVRO') AS SELECT item AS k1, quantity AS k2,
    AS_VALUE(item) AS item, AS_VALUE(quantity) AS quantity, COUNT(*) AS n FROM orders GROUP BY item, quantity;`,
  "LATEST_BY_OFFSET with HAVING": `CREATE TABLE x AS SELECT item AS k, AS_VALUE(item) AS item,
    LATEST_BY_OFFSET(quantity) AS quantity FROM orders GROUP BY item HAVING LATEST_BY_OFFSET(\`__deleted\`) <> 'true';`,
  "two streams within a time, with grace": `CREATE STREAM x AS SELECT o.order_id AS k, AS_VALUE(o.order_id) AS order_id,
    s.carrier FROM orders o LEFT JOIN shipments s WITHIN 1 HOUR GRACE PERIOD 10 MINUTES ON o.order_id = s.order_id;`,
  "two streams within a time, without grace": `CREATE STREAM x AS SELECT o.order_id AS k, AS_VALUE(o.order_id) AS order_id,
    s.carrier FROM orders o JOIN shipments s WITHIN 1 HOUR ON o.order_id = s.order_id;`,
  "three sources": `CREATE STREAM x AS SELECT c.id AS k, AS_VALUE(c.id) AS id, s.carrier, c.email
    FROM orders o JOIN shipments s WITHIN 1 HOUR ON o.order_id = s.order_id JOIN customers c ON o.customer_id = c.id;`,
  "two tables by their keys": `CREATE TABLE x AS SELECT c.id AS k, AS_VALUE(c.id) AS id, l.level
    FROM customers c JOIN loyalty l ON c.id = l.id;`,
  "FULL OUTER with its ROWKEY": `CREATE TABLE x AS SELECT ROWKEY AS k, AS_VALUE(ROWKEY) AS id, c.email, l.level
    FROM customers c FULL OUTER JOIN loyalty l ON c.id = l.id;`,
  "a foreign key, whatever the partitions": `CREATE TABLE x AS SELECT c.id AS k, AS_VALUE(c.id) AS id, t.title
    FROM customers c LEFT JOIN countries t ON c.country = t.code;`,
  "a column name in backticks":
    "CREATE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id, item AS `SIZE` FROM orders;",
  "TIMESTAMP of a text with its format": `CREATE STREAM x (id INT KEY, a STRING)
    WITH (KAFKA_TOPIC = 'x', FORMAT = 'AVRO', TIMESTAMP = 'a', TIMESTAMP_FORMAT = 'yyyy-MM-dd');`,
  "a struct key on a stream":
    "CREATE STREAM x (k STRUCT<id INT> KEY, a STRING) WITH (KAFKA_TOPIC = 'x', FORMAT = 'AVRO');",
  "a topic that is made":
    "CREATE STREAM x (id INT KEY, a STRING) WITH (KAFKA_TOPIC = 'new', FORMAT = 'AVRO', PARTITIONS = 3);",
  "a result that goes on into another, whatever the order": `CREATE STREAM y AS SELECT k AS k2, AS_VALUE(k) AS k FROM x;
    CREATE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id FROM orders;`,
  "OR REPLACE": "CREATE OR REPLACE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id FROM orders;",
  "a second statement into one stream": `INSERT INTO outbox WITH (QUERY_ID = 'Q')
    SELECT order_id AS order_key, AS_VALUE(order_id) AS order_id, item FROM orders;`,
  "PARTITION BY NULL": "CREATE STREAM x AS SELECT order_id, item FROM orders PARTITION BY NULL;",
  "rows out of an array": `CREATE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id, EXPLODE(tags) AS tag FROM orders;`,
  "DROP, DESCRIBE, SHOW, TERMINATE and ASSERT": `DROP STREAM IF EXISTS nothing DELETE TOPIC; DESCRIBE orders EXTENDED; SHOW QUERIES;
    TERMINATE CSAS_X_1; ASSERT TOPIC 'x' TIMEOUT 10 SECONDS; ASSERT SCHEMA SUBJECT 'x-value' TIMEOUT 1 MINUTE;`,
  "queries that are not kept":
    "SELECT item || 'x' FROM orders EMIT CHANGES LIMIT 3; SELECT * FROM hourly WHERE item = 'x';",
};

describe("nothing is wrong with", () => {
  it.each(Object.entries(accepted))("%s", (_title, statements) => {
    expect(mistakesOf(statements)).toEqual([]);
  });
});

const query = (index: number) =>
  `CREATE STREAM x${index} AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id FROM orders;`;
const queries = (count: number) => Array.from({ length: count }, (_, index) => query(index)).join("\n");

describe("the number of queries", () => {
  it("may be 20", () => {
    expect(mistakesOf(queries(20))).toEqual([]);
  });

  it("is doubtful from 21 on", () => {
    expect(mistakesOf(queries(21))).toEqual([
      "warning x.sql:21:1: There are 21 persistent queries: a ksqlDB cluster runs 40, and an older one 20. Look at what yours runs.",
    ]);
  });

  it("ends at 40", () => {
    expect(mistakesOf(queries(42))).toEqual([
      "x.sql:41:1: There are 42 persistent queries, and a ksqlDB cluster runs 40. Take 2 out, or merge some.",
    ]);
  });
});

it("tells of a statement that reads a broken one nothing but its own mistakes", () => {
  const text = `CREATE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id, itm FROM orders;
CREATE STREAM y AS SELECT k AS k2, AS_VALUE(k) AS k, LOWER(itm) AS itm FROM x;`;
  expect(mistakesOf(text)).toEqual([
    "x.sql:1:74: ORDERS has no column ITM. Write ITEM.",
    "x.sql:2:54: ksqlDB has no function LOWER. Write LCASE(…).",
  ]);
});
