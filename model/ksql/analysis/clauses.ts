import { all, either } from "../../words.ts";
import { expressionText } from "../expressionText.ts";
import { quotedName } from "../ident.ts";
import type { Report } from "../reading/build.ts";
import { allPartsOf, partsOf, type Expression, type Query } from "../syntax.ts";
import { aggregateFunctions, isCallOf, tableAggregates, tableFunctions } from "../typing/functions.ts";
import { describeMilliseconds, millisecondsOf } from "./duration.ts";
import type { Joined } from "./key.ts";
import { identityOf, windowBounds, type Scope } from "./scope.ts";

export function aggregatesOf(query: Query): string[] {
  const expressions = [
    ...query.items.flatMap((item) => (item.kind === "expression" ? [item.value] : [])),
    ...(query.having === undefined ? [] : [query.having]),
  ];
  return expressions
    .flatMap(allPartsOf)
    .flatMap((part) => (isCallOf(aggregateFunctions, part) ? [part.name.text] : []));
}

/** Clauses that do not go together. */
export function clauseMistakes(
  query: Query,
  from: Joined,
  isPersistent: boolean,
  isAggregate: boolean,
  report: Report,
): void {
  const { window, groupBy, partitionBy, having, emit, limit } = query;
  const [first] = groupBy;
  const [partition] = partitionBy;
  const aggregates = [...new Set(aggregatesOf(query))];
  if (isAggregate && first === undefined) {
    const fix = isPersistent
      ? "To aggregate everything, add a column with one value first, and group by it."
      : "Name the columns to group by.";
    report(query, `${all(aggregates)} ${aggregates.length > 1 ? "need" : "needs"} GROUP BY in ksqlDB. ${fix}`);
  }
  if (first !== undefined && aggregates.length === 0) {
    report(first, "GROUP BY needs an aggregate in SELECT or HAVING. Add COUNT(*), or re-key with PARTITION BY.");
  }
  if (window !== undefined) {
    windowMistakes(window, report);
    if (first === undefined) {
      report(window, "A WINDOW needs GROUP BY. Add GROUP BY, or take the WINDOW out.");
    }
    if (from.kind === "table") {
      report(
        window,
        "A WINDOW cuts a stream by time, and a table has only its present state. Read a stream, or take the WINDOW out.",
      );
    }
  }
  if (having !== undefined && first === undefined && !isAggregate) {
    report(having, "HAVING needs GROUP BY. Write WHERE.");
  }
  if (partition !== undefined) {
    if (first !== undefined) {
      report(partition, "GROUP BY makes the key already. Take PARTITION BY out.");
    } else if (from.kind === "table") {
      report(
        partition,
        "A table keeps its key: PARTITION BY is for streams. Take it out, or make another table with GROUP BY.",
      );
    }
  }
  if (emit?.kind === "FINAL" && window === undefined) {
    report(emit, "EMIT FINAL gives a window's last result, and there is no WINDOW. Write EMIT CHANGES.");
  }
  if (isPersistent && limit !== undefined) {
    report(limit, "A query that is kept has no LIMIT. Take it out.");
  }
  const windowedTable = from.scope.sources.find(
    ({ relation }) => relation.kind === "table" && relation.windowed !== undefined,
  );
  if (isPersistent && windowedTable !== undefined) {
    const name = quotedName(windowedTable.relation.name);
    report(
      query.from,
      `ksqlDB keeps no query over a windowed table, and ${name} is one. Declare a stream over its topic, with WINDOW_TYPE, and read that.`,
    );
  }
  if (isAggregate && from.kind === "table") {
    const refused = aggregates.filter((name) => !tableAggregates.has(name));
    if (refused.length > 0) {
      report(
        query,
        `${all(refused)} cannot take a row back when a table's row changes. Aggregate a stream, or take ${either([...tableAggregates])}.`,
      );
    }
  }
}

function windowMistakes(window: NonNullable<Query["window"]>, report: Report): void {
  const size = millisecondsOf(window.size);
  const grace = window.grace === undefined ? 0 : millisecondsOf(window.grace);
  if (size === 0) {
    report(window.size, "A window has a length. Write 1 HOUR, or the like.");
  }
  if (window.advance !== undefined && (millisecondsOf(window.advance) > size || window.advance.count === 0)) {
    report(
      window.advance,
      `A hopping window advances by no more than its size, or it would skip rows. Write ADVANCE BY ${describeMilliseconds(size)} or less.`,
    );
  }
  if (window.retention !== undefined && millisecondsOf(window.retention) < size + grace) {
    report(
      window.retention,
      `Rows may come for ${describeMilliseconds(size + grace)}, the window and its grace, and it is kept for ${describeMilliseconds(millisecondsOf(window.retention))} only. ` +
        `Write RETENTION ${describeMilliseconds(size + grace)} or more.`,
    );
  }
}

/** A column beside aggregates has many values in a group, unless it is grouped by. */
export function groupMistakes(query: Query, scope: Scope, report: Report): void {
  const grouped = query.groupBy.map((expression) => identityOf(scope, expression));
  const check = (expression: Expression): void => {
    if (grouped.includes(identityOf(scope, expression)) || isCallOf(aggregateFunctions, expression)) {
      return;
    }
    if (expression.kind === "column" && !windowBounds.some((bound) => bound === expression.name.text)) {
      const text = expressionText(expression);
      report(expression, `${text} has many values in a group. Write LATEST_BY_OFFSET(${text}), or add it to GROUP BY.`);
    }
    partsOf(expression).forEach(check);
  };
  for (const item of query.items) {
    if (item.kind === "expression") {
      check(item.value);
    } else {
      report(item, "* has many values in a group. Name the columns of GROUP BY, and aggregate the others.");
    }
  }
  if (query.having !== undefined) {
    check(query.having);
  }
}

export function tableFunctionMistakes(query: Query, report: Report): void {
  const calls = query.items.flatMap((item) =>
    item.kind === "expression" && isCallOf(tableFunctions, item.value) ? [item] : [],
  );
  const [first] = calls;
  if (first !== undefined && query.joins.length > 0) {
    report(first, "Functions that make rows do not go with a JOIN. Make the rows in a statement of its own first.");
  }
}
