import { selectedGraph, type Graph, type Selection } from "../graph.ts";
import type { Stage } from "../pipeline.ts";
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
  const on = selectedGraph(graph, selection);
  const readers = [
    ...on.transformations.map((item) => ({ ...item, what: "transformation", key: "transformations" as const })),
    ...on.targets.map((item) => ({ ...item, what: "target", key: "targets" as const })),
    ...on.consumers.map((item) => ({ ...item, what: "consumer", key: undefined })),
  ];
  return (["tables", "transformations"] as const).flatMap((list) => {
    const leftOut = namesOf(graph[list]).filter((name) => !namesOf(on[list]).includes(name));
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
  const isOfStage = ({ stage }: { readonly stage: Stage }) => stage === selection.stage;
  const needed = lists.flatMap((key) =>
    graph[key]
      .filter((item) => isOfStage(item) && (!("onByDefault" in item) || item.onByDefault))
      .map(({ name }) => ({ key, name })),
  );
  const on = selectedGraph(graph, selection);
  if (selection.stage === 0 || needed.length === 0 || lists.some((key) => on[key].some(isOfStage))) {
    return [];
  }
  return [
    `stage: nothing of what comes with stage ${String(selection.stage)} is on. Add ` +
      `${either(needed.map(({ key, name }) => `${name} to ${key}`))}, or write stage: ${String(selection.stage - 1)}.`,
  ];
}
