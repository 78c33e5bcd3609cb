import type { Properties } from "./inventory.ts";
import { isKnown } from "./known.ts";
import type { Refuse } from "./simulated.ts";

/** What the real provider says of a value that it refuses. `key`: Terraform's name for the value, which its messages use. */
export type Rule = (value: unknown, key: string) => string | undefined;

export function oneOf(...legal: readonly string[]): Rule {
  return (value, key) =>
    typeof value === "string" && !legal.includes(value)
      ? `expected ${key} to be one of [${legal.map((item) => `"${item}"`).join(" ")}], got ${value}`
      : undefined;
}

/** Like `oneOf`, whatever the case. */
export function oneOfWords(...legal: readonly string[]): Rule {
  return (value, key) =>
    oneOf(...legal)(
      typeof value === "string" && legal.includes(value.toUpperCase()) ? value.toUpperCase() : value,
      key,
    );
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

/** Refuses more or fewer than one of the inputs. What is not known yet may be there or not. */
export function exactlyOne(inputs: Properties, names: readonly string[], refuse: Refuse): void {
  const given = names.filter((name) => inputs[name] !== undefined);
  const known = given.filter((name) => isKnown(inputs[name]));
  if (known.length > 1 || given.length === 0) {
    const problem = known.length > 1 ? "only one of" : "one of";
    refuse(names[0] ?? "", `Invalid combination of arguments. ${problem} \`${names.join(",")}\` must be specified`);
  }
}

/** Refuses two inputs that exclude each other. */
export function conflicting(inputs: Properties, a: string, b: string, refuse: Refuse): void {
  if (inputs[a] !== undefined && inputs[b] !== undefined) {
    refuse(a, `Conflicting configuration arguments. "${a}": conflicts with ${b}`);
  }
}
