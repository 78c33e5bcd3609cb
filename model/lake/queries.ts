/** A question that is shipped, from a file of `sql/athena/`. */
export interface Query {
  /** The file's name without its ending: what Athena calls it. */
  readonly name: string;
  /** What it answers: the file's first line. */
  readonly question: string;
  /** Without comments. */
  readonly sql: string;
  /** Whether it has values to bind (`?`): it is then a prepared statement, else a named query. */
  readonly binds: boolean;
  /** Names of the tables and views that it reads, in lower case, sorted. */
  readonly reads: readonly string[];
}

/** @param file name of the file, e.g. `sales_of_day.sql` */
export function readQuery(file: string, text: string): Query {
  const comments = text.split("\n").filter((line) => line.startsWith("--"));
  const sql = text
    .split("\n")
    .filter((line) => !line.startsWith("--"))
    .join("\n")
    .trim();
  return {
    name: file.replace(/\.sql$/, ""),
    question: questionIn(comments.map((line) => line.replace(/^-- ?/, "")).join(" ")),
    sql,
    binds: sql.includes("?"),
    reads: [...new Set([...sql.matchAll(/\b(?:FROM|JOIN)\s+(\w+)/g)].map(([, name = ""]) => name))].sort(),
  };
}

/** All that stands before the words that say how it is called. */
function questionIn(comment: string): string {
  return comment.replace(/ Bind .*$/, "").trim();
}

/** The queries that a lake can answer which has these tables and views. */
export function answerable(queries: readonly Query[], relations: readonly string[]): Query[] {
  return queries.filter(({ reads }) => reads.every((name) => relations.includes(name)));
}
