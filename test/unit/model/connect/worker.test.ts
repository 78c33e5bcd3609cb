import {
  allowedOverrides,
  kafkaSecurity,
  secretsProperties,
  sinkProperties,
  workerProperties,
  workerPropertiesText,
} from "../../../../model/connect/worker.ts";
import { declaredGraph } from "../../../../model/graph.ts";
import { workerGroup } from "../../../../model/internalNames.ts";
import { topicsOf } from "../../../../model/topics.ts";
import { pipeline } from "../../../../pipeline.ts";

const settings = {
  bootstrapServers: "SASL_SSL://pkc-1.us-east-1.aws.confluent.cloud:9092",
  registryUrl: "https://psrc-1.us-east-1.aws.confluent.cloud",
};

const login = "${file:/run/connect/secrets.properties:kafka.jaas}";
const registryLogin = "${file:/run/connect/secrets.properties:registry.user.info}";

it("is this, on every placement", () => {
  expect(workerProperties(settings)).toEqual({
    "bootstrap.servers": "pkc-1.us-east-1.aws.confluent.cloud:9092",
    "group.id": "connect-workers",
    "security.protocol": "SASL_SSL",
    "sasl.mechanism": "PLAIN",
    "sasl.jaas.config": login,
    "producer.security.protocol": "SASL_SSL",
    "producer.sasl.mechanism": "PLAIN",
    "producer.sasl.jaas.config": login,
    "producer.acks": "all",
    "producer.enable.idempotence": "true",
    "producer.max.in.flight.requests.per.connection": "5",
    "producer.compression.type": "zstd",
    "consumer.security.protocol": "SASL_SSL",
    "consumer.sasl.mechanism": "PLAIN",
    "consumer.sasl.jaas.config": login,
    "consumer.isolation.level": "read_committed",
    "admin.security.protocol": "SASL_SSL",
    "admin.sasl.mechanism": "PLAIN",
    "admin.sasl.jaas.config": login,
    "key.converter": "io.confluent.connect.avro.AvroConverter",
    "key.converter.schema.registry.url": "https://psrc-1.us-east-1.aws.confluent.cloud",
    "key.converter.basic.auth.credentials.source": "USER_INFO",
    "key.converter.basic.auth.user.info": registryLogin,
    "key.converter.auto.register.schemas": "true",
    "key.converter.connect.meta.data": "false",
    "value.converter": "io.confluent.connect.avro.AvroConverter",
    "value.converter.schema.registry.url": "https://psrc-1.us-east-1.aws.confluent.cloud",
    "value.converter.basic.auth.credentials.source": "USER_INFO",
    "value.converter.basic.auth.user.info": registryLogin,
    "value.converter.auto.register.schemas": "true",
    "value.converter.ignore.default.for.nullables": "true",
    "config.storage.topic": "_connect.configs",
    "config.storage.replication.factor": "3",
    "offset.storage.topic": "_connect.offsets",
    "offset.storage.partitions": "25",
    "offset.storage.replication.factor": "3",
    "status.storage.topic": "_connect.status",
    "status.storage.partitions": "5",
    "status.storage.replication.factor": "3",
    "topic.creation.enable": "false",
    "connector.client.config.override.policy": "Allowlist",
    "connector.client.config.override.allowlist": allowedOverrides.join(","),
    "exactly.once.source.support": "disabled",
    "offset.flush.interval.ms": "10000",
    "scheduled.rebalance.max.delay.ms": "60000",
    "task.shutdown.graceful.timeout.ms": "30000",
    "plugin.path": "/opt/connect/plugins",
    "plugin.discovery": "service_load",
    "config.providers": "file,env",
    "config.providers.file.class": "org.apache.kafka.common.config.provider.FileConfigProvider",
    "config.providers.file.param.allowed.paths": "/run/connect/secrets.properties",
    "config.providers.env.class": "org.apache.kafka.common.config.provider.EnvVarConfigProvider",
    "config.providers.env.param.allowlist.pattern": "CONNECT_HOST",
    listeners: "http://${env:CONNECT_HOST}:8083",
    "rest.advertised.host.name": "${env:CONNECT_HOST}",
  });
});

it("names the internal topics that the stack makes, with their partitions", () => {
  const made = topicsOf(declaredGraph(pipeline), { partitions: 6, retentionDays: 7 });
  const partitions = (name = "") => made.find((topic) => topic.name === name)?.partitions;
  const properties = workerProperties(settings);
  expect(partitions(properties["config.storage.topic"])).toBe(1);
  expect(String(partitions(properties["offset.storage.topic"]))).toBe(properties["offset.storage.partitions"]);
  expect(String(partitions(properties["status.storage.topic"]))).toBe(properties["status.storage.partitions"]);
  expect(properties["group.id"]).toBe(workerGroup);
});

