import { checkKsql, type CheckedStatement } from "../../../../model/ksql/check.ts";
import { describeSqlType } from "../../../../model/ksql/sqlType.ts";
import { isError, type Relation } from "../../../../model/ksql/statement.ts";
import { shop } from "./shop.ts";

function analysed(text: string): CheckedStatement {
  const { statements, mistakes } = checkKsql([{ file: "x.sql", text }], { relations: shop });
  const [statement] = statements;
  if (statement === undefined || mistakes.some(isError)) {
    throw new Error(JSON.stringify(mistakes, undefined, 2));
  }
  return statement;
}

/** `ORDER_ID INTEGER KEY`, one column each. */
function columnsOf({ result }: { readonly result?: Relation | undefined }): string[] {
  return (result?.columns ?? []).map(
    ({ name, type, isKey }) => `${name} ${describeSqlType(type)}${isKey ? " KEY" : ""}`,
  );
}

const steps = (text: string) => analysed(text).steps.map(({ kind, text: part }) => `${kind}: ${part}`);

describe("the article's join", () => {
  const join = `
    CREATE OR REPLACE STREAM enriched WITH (KAFKA_TOPIC = 'enriched.v1', FORMAT = 'AVRO') AS
    SELECT o.order_id AS order_key, AS_VALUE(o.order_id) AS order_id, o.customer_id, c.email
    FROM orders o LEFT JOIN customers c ON o.customer_id = c.id
    WHERE o.quantity > 1
    PARTITION BY o.order_id;`;

  it("says what it is, reads and writes", () => {
    const { kind, at, name, relationKind, orReplace, ifNotExists, isPersistentQuery, reads, writes, properties } =
      analysed(join);
    expect({
      kind,
      at,
      name,
      relationKind,
      orReplace,
      ifNotExists,
      isPersistentQuery,
      reads,
      writes,
      properties,
    }).toEqual({
      kind: "createAs",
      at: { line: 2, column: 5 },
      name: "ENRICHED",
      relationKind: "stream",
      orReplace: true,
      ifNotExists: false,
      isPersistentQuery: true,
      reads: ["ORDERS", "CUSTOMERS"],
      writes: "ENRICHED",
      properties: { KAFKA_TOPIC: "enriched.v1", FORMAT: "AVRO" },
    });
  });

  it("has its steps in the order in which a row passes them", () => {
    const list = "O.ORDER_ID AS ORDER_KEY, AS_VALUE(O.ORDER_ID) AS ORDER_ID, O.CUSTOMER_ID, C.EMAIL";
    expect(analysed(join).steps).toEqual([
      { kind: "streamSource", relation: "ORDERS", alias: "O", text: "ORDERS O" },
      { kind: "tableSource", relation: "CUSTOMERS", alias: "C", text: "CUSTOMERS C" },
      { kind: "streamTableJoin", join: "LEFT", text: "LEFT JOIN CUSTOMERS C ON O.CUSTOMER_ID = C.ID" },
      { kind: "streamFilter", text: "WHERE O.QUANTITY > 1" },
      { kind: "partitionBy", text: "PARTITION BY O.ORDER_ID" },
      { kind: "project", text: `SELECT ${list}` },
    ]);
  });

  it("gives a stream in its topic, with the key first", () => {
    const { result } = analysed(join);
    expect({ ...result, columns: columnsOf({ result }) }).toEqual({
      name: "ENRICHED",
      kind: "stream",
      topic: "enriched.v1",
      partitions: 3,
      keyFormat: "AVRO",
      valueFormat: "AVRO",
      windowed: undefined,
      columns: ["ORDER_KEY INTEGER KEY", "ORDER_ID INTEGER", "CUSTOMER_ID INTEGER", "EMAIL STRING"],
      timestamp: undefined,
    });
  });
});

