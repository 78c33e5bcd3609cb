import { readBy, type Graph, type Source } from "../graph.ts";
import { kindOf } from "../targets/registry.ts";
import { all } from "../words.ts";
import { collisionMistakes, nameMistakes } from "./naming.ts";
import { tableMistakes } from "./tables.ts";
import { lowerCaseWord, meant, namesOf, titleOf } from "./wording.ts";

/** Names that would be taken for something else in config keys or topic names. */
export const reservedSourceNames = [
  "stage",
  "ephemeral",
  "aws",
  "kafka",
  "schemaRegistry",
  "connect",
  "sources",
  "streams",
  "tables",
  "transformations",
  "targets",
  "dlq",
  "dbhistory",
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
    ...teamMistakes(graph),
    ...collisionMistakes(graph),
    ...readerMistakes(graph),
    ...groupMistakes(graph),
    ...loopMistakes(graph),
    ...partitionMistakes(graph),
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

/** The configuration of a target is a group of its name. */
function groupMistakes({ sources, targets }: Graph): string[] {
  const taken = [...reservedSourceNames, ...sources.map(({ name }) => name)];
  return targets
    .filter(({ kind, name }) => Object.keys(kindOf(kind).keys({ name })).length > 0 && taken.includes(name))
    .map(
      ({ name }) =>
        `target ${name}: ${name} is a config key or a source's name already. Write "${name}-warehouse", or another name.`,
    );
}

function unreserved(sourceName: string): string {
  return reservedSourceNames.includes(sourceName) ? `${sourceName}db` : sourceName;
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

/** A team's account and folder are named after it. */
function teamMistakes({ transformations }: Graph): string[] {
  return transformations.flatMap((item) =>
    item.team === undefined || /^[a-z][a-z0-9-]{0,31}$/.test(item.team)
      ? []
      : [
          `${titleOf(item)}: its team's name must be 1 to 32 lower-case letters, digits and "-", a letter first, since its ` +
            `account and its folder are named after it. Write team: "${lowerCaseWord(item.team, "-")}".`,
        ],
  );
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
