import type { Graph } from "../graph.ts";
import { nameIn } from "../names.ts";
import { ksqlDbsOf, statementFile, type KsqlDb, type KsqlDbSites } from "../streams.ts";
import { planOf, type StatementPlan } from "./change/statementPlan.ts";
import { checkKsql, type Checked, type CheckedStatement, type SqlFile } from "./check.ts";
import { sourceStatement } from "./sources.ts";
import type { OnReplacement, Relation, Reprocess } from "./statement.ts";

/** A statement as it is to run. */
export interface PlannedStatement {
  /** Name of the stream or table that it makes. */
  readonly name: string;
  /** Where it comes from: its file, or `pipeline.ts`, which declares the tables. */
  readonly file: string;
  /** In normal form, so that formatting changes nothing. */
  readonly sql: string;
  /** From it follows what a change of the statement does. */
  readonly plan: StatementPlan;
  /** Names of the statements that must have run before it. */
  readonly reads: readonly string[];
  /** The transformation of another ksqlDB that fills the topic which this declares. */
  readonly filledBy: string | undefined;
  /** The topics that must be there: those it reads, and that of its result. */
  readonly topics: readonly string[];
  readonly onReplacement: OnReplacement;
  readonly reprocess: Reprocess;
  /** Whose account sends it; `undefined`: that of the ksqlDB that it runs in. */
  readonly team: string | undefined;
}

/** What runs in one ksqlDB. */
export interface KsqlDbPlan extends KsqlDb {
  /** In an order in which every statement comes after what it reads. */
  readonly statements: readonly PlannedStatement[];
}

/** What a statement does when it has to be made anew, where its file does not say. */
export interface PlanDefaults {
  readonly onReplacement: OnReplacement;
  readonly reprocess: Reprocess;
}

/**
 * What runs in each ksqlDB: the streams and tables that its statements read and it does not make itself, each declared
 * over its topic, then the statements. Expects statements without mistakes.
 */
export function plansOf(graph: Graph, checked: Checked, sites: KsqlDbSites, defaults: PlanDefaults): KsqlDbPlan[] {
  return ksqlDbsOf(graph, sites).map((ksqlDb) => {
    const files = ksqlDb.transformations.map(statementFile);
    const own = checked.statements.filter(({ file }) => files.includes(file));
    const made = own.map(({ name }) => name);
    const read = [...new Set(own.flatMap(({ reads }) => reads))].filter((name) => !made.includes(name));
    const sources = [...graph.tables, ...graph.transformations]
      .map(({ name }) => nameIn("ksqlDb", name))
      .flatMap((name) => (read.includes(name) ? (checked.relations.get(name) ?? []) : []));
    return {
      ...ksqlDb,
      statements: [
        ...sources.map((relation) => declared(relation, graph)),
        ...own.map((statement) => planned(statement, ksqlDb, checked, defaults)),
      ],
    };
  });
}

/** Over a topic that others fill: it is never deleted with the statement. */
function declared(relation: Relation, { transformations }: Graph): PlannedStatement {
  const { name, topic } = relation;
  const file: SqlFile = { file: "pipeline.ts", text: sourceStatement(relation) };
  const [statement] = checkKsql([file]).statements;
  if (statement === undefined) {
    throw new Error(`${name} cannot be declared: ${file.text}`);
  }
  const filledBy = transformations.find((candidate) => candidate.name === name)?.name;
  const fixed = { onReplacement: "keep topic", reprocess: "from beginning", team: undefined } as const;
  return {
    name,
    file: file.file,
    sql: statement.normal,
    plan: planOf(statement),
    reads: [],
    filledBy,
    topics: [topic],
    ...fixed,
  };
}

function planned(
  statement: CheckedStatement,
  { transformations, guests }: KsqlDb,
  { relations }: Checked,
  defaults: PlanDefaults,
): PlannedStatement {
  const { name = "", file, normal, reads, header } = statement;
  const team = transformations.find((candidate) => candidate.name === name)?.team;
  return {
    name,
    file,
    sql: normal,
    plan: planOf(statement),
    reads,
    filledBy: undefined,
    topics: [...reads, name].flatMap((relation) => relations.get(relation)?.topic ?? []),
    onReplacement: header.onReplacement ?? defaults.onReplacement,
    reprocess: header.reprocess ?? defaults.reprocess,
    team: team !== undefined && guests.includes(team) ? team : undefined,
  };
}
