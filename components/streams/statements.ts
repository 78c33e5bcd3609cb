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

/** What runs in one ksqlDB. */
export interface StatementsOfKsqlDb {
  /** Begins the names of its resources; empty: the shared one. */
  readonly team: string;
  readonly statements: readonly PlannedStatement[];
  /** Whose key sends a statement that no guest has. A change makes the provider look at the statements again. */
  readonly connection: Connection;
  /** For the statements of teams that have no ksqlDB of their own, by team. */
  readonly guests: Readonly<Record<string, Connection>>;
}

export interface StatementsArgs {
  ksqlDbs: readonly StatementsOfKsqlDb[];
  /** The topics, by name. */
  topics: Readonly<Record<string, pulumi.Resource>>;
  /**
   * The source connectors. ksqlDB would register the schema of a topic that has none yet, in its own form, which the
   * connector's would then not be compatible with; it may not, and the statement would fail.
   */
  sources: readonly pulumi.Resource[];
}

/**
 * The statements of every ksqlDB. Each is a resource, after those that make what it reads and beside all others; destroy
 * runs backwards.
 */
export class Statements extends pulumi.ComponentResource {
  constructor(name: string, args: StatementsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pipeline:streams:Statements", name, {}, opts);
    const made = new Map<string, Statement>();
    /** Whoever makes a transformation's result, wherever it runs. */
    const fillers = new Map<string, Statement>();
    for (const { ksqlDb, statement } of inOrder(args.ksqlDbs)) {
      const suffix = ksqlDb.team === "" ? statement.name : `${ksqlDb.team}-${statement.name}`;
      const upstream = statement.reads.flatMap((read) => made.get(keyOf(ksqlDb, read)) ?? []);
      const filler = statement.filledBy === undefined ? [] : (fillers.get(statement.filledBy) ?? []);
      const { after, ...connection } = connectionOf(ksqlDb, statement);
      const resource = new Statement(
        `${name}-${suffix}`,
        {
          endpoint: connection.endpoint,
          key: pulumi.secret(connection.key),
          secret: pulumi.secret(connection.secret),
          file: statement.file,
          sql: statement.sql,
          plan: statement.plan,
          reads: Object.fromEntries(upstream.map((source) => [source.relation, source.revision])),
          onReplacement: statement.onReplacement,
          reprocess: statement.reprocess,
          deleteTopic: false, // every topic is a resource of the stack, which deletes it itself, or keeps it
        },
        {
          parent: this,
          deleteBeforeReplace: true, // a name is there once
          dependsOn: [
            ...after,
            ...args.sources,
            ...statement.topics.flatMap((topic) => args.topics[topic] ?? []),
            ...[filler].flat(),
          ],
        },
        statement.name,
      );
      made.set(keyOf(ksqlDb, statement.name), resource);
      if (statement.file !== "pipeline.ts") {
        fillers.set(statement.name, resource);
      }
    }
    this.registerOutputs({ statements: [...made.keys()] });
  }
}

function keyOf({ team }: StatementsOfKsqlDb, statement: string): string {
  return team === "" ? statement : `${team}/${statement}`;
}

function connectionOf({ connection, guests }: StatementsOfKsqlDb, { team }: PlannedStatement): Connection {
  return (team === undefined ? undefined : guests[team]) ?? connection;
}

interface Placed {
  readonly ksqlDb: StatementsOfKsqlDb;
  readonly statement: PlannedStatement;
}

/** Each after what it reads and after what fills its topic, which may run in another ksqlDB. */
function inOrder(ksqlDbs: readonly StatementsOfKsqlDb[]): Placed[] {
  const ordered: Placed[] = [];
  let left = ksqlDbs.flatMap((ksqlDb) => ksqlDb.statements.map((statement): Placed => ({ ksqlDb, statement })));
  while (left.length > 0) {
    const waiting = left;
    const isMade = ({ ksqlDb, statement }: Placed) =>
      !waiting.some(
        (other) =>
          (other.ksqlDb === ksqlDb && statement.reads.includes(other.statement.name)) ||
          (other.ksqlDb !== ksqlDb &&
            other.statement.name === statement.filledBy &&
            other.statement.filledBy === undefined),
      );
    const ready = waiting.filter(isMade);
    if (ready.length === 0) {
      throw new Error("statements read each other, which the check of their SQL would have said");
    }
    ordered.push(...ready);
    left = waiting.filter((placed) => !ready.includes(placed));
  }
  return ordered;
}

interface StatementInputs {
  readonly endpoint: pulumi.Input<string>;
  readonly key: pulumi.Input<string>;
  readonly secret: pulumi.Input<string>;
  /** Where it comes from, for messages. */
  readonly file: string;
  readonly sql: string;
  readonly plan: PlannedStatement["plan"];
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
