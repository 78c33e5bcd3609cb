import type { Graph } from "../model/graph.ts";
import { checkPipelineSql } from "../model/ksql/pipelineSql.ts";
import { plansOf, type KsqlDbPlan } from "../model/ksql/plan.ts";
import { withResults } from "../model/ksql/results.ts";
import { isError, mistakeText } from "../model/ksql/statement.ts";
import { statementFile } from "../model/streams.ts";
import { resultMistakes, resultWarnings } from "../model/warehouse/resultMistakes.ts";
import type { KafkaConfig } from "./kafka.ts";
import { sitesOf, type StreamsConfig } from "./streams.ts";

/** What the files of the transformations that are on say. */
export interface SqlResult {
  /** The graph with the columns of results. */
  readonly graph: Graph;
  readonly plans: readonly KsqlDbPlan[];
  /** What ksqlDB refuses, or what loses data: `sql/ksqldb/X.sql:3:7: …`. */
  readonly mistakes: readonly string[];
  /** What works, and people come to regret. */
  readonly warnings: readonly string[];
}

/** Loads the parser, which takes a tenth of a second: asked only when transformations are on. */
export function readSql(
  graph: Graph,
  { kafka, streams }: { readonly kafka: KafkaConfig; readonly streams: StreamsConfig },
  textOf: (file: string) => string | undefined,
): SqlResult {
  const files = graph.transformations.map((transformation) => {
    const file = statementFile(transformation);
    return { file, text: textOf(file) ?? "" };
  });
  // Queries are counted by whoever knows in which ksqlDB they run: `queryMistakes`.
  const checked = checkPipelineSql(graph, files, { partitions: kafka.partitions, queryLimit: Infinity });
  const mistakes = checked.mistakes.filter(isError).map(mistakeText);
  const warnings = checked.mistakes.filter((one) => !isError(one)).map(mistakeText);
  if (mistakes.length > 0) {
    return { graph, plans: [], mistakes, warnings };
  }
  const known = withResults(graph, checked, files);
  return {
    graph: known,
    plans: plansOf(known, checked, sitesOf(streams), streams),
    mistakes: resultMistakes(known),
    warnings: [...warnings, ...resultWarnings(known, checked)],
  };
}
