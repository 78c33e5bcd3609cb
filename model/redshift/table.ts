import { changeColumnNames } from "../changeColumns.ts";
import { carriedBy, describeType, type ColumnType } from "../columnTypes.ts";
import { deletionsOf, type Deletions } from "../deletions.ts";
import type { Column, Transformation } from "../graph.ts";
import { recordColumns } from "../lake/columns.ts";
import { collidingNames, nameIn, refusedName } from "../names.ts";
import { all } from "../words.ts";

export interface RedshiftColumn {
  /** As Redshift keeps it: in lower case. */
  readonly name: string;
  readonly type: string;
}

/** A table of Redshift's that takes every record of a topic. The sink calls it as the topic is called. */
export interface RedshiftTable {
  /** In lower case, without its schema. */
  readonly name: string;
  readonly topic: string;
  /** The row's own, then where its record stands in Kafka and when it came there. */
  readonly columns: readonly RedshiftColumn[];
  /** Columns that identify a row, of which the last version counts; empty: each record is a row of its own. */
  readonly key: readonly string[];
  readonly deletions: Deletions;
  /** The column that says `true` in the last version of a row that is gone. */
  readonly deleted: string | undefined;
}

/** Expects that Redshift takes its names and types. */
export function redshiftTable(result: Transformation): RedshiftTable {
  const named = (name: string) => nameIn("redshift", name);
  const columns = [...result.columns, ...recordColumns].map(({ name, type }) => ({
    name: named(name),
    type: typeIn(type),
  }));
  const deletions = deletionsOf(result, true);
  return {
    name: named(result.name),
    topic: result.topic,
    columns,
    key: result.key.map(named),
    deletions,
    deleted: deletions === "flag" ? "__deleted" : undefined,
  };
}

/** What of a result Redshift has no name or type for: a sentence or two each. */
export function redshiftMistakes({ name, columns }: Transformation): string[] {
  const refused = refusedName("redshift", "table", name);
  const added = recordColumns.map((column) => column.name);
  return [
    ...(refused === undefined ? [] : [`${refused.reason}. Give it another name, e.g. ${refused.nearest}.`]),
    ...collidingNames("redshift", [...columns.map((column) => column.name), ...added]).map(
      (group) => `${all(group)} would be one column in Redshift. Write … AS another name.`,
    ),
    ...columns.flatMap((column) => columnMistakes(column)),
  ];
}

function columnMistakes({ name, type }: Column): string[] {
  // A result has a flag of deletions only if its statement selects it, and then it is a column like others.
  const refused = changeColumnNames.includes(name.toLowerCase()) ? undefined : refusedName("redshift", "column", name);
  const carried = carriedBy("redshift", redshiftType(type));
  return [
    ...(refused === undefined ? [] : [`column ${name}: ${refused.reason}. Write … AS ${refused.nearest}.`]),
    ...("refused" in carried
      ? [
          `column ${name}: ${carried.refused}, so ${describeType(type)} would lose something. Cast it to ${describeType(carried.nearest)}.`,
        ]
      : []),
  ];
}

function typeIn(type: ColumnType): string {
  const carried = carriedBy("redshift", redshiftType(type));
  if ("refused" in carried) {
    throw new Error(`${carried.refused}, which a check should have said`);
  }
  return carried.type;
}

/** The most characters that a column of text holds, at four bytes each. */
const longestText = 16_383;

/** Of a result's text nobody says how long it is: it gets the longest there is, and what is longer is a dead letter. */
function redshiftType(type: ColumnType): ColumnType {
  return type.logical === "text" && type.length > longestText ? { logical: "text", length: longestText } : type;
}
