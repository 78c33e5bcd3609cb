import { either } from "../../words.ts";
import { expressionText } from "../expressionText.ts";
import { quotedName } from "../ident.ts";
import type { Report } from "../reading/build.ts";
import { describeSqlType, sameSqlType } from "../sqlType.ts";
import { allPartsOf, type Expression, type Join } from "../syntax.ts";
import type { MaybeType } from "../typing/coercion.ts";
import { typeOf, type Surroundings } from "../typing/expressions.ts";
import type { Joined } from "./key.ts";
import { columnType, resolve, type Scope, type ScopeSource } from "./scope.ts";

export interface Sides {
  readonly left: Expression;
  readonly right: Expression;
  readonly type: MaybeType;
}

/** The two sides of ON, whichever way round they are written. */
export function sidesOf(left: Joined, join: Join, right: ScopeSource, report: Report): Sides | undefined {
  const { on } = join;
  if (on === undefined) {
    report(join, "A JOIN says what it joins by. Write ON a.column = b.column after it.");
    return undefined;
  }
  const scope = { ...left.scope, sources: [...left.scope.sources, right] };
  if (on.kind === "binary" && on.operator === "AND") {
    report(on, "ksqlDB joins by one equality. Keep one, and put the others into WHERE.");
    return undefined;
  }
  if (on.kind !== "binary" || on.operator !== "=") {
    report(
      on,
      `ksqlDB joins by one equality, and this is ${expressionText(on)}. Write ON a.column = b.column, and the condition into WHERE.`,
    );
    return undefined;
  }
  const around: Surroundings = {
    columnType: (reference) => columnType(scope, reference, report),
    report,
    isPersistent: true,
    noAggregates: "ON looks at single rows. Aggregate in a statement of its own first",
    noTableFunctions: "ON looks at single rows",
  };
  const types = [typeOf(on.left, around), typeOf(on.right, around)] as const;
  const sources = [sourcesOf(scope, on.left), sourcesOf(scope, on.right)] as const;
  if (scope.isOpen && sources.some((some) => some.size === 0)) {
    return undefined;
  }
  const isRight = (some: ReadonlySet<string>) => some.size === 1 && some.has(right.alias);
  const isLeft = (some: ReadonlySet<string>) => some.size === 1 && !some.has(right.alias);
  const [type, other] = types;
  if (isLeft(sources[0]) && isRight(sources[1])) {
    equalTypes(on.left, type, on.right, other, report);
    return { left: on.left, right: on.right, type };
  }
  if (isRight(sources[0]) && isLeft(sources[1])) {
    equalTypes(on.right, other, on.left, type, report);
    return { left: on.right, right: on.left, type: other };
  }
  if (types[0] !== undefined && types[1] !== undefined) {
    const aliases = left.scope.sources.map(({ alias }) => quotedName(alias));
    report(
      on,
      `Each side of ON takes its columns from one source, and this does not. Write ON ${either(aliases)}.column = ${quotedName(right.alias)}.column.`,
    );
  }
  return undefined;
}

function sourcesOf(scope: Scope, expression: Expression): ReadonlySet<string> {
  return new Set(
    allPartsOf(expression).flatMap((part) =>
      part.kind === "column" ? resolve(scope, part).flatMap(({ source }) => source?.alias ?? []) : [],
    ),
  );
}

function equalTypes(
  left: Expression,
  leftType: MaybeType,
  right: Expression,
  rightType: MaybeType,
  report: Report,
): void {
  if (leftType === undefined || rightType === undefined || sameSqlType(leftType, rightType)) {
    return;
  }
  report(
    left,
    `Both sides of ON have the same type, and ${expressionText(left)} is ${describeSqlType(leftType)} but ` +
      `${expressionText(right)} ${describeSqlType(rightType)}. Write CAST(${expressionText(left.kind === "cast" ? left.value : left)} AS ${describeSqlType(rightType)}).`,
  );
}
