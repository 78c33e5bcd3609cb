import { canBeKey, carriedBy, describeType, malformedType, type TypeSystem } from "./columnTypes.ts";
import type { Column, Graph, Selection, Source, Table, Transformation } from "./graph.ts";
import { collidingNames, metadataColumns, nameIn, refusedName, systemTitles, type NameSystem } from "./names.ts";
import { all, either, nearest } from "./words.ts";

/** Names that would be taken for something else in config keys or topic names. */
export const reservedSourceNames = [
  "stage",
  "ephemeral",
  "kafka",
  "schemaRegistry",
  "tables",
  "transformations",
  "targets",
  "dlq",
];

/**
 * Everything that is wrong with the declared pipeline, one sentence or two each: where, what, and what to write
 * instead. Looks at the whole declaration, so that no stage holds a surprise that an earlier one hid.
 */
export function declarationMistakes(graph: Graph): string[] {
  return [
    ...graph.sources.flatMap((source) => sourceMistakes(source)),
    ...graph.tables.flatMap((table) => tableMistakes(graph, table)),
    ...graph.transformations.flatMap((result) => nameMistakes(graph, result, `transformation ${result.name}`)),
    ...collisionMistakes(graph),
    ...readerMistakes(graph),
    ...loopMistakes(graph),
    ...partitionMistakes(graph),
  ];
}

/** Everything that is wrong with what an environment has on. Expects a declaration without mistakes. */
export function selectionMistakes(graph: Graph, selection: Selection): string[] {
  const lists = [
    { key: "tables", chosen: selection.tables, known: graph.tables },
    { key: "transformations", chosen: selection.transformations, known: graph.transformations },
    { key: "targets", chosen: selection.targets, known: graph.targets },
  ] as const;
  const mistakes = lists.flatMap(({ key, chosen, known }) =>
    chosen.flatMap((name, index) => {
      const item = known.find((candidate) => candidate.name === name);
      if (item === undefined) {
        return [`${key}: "${name}" is not declared in pipeline.ts. ${meant(name, namesOf(known))}`];
      }
      if (item.stage > selection.stage) {
        return [
          `${key}: ${name} comes with stage ${String(item.stage)}, and stage is ${String(selection.stage)}. ` +
            `Write stage: ${String(item.stage)}, or take ${name} out.`,
        ];
      }
      return chosen.indexOf(name) < index ? [`${key}: ${name} is there twice. Take one out.`] : [];
    }),
  );
  return mistakes.length > 0
    ? mistakes
    : [...leftOutMistakes(graph, selection), ...emptyStageMistakes(graph, selection)];
}

/** What is on but reads something that a list leaves out. */
function leftOutMistakes(graph: Graph, selection: Selection): string[] {
  const isOn = (chosen: readonly string[], name: string) => chosen.length === 0 || chosen.includes(name);
  const readers = [
    ...graph.transformations
      .filter((item) => isOn(selection.transformations, item.name))
      .map((item) => ({ ...item, title: `transformation ${item.name}` })),
    ...graph.targets
      .filter((item) => isOn(selection.targets, item.name))
      .map((item) => ({ ...item, title: `target ${item.name}` })),
    ...graph.consumers.map((item) => ({ ...item, title: `consumer ${item.name}` })),
  ].filter((item) => item.stage <= selection.stage);
  const lists = [
    { key: "tables", chosen: selection.tables, known: namesOf(graph.tables) },
    { key: "transformations", chosen: selection.transformations, known: namesOf(graph.transformations) },
  ];
  return lists.flatMap(({ key, chosen, known }) => {
    const leftOut = known.filter((name) => !isOn(chosen, name));
    return readers.flatMap(({ title, reads }) =>
      (reads === "all" ? [] : reads)
        .filter((read) => leftOut.includes(read))
        .map((read) => `${key}: ${title} reads ${read}, which is left out. Add ${read}, or leave ${title} out too.`),
    );
  });
}

