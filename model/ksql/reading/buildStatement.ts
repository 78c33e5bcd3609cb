import * as tree from "../generated/KsqlParser.js";
import { quotedName } from "../ident.ts";
import type { RelationKind } from "../statement.ts";
import type { StatementSyntax } from "../syntax.ts";
import {
  buildColumn,
  buildDuration,
  buildName,
  buildProperties,
  positionOf,
  unquoted,
  unreadable,
  type Report,
} from "./build.ts";
import { buildExpression } from "./buildExpression.ts";
import { buildQuery } from "./buildQuery.ts";

export function buildStatement(context: tree.StatementContext, report: Report): StatementSyntax {
  const at = positionOf(context);
  if (context instanceof tree.CreateContext) {
    return buildCreate(context, report);
  }
  if (context instanceof tree.InsertContext) {
    return buildInsert(context, report);
  }
  if (context instanceof tree.DropContext) {
    return {
      ...at,
      kind: "drop",
      relationKind: relationKind(context.relationKind()),
      ifExists: context.IF() !== null,
      name: buildName(context._name ?? unreadable()),
      deleteTopic: context.DELETE() !== null,
    };
  }
  if (context instanceof tree.TerminateContext) {
    return { ...at, kind: "terminate", name: context._name && buildName(context._name) };
  }
  if (context instanceof tree.DescribeContext) {
    const name = buildName(context._name ?? unreadable());
    if (context._misplaced !== undefined) {
      report(at, `EXTENDED comes after the name. Write DESCRIBE ${quotedName(name.text)} EXTENDED.`);
    }
    return { ...at, kind: "describe", name, isExtended: context.EXTENDED().length > 0 };
  }
  if (context instanceof tree.ShowContext) {
    const what = (context._what?.text ?? "").toUpperCase();
    return { ...at, kind: "show", what, isAll: context.ALL() !== null, isExtended: context.EXTENDED() !== null };
  }
  if (context instanceof tree.AssertTopicContext) {
    const { _name: name, _text: text } = context;
    return {
      ...at,
      kind: "assert",
      isNegated: context.NOT() !== null,
      topic: text?.text === undefined ? buildName(name ?? unreadable()).text : unquoted(text.text),
      subject: undefined,
      id: undefined,
      properties: buildProperties(context.properties()),
      timeout: timeoutOf(context.timeout()),
    };
  }
  if (context instanceof tree.AssertSchemaContext) {
    const [literal, identifier] = [context.STRING(), context.identifier()];
    const written = literal === null ? undefined : unquoted(literal.getText());
    return {
      ...at,
      kind: "assert",
      isNegated: context.NOT() !== null,
      topic: undefined,
      subject: written ?? (identifier === null ? undefined : buildName(identifier).text),
      id: context.INTEGER()?.getText(),
      properties: [],
      timeout: timeoutOf(context.timeout()),
    };
  }
  if (context instanceof tree.SelectContext) {
    return { ...at, kind: "select", query: buildQuery(context.query(), report) };
  }
  return unreadable();
}

function buildCreate(context: tree.CreateContext, report: Report): StatementSyntax {
  const create = {
    ...positionOf(context),
    orReplace: context.REPLACE() !== null,
    ifNotExists: context.EXISTS() !== null,
    relationKind: relationKind(context.relationKind()),
    name: buildName(context._name ?? unreadable()),
    properties: buildProperties(context.properties()),
  };
  const columns = context.columns()?.column();
  const query = context.query();
  const isReadOnly = context.SOURCE() !== null;
  if (create.orReplace && create.ifNotExists) {
    report(create, "OR REPLACE and IF NOT EXISTS contradict each other. Take IF NOT EXISTS out.");
  }
  if (query === null) {
    return {
      ...create,
      kind: "createSource",
      isReadOnly,
      columns: columns?.map((column) => buildColumn(column, report)),
    };
  }
  if (columns !== undefined) {
    report(create, "CREATE … AS SELECT takes its columns from the SELECT. Take the list of columns out.");
  }
  if (isReadOnly) {
    report(create, "CREATE SOURCE only declares what a topic holds already. Take SOURCE out.");
  }
  return { ...create, kind: "createAs", query: buildQuery(query, report) };
}

function buildInsert(context: tree.InsertContext, report: Report): StatementSyntax {
  const at = positionOf(context);
  const [name = unreadable(), ...columns] = context.identifier().map(buildName);
  const query = context.query();
  if (query === null) {
    const values = context.expression().map((value) => buildExpression(value, report));
    return { ...at, kind: "insertValues", name, columns, values };
  }
  const [column] = columns;
  if (column !== undefined) {
    report(column, "INSERT INTO … SELECT takes no list of columns. Name the columns with AS in the SELECT list.");
  }
  const properties = buildProperties(context.properties());
  return { ...at, kind: "insertSelect", name, properties, query: buildQuery(query, report) };
}

function relationKind(context: tree.RelationKindContext): RelationKind {
  return context.STREAM() === null ? "table" : "stream";
}

function timeoutOf(context: tree.TimeoutContext | null) {
  return context === null ? undefined : buildDuration(context.duration());
}
