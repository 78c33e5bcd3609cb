import type { SqlType } from "./sqlType.ts";

/** Where something stands in a file; the first line and the first column are 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * `refused`: ksqlDB refuses it. `harmful`: ksqlDB takes it, and data is lost without a word, or the pipeline cannot use
 * the result. `warning`: it works, and people come to regret it.
 */
export type Severity = "refused" | "harmful" | "warning";

export interface Mistake extends Position {
  readonly file: string;
  readonly severity: Severity;
  /** What is wrong and what to write instead, in whole sentences. */
  readonly text: string;
}

/** `sql/ksqldb/X.sql:3:7: what is wrong. The fix.` */
export function mistakeText({ file, line, column, text }: Mistake): string {
  return `${file}:${line}:${column}: ${text}`;
}

/** Whether nothing may be deployed as long as it is there. */
export function isError({ severity }: Mistake): boolean {
  return severity !== "warning";
}

export type RelationKind = "stream" | "table";
export type WindowKind = "TUMBLING" | "HOPPING" | "SESSION";

export interface RelationColumn {
  /** As ksqlDB keeps it: upper case unless it was quoted. */
  readonly name: string;
  readonly type: SqlType;
  /** Part of the message key, and then not of the value. */
  readonly isKey: boolean;
}

/** A stream or a table that statements can read: a declared source, or the result of a statement. */
export interface Relation {
  /** As ksqlDB keeps it: upper case unless it was quoted. */
  readonly name: string;
  readonly kind: RelationKind;
  readonly topic: string;
  /** Partitions of the topic; `undefined` when nobody said. */
  readonly partitions?: number | undefined;
  /** `KAFKA`, `AVRO`, `JSON`, … in upper case; `NONE` for a stream without a key. */
  readonly keyFormat: string;
  readonly valueFormat: string;
  /** Its key has a window in it besides the columns. */
  readonly windowed?: WindowKind | undefined;
  /** Key columns first, then those of the value, each in order. */
  readonly columns: readonly RelationColumn[];
  /** Column that holds the event time. Default: the time of the Kafka record. */
  readonly timestamp?: string | undefined;
  /** Made by CREATE SOURCE: read only, and never replaced in place. */
  readonly readOnly?: boolean | undefined;
}

/** The relations that a statement may read or write, by name as ksqlDB keeps it. */
export type Catalogue = ReadonlyMap<string, Relation>;

export type StatementKind =
  | "createSource" // CREATE STREAM|TABLE with columns: reads nothing, runs nothing (a SOURCE TABLE runs a query)
  | "createAs" // CREATE STREAM|TABLE … AS SELECT: a persistent query with a result of its own
  | "insertSelect" // INSERT INTO … SELECT: a persistent query that writes into another's result
  | "insertValues"
  | "drop"
  | "terminate"
  | "describe"
  | "show"
  | "assert"
  | "select"; // a query that answers whoever asks, and is not kept

export type JoinKind = "INNER" | "LEFT" | "RIGHT" | "FULL";

/**
 * One step of a query's plan, from what it reads to what it writes. Two plans whose steps have the same kinds and texts
 * are the same plan.
 */
export type PlanStep = PlanText &
  (
    | { readonly kind: "streamSource" | "tableSource"; readonly relation: string; readonly alias: string }
    | { readonly kind: "streamStreamJoin" | "streamTableJoin" | "tableTableJoin"; readonly join: JoinKind }
    | { readonly kind: "foreignKeyTableTableJoin"; readonly join: JoinKind }
    | { readonly kind: "streamFilter" | "tableFilter" }
    | { readonly kind: "flatMap" }
    | { readonly kind: "partitionBy" | "groupBy" }
    | { readonly kind: "streamAggregate" | "tableAggregate" }
    | { readonly kind: "windowedAggregate"; readonly window: WindowKind }
    | { readonly kind: "having" }
    | { readonly kind: "suppress" }
    | { readonly kind: "project" }
  );

interface PlanText {
  /** The part of the statement's normal form that says it: `WHERE (…)`, `LEFT JOIN CUSTOMERS C ON …`. */
  readonly text: string;
}

export type PropertyValue = string | number | boolean;

/** What becomes of the topic when a statement has to be dropped and created anew. */
export type OnReplacement = "keep topic" | "delete topic";
/** From where a statement that is created anew reads. */
export type Reprocess = "from beginning" | "from now";

/** What the comment lines at the start of a file say. */
export interface Header {
  /** The question that the statement answers: the first lines, joined. */
  readonly question: string;
  /** `-- on replacement: …`; `undefined` when it does not say. */
  readonly onReplacement: OnReplacement | undefined;
  /** `-- reprocess: …`; `undefined` when it does not say. */
  readonly reprocess: Reprocess | undefined;
}

/** What a statement is and does, as far as its text and the relations it names tell. */
export interface AnalysedStatement {
  readonly kind: StatementKind;
  readonly at: Position;
  /** What it creates, writes into, drops, describes or asserts; the query's id for TERMINATE. As ksqlDB keeps it. */
  readonly name: string | undefined;
  /** Of what it creates or drops. */
  readonly relationKind: RelationKind | undefined;
  readonly orReplace: boolean;
  readonly ifNotExists: boolean;
  /**
   * The statement without comments, in one line, keywords and unquoted names in upper case, properties sorted. Equal for
   * two statements that differ in formatting only. Can be sent to ksqlDB as it is, with a `;`.
   */
  readonly normal: string;
  /** It keeps a query running, which counts against the cluster's limit. */
  readonly isPersistentQuery: boolean;
  /** Names of the relations it reads, in the order they stand in it, each once. */
  readonly reads: readonly string[];
  /** Name of the relation it writes: its own result, or another's for INSERT INTO. */
  readonly writes: string | undefined;
  /** Steps of its query, in the order in which a record passes them; empty when it has none. */
  readonly steps: readonly PlanStep[];
  /** What it creates, with every default filled in; for INSERT INTO what its query gives. `undefined` when mistakes hide it. */
  readonly result: Relation | undefined;
  /** WITH properties as they are written, names in upper case. */
  readonly properties: Readonly<Record<string, PropertyValue>>;
}