/** A stage of which nothing is on would silently be the stage below it. */
function emptyStageMistakes(graph: Graph, selection: Selection): string[] {
  const lists = [
    { key: "tables", chosen: selection.tables, known: graph.tables },
    { key: "transformations", chosen: selection.transformations, known: graph.transformations },
    { key: "targets", chosen: selection.targets, known: graph.targets },
  ] as const;
  const needed = lists.flatMap(({ key, chosen, known }) =>
    known
      .filter((item) => item.stage === selection.stage)
      .map((item) => ({ key, name: item.name, isOn: chosen.length === 0 || chosen.includes(item.name) })),
  );
  if (selection.stage === 0 || needed.length === 0 || needed.some(({ isOn }) => isOn)) {
    return [];
  }
  const stage = String(selection.stage);
  const key = needed[0]?.key ?? "tables";
  return [
    `stage: ${stage} needs ${either(needed.map(({ name }) => name))}, which ${key} leaves out. ` +
      `Add it to ${key}, or write stage: ${String(selection.stage - 1)}.`,
  ];
}

function sourceMistakes(source: Source): string[] {
  const where = `source ${source.name}`;
  const mistakes: string[] = [];
  if (!/^[a-z][a-z0-9]{0,31}$/.test(source.name)) {
    mistakes.push(
      `${where}: a source's name is 1 to 32 lower-case letters and digits, a letter first, since its topics start ` +
        `with it. Write "${lowerCaseWord(source.name)}".`,
    );
  } else if (reservedSourceNames.includes(source.name)) {
    mistakes.push(`${where}: ${source.name} is a config key or a topic prefix already. Write "${source.name}db".`);
  }
  if (source.tables.length === 0) {
    mistakes.push(`${where}: it has no tables. Declare one, or take the source out.`);
  }
  return mistakes;
}

function tableMistakes(graph: Graph, table: Table): string[] {
  const where = tableTitle(table);
  const source = graph.sources.find((candidate) => candidate.name === table.source);
  return [
    ...(source === undefined ? [] : pathMistakes(source, table, where)),
    ...keyMistakes(table, where),
    ...(table.partitions !== undefined && !isCount(table.partitions)
      ? [`${where}: partitions is ${String(table.partitions)}. Write a whole number, 1 or more.`]
      : []),
    ...nameMistakes(graph, table, where),
    ...columnMistakes(graph, table, where),
  ];
}

function pathMistakes(source: Source, table: Table, where: string): string[] {
  const withSchema = source.kind === "sqlServer" || source.kind === "postgres";
  const parts = table.path.split(".");
  if (parts.length !== (withSchema ? 2 : 1) || parts.includes("")) {
    const system = systemTitles[source.kind];
    return [
      withSchema
        ? `${where}: a ${system} table is named with its schema. Write "${source.kind === "postgres" ? "public" : "dbo"}.${parts.at(-1) ?? ""}".`
        : `${where}: a ${system} table is named without its database. Write "${parts.at(-1) ?? ""}".`,
    ];
  }
  return parts.flatMap((part) => {
    const refused = refusedName(source.kind, "table", part);
    return refused === undefined ? [] : [`${where}: ${refused.reason}. The nearest name is "${refused.nearest}".`];
  });
}

function keyMistakes(table: Table, where: string): string[] {
  const columns = table.columns.map((column) => column.name);
  if (table.key.length === 0) {
    return [
      `${where}: it has no key. Name the column that identifies a row, e.g. key: "${columns[0] ?? "id"}": ` +
        `without one, changes of a row lose their order and updates cannot be merged.`,
    ];
  }
  return table.key.flatMap((name, index) => {
    const column = table.columns.find((candidate) => candidate.name === name);
    if (column === undefined) {
      const sources = table.columns.map((candidate) => candidate.source);
      return [`${where}: key "${name}" is not one of its columns. ${meant(name, sources)}`];
    }
    if (table.key.indexOf(name) < index) {
      return [`${where}: key column ${column.source} is there twice. Take one out.`];
    }
    return canBeKey(column.type)
      ? []
      : [
          `${where}, column ${column.source}: ${describeType(column.type)} cannot be a key, since equal values may ` +
            `not have equal bytes in Kafka. Take a column of int16, int32, int64, text or uuid.`,
        ];
  });
}

