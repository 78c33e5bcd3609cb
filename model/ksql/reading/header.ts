import { either, nearest } from "../../words.ts";
import type { Header, OnReplacement, Reprocess } from "../statement.ts";
import type { Report } from "./build.ts";

const legal = {
  "on replacement": ["keep topic", "delete topic"] satisfies OnReplacement[],
  reprocess: ["from beginning", "from now"] satisfies Reprocess[],
} as const;
type Option = keyof typeof legal;
const options = Object.keys(legal) as Option[];

/**
 * The comment lines at the start of a file: the question that the statement answers, then its options, each
 * `-- name: value`. A line of a question may hold a colon; only what looks like an option is taken for one.
 */
export function readHeader(text: string, report: Report): Header {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const end = lines.findIndex((line) => !/^\s*(--|$)/.test(line));
  const question: string[] = [];
  const found = new Map<Option, string>();
  lines.slice(0, end < 0 ? lines.length : end).forEach((line, index) => {
    const comment = line.replace(/^\s*-*\s*/, "").trim();
    const written = /^([a-z][a-z ]*?)\s*:\s*(.*)$/i.exec(comment);
    const option = written?.[1] === undefined ? undefined : optionOf(written[1]);
    if (written === null || option === undefined) {
      question.push(comment);
      return;
    }
    const [, name = "", value = ""] = written;
    const at = { line: index + 1, column: line.indexOf(name) + 1 };
    const meant = legal[option].find((candidate) => candidate === value.toLowerCase().replace(/\s+/g, " "));
    if (name.toLowerCase().replace(/\s+/g, " ") !== option) {
      report(at, `There is no option "${name}". Write ${option}: ${either(legal[option])}.`, "harmful");
    } else if (meant === undefined) {
      const choice = nearest(value, legal[option]) ?? either(legal[option]);
      report(at, `${option} cannot be "${value}". Write ${option}: ${choice}.`, "harmful");
    } else if (found.has(option)) {
      report(at, `The option ${option} is there twice. Take one out.`, "harmful");
    } else {
      found.set(option, meant);
    }
  });
  return {
    question: question.filter((line) => line !== "").join(" "),
    onReplacement: found.get("on replacement") as OnReplacement | undefined,
    reprocess: found.get("reprocess") as Reprocess | undefined,
  };
}

/** The option that a word is, or is a slip of the pen for. */
function optionOf(word: string): Option | undefined {
  const folded = word.toLowerCase().replace(/\s+/g, " ");
  return (
    options.find((option) => option === folded) ??
    (folded.length < 20 ? (nearest(folded, options) as Option | undefined) : undefined)
  );
}
