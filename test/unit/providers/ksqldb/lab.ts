import { planOf, type ReplacementRules } from "../../../../model/ksql/change/statementPlan.ts";
import { checkKsql } from "../../../../model/ksql/check.ts";
import { KsqlClient, type ClientOptions } from "../../../../providers/ksqldb/client.ts";
import type { StatementProperties } from "../../../../providers/ksqldb/properties.ts";
import { statementKind } from "../../../../providers/ksqldb/statement.ts";
import type { Properties } from "../../../../providers/resourceKind.ts";
import type { KsqlOptions } from "../../../../sandbox/ksqldb/engine.ts";
import { KsqlServer } from "../../../../sandbox/ksqldb/server.ts";
import { shopServer } from "../../sandbox/ksqldb/shop.ts";

const servers: KsqlServer[] = [];

export function stopLabs(): void {
  servers.splice(0).forEach((server) => server.close());
}

/** A simulated server, and the resource in a hurry: what waits, waits on a clock that runs by itself. */
export class Lab {
  readonly server: KsqlServer;
  readonly endpoint: string;
  readonly warnings: string[] = [];
  /** Milliseconds that were waited for. */
  waited = 0;
  /** How long an answer may take, in real milliseconds. */
  requestMs = 5_000;
  readonly kind: ReturnType<typeof statementKind>;

  private constructor(server: KsqlServer, endpoint: string) {
    this.server = server;
    this.endpoint = endpoint;
    this.kind = statementKind({
      client: this.options,
      warn: (words) => {
        this.warnings.push(words);
        return Promise.resolve();
      },
    });
  }

  static async start(statements: readonly string[] = [], options: Partial<KsqlOptions> = {}): Promise<Lab> {
    const server = new KsqlServer(shopServer(statements, options));
    const { topics } = server.engine;
    topics.names().forEach((name) => topics.register(`${name}-value`)); // each has rows
    servers.push(server);
    return new Lab(server, await server.listen());
  }

  get options(): ClientOptions {
    const now = () => this.waited;
    const wait = (ms: number) => {
      this.waited += ms;
      return Promise.resolve();
    };
    const requestMs = () => this.requestMs;
    return {
      clock: { now, wait },
      get requestMs() {
        return requestMs();
      },
      deadlineMs: 120_000,
    };
  }

  client(options: ClientOptions = {}): KsqlClient {
    return new KsqlClient({ endpoint: this.endpoint, key: "KEY", secret: "secret" }, { ...this.options, ...options });
  }

  /** The inputs of the last of these statements, each of which may read those before it. */
  inputs(texts: readonly string[], change: Partial<StatementProperties> = {}): StatementProperties {
    const { statements } = checkKsql([{ file: "sql/ksqldb/X.sql", text: texts.join("\n") }]);
    const last = statements.toSorted((a, b) => a.at.line - b.at.line).at(-1);
    if (last === undefined) {
      throw new Error(texts.join("\n"));
    }
    const rules: ReplacementRules = { onReplacement: "delete topic", reprocess: "from beginning" };
    return {
      endpoint: this.endpoint,
      key: "KEY",
      secret: "secret",
      file: last.file,
      sql: last.normal,
      plan: planOf(last),
      reads: Object.fromEntries(last.reads.map((name) => [name, `${name}-1`])),
      ...rules,
      deleteTopic: last.kind !== "createSource",
      ...change,
    };
  }

  /** Makes it, and gives its state. */
  async create(inputs: StatementProperties): Promise<StatementProperties & Properties> {
    const { outputs } = await this.kind.create(asProperties(inputs));
    return { ...inputs, ...outputs };
  }

  diff(before: StatementProperties, after: StatementProperties | Properties) {
    return this.kind.diff("urn:x", asProperties(before), asProperties(after));
  }

  async update(before: StatementProperties, after: StatementProperties): Promise<StatementProperties & Properties> {
    return { ...after, ...(await this.kind.update(asProperties(before), asProperties(after))) };
  }

  delete(state: StatementProperties): Promise<void> {
    return this.kind.delete(asProperties(state), "urn:x");
  }

  read(state: StatementProperties): Promise<Properties | undefined> {
    return this.kind.read(asProperties(state));
  }

  /** Names of what the server has. */
  has(): string[] {
    return Object.keys(this.server.engine.state.relations).sort();
  }

  queries(): string[] {
    return Object.keys(this.server.engine.state.queries);
  }
}

function asProperties(value: object): Properties {
  return value as Properties;
}
