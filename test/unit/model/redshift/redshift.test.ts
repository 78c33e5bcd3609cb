import { readFileSync } from "node:fs";
import type { Transformation } from "../../../../model/graph.ts";
import { redshiftSetup } from "../../../../model/redshift/setup.ts";
import { redshiftSettings } from "../../../../model/redshift/sink.ts";
import { redshiftMistakes, redshiftTable } from "../../../../model/redshift/table.ts";
import { redshift } from "../../../../model/targets/redshift.ts";
import { topicsTaken } from "../../../../model/targets/taken.ts";
import { graph } from "../warehouse/tables.ts";

function result(name: string): Transformation {
  const found = graph.transformations.find((candidate) => candidate.name === name);
  if (found === undefined) {
    throw new Error(`no ${name}`);
  }
  return found;
}

const place = { database: "pipeline", schema: "pipeline", user: "pipeline_loader" };
const scriptOf = (...names: readonly string[]) =>
  redshiftSetup(
    "redshift",
    place,
    names.map((name) => redshiftTable(result(name))),
    readFileSync("sql/targets/redshift.sql", "utf8"),
  );

it("a table has the result's columns and where each record stands; text is as long as Redshift's is", () => {
  const { name, columns, key, deleted } = redshiftTable(result("ORDERS_ENRICHED"));
  expect({ name, key, deleted }).toEqual({ name: "orders_enriched", key: ["order_id"], deleted: "__deleted" });
  expect(columns.map((column) => `${column.name} ${column.type}`)).toEqual([
    "order_id INTEGER",
    "item VARCHAR(65532)",
    "order_total_usd DECIMAL(5,2)",
    ...["full_name", "email", "company", "street_address", "city", "country", "__deleted"].map(
      (text) => `${text} VARCHAR(65532)`,
    ),
    "__topic_partition INTEGER",
    "__topic_offset BIGINT",
    "__record_ts TIMESTAMP",
  ]);
});

it("the view shows the last version of each row, without what is gone", () => {
  expect(scriptOf("ORDERS_ENRICHED").split("CREATE VIEW ")[1]).toBe(
    [
      '"pipeline"."orders_enriched_current" AS',
      'SELECT "order_id", "item", "order_total_usd", "full_name", "email", "company", "street_address", "city", "country"',
      "FROM (",
      '  SELECT "order_id", "item", "order_total_usd", "full_name", "email", "company", "street_address", "city", "country", "__deleted", ROW_NUMBER() OVER (PARTITION BY "order_id" ORDER BY "__topic_partition" DESC, "__topic_offset" DESC) AS "__version"',
      '  FROM "pipeline"."orders_enriched"',
      ") AS versions",
      `WHERE "__version" = 1 AND "order_id" IS NOT NULL AND COALESCE("__deleted", 'false') = 'false';`,
      "",
    ].join("\n"),
  );
});

it("there is none where the rows do not say what is gone", () => {
  expect(scriptOf("CUSTOMERS_CLEAN", "CUSTOMER_SESSIONS")).not.toContain("CREATE VIEW");
});

it("the user that adds rows may add and read, and no more", () => {
  const grants = scriptOf("ORDERS_ENRICHED").match(/^GRANT .*$/gm);
  expect(grants).toEqual([
    'GRANT USAGE ON SCHEMA "pipeline" TO "pipeline_loader";',
    'GRANT SELECT, INSERT ON "pipeline"."orders_enriched" TO "pipeline_loader";',
  ]);
});

it("the sink adds rows to tables that are there, and says of each where its record stands", () => {
  expect(redshiftSettings({ ...place, host: "h.example.com", port: 5439 })).toEqual({
    "aws.redshift.domain": "h.example.com",
    "aws.redshift.port": "5439",
    "aws.redshift.database": "pipeline",
    "aws.redshift.user": "pipeline_loader",
    "authentication.method": "Password",
    "table.name.format": "pipeline.${topic}",
    "auto.create": "false",
    "auto.evolve": "false",
    "db.timezone": "UTC",
    transforms: "tombstones,place",
    "transforms.tombstones.type": "org.apache.kafka.connect.transforms.Filter",
    "transforms.tombstones.predicate": "tombstones",
    predicates: "tombstones",
    "predicates.tombstones.type": "org.apache.kafka.connect.transforms.predicates.RecordIsTombstone",
    "transforms.place.type": "org.apache.kafka.connect.transforms.InsertField$Value",
    "transforms.place.partition.field": "__topic_partition",
    "transforms.place.offset.field": "__topic_offset",
    "transforms.place.timestamp.field": "__record_ts",
  });
});

it("a table of a source is refused: its topic has dots in its name", () => {
  const [orders] = topicsTaken(graph, { reads: ["ORDERS"] }, 6);
  expect(orders && redshift.topicMistakes?.(orders, {} as never)).toEqual([
    "its topic is called mssql.dbo.ORDERS, and Confluent's sink would look for a schema and a table by its dots. Let the target read a result of sql/ksqldb/ that has these rows.",
  ]);
});

it("no text is refused for having no length, and a reserved word is", () => {
  const enriched = result("ORDERS_ENRICHED");
  expect(redshiftMistakes(enriched)).toEqual([]);
  const columns = enriched.columns.map((column) => (column.name === "CITY" ? { ...column, name: "TAG" } : column));
  expect(redshiftMistakes({ ...enriched, columns })).toEqual(["column TAG: Redshift reserves TAG. Write … AS TAG_."]);
});
