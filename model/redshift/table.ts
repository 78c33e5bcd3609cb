import { carriedBy, type ColumnType } from "../columnTypes.ts";
import { deletionsOf, type Deletions } from "../deletions.ts";
import type { Transformation } from "../graph.ts";
import { recordColumns } from "../lake/columns.ts";
import { nameIn } from "../names.ts";

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
