/**
 * Properties as the engine hands them over: plain values, checked by no compiler. A secret is wrapped, and stays secret
 * in the state only as long as it is.
 */
export type Properties = Readonly<Record<string, unknown>>;

/** How one resource type of ours lives. */
export interface ResourceKind {
  /** What is wrong with the inputs, by property. Looks at nothing that is not known yet. */
  readonly check?: (inputs: Properties) => { property: string; reason: string }[];
  /** Properties whose change makes another thing of it: the old one is deleted first. */
  readonly replacedBy: readonly string[];
  /** What it has besides its inputs. No difference in it is a change. */
  readonly outputs?: (inputs: Properties) => Properties;
  /** Makes it and gives its id. */
  readonly create: (inputs: Properties) => Promise<string>;
  readonly update: (before: Properties, inputs: Properties) => Promise<void>;
  /** What there is now; `undefined`: it is gone. */
  readonly read: (state: Properties) => Promise<Properties | undefined>;
  readonly delete: (state: Properties) => Promise<void>;
}
