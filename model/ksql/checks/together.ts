import { all } from "../../words.ts";
import { quotedName } from "../ident.ts";
import type { AnalysedStatement, Mistake, Position, Severity } from "../statement.ts";

/** A statement and the file it stands in. */
export interface Placed {
  readonly file: string;
  readonly statement: AnalysedStatement;
}

/** Persistent queries that a cluster runs; those made earlier run fewer. */
const mostQueries = 40;
const mostQueriesEarlier = 20;

/** What is wrong between statements. */
export function togetherMistakes(
  placed: readonly Placed[],
  taken: ReadonlySet<string>,
  limit = mostQueries,
): Mistake[] {
  return [...doubles(placed, taken), ...replacedInserts(placed), ...droppedInUse(placed), ...tooMany(placed, limit)];
}

function mistake(
  { file, statement }: Placed,
  text: string,
  severity: Severity = "refused",
  at: Position = statement.at,
): Mistake {
  return { file, line: at.line, column: at.column, severity, text };
}

function creates({ statement: { kind } }: Placed): boolean {
  return kind === "createAs" || kind === "createSource";
}

function doubles(placed: readonly Placed[], taken: ReadonlySet<string>): Mistake[] {
  const creating = placed.filter(creates);
  return creating.flatMap((item, index) => {
    const { name = "", orReplace, ifNotExists } = item.statement;
    const earlier = creating.slice(0, index).find((other) => other.statement.name === name);
    if (earlier !== undefined) {
      const { file, statement } = earlier;
      return [
        mistake(
          item,
          `${quotedName(name)} is created in ${file}:${statement.at.line} already. Give one of them another name.`,
        ),
      ];
    }
    return taken.has(name) && !orReplace && !ifNotExists
      ? [mistake(item, `${quotedName(name)} is there already: it is a declared table. Give the result another name.`)]
      : [];
  });
}

function replacedInserts(placed: readonly Placed[]): Mistake[] {
  return placed
    .filter((item) => creates(item) && item.statement.orReplace)
    .flatMap((item) => {
      const insert = placed.find(
        ({ statement }) => statement.kind === "insertSelect" && statement.name === item.statement.name,
      );
      return insert === undefined
        ? []
        : [
            mistake(
              item,
              `${quotedName(item.statement.name ?? "")} cannot be replaced in place, since ${insert.file}:${insert.statement.at.line} inserts into it. Take OR REPLACE out.`,
            ),
          ];
    });
}

function droppedInUse(placed: readonly Placed[]): Mistake[] {
  return placed
    .filter(({ statement }) => statement.kind === "drop")
    .flatMap((item) => {
      const name = item.statement.name ?? "";
      const readers = placed
        .filter(({ statement }) => statement.isPersistentQuery && statement.reads.includes(name))
        .map(({ statement }) => statement.name ?? "");
      return readers.length === 0
        ? []
        : [
            mistake(
              item,
              `${quotedName(name)} is read by ${all([...new Set(readers)].map(quotedName))}. Drop ${readers.length > 1 ? "those" : "that"} first.`,
            ),
          ];
    });
}

function tooMany(placed: readonly Placed[], limit: number): Mistake[] {
  if (limit === Infinity) {
    return []; // several clusters: whoever knows which statement runs where counts
  }
  const queries = placed.filter(({ statement }) => statement.isPersistentQuery);
  const [first, second] = [queries[limit], queries[mostQueriesEarlier]];
  if (first !== undefined) {
    return [
      mistake(
        first,
        `There are ${queries.length} persistent queries, and a ksqlDB cluster runs ${limit}. Take ${queries.length - limit} out, or merge some.`,
      ),
    ];
  }
  return second === undefined
    ? []
    : [
        mistake(
          second,
          `There are ${queries.length} persistent queries: a ksqlDB cluster runs ${limit}, and an older one ${mostQueriesEarlier}. Look at what yours runs.`,
          "warning",
        ),
      ];
}
