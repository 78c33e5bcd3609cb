import { distance } from "fastest-levenshtein";

/** The candidate that is closest to a word, if it is close enough to have been meant. Ties go to the first. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const folded = word.toLowerCase();
  const scored = candidates.map((candidate) => ({ candidate, edits: distance(folded, candidate.toLowerCase()) }));
  const best = scored.reduce<(typeof scored)[number] | undefined>(
    (a, b) => (a === undefined || b.edits < a.edits ? b : a),
    undefined,
  );
  const limit = Math.max(1, Math.ceil(word.length / 3));
  return best !== undefined && best.edits <= limit ? best.candidate : undefined;
}

/** `a`, `a or b`, `a, b or c`. */
export function either(words: readonly string[]): string {
  return listed(words, "or");
}

/** `a`, `a and b`, `a, b and c`. */
export function all(words: readonly string[]): string {
  return listed(words, "and");
}

function listed(words: readonly string[], last: "or" | "and"): string {
  const head = words.slice(0, -1).join(", ");
  const tail = words.at(-1) ?? "nothing";
  return head === "" ? tail : `${head} ${last} ${tail}`;
}
