import type { TypeSystem } from "../columnTypes.ts";
import type { Graph, Table, Transformation } from "../graph.ts";
import { collidingNames, nameIn, refusedName, type NameSystem } from "../names.ts";
import { systemOf } from "../targets/registry.ts";
import { topicsOf } from "../topics.ts";
import { all } from "../words.ts";
import { namesOf, titleOf } from "./wording.ts";

export function nameMistakes(graph: Graph, item: Table | Transformation): string[] {
  const systems = namingSystems(graph, item);
  const refusal = refusedBy("table", systems, item.name);
  return refusal === undefined ? [] : [`${titleOf(item)}: ${refusal.reason}. ${rename(graph, item, "it")}`];
}

export function collisionMistakes(graph: Graph): string[] {
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

export function refusedBy(kind: "table" | "column", systems: readonly NameSystem[], name: string) {
  return systems.map((system) => refusedName(system, kind, name)).find((refusal) => refusal !== undefined);
}

/** The nearest name that all systems take and nothing else has: what one of them proposes may be refused by the next. */
export function freeName(
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

interface SystemsOfItem {
  readonly types: readonly TypeSystem[];
  readonly names: readonly NameSystem[];
}

/** The systems that a table or a result passes through, from its source to every declared target. */
export function systemsOf(graph: Graph, item: Table | Transformation): SystemsOfItem {
  const isRead = (reads: readonly string[] | "all") => reads === "all" || reads.includes(item.name);
  const source = "source" in item ? graph.sources.find((candidate) => candidate.name === item.source)?.kind : undefined;
  const streams = !("path" in item) || graph.transformations.some((result) => isRead(result.reads));
  const targets = graph.targets.filter((target) => isRead(target.reads));
  const beyond = [
    ...(streams ? (["ksqlDb"] as const) : []),
    ...new Set(targets.flatMap(({ kind }) => systemOf(kind) ?? [])),
  ];
  return { types: [...(source === undefined ? [] : [source]), "connect", ...beyond], names: beyond };
}
