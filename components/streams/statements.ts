import * as pulumi from "@pulumi/pulumi";
import type { PlannedStatement } from "../../model/ksql/plan.ts";

/** How statements reach a ksqlDB. */
export interface Connection {
  readonly endpoint: pulumi.Input<string>;
  /** API key, or user name; empty: the server asks for none. */
  readonly key: pulumi.Input<string>;
  readonly secret: pulumi.Input<string>;
  /** What must be there before the first statement: the cluster, and the rights in it. */
  readonly after: readonly pulumi.Resource[];
}

export interface StatementsArgs {
  /** In an order in which every statement comes after what it reads. */
  statements: readonly PlannedStatement[];
  /** Whose key sends a statement that no team has. A change makes the provider look at the statements again. */
  connection: Connection;
  /** For the statements of teams that have none of their own, by team. */
  guests: Readonly<Record<string, Connection>>;
  /** What must be there for a topic, by its name: the topic itself. */
  topics: Readonly<Record<string, pulumi.Resource>>;
  /**
   * The source connectors. ksqlDB would register the schema of a topic that has none yet, in its own form, which the
   * connector's would then not be compatible with; it may not, and the statement would fail.
   */
  sources: readonly pulumi.Resource[];
}

/**
 * The statements that run in one ksqlDB. Each is a resource, after those that make what it reads and beside all others;
 * destroy runs backwards.
 */
export class Statements extends pulumi.ComponentResource {
  constructor(name: string, args: StatementsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pipeline:streams:Statements", name, {}, opts);
    const made = new Map<string, Statement>();
    for (const statement of args.statements) {
      const { endpoint, key, secret, after } = guestOr(args, statement);
      const upstream = statement.reads.flatMap((read) => made.get(read) ?? []);
      made.set(
        statement.name,
        new Statement(
          `${name}-${statement.name}`,
          {
            endpoint,
            key: pulumi.secret(key),
            secret: pulumi.secret(secret),
            file: statement.file,
            sql: statement.sql,
            reads: Object.fromEntries(upstream.map((source) => [source.relation, source.revision])),
            onReplacement: statement.onReplacement,
            reprocess: statement.reprocess,
            deleteTopic: false, // every topic is a resource of the stack, which deletes it itself, or keeps it
          },
          {
            parent: this,
            dependsOn: [...after, ...args.sources, ...statement.topics.flatMap((topic) => args.topics[topic] ?? [])],
          },
          statement.name,
        ),
      );
    }
    this.registerOutputs({ statements: args.statements.map((statement) => statement.name) });
  }
}

function guestOr({ connection, guests }: StatementsArgs, { team }: PlannedStatement): Connection {
  return (team === undefined ? undefined : guests[team]) ?? connection;
}

interface StatementInputs {
  readonly endpoint: pulumi.Input<string>;
  readonly key: pulumi.Input<string>;
  readonly secret: pulumi.Input<string>;
  /** Where it comes from, for messages. */
  readonly file: string;
  readonly sql: string;
  /** What it reads, by name, with the revision of each: made anew when one of them is. */
  readonly reads: Readonly<Record<string, pulumi.Input<string>>>;
  readonly onReplacement: PlannedStatement["onReplacement"];
  readonly reprocess: PlannedStatement["reprocess"];
  /** Whether the result's topic goes with the statement. */
  readonly deleteTopic: boolean;
}

/** Our own provider's resource: `providers/ksqldb/statement.ts` says what its inputs are. */
class Statement extends pulumi.CustomResource {
  /** Another one each time that it is made anew. */
  declare readonly revision: pulumi.Output<string>;
  /** Name of the stream or table. */
  readonly relation: string;

  constructor(name: string, args: StatementInputs, opts: pulumi.CustomResourceOptions, relation: string) {
    super("dataplane:ksqldb:Statement", name, { ...args, revision: undefined, queryId: undefined }, opts);
    this.relation = relation;
  }
}
