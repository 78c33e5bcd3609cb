/**
 * Properties as the engine hands them over: plain values, checked by no compiler. A secret is wrapped, and stays secret
 * in the state only as long as it is.
 */
export type Properties = Readonly<Record<string, unknown>>;

/** What a change of properties will do. */
export interface KindDifference {
  readonly changes: boolean;
  /** Properties that make it another thing; none: it changes in place. */
  readonly replaces: readonly string[];
  /** What will happen and why, for the preview to show; empty: what the properties show is all. */
  readonly words: string;
}

/** How one resource type of ours lives. */
export interface ResourceKind {
  /** What is wrong with the inputs, by property. Looks at nothing that is not known yet. */
  readonly check?: (inputs: Properties) => { property: string; reason: string }[];
  /** Properties whose change makes another thing of it. */
  readonly replacedBy: readonly string[];
  /** `true`: the new thing is there before the old one is deleted. Default: the old one is deleted first. */
  readonly createsFirst?: boolean;
  /** Properties that are known only when it has been made. Default: none. */
  readonly outputs?: readonly string[];
  /** What a change does. Default: what `replacedBy` says, with any property that differs. */
  readonly diff?: (urn: string, before: Properties, after: Properties) => Promise<KindDifference>;
  /** Makes it and gives its id, with its outputs where it has any. */
  readonly create: (inputs: Properties) => Promise<string | { readonly id: string; readonly outputs: Properties }>;
  /** Gives its outputs where it has any. */
  readonly update: (before: Properties, inputs: Properties) => Promise<Properties | undefined>;
  /** What there is now; `undefined`: it is gone. */
  readonly read: (state: Properties) => Promise<Properties | undefined>;
  readonly delete: (state: Properties, urn: string) => Promise<void>;
}
