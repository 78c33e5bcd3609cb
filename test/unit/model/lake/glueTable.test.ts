import { historyTable } from "../../../../model/lake/glueTable.ts";
import { lakeOf } from "./tables.ts";

it("of a source's table has its columns, those of the change, and where the record stands", () => {
  const { parameters, ...table } = historyTable(
    lakeOf("LOYALTY"),
    { bucket: "shop-lake", folder: "topics" },
    "2026-11-26",
  );
  expect(parameters["storage.location.template"]).toBe("s3://shop-lake/topics/mysql.loyalty/dt=${dt}/hour=${hour}/");
  expect(table).toEqual({
    name: "loyalty_history",
    description: "Every record of topic mysql.loyalty",
    tableType: "EXTERNAL_TABLE",
    owner: "pipeline",
    partitionKeys: [
      { name: "dt", type: "string" },
      { name: "hour", type: "int" },
    ],
    storageDescriptor: {
      columns: [
        { name: "id", type: "int" },
        { name: "level", type: "string" },
        { name: "__op", type: "string" },
        { name: "__source_ts_ms", type: "bigint" },
        { name: "__deleted", type: "string" },
        { name: "__source_file", type: "string" },
        { name: "__source_pos", type: "bigint" },
        { name: "__topic_partition", type: "int" },
        { name: "__topic_offset", type: "bigint" },
        { name: "__record_ts", type: "timestamp" },
      ],
      location: "s3://shop-lake/topics/mysql.loyalty/",
      inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
      outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
      serDeInfo: {
        name: "parquet",
        serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
        parameters: { "serialization.format": "1" },
      },
    },
  });
});

it("of a result has the columns of its statement, under the names that Glue keeps", () => {
  const { columns } = historyTable(
    lakeOf("ORDERS_ENRICHED"),
    { bucket: "shop-lake", folder: "topics" },
    "2026-11-26",
  ).storageDescriptor;
  expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    "order_id int",
    "item string",
    "order_total_usd decimal(5,2)",
    "full_name string",
    "email string",
    "company string",
    "street_address string",
    "city string",
    "country string",
    "__deleted string",
    "__topic_partition int",
    "__topic_offset bigint",
    "__record_ts timestamp",
  ]);
});
