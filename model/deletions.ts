import type { Dataset, Transformation } from "./graph.ts";

/**
 * How the rows of a dataset tell that one is gone. `flag`: a column says it, which is `true` in a last row. `tombstone`: a
 * record has a key and nothing else. `session`: the row lies within a longer session of its key. `none`: nothing goes.
 */
export type Deletions = "flag" | "tombstone" | "session" | "none";

/** The column that says it, as Debezium names it: `true` in the row that a deletion leaves, else `false`; both as text. */
export const deletedFlag = "__deleted";

/** @param isResult of a transformation: it has a flag only if its statement selects it */
export function deletionsOf(
  { kind, window, columns }: Dataset & Partial<Pick<Transformation, "window">>,
  isResult: boolean,
): Deletions {
  if (sessionOf({ window }) !== undefined) {
    return "session";
  }
  if (window !== undefined) {
    return "none";
  }
  if (kind === "entity" && isResult) {
    return "tombstone";
  }
  return !isResult || columns.some(({ name }) => name.toLowerCase() === deletedFlag) ? "flag" : "none";
}

/** The columns that say where a session begins and ends; `undefined`: rows are none, or nothing says it. */
export function sessionOf({
  window,
}: Partial<Pick<Transformation, "window">>): { readonly start: string; readonly end: string } | undefined {
  const { kind, start, end } = window ?? {};
  return kind === "SESSION" && start !== undefined && end !== undefined ? { start, end } : undefined;
}
