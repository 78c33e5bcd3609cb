import type { Table, Transformation } from "../graph.ts";
import { either, nearest } from "../words.ts";

export function titleOf(item: Table | Transformation): string {
  return "path" in item ? `table ${item.source} ${item.path}` : `transformation ${item.name}`;
}

export function namesOf(items: readonly { readonly name: string }[]): string[] {
  return items.map(({ name }) => name);
}

/** What to write: the nearest, or the whole choice. */
export function meant(word: string, known: readonly string[]): string {
  return known.length === 0 ? "Take it out." : `Write ${nearest(word, known) ?? either(known)}.`;
}

/** Lower-case letters and digits, a letter first, with a separator where there was something else. */
export function lowerCaseWord(name: string, separator: "" | "-"): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const word = words.join(separator);
  return (/^[a-z]/.test(word) ? word : `s${word}`).slice(0, 32);
}
