import type { Column, Graph, Retention, Transformation, Window } from "../graph.ts";
import { nameIn } from "../names.ts";
import { millisecondsOf } from "./analysis/duration.ts";
import { numberOf } from "./analysis/properties.ts";
import type { Checked, CheckedStatement, SqlFile } from "./check.ts";
import { expressionText } from "./expressionText.ts";
import { readKsql } from "./reading/read.ts";
import { resultColumns } from "./resultColumns.ts";
import type { Relation } from "./statement.ts";
import type { CreateAs, SelectItem } from "./syntax.ts";

/** The graph with what the statements of its transformations make: columns, key, windows and retention. Expects no mistakes in them. */
export function withResults(graph: Graph, { statements, relations }: Checked, files: readonly SqlFile[]): Graph {
  const made = new Map<string, Transformation>();
  /** Of each relation the columns of the message's key, if they tell its rows apart; else none. */
  const identities = new Map(
    graph.tables.map(({ name, key }) => [nameIn("ksqlDb", name), key.map((column) => nameIn("ksqlDb", column))]),
  );
  // In this order what a statement reads is there before it.
  for (const statement of statements) {
    const { name = "", file, reads } = statement;
    const transformation = graph.transformations.find((candidate) => candidate.name === name);
    const relation = relations.get(name);
    const syntax = createdIn(files.find((candidate) => candidate.file === file));
    if (transformation !== undefined && relation !== undefined && syntax !== undefined) {
      const columns = resultColumns(relation);
      const inherited = made.get(reads[0] ?? "")?.retention.topicMs;
      const isIdentity = relation.kind === "table" || keepsIdentity(statement, relation, syntax, identities);
      const keyFields = isIdentity ? keyColumnsOf(relation) : [];
      identities.set(name, keyFields);
      made.set(name, {
        ...transformation,
        columns,
        key: isIdentity ? keyInValue(relation, columns, syntax) : [],
        keyFields,
        window: windowOf(relation, columns, syntax),
        retention: retentionOf(relation, syntax, inherited),
      });
    }
  }
  return { ...graph, transformations: graph.transformations.map((item) => made.get(item.name) ?? item) };
}

function createdIn(file: SqlFile | undefined): CreateAs | undefined {
  const statements = file === undefined ? [] : readKsql(file.file, file.text).statements;
  return statements.find((statement) => statement.kind === "createAs");
}

/**
 * Whether a stream's key tells its rows apart: if it is the key of what the stream is made from, row by row. Another key,
 * or several rows out of one, and two rows of one key are two rows, not versions of one.
 */
function keepsIdentity(
  { steps }: CheckedStatement,
  relation: Relation,
  { query }: CreateAs,
  identities: ReadonlyMap<string, readonly string[]>,
): boolean {
  const identity = identities.get(query.from.name.text) ?? [];
  const isOne = steps.every(({ kind }) => kind !== "streamStreamJoin" && kind !== "flatMap");
  const keys = keyColumnsOf(relation);
  const kept = expressionsOf(query).flatMap((item) =>
    keys.includes(nameOf(item)) &&
    item.value.kind === "column" &&
    (item.value.source === undefined || item.value.source.text === query.from.alias.text)
      ? [item.value.name.text]
      : [],
  );
  return isOne && identity.length > 0 && kept.toSorted().join() === identity.toSorted().join();
}

function keyColumnsOf({ columns }: Relation): string[] {
  return columns.filter(({ isKey }) => isKey).map(({ name }) => name);
}

/** The columns of the value that hold what the key does: the copies of its columns, and where a window begins. */
function keyInValue(relation: Relation, columns: readonly Column[], syntax: CreateAs): string[] {
  const items = expressionsOf(syntax.query);
  const copies = keyColumnsOf(relation).flatMap((name) => {
    const key = items.find((item) => nameOf(item) === name);
    return key === undefined ? [] : items.filter((item) => isCopyOf(item, key)).slice(0, 1);
  });
  const known = columns.map(({ name }) => name);
  const { start } = windowOf(relation, columns, syntax) ?? {};
  return [...copies.map(nameOf).filter((name) => known.includes(name)), ...(start === undefined ? [] : [start])];
}

function windowOf({ windowed }: Relation, columns: readonly Column[], { query }: CreateAs): Window | undefined {
  if (windowed === undefined) {
    return undefined;
  }
  const bound = (name: string) =>
    expressionsOf(query)
      .filter(({ value }) => value.kind === "column" && value.name.text === name)
      .map(nameOf)
      .find((column) => columns.some((known) => known.name === column));
  return { kind: windowed, start: bound("WINDOWSTART"), end: bound("WINDOWEND") };
}

type Item = Extract<SelectItem, { kind: "expression" }>;

function expressionsOf({ items }: CreateAs["query"]): Item[] {
  return items.filter((item) => item.kind === "expression");
}

function nameOf({ alias, value }: Item): string {
  return alias?.text ?? (value.kind === "column" ? value.name.text : "");
}

function isCopyOf({ value }: Item, key: Item): boolean {
  const [copied] = value.kind === "call" && value.name.text === "AS_VALUE" ? value.arguments : [];
  return copied !== undefined && expressionText(copied) === expressionText(key.value);
}

/** As ksqlDB takes it: what the statement says, else what the topic that it reads first has. */
function retentionOf(
  { windowed }: Relation,
  { query, properties }: CreateAs,
  inherited: number | undefined,
): Retention {
  const window = query.window?.retention;
  return {
    isWindowed: windowed !== undefined,
    windowMs: window === undefined ? undefined : millisecondsOf(window),
    topicMs: numberOf(properties, "RETENTION_MS") ?? inherited,
  };
}
