import { all } from "../../words.ts";
import { readKsql } from "../reading/read.ts";
import { quotedName } from "../ident.ts";
import type { PlanStep } from "../statement.ts";
import { allPartsOf, type Expression, type Query } from "../syntax.ts";
import type { StatementPlan } from "./statementPlan.ts";

export interface QueryChange {
  /** Why ksqlDB does not replace the query in place. */
  readonly reason: string | undefined;
  /** What changes, as part of a sentence. */
  readonly words: string;
}

/** Steps that ksqlDB never upgrades, whatever changes around them: its plan has no rule for them. */
const fixed: Partial<Record<PlanStep["kind"], string>> = {
  streamStreamJoin: "a join cannot be replaced in place",
  streamTableJoin: "a join cannot be replaced in place",
  tableTableJoin: "a join cannot be replaced in place",
  foreignKeyTableTableJoin: "a join cannot be replaced in place",
  windowedAggregate: "a windowed aggregate cannot be replaced in place",
  flatMap: "a query whose functions make rows cannot be replaced in place",
  suppress: "a query that emits final results only cannot be replaced in place",
};

/** Steps that must be the same before and after. */
const same: Partial<Record<PlanStep["kind"], string>> = {
  streamSource: "what it reads",
  tableSource: "what it reads",
  partitionBy: "its PARTITION BY",
  groupBy: "its GROUP BY",
  streamAggregate: "the SELECT list of an aggregate",
  tableAggregate: "the SELECT list of an aggregate",
};

/** Filters and projections may come, go and change; ksqlDB looks through them. */
export function queryChange(before: StatementPlan, after: StatementPlan): QueryChange {
  const both = [...before.steps, ...after.steps];
  const hard = both.map(({ kind }) => fixed[kind]).find((reason) => reason !== undefined);
  const firm = ({ steps }: StatementPlan) => steps.filter(({ kind }) => same[kind] !== undefined);
  const [old, now] = [firm(before), firm(after)];
  const differs = [...now, ...old].find((step) => textsOf(old, step.kind) !== textsOf(now, step.kind));
  const firmReason =
    differs === undefined
      ? undefined
      : `${same[differs.kind] ?? ""} changes${fromTo(textsOf(old, differs.kind), textsOf(now, differs.kind))}`;
  return { reason: hard ?? firmReason ?? aggregateReason(before, after), words: wordsOf(before, after) };
}

/** ksqlDB keeps the columns that an aggregate reads with its sums; they are not to change, not by a filter either. */
function aggregateReason(before: StatementPlan, after: StatementPlan): string | undefined {
  if (!after.steps.some(({ kind }) => kind === "streamAggregate" || kind === "tableAggregate")) {
    return undefined;
  }
  const [old, now] = [columnsRead(before.normal), columnsRead(after.normal)];
  const other = [...now.filter((name) => !old.includes(name)), ...old.filter((name) => !now.includes(name))];
  return other.length === 0
    ? undefined
    : `an aggregate cannot be replaced in place by one that reads other columns (${all(other.map(quotedName))})`;
}

function columnsRead(normal: string): string[] {
  const [statement] = readKsql("", `${normal};`).statements;
  const query = statement?.kind === "createAs" ? statement.query : undefined;
  const names = query === undefined ? [] : expressionsOf(query).flatMap(allPartsOf).flatMap(nameOf);
  return [...new Set(names)].sort();
}

function expressionsOf({ items, where, groupBy, having }: Query): Expression[] {
  const selected = items.flatMap((item) => (item.kind === "expression" ? [item.value] : []));
  return [...selected, ...[where, having].filter((one) => one !== undefined), ...groupBy];
}

function nameOf(part: Expression): string[] {
  return part.kind === "column" ? [part.name.text] : part.kind === "call" && part.isAll ? ["ROWTIME"] : [];
}

function wordsOf(before: StatementPlan, after: StatementPlan): string {
  const part = (what: string, kinds: readonly PlanStep["kind"][]) => {
    const [old, now] = [before, after].map(({ steps }) => kinds.map((kind) => textsOf(steps, kind)).join(""));
    return old === now ? [] : [spoken(what, old ?? "", now ?? "")];
  };
  const parts = [...part("filter", ["streamFilter", "tableFilter"]), ...part("filter of groups", ["having"])];
  const isComputed = textsOf(before.steps, "project") !== textsOf(after.steps, "project");
  const computed = isComputed ? ["its columns are computed differently"] : [];
  return all([...parts, ...computed]).replace(/^nothing$/, "its text changes and its plan does not");
}

function spoken(what: string, old: string, now: string): string {
  if (old === "") {
    return `it gets the ${what} ${now}`;
  }
  return now === "" ? `it loses the ${what} ${old}` : `its ${what} changes from ${old} to ${now}`;
}

function textsOf(steps: readonly PlanStep[], kind: PlanStep["kind"]): string {
  return steps
    .filter((step) => step.kind === kind)
    .map(({ text }) => text)
    .join(", ");
}

/** A SELECT list is too long to be told twice. */
function fromTo(old: string, now: string): string {
  return old.length + now.length > 160 ? "" : ` from ${old === "" ? "none" : old} to ${now === "" ? "none" : now}`;
}
