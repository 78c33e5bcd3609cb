import type { AnalysedQuery } from "../../model/ksql/analysis/query.ts";
import { identityOf } from "../../model/ksql/analysis/scope.ts";
import { quotedName } from "../../model/ksql/ident.ts";
import { normalStatement } from "../../model/ksql/normal.ts";
import type { PropertyValue, Relation } from "../../model/ksql/statement.ts";
import type { Duration, Join, StatementSyntax, Window } from "../../model/ksql/syntax.ts";

/**
 * A statement as the server tells it: not as it was sent. Columns are qualified, `*` is written out, WITH has what nobody
 * wrote, and DELETE TOPIC is left out.
 */
export function serverText(syntax: StatementSyntax, query?: AnalysedQuery, result?: Relation): string {
  switch (syntax.kind) {
    case "createAs":
      return `${head(syntax)} ${withText(propertiesOf(syntax.properties, result))} AS ${queryText(query)};`;
    case "insertSelect":
      return `INSERT INTO ${quotedName(syntax.name.text)} ${queryText(query)};`;
    case "createSource":
      return `${normalStatement({ ...syntax, properties: [] })} ${withText(propertiesOf(syntax.properties, undefined))};`;
    case "drop":
      return `${normalStatement({ ...syntax, deleteTopic: false })};`;
    default:
      return `${normalStatement(syntax)};`;
  }
}

type Create = Extract<StatementSyntax, { kind: "createAs" | "createSource" }>;

function head(syntax: Extract<StatementSyntax, { kind: "createAs" }>): string {
  const words = [
    "CREATE",
    syntax.orReplace ? "OR REPLACE" : "",
    syntax.relationKind.toUpperCase(),
    syntax.ifNotExists ? "IF NOT EXISTS" : "",
    quotedName(syntax.name.text),
  ];
  return words.filter((word) => word !== "").join(" ");
}

function propertiesOf(written: Create["properties"], result: Relation | undefined): Map<string, PropertyValue> {
  const properties = new Map<string, PropertyValue>();
  if (result !== undefined) {
    properties.set("CLEANUP_POLICY", result.kind === "table" && result.windowed === undefined ? "compact" : "delete");
    properties.set("KAFKA_TOPIC", result.topic);
    properties.set("PARTITIONS", result.partitions ?? 1);
    properties.set("REPLICAS", 3);
    properties.set("RETENTION_MS", 604800000);
  }
  for (const { name, value } of written) {
    properties.set(name, value);
  }
  return properties;
}

function withText(properties: ReadonlyMap<string, PropertyValue>): string {
  const parts = [...properties]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, value]) => `${name}=${typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value)}`,
    );
  return `WITH (${parts.join(", ")})`;
}

function queryText(analysed: AnalysedQuery | undefined): string {
  if (analysed === undefined) {
    return "";
  }
  const { query, from, columns } = analysed;
  const written = (expression: Parameters<typeof identityOf>[1]) => identityOf(from.scope, expression);
  const items = columns.map(({ name, identity }) => `  ${identity} ${quotedName(name)}`).join(",\n");
  return [
    `SELECT\n${items}`,
    `FROM ${quotedName(query.from.name.text)} ${quotedName(query.from.alias.text)}`,
    ...query.joins.map((join) => joinText(join, join.on === undefined ? "" : written(join.on))),
    query.window === undefined ? "" : windowText(query.window),
    query.where === undefined ? "" : `WHERE (${written(query.where)})`,
    query.groupBy.length === 0 ? "" : `GROUP BY ${query.groupBy.map(written).join(", ")}`,
    query.partitionBy.length === 0 ? "" : `PARTITION BY ${query.partitionBy.map(written).join(", ")}`,
    query.having === undefined ? "" : `HAVING (${written(query.having)})`,
    `EMIT ${query.emit?.kind ?? "CHANGES"}`,
  ]
    .filter((line) => line !== "")
    .join("\n");
}

const joinWords = { INNER: "INNER JOIN", LEFT: "LEFT OUTER JOIN", RIGHT: "RIGHT OUTER JOIN", FULL: "FULL OUTER JOIN" };

function joinText({ kind, source, within }: Join, on: string): string {
  const time = (duration: Duration) => `${duration.count} ${duration.unit}`;
  const span =
    within === undefined
      ? ""
      : ` WITHIN (${time(within.before)}, ${time(within.after)})${within.grace ? ` GRACE PERIOD ${time(within.grace)}` : ""}`;
  return `${joinWords[kind]} ${quotedName(source.name.text)} ${quotedName(source.alias.text)}${span} ON ((${on}))`;
}

function windowText({ kind, size, advance, retention, grace }: Window): string {
  const time = (word: string, duration: Duration | undefined) =>
    duration === undefined ? [] : [`${word}${duration.count} ${duration.unit}`];
  const parts = [
    ...time(kind === "SESSION" ? "" : "SIZE ", size),
    ...time("ADVANCE BY ", advance),
    ...time("RETENTION ", retention),
    ...time("GRACE PERIOD ", grace),
  ];
  return `WINDOW ${kind} ( ${parts.join(" , ")} )`;
}
