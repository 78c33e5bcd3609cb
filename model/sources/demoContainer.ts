import type { SourceKind } from "../columnTypes.ts";
import type { Source } from "../graph.ts";
import { demoRows } from "./demoData.ts";
import { databaseSql, schemaSql, seedSql, sessionSql } from "./demoSql.ts";
import { sqlInMySql, sqlInSqlServer, startMySql, startSqlServer } from "./demoScripts.ts";
import { quotedName, textLiteral } from "./sqlText.ts";

/** A database of the demo. */
export interface DemoDatabase {
  readonly source: Source;
  /** Port at which its host offers it, 1 to 65535. */
  readonly port: number;
  readonly database: string;
  /** The user that the connector logs in as. The password is no part of this: it goes where secrets go. */
  readonly user: string;
  /** The script that a database administrator would run for the source. */
  readonly setup: string;
}

/** How a demo database runs in a container, whatever host that is on; nothing of it is secret. */
export interface DemoContainer {
  /** With its digest. */
  readonly image: string;
  /** Numeric user that the container runs as and that must be able to read the password. */
  readonly user: number;
  /** Port in the container. */
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Replaces the image's own start. */
  readonly start: readonly string[];
  /** Exit status 0: the database answers and everything in it has been made. */
  readonly isReady: readonly string[];
  /** Folder of the database's files, as old as the demo. */
  readonly data: string;
  /** Text by path in the container. */
  readonly files: Readonly<Record<string, string>>;
  /** Memory that the database may take. MiB. */
  readonly memory: number;
}

/** Where a container finds the password of the connector's user: the whole file is the password. */
export const passwordFile = "/run/demo/password";

/** What a server listens at when the whole world may reach it: no address for a demo. */
export const everyAddress: readonly string[] = ["", "*", "0.0.0.0", "::", "[::]"];

/** The sources that a demo can make; for the others the error says so. */
export const demoKinds: readonly SourceKind[] = ["sqlServer", "mySql"];

/**
 * 2022 CU27 and 8.4.11: the digests that their registries had for these tags in November 2026, as many public
 * repositories pin them. SQL Server's is for x86_64 only, MySQL's for arm64 too.
 */
const images = {
  sqlServer:
    "mcr.microsoft.com/mssql/server:2022-CU27-ubuntu-22.04@sha256:4402d880dd4c34bfa7d8705e56a86cd6c88da80a1f6bbbe741f999e76264a090",
  mySql: "docker.io/library/mysql:8.4.11@sha256:6ea90827b1100f8f2ae306a539f86d2c264a26ed435a2a9f75551dd5c3aeb242",
} as const;

/** Fails for a kind of source that there is no container for. */
export function demoContainer(demo: DemoDatabase): DemoContainer {
  switch (demo.source.kind) {
    case "sqlServer":
      return sqlServerContainer(demo);
    case "mySql":
      return mySqlContainer(demo);
    default:
      throw new Error(
        `The demo has no database of kind ${demo.source.kind}, which ${demo.source.name} is: ` +
          `it makes ${demoKinds.join(" and ")} only. Write sources.demo: off and give ${demo.source.name}.host.`,
      );
  }
}

/** Developer edition is Microsoft's to use outside production under its licence, which `ACCEPT_EULA` accepts. */
function sqlServerContainer(demo: DemoDatabase): DemoContainer {
  return {
    image: images.sqlServer,
    user: 10_001,
    port: 1433,
    // Change data capture is a job of Agent.
    environment: {
      ACCEPT_EULA: "Y",
      MSSQL_PID: "Developer",
      MSSQL_AGENT_ENABLED: "true",
      MSSQL_MEMORY_LIMIT_MB: "2048",
    },
    start: ["/bin/bash", "/opt/demo/start"],
    // Agent and the captures are there when the script has come to its end.
    isReady: ["/bin/bash", "-c", "test -f /tmp/demo-is-made && : >/dev/tcp/127.0.0.1/1433"],
    data: "/var/opt/mssql",
    files: {
      "/opt/demo/start": startSqlServer,
      "/opt/demo/sql": sqlInSqlServer,
      "/opt/demo/setup.sql": loginSql(demo.user) + demoSql(demo),
    },
    memory: 3072,
  };
}

function mySqlContainer(demo: DemoDatabase): DemoContainer {
  return {
    image: images.mySql,
    user: 999,
    port: 3306,
    environment: {},
    start: ["/bin/bash", "/opt/demo/start"],
    // It listens when everything has been made; without a login, "access denied" is an answer too.
    isReady: ["mysqladmin", "ping", "--silent", "--protocol=tcp", "--host=127.0.0.1"],
    data: "/var/lib/mysql",
    files: {
      "/opt/demo/start": startMySql,
      "/opt/demo/sql": sqlInMySql,
      "/opt/demo/setup.sql": demoSql(demo) + passwordsSql(demo),
    },
    memory: 1024,
  };
}

/** Everything that the database needs, to be run at each start: what is there already stays as it is. */
function demoSql({ source, database, setup }: DemoDatabase): string {
  const { kind, tables } = source;
  return (
    databaseSql(kind, database) +
    sessionSql(kind, database) +
    schemaSql(kind, tables) +
    seedSql(kind, demoRows(source)) +
    withoutComments(setup)
  );
}

/** The script is explained where it is printed for people; here it must be short (EC2 takes 16 KB in all). */
function withoutComments(sql: string): string {
  const lines = sql.split("\n").filter((line) => line.trim() !== "" && !line.trimStart().startsWith("--"));
  return lines.map((line) => `${line}\n`).join("");
}

/** Before the administrator's script, which would hold the password against a policy that a demo's need not meet. */
function loginSql(user: string): string {
  const name = textLiteral("sqlServer", user);
  return `DECLARE @statement nvarchar(max) =
  CASE WHEN SUSER_ID(${name}) IS NULL THEN N'CREATE' ELSE N'ALTER' END + N' LOGIN ' + QUOTENAME(${name}) + N' WITH PASSWORD = N' +
  QUOTENAME(CONVERT(nvarchar(128), SESSION_CONTEXT(N'cdc_password')), N'''') + N', CHECK_POLICY = OFF';
EXEC (@statement);
GO
`;
}

/** After the administrator's script, which gives its password to a new user only. Nobody logs in as root. */
function passwordsSql({ user, database }: DemoDatabase): string {
  const reader = `${textLiteral("mySql", user)}@'%'`;
  return `${withPassword(`ALTER USER ${reader}`, "cdc_password")}CREATE USER IF NOT EXISTS 'demo_writer'@'%';
${withPassword("ALTER USER 'demo_writer'@'%'", "writer_password")}GRANT SELECT, INSERT, UPDATE, DELETE ON ${quotedName("mySql", database)}.* TO 'demo_writer'@'%';
ALTER USER 'root'@'localhost' ACCOUNT LOCK;
`;
}

/** MySQL takes no variable for a password, but in a text that becomes a statement. */
function withPassword(statement: string, variable: string): string {
  return `SET @statement = CONCAT(${textLiteral("mySql", `${statement} IDENTIFIED BY `)}, QUOTE(@${variable}));
PREPARE statement FROM @statement;
EXECUTE statement;
DEALLOCATE PREPARE statement;
`;
}
