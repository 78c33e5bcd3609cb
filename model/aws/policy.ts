/** A statement of an IAM policy, with the names that AWS has for its members. */
export interface PolicyStatement {
  /** Default: `Allow`. */
  readonly Effect?: "Allow" | "Deny";
  /** Whose requests it is about; only in policies that hang on a resource or a role. */
  readonly Principal?: Readonly<Record<string, string>> | "*";
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** In the order of keys in which AWS gives it back, so that there is nothing to compare away. */
export function policyDocument(statements: readonly PolicyStatement[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })),
  });
}
