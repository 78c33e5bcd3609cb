import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { int32, text } from "../../model/columnTypes.ts";
import type { Source } from "../../model/graph.ts";
import { quotedName } from "../../model/sources/sqlText.ts";
import { databaseSetup, templateOf, type DatabaseSetup, type SetupPart } from "../../model/sources/databaseSetup.ts";
import { binary } from "../../dataplane/engines/binaries.ts";
import { startMariaDb } from "../../dataplane/engines/mariadb.ts";
import type { DatabaseServer } from "../../dataplane/engines/databaseServer.ts";
import { startPostgres } from "../../dataplane/engines/postgres.ts";
import { Lab } from "../../dataplane/engines/processes.ts";
import { sourceOf } from "../unit/model/declarations.ts";

/** Each way that a name or a password could end what it is in. */
const user = `cdc "reader" o'br\`ien`;
const password = `p'"\\;$$ \`x`;

/** `customers` is declared, `salaries` is in the database too and nobody's business. */
function crmOf(kind: "postgres" | "mariaDb", customers: string): Source {
  const columns = { id: int32, "full name": text(50) };
  return sourceOf("crm", { kind, database: "demo", tables: { [customers]: { kind: "entity", key: "id", columns } } });
}

/** Has every letter that ends a name or a literal somewhere. */
const strange = `a"b'c\`d\\e_%$$--;:x`;

function scriptOf(source: Source, part: SetupPart, changed: Partial<DatabaseSetup> = {}): string {
  const template = readFileSync(path.join("sql", "sources", templateOf(source.kind, part)), "utf8");
  return databaseSetup(source, { stack: "dev", database: "demo", user, ...changed }, template);
}

/** What the checks of a run said: check to result. */
function checksOf(output: string): Record<string, string> {
  const rows = output.split("\n").map((line) => line.split("\t"));
  return Object.fromEntries(rows.flatMap(([check = "", result]) => (result === undefined ? [] : [[check, result]])));
}

/** What a client of the made user gets: its output, or the database's complaint. */
function outcome(command: string, args: readonly string[], env: NodeJS.ProcessEnv, input = ""): string {
  const run = spawnSync(command, args, { env: { ...process.env, ...env }, input, encoding: "utf8" });
  return (run.status === 0 ? run.stdout : run.stderr).trim();
}

let lab: Lab;
beforeAll(() => {
  lab = new Lab("database-setup");
});
afterAll(() => lab.stop());

