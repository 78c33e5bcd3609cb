import { canBeKey, carriedBy, describeType, malformedType, type ColumnType, type TypeSystem } from "./columnTypes.ts";
import {
  readBy,
  type Column,
  type Graph,
  type Selection,
  type Source,
  type Table,
  type Transformation,
} from "./graph.ts";
import { collidingNames, nameIn, refusedName, systemTitles, type NameSystem } from "./names.ts";
import { topicsOf } from "./topics.ts";
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
    ...graph.transformations.flatMap((result) => nameMistakes(graph, result)),
    ...collisionMistakes(graph),
    ...readerMistakes(graph),
    ...loopMistakes(graph),
    ...partitionMistakes(graph),
  ];
}

const lists = ["tables", "transformations", "targets"] as const;

/** Everything that is wrong with what an environment has on. Expects a declaration without mistakes. */
export function selectionMistakes(graph: Graph, selection: Selection): string[] {
  const mistakes = lists.flatMap((key) => {
    const chosen = selection[key];
    return chosen.flatMap((name, index) => {
      const item = graph[key].find((candidate) => candidate.name === name);
      if (item === undefined) {
        return [`${key}: "${name}" is not declared in pipeline.ts. ${meant(name, namesOf(graph[key]))}`];
      }
      if (item.stage > selection.stage) {
        return [
          `${key}: ${name} comes with stage ${String(item.stage)}, and stage is ${String(selection.stage)}. ` +
            `Write stage: ${String(item.stage)}, or take ${name} out.`,
        ];
      }
      return chosen.indexOf(name) < index ? [`${key}: ${name} is there twice. Take one out.`] : [];
    });
  });
  return mistakes.length > 0
    ? [...new Set(mistakes)]
    : [...leftOutMistakes(graph, selection), ...emptyStageMistakes(graph, selection)];
}

/** What is on but reads something that a list leaves out. */
function leftOutMistakes(graph: Graph, selection: Selection): string[] {
  const isOn = (chosen: readonly string[], name: string) => chosen.length === 0 || chosen.includes(name);
  const readers = [
    ...graph.transformations.map((item) => ({ ...item, what: "transformation", key: "transformations" as const })),
    ...graph.targets.map((item) => ({ ...item, what: "target", key: "targets" as const })),
    ...graph.consumers.map((item) => ({ ...item, what: "consumer", key: undefined })),
  ].filter(({ key, name, stage }) => stage <= selection.stage && isOn(key === undefined ? [] : selection[key], name));
  return (["tables", "transformations"] as const).flatMap((list) => {
    const leftOut = namesOf(graph[list]).filter((name) => !isOn(selection[list], name));
    return readers.flatMap(({ what, key, name, reads, stage }) => {
      const isListed = key !== undefined && selection[key].length > 1; // an empty list would mean all
      const instead = isListed
        ? `, or take ${name} out of ${key}`
        : stage > 0
          ? `, or write stage: ${String(stage - 1)}`
          : "";
      return (reads === "all" ? [] : reads)
        .filter((read) => leftOut.includes(read))
        .map((read) => `${list}: ${what} ${name} reads ${read}, which is left out. Add ${read}${instead}.`);
    });
  });
}

/** A stage of which nothing is on would silently be the stage below it. */
function emptyStageMistakes(graph: Graph, selection: Selection): string[] {
  const needed = lists.flatMap((key) =>
    graph[key].filter((item) => item.stage === selection.stage).map(({ name }) => ({ key, name })),
  );
  const isOn = ({ key, name }: (typeof needed)[number]) => selection[key].length === 0 || selection[key].includes(name);
  if (selection.stage === 0 || needed.length === 0 || needed.some(isOn)) {
    return [];
  }
  return [
    `stage: nothing of what comes with stage ${String(selection.stage)} is on. Add ` +
      `${either(needed.map(({ key, name }) => `${name} to ${key}`))}, or write stage: ${String(selection.stage - 1)}.`,
  ];
}

