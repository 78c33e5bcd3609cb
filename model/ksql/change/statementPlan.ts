import type { AnalysedStatement, Header, OnReplacement, Reprocess } from "../statement.ts";

/** What of a statement decides what a change of it does. Plain JSON, so that a state can hold it. */
export type StatementPlan = Pick<
  AnalysedStatement,
  "kind" | "name" | "relationKind" | "normal" | "reads" | "writes" | "steps" | "result" | "properties"
>;

export function planOf(statement: AnalysedStatement): StatementPlan {
  const { kind, name, relationKind, normal, reads, writes, steps, result, properties } = statement;
  return { kind, name, relationKind, normal, reads, writes, steps, result, properties };
}

/** Names of the relations that must be there before it: what it reads, and what an INSERT INTO writes into. */
export function needsOf({ kind, reads, writes }: StatementPlan): string[] {
  return [...new Set([...reads, ...(kind === "insertSelect" && writes !== undefined ? [writes] : [])])];
}

/** What becomes of data when a statement has to be dropped and made again. */
export interface ReplacementRules {
  readonly onReplacement: OnReplacement;
  readonly reprocess: Reprocess;
}

/**
 * The rules that a file's header gives. Default: a durable environment keeps topics, since others read them; an ephemeral
 * one deletes them. What is made again reads from the beginning: too much can be told from its keys, too little is lost.
 */
export function rulesOf({ onReplacement, reprocess }: Header, isEphemeral: boolean): ReplacementRules {
  return {
    onReplacement: onReplacement ?? (isEphemeral ? "delete topic" : "keep topic"),
    reprocess: reprocess ?? "from beginning",
  };
}
