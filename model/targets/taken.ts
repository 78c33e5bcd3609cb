import type { SourceKind } from "../columnTypes.ts";
import { readBy, type Graph, type Reader, type Table, type Transformation } from "../graph.ts";
import { sourceKindOf } from "../warehouse/landing.ts";

/** A topic that a target takes, with what is in it. */
export interface TakenTopic {
  /** Its name, e.g. `mssql.dbo.ORDERS`. */
  readonly topic: string;
  readonly partitions: number;
  readonly dataset: Table | Transformation;
  /** Of the source that it is a table of, which adds columns of its own to rows; `undefined`: of none. */
  readonly sourceKind: SourceKind | undefined;
}

/**
 * What a target takes, sorted by topic.
 *
 * @param partitions of a topic that does not say its own
 */
export function topicsTaken(graph: Graph, target: Pick<Reader, "reads">, partitions: number): TakenTopic[] {
  return readBy(graph, target)
    .map((dataset) => ({
      topic: dataset.topic,
      partitions: dataset.partitions ?? partitions,
      dataset,
      sourceKind: sourceKindOf(graph.sources, dataset),
    }))
    .toSorted((a, b) => (a.topic < b.topic ? -1 : 1));
}
