import { date, decimal, int16, int32, text, timestamp, uuid } from "../../../../model/columnTypes.ts";
import { managedClasses, managedSecrets } from "../../../../model/connect/managedClasses.ts";
import { managedConnector, type ManagedSettings } from "../../../../model/connect/managedConnector.ts";
import type { Source } from "../../../../model/graph.ts";
import { sourceConnector } from "../../../../model/connect/sourceConnector.ts";
import { sourceOf } from "../declarations.ts";

const orders = { order_id: int32, order_ts: timestamp(3), order_total_usd: decimal(5, 2) };
const customers = { id: int32, email: text(50), birthdate: date };

const mssql = sourceOf("mssql", {
  kind: "sqlServer",
  database: "demo",
  tables: { "dbo.ORDERS": { kind: "facts", key: "order_id", columns: orders } },
});
const mysql = sourceOf("mysql", {
  kind: "mySql",
  database: "demo",
  tables: { customers: { kind: "entity", key: "id", columns: customers } },
});
const maria = sourceOf("maria", {
  kind: "mariaDb",
  database: "demo",
  tables: { customers: { kind: "entity", key: "id", columns: customers } },
});
const pg = sourceOf("pg", {
  kind: "postgres",
  database: "demo",
  tables: {
    "public.customers": { kind: "entity", key: "id", columns: customers },
    "public.orders": { kind: "facts", key: "order_id", columns: orders },
  },
});

const settings = (change: Partial<ManagedSettings["database"]> = {}): ManagedSettings => ({
  stack: "dev",
  database: { host: "db.example.com", port: 1433, database: "shop", user: "cdc", tls: "verify", ca: "", ...change },
  serviceAccount: "sa-1",
  password: "hush",
  extra: {},
});

/** The same for every kind. */
const everyKind = (name: string) => ({
  name,
  "tasks.max": "1",
  "topic.prefix": name,
  "kafka.auth.mode": "SERVICE_ACCOUNT",
  "kafka.service.account.id": "sa-1",
  "database.hostname": "db.example.com",
  "database.port": "1433",
  "database.user": "cdc",
  "output.data.format": "AVRO",
  "output.key.format": "AVRO",
  "value.converter.ignore.default.for.nullables": "true",
  "schema.name.adjustment.mode": "avro",
  "field.name.adjustment.mode": "avro",
  "time.precision.mode": "connect",
  "decimal.handling.mode": "precise",
  "tombstones.on.delete": "true",
  "errors.tolerance": "none",
  "snapshot.mode": "initial",
  "heartbeat.interval.ms": "10000",
  "topic.heartbeat.prefix": "_heartbeat",
});
const historyOf = (name: string) => ({
  "include.schema.changes": "false",
  "schema.history.internal.kafka.topic": `_history.${name}`,
  "schema.history.internal.kafka.query.timeout.ms": "30000",
});
const unwrap = (alias: string, deletes: string, position: string, topics: string) => ({
  [`transforms.${alias}.type`]: "io.debezium.transforms.ExtractNewRecordState",
  [`transforms.${alias}.add.fields`]: `op,source.ts_ms,${position}`,
  [`transforms.${alias}.delete.tombstone.handling.mode`]: deletes,
  [`transforms.${alias}.replace.null.with.default`]: "false",
  ...guard(alias, topics),
});
const key = (field: string, topics: string) => ({
  [`transforms.key_${field}.type`]: "org.apache.kafka.connect.transforms.ExtractField$Key",
  [`transforms.key_${field}.field`]: field,
  ...guard(`key_${field}`, topics),
});
const signals = (topic: string) => ({
  "transforms.signals.type": "org.apache.kafka.connect.transforms.Filter",
  ...guard("signals", topic),
});
const route = (name: string, topics: string) => ({
  "transforms.route.type": "io.confluent.connect.cloud.transforms.TopicRegexRouter",
  "transforms.route.regex": `${name}\\.shop\\.(.*)`,
  "transforms.route.replacement": `${name}.$1`,
  ...guard("route", topics),
});
const guard = (alias: string, topics: string) => ({
  [`transforms.${alias}.predicate`]: alias,
  [`predicates.${alias}.type`]: "org.apache.kafka.connect.transforms.predicates.TopicNameMatches",
  [`predicates.${alias}.pattern`]: topics,
});

