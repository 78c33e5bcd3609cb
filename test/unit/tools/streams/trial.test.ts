import { knownStatements } from "../../../../tools/streams/catalogue.ts";
import { statementFiles } from "../../../../tools/streams/tables.ts";
import { trialOf, type Trial } from "../../../../tools/streams/trial.ts";

const statements = knownStatements();
const texts = new Map(statementFiles().map(({ file, text }) => [file, text]));

function trial(name: string, sql?: string): Trial {
  const file = `sql/ksqldb/${name}.sql`;
  const known = statements.get(file);
  if (known === undefined) {
    throw new Error(`there is no ${file}`);
  }
  return trialOf(known, sql ?? texts.get(file) ?? "", "TRIAL_1_", "JSON");
}

describe("a statement for a trial", () => {
  it("has its own names and topics, in JSON, and keeps rows of 1970", () => {
    const { inputs, output } = trial("ORDERS_ENRICHED");
    expect(inputs.map(({ of, topic, create, drop }) => ({ of: of.topic, topic, create, drop }))).toEqual([
      {
        of: "mssql.dbo.ORDERS",
        topic: "TRIAL_1_ORDERS",
        create:
          "CREATE STREAM TRIAL_1_ORDERS (ORDER_ID INTEGER KEY, CUSTOMER_ID INTEGER, ORDER_TS TIMESTAMP, " +
          "ORDER_TOTAL_USD DECIMAL(5,2), ITEM STRING, __OP STRING, __SOURCE_TS_MS BIGINT, __DELETED STRING) " +
          "WITH (FORMAT = 'JSON', KAFKA_TOPIC = 'TRIAL_1_ORDERS');",
        drop: "DROP STREAM IF EXISTS TRIAL_1_ORDERS;",
      },
      {
        of: "mysql.customers",
        topic: "TRIAL_1_CUSTOMERS",
        create: expect.stringContaining("CREATE TABLE TRIAL_1_CUSTOMERS (ID INTEGER PRIMARY KEY, ") as string,
        drop: "DROP TABLE IF EXISTS TRIAL_1_CUSTOMERS;",
      },
    ]);
    expect(output.create).toBe(
      "CREATE STREAM TRIAL_1_ORDERS_ENRICHED " +
        "WITH (FORMAT = 'JSON', KAFKA_TOPIC = 'TRIAL_1_ORDERS_ENRICHED', RETENTION_MS = 3155760000000) AS " +
        "SELECT O.ORDER_ID AS ORDER_KEY, AS_VALUE(O.ORDER_ID) AS ORDER_ID, O.ITEM AS ITEM, " +
        "O.ORDER_TOTAL_USD AS ORDER_TOTAL_USD, CONCAT_WS(' ', C.FIRST_NAME, C.LAST_NAME) AS FULL_NAME, " +
        "C.EMAIL AS EMAIL, C.COMPANY AS COMPANY, C.STREET_ADDRESS AS STREET_ADDRESS, C.CITY AS CITY, " +
        "C.COUNTRY AS COUNTRY, O.__DELETED AS __DELETED FROM TRIAL_1_ORDERS O LEFT JOIN TRIAL_1_CUSTOMERS C ON O.CUSTOMER_ID = C.ID " +
        "PARTITION BY O.ORDER_ID EMIT CHANGES;",
    );
    expect(output.drop).toBe("DROP STREAM IF EXISTS TRIAL_1_ORDERS_ENRICHED;");
  });

  it("leaves text that only looks like a name, and what is qualified by a source's name", () => {
    const sql =
      "CREATE STREAM ORDERS_LARGE WITH (KAFKA_TOPIC = 'ORDERS_LARGE', FORMAT = 'AVRO') AS SELECT order_id AS order_key, " +
      "'ORDERS_LARGE of orders' AS note, orders.item AS item FROM orders WHERE orders.item <> 'orders' EMIT CHANGES;";
    expect(trial("ORDERS_LARGE", sql).output.create).toBe(
      "CREATE STREAM TRIAL_1_ORDERS_LARGE " +
        "WITH (FORMAT = 'JSON', KAFKA_TOPIC = 'TRIAL_1_ORDERS_LARGE', RETENTION_MS = 3155760000000) AS " +
        "SELECT ORDER_ID AS ORDER_KEY, 'ORDERS_LARGE of orders' AS NOTE, ORDERS.ITEM AS ITEM " +
        "FROM TRIAL_1_ORDERS ORDERS WHERE ORDERS.ITEM <> 'orders' EMIT CHANGES;",
    );
  });

  it("says no retention for a table without windows, which ksqlDB refuses", () => {
    expect(trial("CUSTOMERS_CLEAN").output.create).not.toContain("RETENTION_MS");
    expect(trial("ITEM_SALES_HOURLY").output.create).toContain("RETENTION_MS = 3155760000000");
  });

  it("knows how long its windows are, and the column that a source takes its time from", () => {
    const sizes = ["ITEM_SALES_HOURLY", "ITEM_SALES_TRENDING", "CUSTOMER_SESSIONS", "ORDERS_LARGE"];
    expect(sizes.map((name) => trial(name).output.windowMs)).toEqual([3_600_000, 3_600_000, undefined, undefined]);
    expect(trial("ORDERS_SHIPPED").inputs[1]?.create).toMatch(/TIMESTAMP = 'SHIPPED_TS'\);$/);
    expect(trial("ORDERS_PLACED").output.create).toContain("TIMESTAMP = 'order_ts'");
  });

  it("is refused when it cannot be read", () => {
    expect(() => trial("ORDERS_LARGE", "CREATE STREAM x AS SELECT;")).toThrow(
      /^sql\/ksqldb\/ORDERS_LARGE\.sql cannot be read\. /,
    );
  });
});
