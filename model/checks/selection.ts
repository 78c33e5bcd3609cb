import type { Graph, Selection } from "../graph.ts";
import { either } from "../words.ts";
import { meant, namesOf } from "./wording.ts";

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
