import { either } from "../../words.ts";
import { quotedName } from "../ident.ts";
import { expressionText, joinText } from "../normal.ts";
import type { Report } from "../reading/build.ts";
import { describeSqlType, sameSqlType } from "../sqlType.ts";
import type { PlanStep, Relation, RelationKind } from "../statement.ts";
import { allPartsOf, type Expression, type Join } from "../syntax.ts";
import type { MaybeType } from "../typing/coercion.ts";
import { typeOf, type Surroundings } from "../typing/expressions.ts";
import { columnType, identityOf, resolve, type Scope, type ScopeSource } from "./scope.ts";

/** What a key is made of, as far as a query has come. */
export interface QueryKey {
  /** Each part: the texts of all expressions that stand for it, columns qualified, and its type. */
  readonly parts: readonly KeyPart[];
}

export interface KeyPart {
  readonly identities: readonly string[];
  /** As one would write it in a SELECT list. */
  readonly text: string;
  /** What to say where it is missing: `O.CUSTOMER_ID or C.ID`. */
  readonly choices: readonly string[];
  readonly type: MaybeType;
  /** The name that `SELECT *` and a bare column give it. */
  readonly name: string;
  /** A ROWKEY that the join makes of its own, which no expression stands for. */
  readonly isSynthetic: boolean;
}

/** The left side of the next join, or the whole FROM. */
export interface Joined {
  readonly kind: RelationKind;
  readonly scope: Scope;
  readonly key: QueryKey;
  readonly steps: readonly PlanStep[];
  /** Relation whose formats and partitions the result takes over. */
  readonly leftmost: Relation | undefined;
  readonly hasForeignKey: boolean;
}

export function keyOf({ alias, relation }: ScopeSource, isJoined: boolean): QueryKey {
  const parts = relation.columns
    .filter(({ isKey }) => isKey)
    .map(({ name, type }): KeyPart => {
      const identity = `${quotedName(alias)}.${quotedName(name)}`;
      const text = isJoined ? identity : quotedName(name);
      return { identities: [identity], text, choices: [text], type, name, isSynthetic: false };
    });
  return { parts };
}

/** Joins one more source to what there is. */
export function joined(left: Joined, join: Join, right: ScopeSource | undefined, report: Report): Joined {
  if (right === undefined) {
    return { ...left, scope: { ...left.scope, isOpen: true } };
  }
  const kind = left.kind === "stream" || right.relation.kind === "stream" ? "stream" : "table";
  const rightName = quotedName(right.alias);
  sideMistakes(left, join, right, report);
  const scope = { ...left.scope, sources: [...left.scope.sources, right] };
  const sides = sidesOf(left, join, right, report);
  const isForeignKey =
    sides !== undefined && left.kind === "table" && right.relation.kind === "table" && !isKey(left, sides.left);
  const step: PlanStep =
    left.kind === "table" && right.relation.kind === "table"
      ? { kind: isForeignKey ? "foreignKeyTableTableJoin" : "tableTableJoin", join: join.kind, text: joinText(join) }
      : {
          kind: right.relation.kind === "table" ? "streamTableJoin" : "streamStreamJoin",
          join: join.kind,
          text: joinText(join),
        };
  const steps = [...left.steps, sourceStep(right), step];
  if (sides === undefined) {
    return { ...left, kind, scope, steps, key: { parts: [] } };
  }
  if (isForeignKey) {
    foreignKeyMistakes(left, join, report);
    rightKeyMistakes(right, sides.right, rightName, join, report);
    return { ...left, kind, scope, steps, hasForeignKey: true };
  }
  if (right.relation.kind === "table") {
    rightKeyMistakes(right, sides.right, rightName, join, report);
  }
  partitionMistakes(left, join, right, report);
  return { ...left, kind, scope, steps, key: joinKey(left, scope, sides, join) };
}

export function sourceStep({ alias, relation }: ScopeSource): PlanStep {
  const text = alias === relation.name ? quotedName(alias) : `${quotedName(relation.name)} ${quotedName(alias)}`;
  return { kind: relation.kind === "stream" ? "streamSource" : "tableSource", relation: relation.name, alias, text };
}

