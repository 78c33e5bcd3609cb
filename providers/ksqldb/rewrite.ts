import { createHash } from "node:crypto";
import { normalStatement } from "../../model/ksql/normal.ts";
import { readKsql } from "../../model/ksql/reading/read.ts";

/** An INSERT INTO with an id for its query: the one that it says, or one that follows from its text. */
export function insertWithId(sql: string): { id: string; sql: string } {
  const [statement] = readKsql("", `${sql};`).statements;
  if (statement?.kind !== "insertSelect") {
    throw new Error(`this is no INSERT INTO: ${sql}`);
  }
  const said = statement.properties.find(({ name }) => name === "QUERY_ID")?.value;
  const digest = createHash("sha256").update(sql).digest("hex").slice(0, 8).toUpperCase();
  const id = said === undefined ? `INSERT_INTO_${statement.name.text.replace(/\W/g, "_")}_${digest}` : String(said);
  const { line, column } = statement;
  return {
    id: id.toUpperCase(),
    sql: normalStatement({ ...statement, properties: [{ name: "QUERY_ID", value: id.toUpperCase(), line, column }] }),
  };
}

/** The query of a statement by itself; undefined where it has none. */
export function selectOf(sql: string): string | undefined {
  const [statement] = readKsql("", `${sql};`).statements;
  return statement !== undefined && "query" in statement
    ? normalStatement({ kind: "select", query: statement.query, line: 1, column: 1 })
    : undefined;
}