describe("the whole configuration of a managed connector", () => {
  it("for SQL Server", () => {
    const topic = "mssql\\.shop\\.dbo\\.ORDERS";
    expect(managedConnector(mssql, settings({ tls: "trust" }))).toEqual({
      nonsensitive: {
        ...everyKind("mssql"),
        ...historyOf("mssql"),
        "connector.class": "SqlServerCdcSourceV2",
        "database.names": "shop",
        "database.encrypt": "true",
        "snapshot.isolation.mode": "snapshot",
        "schema.history.internal.store.only.captured.tables.ddl": "true",
        "table.include.list": "(?-i)dbo\\.ORDERS,(?-i)dbo\\.debezium_signal",
        "column.include.list":
          "(?-i)dbo\\.ORDERS\\.order_id,(?-i)dbo\\.ORDERS\\.order_total_usd,(?-i)dbo\\.ORDERS\\.order_ts," +
          "(?-i)dbo\\.debezium_signal\\.data,(?-i)dbo\\.debezium_signal\\.id,(?-i)dbo\\.debezium_signal\\.type",
        "message.key.columns": "(?-i)dbo\\.ORDERS:order_id",
        "signal.data.collection": "shop.dbo.debezium_signal",
        transforms: "signals,facts,key_order_id,route",
        predicates: "signals,facts,key_order_id,route",
        ...signals("mssql\\.shop\\.dbo\\.debezium_signal"),
        ...unwrap("facts", "rewrite", "source.commit_lsn,source.change_lsn", topic),
        ...key("order_id", topic),
        ...route("mssql", topic),
      },
      sensitive: { "database.password": "hush" },
    });
  });

  it.each([
    ["MySQL", mysql, "MySqlCdcSourceV2", "verify_identity"],
    ["MariaDB", maria, "MariaDbCdcSource", "verify-full"],
  ])("for %s", (_, source, className, mode) => {
    const { name } = source;
    const topic = `${name}\\.shop\\.customers`;
    expect(managedConnector(source, settings())).toEqual({
      nonsensitive: {
        ...everyKind(name),
        ...historyOf(name),
        "connector.class": className,
        "database.include.list": "(?-i)shop",
        "database.ssl.mode": mode,
        "bigint.unsigned.handling.mode": "precise",
        "enable.time.adjuster": "false",
        "poll.interval.ms": "100",
        "event.converting.failure.handling.mode": "fail",
        "schema.history.internal.store.only.captured.databases.ddl": "true",
        "table.include.list": "(?-i)shop\\.customers,(?-i)shop\\.debezium_signal",
        "column.include.list":
          "(?-i)shop\\.customers\\.birthdate,(?-i)shop\\.customers\\.email,(?-i)shop\\.customers\\.id," +
          "(?-i)shop\\.debezium_signal\\.data,(?-i)shop\\.debezium_signal\\.id,(?-i)shop\\.debezium_signal\\.type",
        "message.key.columns": "(?-i)shop\\.customers:id",
        "signal.data.collection": "shop.debezium_signal",
        transforms: "signals,entity,key_id,route",
        predicates: "signals,entity,key_id,route",
        ...signals(`${name}\\.shop\\.debezium_signal`),
        ...unwrap("entity", "rewrite-with-tombstone", "source.file,source.pos", topic),
        ...key("id", topic),
        ...route(name, topic),
      },
      sensitive: { "database.password": "hush" },
    });
  });

  it("for Postgres", () => {
    expect(managedConnector(pg, settings({ ca: "PEM" }))).toEqual({
      nonsensitive: {
        ...everyKind("pg"),
        "connector.class": "PostgresCdcSourceV2",
        "database.dbname": "shop",
        "database.sslmode": "verify-full",
        "slot.name": "dev_pg",
        "publication.name": "dev_pg",
        "publication.autocreate.mode": "disabled",
        "heartbeat.action.query": "SELECT pg_logical_emit_message(false, 'heartbeat', '')",
        "message.prefix.exclude.list": ".*",
        "poll.interval.ms": "100",
        "table.include.list": "(?-i)public\\.customers,(?-i)public\\.debezium_signal,(?-i)public\\.orders",
        "column.include.list":
          "(?-i)public\\.customers\\.birthdate,(?-i)public\\.customers\\.email,(?-i)public\\.customers\\.id," +
          "(?-i)public\\.debezium_signal\\.data,(?-i)public\\.debezium_signal\\.id,(?-i)public\\.debezium_signal\\.type," +
          "(?-i)public\\.orders\\.order_id,(?-i)public\\.orders\\.order_total_usd,(?-i)public\\.orders\\.order_ts",
        "message.key.columns": "(?-i)public\\.customers:id;(?-i)public\\.orders:order_id",
        "signal.data.collection": "public.debezium_signal",
        transforms: "signals,facts,entity,key_id,key_order_id",
        predicates: "signals,facts,entity,key_id,key_order_id",
        ...signals("pg\\.public\\.debezium_signal"),
        ...unwrap("facts", "rewrite", "source.lsn", "pg\\.public\\.orders"),
        ...unwrap("entity", "rewrite-with-tombstone", "source.lsn", "pg\\.public\\.customers"),
        ...key("id", "pg\\.public\\.customers"),
        ...key("order_id", "pg\\.public\\.orders"),
      },
      sensitive: { "database.password": "hush", "database.sslrootcert": "data:text/plain;base64,UEVN" },
    });
  });
});