function sourceMistakes(source: Source): string[] {
  const where = `source ${source.name}`;
  const mistakes: string[] = [];
  if (!/^[a-z][a-z0-9]{0,31}$/.test(source.name)) {
    mistakes.push(
      `${where}: a source's name is 1 to 32 lower-case letters and digits, a letter first, since its topics start ` +
        `with it. Write "${unreserved(lowerCaseWord(source.name, ""))}".`,
    );
  } else if (unreserved(source.name) !== source.name) {
    mistakes.push(
      `${where}: ${source.name} is a config key or a topic prefix already. Write "${unreserved(source.name)}".`,
    );
  }
  if (source.tables.length === 0) {
    mistakes.push(`${where}: it has no tables. Declare one, or take the source out.`);
  }
  return mistakes;
}

function unreserved(sourceName: string): string {
  return reservedSourceNames.includes(sourceName) ? `${sourceName}db` : sourceName;
}

function tableMistakes(graph: Graph, table: Table): string[] {
  const where = titleOf(table);
  const source = graph.sources.find((candidate) => candidate.name === table.source);
  return [
    ...(source === undefined ? [] : pathMistakes(source, table, where)),
    ...keyMistakes(table, where),
    ...(table.partitions !== undefined && !isCount(table.partitions)
      ? [`${where}: partitions is ${String(table.partitions)}. Write a whole number, 1 or more.`]
      : []),
    ...nameMistakes(graph, table),
    ...columnMistakes(graph, table, where),
  ];
}

function pathMistakes(source: Source, table: Table, where: string): string[] {
  const withSchema = source.kind === "sqlServer" || source.kind === "postgres";
  const parts = table.path.split(".");
  if (parts.length !== (withSchema ? 2 : 1) || parts.includes("")) {
    const system = systemTitles[source.kind];
    const given = parts.filter((part) => part !== "");
    const own = given.at(-1) ?? "my_table";
    const schema = given.at(-2) ?? (source.kind === "postgres" ? "public" : "dbo");
    return [
      withSchema
        ? `${where}: a ${system} table is named with its schema. Write "${schema}.${own}".`
        : `${where}: a ${system} table is named without its database. Write "${own}".`,
    ];
  }
  return parts.flatMap((part) => {
    const refused = refusedName(source.kind, "table", part);
    return refused === undefined ? [] : [`${where}: ${refused.reason}. The nearest name is "${refused.nearest}".`];
  });
}

