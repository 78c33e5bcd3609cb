import type { SourceKind } from "../columnTypes.ts";

/** One of Confluent's fully managed Debezium connectors, as its own template describes it (2026-06). */
export interface ManagedClass {
  /** What `connector.class` is. */
  readonly name: string;
  /** Every property it has; others are not looked at by the service. */
  readonly properties: readonly string[];
  /** Without these the service refuses it. */
  readonly required: readonly string[];
  /** Properties that take certain values only. */
  readonly legal: Readonly<Record<string, readonly string[]>>;
}

/** Properties whose values the service hides: they belong in the sensitive half of a configuration. */
export const managedSecrets: readonly string[] = names(`
  database.password database.ssl.keystore database.ssl.keystore.password database.ssl.truststore
  database.ssl.truststore.password database.sslcert database.sslkey database.sslpassword database.sslrootcert
  kafka.api.key kafka.api.secret
`);

const common = names(`
  after.state.only auto.restart.on.user.error binary.handling.mode column.exclude.list column.include.list
  column.propagate.source.type connector.class database.hostname database.password database.port database.user
  decimal.handling.mode errors.tolerance event.processing.failure.handling.mode field.name.adjustment.mode
  header.converter heartbeat.interval.ms incremental.snapshot.chunk.size incremental.snapshot.watermarking.strategy
  kafka.api.key kafka.api.secret kafka.auth.mode kafka.service.account.id key.converter.key.subject.name.strategy
  key.converter.reference.subject.name.strategy max.batch.size message.key.columns name notification.enabled.channels
  notification.sink.topic.name output.data.format output.key.format poll.interval.ms
  producer.override.compression.type producer.override.linger.ms provide.transaction.metadata schema.context.name
  schema.name.adjustment.mode signal.data.collection signal.enabled.channels signal.kafka.topic
  skip.messages.without.change skipped.operations snapshot.delay.ms snapshot.include.collection.list
  snapshot.lock.timeout.ms snapshot.mode streaming.delay.ms table.exclude.list table.include.list tasks.max
  time.precision.mode tombstones.on.delete topic.heartbeat.prefix topic.prefix topic.transaction
  value.converter.allow.optional.map.keys value.converter.auto.register.schemas value.converter.connect.meta.data
  value.converter.decimal.format value.converter.enhanced.avro.schema.support
  value.converter.enhanced.protobuf.schema.support value.converter.flatten.singleton.unions
  value.converter.flatten.unions value.converter.generate.index.for.unions value.converter.generate.struct.for.nulls
  value.converter.ignore.default.for.nullables value.converter.int.for.enums
  value.converter.latest.compatibility.strict value.converter.object.additional.properties
  value.converter.optional.for.nullables value.converter.optional.for.proto2
  value.converter.reference.subject.name.strategy value.converter.replace.null.with.default
  value.converter.schemas.enable value.converter.scrub.invalid.names value.converter.use.latest.version
  value.converter.use.optional.for.nonrequired value.converter.value.subject.name.strategy
  value.converter.wrapper.for.nullables value.converter.wrapper.for.raw.primitives
`);

/** Of the connectors that keep a history of the database's schema. */
const history = names(`
  include.schema.changes incremental.snapshot.allow.schema.changes schema.history.internal.kafka.create.timeout.ms
  schema.history.internal.kafka.query.timeout.ms schema.history.internal.kafka.recovery.poll.interval.ms
  schema.history.internal.kafka.topic schema.history.internal.skip.unparseable.ddl
  schema.history.internal.store.only.captured.databases.ddl schema.history.internal.store.only.captured.tables.ddl
`);

/** Of the connectors that read a binlog. */
const binlog = names(`
  bigint.unsigned.handling.mode connect.timeout.ms database.exclude.list database.include.list database.ssl.keystore
  database.ssl.keystore.password database.ssl.mode database.ssl.truststore database.ssl.truststore.password
  enable.time.adjuster event.converting.failure.handling.mode gtid.source.excludes gtid.source.includes
  inconsistent.schema.handling.mode read.only snapshot.locking.mode table.ignore.builtin use.nongraceful.disconnect
`);

