import { quotedName } from "../ident.ts";
import type { ReplacementRules, StatementPlan } from "./statementPlan.ts";

/** What dropping a statement and making it again does to its topic and to its rows, in whole sentences. */
export function consequenceOf(plan: StatementPlan, { onReplacement, reprocess }: ReplacementRules): string {
  const name = quotedName(plan.name ?? "");
  const isAgain = reprocess === "from beginning";
  if (plan.kind === "insertSelect") {
    const end = isAgain
      ? "all of it is written a second time, from the beginning of what the query reads."
      : "what arrives until the new query starts is left out.";
    return `Its query is terminated and made again. What it wrote into ${name} stays, and ${end}`;
  }
  const order = `What reads ${name} is dropped before it and made again after it`;
  const topic = plan.result?.topic ?? plan.name ?? "";
  if (plan.kind === "createSource") {
    return `${order}. Its topic ${topic} is not touched.`;
  }
  if (onReplacement === "delete topic") {
    const rows = isAgain
      ? "filled again from the beginning of what it reads"
      : "made anew, with only what arrives from now on";
    return `${order}. Its topic ${topic} is deleted with its schemas, and ${rows}.`;
  }
  const rows = isAgain
    ? "and everything is written into it a second time, from the beginning of what it reads"
    : "and what arrives until the new query starts is left out";
  return `${order}. Its topic ${topic} is kept, ${rows}.`;
}

/** Why a statement that does not change itself is replaced, and what that does. */
export function becauseOfSources(plan: StatementPlan, rules: ReplacementRules): string {
  return `It is replaced: what it reads is made anew. ${consequenceOf(plan, rules)}`;
}
