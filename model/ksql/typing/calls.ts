import { all, nearest } from "../../words.ts";
import { describeSqlType } from "../sqlType.ts";
import { timeUnits, type Call, type ColumnReference, type Expression } from "../syntax.ts";
import type { MaybeType } from "./coercion.ts";
import { typeOf, type Surroundings } from "./expressions.ts";
import { aggregateFunctions, foreignFunctions, scalarFunctions, signaturesIn, tableFunctions } from "./functions.ts";
import { parseSignature, resultOf, type Argument } from "./signatures.ts";

export function callType(call: Call, around: Surroundings, inside: Surroundings): MaybeType {
  const name = call.name.text;
  const scalar = signaturesIn(scalarFunctions, name);
  const aggregate = signaturesIn(aggregateFunctions, name);
  const table = signaturesIn(tableFunctions, name);
  const signatures = aggregate ?? table ?? scalar;
  if (signatures === undefined) {
    const known = [...Object.keys(scalarFunctions), ...Object.keys(aggregateFunctions), ...Object.keys(tableFunctions)];
    const meant = foreignFunctions.get(name) ?? nearest(name, known);
    const fix = meant === undefined ? "Take one that ksqlDB has: SHOW FUNCTIONS lists them." : `Write ${meant}(…).`;
    around.report(call, `ksqlDB has no function ${name}. ${fix}`);
    call.arguments.forEach(
      (argument) => argument.kind !== "lambda" && argument.kind !== "unit" && typeOf(argument, inside),
    );
    return undefined;
  }
  if (aggregate !== undefined && around.noAggregates !== undefined) {
    around.report(call, `${name} goes over many rows, but ${around.noAggregates}.`);
  }
  if (table !== undefined && around.noTableFunctions !== undefined) {
    around.report(call, `${name} cannot stand here: ${around.noTableFunctions}. Take it out of what is around it.`);
  }
  const nested: Surroundings =
    aggregate === undefined
      ? inside
      : { ...inside, noAggregates: `it stands inside ${name} already. Aggregate in a statement of its own first` };
  const given = call.arguments.map((argument, index) =>
    // DAY, unlike DAYS, is read as a name.
    index === 0 && signatures.every((text) => text.startsWith("UNIT")) && isUnit(argument)
      ? { kind: "unit" as const }
      : argumentOf(argument, nested),
  );
  const result = resultOf(signatures.map(parseSignature), given);
  if (result === undefined) {
    around.report(call, `${name} ${mismatch(name, signatures, given)}`);
  }
  return result?.type;
}

function isUnit(expression: Expression): boolean {
  return (
    expression.kind === "column" &&
    expression.source === undefined &&
    timeUnits.some((unit) => unit === `${expression.name.text}S`)
  );
}

function mismatch(name: string, signatures: readonly string[], given: readonly Argument[]): string {
  const types = [...new Set(given.map(shownArgument))];
  // COALESCE, IFNULL, GREATEST and the like.
  const isOfOneType = signatures.every((text) => /^T, T(\.\.\.)? : T$/.test(text));
  return isOfOneType && types.length > 1 && given.length > 1
    ? `wants values of one type, and these are ${all(types)}. CAST them to one.`
    : `does not take (${given.map(shownArgument).join(", ")}). Write ${signatures.map((text) => usage(name, text)).join(" or ")}.`;
}

function argumentOf(expression: Expression, around: Surroundings): Argument {
  if (expression.kind === "unit") {
    return { kind: "unit" };
  }
  if (expression.kind !== "lambda") {
    return { kind: "value", type: typeOf(expression, around) };
  }
  const { parameters, body } = expression;
  return {
    kind: "lambda",
    parameters: parameters.length,
    bodyType: (types) => {
      const bound = new Map(parameters.map((parameter, index) => [parameter.text, types[index]]));
      const columnType = (reference: ColumnReference) =>
        reference.source === undefined && bound.has(reference.name.text)
          ? bound.get(reference.name.text)
          : around.columnType(reference);
      return typeOf(body, { ...around, columnType });
    },
  };
}

function shownArgument(argument: Argument): string {
  switch (argument.kind) {
    case "unit":
      return "a unit of time";
    case "lambda":
      return "a lambda";
    case "value":
      return argument.type === undefined ? "NULL" : describeSqlType(argument.type);
  }
}

/** A signature as a reader of SQL takes it: `SUBSTRING(STRING, INTEGER, [INTEGER])`. */
function usage(name: string, signature: string): string {
  const parameters = (signature.split(" : ")[0] ?? "").replace(/^: .*/, "");
  const words: Readonly<Record<string, string>> = { N: "number", UNIT: "DAYS", ANY: "any", T: "any", U: "any" };
  return `${name}(${parameters
    .replace(/(\S+)\?/g, "[$1]")
    .replaceAll("...", "…")
    .replace(/\b(N|UNIT|ANY|T|U)\b/g, (word) => words[word] ?? word)})`;
}
