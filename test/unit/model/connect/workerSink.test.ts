import { tasksFor, workerSink } from "../../../../model/connect/workerSink.ts";

const place = {
  topics: ["ORDERS_ENRICHED", "mysql.customers"],
  tasks: 2,
  registryUrl: "https://psrc-1.us-east-1.aws.confluent.cloud",
};
const className = "com.example.ShopSinkConnector";
const file = (key: string) => `\${file:/run/connect/secrets.properties:sink-shop.${key}}`;

it("is this, for any connector on workers of our own", () => {
  const config = workerSink("shop", className, {
    ...place,
    settings: { "shop.url": "https://shop.example.com" },
    secrets: ["shop.token"],
    extra: { "shop.batch": "500" },
  });
  expect(config).toEqual({
    "connector.class": className,
    "tasks.max": "2",
    topics: "ORDERS_ENRICHED,mysql.customers",
    "shop.url": "https://shop.example.com",
    "shop.token": file("shop.token"),
    "shop.batch": "500",
    "key.converter": "pipeline.avro.SinkAvroConverter",
    "key.converter.schema.registry.url": place.registryUrl,
    "key.converter.basic.auth.credentials.source": "USER_INFO",
    "key.converter.basic.auth.user.info": file("registry.user.info"),
    "value.converter": "pipeline.avro.SinkAvroConverter",
    "value.converter.schema.registry.url": place.registryUrl,
    "value.converter.basic.auth.credentials.source": "USER_INFO",
    "value.converter.basic.auth.user.info": file("registry.user.info"),
    "value.converter.ignore.default.for.nullables": "true",
    "consumer.override.sasl.jaas.config": file("kafka.jaas"),
    "producer.override.sasl.jaas.config": file("kafka.jaas"),
    "admin.override.sasl.jaas.config": file("kafka.jaas"),
    "consumer.override.max.poll.interval.ms": "900000",
    "errors.tolerance": "all",
    "errors.deadletterqueue.topic.name": "dlq.shop",
    "errors.deadletterqueue.topic.replication.factor": "3",
    "errors.deadletterqueue.context.headers.enable": "true",
    "errors.log.enable": "true",
    "reconcile.forget": "true",
  });
  expect(Object.keys(config)).toEqual(Object.keys(config).toSorted());
});

it("reads its secrets and certificates where the workers have them", () => {
  const config = workerSink("shop", className, {
    ...place,
    secretsFile: "/tmp/secrets",
    truststore: "/tmp/ca.pem",
    replicationFactor: 1,
    settings: {},
    secrets: ["shop.token"],
    extra: {},
  });
  expect(config).toMatchObject({
    "shop.token": "${file:/tmp/secrets:sink-shop.shop.token}",
    "value.converter.basic.auth.user.info": "${file:/tmp/secrets:sink-shop.registry.user.info}",
    "value.converter.schema.registry.ssl.truststore.location": "/tmp/ca.pem",
    "errors.deadletterqueue.topic.replication.factor": "1",
  });
});

it("has no more tasks than the machines run, nor than a topic has partitions", () => {
  const topics = [{ partitions: 3 }, { partitions: 6 }];
  expect([tasksFor(topics, 2), tasksFor(topics, 20), tasksFor(topics, 0)]).toEqual([2, 6, 1]);
});
