import type { SourceKind } from "../columnTypes.ts";
import { quotedName, textLiteral } from "./sqlText.ts";

/** A name; a name in quotes already; a text that is only ever a literal; a number. */
export type TemplateValue =
  { readonly name: string } | { readonly quoted: string } | { readonly text: string } | number;

export interface TemplateScope {
  readonly values: Readonly<Record<string, TemplateValue>>;
  readonly lists: Readonly<Record<string, readonly TemplateScope[]>>;
}

/**
 * A template of `sql/` filled in for a kind of database. It is SQL with two things in it:
 * - `:{name}` is a name, in the database's own quotes; `:{'name'}` the same as a text literal. A qualified name is
 *   quoted part by part, and its literal holds it quoted. Numbers stand as they are.
 * - Lines from `-- :{for list}` to `-- :{end}` are repeated for each item of the list; lists may stand in each other.
 *
 * Throws for a name with a control character (it could end a comment), and for SQL Server one with `$(`, which sqlcmd
 * would replace.
 */
export function filledTemplate(template: string, scope: TemplateScope, kind: SourceKind): string {
  return filled(template.split("\n"), scope, kind).join("\n");
}

function filled(lines: readonly string[], scope: TemplateScope, kind: SourceKind): string[] {
  const begin = lines.findIndex((line) => /^-- :\{for \w+\}$/.test(line));
  if (begin === -1) {
    return lines.map((line) => filledLine(line, scope, kind));
  }
  const end = endOf(lines, begin);
  const list = lookedUp(scope.lists, /for (\w+)/.exec(lines[begin] ?? "")?.[1] ?? "");
  const inner = list.map(({ values, lists }) => ({
    values: { ...scope.values, ...values },
    lists: { ...scope.lists, ...lists },
  }));
  return [
    ...lines.slice(0, begin).map((line) => filledLine(line, scope, kind)),
    ...inner.flatMap((item) => filled(lines.slice(begin + 1, end), item, kind)),
    ...filled(lines.slice(end + 1), scope, kind),
  ];
}

/** The line that ends the list which begins at a line; lists stand in each other. */
function endOf(lines: readonly string[], begin: number): number {
  let depth = 0;
  for (let index = begin; index < lines.length; index += 1) {
    depth += lines[index]?.startsWith("-- :{for ") === true ? 1 : lines[index] === "-- :{end}" ? -1 : 0;
    if (depth === 0) {
      return index;
    }
  }
  throw new Error(`the template has no end for ${lines[begin] ?? ""}`);
}

function filledLine(line: string, { values }: TemplateScope, kind: SourceKind): string {
  return line.replace(/:\{(')?(\w+)'?\}/g, (_, isLiteral: string | undefined, key: string) => {
    const value = lookedUp(values, key);
    if (typeof value === "number") {
      return String(value);
    }
    const [given = ""] = Object.values(value);
    refuseStrange(kind, given);
    if (isLiteral !== undefined) {
      return textLiteral(kind, given);
    }
    if ("text" in value) {
      throw new Error(`the template has text ${key} where a name belongs`);
    }
    return "quoted" in value ? value.quoted : quotedName(kind, value.name);
  });
}

function refuseStrange(kind: SourceKind, name: string): void {
  if (/[\u0000-\u001f\u007f\u0085\u2028\u2029]/.test(name) || (kind === "sqlServer" && name.includes("$("))) {
    throw new Error(`${JSON.stringify(name)} cannot stand in a script: it has a control character or $(`);
  }
}

function lookedUp<T>(table: Readonly<Record<string, T>>, key: string): T {
  const value = table[key];
  if (value === undefined) {
    throw new Error(`the template asks for ${key}, which there is not`);
  }
  return value;
}
