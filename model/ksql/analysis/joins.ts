import { quotedName } from "../ident.ts";
import { joinText } from "../normal.ts";
import type { Report } from "../reading/build.ts";
import type { PlanStep } from "../statement.ts";
import type { Expression, Join } from "../syntax.ts";
import type { MaybeType } from "../typing/coercion.ts";
import { foreignKeyMistakes, partitionMistakes, rightKeyMistakes, sideMistakes } from "./joinMistakes.ts";
import { sidesOf, type Sides } from "./joinSides.ts";
import { sourceStep, type Joined, type KeyPart, type QueryKey } from "./key.ts";
import { identityOf, type Scope, type ScopeSource } from "./scope.ts";

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

function isKey(left: Joined, expression: Expression): boolean {
  const identity = identityOf(left.scope, expression);
  const [part] = left.key.parts;
  return left.key.parts.length === 1 && part?.identities.includes(identity) === true;
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
