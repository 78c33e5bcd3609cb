import type { Inventory, Properties, Thing } from "./inventory.ts";
import type { Rule } from "./rules.ts";

export type Operation = "create" | "update" | "delete";

/** Says that an input is wrong, in the real provider's words, at a path such as `dedicated.cku`. */
export type Refuse = (path: string, message: string) => void;

export interface Created {
  readonly id: string;
  /** The computed outputs. */
  readonly outputs: Properties;
  /** What only the cloud keeps. */
  readonly hidden?: Properties;
  /** Why it is there but not well: the operation fails, and the state keeps the thing. */
  readonly problem?: string;
}

/** How one resource type behaves in a simulated cloud. */
export interface SimulatedResource {
  /** It does something to other things and is none itself: Pulumi's state is all that there is of it. Default: `false`. */
  readonly isAction?: boolean;
  /** The provider asks for its deletion without looking whether it is there, and fails if that fails. Default: `false`. */
  readonly isDeletedBlindly?: boolean;
  /** Outputs that are known only after creation. */
  readonly computed: readonly string[];
  /** What the provider fills in, in inputs that are blocks: members by input, known only after creation. */
  readonly computedIn?: Readonly<Record<string, readonly string[]>>;
  /** Inputs whose change replaces the resource; everything else changes in place. */
  readonly replacedBy: readonly string[];
  readonly defaults?: Properties;
  /** Input that, left out, gets the resource's name with a suffix. */
  readonly autoNamed?: string;
  /** What the real provider refuses at preview, by path such as `dedicated.cku`. What only the service refuses belongs to `create`. */
  readonly rules?: Readonly<Record<string, Rule>>;
  /** What it refuses at preview beyond single values. */
  readonly check?: (inputs: Properties, refuse: Refuse) => void;
  /** Values that the real provider takes for equal. */
  readonly same?: (property: string, before: unknown, after: unknown) => boolean;
  /** Outputs that are out of date though no input has changed: what the inputs point to has. */
  readonly stale?: (state: Properties, inputs: Properties) => readonly string[];
  /**
   * The inputs in the state as the provider reads them back from the service, so that what differs from the program's
   * shows at each preview. Default: as they were given.
   */
  readonly readBack?: (state: Properties, before: Properties, after: Properties) => Properties;
  /** Further inputs that replace it for this change; throws what the real provider refuses to plan. */
  readonly plan?: (before: Properties, after: Properties, id: string) => readonly string[];
  /** How long the real service or provider takes, in seconds: what the virtual clock counts. */
  readonly seconds: (operation: Operation, inputs: Properties) => number;
  /** Makes it; throws `CloudError` when the service refuses. `config`: that of the provider. */
  readonly create: (cloud: Inventory, inputs: Properties, config: Properties) => Created;
  /** What it takes longer to make, before it is put into the inventory: outputs in place of those of `create`. */
  readonly started?: (created: Created, inputs: Properties) => Promise<Properties>;
  /** Changes it in place. Default: the new inputs are taken over. */
  readonly update?: (cloud: Inventory, id: string, inputs: Properties, config: Properties) => void;
  /**
   * The outputs that this change in place changes, with their new values; a preview shows the computed ones of them as
   * unknown.
   */
  readonly recomputed?: (thing: Thing, inputs: Properties) => Properties;
  /** Takes it away, with all that goes with it. Default: just it. */
  readonly delete?: (cloud: Inventory, id: string, inputs: Properties, config: Properties) => void;
}

/** A function of a package. `config`: that of the provider. */
export type SimulatedFunction = (cloud: Inventory, args: Properties, config: Properties) => Properties;

/** One package's simulated cloud. Others join by giving the same. */
export interface SimulatedPackage {
  /** Package name in type tokens, e.g. `confluentcloud`. */
  readonly name: string;
  /** npm package whose types say which inputs there are. */
  readonly sdk: string;
  readonly resources: Readonly<Record<string, SimulatedResource>>;
  readonly functions: Readonly<Record<string, SimulatedFunction>>;
  /** What the provider refuses of its own configuration. */
  readonly checkConfig?: (config: Properties, refuse: Refuse) => void;
  /** The realm of things of a type, for a provider with a configuration. Default: there is one only. */
  readonly realm?: (type: string, config: Properties) => string | undefined;
  /** Properties that are credentials: used, never kept. */
  readonly credentials: readonly string[];
}
