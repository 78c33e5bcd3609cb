import { analyse, type Analysis } from "../../model/ksql/analysis/analyse.ts";
import { registryFormats } from "../../model/ksql/analysis/properties.ts";
import type { Mistake, Relation } from "../../model/ksql/statement.ts";
import type { StatementSyntax } from "../../model/ksql/syntax.ts";
import { badStatement, KsqlProblem, refusal } from "./problem.ts";
import type { KsqlState, StoredQuery, Topics } from "./state.ts";
import { serverText } from "./text.ts";
import { mustUpgrade } from "./upgrade.ts";

type Create = Extract<StatementSyntax, { kind: "createAs" | "createSource" }>;
type Insert = Extract<StatementSyntax, { kind: "insertSelect" }>;

/** What carrying a statement out does, once nothing is against it. */
export interface Made {
  readonly message: string;
  readonly queryId?: string | undefined;
  /** The statement as the server writes it, where that takes more than its syntax. */
  readonly text?: string;
  readonly apply: () => void;
}

export interface Surroundings {
  readonly state: KsqlState;
  readonly topics: Topics;
  /** Text of the statement as it was sent. */
  readonly sent: string;
  /** `auto.offset.reset` of the request. */
  readonly reset: string;
  /** Persistent queries that the cluster runs. */
  readonly queryLimit: number;
}

export function create(syntax: Create, around: Surroundings): Made {
  const { state, topics } = around;
  const name = syntax.name.text;
  const there = state.relations[name];
  const { relationKind: kind } = syntax;
  if (there !== undefined && !syntax.orReplace) {
    throw badStatement(`Cannot add ${kind} '${name}': A ${there.relation.kind} with the same name already exists`);
  }
  const topic = topicOf(syntax);
  if (syntax.kind === "createSource") {
    topicMustBe(syntax, topic, topics);
  }
  const { statement, query } = analysed(syntax, around);
  const { result } = statement;
  if (result === undefined) {
    throw badStatement("Could not determine output schema for query due to error");
  }
  if (there !== undefined) {
    if (Object.values(state.queries).some((query) => query.sink === name && query.kind === "INSERTQUERY")) {
      throw badStatement(
        `Cannot upgrade query: ${name} is also written by an INSERT INTO statement and cannot be replaced.`,
      );
    }
    mustUpgrade(there.analysed, statement);
  }
  partitionsMustFit(result, topics);
  const text = serverText(syntax, query, syntax.kind === "createAs" ? result : undefined);
  const own = Object.values(state.queries).find((query) => query.sink === name && query.kind !== "INSERTQUERY");
  const queryKind =
    syntax.kind === "createAs"
      ? kind === "stream"
        ? "CSAS"
        : "CTAS"
      : syntax.isReadOnly && kind === "table"
        ? "CST"
        : "";
  const id = queryKind === "" ? undefined : (own?.id ?? `${queryKind}_${name}_${state.next + 1}`);
  if (id !== undefined && own === undefined) {
    oneMoreQuery(around);
  }
  return {
    message: id === undefined ? `${kind === "stream" ? "Stream" : "Table"} created` : `Created query with ID ${id}`,
    queryId: id,
    text,
    apply: () => {
      if (topics.partitions(result.topic) === undefined) {
        topics.create(result.topic, result.partitions ?? 1);
      }
      register(result, topics);
      state.relations[name] = { relation: result, text, analysed: statement, sources: statement.reads };
      if (id !== undefined) {
        keepQuery(state, {
          id,
          kind: queryKind,
          text,
          sources: sourcesOf(statement.reads, name, queryKind),
          sink: name,
          state: "RUNNING",
          reset: around.reset,
        });
      }
    },
  };
}

