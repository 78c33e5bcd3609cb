import { statementText } from "../../../../config.ts";
import { configOf, environmentOf } from "../../configs.ts";
import { resultMistakes } from "../../../../model/warehouse/resultMistakes.ts";
import { graph } from "./tables.ts";

const textOf = (columns: string) =>
  `-- Why? Because.\nCREATE STREAM ORDERS_LARGE WITH (KAFKA_TOPIC = 'ORDERS_LARGE', FORMAT = 'AVRO') AS\nSELECT order_id AS k, AS_VALUE(order_id) AS order_id, ${columns} FROM orders EMIT CHANGES;`;

function mistakesOf(columns: string): string[] {
  const config = configOf("{ stage: 2, transformations: [ORDERS_LARGE] }");
  try {
    environmentOf(config, { statement: () => textOf(columns) });
    return [];
  } catch (error) {
    return (error as Error).message.split("\n").slice(1);
  }
}

it("the results in the repository have columns that Snowflake takes", () => {
  expect(resultMistakes(graph)).toEqual([]);
});

it("a column whose name Snowflake reserves is told before anything is made", () => {
  expect(mistakesOf("item AS start")).toEqual([
    "  1. sql/ksqldb/ORDERS_LARGE.sql: column START: Snowflake reserves START. Write … AS START_.",
  ]);
});

it("a flag of deletions is a column like others", () => {
  expect(mistakesOf("__deleted")).toEqual([]);
});

it("the connector's own column is its own", () => {
  expect(mistakesOf("item AS record_metadata")).toEqual([
    "  1. sql/ksqldb/ORDERS_LARGE.sql: column RECORD_METADATA: the pipeline adds a column RECORD_METADATA itself. Write … AS RECORD_METADATA_.",
  ]);
});

it("a type that Snowflake does not carry is told with the nearest that it does", () => {
  const [mistake] = mistakesOf("CAST(order_total_usd AS DECIMAL(40, 2)) AS total");
  expect(mistake).toContain("sql/ksqldb/ORDERS_LARGE.sql: column TOTAL: ");
  expect(mistake).toContain("so decimal(40, 2) would lose something. Cast it to decimal(38, 2).");
});

it.each([
  ["that takes windows out again", "HAVING COUNT(*) > 1", 1],
  ["without a filter", "", 0],
])("a window %s is warned of", (_, having, count) => {
  const text =
    "-- Why? Because.\nCREATE TABLE ITEM_SALES_HOURLY WITH (KAFKA_TOPIC = 'ITEM_SALES_HOURLY', FORMAT = 'AVRO') AS\n" +
    "SELECT item AS k, AS_VALUE(item) AS item, WINDOWSTART AS window_start, WINDOWEND AS window_end, COUNT(*) AS orders FROM orders_placed " +
    `WINDOW TUMBLING (SIZE 1 HOUR, RETENTION 7 DAYS, GRACE PERIOD 10 MINUTES) GROUP BY item ${having} EMIT CHANGES;`;
  const { warnings } = environmentOf(
    configOf("{ stage: 2, transformations: [ORDERS_PLACED, ITEM_SALES_HOURLY, ORDERS_ENRICHED] }"),
    { statement: (file) => (file.endsWith("HOURLY.sql") ? text : statementText(file)) },
  );
  expect(warnings.filter((warning) => warning.includes("stays in Snowflake"))).toHaveLength(count);
});
