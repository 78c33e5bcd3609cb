import { keyName } from "../analysis/analyse.ts";
import { describeMilliseconds, millisecondsOf } from "../analysis/duration.ts";
import { numberOf } from "../analysis/properties.ts";
import type { AnalysedQuery } from "../analysis/query.ts";
import { columnType, identityOf, resolve, windowBounds } from "../analysis/scope.ts";
import { expressionText } from "../expressionText.ts";
import { quotedName } from "../ident.ts";
import type { Report } from "../reading/build.ts";
import { describeSqlType } from "../sqlType.ts";
import type { Relation } from "../statement.ts";
import { allPartsOf, type Call, type CreateAs, type Expression, type Name, type Query } from "../syntax.ts";
import { typeOf } from "../typing/expressions.ts";

/** How long ksqlDB keeps a windowed topic when nobody says. */
const defaultRetention = 7 * 86_400_000;
/** Digits that a sum of many values needs at least. */
const sumDigits = 18;
/** What Snowflake, Athena and most others keep of a decimal. */
const mostDigits = 38;

/** What ksqlDB accepts and people regret. Data lost without a word is an error, all else a warning. */
export function regrets(syntax: CreateAs, query: AnalysedQuery, result: Relation, report: Report): void {
  lostKeys(syntax.query, query, report);
  lostWindow(syntax, query, report);
  for (const item of syntax.query.items) {
    if (item.kind === "all") {
      report(
        item,
        "* is what the columns are today: one that is added later never arrives. Name the columns.",
        "warning",
      );
    }
  }
  for (const column of query.columns.filter(({ isUnnamed }) => isUnnamed)) {
    report(
      column,
      `This column would be called ${column.name}, or something else in the next version. Name it with AS.`,
      "warning",
    );
  }
  for (const { name, type } of result.columns) {
    if (type.base === "DECIMAL" && type.precision > mostDigits) {
      const column = query.columns.find((candidate) => candidate.name === name) ?? syntax;
      report(
        column,
        `${quotedName(name)} is ${describeSqlType(type)}, and most targets keep ${mostDigits} digits. Write CAST(… AS DECIMAL(${mostDigits}, ${Math.min(type.scale, 10)})).`,
        "warning",
      );
    }
  }
  lowerCaseNames(syntax, report);
  if (syntax.ifNotExists) {
    report(
      syntax,
      "IF NOT EXISTS keeps an older definition without a word. Take it out; the stack knows what is there.",
      "warning",
    );
  }
}

/** Regrets of every query that is kept, whatever it writes into. */
export function queryRegrets(query: AnalysedQuery, report: Report): void {
  const { items, having } = query.query;
  const expressions = [
    ...items.flatMap((item) => (item.kind === "expression" ? [item.value] : [])),
    ...(having === undefined ? [] : [having]),
  ];
  for (const part of expressions.flatMap(allPartsOf)) {
    if (part.kind === "call" && part.name.text === "SUM") {
      narrowSum(part, query, report);
    }
  }
  unmatchedRows(query, report);
}

/** Key columns are in the key only, and targets read the value. */
function lostKeys(syntax: Query, query: AnalysedQuery, report: Report): void {
  const values = query.columns.filter(({ key }) => key === undefined);
  if (values.length === 0) {
    return; // refused as it is
  }
  for (const { key, name } of query.columns) {
    if (key === undefined) {
      continue;
    }
    const isKept = values.some(
      ({ identity }) =>
        key.identities.includes(identity) || key.identities.some((one) => identity === `AS_VALUE(${one})`),
    );
    if (!isKept) {
      const copy = key.isSynthetic ? "ROWKEY" : key.text;
      const other = keyName(name);
      report(
        syntax,
        `${quotedName(name)} is in the key only, and targets that read the value never see it. ` +
          `Write ${copy} AS ${other}, AS_VALUE(${copy}) AS ${quotedName(name === other ? key.name : name)}.`,
        "harmful",
      );
    }
  }
}