function columnMistakes(graph: Graph, table: Table, where: string): string[] {
  const names = table.columns.map((column) => column.name);
  const systems = systemsOf(graph, table);
  return [
    ...table.columns.flatMap((column) => columnMistake(systems, column, `${where}, column ${column.source}`)),
    ...(["avro", ...systems.names] as const).flatMap((system) =>
      collidingNames(system, names).map(
        (group) =>
          `${where}: ${systemTitles[system]} cannot tell columns ${all(group)} apart. ` +
          `Give one of them another name with as, e.g. { type: …, as: "${group[0] ?? ""}_2" }.`,
      ),
    ),
  ].filter((mistake, index, everything) => everything.indexOf(mistake) === index);
}

/** The first name that a system refuses and the first type: the others mostly say the same again. */
function columnMistake(systems: SystemsOfItem, column: Column, where: string): string[] {
  const malformed = malformedType(column.type);
  const type = malformed === undefined ? typeMistake(systems.types, column, where) : [`${where}: ${malformed}.`];
  if (metadataColumns.includes(column.name.toLowerCase())) {
    const nearestName = column.name.replace(/^_+/, "");
    return [...type, `${where}: the pipeline adds a column of that name. Write { type: …, as: "${nearestName}" }.`];
  }
  return [...type, ...columnNameMistake(systems.names, column, where)];
}

function typeMistake(systems: readonly TypeSystem[], column: Column, where: string): string[] {
  for (const system of systems) {
    const carried = carriedBy(system, column.type);
    if ("refused" in carried) {
      return [
        `${where}: ${carried.refused}, so ${describeType(column.type)} would lose something. ` +
          `The nearest type that fits is ${describeType(carried.nearest)}.`,
      ];
    }
  }
  return [];
}

function columnNameMistake(systems: readonly NameSystem[], column: Column, where: string): string[] {
  for (const system of ["avro", ...systems] as const) {
    const refused = refusedName(system, "column", column.name);
    if (refused !== undefined) {
      return [`${where}: ${refused.reason}. Write { type: …, as: "${nameForAll(systems, refused.nearest)}" }.`];
    }
  }
  return [];
}

/** A name that one system proposes may be refused by the next: go on until all take it. */
function nameForAll(systems: readonly NameSystem[], proposed: string): string {
  return (["avro", ...systems] as const).reduce(
    (name, system) => refusedName(system, "column", name)?.nearest ?? name,
    proposed,
  );
}

function nameMistakes(graph: Graph, item: Table | Transformation, where: string): string[] {
  for (const system of systemsOf(graph, item).names) {
    const refused = refusedName(system, "table", item.name);
    if (refused !== undefined) {
      return [`${where}: ${refused.reason}. Write name: "${refused.nearest}".`];
    }
  }
  return [];
}

function collisionMistakes(graph: Graph): string[] {
  const items = [...graph.tables, ...graph.transformations];
  const title = (item: Table | Transformation) => ("path" in item ? tableTitle(item) : `transformation ${item.name}`);
  const topics = collidingNames(
    "kafka",
    items.map((item) => item.topic),
  ).map(
    (group) =>
      `${all(items.filter((item) => group.includes(item.topic)).map(title))}: their topics ${all(group)} differ only ` +
      `in . and _, which Kafka cannot tell apart. Capture one of them under another schema or source name.`,
  );
  const systems: readonly NameSystem[] = ["ksqlDb", "snowflake", "glue"];
  const names = systems.flatMap((system) =>
    collidingNames(
      system,
      items.map((item) => item.name),
    ).map(
      (group) =>
        `${all(items.filter((item) => group.includes(item.name)).map(title))}: they would both be ` +
        `${nameIn(system, group[0] ?? "")} in ${systemTitles[system]}. Give one of them another name, ` +
        `e.g. name: "${group[0] ?? ""}_2".`,
    ),
  );
  return [...topics, ...names.slice(0, 1)];
}

