import { changeColumns, positionColumns as logColumns } from "../changeColumns.ts";
import { carriedBy, type ColumnType, type SourceKind } from "../columnTypes.ts";
import { deletionsOf, sessionOf, type Deletions } from "../deletions.ts";
import { readBy, type Dataset, type Graph, type Reader, type Transformation } from "../graph.ts";
import { nameIn } from "../names.ts";
import type { TableKind } from "../pipeline.ts";
import { sourceKindOf } from "../warehouse/landing.ts";
import { recordColumns } from "./columns.ts";

/** A column of the files of a topic. */
export interface LakeColumn {
  /** In lower case, as Glue has it. In the files it is as it is in the topic; Athena finds it nonetheless. */
  readonly name: string;
  /** Hive's, as Glue has it: `int`, `decimal(5,2)`, `string`. */
  readonly type: string;
  /** Whose it is: of the row itself, of the change (what the transforms add), or of the Kafka record. */
  readonly of: "row" | "change" | "record";
}

/** What of a topic is in the lake, and what it means. */
export interface LakeTable {
  /** Name of the dataset, and of the view that people read, in lower case. */
  readonly dataset: string;
  /** Name of the table that has every record: `orders_history`. */
  readonly history: string;
  readonly topic: string;
  readonly kind: TableKind;
  /** Columns that identify a row; empty: each record is a row of its own. */
  readonly key: readonly string[];
  readonly columns: readonly LakeColumn[];
  readonly deletions: Deletions;
  /** Where a window begins and ends, for `session`. */
  readonly session: { readonly start: string; readonly end: string } | undefined;
}

/** `orders_history`, of `ORDERS`: what the table is called that has every record of a topic. */
export function historyName(dataset: string): string {
  return `${nameIn("glue", dataset)}_history`;
}

/** The table of a table (with the kind of its source) or of a result. Expects that Glue takes its names and types. */
export function lakeTable(dataset: Dataset & Partial<Transformation>, sourceKind?: SourceKind): LakeTable {
  const named = (name: string) => nameIn("glue", name);
  const column = ({ name, type }: { name: string; type: ColumnType }, of: LakeColumn["of"]): LakeColumn => ({
    name: named(name),
    type: typeIn(type),
    of,
  });
  const change = sourceKind === undefined ? [] : [...changeColumns, ...logColumns[sourceKind]];
  const session = sessionOf(dataset);
  return {
    dataset: named(dataset.name),
    history: historyName(dataset.name),
    topic: dataset.topic,
    kind: dataset.kind,
    key: dataset.key.map(named),
    columns: [
      ...dataset.columns.map((own) => column(own, "row")),
      ...change.map((added) => column(added, "change")),
      ...recordColumns.map((added) => column(added, "record")),
    ],
    deletions: deletionsOf(dataset, sourceKind === undefined),
    session: session === undefined ? undefined : { start: named(session.start), end: named(session.end) },
  };
}

/** The tables of a target. */
export function lakeTables(graph: Graph, target: Pick<Reader, "reads">): LakeTable[] {
  return readBy(graph, target).map((dataset) => lakeTable(dataset, sourceKindOf(graph.sources, dataset)));
}

function typeIn(type: ColumnType): string {
  const carried = carriedBy("glue", type);
  if ("refused" in carried) {
    throw new Error(`${carried.refused}, which a check should have said`);
  }
  return carried.type;
}
