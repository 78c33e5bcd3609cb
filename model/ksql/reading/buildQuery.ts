import * as tree from "../generated/KsqlParser.js";
import { expressionText } from "../expressionText.ts";
import type { JoinKind } from "../statement.ts";
import type { Expression, Join, Query, SelectItem, Source, Window, Within } from "../syntax.ts";
import { buildDuration, buildName, positionOf, tokenPosition, unreadable, type Report } from "./build.ts";
import { buildExpression } from "./buildExpression.ts";

/** The clauses after FROM, in the order that ksqlDB wants. */
const clauseOrder = ["WINDOW", "WHERE", "GROUP BY", "PARTITION BY", "HAVING", "EMIT", "LIMIT"] as const;
type ClauseName = (typeof clauseOrder)[number];

export function buildQuery(context: tree.QueryContext, report: Report): Query {
  if (context.DISTINCT() !== null) {
    report(
      tokenPosition(context.DISTINCT()?.symbol ?? null),
      "ksqlDB has no SELECT DISTINCT. Make a table with GROUP BY over the columns, e.g. with COUNT(*).",
    );
  }
  const [from = unreadable(), ...others] = context.relation();
  const [other] = others;
  if (other !== undefined) {
    report(positionOf(other), "ksqlDB does not join by a comma. Write JOIN … ON a.column = b.column.");
    return unreadable();
  }
  const source = buildSource(from, report);
  const { window, where, groupBy, partitionBy, having, emit, limit } = buildClauses(context.clause(), report);
  return {
    ...positionOf(context),
    items: context.selectItem().map((item) => buildItem(item, report)),
    from: source,
    joins: context.join().map((join) => buildJoin(join, source, report)),
    window: window && buildWindow(window.window(), report),
    where: where && buildExpression(where.expression(), report),
    groupBy: groupBy === undefined ? [] : buildList(groupBy.expressionList(), report),
    partitionBy: partitionBy === undefined ? [] : buildList(partitionBy.expressionList(), report),
    having: having && buildExpression(having.expression(), report),
    emit: emit && { ...positionOf(emit), kind: emit.FINAL() === null ? "CHANGES" : "FINAL" },
    limit: limit && { ...positionOf(limit), count: limit.INTEGER().getText() },
  };
}

interface Clauses {
  readonly window?: tree.WindowClauseContext;
  readonly where?: tree.WhereClauseContext;
  readonly groupBy?: tree.GroupByClauseContext;
  readonly partitionBy?: tree.PartitionByClauseContext;
  readonly having?: tree.HavingClauseContext;
  readonly emit?: tree.EmitClauseContext;
  readonly limit?: tree.LimitClauseContext;
}

function buildClauses(contexts: readonly tree.ClauseContext[], report: Report): Clauses {
  let clauses: Clauses = {};
  const seen: ClauseName[] = [];
  for (const context of contexts) {
    const at = positionOf(context);
    const [name, added] = clauseOf(context, report);
    if (name === undefined) {
      continue;
    }
    const after = seen.find((other) => clauseOrder.indexOf(other) > clauseOrder.indexOf(name));
    if (seen.includes(name)) {
      report(
        at,
        `There are two ${name} clauses. ${name === "WHERE" ? "Join the conditions with AND." : "Take one out."}`,
      );
    } else if (after !== undefined) {
      report(at, `${name} comes before ${after} in ksqlDB. The order is FROM, JOIN, ${clauseOrder.join(", ")}.`);
    }
    seen.push(name);
    clauses = { ...added, ...clauses };
  }
  return clauses;
}

function clauseOf(context: tree.ClauseContext, report: Report): [ClauseName | undefined, Clauses] {
  const at = positionOf(context);
  if (context instanceof tree.WindowClauseContext) {
    return ["WINDOW", { window: context }];
  }
  if (context instanceof tree.WhereClauseContext) {
    return ["WHERE", { where: context }];
  }
  if (context instanceof tree.GroupByClauseContext) {
    return ["GROUP BY", { groupBy: context }];
  }
  if (context instanceof tree.PartitionByClauseContext) {
    return ["PARTITION BY", { partitionBy: context }];
  }
  if (context instanceof tree.HavingClauseContext) {
    return ["HAVING", { having: context }];
  }
  if (context instanceof tree.EmitClauseContext) {
    return ["EMIT", { emit: context }];
  }
  if (context instanceof tree.LimitClauseContext) {
    return ["LIMIT", { limit: context }];
  }
  if (context instanceof tree.OrderByClauseContext) {
    report(at, "ksqlDB has no ORDER BY: a stream never ends. Leave it out, and sort where the result is read.");
  } else {
    report(at, "ksqlDB has no UNION. Write the second SELECT as INSERT INTO the result of the first.");
  }
  return [undefined, {}];
}

