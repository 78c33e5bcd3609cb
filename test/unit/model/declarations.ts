import * as fc from "fast-check";
import {
  boolean,
  bytes,
  date,
  decimal,
  float64,
  int16,
  int32,
  int64,
  text,
  timestamp,
  uuid,
  type ColumnType,
} from "../../../model/columnTypes.ts";
import { declaredGraph, type Source } from "../../../model/graph.ts";
import type { PipelineDeclaration, SourceDeclaration, Stage, TableDeclaration } from "../../../model/pipeline.ts";

/** One declared source, with every default filled in. */
export function sourceOf(name: string, declared: SourceDeclaration): Source {
  const declaration = { sources: { [name]: declared }, transformations: {}, targets: {}, consumers: {} };
  const [source] = declaredGraph(declaration).sources;
  if (source === undefined) {
    throw new Error("no source");
  }
  return source;
}

/** Letters with a digit at the end: no system has a word like that. */
const word = fc.stringMatching(/^[a-z]{1,6}[0-9]$/);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const anyTableKind = fc.constantFrom("facts" as const, "entity" as const);
export const anyStage = fc.constantFrom<Stage[]>(0, 1, 2, 3);

const named = <T>(value: fc.Arbitrary<T>, minLength: number, maxLength: number) =>
  fc.uniqueArray(fc.tuple(word, value), { minLength, maxLength, selector: ([name]) => name });

const keyType: fc.Arbitrary<ColumnType> = fc.oneof(
  fc.constantFrom(int16, int32, int64, uuid),
  fc.integer({ min: 1, max: 4000 }).map((length) => text(length)),
);
const columnType: fc.Arbitrary<ColumnType> = fc.oneof(
  keyType,
  fc.constantFrom(boolean, float64, date, timestamp(3), bytes),
  fc
    .integer({ min: 1, max: 38 })
    .chain((digits) => fc.integer({ min: 0, max: Math.min(digits, 30) }).map((scale) => decimal(digits, scale))),
);

const anyTable: fc.Arbitrary<TableDeclaration> = fc
  .record({
    kind: anyTableKind,
    keys: fc.array(keyType, { minLength: 1, maxLength: 2 }),
    columns: named(columnType, 0, 4),
    stage: anyStage,
  })
  .map(({ kind, keys, columns, stage }) => ({
    kind,
    key: keys.map((_, index) => `key_${index}`),
    columns: Object.fromEntries([...keys.map((type, index) => [`key_${index}`, type] as const), ...columns]),
    stage,
  }));

const anySource = fc.record({
  kind: fc.constantFrom<SourceDeclaration["kind"][]>("sqlServer", "mySql", "mariaDb", "postgres"),
  schema: fc.constantFrom("dbo", "sales"),
  tables: fc.array(anyTable, { minLength: 1, maxLength: 3 }),
  stage: anyStage,
});

/** Each picks one of the names that there are. */
const picks = fc.array(fc.nat(), { minLength: 1, maxLength: 3 });
const picked = (numbers: readonly number[], names: readonly string[]) => [
  ...new Set(numbers.map((number) => names[number % names.length] ?? "")),
];

/** Any pipeline in which nothing is wrong: up to nine tables, and whatever reads them. */
export const anyDeclaration: fc.Arbitrary<PipelineDeclaration> = fc
  .record({
    sources: named(anySource, 1, 3),
    partitions: optional(fc.integer({ min: 1, max: 48 })),
    results: fc.array(fc.record({ kind: anyTableKind, picks }), { maxLength: 3 }),
    targets: named(fc.record({ kind: fc.constantFrom("snowflake", "lake"), picks: optional(picks) }), 0, 3),
    consumers: named(picks, 0, 2),
  })
  .map(({ sources, partitions, results, targets, consumers }) => {
    const tableName = (source: string, index: number) => `${source}_TABLE_${index}`.toUpperCase();
    const known = sources.flatMap(([name, { tables }]) => tables.map((_, index) => tableName(name, index)));
    const transformations = results.map((result, index) => {
      const reads = picked(result.picks, known);
      known.push(`RESULT_${index}`);
      return [`RESULT_${index}`, { kind: result.kind, reads }] as const;
    });
    return {
      sources: Object.fromEntries(
        sources.map(([name, { kind, schema, tables, stage }]) => {
          const prefix = kind === "sqlServer" || kind === "postgres" ? `${schema}.` : "";
          const all = tables.map((table, index): [string, TableDeclaration] => [
            prefix + tableName(name, index),
            partitions === undefined ? table : { ...table, partitions },
          ]);
          return [name, { kind, database: "shop", tables: Object.fromEntries(all), stage }];
        }),
      ),
      transformations: Object.fromEntries(transformations),
      targets: Object.fromEntries(
        targets.map(([name, { kind, picks: numbers }]) => [
          name,
          numbers === undefined ? { kind } : { kind, reads: picked(numbers, known) },
        ]),
      ),
      consumers: Object.fromEntries(consumers.map(([name, numbers]) => [name, { reads: picked(numbers, known) }])),
    };
  });
