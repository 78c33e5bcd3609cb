import type { Graph, Target } from "../model/graph.ts";
import { egressWarning } from "../model/targets/egress.ts";
import { kindOf, targetKinds, type ConfiguredTarget } from "../model/targets/registry.ts";
import { topicsTaken, type TakenTopic } from "../model/targets/taken.ts";
import type { TargetContext, TargetKind } from "../model/targets/targetKind.ts";
import type { Reader } from "./reader.ts";

export interface TargetsContext extends Omit<TargetContext, "isOn"> {
  readonly on: readonly Target[];
}

/** The configurations of the targets that are on. Those of the others are looked at too: what is given must be right. */
export function targetConfigs(reader: Reader, context: TargetsContext): readonly ConfiguredTarget[] {
  const isOn = ({ name }: Target) => context.on.some((target) => target.name === name);
  const all = context.declared.targets.map((target) => {
    const config = kindOf(target.kind).read(reader, target, { ...context, isOn: isOn(target) });
    return { kind: target.kind, target, config } as ConfiguredTarget;
  });
  const configured = all.filter(({ target }) => isOn(target));
  for (const [name, kind] of Object.entries<TargetKind>(targetKinds)) {
    kind.checkTogether?.(
      reader,
      configured.filter((one) => one.kind === name),
    );
  }
  checkWorkers(reader, context);
  return configured;
}

/** Some connectors are in our own image only. */
function checkWorkers(reader: Reader, { on, placement }: TargetsContext): void {
  on.filter(({ kind }) => placement === "managed" && kindOf(kind).connector === "workers").forEach(({ name }) => {
    reader.mistakeIn(
      "targets",
      `${name} needs workers of your own, and connect.placement is managed. Write connect.placement: ec2 or onPremises, or take ${name} out.`,
    );
  });
}

/** What targets refuse of the topics that they take. Expects the columns of results. */
export function topicMistakes(graph: Graph, targets: readonly ConfiguredTarget[], partitions: number): string[] {
  return ofTopics(graph, targets, partitions, (kind, taken, config) => kind.topicMistakes?.(taken, config) ?? []);
}

/** One line for each thing that a kind says of a topic. */
function ofTopics(
  graph: Graph,
  targets: readonly ConfiguredTarget[],
  partitions: number,
  say: (kind: TargetKind, taken: TakenTopic, config: unknown) => readonly string[],
): string[] {
  return targets.flatMap(({ kind, target, config }) =>
    topicsTaken(graph, target, partitions).flatMap((taken) =>
      say(targetKinds[kind], taken, config).map(
        (text) => `pipeline.ts: target ${target.name}: ${taken.dataset.name}: ${text}`,
      ),
    ),
  );
}

/** What does not fit into a target as one might think; that rows go far, and what that costs. Expects the columns of results. */
export function targetWarnings(
  graph: Graph,
  targets: readonly ConfiguredTarget[],
  partitions: number,
  context: TargetsContext,
): string[] {
  return [
    ...ofTopics(graph, targets, partitions, (kind, taken, config) => kind.topicWarnings?.(taken, config) ?? []),
    ...targets.flatMap(({ kind: name, target, config }) => {
      const kind: TargetKind = targetKinds[name];
      const place = kind.place?.(config, { ...context, isOn: true });
      return (place && egressWarning(target.name, context.kafka, place)) ?? [];
    }),
  ];
}
