/** What a worker of the image must offer: kind in Connect's list, and class. */
export const expectedPlugins: readonly { readonly type: string; readonly class: string }[] = [
  { type: "source", class: "io.debezium.connector.sqlserver.SqlServerConnector" },
  { type: "source", class: "io.debezium.connector.mysql.MySqlConnector" },
  { type: "source", class: "io.debezium.connector.mariadb.MariaDbConnector" },
  { type: "source", class: "io.debezium.connector.postgresql.PostgresConnector" },
  { type: "sink", class: "io.debezium.connector.jdbc.JdbcSinkConnector" },
  { type: "sink", class: "com.snowflake.kafka.connector.SnowflakeSinkConnector" },
  { type: "converter", class: "io.confluent.connect.avro.AvroConverter" },
  { type: "converter", class: "org.apache.kafka.connect.json.JsonConverter" },
  { type: "converter", class: "org.apache.kafka.connect.storage.StringConverter" },
  { type: "transformation", class: "io.debezium.transforms.ExtractNewRecordState" },
  { type: "transformation", class: "org.apache.kafka.connect.transforms.ExtractField$Key" },
  { type: "transformation", class: "org.apache.kafka.connect.transforms.Filter" },
  { type: "transformation", class: "org.apache.kafka.connect.transforms.RegexRouter" },
  { type: "transformation", class: "org.apache.kafka.connect.transforms.ReplaceField$Key" },
  { type: "transformation", class: "org.apache.kafka.connect.transforms.ReplaceField$Value" },
  { type: "predicate", class: "org.apache.kafka.connect.transforms.predicates.TopicNameMatches" },
];