const results: Readonly<Record<string, readonly [statement: string, columns: readonly string[]]>> = {
  "a bare column keeps its name, without its source's": [
    "CREATE STREAM x AS SELECT o.order_id AS k, AS_VALUE(o.order_id) AS order_id, o.item FROM orders o;",
    ["K INTEGER KEY", "ORDER_ID INTEGER", "ITEM STRING"],
  ],
  "a column that both sides have gets its source's name before it": [
    `CREATE STREAM x AS SELECT o.order_id, s.order_id, s.carrier FROM orders o
     JOIN shipments s WITHIN 1 HOUR ON o.order_id = s.order_id;`,
    ["O_ORDER_ID INTEGER KEY", "S_ORDER_ID INTEGER", "CARRIER STRING"],
  ],
  "* in a join names every column by its source": [
    "CREATE TABLE x AS SELECT * FROM loyalty l JOIN customers c ON l.id = c.id;",
    [
      "L_ID INTEGER KEY",
      "L_LEVEL STRING",
      "C_ID INTEGER",
      "C_FIRST_NAME STRING",
      "C_LAST_NAME STRING",
      "C_EMAIL STRING",
      "C_COMPANY STRING",
      "C_STREET_ADDRESS STRING",
      "C_CITY STRING",
      "C_COUNTRY STRING",
      "C_REFERRER_ID INTEGER",
    ],
  ],
  "->* takes all fields": [
    "CREATE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id, address->* FROM orders;",
    ["K INTEGER KEY", "ORDER_ID INTEGER", "STREET STRING", "CITY STRING"],
  ],
  "a field keeps its name": [
    "CREATE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id, address->city FROM orders;",
    ["K INTEGER KEY", "ORDER_ID INTEGER", "CITY STRING"],
  ],
  "the key comes first wherever it stands": [
    "CREATE STREAM x AS SELECT AS_VALUE(order_id) AS order_id, item, order_id AS k FROM orders;",
    ["K INTEGER KEY", "ORDER_ID INTEGER", "ITEM STRING"],
  ],
  "PARTITION BY moves the old key into the value": [
    "CREATE STREAM x AS SELECT order_id, item AS k, AS_VALUE(item) AS item FROM orders PARTITION BY item;",
    ["K STRING KEY", "ORDER_ID INTEGER", "ITEM STRING"],
  ],
  "PARTITION BY NULL leaves no key": [
    "CREATE STREAM x AS SELECT order_id, item FROM orders PARTITION BY NULL;",
    ["ORDER_ID INTEGER", "ITEM STRING"],
  ],
  "PARTITION BY an expression": [
    "CREATE STREAM x AS SELECT UCASE(item) AS k, order_id, AS_VALUE(UCASE(item)) AS item FROM orders PARTITION BY UCASE(item);",
    ["K STRING KEY", "ORDER_ID INTEGER", "ITEM STRING"],
  ],
  "a window's bounds and several keys": [
    `CREATE TABLE x AS SELECT item AS k, quantity AS k2, AS_VALUE(item) AS item, AS_VALUE(quantity) AS quantity,
     WINDOWSTART AS a, WINDOWEND AS b, COUNT(*) AS n FROM orders WINDOW TUMBLING (SIZE 1 HOUR) GROUP BY item, quantity;`,
    ["K STRING KEY", "K2 INTEGER KEY", "ITEM STRING", "QUANTITY INTEGER", "A BIGINT", "B BIGINT", "N BIGINT"],
  ],
  "a join by a foreign key keeps the left table's": [
    "CREATE TABLE x AS SELECT c.id AS k, AS_VALUE(c.id) AS id, f.industry FROM customers c JOIN companies f ON c.company = f.name;",
    ["K INTEGER KEY", "ID INTEGER", "INDUSTRY STRING"],
  ],
  "a FULL JOIN has a key of its own": [
    `CREATE TABLE x AS SELECT ROWKEY AS k, AS_VALUE(ROWKEY) AS id, l.level
     FROM customers c FULL JOIN loyalty l ON c.id = l.id;`,
    ["K INTEGER KEY", "ID INTEGER", "LEVEL STRING"],
  ],
  "of three sources the last join's key": [
    `CREATE STREAM x AS SELECT c.id AS k, AS_VALUE(c.id) AS id, s.carrier FROM orders o
     JOIN shipments s WITHIN 1 HOUR ON o.order_id = s.order_id JOIN customers c ON o.customer_id = c.id;`,
    ["K INTEGER KEY", "ID INTEGER", "CARRIER STRING"],
  ],
  "a source's declared columns, keys first": [
    "CREATE STREAM x (a STRING, b DECIMAL(5, 2), id INT KEY) WITH (KAFKA_TOPIC = 'x', FORMAT = 'AVRO');",
    ["ID INTEGER KEY", "A STRING", "B DECIMAL(5,2)"],
  ],
};