function keyMistakes(table: Table, where: string): string[] {
  if (table.key.length === 0) {
    return [
      `${where}: it has no key: changes of a row would lose their order, and updates could not be merged. Name the ` +
        `column that identifies a row, e.g. key: "${table.columns[0]?.source ?? "id"}".`,
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
  const systems = systemsOf(graph, table);
  const names = namesOf(table.columns);
  const folding = systems.names.at(-1) ?? "avro"; // all but Avro fold case, each in the same way
  return [
    ...table.columns.flatMap((column, index) => [
      ...typeMistakes(systems.types, column.type, `${where}, column ${column.source}`),
      ...columnNameMistakes(systems.names, column, names.toSpliced(index, 1), `${where}, column ${column.source}`),
    ]),
    ...collidingNames(folding, names).map((group) => {
      const sources = table.columns.filter(({ name }) => group.includes(name)).map(({ source }) => source);
      return (
        `${where}: columns ${all(sources)} would be one, ${nameIn(folding, group[0] ?? "")}, in ` +
        `${systemTitles[folding]}. Write ${sources.at(-1) ?? ""}: { type: …, as: ` +
        `"${freeName("column", ["avro", ...systems.names], group.at(-1) ?? "", names)}" }.`
      );
    }),
  ];
}

/** The first system that refuses it: the others mostly say the same again. */
function typeMistakes(systems: readonly TypeSystem[], type: ColumnType, where: string): string[] {
  const malformed = malformedType(type);
  if (malformed !== undefined) {
    return [`${where}: ${malformed}.`];
  }
  const refusal = refusedType(systems, type);
  return refusal === undefined
    ? []
    : [
        `${where}: ${refusal.refused}, so ${describeType(type)} would lose something. ` +
          `The nearest type that fits is ${describeType(typeForAll(systems, refusal.nearest))}.`,
      ];
}

function refusedType(systems: readonly TypeSystem[], type: ColumnType) {
  return systems.map((system) => carriedBy(system, type)).find((carried) => "refused" in carried);
}

/** What one system proposes may be refused by the next: go on until all carry it. */
function typeForAll(systems: readonly TypeSystem[], type: ColumnType): ColumnType {
  const refusal = refusedType(systems, type);
  return refusal === undefined ? type : typeForAll(systems, refusal.nearest);
}

function columnNameMistakes(
  targets: readonly NameSystem[],
  column: Column,
  others: readonly string[],
  where: string,
): string[] {
  const systems = ["avro", ...targets] as const;
  const refusal = refusedBy("column", systems, column.name);
  return refusal === undefined
    ? []
    : [`${where}: ${refusal.reason}. Write { type: …, as: "${freeName("column", systems, column.name, others)}" }.`];
}

function nameMistakes(graph: Graph, item: Table | Transformation): string[] {
  const systems = namingSystems(graph, item);
  const refusal = refusedBy("table", systems, item.name);
  return refusal === undefined ? [] : [`${titleOf(item)}: ${refusal.reason}. ${rename(graph, item, "it")}`];
}

/** A result's name is its topic's too. */
function namingSystems(graph: Graph, item: Table | Transformation): readonly NameSystem[] {
  const { names } = systemsOf(graph, item);
  return "path" in item ? names : ["kafka", ...names];
}

/** What to write so that an item gets the nearest name that is legal and free. */
function rename(graph: Graph, item: Table | Transformation, title: string): string {
  const taken = namesOf([...graph.tables, ...graph.transformations]);
  const name = freeName("table", namingSystems(graph, item), item.name, taken);
  return "path" in item
    ? `Give ${title} another name, e.g. name: "${name}".`
    : `Give ${title} and its file another name, e.g. ${name}.`;
}

function refusedBy(kind: "table" | "column", systems: readonly NameSystem[], name: string) {
  return systems.map((system) => refusedName(system, kind, name)).find((refusal) => refusal !== undefined);
}

/** The nearest name that all systems take and nothing else has: what one of them proposes may be refused by the next. */
function freeName(
  kind: "table" | "column",
  systems: readonly NameSystem[],
  name: string,
  taken: readonly string[],
): string {
  const mended = (candidate: string): string => {
    const refusal = refusedBy(kind, systems, candidate);
    return refusal === undefined ? candidate : mended(refusal.nearest);
  };
  const isTaken = (candidate: string) => taken.some((other) => other.toLowerCase() === candidate.toLowerCase());
  let free = mended(name);
  for (let count = 2; isTaken(free); count += 1) {
    free = mended(`${name.slice(0, 200)}_${String(count)}`);
  }
  return free;
}

function collisionMistakes(graph: Graph): string[] {
  const items = [...graph.tables, ...graph.transformations];
  const internal = topicsOf(graph, { partitions: 1, retentionDays: 1 }).filter((topic) => topic.subjects.length === 0);
  const topics = collidingNames("kafka", [...items.map((item) => item.topic), ...namesOf(internal)]).map((group) => {
    const owners = items.filter((item) => group.includes(item.topic));
    const titles = [...owners.map(titleOf), ...(owners.length < group.length ? ["the pipeline itself"] : [])];
    const result = owners.find((item) => !("path" in item));
    return (
      `${all(titles)}: Kafka cannot tell their topics ${all(group)} apart. ` +
      (result === undefined
        ? "Capture one of them under another schema or source name."
        : rename(graph, result, titleOf(result)))
    );
  });
  const names = collidingNames("ksqlDb", namesOf(items)).flatMap((group) => {
    const owners = items.filter((item) => group.includes(item.name));
    const last = owners.filter((item) => "path" in item).at(-1) ?? owners.at(-1);
    return last === undefined
      ? []
      : [
          `${all(owners.map(titleOf))}: they would be one, ${nameIn("ksqlDb", last.name)}, in ksqlDB and the targets. ` +
            rename(graph, last, titleOf(last)),
        ];
  });
  return [...topics, ...names];
}

function readerMistakes(graph: Graph): string[] {
  const known = [...graph.tables, ...graph.transformations];
  const readers = [
    ...graph.transformations.map((item) => ({ ...item, title: titleOf(item) })),
    ...graph.targets.map((item) => ({ ...item, title: `target ${item.name}` })),
    ...graph.consumers.map((item) => ({ ...item, title: `consumer ${item.name}` })),
  ];
  const names = readers
    .slice(graph.transformations.length)
    .filter(({ name }) => !/^[a-z][a-z0-9-]{0,31}$/.test(name))
    .map(
      ({ name, title }) =>
        `${title}: its name must be 1 to 32 lower-case letters, digits and "-", a letter first, since its account is ` +
        `named after it. Write "${lowerCaseWord(name, "-")}".`,
    );
  const groups = graph.consumers
    .filter(({ name }) => name !== unlikeConnect(name))
    .map(
      ({ name }) =>
        `consumer ${name}: its consumer group would have this name, which Kafka Connect may have for one of its own. ` +
        `Write "${unlikeConnect(name)}".`,
    );
  const reads = readers.flatMap(({ title, name: reader, reads: read, stage }) =>
    (read === "all" ? [] : read).flatMap((name) => {
      const item = known.find((candidate) => candidate.name === name);
      if (item === undefined) {
        const others = namesOf(known).filter((other) => other !== reader);
        return [`${title}: it reads "${name}", which is not declared. ${meant(name, others)}`];
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
  return [...names, ...groups, ...reads, ...nothing];
}

/** Connect's groups are `connect-…`, the workers' and those of sinks; Debezium's are `<source>-schemahistory`. */
function unlikeConnect(consumer: string): string {
  return consumer.replace(/^connect-/, "app-").replace(/-schemahistory$/, "-app");
}

/** Transformations that read their own result, by way of each other. One mistake a loop. */
function loopMistakes(graph: Graph): string[] {
  const reads = new Map(graph.transformations.map((item) => [item.name, item.reads]));
  const reached = (names: readonly string[], seen = new Set<string>()): Set<string> => {
    for (const name of names.filter((candidate) => !seen.has(candidate))) {
      reached(reads.get(name) ?? [], seen.add(name));
    }
    return seen;
  };
  const loops = graph.transformations.map(({ name }) =>
    [...reached(reads.get(name) ?? [])].filter((other) => reached(reads.get(other) ?? []).has(name)).sort(),
  );
  return loops
    .filter((loop, index) => loop.length > 0 && loops.findIndex((other) => other.join() === loop.join()) === index)
    .map((loop) =>
      loop.length === 1
        ? `transformation ${all(loop)}: it reads its own result. Take ${all(loop)} out of its reads.`
        : `transformations ${all(loop)}: each reads the result of another. Take ${loop[0] ?? ""} out of what the others read.`,
    );
}

/** ksqlDB joins only topics with equally many partitions. */
function partitionMistakes(graph: Graph): string[] {
  return graph.transformations.flatMap((result) => {
    const inputs = readBy(graph, result);
    return new Set(inputs.map((item) => item.partitions)).size < 2
      ? []
      : [
          `${titleOf(result)}: it reads ${all(
            inputs.map(
              ({ name, partitions }) =>
                `${name} (${partitions === undefined ? "kafka.partitions" : `${String(partitions)} partitions`})`,
            ),
          )}, and ksqlDB joins only topics with equally many. Write the same partitions for each table, or for none.`,
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

function titleOf(item: Table | Transformation): string {
  return "path" in item ? `table ${item.source} ${item.path}` : `transformation ${item.name}`;
}

function namesOf(items: readonly { readonly name: string }[]): string[] {
  return items.map(({ name }) => name);
}

/** What to write: the nearest, or the whole choice. */
function meant(word: string, known: readonly string[]): string {
  return known.length === 0 ? "Take it out." : `Write ${nearest(word, known) ?? either(known)}.`;
}

/** Lower-case letters and digits, a letter first, with a separator where there was something else. */
function lowerCaseWord(name: string, separator: "" | "-"): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const word = words.join(separator);
  return (/^[a-z]/.test(word) ? word : `s${word}`).slice(0, 32);
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}