function readerMistakes(graph: Graph): string[] {
  const known = [...graph.tables, ...graph.transformations];
  const readers = [
    ...graph.transformations.map((item) => ({ ...item, title: `transformation ${item.name}` })),
    ...graph.targets.map((item) => ({ ...item, title: `target ${item.name}` })),
    ...graph.consumers.map((item) => ({ ...item, title: `consumer ${item.name}` })),
  ];
  const names = [...graph.targets, ...graph.consumers].flatMap(({ name }) =>
    /^[a-z][a-z0-9-]{0,31}$/.test(name)
      ? []
      : [
          `"${name}": a target's or consumer's name is 1 to 32 lower-case letters, digits and "-", a letter first, ` +
            `since accounts are named after it. Write "${lowerCaseWord(name)}".`,
        ],
  );
  const reads = readers.flatMap(({ title, reads: read, stage }) =>
    (read === "all" ? [] : read).flatMap((name) => {
      const item = known.find((candidate) => candidate.name === name);
      if (item === undefined) {
        return [`${title}: it reads "${name}", which is not declared. ${meant(name, namesOf(known))}`];
      }
      return item.stage > stage
        ? [
            `${title}: it is there from stage ${String(stage)} on, but ${name}, which it reads, only from stage ` +
              `${String(item.stage)}. Write stage: ${String(item.stage)}.`,
          ]
        : [];
    }),
  );
  const nothing = readers
    .filter(({ reads: read }) => read.length === 0)
    .map(({ title }) => `${title}: it reads nothing. Name what it reads, or take it out.`);
  return [...names, ...reads, ...nothing];
}

/** Transformations that, by way of each other, read their own result. */
function loopMistakes(graph: Graph): string[] {
  const reads = new Map(graph.transformations.map((item) => [item.name, item.reads]));
  const reaches = (from: string, to: string, seen: Set<string>): boolean =>
    (reads.get(from) ?? []).some((name) => {
      if (name === to) {
        return true;
      }
      if (seen.has(name)) {
        return false;
      }
      seen.add(name);
      return reaches(name, to, seen);
    });
  return graph.transformations
    .filter((item) => reaches(item.name, item.name, new Set()))
    .map(
      (item) => `transformation ${item.name}: it reads its own result, directly or by way of others. Break the loop.`,
    );
}

/** ksqlDB joins only topics with equally many partitions. */
function partitionMistakes(graph: Graph): string[] {
  return graph.transformations.flatMap((item) => {
    const tables = graph.tables.filter((table) => item.reads.includes(table.name));
    const counts = new Set(tables.map((table) => table.partitions));
    return counts.size < 2
      ? []
      : [
          `transformation ${item.name}: it reads ${all(
            tables.map(
              (table) =>
                `${table.name} (${table.partitions === undefined ? "kafka.partitions" : `${String(table.partitions)} partitions`})`,
            ),
          )}, and ksqlDB joins only topics with equally many. Write the same partitions for each, or for none.`,
        ];
  });
}

interface SystemsOfItem {
  readonly types: readonly TypeSystem[];
  readonly names: readonly NameSystem[];
}

/** The systems that a table or a result passes through, from its source to every declared target. */
function systemsOf(graph: Graph, item: Table | Transformation): SystemsOfItem {
  const isRead = (reads: readonly string[] | "all") => reads === "all" || reads.includes(item.name);
  const source = "source" in item ? graph.sources.find((candidate) => candidate.name === item.source)?.kind : undefined;
  const streams = !("path" in item) || graph.transformations.some((result) => isRead(result.reads));
  const targets = graph.targets.filter((target) => isRead(target.reads));
  const beyond = [
    ...(streams ? (["ksqlDb"] as const) : []),
    ...(targets.some((target) => target.kind === "snowflake") ? (["snowflake"] as const) : []),
    ...(targets.some((target) => target.kind === "lake") ? (["glue"] as const) : []),
  ];
  return { types: [...(source === undefined ? [] : [source]), "connect", ...beyond], names: beyond };
}

function tableTitle(table: Table): string {
  return `table ${table.source} ${table.path}`;
}

function namesOf(items: readonly { readonly name: string }[]): string[] {
  return items.map(({ name }) => name);
}

/** `Did you mean X?` or the whole choice. */
function meant(word: string, known: readonly string[]): string {
  const close = nearest(word, known);
  return close === undefined ? `Known: ${known.join(", ") || "none"}.` : `Write ${close}.`;
}

function lowerCaseWord(name: string): string {
  const letters = name.toLowerCase().replace(/[^a-z0-9]+/g, "");
  return (/^[a-z]/.test(letters) ? letters : `s${letters}`).slice(0, 32);
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}