describe("the columns of a result", () => {
  it.each(Object.entries(results))("%s", (_title, [statement, columns]) => {
    const { statements } = checkKsql([{ file: "x.sql", text: statement }], { relations: shop });
    expect(columnsOf(statements[0] ?? {})).toEqual(columns);
  });
});

describe("the steps of", () => {
  it("a windowed aggregate of last results", () => {
    const list = "ITEM AS K, AS_VALUE(ITEM) AS ITEM, WINDOWSTART AS A, WINDOWEND AS B, COUNT(*) AS N";
    expect(
      steps(`CREATE TABLE x AS SELECT item AS k, AS_VALUE(item) AS item, WINDOWSTART AS a, WINDOWEND AS b, COUNT(*) AS n
        FROM orders WINDOW HOPPING (SIZE 1 HOUR, ADVANCE BY 10 MINUTES) WHERE quantity > 0 GROUP BY item
        HAVING COUNT(*) > 1 EMIT FINAL;`),
    ).toEqual([
      "streamSource: ORDERS",
      "streamFilter: WHERE QUANTITY > 0",
      "groupBy: GROUP BY ITEM",
      `windowedAggregate: WINDOW HOPPING (SIZE 1 HOURS, ADVANCE BY 10 MINUTES) ${list}`,
      "having: HAVING COUNT(*) > 1",
      "suppress: EMIT FINAL",
      `project: SELECT ${list}`,
    ]);
  });

  it("an aggregate over a table", () => {
    const list = "COUNTRY AS K, AS_VALUE(COUNTRY) AS COUNTRY, COUNT(*) AS N";
    expect(
      steps(
        "CREATE TABLE x AS SELECT country AS k, AS_VALUE(country) AS country, COUNT(*) AS n FROM customers WHERE id > 3 GROUP BY country;",
      ),
    ).toEqual([
      "tableSource: CUSTOMERS",
      "tableFilter: WHERE ID > 3",
      "groupBy: GROUP BY COUNTRY",
      `tableAggregate: ${list}`,
      `project: SELECT ${list}`,
    ]);
  });

  it("joins of each kind", () => {
    const kinds = (text: string) => analysed(text).steps.map(({ kind }) => kind);
    const tables = (on: string) =>
      kinds(`CREATE TABLE x AS SELECT c.id AS k, AS_VALUE(c.id) AS id, o.* FROM customers c ${on};`);
    expect(tables("JOIN loyalty o ON c.id = o.id")).toContain("tableTableJoin");
    expect(tables("JOIN companies o ON c.company = o.name")).toContain("foreignKeyTableTableJoin");
    expect(
      kinds(`CREATE STREAM x AS SELECT o.order_id AS k, AS_VALUE(o.order_id) AS order_id FROM orders o
        JOIN shipments s WITHIN 1 HOUR ON o.order_id = s.order_id;`),
    ).toContain("streamStreamJoin");
  });

  it("rows out of an array", () => {
    const list = "ORDER_ID AS K, AS_VALUE(ORDER_ID) AS ORDER_ID, EXPLODE(TAGS) AS TAG";
    expect(
      steps(
        "CREATE STREAM x AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id, EXPLODE(tags) AS tag FROM orders;",
      ),
    ).toEqual(["streamSource: ORDERS", `flatMap: ${list}`, `project: SELECT ${list}`]);
  });
});

