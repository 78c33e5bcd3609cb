import { all } from "../../words.ts";
import { quotedName } from "../ident.ts";
import { describeSqlType } from "../sqlType.ts";
import type { RelationColumn } from "../statement.ts";
import type { StatementPlan } from "./statementPlan.ts";

export interface ColumnChange {
  readonly kind: "none" | "appended" | "refused";
  /** How many are appended. */
  readonly count: number;
  /** What is appended, as part of a sentence. */
  readonly words: string;
  /** Why ksqlDB does not change the columns in place. */
  readonly reason: string | undefined;
}

/** ksqlDB takes new columns at the end, and nothing else. */
export function columnChange(before: StatementPlan, after: StatementPlan): ColumnChange {
  const none = { kind: "none", count: 0, words: "", reason: undefined } as const;
  const [old, now] = [before.result?.columns, after.result?.columns];
  if (old === undefined || now === undefined) {
    return none;
  }
  const [oldKey, newKey] = [old, now].map((columns) => listText(columns.filter(({ isKey }) => isKey)));
  if (oldKey !== newKey) {
    return { ...none, kind: "refused", reason: `its key changes from ${oldKey ?? ""} to ${newKey ?? ""}` };
  }
  const [oldValue, newValue] = [old, now].map((columns) => columns.filter(({ isKey }) => !isKey));
  const reason = valueReason(oldValue ?? [], newValue ?? []);
  if (reason !== undefined) {
    return { ...none, kind: "refused", reason };
  }
  const added = (newValue ?? []).slice(oldValue?.length ?? 0);
  if (added.length === 0) {
    return none;
  }
  const words = `${all(added.map(columnText))} ${added.length > 1 ? "are" : "is"} appended`;
  return { kind: "appended", count: added.length, words, reason: undefined };
}

function valueReason(old: readonly RelationColumn[], now: readonly RelationColumn[]): string | undefined {
  const gone = old.filter(({ name }) => !now.some((column) => column.name === name));
  if (gone.length > 0) {
    const names = all(gone.map(({ name }) => quotedName(name)));
    return `${names} ${gone.length > 1 ? "are" : "is"} taken out of its columns`;
  }
  const changed = old.flatMap((column) => {
    const after = now.find(({ name }) => name === column.name);
    const [from, to] = [column, after].map((one) => one && describeSqlType(one.type));
    return from === to ? [] : [`${quotedName(column.name)} changes from ${from ?? ""} to ${to ?? ""}`];
  });
  if (changed.length > 0) {
    return all(changed);
  }
  const moved = old.some(({ name }, index) => now[index]?.name !== name);
  if (moved) {
    const added = now.find(({ name }) => !old.some((column) => column.name === name));
    const isInside = added !== undefined && now.indexOf(added) < old.length;
    return isInside
      ? `${quotedName(added.name)} stands among its columns, and only at the end can a column be added`
      : "its columns are in another order";
  }
  return undefined;
}

function columnText({ name, type }: RelationColumn): string {
  return `${quotedName(name)} ${describeSqlType(type)}`;
}

function listText(columns: readonly RelationColumn[]): string {
  return columns.length === 0 ? "none" : all(columns.map(columnText));
}
