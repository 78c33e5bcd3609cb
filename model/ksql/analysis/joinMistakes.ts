import { expressionText } from "../expressionText.ts";
import { quotedName } from "../ident.ts";
import type { Report } from "../reading/build.ts";
import type { Expression, Join } from "../syntax.ts";
import type { Joined } from "./key.ts";
import type { ScopeSource } from "./scope.ts";

export function sideMistakes(left: Joined, join: Join, right: ScopeSource, report: Report): void {
  const rightName = quotedName(right.relation.name);
  if (left.scope.sources.some(({ relation }) => relation.name === right.relation.name)) {
    report(
      join.source,
      `ksqlDB does not join ${rightName} with itself. Write a copy of it with CREATE ${right.relation.kind.toUpperCase()} … AS SELECT, and join that.`,
    );
  }
  const isStreamStream = left.kind === "stream" && right.relation.kind === "stream";
  if (left.kind === "table" && right.relation.kind === "stream") {
    report(
      join,
      `A stream comes first when it is joined with a table, and ${rightName} is a stream. Write FROM ${rightName} … JOIN the table.`,
    );
  } else if (
    left.kind === "stream" &&
    right.relation.kind === "table" &&
    (join.kind === "RIGHT" || join.kind === "FULL")
  ) {
    report(
      join,
      `A stream and a table have no ${join.kind} JOIN: only the stream's rows make the join happen. Write LEFT JOIN or INNER JOIN.`,
    );
  }
  if (isStreamStream && join.within === undefined) {
    report(
      join,
      "Two streams are joined within a time, and here is none. Write WITHIN 1 HOUR GRACE PERIOD 10 MINUTES, or the like, before ON.",
    );
  } else if (!isStreamStream && join.within !== undefined) {
    report(
      join.within,
      `WITHIN is for two streams, and ${[...left.scope.sources.map(({ relation }) => relation), right.relation]
        .filter(({ kind }) => kind === "table")
        .map(({ name }) => quotedName(name))
        .join(" and ")} is a table. Take WITHIN out.`,
    );
  }
  const windowed = [...left.scope.sources, right].filter(({ relation }) => relation.windowed !== undefined);
  const plain = [...left.scope.sources, right].find(({ relation }) => relation.windowed === undefined);
  const [first] = windowed;
  if (first !== undefined && plain !== undefined) {
    report(
      join,
      `${quotedName(first.relation.name)} has a window in its key and ${quotedName(plain.relation.name)} has none, so no keys are ever equal. ` +
        "Join before the window, or window both alike.",
    );
  }
}

/** A table is found by its key and nothing else. */
export function rightKeyMistakes(
  right: ScopeSource,
  side: Expression,
  rightName: string,
  join: Join,
  report: Report,
): void {
  const keys = right.relation.columns.filter(({ isKey: key }) => key).map(({ name }) => name);
  const isPrimary = side.kind === "column" && keys.includes(side.name.text);
  if (isPrimary && keys.length === 1) {
    return;
  }
  const relation = quotedName(right.relation.name);
  if (keys.length > 1) {
    report(
      join.on ?? join,
      `${relation} has a key of ${keys.length} columns, and a table is joined by a key of one. Make a table with one key of it first.`,
    );
    return;
  }
  report(
    side,
    `A table is joined by its primary key, and ${expressionText(side)} is not that of ${relation}. Write ${rightName}.${quotedName(keys[0] ?? "")}.`,
  );
}

export function foreignKeyMistakes(left: Joined, join: Join, report: Report): void {
  if (join.kind !== "INNER" && join.kind !== "LEFT") {
    report(join, `A join by a foreign key is INNER or LEFT, and this is ${join.kind}. Write LEFT JOIN.`);
  }
  if (left.scope.sources.length > 1) {
    report(
      join,
      "A join by a foreign key has two tables. Write the first join as a statement of its own, and join its result.",
    );
  }
}

export function partitionMistakes(left: Joined, join: Join, right: ScopeSource, report: Report): void {
  const other = left.scope.sources.find(
    ({ relation }) =>
      relation.partitions !== undefined &&
      right.relation.partitions !== undefined &&
      relation.partitions !== right.relation.partitions,
  );
  if (other === undefined) {
    return;
  }
  const counts = [other.relation, right.relation].map(
    ({ name, partitions }) => `${quotedName(name)} has ${partitions ?? 0}`,
  );
  report(
    join,
    `ksqlDB joins topics with equally many partitions, and ${counts.join(" but ")}. Give both the same count, or re-key one into a topic that has it.`,
  );
}
