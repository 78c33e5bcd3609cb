import { quotedName } from "../ident.ts";
import { normalStatement } from "../normal.ts";
import type { Report } from "../reading/build.ts";
import type { AnalysedStatement } from "../statement.ts";
import type { Query, StatementSyntax } from "../syntax.ts";
import { analyseCreateSource, type Topics } from "./createSource.ts";
import { propertyMistakes, propertyRecord } from "./properties.ts";
import { analyseQuery, unknownRelation, type AnalysedQuery, type Known } from "./query.ts";
import { createdBy, insertedBy } from "./result.ts";

export interface Given extends Known {
  /** Topics that are there. Default: whatever the statement says. */
  readonly topics?: Topics | undefined;
}

export interface Analysis {
  readonly statement: AnalysedStatement;
  /** `undefined` when it has no query. */
  readonly query: AnalysedQuery | undefined;
}

/** What a statement is and does; what ksqlDB would refuse is reported. */
export function analyse(syntax: StatementSyntax, given: Given, report: Report): Analysis {
  const none = {
    kind: syntax.kind,
    at: { line: syntax.line, column: syntax.column },
    name: undefined,
    relationKind: undefined,
    orReplace: false,
    ifNotExists: false,
    normal: normalStatement(syntax),
    isPersistentQuery: false,
    reads: [],
    writes: undefined,
    steps: [],
    result: undefined,
    properties: {},
  } satisfies AnalysedStatement;
  const { catalogue } = given;
  switch (syntax.kind) {
    case "createSource": {
      const { name, relationKind, orReplace, ifNotExists, properties } = syntax;
      const result = analyseCreateSource(syntax, given.topics, report);
      const statement = {
        ...none,
        name: name.text,
        relationKind,
        orReplace,
        ifNotExists,
        result,
        properties: propertyRecord(properties),
      };
      return { statement, query: undefined };
    }
    case "createAs": {
      const { name, relationKind, orReplace, ifNotExists, properties } = syntax;
      const query = kept(syntax.query, given, report);
      const result = createdBy(syntax, query, given.topics, report);
      return {
        statement: {
          ...none,
          name: name.text,
          relationKind,
          orReplace,
          ifNotExists,
          isPersistentQuery: true,
          reads: query.reads,
          writes: name.text,
          steps: query.steps,
          result: query.isKnown ? result : undefined,
          properties: propertyRecord(properties),
        },
        query,
      };
    }
    case "insertSelect": {
      const query = kept(syntax.query, given, report);
      propertyMistakes(syntax.properties, "insert", report);
      const result = insertedBy(syntax, query, given, report);
      return {
        statement: {
          ...none,
          name: syntax.name.text,
          relationKind: "stream",
          isPersistentQuery: true,
          reads: query.reads,
          writes: syntax.name.text,
          steps: query.steps,
          result: query.isKnown ? result : undefined,
          properties: propertyRecord(syntax.properties),
        },
        query,
      };
    }
    case "insertValues": {
      const target = catalogue.get(syntax.name.text);
      if (target === undefined) {
        report(syntax.name, unknownRelation(syntax.name.text, catalogue));
      } else if (target.readOnly === true) {
        report(
          syntax.name,
          `${quotedName(target.name)} is a read-only source. Write to its topic with something else.`,
        );
      }
      return { statement: { ...none, name: syntax.name.text, writes: syntax.name.text }, query: undefined };
    }
    case "drop": {
      const target = catalogue.get(syntax.name.text);
      const { relationKind } = syntax;
      if (target === undefined && !syntax.ifExists) {
        report(syntax.name, unknownRelation(syntax.name.text, catalogue));
      } else if (target !== undefined && target.kind !== relationKind) {
        report(syntax, `${quotedName(target.name)} is a ${target.kind}. Write DROP ${target.kind.toUpperCase()}.`);
      }
      if (syntax.deleteTopic && target?.readOnly === true) {
        report(
          syntax.name,
          `${quotedName(target.name)} only reads its topic, which is another's. Take DELETE TOPIC out.`,
        );
      }
      return { statement: { ...none, name: syntax.name.text, relationKind }, query: undefined };
    }
    case "describe":
      if (!catalogue.has(syntax.name.text)) {
        report(syntax.name, unknownRelation(syntax.name.text, catalogue));
      }
      return { statement: { ...none, name: syntax.name.text }, query: undefined };
    case "terminate":
      return { statement: { ...none, name: syntax.name?.text }, query: undefined };
    case "assert":
      return {
        statement: { ...none, name: syntax.topic ?? syntax.subject, properties: propertyRecord(syntax.properties) },
        query: undefined,
      };
    case "show":
      return { statement: none, query: undefined };
    case "select": {
      const query = analyseQuery(syntax.query, given, false, report);
      return { statement: { ...none, reads: query.reads, steps: query.steps }, query };
    }
  }
}

/** The query of a statement that keeps it. */
function kept(syntax: Query, known: Known, report: Report): AnalysedQuery {
  const query = analyseQuery(syntax, known, true, report);
  for (const part of query.key) {
    if (!query.columns.some(({ key }) => key === part) && !query.from.scope.isOpen) {
      const what =
        syntax.groupBy.length > 0
          ? "the column it groups by"
          : syntax.partitionBy.length > 0
            ? "the column it is partitioned by"
            : "the key";
      const choices = part.choices.join(" or ");
      report(
        syntax,
        `The SELECT list lacks ${what}, ${choices}. Add ${part.choices[0] ?? ""} AS ${keyName(part.name)} to it.`,
      );
    }
  }
  if (query.from.hasForeignKey && query.key.length === 0) {
    report(syntax, "A join by a foreign key needs the key of the left table. Add it to the SELECT list.");
  }
  if (query.columns.length > 0 && query.columns.every(({ key }) => key !== undefined)) {
    report(syntax, "The SELECT list has no column besides the key. Add one, e.g. a copy of the key by AS_VALUE.");
  }
  return query;
}

/** A name for a key beside its copy in the value. */
export function keyName(name: string): string {
  return /^\w+$/.test(name) && name !== "ROWKEY"
    ? quotedName(name.endsWith("_KEY") ? name : `${name.replace(/_ID$/, "")}_KEY`)
    : "ROW_KEY";
}
