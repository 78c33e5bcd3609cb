import type { ManagedClass } from "./managedClasses.ts";

/** One of Confluent's fully managed sinks, as its own template describes it (2026-06). */
export interface ManagedSinkClass extends ManagedClass {
  /** Properties whose values the service hides: they belong in the sensitive half of a configuration. */
  readonly secrets: readonly string[];
}

/** The sinks that a target may be, beside Snowflake's. */
export type ManagedSinkName = "s3" | "redshift" | "bigQuery" | "azureBlob" | "http";

const loginSecrets = names("kafka.api.key kafka.api.secret");

const common = names(`
  auto.restart.on.user.error connector.class consumer.override.auto.offset.reset
  consumer.override.isolation.level errors.deadletterqueue.topic.name errors.tolerance header.converter
  input.data.format kafka.api.key kafka.api.secret kafka.auth.mode kafka.service.account.id
  key.converter.key.subject.name.strategy max.poll.interval.ms max.poll.records name schema.context.name tasks.max
  topics topics.regex value.converter.allow.optional.map.keys value.converter.auto.register.schemas
  value.converter.connect.meta.data value.converter.decimal.format value.converter.enhanced.avro.schema.support
  value.converter.enhanced.protobuf.schema.support value.converter.flatten.singleton.unions
  value.converter.flatten.unions value.converter.generate.index.for.unions value.converter.generate.struct.for.nulls
  value.converter.ignore.default.for.nullables value.converter.int.for.enums
  value.converter.latest.compatibility.strict value.converter.object.additional.properties
  value.converter.optional.for.nullables value.converter.optional.for.proto2
  value.converter.reference.subject.name.strategy value.converter.scrub.invalid.names
  value.converter.use.latest.version value.converter.use.optional.for.nonrequired
  value.converter.value.subject.name.strategy value.converter.wrapper.for.nullables
  value.converter.wrapper.for.raw.primitives
`);

/** Of the sinks that write files into folders by time. */
const files = names(`
  behavior.on.null.values flush.size locale output.data.format partition.field.name partitioner.class path.format
  rotate.interval.ms rotate.schedule.interval.ms time.interval timestamp.field timezone topics.dir
`);

/** Of the sinks that can read values encrypted field by field. */
const encryptedFields = names("csfle.enabled csfle.onFailure sr.service.account.id");

/** Of the sinks that read JSON without a schema too. */
const schemaless = names("value.converter.replace.null.with.default value.converter.schemas.enable");

/** Of the sinks that can look at keys. */
const keys = names("input.key.format key.converter.replace.null.with.default key.converter.schemas.enable");

const required = names("connector.class name tasks.max input.data.format");
const booleans = ["true", "false"];
const subjectNames = names("TopicNameStrategy RecordNameStrategy TopicRecordNameStrategy");
const withSchema = names("AVRO JSON_SR PROTOBUF");
const commonLegal: ManagedClass["legal"] = {
  "errors.tolerance": ["all", "none"],
  "kafka.auth.mode": ["KAFKA_API_KEY", "SERVICE_ACCOUNT"],
  "consumer.override.auto.offset.reset": ["earliest", "latest", "none"],
  "consumer.override.isolation.level": ["read_committed", "read_uncommitted"],
  "key.converter.key.subject.name.strategy": subjectNames,
  "value.converter.decimal.format": ["BASE64", "NUMERIC"],
  "value.converter.value.subject.name.strategy": subjectNames,
};
const filesLegal: ManagedClass["legal"] = {
  ...commonLegal,
  "behavior.on.null.values": ["ignore", "fail"],
  "input.data.format": ["JSON", ...withSchema, "BYTES"],
  "output.data.format": ["AVRO", "JSON", "BYTES"],
  "partitioner.class": ["TimeBasedPartitioner", "FieldPartitioner"],
  "time.interval": ["DAILY", "HOURLY"],
};
const keyFormats = names("BYTES AVRO JSON JSON_SR PROTOBUF STRING");

const apiSettings = names(`
  allow.get.request.body batch.json.as.array batch.key.pattern batch.prefix batch.separator batch.suffix
  behavior.on.null.values http.api.path http.connect.timeout.ms http.path.parameters http.path.parameters.separator
  http.request.body http.request.headers http.request.headers.separator http.request.method http.request.parameters
  http.request.parameters.separator http.request.sensitive.headers http.request.timeout.ms max.batch.size max.retries
  regex.patterns regex.replacements regex.separator report.only.status.code.to.success.topic request.body.format
  retry.backoff.ms retry.backoff.policy retry.on.status.codes test.api topics
`);

