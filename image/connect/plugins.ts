import { readFileSync } from "node:fs";
import * as path from "node:path";
import { generationOf, snowflakeClasses } from "../../model/connect/snowflakeVersion.ts";

/** Version of Snowflake's connector by the POM: its class changed with 4.0.0. */
function snowflakeVersion(): string {
  const pom = readFileSync(path.join(import.meta.dirname, "pom.xml"), "utf8");
  const [, version] = /<snowflake\.version>([^<]+)</.exec(pom) ?? [];
  if (version === undefined) {
    throw new Error("image/connect/pom.xml has no property snowflake.version");
  }
  return version;
}

/** What a worker of the image must offer: kind in Connect's list, and class. */
export const expectedPlugins: readonly { readonly type: string; readonly class: string }[] = [
  { type: "source", class: "io.debezium.connector.sqlserver.SqlServerConnector" },
  { type: "source", class: "io.debezium.connector.mysql.MySqlConnector" },
  { type: "source", class: "io.debezium.connector.mariadb.MariaDbConnector" },
  { type: "source", class: "io.debezium.connector.postgresql.PostgresConnector" },
  { type: "sink", class: "io.debezium.connector.jdbc.JdbcSinkConnector" },
  { type: "sink", class: "pipeline.jdbc.JdbcSink" },
  { type: "sink", class: snowflakeClasses[generationOf(snowflakeVersion())] },
  { type: "converter", class: "io.confluent.connect.avro.AvroConverter" },
  { type: "converter", class: "pipeline.avro.SinkAvroConverter" },
  { type: "converter", class: "org.apache.kafka.connect.json.JsonConverter" },
  { type: "converter", class: "org.apache.kafka.connect.storage.StringConverter" },
  { type: "transformation", class: "io.debezium.transforms.ExtractNewRecordState" },
  { type: "transformation", class: "org.apache.kafka.connect.transforms.ExtractField$Key" },
  { type: "transformation", class: "org.apache.kafka.connect.transforms.Filter" },
  { type: "transformation", class: "org.apache.kafka.connect.transforms.RegexRouter" },
  { type: "transformation", class: "org.apache.kafka.connect.transforms.ReplaceField$Key" },
  { type: "transformation", class: "org.apache.kafka.connect.transforms.ReplaceField$Value" },
  { type: "transformation", class: "pipeline.jdbc.ToTable" },
  { type: "predicate", class: "org.apache.kafka.connect.transforms.predicates.TopicNameMatches" },
];