function sideMistakes(left: Joined, join: Join, right: ScopeSource, report: Report): void {
  const rightName = quotedName(right.relation.name);
  if (left.scope.sources.some(({ relation }) => relation.name === right.relation.name)) {
    report(
      join.source,
      `ksqlDB does not join ${rightName} with itself. Write a copy of it with CREATE ${right.relation.kind.toUpperCase()} … AS SELECT, and join that.`,
    );
  }
  const isStreamStream = left.kind === "stream" && right.relation.kind === "stream";
  if (left.kind === "table" && right.relation.kind === "stream") {
    report(
      join,
      `A stream comes first when it is joined with a table, and ${rightName} is a stream. Write FROM ${rightName} … JOIN the table.`,
    );
  } else if (
    left.kind === "stream" &&
    right.relation.kind === "table" &&
    (join.kind === "RIGHT" || join.kind === "FULL")
  ) {
    report(
      join,
      `A stream and a table have no ${join.kind} JOIN: only the stream's rows make the join happen. Write LEFT JOIN or INNER JOIN.`,
    );
  }
  if (isStreamStream && join.within === undefined) {
    report(
      join,
      "Two streams are joined within a time, and here is none. Write WITHIN 1 HOUR GRACE PERIOD 10 MINUTES, or the like, before ON.",
    );
  } else if (!isStreamStream && join.within !== undefined) {
    report(
      join.within,
      `WITHIN is for two streams, and ${[...left.scope.sources.map(({ relation }) => relation), right.relation]
        .filter(({ kind }) => kind === "table")
        .map(({ name }) => quotedName(name))
        .join(" and ")} is a table. Take WITHIN out.`,
    );
  }
  const windowed = [...left.scope.sources, right].filter(({ relation }) => relation.windowed !== undefined);
  const plain = [...left.scope.sources, right].find(({ relation }) => relation.windowed === undefined);
  const [first] = windowed;
  if (first !== undefined && plain !== undefined) {
    report(
      join,
      `${quotedName(first.relation.name)} has a window in its key and ${quotedName(plain.relation.name)} has none, so no keys are ever equal. ` +
        "Join before the window, or window both alike.",
    );
  }
}

interface Sides {
  readonly left: Expression;
  readonly right: Expression;
  readonly type: MaybeType;
}

/** The two sides of ON, whichever way round they are written. */
function sidesOf(left: Joined, join: Join, right: ScopeSource, report: Report): Sides | undefined {
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

function isKey(left: Joined, expression: Expression): boolean {
  const identity = identityOf(left.scope, expression);
  const [part] = left.key.parts;
  return left.key.parts.length === 1 && part?.identities.includes(identity) === true;
}

/** A table is found by its key and nothing else. */
function rightKeyMistakes(right: ScopeSource, side: Expression, rightName: string, join: Join, report: Report): void {
  const keys = right.relation.columns.filter(({ isKey: key }) => key).map(({ name }) => name);
  const isPrimary = side.kind === "column" && keys.includes(side.name.text);
  if (isPrimary && keys.length === 1) {
    return;
  }
  const relation = quotedName(right.relation.name);
  if (keys.length > 1) {
    report(
      join.on ?? join,
      `${relation} has a key of ${keys.length} columns, and a table is joined by a key of one. Make a table with one key of it first.`,
    );
    return;
  }
  report(
    side,
    `A table is joined by its primary key, and ${expressionText(side)} is not that of ${relation}. Write ${rightName}.${quotedName(keys[0] ?? "")}.`,
  );
}

function foreignKeyMistakes(left: Joined, join: Join, report: Report): void {
  if (join.kind !== "INNER" && join.kind !== "LEFT") {
    report(join, `A join by a foreign key is INNER or LEFT, and this is ${join.kind}. Write LEFT JOIN.`);
  }
  if (left.scope.sources.length > 1) {
    report(
      join,
      "A join by a foreign key has two tables. Write the first join as a statement of its own, and join its result.",
    );
  }
}

function partitionMistakes(left: Joined, join: Join, right: ScopeSource, report: Report): void {
  const other = left.scope.sources.find(
    ({ relation }) =>
      relation.partitions !== undefined &&
      right.relation.partitions !== undefined &&
      relation.partitions !== right.relation.partitions,
  );
  if (other === undefined) {
    return;
  }
  const counts = [other.relation, right.relation].map(
    ({ name, partitions }) => `${quotedName(name)} has ${partitions ?? 0}`,
  );
  report(
    join,
    `ksqlDB joins topics with equally many partitions, and ${counts.join(" but ")}. Give both the same count, or re-key one into a topic that has it.`,
  );
}

/** An INNER or LEFT join has the key of either side; a FULL one, whose sides may both be missing, makes its own. */
function joinKey(left: Joined, scope: Scope, sides: Sides, join: Join): QueryKey {
  const columns = [sides.left, sides.right].filter((side) => side.kind === "column");
  if (join.kind === "FULL" || columns.length === 0) {
    return { parts: [synthetic(sides.type)] };
  }
  const identities = columns.map((column) => identityOf(scope, column));
  const earlier = left.key.parts.find((part) => part.identities.includes(identityOf(left.scope, sides.left)));
  const all = [...new Set([...(left.scope.sources.length > 1 ? (earlier?.identities ?? []) : []), ...identities])];
  const [first] = columns;
  return {
    parts: [
      {
        identities: all,
        text: all[0] ?? "",
        choices: all,
        type: sides.type,
        name: first?.name.text ?? "",
        isSynthetic: false,
      },
    ],
  };
}

function synthetic(type: MaybeType): KeyPart {
  return { identities: ["ROWKEY"], text: "ROWKEY", choices: ["ROWKEY"], type, name: "ROWKEY", isSynthetic: true };
}