describe("what WITH leaves open", () => {
  const plain = (properties: string, from = "orders") =>
    analysed(
      `CREATE STREAM x ${properties} AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id, order_ts FROM ${from};`,
    ).result;

  it("is taken over from the stream that is read", () => {
    expect(plain("")).toMatchObject({ topic: "X", partitions: 3, keyFormat: "AVRO", valueFormat: "AVRO" });
  });

  it("is what WITH says, if it does", () => {
    const properties =
      "WITH (KAFKA_TOPIC = 'x.y', PARTITIONS = 6, KEY_FORMAT = 'json', VALUE_FORMAT = 'protobuf', TIMESTAMP = 'order_ts')";
    expect(plain(properties)).toMatchObject({
      topic: "x.y",
      partitions: 6,
      keyFormat: "JSON",
      valueFormat: "PROTOBUF",
      timestamp: "ORDER_TS",
    });
  });

  it("is KAFKA for a key where there was none, and NONE where there is none", () => {
    const keyed = analysed(
      "CREATE STREAM x AS SELECT url AS k, AS_VALUE(url) AS url FROM clicks PARTITION BY url;",
    ).result;
    const unkeyed = analysed("CREATE STREAM x AS SELECT url, UCASE(url) AS title FROM clicks;").result;
    expect([keyed?.keyFormat, unkeyed?.keyFormat]).toEqual(["KAFKA", "NONE"]);
  });

  it("keeps the window of what is read", () => {
    const kept = analysed(
      "CREATE STREAM x AS SELECT item AS k, AS_VALUE(item) AS item, WINDOWSTART AS a, WINDOWEND AS b, total FROM hourly_stream;",
    );
    expect(kept.result?.windowed).toBe("TUMBLING");
  });
});

it("orders statements by what they read, and lets results flow from one into the next", () => {
  const files = [
    { file: "c.sql", text: "INSERT INTO a SELECT order_key AS k, order_id FROM outbox;" },
    {
      file: "b.sql",
      text: "CREATE TABLE b AS SELECT order_id AS k, AS_VALUE(order_id) AS id, COUNT(*) AS n FROM a GROUP BY order_id;",
    },
    { file: "a.sql", text: "CREATE STREAM a AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id FROM orders;" },
  ];
  const { statements, relations, mistakes } = checkKsql(files, { relations: shop });
  expect(mistakes).toEqual([]);
  expect(statements.map(({ file }) => file)).toEqual(["a.sql", "c.sql", "b.sql"]);
  expect(columnsOf({ result: relations.get("B") })).toEqual(["K INTEGER KEY", "ID INTEGER", "N BIGINT"]);
});

describe("other statements", () => {
  const kinds: Readonly<Record<string, Partial<CheckedStatement>>> = {
    "INSERT INTO outbox SELECT order_id AS order_key, AS_VALUE(order_id) AS order_id, item FROM orders;": {
      kind: "insertSelect",
      name: "OUTBOX",
      reads: ["ORDERS"],
      writes: "OUTBOX",
      isPersistentQuery: true,
    },
    "DROP STREAM IF EXISTS orders DELETE TOPIC;": {
      kind: "drop",
      name: "ORDERS",
      relationKind: "stream",
      normal: "DROP STREAM IF EXISTS ORDERS DELETE TOPIC",
    },
    "TERMINATE ctas_x_7;": { kind: "terminate", name: "CTAS_X_7", isPersistentQuery: false },
    "DESCRIBE orders;": { kind: "describe", name: "ORDERS" },
    "ASSERT TOPIC 'mssql.dbo.ORDERS' TIMEOUT 10 SECONDS;": { kind: "assert", name: "mssql.dbo.ORDERS" },
    "ASSERT SCHEMA SUBJECT 'x-value';": { kind: "assert", name: "x-value" },
    "SHOW QUERIES;": { kind: "show" },
    "SELECT item FROM orders EMIT CHANGES;": {
      kind: "select",
      reads: ["ORDERS"],
      writes: undefined,
      isPersistentQuery: false,
    },
  };
  it.each(Object.entries(kinds))("%s", (text, expected) => {
    expect(analysed(text)).toMatchObject(expected);
  });
});