export function insert(syntax: Insert, around: Surroundings): Made {
  const { state } = around;
  const { statement, query } = analysed(syntax, around);
  const wanted = syntax.properties.find(({ name }) => name === "QUERY_ID")?.value;
  const id = wanted === undefined ? `INSERTQUERY_${state.next + 1}` : String(wanted).toUpperCase();
  if (state.queries[id] !== undefined) {
    throw badStatement(`Query ID '${id}' already exists.`);
  }
  oneMoreQuery(around);
  const sink = syntax.name.text;
  const text = serverText(syntax, query);
  const { reset } = around;
  return {
    message: `Created query with ID ${id}`,
    queryId: id,
    text,
    apply: () =>
      keepQuery(state, { id, kind: "INSERTQUERY", text, sources: statement.reads, sink, state: "RUNNING", reset }),
  };
}

/** Analyses a statement against what is there, and refuses it as the server would. */
export function analysed(syntax: StatementSyntax, { state, topics, sent }: Surroundings): Analysis {
  const catalogue = new Map(Object.values(state.relations).map(({ relation }) => [relation.name, relation]));
  const refused: Omit<Mistake, "file" | "severity">[] = [];
  const there = new Map(topics.names().map((name) => [name, topics.partitions(name)]));
  const analysis = analyse(syntax, { catalogue, topics: there }, (at, text, severity = "refused") => {
    if (severity === "refused" && !text.includes(" partitions, and the result would have ")) {
      refused.push({ ...at, text });
    }
  });
  const [first] = refused;
  if (first !== undefined) {
    const line = sent.split("\n")[first.line - 1] ?? "";
    throw refusal(first, /^[\w`.]+/.exec(line.slice(first.column - 1))?.[0].toUpperCase());
  }
  return analysis;
}

function keepQuery(state: KsqlState, query: StoredQuery): void {
  const before = state.queries[query.id];
  state.queries[query.id] = { ...query, reset: before?.reset ?? query.reset };
}

/** A SOURCE TABLE's query reads the table itself. */
function sourcesOf(reads: readonly string[], name: string, kind: string): readonly string[] {
  return kind === "CST" ? [name] : reads;
}

function topicOf(syntax: Create): string {
  return String(syntax.properties.find(({ name }) => name === "KAFKA_TOPIC")?.value ?? syntax.name.text);
}

function topicMustBe(syntax: Create, topic: string, topics: Topics): void {
  const hasPartitions = syntax.properties.some(({ name }) => name === "PARTITIONS");
  if (topics.partitions(topic) === undefined && !hasPartitions) {
    throw new KsqlProblem(
      40000,
      `Topic '${topic}' does not exist. If you want to create a new topic for the stream/table please re-run the ` +
        "statement providing the required 'PARTITIONS' configuration in the WITH clause (and optionally 'REPLICAS'). " +
        `For example: ${serverText(syntax).replace(/\);$/, ", PARTITIONS=2, REPLICAS=1);")}`,
    );
  }
}

function partitionsMustFit({ topic, partitions }: Relation, topics: Topics): void {
  const there = topics.partitions(topic);
  if (there !== undefined && partitions !== undefined && there !== partitions) {
    throw new KsqlProblem(
      50000,
      `A Kafka topic with the name '${topic}' already exists, with different partition/replica/retention configuration ` +
        `than required. KSQL expects ${partitions} partitions (topic has ${there})`,
    );
  }
}

function oneMoreQuery({ state, queryLimit }: Surroundings): void {
  const running = Object.keys(state.queries).length;
  if (running >= queryLimit) {
    throw new KsqlProblem(
      40000,
      `Not executing statement(s) as it would cause the number of active, persistent queries to exceed the configured limit. ` +
        `Current persistent query count: ${running}. Configured limit: ${queryLimit}.`,
    );
  }
}

function register({ topic, keyFormat, valueFormat }: Relation, topics: Topics): void {
  if (registryFormats.has(keyFormat)) {
    topics.register(`${topic}-key`);
  }
  if (registryFormats.has(valueFormat)) {
    topics.register(`${topic}-value`);
  }
}
