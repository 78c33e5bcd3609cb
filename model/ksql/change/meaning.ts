import { analyse, type Analysis } from "../analysis/analyse.ts";
import type { AnalysedQuery } from "../analysis/query.ts";
import { identityOf } from "../analysis/scope.ts";
import { joinText, windowText } from "../normal.ts";
import { readKsql } from "../reading/read.ts";
import type { AnalysedStatement, Relation } from "../statement.ts";

/**
 * Whether what a server tells of a statement is this one. The server's text has every column qualified, `*` written out
 * and properties that nobody wrote, so texts are not compared, but what they mean over the relations they read.
 */
export function meansTheSame(ours: string, theirs: string, relations: readonly Relation[]): boolean {
  const [a, b] = [ours, theirs].map((text) => analysed(text, relations));
  if (a === undefined || b === undefined || meaningOf(a) !== meaningOf(b)) {
    return false;
  }
  const said = Object.entries(a.statement.properties).filter(([name]) => name !== "FORMAT" && name !== "QUERY_ID");
  const { properties } = b.statement;
  return said.every(
    ([name, value]) => String(properties[name] ?? properties.FORMAT).toUpperCase() === String(value).toUpperCase(),
  );
}

function analysed(text: string, relations: readonly Relation[]): Analysis | undefined {
  const [syntax] = readKsql("", /;\s*$/.test(text) ? text : `${text};`).statements;
  const catalogue = new Map(relations.map((relation) => [relation.name, relation]));
  return syntax && analyse(syntax, { catalogue }, () => undefined);
}

function meaningOf({ statement, query }: Analysis): string {
  const { kind, name, relationKind } = statement;
  return JSON.stringify([kind, name, relationKind, relationMeaning(statement), query && queryMeaning(query)]);
}

function relationMeaning({ kind, result }: AnalysedStatement): unknown {
  return kind === "insertSelect"
    ? undefined
    : [result?.topic, result?.keyFormat, result?.valueFormat, result?.timestamp, result?.windowed, result?.columns];
}

function queryMeaning({ query, from, columns }: AnalysedQuery): unknown {
  const { joins, window, where, groupBy, partitionBy, having, emit } = query;
  const meant = (expression: Parameters<typeof identityOf>[1]) => identityOf(from.scope, expression);
  return [
    columns.map(({ name, identity }) => [name, identity]),
    [query.from.name.text, query.from.alias.text],
    joins.map((join) => [joinText({ ...join, on: undefined }), join.on && meant(join.on)]),
    window && windowText(window),
    where && meant(where),
    groupBy.map(meant),
    partitionBy.map(meant),
    having && meant(having),
    emit?.kind ?? "CHANGES",
  ];
}