describe("Postgres", () => {
  const source = crmOf("postgres", "crm.Customers");
  const withPassword = `SET cdc.password = '${password.replaceAll("'", "''")}';\n`;
  let server: DatabaseServer;
  const run = (script: string) => checksOf(server.sql(script, { database: "demo" }));
  const asUser = (statement: string, as = { user, password }) =>
    outcome(
      binary("psql"),
      ["-X", "-A", "-t", "-h", "127.0.0.1", "-p", String(server.port), "-U", as.user, "-d", "demo", "-c", statement],
      { PGPASSWORD: as.password, PGSSLMODE: "require" },
    );
  const allOk = {
    wal_level: "OK",
    max_replication_slots: "OK",
    max_wal_senders: "OK",
    max_slot_wal_keep_size: "OK",
    role: "OK",
    "signal table": "OK",
    'table "crm"."Customers"': "OK",
    'table "public"."debezium_signal"': "OK",
  };

  beforeAll(async () => {
    server = await startPostgres(lab, { max_slot_wal_keep_size: "1GB" });
    server.sql("CREATE DATABASE demo");
    server.sql(
      `CREATE SCHEMA crm;
       CREATE TABLE crm."Customers" (id int PRIMARY KEY, "full name" varchar(50) NOT NULL, note text);
       CREATE UNIQUE INDEX by_name ON crm."Customers" ("full name");
       ALTER TABLE crm."Customers" REPLICA IDENTITY USING INDEX by_name;
       CREATE TABLE crm.salaries (id int PRIMARY KEY, amount int);
       INSERT INTO crm."Customers" VALUES (1, 'Ada', 'x');`,
      { database: "demo" },
    );
  });

  const catalog = () =>
    server.sql(
      `SELECT string_agg(line, E'\\n' ORDER BY line) FROM (
         SELECT 'role ' || rolname AS line FROM pg_roles WHERE rolname !~ '^pg_'
         UNION ALL SELECT format('relation %s %s %s %s', oid::regclass, relkind, relreplident, coalesce(relacl, acldefault('r', relowner))) FROM pg_class
           WHERE relnamespace IN ('crm'::regnamespace, 'public'::regnamespace)
         UNION ALL SELECT format('schema %s %s', nspname, coalesce(nspacl, acldefault('n', nspowner))) FROM pg_namespace WHERE nspname IN ('crm', 'public')
         UNION ALL SELECT format('database %s', coalesce(datacl, acldefault('d', datdba))) FROM pg_database WHERE datname = 'demo'
         UNION ALL SELECT 'publication ' || pubname FROM pg_publication
         UNION ALL SELECT 'slot ' || slot_name FROM pg_replication_slots
         UNION ALL SELECT format('published %s.%s', schemaname, tablename) FROM pg_publication_tables
       ) AS everything`,
      { database: "demo" },
    );

  it("is not started in another database, or without a password for a role that is to be made", () => {
    const before = catalog();
    expect(() => server.sql(scriptOf(source, "enable"))).toThrow("this session is in database postgres, not in demo");
    expect(() => run(scriptOf(source, "enable"))).toThrow("run SET cdc.password = '...' first");
    run(scriptOf(source, "undo"));
    expect(catalog()).toBe(before);
  });

  it("makes what Debezium needs, and run again changes nothing; undone, nothing is left", () => {
    const before = catalog();
    expect(run(withPassword + scriptOf(source, "enable"))).toEqual(allOk);
    const after = catalog();
    expect(run(scriptOf(source, "enable"))).toEqual(allOk);
    expect(catalog()).toBe(after);
    expect(after).toContain('relation crm."Customers" r f');

    // What Debezium does, as the user.
    expect(asUser('SELECT "full name" FROM crm."Customers"')).toBe("Ada");
    expect(asUser("SELECT * FROM crm.salaries")).toContain("permission denied for table salaries");
    expect(asUser('DELETE FROM crm."Customers"')).toContain("permission denied for table Customers");
    expect(asUser("INSERT INTO debezium_signal VALUES ('1', 'log', NULL)")).toBe("INSERT 0 1");
    expect(asUser("SELECT pg_logical_emit_message(false, 'heartbeat', '') IS NOT NULL")).toBe("t");
    const slot = ["-h", "127.0.0.1", "-p", String(server.port), "-U", user, "-d", "demo", "--slot", "dev_crm"];
    const env = { PGPASSWORD: password, PGSSLMODE: "require" };
    expect(outcome(binary("pg_recvlogical"), [...slot, "--create-slot", "-P", "pgoutput"], env)).toBe("");
    server.sql(`DELETE FROM crm."Customers" WHERE id = 1; INSERT INTO crm.salaries VALUES (1, 77777);`, {
      database: "demo",
    });
    const end = server.sql("SELECT pg_current_wal_lsn()");
    const options = ["-o", "proto_version=1", "-o", "publication_names=dev_crm", "--endpos", end, "--no-loop"];
    const stream = outcome(binary("pg_recvlogical"), [...slot, "--start", "-f", "-", ...options], env);
    expect(stream).toContain("Ada"); // the old row, whole
    expect(stream).not.toContain("77777");

    expect(run(scriptOf(source, "undo"))).toEqual({ slot: "OK", undone: "OK" });
    expect(catalog()).toBe(before);
    expect(run(scriptOf(source, "undo"))).toEqual({ slot: "OK", undone: "OK" });
    expect(catalog()).toBe(before);
  });

  it("leaves a role that was there before, and takes back what it gave it", () => {
    server.sql("CREATE ROLE auditor LOGIN PASSWORD 'x'");
    const before = catalog();
    expect(run(scriptOf(source, "enable", { user: "auditor" })).role).toBe("OK");
    run(scriptOf(source, "undo", { user: "auditor" }));
    const rest = (text: string) => text.split("\n").filter((line) => !/^(schema|database) /.test(line));
    expect(rest(catalog())).toEqual(rest(before));
    expect(server.sql("SELECT rolreplication FROM pg_roles WHERE rolname = 'auditor'")).toBe("f");
    server.sql("DROP OWNED BY auditor; DROP OWNED BY auditor", { database: "demo" });
    server.sql("DROP ROLE auditor");
  });

  it("sets the replica identity of every partition, and publishes under the table's name", () => {
    server.sql(
      `CREATE TABLE crm.events (id int PRIMARY KEY) PARTITION BY RANGE (id);
       CREATE TABLE crm.events_1 PARTITION OF crm.events FOR VALUES FROM (1) TO (100);`,
      { database: "demo" },
    );
    const events = crmOf("postgres", "crm.events");
    expect(run(withPassword + scriptOf(events, "enable"))).toMatchObject({ 'table "crm"."events"': "OK" });
    const identities = () =>
      server.sql(
        "SELECT relname, relreplident FROM pg_class WHERE relname ~ '^events' AND relkind IN ('r', 'p') ORDER BY 1",
        {
          database: "demo",
        },
      );
    expect(identities()).toBe("events\tf\nevents_1\tf");
    expect(server.sql("SELECT tablename FROM pg_publication_tables ORDER BY 1", { database: "demo" })).toBe(
      "debezium_signal\nevents",
    );
    run(scriptOf(events, "undo"));
    expect(identities()).toBe("events\td\nevents_1\td");
    server.sql("DROP TABLE crm.events", { database: "demo" });
  });

  it("takes names with any letters in them", () => {
    const quoted = quotedName("postgres", strange);
    server.sql(`CREATE DATABASE ${quoted}`);
    const inIt = { database: strange };
    server.sql(`CREATE SCHEMA ${quoted}; CREATE TABLE ${quoted}.${quoted} (id int PRIMARY KEY)`, inIt);
    const odd = crmOf("postgres", `${strange}.${strange}`);
    const runIn = (script: string) => checksOf(server.sql(script, inIt));
    const table = `table ${quoted}.${quoted}`;
    expect(runIn(withPassword + scriptOf(odd, "enable", inIt))).toMatchObject({ role: "OK", [table]: "OK" });
    expect(runIn(scriptOf(odd, "undo", inIt))).toEqual({ slot: "OK", undone: "OK" });
    server.sql(`DROP DATABASE ${quoted}`);
  });

  it("says what is wrong with the server, in the database's words", async () => {
    const other = await startPostgres(
      lab,
      { wal_level: "replica", max_wal_senders: "0", max_replication_slots: "0" },
      "wrong",
    );
    other.sql("CREATE DATABASE demo");
    other.sql(`CREATE SCHEMA crm; CREATE TABLE crm."Customers" (id int PRIMARY KEY)`, { database: "demo" });
    expect(checksOf(other.sql(withPassword + scriptOf(source, "enable"), { database: "demo" }))).toEqual({
      ...allOk,
      wal_level: "wal_level is replica: set it to logical and restart (RDS: rds.logical_replication = 1)",
      max_replication_slots: "max_replication_slots is 0, and all are taken: raise it and restart",
      max_wal_senders: "max_wal_senders is 0, and all are taken: raise it and restart",
      max_slot_wal_keep_size:
        "OK, but a connector that is down lets WAL fill the disk: set max_slot_wal_keep_size, e.g. to half of what is free",
    });
    await other.process.stop();
  });
});

