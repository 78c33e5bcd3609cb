/** What the real provider says of a value that it refuses. `key`: Terraform's name for the value, which its messages use. */
export type Rule = (value: unknown, key: string) => string | undefined;

export function oneOf(...legal: readonly string[]): Rule {
  return (value, key) =>
    typeof value === "string" && !legal.includes(value)
      ? `expected ${key} to be one of [${legal.map((item) => `"${item}"`).join(" ")}], got ${value}`
      : undefined;
}

export function matching(pattern: RegExp, hint: string): Rule {
  return (value, key) =>
    typeof value === "string" && !pattern.test(value) ? `invalid value for ${key} (${hint})` : undefined;
}

export const atLeastOne: Rule = (value, key) =>
  typeof value === "number" && value < 1 ? `expected ${key} to be at least (1), got ${String(value)}` : undefined;

export const notEmpty: Rule = (value, key) =>
  value === "" ? `expected "${key}" to not be an empty string, got ` : undefined;

export function between(least: number, most: number): Rule {
  return (value, key) =>
    typeof value === "number" && (value < least || value > most)
      ? `expected ${key} to be in the range (${String(least)} - ${String(most)}), got ${String(value)}`
      : undefined;
}

export function oneOfNumbers(...legal: readonly number[]): Rule {
  return (value, key) =>
    typeof value === "number" && !legal.includes(value)
      ? `expected ${key} to be one of [${legal.join(" ")}], got ${String(value)}`
      : undefined;
}

export function lengthBetween(least: number, most: number): Rule {
  return (value, key) =>
    typeof value === "string" && (value.length < least || value.length > most)
      ? `expected length of ${key} to be in the range (${String(least)} - ${String(most)}), got ${value}`
      : undefined;
}

/** The first of the rules that is broken. */
export function every(...rules: readonly Rule[]): Rule {
  return (value, key) => rules.map((rule) => rule(value, key)).find((message) => message !== undefined);
}
