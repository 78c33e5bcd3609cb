import type { Rule } from "../rules.ts";

/** What the provider's boolean texts accept; `default` is its own word for one that is left out. */
export const booleanText: Rule = (value, key) =>
  typeof value === "string" && !["true", "false", "default"].includes(value)
    ? `expected [{{} ${key}}] to be one of ["true" "false"], got ${value}`
    : undefined;

export const atLeast =
  (least: number): Rule =>
  (value, key) =>
    typeof value === "number" && value < least && value !== -1
      ? `expected ${key} to be at least (${String(least)}), got ${String(value)}`
      : undefined;

/** One of some words, whatever their case, with the message of the provider's own reader. */
export const wordOf =
  (words: readonly string[], message: string): Rule =>
  (value) =>
    typeof value === "string" && !words.includes(value.toUpperCase()) ? `${message}: ${value}` : undefined;
