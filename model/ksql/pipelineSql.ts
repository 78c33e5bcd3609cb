import type { Graph, Transformation } from "../graph.ts";
import { all } from "../words.ts";
import { inFileOrder, type Checked, type SqlFile } from "./check.ts";
import { quotedName } from "./ident.ts";
import { sourceRelation } from "./sources.ts";
import type { Mistake } from "./statement.ts";
import { checkTransformations } from "./transformations.ts";

export interface SqlEnvironment {
  /** Partitions of a topic for which nothing is declared: `kafka.partitions`. */
  readonly partitions: number;
  /** Persistent queries that the cluster runs. Default: 40. */
  readonly queryLimit?: number | undefined;
}

/**
 * Checks the files of the transformations in a graph: each by itself, against the tables that are declared and the
 * topics that the stack makes, and against what `pipeline.ts` says of it. Expects a graph without mistakes.
 */
export function checkPipelineSql(graph: Graph, files: readonly SqlFile[], environment: SqlEnvironment): Checked {
  const relations = graph.tables.map((table) => sourceRelation(table, environment.partitions));
  const topics = new Map(
    [...graph.tables, ...graph.transformations].map((item) => [item.topic, item.partitions ?? environment.partitions]),
  );
  const checked = checkTransformations(files, { relations, topics, queryLimit: environment.queryLimit });
  const declared = graph.transformations.flatMap((transformation) => declarationMistakes(transformation, checked));
  return { ...checked, mistakes: inFileOrder([...checked.mistakes, ...declared], files) };
}

/** Where `pipeline.ts` says something else than the statement does. */
function declarationMistakes({ name, kind, reads }: Transformation, { statements }: Checked): Mistake[] {
  const statement = statements.find((candidate) => candidate.kind === "createAs" && candidate.name === name);
  if (statement === undefined) {
    return [];
  }
  const { file, at, relationKind } = statement;
  const mistake = (text: string): Mistake => ({ file, ...at, severity: "harmful", text });
  const declaredKind = kind === "facts" ? "stream" : "table";
  const isSame = reads.toSorted().join() === statement.reads.toSorted().join();
  return [
    ...(isSame
      ? []
      : [
          mistake(
            `pipeline.ts says that ${name} reads ${all(reads)}, and it reads ${all(statement.reads.map(quotedName))}. ` +
              `Write reads: [${statement.reads.map((read) => JSON.stringify(read)).join(", ")}] there.`,
          ),
        ]),
    ...(relationKind === undefined || relationKind === declaredKind
      ? []
      : [
          mistake(
            `pipeline.ts says that ${name} is ${kind === "facts" ? "facts, a stream" : "an entity, a table"}, and this ` +
              `makes a ${relationKind}. Write kind: "${relationKind === "stream" ? "facts" : "entity"}" there.`,
          ),
        ]),
  ];
}