const commonLegal: ManagedClass["legal"] = {
  "after.state.only": ["true", "false"],
  "binary.handling.mode": ["bytes", "base64", "base64-url-safe", "hex"],
  "decimal.handling.mode": ["double", "precise", "string"],
  "errors.tolerance": ["none", "all"],
  "event.processing.failure.handling.mode": ["fail", "skip", "warn"],
  "field.name.adjustment.mode": ["none", "avro", "avro_unicode"],
  "incremental.snapshot.watermarking.strategy": ["INSERT_INSERT", "INSERT_DELETE"],
  "kafka.auth.mode": ["KAFKA_API_KEY", "SERVICE_ACCOUNT"],
  "output.data.format": ["AVRO", "JSON_SR", "PROTOBUF", "JSON"],
  "output.key.format": ["AVRO", "JSON_SR", "PROTOBUF", "JSON", "STRING"],
  "producer.override.compression.type": ["none", "gzip", "snappy", "lz4", "zstd"],
  "schema.name.adjustment.mode": ["none", "avro", "avro_unicode"],
  "tombstones.on.delete": ["true", "false"],
};
const binlogLegal: ManagedClass["legal"] = {
  ...commonLegal,
  "bigint.unsigned.handling.mode": ["precise", "long"],
  "event.converting.failure.handling.mode": ["warn", "fail", "skip"],
  "inconsistent.schema.handling.mode": ["fail", "skip", "warn"],
  "time.precision.mode": ["adaptive_time_microseconds", "connect"],
};
const required = names("connector.class name tasks.max database.hostname database.port topic.prefix");

export const managedClasses: Readonly<Record<SourceKind, ManagedClass>> = {
  sqlServer: {
    name: "SqlServerCdcSourceV2",
    properties: [
      ...common,
      ...history,
      ...names(`
        database.encrypt database.names datatype.propagate.source.type driver.applicationIntent
        driver.multiSubnetFailover driver.sendTimeAsDatetime heartbeat.action.query
        incremental.snapshot.option.recompile max.iteration.transactions schema.exclude.list schema.include.list
        snapshot.isolation.mode
      `),
    ],
    required: [...required, "database.names"],
    legal: {
      ...commonLegal,
      "database.encrypt": ["true", "false"],
      "driver.applicationIntent": ["ReadWrite", "ReadOnly"],
      "snapshot.isolation.mode": ["read_uncommitted", "read_committed", "repeatable_read", "snapshot", "exclusive"],
      "snapshot.mode": ["initial", "initial_only", "schema_only", "no_data", "recovery"],
      "time.precision.mode": ["adaptive", "connect"],
    },
  },
  mySql: {
    name: "MySqlCdcSourceV2",
    properties: [
      ...common,
      ...history,
      ...binlog,
      ...names("driver.connectionTimeZone include.query snapshot.tables.order.by.row.count"),
    ],
    required: [...required, "database.user"],
    legal: {
      ...binlogLegal,
      "database.ssl.mode": ["preferred", "disabled", "required", "verify_ca", "verify_identity"],
      "snapshot.locking.mode": ["minimal", "minimal_percona", "extended", "none"],
      "snapshot.mode": names(
        "initial initial_only when_needed never schema_only no_data schema_only_recovery recovery",
      ),
      "snapshot.tables.order.by.row.count": ["ascending", "descending", "disabled"],
    },
  },
  mariaDb: {
    name: "MariaDbCdcSource",
    properties: [...common, ...history, ...binlog],
    required: [...required, "database.user", "database.password"],
    legal: {
      ...binlogLegal,
      "database.ssl.mode": ["disable", "trust", "verify-ca", "verify-full"],
      "output.data.format": ["AVRO", "JSON_SR", "PROTOBUF"],
      "snapshot.locking.mode": ["minimal", "extended", "none"],
      "snapshot.mode": ["initial", "initial_only", "when_needed", "no_data", "recovery"],
    },
  },
  postgres: {
    name: "PostgresCdcSourceV2",
    properties: [
      ...common,
      ...names(`
        database.dbname database.sslcert database.sslkey database.sslmode database.sslpassword database.sslrootcert
        datatype.propagate.source.type exactly.once.enabled heartbeat.action.query hstore.handling.mode
        include.unknown.datatypes interval.handling.mode message.prefix.exclude.list message.prefix.include.list
        money.fraction.digits offsets.storage.topic publication.autocreate.mode publication.name
        publish.via.partition.root read.only schema.exclude.list schema.include.list schema.refresh.mode
        slot.drop.on.stop slot.failover slot.max.retries slot.name slot.retry.delay.ms slot.stream.params
        snapshot.isolation.mode status.update.interval.ms unavailable.value.placeholder xmin.fetch.interval.ms
      `),
    ],
    required: [...required, "database.user", "database.dbname"],
    legal: {
      ...commonLegal,
      "database.sslmode": ["prefer", "disable", "require", "verify-full", "verify-ca"],
      "hstore.handling.mode": ["json", "map"],
      "interval.handling.mode": ["numeric", "string"],
      "publication.autocreate.mode": ["all_tables", "disabled", "filtered"],
      "schema.refresh.mode": ["columns_diff", "columns_diff_exclude_unchanged_toast"],
      "snapshot.isolation.mode": ["SERIALIZABLE", "REPEATABLE_READ", "READ_COMMITTED", "READ_UNCOMMITTED"],
      "snapshot.mode": ["initial", "never", "no_data", "initial_only", "when_needed"],
      "time.precision.mode": ["adaptive", "adaptive_time_microseconds", "connect"],
    },
  },
};

function names(text: string): string[] {
  return text.trim().split(/\s+/);
}
