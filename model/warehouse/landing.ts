import { changeColumns, positionColumns } from "../changeColumns.ts";
import { carriedBy, type ColumnType, type SourceKind } from "../columnTypes.ts";
import { deletedFlag as flag, deletionsOf, sessionOf, type Deletions } from "../deletions.ts";
import { readBy, type Dataset, type Graph, type Reader, type Table, type Transformation } from "../graph.ts";
import { nameIn } from "../names.ts";
import type { TableKind } from "../pipeline.ts";

/** A column as Snowflake itself reports it, so that a declared table never differs from the real one. */
export interface LandingColumn {
  /** In upper case. */
  readonly name: string;
  /** Canonical: `NUMBER(10,0)`, `VARCHAR(50)`, `TIMESTAMP_NTZ(3)`. */
  readonly type: string;
  /** Whose it is: of the row itself, of the change (what the transforms add), or of the Kafka record. */
  readonly of: "row" | "change" | "record";
}

/** An append-only table of Snowflake's that takes all that a topic has, and what it means. */
export interface LandingTable {
  /** In upper case, without its schema. */
  readonly name: string;
  /** Name of the dataset, and of its current state in `ANALYTICS`. */
  readonly dataset: string;
  readonly topic: string;
  readonly kind: TableKind;
  /** Columns that identify a row, of which the last version counts; empty: each record is a row of its own. */
  readonly key: readonly string[];
  /** What the columns of `key` are called in the message's key, if that is a group of fields. */
  readonly keyFields: readonly string[];
  /**
   * Every column; none is NOT NULL, since a tombstone has but its record's metadata. Those of the row come last: Snowflake
   * puts a new column at the end, and the provider takes another order for a change (terraform-provider-snowflake#1064).
   */
  readonly columns: readonly LandingColumn[];
  readonly deletions: Deletions;
  /** Where a window begins and ends, for `session`. */
  readonly session: { readonly start: string; readonly end: string } | undefined;
}

/** The sink connector's own column (VARIANT): `topic`, `partition`, `offset`, `CreateTime`, `key`. */
export const recordMetadata = "RECORD_METADATA";
export const deletedFlag = nameIn("snowflake", flag);

/**
 * The landing table of a table (with the kind of its source) or of a result. Expects that Snowflake takes its names and
 * types.
 *
 * @param generation 1 or more: another one is another table, beside the earlier, for what cannot change in place
 */
export function landingTable(
  dataset: Dataset & Partial<Transformation>,
  sourceKind?: SourceKind,
  generation = 1,
): LandingTable {
  const named = (name: string) => nameIn("snowflake", name);
  const column = ({ name, type }: { name: string; type: ColumnType }, of: LandingColumn["of"]): LandingColumn => ({
    name: named(name),
    type: typeIn(type),
    of,
  });
  const change = sourceKind === undefined ? [] : [...changeColumns, ...positionColumns[sourceKind]];
  const columns: LandingColumn[] = [
    { name: recordMetadata, type: "VARIANT", of: "record" },
    ...change.map((added) => column(added, "change")),
    ...dataset.columns.map((own) => column(own, "row")),
  ];
  const session = sessionOf(dataset);
  return {
    name: generationName(named(dataset.name), generation),
    dataset: named(dataset.name),
    topic: dataset.topic,
    kind: dataset.kind,
    key: dataset.key.map(named),
    keyFields: dataset.keyFields ?? [],
    columns,
    deletions: deletionsOf(dataset, sourceKind === undefined),
    session: session === undefined ? undefined : { start: named(session.start), end: named(session.end) },
  };
}

/** The landing tables of a target. */
export interface LandingTables {
  /** Those that take rows: of each dataset the last generation. */
  readonly tables: readonly LandingTable[];
  /** Those of earlier generations that are still there. */
  readonly earlier: readonly LandingTable[];
}

/** @param generations by dataset: the generations that there are; others have the first alone */
export function landingTables(
  graph: Graph,
  target: Pick<Reader, "reads">,
  generations: Readonly<Record<string, readonly number[]>>,
): LandingTables {
  const all = readBy(graph, target).map((dataset) =>
    (generations[dataset.name] ?? [1]).map((generation) =>
      landingTable(dataset, sourceKindOf(graph.sources, dataset), generation),
    ),
  );
  return { tables: all.flatMap((tables) => tables.slice(-1)), earlier: all.flatMap((tables) => tables.slice(0, -1)) };
}

/** `ORDERS`, `ORDERS_2`, `ORDERS_3`… */
export function generationName(name: string, generation: number): string {
  return generation === 1 ? name : `${name}_${generation}`;
}

/** The kind of the source that a dataset is a table of; `undefined` for a result. */
export function sourceKindOf(
  sources: readonly { readonly name: string; readonly kind: SourceKind }[],
  dataset: Table | Transformation,
): SourceKind | undefined {
  return "path" in dataset ? sources.find(({ name }) => name === dataset.source)?.kind : undefined;
}

function typeIn(type: ColumnType): string {
  const carried = carriedBy("snowflake", type);
  if ("refused" in carried) {
    throw new Error(`${carried.refused}, which a check should have said`);
  }
  return carried.type;
}
