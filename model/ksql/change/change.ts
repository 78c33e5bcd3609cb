import { quotedName } from "../ident.ts";
import { columnChange } from "./columns.ts";
import { consequenceOf } from "./consequence.ts";
import { queryChange } from "./query.ts";
import type { ReplacementRules, StatementPlan } from "./statementPlan.ts";
import { topicChange } from "./topic.ts";

/** What a server will do to make one statement of another. Words are whole sentences. */
export type Change =
  | { readonly kind: "none" }
  /** `CREATE OR REPLACE`: the query goes on where it is. */
  | { readonly kind: "inPlace" | "appendedColumns"; readonly words: string }
  /** Dropped and made again, and what reads it with it. */
  | { readonly kind: "replacement"; readonly reason: string; readonly consequence: string }
  /** Neither works as long as the rules are these. */
  | { readonly kind: "impossible"; readonly words: string };

export interface ChangeOptions extends ReplacementRules {
  /** Names of INSERT INTO statements that write into its result besides it. Default: none. */
  readonly writers?: readonly string[] | undefined;
}

/** By what ksqlDB upgrades in place; whatever is not known to work there is a replacement. */
export function changeOf(before: StatementPlan, after: StatementPlan, options: ChangeOptions): Change {
  const columns = columnChange(before, after);
  // What a newer checker finds otherwise in the same text, the server has had that way all the time.
  if (before.normal === after.normal && (columns.kind === "none" || namesOf(before) === namesOf(after))) {
    return { kind: "none" };
  }
  const name = quotedName(after.name ?? "");
  const topic = topicChange(before, after);
  const keepsTopic = after.kind === "createAs" && options.onReplacement === "keep topic";
  if (topic.kind === "otherSettings" && keepsTopic) {
    return {
      kind: "impossible",
      words:
        `${name} cannot change: ${topic.words}, and ksqlDB does not change a topic that is there. ` +
        "Write -- on replacement: delete topic at the start of the file, or take the change back.",
    };
  }
  const reason =
    identityReason(before, after) ?? topicReason(topic) ?? columns.reason ?? queryReason(before, after, options);
  if (reason !== undefined) {
    return { kind: "replacement", reason, consequence: consequenceOf(after, options) };
  }
  if (columns.kind === "appended") {
    const readers =
      after.kind === "createSource"
        ? "What reads it does not see that before it is changed itself."
        : `Rows that are in its topic already do not have ${columns.count > 1 ? "them" : "it"}.`;
    return {
      kind: "appendedColumns",
      words: `${name} is replaced in place (CREATE OR REPLACE): ${columns.words}. ${readers}`,
    };
  }
  const what = queryChange(before, after).words;
  const stays = after.kind === "createSource" ? "" : " Rows that are in its topic already stay as they are.";
  return { kind: "inPlace", words: `${name} is replaced in place (CREATE OR REPLACE): ${what}.${stays}` };
}

/** One sentence or two, as a preview shows them; nothing for no change. */
export function changeText(change: Change): string {
  switch (change.kind) {
    case "none":
      return "";
    case "replacement":
      return `It is replaced: ${change.reason}. ${change.consequence}`;
    default:
      return change.words;
  }
}

function namesOf({ result }: StatementPlan): string {
  return JSON.stringify(result?.columns.map(({ name }) => name));
}

function identityReason(before: StatementPlan, after: StatementPlan): string | undefined {
  const [old, now] = [quotedName(before.name ?? ""), quotedName(after.name ?? "")];
  if (before.kind === "insertSelect" || after.kind === "insertSelect") {
    return `INSERT INTO ${now} cannot be replaced in place`;
  }
  if (old !== now) {
    return `${old} becomes ${now}, which is another ${after.relationKind ?? "relation"}`;
  }
  if (before.relationKind !== after.relationKind) {
    return `${now} was a ${before.relationKind ?? "relation"} and becomes a ${after.relationKind ?? "relation"}`;
  }
  if (before.kind !== after.kind) {
    return after.kind === "createAs"
      ? `${now} was declared over a topic and becomes the result of a query`
      : `${now} was the result of a query and becomes declared over a topic`;
  }
  if (before.result?.readOnly === true || after.result?.readOnly === true) {
    return `${now} is read only (CREATE SOURCE), and that cannot be replaced in place`;
  }
  return undefined;
}

function topicReason(topic: ReturnType<typeof topicChange>): string | undefined {
  return topic.kind === "none" ? undefined : topic.words;
}

function queryReason(before: StatementPlan, after: StatementPlan, { writers = [] }: ChangeOptions): string | undefined {
  const { reason } = queryChange(before, after);
  return (
    reason ??
    (writers.length > 0
      ? `${writers.join(" and ")} ${writers.length > 1 ? "insert" : "inserts"} into it, and then it cannot be replaced in place`
      : undefined)
  );
}
