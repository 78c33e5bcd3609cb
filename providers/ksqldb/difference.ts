import { changeOf, changeText, type Change } from "../../model/ksql/change/change.ts";
import { becauseOfSources, consequenceOf } from "../../model/ksql/change/consequence.ts";
import { canonical } from "../canonical.ts";
import { isUnknown, type StatementProperties, type StatementState } from "./properties.ts";

export interface Difference {
  /** `undefined`: nothing changes. */
  readonly is: "update" | "replacement" | undefined;
  /** Property that a replacement is laid to. */
  readonly property?: keyof StatementProperties;
  /** What will happen, and why, in whole sentences; empty where nothing is sent. */
  readonly words: string;
  /** What happens to the statement itself, whatever else does. */
  readonly change: Change;
}

/** What will be done to make one statement of another, as far as can be known in a preview. */
export function differenceOf(before: StatementState, after: StatementProperties): Difference {
  const none: Change = { kind: "none" };
  const replaced = (property: keyof StatementProperties, words: string): Difference => ({
    is: "replacement",
    property,
    words,
    change: none,
  });
  if (isUnknown(after.plan) || isUnknown(after.sql)) {
    return { is: "update", words: "", change: none };
  }
  // The engine asks so of what depends on something that is replaced: it then deletes this first.
  if (isUnknown(after.reads)) {
    return replaced("reads", becauseOfSources(before.plan, before));
  }
  if (isUnknown(after.endpoint) || before.endpoint !== after.endpoint) {
    return replaced("endpoint", `It is made anew on ${isUnknown(after.endpoint) ? "a new server" : after.endpoint}.`);
  }
  const change = changeOf(before.plan, after.plan, after);
  if (change.kind === "impossible") {
    throw new Error(`${after.file}: ${change.words}`);
  }
  if (change.kind === "replacement") {
    return { is: "replacement", property: "sql", words: driftText(before) + changeText(change), change };
  }
  const anew = Object.keys(before.reads).filter((name) => isMadeAnew(before.reads[name], after.reads[name]));
  if (anew.length > 0) {
    return replaced("reads", becauseOfSources(after.plan, after));
  }
  if (before.drift === "query gone") {
    const words = `It is replaced: somebody has terminated its query. ${consequenceOf(after.plan, after)}`;
    return replaced("sql", words);
  }
  const words =
    before.drift === "changed" && change.kind !== "none"
      ? "Somebody has changed it on the server, and it is replaced in place (CREATE OR REPLACE) by what is declared."
      : (driftText(before) + changeText(change)).trim();
  return { is: words === "" && isSame(before, after) ? undefined : "update", words, change };
}

function driftText({ drift }: StatementState): string {
  switch (drift) {
    case "changed":
      return "Somebody has changed it on the server, and the change is taken back. ";
    case "query paused":
      return "Somebody has paused its query, which goes on. ";
    case "query failed":
      return "Its query has failed, and is started again where it can be. ";
    default:
      return "";
  }
}

/**
 * A revision that a preview cannot know belongs to a statement that changes in place, and keeps it: one that is made
 * anew has had the engine ask about this before.
 */
function isMadeAnew(before: string | undefined, after: string | undefined): boolean {
  return before !== undefined && after !== undefined && !isUnknown(after) && before !== "" && before !== after;
}

/** Inputs that the plan covers, and outputs, are not compared: what a newer checker knows more is no change. */
function isSame(before: StatementState, after: StatementProperties): boolean {
  const names = [
    "key",
    "secret",
    "file",
    "sql",
    "onReplacement",
    "reprocess",
    "deleteTopic",
    "writers",
    "adopt",
  ] as const;
  const reads = Object.fromEntries(
    Object.entries(after.reads).map(([name, revision]) => [name, isUnknown(revision) ? before.reads[name] : revision]),
  );
  return (
    names.every((name) => canonical(before[name]) === canonical(after[name])) &&
    canonical(before.reads) === canonical(reads)
  );
}
