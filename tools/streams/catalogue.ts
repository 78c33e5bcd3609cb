import type { CheckedStatement } from "../../model/ksql/check.ts";
import type { Relation } from "../../model/ksql/statement.ts";
import { checkTransformations } from "../../model/ksql/transformations.ts";
import { sourceRelations, statementFiles } from "./tables.ts";

/** A statement of `sql/ksqldb`, what it makes and what it reads. */
export interface KnownStatement {
  readonly statement: CheckedStatement;
  readonly result: Relation;
  readonly reads: readonly Relation[];
}

/** The statements of `sql/ksqldb` by file. Throws when one has mistakes: `npm test` says which. */
export function knownStatements(partitions = 1): Map<string, KnownStatement> {
  const { statements, relations } = checkTransformations(statementFiles(), { relations: sourceRelations(partitions) });
  return new Map(
    statements.map((statement) => {
      const { result, file } = statement;
      if (result === undefined) {
        throw new Error(`${file} has mistakes, so nobody knows what it makes.`);
      }
      const reads = statement.reads.flatMap((name) => relations.get(name) ?? []);
      return [file, { statement, result, reads }];
    }),
  );
}
