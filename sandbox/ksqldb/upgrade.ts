import { describeSqlType } from "../../model/ksql/sqlType.ts";
import type { AnalysedStatement, PlanStep, Relation, RelationColumn } from "../../model/ksql/statement.ts";
import { badStatement, KsqlProblem } from "./problem.ts";

/** Steps that no upgrade goes through, by ksqlDB's names for them. */
const notYet: Partial<Record<PlanStep["kind"], string>> = {
  streamStreamJoin: "StreamStreamJoin",
  streamTableJoin: "StreamTableJoin",
  tableTableJoin: "TableTableJoin",
  foreignKeyTableTableJoin: "ForeignKeyTableTableJoin",
  windowedAggregate: "StreamWindowedAggregate",
  flatMap: "StreamFlatMap",
  suppress: "TableSuppress",
};

const mustMatch: Partial<Record<PlanStep["kind"], [step: string, what: string]>> = {
  streamSource: ["StreamSource", "topicName"],
  tableSource: ["TableSource", "topicName"],
  partitionBy: ["StreamSelectKey", "keyExpressions"],
  groupBy: ["StreamGroupBy", "groupByExpressions"],
  streamAggregate: ["StreamAggregate", "columns not part of aggregate"],
  tableAggregate: ["TableAggregate", "columns not part of aggregate"],
};

/** What CREATE OR REPLACE refuses; the table of the REST reference. */
export function mustUpgrade(before: AnalysedStatement, after: AnalysedStatement): void {
  const [old, now] = [before.result, after.result];
  if (old !== undefined && now !== undefined) {
    mustUpgradeRelation(old, now);
  }
  for (const { kind } of [...after.steps, ...before.steps]) {
    const step = notYet[kind];
    if (step !== undefined) {
      throw new KsqlProblem(40000, `Upgrades not yet supported for ${step}`);
    }
  }
  for (const [kind, [step, what]] of Object.entries(mustMatch)) {
    const [a, b] = [before, after].map(({ steps }) => steps.filter((one) => one.kind === kind).map(({ text }) => text));
    if (String(a) !== String(b)) {
      const values = `Values differ: [${String(a)}] vs. [${String(b)}]`;
      throw new KsqlProblem(
        40000,
        `Query is not upgradeable. Plan step of type ${step} must have matching ${what}. ${values}`,
      );
    }
  }
}

function mustUpgradeRelation(old: Relation, now: Relation): void {
  const refuse = (why: string) => badStatement(`Cannot upgrade data source: DataSource '\`${old.name}\`' ${why}`);
  if (old.readOnly === true || now.readOnly === true) {
    throw badStatement(
      `Cannot add ${now.kind} '${now.name}': CREATE OR REPLACE is not supported on source ${now.kind}s.`,
    );
  }
  const different = (what: string, from: string, to: string) =>
    refuse(`has ${what} = ${from} which is not upgradeable to ${to}`);
  if (old.kind !== now.kind) {
    throw different("type", `K${old.kind.toUpperCase()}`, `K${now.kind.toUpperCase()}`);
  }
  const topicText = ({ topic, keyFormat, valueFormat }: Relation) =>
    `KsqlTopic{kafkaTopicName=\`${topic}\`, keyFormat=${keyFormat}, valueFormat=${valueFormat}}`;
  if (topicText(old) !== topicText(now)) {
    throw different("ksqlTopic", topicText(old), topicText(now));
  }
  const [oldKey, newKey] = [old, now].map(({ columns }) => columns.filter(({ isKey }) => isKey).map(columnText));
  if (String(oldKey) !== String(newKey)) {
    throw refuse(
      `has schema = ${schemaText(old)} which is not upgradeable to ${schemaText(now)}. Key columns must be identical. ` +
        `(The following key columns are changed, missing or reordered: [${(oldKey ?? []).join(", ")}])`,
    );
  }
  const kept = old.columns.filter(({ isKey }) => !isKey);
  const columns = now.columns.filter(({ isKey }) => !isKey);
  const lost = kept.filter((column, index) => columnText(column) !== columnText(columns[index]));
  if (lost.length > 0) {
    throw refuse(
      `has schema = ${schemaText(old)} which is not upgradeable to ${schemaText(now)}. ` +
        `(The following columns are changed, missing or reordered: [${lost.map(columnText).join(", ")}])`,
    );
  }
}

function columnText(column: RelationColumn | undefined): string {
  return column === undefined ? "" : `\`${column.name}\` ${describeSqlType(column.type)}${column.isKey ? " KEY" : ""}`;
}

function schemaText({ columns }: Relation): string {
  return columns.map(columnText).join(", ");
}
