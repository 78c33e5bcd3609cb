import { ksqlDbWords } from "../reservedWords.ts";

/** A name as a statement has to write it: in backticks only if it would otherwise be read as something else. */
export function quotedName(name: string): string {
  return /^[A-Z_][A-Z0-9_]*$/.test(name) && !ksqlDbWords.has(name) ? name : `\`${name.replaceAll("`", "``")}\``;
}
