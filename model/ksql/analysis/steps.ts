import { expressionText, listText } from "../expressionText.ts";
import { itemText, windowText } from "../normal.ts";
import type { PlanStep } from "../statement.ts";
import type { Query } from "../syntax.ts";
import { isCallOf, tableFunctions } from "../typing/functions.ts";
import type { Joined } from "./key.ts";

export function stepsOf(query: Query, from: Joined, isAggregate: boolean): PlanStep[] {
  const { where, groupBy, partitionBy, window, having, emit } = query;
  const isTable = from.kind === "table";
  const items = query.items.map(itemText).join(", ");
  const hasRows = query.items.some((item) => item.kind === "expression" && isCallOf(tableFunctions, item.value));
  const aggregate: PlanStep =
    window === undefined
      ? { kind: isTable ? "tableAggregate" : "streamAggregate", text: items }
      : { kind: "windowedAggregate", window: window.kind, text: `${windowText(window)} ${items}` };
  return [
    ...from.steps,
    ...(where === undefined
      ? []
      : [{ kind: isTable ? "tableFilter" : "streamFilter", text: `WHERE ${expressionText(where)}` } as const]),
    ...(hasRows ? [{ kind: "flatMap", text: items } as const] : []),
    ...(partitionBy.length === 0
      ? []
      : [{ kind: "partitionBy", text: `PARTITION BY ${listText(partitionBy)}` } as const]),
    ...(isAggregate ? [{ kind: "groupBy", text: `GROUP BY ${listText(groupBy)}` } as const, aggregate] : []),
    ...(having === undefined ? [] : [{ kind: "having", text: `HAVING ${expressionText(having)}` } as const]),
    ...(emit?.kind === "FINAL" ? [{ kind: "suppress", text: "EMIT FINAL" } as const] : []),
    { kind: "project", text: `SELECT ${items}` },
  ];
}