describe("encryption", () => {
  it.each([
    [mssql, "database.encrypt", ["true", "true", "false"]],
    [mysql, "database.ssl.mode", ["verify_identity", "required", "disabled"]],
    [maria, "database.ssl.mode", ["verify-full", "trust", "disable"]],
    [pg, "database.sslmode", ["verify-full", "require", "disable"]],
  ] as const)("of $kind is $1: verified, trusting, off", (source, property, values) => {
    const modes = (["verify", "trust", "off"] as const).map(
      (tls) => managedConnector(source, settings({ tls })).nonsensitive[property],
    );
    expect(modes).toEqual(values);
  });

  it("gives an authority's certificate, whatever its comments say, only where it is looked at", () => {
    const ca = "# Zürich CA ✓\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    const given = managedConnector(pg, settings({ ca })).sensitive["database.sslrootcert"] ?? "";
    const [prefix, base64 = ""] = given.split(",");
    expect(prefix).toBe("data:text/plain;base64");
    expect(Buffer.from(base64, "base64").toString("utf8")).toBe(ca);
    expect(managedConnector(pg, settings({ ca, tls: "trust" })).sensitive).toEqual({ "database.password": "hush" });
  });
});

describe("a managed connector", () => {
  const all = [mssql, mysql, maria, pg].map((source) => ({
    kind: source.kind,
    source,
    config: managedConnector(source, settings({ ca: "PEM" })),
  }));

  it.each(all)("of $kind has only properties that Confluent's has, with legal values", ({ kind, config }) => {
    const { properties, required, legal } = managedClasses[kind];
    const { nonsensitive, sensitive } = config;
    const keys = Object.keys(nonsensitive).filter((property) => !/^(transforms|predicates)(\.|$)/.test(property));
    expect(keys.filter((property) => !properties.includes(property))).toEqual([]);
    expect(Object.keys(sensitive).filter((property) => !managedSecrets.includes(property))).toEqual([]);
    expect(Object.keys(nonsensitive).filter((property) => managedSecrets.includes(property))).toEqual([]);
    expect(required.filter((property) => !{ ...nonsensitive, ...sensitive }[property])).toEqual([]);
    for (const [property, values] of Object.entries(legal)) {
      expect([undefined, ...values]).toContain(nonsensitive[property]);
    }
    expect(nonsensitive.transforms).not.toMatch(/\bunwrap\b/);
    expect(Object.values(nonsensitive)).not.toContain("org.apache.kafka.connect.transforms.RegexRouter");
    expect(Object.keys(nonsensitive)).toEqual(Object.keys(nonsensitive).toSorted());
  });

  /** Whoever adds a setting to our own connectors says here that Confluent's goes without. */
  const onlyOurs: Readonly<Record<Source["kind"], readonly string[]>> = {
    sqlServer: ["driver.encrypt", "driver.trustServerCertificate", "event.converting.failure.handling.mode"],
    mySql: ["connect.keep.alive.interval.ms", "database.server.id"],
    mariaDb: ["connect.keep.alive.interval.ms", "database.server.id"],
    postgres: [
      "database.sslfactory",
      "event.converting.failure.handling.mode",
      "plugin.name",
      "snapshot.mode.custom.name",
    ],
  };
  /** Whoever tells Confluent's connectors something else says so here. */
  const toldOtherwise: Readonly<Record<Source["kind"], readonly string[]>> = {
    sqlServer: ["transforms.route.type"],
    mySql: ["transforms.route.type"],
    mariaDb: ["transforms.route.type"],
    postgres: ["snapshot.mode"],
  };
  it.each(all)("of $kind is told what our own is told", ({ kind, source, config }) => {
    const { database } = settings();
    const ours = sourceConnector(source, {
      stack: "dev",
      database: { ...database, hasCa: false },
      bootstrapServers: "kafka:9092",
      kafkaSecurity: {},
      secretsFile: "/secrets",
      trustFolder: "/trust",
      caFolder: "/ca",
      serverId: 7,
      extra: {},
    });
    const lost = Object.keys(ours).filter((property) => !(property in config.nonsensitive));
    const brokers = kind === "postgres" ? [] : ["schema.history.internal.kafka.bootstrap.servers"];
    expect(lost.toSorted()).toEqual(
      ["database.password", "extended.headers.enabled", ...brokers, ...onlyOurs[kind]].toSorted(),
    );
    const changed = Object.keys(ours).filter(
      (property) => property in config.nonsensitive && config.nonsensitive[property] !== ours[property],
    );
    expect(changed.toSorted()).toEqual(["connector.class", ...toldOtherwise[kind]].toSorted());
  });

  it("passes on what is not known yet, and the user's own settings", () => {
    const [host, serviceAccount, password] = [Symbol("host"), Symbol("account"), Symbol("password")];
    const { nonsensitive, sensitive } = managedConnector<symbol>(mysql, {
      ...settings(),
      database: { ...settings().database, host },
      serviceAccount,
      password,
      extra: { "poll.interval.ms": "250" },
    });
    expect(nonsensitive["database.hostname"]).toBe(host);
    expect(nonsensitive["kafka.service.account.id"]).toBe(serviceAccount);
    expect(sensitive).toEqual({ "database.password": password });
    expect(nonsensitive["poll.interval.ms"]).toBe("250");
  });

  it("makes a 16-bit key 32 bits wide, before its topic gets another name", () => {
    const source = sourceOf("s", {
      kind: "sqlServer",
      database: "demo",
      tables: {
        "dbo.a": { kind: "facts", key: "id", columns: { id: int16 } },
        "dbo.b": { kind: "facts", key: "id", columns: { id: int32 } },
        "dbo.c": { kind: "facts", key: ["id", "x"], columns: { id: int16, x: uuid } },
        "dbo.d": { kind: "facts", key: "id", columns: { id: int16 } },
      },
    });
    const { nonsensitive } = managedConnector(source, settings());
    expect(nonsensitive.transforms).toBe("signals,facts,key_id,widen,route");
    expect(nonsensitive.predicates).toBe("signals,facts,key_id,widen,route");
    expect(nonsensitive).toMatchObject({
      "transforms.widen.type": "org.apache.kafka.connect.transforms.Cast$Key",
      "transforms.widen.spec": "int32",
      ...guard("widen", "s\\.shop\\.dbo\\.a|s\\.shop\\.dbo\\.d"),
    });
  });

  it("makes a 16-bit key of Postgres wide, whose topics keep their names", () => {
    const source = sourceOf("p", {
      kind: "postgres",
      database: "demo",
      tables: { "public.a": { kind: "facts", key: "id", columns: { id: int16 } } },
    });
    expect(managedConnector(source, settings()).nonsensitive.transforms).toBe("signals,facts,key_id,widen");
  });
});
