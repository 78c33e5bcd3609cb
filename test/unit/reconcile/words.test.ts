import { isMasked, redactor, shown } from "../../../image/connect/reconcile/secrets.ts";
import { causeOf } from "../../../image/connect/reconcile/trace.ts";

describe("a value as it is shown", () => {
  it.each([
    ["database.password", "x", "(secret)"],
    ["database.password", "", ""],
    [
      "database.password",
      "${file:/run/connect/secrets.properties:shop.password}",
      "${file:/run/connect/secrets.properties:shop.password}",
    ],
    ["database.password", "${file:/run/x:y}z", "(secret)"],
    ["producer.override.sasl.jaas.config", 'Login required password="${file:/run/x:y}";', "(secret)"],
    ["key.converter.basic.auth.user.info", "a:b", "(secret)"],
    ["key.converter.basic.auth.credentials.source", "USER_INFO", "USER_INFO"],
    ["snowflake.private.key", "MII", "(secret)"],
    ["ssl.keystore.key", "MII", "(secret)"],
    ["aws.access.key.id", "AKIA", "(secret)"],
    ["oauth.token", "x", "(secret)"],
    ["oauth.token.type", "jwt", "jwt"],
    ["message.key.columns", "dbo.ORDERS:order_id", "dbo.ORDERS:order_id"],
    ["key.converter", "org.apache.kafka.connect.json.JsonConverter", "org.apache.kafka.connect.json.JsonConverter"],
    [
      "transforms.key.type",
      "org.apache.kafka.connect.transforms.ExtractField$Key",
      "org.apache.kafka.connect.transforms.ExtractField$Key",
    ],
    ["delete.tombstone.handling.mode", "rewrite", "rewrite"],
    [
      "connection.url",
      "jdbc:postgresql://h/db?user=u&password=hunter2&ssl=true",
      "jdbc:postgresql://h/db?user=u&password=(secret)&ssl=true",
    ],
    ["connection.url", "https://u:hunter2@h/db", "https://u:(secret)@h/db"],
    ["extra.properties", 'user=u, password="hun\\"ter 2", x=1', "user=u, password=(secret), x=1"],
  ])("%s = %s", (key, value, as) => {
    expect(shown(key, value)).toBe(as);
  });

  it.each([
    ["****", true],
    ["****************", true],
    ["[hidden]", true],
    ["***", false],
    ["a****", false],
    ["", false],
    [undefined, false],
  ])("%s is masked: %s", (value, isIt) => {
    expect(isMasked(value)).toBe(isIt);
  });
});

it("takes secrets out of texts, the longest first, and nothing else", () => {
  const redacted = redactor([
    {
      "database.password": "fish",
      "ssl.key.password": "fish and chips",
      "other.password": "${file:/run/x:y}",
      "use.password": "true",
      "tiny.password": "ab",
      "connection.url": "https://u:salt@h",
      "database.user": "cdc",
    },
  ]);
  expect(redacted("fish and chips with salt for cdc is true: fish, ab ${file:/run/x:y}")).toBe(
    "(secret) with (secret) for cdc is true: (secret), ab ${file:/run/x:y}",
  );
});

describe("the cause in a trace", () => {
  it.each([
    [
      "the deepest",
      `org.apache.kafka.connect.errors.ConnectException: Tolerance exceeded in error handler
\tat org.apache.kafka.connect.runtime.errors.RetryWithToleranceOperator.execAndHandleError(R.java:260)
Caused by: org.apache.kafka.connect.errors.DataException: Unknown field: id
\tat org.apache.kafka.connect.transforms.ExtractField.apply(ExtractField.java:86)
\t... 14 more`,
      "DataException: Unknown field: id",
    ],
    [
      "what came of a bare one, with it",
      `org.apache.kafka.connect.errors.ConnectException: Error configuring an instance of KafkaSchemaHistory
\tat x.y(Z.java:1)
Caused by: org.postgresql.util.PSQLException: The connection attempt failed.
\tat x.y(Z.java:1)
Caused by: java.net.UnknownHostException: nowhere.invalid
\t... 14 more`,
      "PSQLException: The connection attempt failed. (UnknownHostException: nowhere.invalid)",
    ],
    [
      "no bare one twice",
      `org.postgresql.util.PSQLException: Connection to 127.0.0.1:1 refused: Connection refused
Caused by: java.net.ConnectException: Connection refused`,
      "PSQLException: Connection to 127.0.0.1:1 refused: Connection refused",
    ],
    [
      "a message of its own, not the type of what it was made of",
      `org.apache.kafka.connect.errors.ConnectException: io.debezium.DebeziumException: Publication 'p' is missing
\tat x.y(Z.java:1)
Caused by: io.debezium.DebeziumException
\tat x.y(Z.java:1)`,
      "ConnectException: Publication 'p' is missing",
    ],
    [
      "a bare one alone",
      "java.lang.NullPointerException: value is null\n\tat x",
      "NullPointerException: value is null",
    ],
    ["the first line of something else", "\n  it fell over\nand lay there", "it fell over"],
    ["nothing", undefined, "the worker gives no reason"],
  ])("is %s", (_what, trace, cause) => {
    expect(causeOf(trace)).toBe(cause);
  });
});
