import type { Target } from "../graph.ts";
import type { Placement } from "../placement.ts";
import { azureBlob } from "./azureBlob.ts";
import { bigQuery } from "./bigQuery.ts";
import { http } from "./http.ts";
import { snowflake } from "./snowflake.ts";
import type { Configured, TargetKind } from "./targetKind.ts";

/** Every kind of target, by the word that `pipeline.ts` has for it. A new one is a file beside this one, and a line here. */
export const targetKinds = {
  snowflake,
  bigQuery,
  azureBlob,
  http,
} satisfies Readonly<Record<string, TargetKind>>;

type Kinds = typeof targetKinds;
type KindName = keyof Kinds;
/** `lake` may be declared, and nothing is made of it yet. */
export type TargetKindName = KindName | "lake";
type ConfigOf<Name extends KindName> = Kinds[Name] extends TargetKind<infer Config> ? Config : never;

/** A target that is on, with its configuration, which goes by its kind. */
export type ConfiguredTarget = {
  [Name in KindName]: Configured<ConfigOf<Name>> & { readonly kind: Name };
}[KindName];

export function kindOf(name: TargetKindName): TargetKind | undefined {
  return name === "lake" ? undefined : targetKinds[name];
}

/** Whose names and types the tables of a target follow; `undefined`: it takes whatever is in the topics. */
export function systemOf(kind: TargetKindName): TargetKind["system"] {
  return kind === "lake" ? "glue" : targetKinds[kind].system;
}

/** The targets of one kind, with their configurations. */
export function targetsOfKind<Name extends KindName>(
  targets: readonly ConfiguredTarget[],
  name: Name,
): readonly Configured<ConfigOf<Name>>[] {
  return targets.filter(({ kind }) => kind === name) as unknown as readonly Configured<ConfigOf<Name>>[];
}

/** Whether a target's sink runs on our workers; Confluent makes the dead-letter topics of managed sinks itself. */
export function hostedByWorkers(kind: Target["kind"], placement: Placement): boolean {
  const connector = kindOf(kind)?.connector ?? "confluent";
  return connector !== "confluent" && placement !== "managed";
}
