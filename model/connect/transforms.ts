import { changeColumns, positionColumns } from "../changeColumns.ts";
import type { Source, Table } from "../graph.ts";
import type { TableKind } from "../pipeline.ts";
import { debeziumTopic, fieldOf, keyFields, literal, signalTable } from "./debeziumNames.ts";

/** Deletes become rows with `__deleted`; of an entity, compaction must also learn that the key is gone. */
const deletes: Readonly<Record<TableKind, string>> = { facts: "rewrite", entity: "rewrite-with-tombstone" };

const kafkaTransforms = "org.apache.kafka.connect.transforms";

interface Transform {
  /** Its name, and that of the predicate that guards it. Follows from what it does, never from a position in a list. */
  readonly name: string;
  /** Topics of the records it sees, as they are called at its place in the chain. */
  readonly topics: readonly string[];
  readonly config: Readonly<Record<string, string>>;
}

/**
 * What happens to a record between Debezium and its topic. Whatever no predicate names passes untouched: heartbeats have
 * other keys and no row in them.
 */
export function transformConfig(source: Source): Record<string, string> {
  const transforms = [
    dropSignals(source),
    ...unwrap(source),
    ...rename(source),
    ...extractKey(source),
    ...route(source),
  ];
  const names = transforms.map(({ name }) => name).join(",");
  return Object.assign({ transforms: names, predicates: names }, ...transforms.map(configOf)) as Record<string, string>;
}

function configOf({ name, topics, config }: Transform): Record<string, string> {
  return {
    ...Object.fromEntries(Object.entries(config).map(([key, value]) => [`transforms.${name}.${key}`, value])),
    [`transforms.${name}.predicate`]: name,
    [`predicates.${name}.type`]: `${kafkaTransforms}.predicates.TopicNameMatches`,
    [`predicates.${name}.pattern`]: topics.map(literal).toSorted().join("|"),
  };
}

/** Debezium captures the signal table like any other, but it has no topic: a record for it would block all that follow. */
function dropSignals(source: Source): Transform {
  return {
    name: "signals",
    topics: [debeziumTopic(source, signalTable(source.kind))],
    config: { type: `${kafkaTransforms}.Filter` },
  };
}

/** The row alone instead of before and after, with what the change was, when, and where in the log. */
function unwrap(source: Source): Transform[] {
  return (["facts", "entity"] as const)
    .map((kind) => ({ kind, tables: source.tables.filter((table) => table.kind === kind) }))
    .filter(({ tables }) => tables.length > 0)
    .map(({ kind, tables }) => ({
      name: kind,
      topics: topicsOf(source, tables),
      config: {
        type: "io.debezium.transforms.ExtractNewRecordState",
        "add.fields": [...changeColumns, ...positionColumns[source.kind]].flatMap(({ field }) => field ?? []).join(","),
        "delete.tombstone.handling.mode": deletes[kind],
        // A NULL in a column that has a default is a NULL.
        "replace.null.with.default": "false",
      },
    }));
}

/** One transform a table, in the value and, where the key stays a struct, in the key. */
function rename(source: Source): Transform[] {
  return byName(
    source.tables.flatMap((table) => {
      const key = keyFields(table);
      const renamed = table.columns
        .map((column) => ({ from: fieldOf(column.source), to: column.name }))
        .filter(({ from, to }) => from !== to);
      const inKey = key.length > 1 ? renamed.filter(({ from }) => key.includes(from)) : [];
      const transform = (name: string, part: "Key" | "Value", renames: typeof renamed): Transform[] =>
        renames.length === 0
          ? []
          : [
              {
                name,
                topics: topicsOf(source, [table]),
                config: {
                  type: `${kafkaTransforms}.ReplaceField$${part}`,
                  renames: renames
                    .map(({ from, to }) => `${from}:${to}`)
                    .toSorted()
                    .join(","),
                  "replace.null.with.default": "false",
                },
              },
            ];
      return [
        ...transform(`rename_${table.name}`, "Value", renamed),
        ...transform(`renameKey_${table.name}`, "Key", inKey),
      ];
    }),
  );
}

/** A key of one column becomes that column's bare value, which ksqlDB joins by; one transform for each distinct column. */
function extractKey(source: Source): Transform[] {
  const single = source.tables.filter((table) => keyFields(table).length === 1);
  const byField = Map.groupBy(single, (table) => keyFields(table).join());
  return byName(
    [...byField].map(([field, tables]) => ({
      name: `key_${field}`,
      topics: topicsOf(source, tables),
      config: { type: `${kafkaTransforms}.ExtractField$Key`, field },
    })),
  );
}

/** Takes the database's name out of the topic's: what an environment calls its database is no affair of readers. */
function route(source: Source): Transform[] {
  const prefix = debeziumTopic(source, "");
  const own = `${source.name}.`;
  return prefix === own
    ? []
    : [
        {
          name: "route",
          topics: topicsOf(source, source.tables),
          config: {
            type: `${kafkaTransforms}.RegexRouter`,
            regex: `${literal(prefix)}(.*)`,
            replacement: `${own}$1`,
          },
        },
      ];
}

function topicsOf(source: Source, tables: readonly Table[]): string[] {
  return tables.map((table) => debeziumTopic(source, table.path));
}

function byName(transforms: readonly Transform[]): Transform[] {
  return transforms.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
