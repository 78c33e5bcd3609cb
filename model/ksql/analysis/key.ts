import { quotedName } from "../ident.ts";
import type { PlanStep, Relation, RelationKind } from "../statement.ts";
import type { MaybeType } from "../typing/coercion.ts";
import type { Scope, ScopeSource } from "./scope.ts";

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

export function sourceStep({ alias, relation }: ScopeSource): PlanStep {
  const text = alias === relation.name ? quotedName(alias) : `${quotedName(relation.name)} ${quotedName(alias)}`;
  return { kind: relation.kind === "stream" ? "streamSource" : "tableSource", relation: relation.name, alias, text };
}