it("runs elsewhere: other paths, addresses, authorities and counts", () => {
  const properties = workerProperties({
    ...settings,
    bootstrapServers: "SASL_SSL://a:1,SASL_SSL://b:2",
    secretsFile: "/tmp/t/secrets.properties",
    truststore: "/tmp/t/ca.pem",
    host: "127.0.0.1",
    port: 18_083,
    pluginPath: "/tmp/t/plugins",
    replicationFactor: 1,
  });
  expect(properties).toMatchObject({
    "bootstrap.servers": "a:1,b:2",
    "admin.sasl.jaas.config": "${file:/tmp/t/secrets.properties:kafka.jaas}",
    "config.providers.file.param.allowed.paths": "/tmp/t/secrets.properties",
    listeners: "http://127.0.0.1:18083",
    "rest.advertised.host.name": "127.0.0.1",
    "plugin.path": "/tmp/t/plugins",
    "config.storage.replication.factor": "1",
  });
  for (const prefix of ["", "producer.", "consumer.", "admin."]) {
    expect(properties[`${prefix}ssl.truststore.type`]).toBe("PEM");
    expect(properties[`${prefix}ssl.truststore.location`]).toBe("/tmp/t/ca.pem");
  }
  for (const side of ["key", "value"]) {
    expect(properties[`${side}.converter.schema.registry.ssl.truststore.type`]).toBe("PEM");
    expect(properties[`${side}.converter.schema.registry.ssl.truststore.location`]).toBe("/tmp/t/ca.pem");
  }
});

it("has the same settings in its text, in groups with comments", () => {
  const text = workerPropertiesText(settings);
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const read = lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)] as const);
  expect(new Map(read)).toEqual(new Map(Object.entries(workerProperties(settings))));
  for (const group of text.split("\n\n")) {
    expect(group).toMatch(/^# /);
  }
});

it("lets a connector's clients log in otherwise, but neither connect elsewhere nor load classes", () => {
  expect(allowedOverrides).toContain("sasl.jaas.config");
  const dangerous = /bootstrap|class|interceptor|serializer|reporter|callback|security\.protocol|ssl\.|^sasl\.(?!jaas)/;
  expect(allowedOverrides.filter((key) => dangerous.test(key))).toEqual([]);
});

it("gives a connector's own clients the same login under their prefix", () => {
  expect(kafkaSecurity({}, "schema.history.internal.producer.")).toEqual({
    "schema.history.internal.producer.security.protocol": "SASL_SSL",
    "schema.history.internal.producer.sasl.mechanism": "PLAIN",
    "schema.history.internal.producer.sasl.jaas.config": login,
  });
});

it("writes the secrets under the keys that configurations refer to", () => {
  const text = secretsProperties({
    kafka: { key: "KAFKAKEY", secret: "kafka/secret" },
    registry: { key: "REGISTRYKEY", secret: "registry:secret" },
    passwords: { mssql: 'p"a\\ss', mysql: " blank" },
  });
  const snowflake = sinkProperties("snowflake", {
    kafka: { key: "SINKKEY", secret: "sink/secret" },
    registry: { key: "SINKREGISTRY", secret: "registry/secret" },
    settings: { "snowflake.private.key": "MIIEvg==" },
  });
  const finance = sinkProperties("finance", {
    kafka: { key: "F", secret: "f" },
    registry: { key: "R", secret: "r" },
    settings: { "snowflake.private.key": "MIIFLT==", "snowflake.private.key.passphrase": "correct horse" },
  });
  const module = "org.apache.kafka.common.security.plain.PlainLoginModule required";
  expect((text + snowflake + finance).split("\n")).toEqual([
    `kafka.jaas=${module} username="KAFKAKEY" password="kafka/secret";`,
    "registry.user.info=REGISTRYKEY:registry:secret",
    'mssql.password=p"a\\\\ss',
    "mysql.password=\\ blank",
    `sink-snowflake.kafka.jaas=${module} username="SINKKEY" password="sink/secret";`,
    "sink-snowflake.registry.user.info=SINKREGISTRY:registry/secret",
    "sink-snowflake.snowflake.private.key=MIIEvg==",
    `sink-finance.kafka.jaas=${module} username="F" password="f";`,
    "sink-finance.registry.user.info=R:r",
    "sink-finance.snowflake.private.key=MIIFLT==",
    "sink-finance.snowflake.private.key.passphrase=correct horse",
    "",
  ]);
});