/** A sink of Confluent's, from what its template has besides what the template of every sink has. */
export function managedSinkClass(own: ManagedSinkClass): ManagedSinkClass {
  return {
    name: own.name,
    properties: [...common, ...schemaless, ...own.properties],
    required: [...required, ...own.required],
    legal: { ...commonLegal, ...own.legal },
    secrets: [...loginSecrets, ...own.secrets],
  };
}

export const managedSinkClasses: Readonly<Record<ManagedSinkName, ManagedSinkClass>> = {
  s3: {
    name: "S3_SINK",
    properties: [
      ...common,
      ...files,
      ...encryptedFields,
      ...keys,
      ...schemaless,
      ...names(`
        authentication.method aws.access.key.id aws.secret.access.key compression.codec
        enhanced.avro.schema.support json.decimal.format output.headers.format output.keys.format
        provider.integration.id regional.connectivity s3.acl.canned s3.bucket.name s3.compression.level
        s3.object.tagging s3.part.size s3.path.style.access.enabled s3.region s3.schema.partition.affix.type
        s3.sse.customer.key s3.sse.kms.key.id s3.ssea.name s3.wan.mode schema.compatibility store.kafka.headers
        store.kafka.keys store.url subject.name.strategy tombstone.encoded.partition
      `),
    ],
    required: [...required, ...names("s3.bucket.name time.interval")],
    legal: {
      ...filesLegal,
      "authentication.method": ["Access Keys", "IAM Roles"],
      "behavior.on.null.values": ["ignore", "fail", "write"],
      "compression.codec": [
        "PARQUET - snappy",
        "PARQUET - gzip",
        "PARQUET - none",
        "AVRO - snappy",
        "AVRO - deflate",
        "AVRO - bzip2",
        "JSON - gzip",
        "BYTES - gzip",
      ],
      "csfle.onFailure": ["ERROR", "NONE"],
      "enhanced.avro.schema.support": booleans,
      "input.key.format": keyFormats,
      "json.decimal.format": ["BASE64", "NUMERIC"],
      "output.data.format": ["AVRO", "JSON", "BYTES", "PARQUET"],
      "s3.object.tagging": ["false", "true"],
      "s3.schema.partition.affix.type": ["NONE", "PREFIX", "SUFFIX"],
      "s3.ssea.name": ["", "AES256", "aws:kms"],
      "schema.compatibility": ["NONE", "BACKWARD", "FORWARD", "FULL"],
      "store.kafka.headers": ["false", "true"],
      "store.kafka.keys": ["false", "true"],
      "subject.name.strategy": ["TopicNameStrategy", "TopicRecordNameStrategy"],
    },
    secrets: [...loginSecrets, ...names("aws.access.key.id aws.secret.access.key s3.sse.customer.key")],
  },
  redshift: {
    name: "RedshiftSink",
    properties: [
      ...common,
      ...names(`
        authentication.method auto.create auto.evolve aws.redshift.database aws.redshift.domain
        aws.redshift.password aws.redshift.port aws.redshift.user batch.size db.timezone provider.integration.id
        table.name.format
      `),
    ],
    required: [...required, ...names("aws.redshift.database aws.redshift.domain aws.redshift.user")],
    legal: {
      ...commonLegal,
      "authentication.method": ["Password", "IAM Roles"],
      "auto.create": ["false", "true"],
      "auto.evolve": ["false", "true"],
      "input.data.format": withSchema,
    },
    secrets: [...loginSecrets, "aws.redshift.password"],
  },
  bigQuery: {
    name: "BigQueryStorageSink",
    properties: [
      ...common,
      ...encryptedFields,
      ...keys,
      ...schemaless,
      ...names(`
        authentication.method auto.create.tables auto.update.schemas commit.interval datasets ingestion.mode keyfile
        oauth.auth.button oauth.auth.endpoint oauth.client.auth.mode oauth.client.id oauth.client.secret
        oauth.config.map oauth.query.params oauth.refresh.token oauth.scopes oauth.session.id oauth.token.endpoint
        oauth.use.shared.app partitioning.type project sanitize.field.names sanitize.field.names.in.array
        sanitize.topics timestamp.partition.field.name topic2clustering.fields.map topic2table.map
        use.date.time.formatter use.integer.for.int8.int16
      `),
    ],
    required: [...required, ...names("datasets project")],
    legal: {
      ...commonLegal,
      "authentication.method": [
        "Google cloud service account",
        "OAuth 2.0 (Shared app)",
        "OAuth 2.0 (Bring your own app)",
      ],
      "auto.create.tables": ["DISABLED", "NON-PARTITIONED", "PARTITION by INGESTION TIME", "PARTITION by FIELD"],
      "auto.update.schemas": ["DISABLED", "ADD NEW FIELDS"],
      "csfle.onFailure": ["ERROR", "NONE"],
      "ingestion.mode": ["STREAMING", "BATCH LOADING", "UPSERT", "UPSERT_DELETE"],
      "input.data.format": ["JSON", ...withSchema],
      "input.key.format": keyFormats,
      "partitioning.type": ["DAY", "HOUR", "MONTH", "YEAR"],
      "sanitize.field.names": ["false", "true"],
      "sanitize.field.names.in.array": ["false", "true"],
      "sanitize.topics": booleans,
      "use.date.time.formatter": ["false", "true"],
      "use.integer.for.int8.int16": ["false", "true"],
    },
    secrets: [...loginSecrets, ...names("keyfile oauth.client.secret oauth.refresh.token")],
  },
  azureBlob: {
    name: "AzureBlobSink",
    properties: [
      ...common,
      ...files,
      ...schemaless,
      ...names("az.compression.type azblob.account.key azblob.account.name azblob.container.name file.delim"),
    ],
    required: [...required, ...names("azblob.account.key azblob.account.name azblob.container.name time.interval")],
    legal: { ...filesLegal, "az.compression.type": ["none", "gzip"] },
    secrets: [...loginSecrets, ...names("azblob.account.key azblob.account.name")],
  },
  http: {
    name: "HttpSinkV2",
    properties: [
      ...common,
      ...encryptedFields,
      ...schemaless,
      ...names(`
      api.key.location api.key.name api.key.value apis.num auth.type bearer.token behavior.on.error
      connection.password connection.user gcp.credentials.json http.api.base.url http.proxy.host
      http.proxy.password http.proxy.port http.proxy.user https.host.verifier.enabled https.ssl.enabled
      https.ssl.key.password https.ssl.keystore.password https.ssl.keystorefile https.ssl.protocol
      https.ssl.truststore.password https.ssl.truststorefile oauth.config.map oauth2.auth.button
      oauth2.auth.endpoint oauth2.client.auth.mode oauth2.client.header.separator oauth2.client.headers
      oauth2.client.id oauth2.client.scope oauth2.client.secret oauth2.flow.type oauth2.jwt.claimset
      oauth2.jwt.enabled oauth2.jwt.keystore.password oauth2.jwt.keystore.path oauth2.jwt.keystore.type
      oauth2.query.params oauth2.refresh.token oauth2.session.id oauth2.token.property oauth2.token.url
      report.errors.as reporter.error.topic.name reporter.result.topic.name
    `),
      ...Object.keys(ofEachApi(Object.fromEntries(apiSettings.map((setting) => [setting, true])))),
    ],
    required: [...required, "http.api.base.url"],
    legal: {
      ...commonLegal,
      "api.key.location": ["HEADER", "QUERY"],
      "auth.type": ["NONE", "BASIC", "OAUTH2", "BEARER", "API_KEY"],
      "behavior.on.error": ["FAIL", "IGNORE"],
      "csfle.onFailure": ["ERROR", "NONE"],
      "https.host.verifier.enabled": booleans,
      "input.data.format": ["JSON", ...withSchema, "BYTES"],
      "oauth2.client.auth.mode": ["header", "url", "request_body"],
      "oauth2.flow.type": ["CLIENT_CREDENTIALS_FLOW", "CODE_GRANT_FLOW"],
      "oauth2.jwt.keystore.type": ["JKS", "PKCS12"],
      "report.errors.as": ["Error string", "Http response"],
      ...ofEachApi({
        "behavior.on.null.values": ["IGNORE", "DELETE", "FAIL"],
        "http.request.method": ["POST", "PUT", "PATCH", "GET", "DELETE"],
        "request.body.format": ["JSON", "STRING"],
        "retry.backoff.policy": ["EXPONENTIAL_WITH_JITTER", "CONSTANT_VALUE"],
      }),
    },
    secrets: [
      ...loginSecrets,
      ...names(`
        api.key.value bearer.token connection.password gcp.credentials.json http.proxy.password
        https.ssl.key.password https.ssl.keystore.password https.ssl.keystorefile https.ssl.truststore.password
        https.ssl.truststorefile oauth2.client.headers oauth2.client.secret oauth2.jwt.keystore.password
        oauth2.jwt.keystore.path oauth2.refresh.token
      `),
      ...Object.keys(ofEachApi({ "http.request.sensitive.headers": [] })),
    ],
  },
};

/** The HTTP sink calls up to 15 APIs, each with settings of its own: `api1.…` to `api15.…`. */
function ofEachApi<Value>(settings: Readonly<Record<string, Value>>): Record<string, Value> {
  const apis = Array.from({ length: 15 }, (_, index) => `api${String(index + 1)}`);
  return Object.fromEntries(
    apis.flatMap((api) => Object.entries(settings).map(([key, value]) => [`${api}.${key}`, value])),
  );
}

function names(text: string): string[] {
  return text.trim().split(/\s+/);
}
