import { normalStatement } from "../../../../model/ksql/normal.ts";
import { readKsql } from "../../../../model/ksql/reading/read.ts";
import { mistakeText } from "../../../../model/ksql/statement.ts";
import type { StatementSyntax } from "../../../../model/ksql/syntax.ts";

/** The one statement that a text holds; fails when something is wrong with it. */
function statementOf(text: string): StatementSyntax {
  const { statements, mistakes } = readKsql("x.sql", text);
  const [statement] = statements;
  if (statement === undefined || statements.length > 1 || mistakes.length > 0) {
    throw new Error(`${text}\n${mistakes.map(mistakeText).join("\n")}`);
  }
  return statement;
}

export function normalOf(text: string): string {
  return normalStatement(statementOf(text));
}
