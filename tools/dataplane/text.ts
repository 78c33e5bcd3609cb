import type { Value } from "../../dataplane/engines/reader.ts";

/** How many columns of a terminal a character takes: none for what stands on another, two for wide ones. */
function cellsOf(grapheme: string): number {
  return /^\p{Emoji_Presentation}|^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{20000}-\u{3fffd}]/u.test(
    grapheme,
  )
    ? 2
    : 1;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The text in exactly so many columns: cut with `…`, or filled up with blanks. Control characters show as `·`. */
export function fitted(text: string, width: number, align: "left" | "right" = "left"): string {
  const shown = cut(text.replace(/\p{Cc}/gu, "·"), width);
  const blanks = " ".repeat(Math.max(0, width - cells(shown)));
  return align === "left" ? shown + blanks : blanks + shown;
}

/** Columns of a terminal that a text takes. */
export function cells(text: string): number {
  return [...graphemes.segment(text)].reduce((sum, { segment }) => sum + cellsOf(segment), 0);
}

function cut(text: string, width: number): string {
  if (cells(text) <= width) {
    return text;
  }
  let result = "";
  let room = width - 1;
  for (const { segment } of graphemes.segment(text)) {
    room -= cellsOf(segment);
    if (room < 0) {
      break;
    }
    result += segment;
  }
  return width > 0 ? `${result}…` : "";
}

/** A column's value as a person reads it; nothing for none. */
export function shown(value: Value | undefined): string {
  if (value === undefined || value === null) {
    return "";
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value).replace(/(T\d\d:\d\d:\d\d)(\.000)?Z$/, "$1");
}
