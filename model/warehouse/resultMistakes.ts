import { changeColumnNames } from "../changeColumns.ts";
import { carriedBy, describeType } from "../columnTypes.ts";
import type { Column, Graph, Target, Transformation } from "../graph.ts";
import type { Checked } from "../ksql/check.ts";
import { refusedName } from "../names.ts";
import { statementFile } from "../streams.ts";
import { systemOf } from "../targets/registry.ts";
import { all } from "../words.ts";

/**
 * What of the results that targets read has no column there, one or two sentences each. Expects the columns of results;
 * those of tables are checked with the declaration.
 */
export function resultMistakes(graph: Graph): string[] {
  return graph.transformations.flatMap((result) => {
    const systems = [...new Set(readersOf(graph, result).flatMap(({ kind }) => systemOf(kind) ?? []))];
    return result.columns.flatMap((column) =>
      systems.flatMap((system) =>
        columnMistakes(system, column).map((mistake) => `${statementFile(result)}: column ${column.name}: ${mistake}`),
      ),
    );
  });
}

/** What works, and shows too much where the current state is computed: the tombstone of a window does not say which one it is of. */
export function resultWarnings(graph: Graph, { statements }: Pick<Checked, "statements">): string[] {
  return graph.transformations
    .filter(({ name, window }) => {
      const { steps = [] } = statements.find((statement) => statement.name === name) ?? {};
      return window !== undefined && steps.some(({ kind }) => kind === "having");
    })
    .flatMap((result) => {
      const places = [...new Set(readersOf(graph, result).flatMap(({ kind }) => computing[kind] ?? []))];
      return places.length === 0
        ? []
        : [
            `${statementFile(result)}: a window that HAVING leaves out again, since it counts less than before, stays in ` +
              `${all(places)}. Take HAVING out, and filter there.`,
          ];
    });
}

/** Where the current state is computed from all that a topic has had. */
const computing: Partial<Record<Target["kind"], string>> = { snowflake: "Snowflake", lake: "Athena" };

function readersOf(graph: Graph, { name }: Transformation): Target[] {
  return graph.targets.filter(({ reads }) => reads === "all" || reads.includes(name));
}

function columnMistakes(system: NonNullable<ReturnType<typeof systemOf>>, { name, type }: Column): string[] {
  // A result has a flag of deletions only if its statement selects it, and then it is a column like others.
  const refused = changeColumnNames.includes(name.toLowerCase()) ? undefined : refusedName(system, "column", name);
  const carried = carriedBy(system, type);
  return [
    ...(refused === undefined ? [] : [`${refused.reason}. Write … AS ${refused.nearest}.`]),
    ...("refused" in carried
      ? [
          `${carried.refused}, so ${describeType(type)} would lose something. Cast it to ${describeType(carried.nearest)}.`,
        ]
      : []),
  ];
}
