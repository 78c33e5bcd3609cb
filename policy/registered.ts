/** A resource as the program registers it. */
export interface Registered {
  /** Type token, e.g. `aws:iam/rolePolicy:RolePolicy`. */
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Paths of the inputs that are secret. Default: none. */
  readonly secrets?: readonly string[];
  /** Whether Pulumi refuses to delete it. Default: `false`. */
  readonly protect?: boolean;
}

/** What a guardrail says of a resource: one sentence for each breach, none when all is well. */
export type Guardrail = (resource: Registered) => string[];

/** The items of a list that are objects' properties. */
export function records(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? (value as Readonly<Record<string, unknown>>[]) : [];
}

/** The statements of a policy; none of one that is not known yet. */
export function statementsOf(policy: unknown): Readonly<Record<string, unknown>>[] {
  const document = typeof policy === "string" && policy.startsWith("{") ? (JSON.parse(policy) as unknown) : policy;
  return typeof document === "object" && document !== null && "Statement" in document
    ? records([document.Statement].flat())
    : [];
}

/** A text, or a list of them. */
export function texts(value: unknown): string[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).map(String);
}
