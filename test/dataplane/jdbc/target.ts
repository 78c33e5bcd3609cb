import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { DatabaseServer } from "../../../dataplane/engines/databaseServer.ts";
import { jdbcSinkClass, jdbcSinkSettings, passwordSetting, type JdbcServer } from "../../../model/connect/jdbcSink.ts";
import { workerSink } from "../../../model/connect/workerSink.ts";
import { sinkName } from "../../../model/internalNames.ts";
import { jdbcSetup, jdbcTemplate } from "../../../model/jdbc/setup.ts";
import type { JdbcSystem } from "../../../model/jdbc/system.ts";
import type { JdbcTable } from "../../../model/jdbc/table.ts";
import { passwordOf, type Plane } from "../plane.ts";

export interface JdbcTargetArgs {
  /** As it is declared: it has an account, a password and a dead-letter topic. */
  readonly name: string;
  readonly system: JdbcSystem;
  readonly tables: readonly JdbcTable[];
  /** Default: 2. */
  readonly tasks?: number;
}

/** A database of the plane's servers as a target: the rendered script makes its tables, the rendered sink fills them. */
export class JdbcTarget {
  readonly name: string;
  readonly connector: string;
  readonly #plane: Plane;
  readonly #args: JdbcTargetArgs;

  constructor(plane: Plane, args: JdbcTargetArgs) {
    this.#plane = plane;
    this.#args = args;
    this.name = args.name;
    this.connector = sinkName(args.name);
  }

  get #server(): DatabaseServer {
    return this.#args.system === "postgres" ? this.#plane.pg : this.#plane.maria;
  }

  get #place(): JdbcServer {
    return {
      system: this.#args.system,
      host: "127.0.0.1",
      port: this.#server.port,
      database: this.name,
      schema: "pipeline",
      user: "writer",
      tls: "verify",
      hasCa: true,
    };
  }

  /** Runs the administrator's script, and returns what it says. Postgres's database is made before. */
  setUp(tables = this.#args.tables): string {
    const { system } = this.#args;
    const template = path.join("sql", "targets", jdbcTemplate(system));
    const script = jdbcSetup(this.name, { ...this.#place, tls: true }, tables, readFileSync(template, "utf8"));
    const variable = system === "postgres" ? "sink.password" : "@sink_password";
    const password = `SET ${variable} = '${passwordOf(this.connector)}';\n`;
    return this.#server.sql(password + script, system === "postgres" ? { database: this.name } : {});
  }

  /** The rendered configuration; nothing of it is changed for the test but addresses, paths and copies. */
  config(tables = this.#args.tables): Record<string, string> {
    const { worker, ca, registryUrl } = this.#plane.surroundings;
    return workerSink(this.name, jdbcSinkClass, {
      settings: jdbcSinkSettings(this.name, this.#place, tables, { trustFolder: worker.trust, caFolder: worker.ca }),
      secrets: [passwordSetting],
      topics: tables.map(({ topic }) => topic),
      tasks: this.#args.tasks ?? 2,
      registryUrl,
      secretsFile: worker.secretsFile,
      truststore: ca,
      replicationFactor: 1,
      extra: {},
    });
  }

  async run(): Promise<void> {
    await this.#plane.worker.put(this.connector, this.config());
    await this.#plane.worker.untilRunning(this.connector);
  }

  /** What a query finds: rows of columns. */
  rows(query: string): string[][] {
    const printed = this.#server.sql(query, { database: this.name });
    return printed === "" ? [] : printed.split("\n").map((line) => line.split("\t"));
  }
}