function lostWindow(syntax: CreateAs, query: AnalysedQuery, report: Report): void {
  const { window } = syntax.query;
  if (query.windowed === undefined) {
    return;
  }
  const isBound = (identity: string, bound: string) => identity === bound || identity.endsWith(`.${bound}`);
  const missing = windowBounds.filter((bound) => !query.columns.some(({ identity }) => isBound(identity, bound)));
  if (missing.length > 0) {
    const columns = missing.map((bound) => `${bound} AS ${bound.replace("WINDOW", "WINDOW_")}`).join(", ");
    report(
      syntax.query,
      `The window is in the key only, and targets that read the value cannot tell the windows apart. Add ${columns}.`,
      "harmful",
    );
  }
  if (window === undefined) {
    return;
  }
  const lasts = millisecondsOf(window.size) + (window.grace === undefined ? 0 : millisecondsOf(window.grace));
  const retention = numberOf(syntax.properties, "RETENTION_MS");
  const kept =
    retention ??
    (window.retention === undefined ? defaultRetention : Math.max(defaultRetention, millisecondsOf(window.retention)));
  if (kept >= 0 && kept < lasts) {
    report(
      syntax.properties.find(({ name }) => name === "RETENTION_MS") ?? syntax.name,
      `The topic keeps rows for ${describeMilliseconds(kept)}, and a window and its grace last ${describeMilliseconds(lasts)}: ` +
        `results would go before they are final. Write RETENTION_MS = ${lasts}, or more.`,
      "harmful",
    );
  }
}

/** The sum has the type of what is summed, and no row says when it no longer fits. */
function narrowSum(call: Call, query: AnalysedQuery, report: Report): void {
  const [summed] = call.arguments;
  if (summed === undefined) {
    return;
  }
  const type = silentType(query, summed);
  const text = expressionText(summed.kind === "cast" ? summed.value : summed);
  if (type?.base === "DECIMAL" && type.precision < sumDigits) {
    report(
      call,
      `The sum stays ${describeSqlType(type)}, and is silently wrong once it no longer fits. Write SUM(CAST(${text} AS DECIMAL(${mostDigits}, ${type.scale}))).`,
      "harmful",
    );
  } else if (type?.base === "INTEGER") {
    report(
      call,
      `The sum stays INTEGER, and no longer fits above 2147483647. Write SUM(CAST(${text} AS BIGINT)).`,
      "warning",
    );
  }
}

function silentType(query: AnalysedQuery, expression: Expression) {
  const ignore: Report = () => undefined;
  return typeOf(expression, {
    columnType: (reference) => columnType(query.from.scope, reference, ignore),
    report: ignore,
    isPersistent: false,
    noAggregates: undefined,
    noTableFunctions: undefined,
  });
}

/** A LEFT JOIN's rows without a match, when nothing in the result tells them from the others. */
function unmatchedRows(query: AnalysedQuery, report: Report): void {
  const { scope } = query.from;
  for (const join of query.query.joins.filter(({ kind }) => kind === "LEFT")) {
    const alias = join.source.alias.text;
    const isOurs = (expression: Expression) =>
      expression.kind === "column" && resolve(scope, expression).some(({ source }) => source?.alias === alias);
    const isTold = query.query.items.some(
      (item) =>
        item.kind !== "expression" ||
        isOurs(item.value) ||
        allPartsOf(item.value).some((part) => part.kind === "isNull" && isOurs(part.value)),
    );
    if (!isTold && scope.sources.some((source) => source.alias === alias)) {
      const on = join.on?.kind === "binary" ? [join.on.left, join.on.right].find(isOurs) : undefined;
      const column = on === undefined ? `${quotedName(alias)}.…` : identityOf(scope, on);
      report(
        join,
        `A row without its ${quotedName(join.source.name.text)} looks like one with it, so nobody sees how many there are. ` +
          `Add ${column} IS NOT NULL AS HAS_${join.source.name.text.replace(/\W/g, "_")}.`,
        "warning",
      );
    }
  }
}

/** Other systems fold case in their own way, so that quoted names meet under another. */
function lowerCaseNames(syntax: CreateAs, report: Report): void {
  const aliases = syntax.query.items.flatMap((item) =>
    item.kind === "expression" && item.alias !== undefined ? [item.alias] : [],
  );
  const names: Name[] = [syntax.name, ...aliases];
  for (const name of names.filter(({ text }) => text !== text.toUpperCase())) {
    report(
      name,
      `${quotedName(name.text)} keeps its lower case here, and is another name than ${name.text.toUpperCase()} in some targets. Write ${name.text.toUpperCase()}.`,
      "warning",
    );
  }
}
