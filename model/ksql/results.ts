import type { Column, Graph, Retention, Transformation } from "../graph.ts";
import { millisecondsOf } from "./analysis/duration.ts";
import { numberOf } from "./analysis/properties.ts";
import type { Checked, SqlFile } from "./check.ts";
import { expressionText } from "./expressionText.ts";
import { readKsql } from "./reading/read.ts";
import { resultColumns } from "./resultColumns.ts";
import type { Relation } from "./statement.ts";
import type { CreateAs, SelectItem } from "./syntax.ts";

/** The graph with what the statements of its transformations make: columns, key and retention. Expects no mistakes in them. */
export function withResults(graph: Graph, { statements, relations }: Checked, files: readonly SqlFile[]): Graph {
  const made = new Map<string, Transformation>();
  // In this order what a statement reads is there before it.
  for (const { name = "", file, reads } of statements) {
    const transformation = graph.transformations.find((candidate) => candidate.name === name);
    const relation = relations.get(name);
    const syntax = createdIn(files.find((candidate) => candidate.file === file));
    if (transformation !== undefined && relation !== undefined && syntax !== undefined) {
      const columns = resultColumns(relation);
      const inherited = made.get(reads[0] ?? "")?.retention.topicMs;
      made.set(name, {
        ...transformation,
        columns,
        key: keyInValue(relation, columns, syntax),
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

/** The columns of the value that hold what the key does: the copies of its columns, and where a window begins. */
function keyInValue(relation: Relation, columns: readonly Column[], { query }: CreateAs): string[] {
  const items = query.items.filter((item) => item.kind === "expression");
  const copies = relation.columns
    .filter(({ isKey }) => isKey)
    .flatMap(({ name }) => {
      const key = items.find((item) => nameOf(item) === name);
      return key === undefined ? [] : items.filter((item) => isCopyOf(item, key)).slice(0, 1);
    });
  const begins = relation.windowed === undefined ? [] : items.filter(({ value }) => isColumn(value, "WINDOWSTART"));
  const known = columns.map(({ name }) => name);
  return [...copies, ...begins.slice(0, 1)].map(nameOf).filter((name) => known.includes(name));
}

type Item = Extract<SelectItem, { kind: "expression" }>;

function nameOf({ alias, value }: Item): string {
  return alias?.text ?? (value.kind === "column" ? value.name.text : "");
}

function isCopyOf({ value }: Item, key: Item): boolean {
  const [copied] = value.kind === "call" && value.name.text === "AS_VALUE" ? value.arguments : [];
  return copied !== undefined && expressionText(copied) === expressionText(key.value);
}

function isColumn(value: Item["value"], name: string): boolean {
  return value.kind === "column" && value.name.text === name;
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