describe("MariaDB", () => {
  const source = crmOf("mariaDb", "Customers");
  const withPassword = `SET @cdc_password = '${password.replaceAll("'", "''").replaceAll("\\", "\\\\")}';\n`;
  let server: DatabaseServer;
  const run = (script: string) => checksOf(server.sql(script));
  const tools = (name: string, args: readonly string[]) =>
    outcome(binary(name), ["--no-defaults", "-h", "127.0.0.1", "-P", String(server.port), `--user=${user}`, ...args], {
      MYSQL_PWD: password,
    });
  const asUser = (statement: string) => tools("mariadb", ["--batch", "-N", "--ssl", "demo", "-e", statement]);
  const allOk = {
    log_bin: "OK",
    binlog_format: "OK",
    binlog_row_image: "OK",
    log_bin_compress: "OK",
    binlog_legacy_event_pos: "OK",
    server_id: "OK",
    retention: "OK",
    "signal table": "OK",
    user: "OK",
    "rights on the server": "OK",
    "table Customers": "OK",
    "table debezium_signal": "OK",
  };
  const catalog = () =>
    server.sql(
      `SELECT user, host, ssl_type, plugin FROM mysql.user ORDER BY 1, 2;
       SELECT * FROM information_schema.user_privileges ORDER BY 1, 2, 3;
       SELECT * FROM information_schema.schema_privileges ORDER BY 1, 2, 3, 4;
       SELECT * FROM information_schema.table_privileges ORDER BY 1, 2, 3, 4, 5;
       SELECT table_name, table_comment FROM information_schema.tables WHERE table_schema = 'demo' ORDER BY 1;`,
    );

  beforeAll(async () => {
    server = await startMariaDb(lab, { "binlog-expire-logs-seconds": "2592000" });
    server.sql(
      `CREATE DATABASE demo; CREATE DATABASE other; USE demo;
       CREATE TABLE Customers (id INT PRIMARY KEY, \`full name\` VARCHAR(50));
       CREATE TABLE salaries (id INT PRIMARY KEY, amount INT);
       CREATE TABLE other.secrets (id INT PRIMARY KEY);
       INSERT INTO Customers VALUES (1, 'Ada');`,
    );
  });

  it("makes no user without a password", () => {
    const before = catalog();
    expect(() => run(scriptOf(source, "enable"))).toThrow("Can't find any matching row in the user table");
    run(scriptOf(source, "undo"));
    expect(catalog()).toBe(before);
  });

  it("makes what Debezium needs, and run again changes nothing; undone, nothing is left", () => {
    const before = catalog();
    expect(run(withPassword + scriptOf(source, "enable"))).toEqual(allOk);
    const after = catalog();
    expect(run(scriptOf(source, "enable"))).toEqual(allOk);
    expect(catalog()).toBe(after);

    expect(asUser("SELECT `full name` FROM Customers")).toBe("Ada");
    expect(asUser("SELECT * FROM salaries")).toContain("SELECT command denied");
    expect(asUser("DELETE FROM Customers")).toContain("DELETE command denied");
    expect(asUser("SELECT * FROM other.secrets")).toContain("SELECT command denied");
    expect(asUser("INSERT INTO debezium_signal VALUES ('1', 'log', NULL)")).toBe("");
    expect(asUser("FLUSH TABLES WITH READ LOCK; SHOW MASTER STATUS; UNLOCK TABLES")).toContain("binlog.0");
    expect(asUser("SHOW BINARY LOGS")).toContain("binlog.0");
    expect(asUser("SHOW DATABASES")).toBe("demo\ninformation_schema");
    expect(asUser("SHOW FULL TABLES IN demo WHERE Table_Type = 'BASE TABLE'")).toContain("salaries");
    expect(asUser("SHOW CREATE TABLE salaries")).toContain("amount");
    expect(asUser("SHOW GRANTS")).toContain("GRANT RELOAD, REPLICATION SLAVE, BINLOG MONITOR ON *.*");

    expect(run(scriptOf(source, "undo"))).toEqual({ undone: "OK" });
    expect(catalog()).toBe(before);
    expect(run(scriptOf(source, "undo"))).toEqual({ undone: "OK" });
    expect(catalog()).toBe(before);
  });

  it("makes a user that connects over TLS only, unless the stack has it off", () => {
    const clear = () => tools("mariadb", ["--batch", "-N", "--skip-ssl", "demo", "-e", "SELECT 1"]);
    run(withPassword + scriptOf(source, "enable"));
    expect(clear()).toContain("Access denied");
    run(scriptOf(source, "undo"));
    expect(run(withPassword + scriptOf(source, "enable", { tls: false })).user).toBe("OK");
    expect(clear()).toBe("1");
    expect(run(scriptOf(source, "enable")).user).toBe("the user may connect in clear: ALTER USER ... REQUIRE SSL");
    run(scriptOf(source, "undo"));
  });

  it("leaves a user that was there before, and takes back what it gave it", () => {
    server.sql("CREATE USER auditor@'%' REQUIRE SSL; GRANT SELECT ON other.* TO auditor@'%'");
    const before = catalog();
    expect(run(scriptOf(source, "enable", { user: "auditor" }))).toEqual(allOk);
    expect(run(scriptOf(source, "undo", { user: "auditor" }))).toEqual({
      undone: "OK, but the user is still there: the script did not make it",
    });
    expect(catalog()).toBe(before);
    server.sql("DROP USER auditor@'%'");
  });

  it("takes names with any letters in them", () => {
    const quoted = quotedName("mariaDb", strange);
    server.sql(`CREATE DATABASE ${quoted}; CREATE TABLE ${quoted}.${quoted} (id INT PRIMARY KEY)`);
    const before = catalog();
    const odd = crmOf("mariaDb", strange);
    const inIt = { database: strange };
    const checks = Object.values(run(withPassword + scriptOf(odd, "enable", inIt)));
    expect(new Set(checks)).toEqual(new Set(["OK"]));
    expect(run(scriptOf(odd, "undo", inIt))).toEqual({ undone: "OK" });
    expect(catalog()).toBe(before);
    server.sql(`DROP DATABASE ${quoted}`);
  });

  it("says what is wrong with the server, in the database's words", () => {
    server.sql(
      `SET GLOBAL binlog_format = 'STATEMENT'; SET GLOBAL binlog_row_image = 'MINIMAL'; SET GLOBAL log_bin_compress = ON;
       SET GLOBAL binlog_expire_logs_seconds = 3600;`,
    );
    expect(run(withPassword + scriptOf(source, "enable"))).toEqual({
      ...allOk,
      binlog_format: "binlog_format is STATEMENT: set it to ROW",
      binlog_row_image: "binlog_row_image is MINIMAL: set it to FULL",
      log_bin_compress: "log_bin_compress is ON: set it to OFF, Debezium cannot read compressed events",
      retention: "binlog_expire_logs_seconds is 3600: set it to 259200 or more",
    });
    run(scriptOf(source, "undo"));
  });
});
