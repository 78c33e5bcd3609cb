import type { Placement } from "../placement.ts";
import { either, nearest } from "../words.ts";
import { azureBlob } from "./azureBlob.ts";
import { bigQuery } from "./bigQuery.ts";
import { http } from "./http.ts";
import { lake } from "./lake.ts";
import { jdbc } from "./jdbc.ts";
import { redshift } from "./redshift.ts";
import { snowflake } from "./snowflake.ts";
import type { Configured, TargetKind } from "./targetKind.ts";

/** Every kind of target, by the word that `pipeline.ts` has for it. A new one is a file beside this one, and a line here. */
export const targetKinds = {
  snowflake,
  lake,
  redshift,
  bigQuery,
  azureBlob,
  jdbc,
  http,
} satisfies Readonly<Record<string, TargetKind>>;

type Kinds = typeof targetKinds;
export type TargetKindName = keyof Kinds;
type ConfigOf<Name extends TargetKindName> = Kinds[Name] extends TargetKind<infer Config> ? Config : never;

/** A target that is on, with its configuration, which goes by its kind. */
export type ConfiguredTarget = {
  [Name in TargetKindName]: Configured<ConfigOf<Name>> & { readonly kind: Name };
}[TargetKindName];

/** Throws where there is no such kind, which only a program that was not compiled can come to. */
export function kindOf(name: string): TargetKind {
  const kinds: Readonly<Record<string, TargetKind>> = targetKinds;
  const kind = kinds[name];
  if (kind === undefined) {
    const known = Object.keys(kinds);
    throw new Error(
      `pipeline.ts: there is no kind of target "${name}". Write ${nearest(name, known) ?? either(known)}.`,
    );
  }
  return kind;
}

/** Whose names and types the tables of a target follow; `undefined`: it takes whatever is in the topics. */
export function systemOf(kind: string): TargetKind["system"] {
  return kindOf(kind).system;
}

/** The targets of one kind, with their configurations. */
export function targetsOfKind<Name extends TargetKindName>(
  targets: readonly ConfiguredTarget[],
  name: Name,
): readonly Configured<ConfigOf<Name>>[] {
  return targets.filter(({ kind }) => kind === name) as unknown as readonly Configured<ConfigOf<Name>>[];
}

/** Whether a target's sink runs on our workers; Confluent makes the dead-letter topics of managed sinks itself. */
export function hostedByWorkers(kind: string, placement: Placement): boolean {
  return kindOf(kind).connector !== "confluent" && placement !== "managed";
}
