import { readKsql } from "../../model/ksql/reading/read.ts";
import type { StatementSyntax } from "../../model/ksql/syntax.ts";
import { badStatement, type Answer } from "./problem.ts";
import type { Topics } from "./state.ts";

export function isExplain(sent: string): boolean {
  return /^\s*EXPLAIN\b/i.test(sent);
}

/** The statements of a request, each with its text; a mistake in any is the answer to all. */
export function readable(ksql: string): {
  mistakes?: Answer;
  statements: { syntax: StatementSyntax; sent: string }[];
} {
  const text = ksql.replace(/^\s*EXPLAIN\s/i, (word) => " ".repeat(word.length));
  const { mistakes, statements } = readKsql("", text);
  const [first] = mistakes.filter(({ severity }) => severity === "refused");
  if (first !== undefined || statements.length === 0) {
    const { line, column, text: why } = first ?? { line: 1, column: 1, text: "no statement" };
    return {
      mistakes: badStatement(`line ${line}:${column - 1}: Syntax Error\n${why}`).answer(ksql),
      statements: [],
    };
  }
  const lines = ksql.split("\n");
  const offset = ({ line, column }: StatementSyntax) =>
    lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  return {
    statements: statements.map((syntax, index) => {
      const next = statements[index + 1];
      const whole = statements.length === 1;
      return { syntax, sent: whole ? ksql : ksql.slice(offset(syntax), next === undefined ? undefined : offset(next)) };
    }),
  };
}

/** Topics that can be written to without anything being written. */
export function rehearsed(topics: Topics): Topics {
  const made = new Map(topics.names().map((name) => [name, topics.partitions(name)]));
  return {
    partitions: (name) => made.get(name),
    names: () => [...made.keys()],
    create: (name, partitions) => made.set(name, partitions),
    delete: (name) => made.delete(name),
    subjects: () => topics.subjects(),
    register: () => undefined,
    unregister: () => undefined,
  };
}
