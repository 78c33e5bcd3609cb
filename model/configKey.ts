/** One config key: what `Pulumi.yaml` says of it, and which values are legal. A test holds the two together. */
export interface ConfigKey {
  readonly type: "integer" | "string" | "boolean" | "array" | "object";
  readonly default: number | string | boolean | readonly string[] | Readonly<Record<string, never>>;
  readonly description: string;
  readonly legal?: readonly (string | number)[];
  /** The value may only be given encrypted. */
  readonly secret?: boolean;
  /** There is no default that could be right: the value must be given. */
  readonly required?: boolean;
}
