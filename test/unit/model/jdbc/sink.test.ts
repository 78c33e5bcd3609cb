import { jdbcSinkSettings, type JdbcServer } from "../../../../model/connect/jdbcSink.ts";
import { jdbcSettingsMistakes } from "../../../../model/connect/jdbcSettings.ts";
import { workersTrust } from "../../../../model/connect/databaseTls.ts";
import { jdbcTables } from "../../../../model/jdbc/table.ts";
import { graph } from "../warehouse/tables.ts";

const server: JdbcServer = {
  system: "postgres",
  host: "db.example.com",
  port: 5432,
  database: "shop",
  schema: "pipeline",
  user: "pipeline_writer",
  tls: "verify",
  hasCa: false,
};
const tables = jdbcTables(graph, { reads: ["CUSTOMERS", "CUSTOMERS_CLEAN"] });

it("says of each topic which table it is, and which fields make a row", () => {
  expect(jdbcSinkSettings("jdbc", server, tables, workersTrust)).toEqual({
    "connection.url":
      "jdbc:postgresql://db.example.com:5432/shop?sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory&ApplicationName=sink-jdbc",
    "connection.username": "pipeline_writer",
    "connection.pool.min_size": "1",
    "connection.pool.max_size": "2",
    "connection.pool.acquire_increment": "1",
    "insert.mode": "upsert",
    "delete.enabled": "true",
    "primary.key.mode": "record_key",
    "schema.evolution": "none",
    "collection.name.format": "pipeline.${topic}",
    "quote.identifiers": "true",
    transforms: "table",
    "transforms.table.type": "pipeline.jdbc.ToTable",
    "transforms.table.CUSTOMERS_CLEAN.table": "customers_clean",
    "transforms.table.CUSTOMERS_CLEAN.columns": "CUSTOMER_ID,COUNTRY,CITY,FULL_NAME,EMAIL,COMPANY",
    "transforms.table.CUSTOMERS_CLEAN.key": "CUSTOMER_ID",
    "transforms.table.CUSTOMERS_CLEAN.tombstone": "CUSTOMER_KEY",
    "transforms.table.mysql.customers.table": "customers",
    "transforms.table.mysql.customers.columns":
      "id,first_name,last_name,birthdate,email,company,street_address,city,country,fav_movie,fav_colour,fav_animal",
    "transforms.table.mysql.customers.key": "id",
    "transforms.table.mysql.customers.deleted": "__deleted",
    "transforms.table.mysql.customers.tombstone": "id",
  });
});

it.each<[Partial<JdbcServer>, string]>([
  [
    { hasCa: true },
    "postgresql://db.example.com:5432/shop?sslmode=verify-full&sslrootcert=/etc/connect/ca/jdbc.pem&ApplicationName=sink-jdbc",
  ],
  [{ tls: "off", host: "::1" }, "postgresql://[::1]:5432/shop?sslmode=disable&ApplicationName=sink-jdbc"],
  [
    { system: "mariaDb", hasCa: true },
    "mariadb://db.example.com:5432/shop?sslMode=verify-full&serverSslCert=/etc/connect/ca/jdbc.pem",
  ],
  [{ system: "mariaDb", tls: "trust" }, "mariadb://db.example.com:5432/shop?sslMode=trust"],
  [
    { system: "mySql", hasCa: true },
    "mysql://db.example.com:5432/shop?sslMode=VERIFY_IDENTITY&trustCertificateKeyStoreUrl=file:/tmp/trust/jdbc.p12&trustCertificateKeyStoreType=PKCS12&trustCertificateKeyStorePassword=changeit",
  ],
  [{ system: "mySql", tls: "off" }, "mysql://db.example.com:5432/shop?sslMode=DISABLED&allowPublicKeyRetrieval=true"],
])("finds the database, and checks who answers: %j", (change, url) => {
  const settings = jdbcSinkSettings("jdbc", { ...server, ...change }, tables, workersTrust);
  expect(settings["connection.url"]).toBe(`jdbc:${url}`);
});

it("says everything that is wrong with extra settings at once", () => {
  expect(
    jdbcSettingsMistakes("jdbc", {
      "batch.size": 1000,
      "batch.sise": 1,
      "connection.url": "jdbc:postgresql://elsewhere/",
      "dialect.postgres.unnest.insert.enabled": "true",
      "insert.mode": "insert",
      "schema.evolution": "basic",
      "tasks.max": "0",
      "use.reduction.buffer": "yes",
    }),
  ).toEqual([
    "batch.sise: Debezium's JDBC sink has no such setting, and would not look at it. Write batch.size, or take it out.",
    "connection.url: the pipeline sets the connection itself from jdbc's keys. Take it out.",
    "dialect.postgres.unnest.insert.enabled: two versions of a row in one batch would be one statement, which PostgreSQL refuses. Take it out.",
    "insert.mode: the pipeline sets it itself: a table has the current rows of its topic, by their key. Take it out.",
    "schema.evolution: an administrator makes the tables, with the declared columns. Take it out.",
    "tasks.max: 0 is not legal. Write a whole number, 1 or more.",
    "use.reduction.buffer: it is not yes. Write true or false.",
  ]);
});