function buildItem(context: tree.SelectItemContext, report: Report): SelectItem {
  const at = positionOf(context);
  if (context instanceof tree.SelectAllContext) {
    return { ...at, kind: "all", source: undefined };
  }
  if (context instanceof tree.SelectAllOfContext) {
    return { ...at, kind: "all", source: buildName(context.identifier()) };
  }
  if (context instanceof tree.SelectExpressionContext) {
    const value = buildExpression(context.expression(), report);
    if (context.ARROW() !== null) {
      return { ...at, kind: "fields", value };
    }
    return { ...at, kind: "expression", value, alias: context._alias && buildName(context._alias) };
  }
  return unreadable();
}

function buildSource(context: tree.RelationContext, report: Report): Source {
  const at = positionOf(context);
  if (context.query() !== null) {
    report(at, "ksqlDB has no subqueries. Write the inner SELECT as a statement of its own, and read its result.");
    return unreadable();
  }
  const name = buildName(context.identifier(0) ?? unreadable());
  const kind = context.AS() === null ? context._alias?.getText().toUpperCase() : undefined;
  if (context._alias !== undefined && (kind === "CROSS" || kind === "NATURAL")) {
    report(positionOf(context._alias), `ksqlDB has no ${kind} JOIN. Write JOIN … ON a.column = b.column.`);
    return unreadable();
  }
  return { ...at, name, alias: context._alias === undefined ? name : buildName(context._alias) };
}

function buildJoin(context: tree.JoinContext, from: Source, report: Report): Join {
  const source = buildSource(context.relation(), report);
  const within = context.within();
  const on = context.expression();
  return {
    ...positionOf(context),
    kind: joinKind(context.joinKind()),
    source,
    within: within === null ? undefined : buildWithin(within),
    on: on === null ? buildUsing(context, from, source, report) : buildExpression(on, report),
  };
}

/** What USING means, so that the rest of the statement can be looked at all the same. */
function buildUsing(context: tree.JoinContext, from: Source, to: Source, report: Report): Expression | undefined {
  const [column] = context.identifier();
  if (column === undefined) {
    return undefined;
  }
  const at = tokenPosition(context.USING()?.symbol ?? null);
  const name = buildName(column);
  const side = ({ alias }: Source): Expression => ({ ...at, kind: "column", source: alias, name });
  const on: Expression = { ...at, kind: "binary", operator: "=", left: side(from), right: side(to) };
  report(at, `ksqlDB has no USING. Write ON ${expressionText(on)}.`);
  return on;
}

function joinKind(context: tree.JoinKindContext): JoinKind {
  const word = context.getText().toUpperCase();
  return (["LEFT", "RIGHT", "FULL"] as const).find((kind) => word.startsWith(kind)) ?? "INNER";
}

function buildWithin(context: tree.WithinContext): Within {
  const [before = unreadable(), after = before] = context
    .duration()
    .filter((duration) => duration !== context._grace)
    .map(buildDuration);
  return { ...positionOf(context), before, after, grace: context._grace && buildDuration(context._grace) };
}

function buildWindow(context: tree.WindowContext, report: Report): Window {
  const times = context.windowTimes();
  if (times._misplaced !== undefined) {
    report(tokenPosition(times._misplaced), "RETENTION comes before GRACE PERIOD in ksqlDB. Write it there.");
  }
  return {
    ...positionOf(context),
    kind: context.TUMBLING() !== null ? "TUMBLING" : context.HOPPING() !== null ? "HOPPING" : "SESSION",
    size: buildDuration(context._size ?? unreadable()),
    advance: context._advance && buildDuration(context._advance),
    retention: times._retention && buildDuration(times._retention),
    grace: times._grace && buildDuration(times._grace),
  };
}

function buildList(context: tree.ExpressionListContext, report: Report): Expression[] {
  return context.expression().map((expression) => buildExpression(expression, report));
}
