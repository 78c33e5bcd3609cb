import type { Severity } from "../statement.ts";

/**
 * Statements that a pipeline must not have: by their first words, why not and what to write instead.
 * Longer beginnings come first.
 */
const refused: readonly (readonly [beginning: string, reason: string])[] = [
  [
    "CREATE SOURCE CONNECTOR",
    "Connectors are declared in pipeline.ts, where their secrets and their order are cared for. Take the statement out.",
  ],
  [
    "CREATE SINK CONNECTOR",
    "Connectors are declared in pipeline.ts, where their secrets and their order are cared for. Take the statement out.",
  ],
  [
    "CREATE TYPE",
    "A type of one's own is state of the server that no statement shows. Write the STRUCT<…> where it is used.",
  ],
  [
    "SET",
    "SET lasts for one request only. Properties of the query belong into the stack's configuration; take SET out.",
  ],
  ["UNSET", "SET lasts for one request only, so there is nothing to unset. Take UNSET out."],
  ["DEFINE", "A variable makes what runs differ from what the file says. Write the value itself, and take DEFINE out."],
  ["UNDEFINE", "There are no variables here. Take UNDEFINE out."],
  [
    "ALTER",
    "ALTER leaves the file and the server saying different things. Change the CREATE statement itself; the stack sees to the rest.",
  ],
  ["PRINT", "PRINT is for looking, not for running. Take it out."],
  ["EXPLAIN", "EXPLAIN is for looking, not for running. Take it out."],
  ["PAUSE", "A paused query would stay so without anybody seeing why. Take PAUSE out."],
  ["RESUME", "Nothing here is paused. Take RESUME out."],
  ["RUN", "Scripts of scripts hide what runs. Put the statements into files of their own."],
  ["SPOOL", "SPOOL belongs to the command line client. Take it out."],
  ["DELETE", "ksqlDB does not delete rows. Write a row with a NULL value to the table's topic."],
  ["UPDATE", "ksqlDB does not update rows. Write the row anew to the table's topic."],
  ["MERGE", "ksqlDB has no MERGE: a table takes the last row of each key by itself. Write CREATE TABLE."],
  ["WITH", "ksqlDB has no WITH before SELECT. Write the inner SELECT as a statement of its own, and read its result."],
];

/** Beginnings that ksqlDB does not know either. */
const unknown = ["DELETE", "UPDATE", "MERGE", "WITH"];

/** Why a statement with these first words is refused, and whether by ksqlDB too. */
export function refusedStatement(words: readonly string[]): { text: string; severity: Severity } | undefined {
  const upper = words.map((word) => word.toUpperCase()).join(" ");
  const found = refused.find(([beginning]) => `${upper} `.startsWith(`${beginning} `));
  return found && { text: found[1], severity: unknown.includes(found[0]) ? "refused" : "harmful" };
}
