import { plainType, sameSqlType, type SqlType } from "../sqlType.ts";
import { isCoercible, isNumber, type MaybeType } from "./coercion.ts";

/** What a signature writes where a type stands. */
type Pattern =
  | { readonly kind: "plain"; readonly type: SqlType }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "decimal" | "any" | "unit" | "whole" | "ceiled" }
  | { readonly kind: "array"; readonly items: Pattern }
  | { readonly kind: "map"; readonly keys: Pattern; readonly values: Pattern }
  | { readonly kind: "struct"; readonly fields: readonly { readonly name: string; readonly pattern: Pattern }[] }
  | { readonly kind: "lambda"; readonly parameters: readonly Pattern[]; readonly body: Pattern };

interface Parameter {
  readonly pattern: Pattern;
  readonly isOptional: boolean;
  readonly isRepeated: boolean;
}

export interface Signature {
  readonly parameters: readonly Parameter[];
  readonly result: Pattern;
}

/** What stands in a call: a value of a type, a unit of time, or a lambda that tells its body's type from its parameters'. */
export type Argument =
  | { readonly kind: "value"; readonly type: MaybeType }
  | { readonly kind: "unit" }
  | {
      readonly kind: "lambda";
      readonly parameters: number;
      readonly bodyType: (types: readonly MaybeType[]) => MaybeType;
    };

type Bindings = Map<string, MaybeType>;

const parsed = new Map<string, Signature>();

export function parseSignature(text: string): Signature {
  const known = parsed.get(text);
  if (known !== undefined) {
    return known;
  }
  const tokens = text.match(/\w+|\.\.\.|=>|[^\s]/g) ?? [];
  let next = 0;
  const take = () => tokens[next++] ?? "";
  const taken = (token: string) => tokens[next] === token && next++ >= 0;
  const pattern = (): Pattern => {
    const token = take();
    if (token === "(") {
      const parameters = list(")");
      take(); // =>
      return { kind: "lambda", parameters, body: pattern() };
    }
    if (token === "ARRAY" && taken("<")) {
      const items = pattern();
      take();
      return { kind: "array", items };
    }
    if (token === "MAP" && taken("<")) {
      const [keys = any, values = any] = list(">");
      return { kind: "map", keys, values };
    }
    if (token === "STRUCT" && taken("<")) {
      const fields = [];
      do {
        fields.push({ name: take(), pattern: pattern() });
      } while (take() === ",");
      return { kind: "struct", fields };
    }
    if (token === "DECIMAL" || token === "ANY" || token === "UNIT" || token === "WHOLE" || token === "CEILED") {
      return { kind: token.toLowerCase() as "any" };
    }
    const type = plainType(token);
    return type === undefined ? { kind: "variable", name: token } : { kind: "plain", type };
  };
  const list = (end: string): Pattern[] => {
    const patterns = [];
    do {
      patterns.push(pattern());
    } while (take() !== end);
    return patterns;
  };
  const parameters: Parameter[] = [];
  while (!taken(":")) {
    parameters.push({ pattern: pattern(), isOptional: taken("?"), isRepeated: taken("...") });
    taken(",");
  }
  const signature = { parameters, result: pattern() };
  parsed.set(text, signature);
  return signature;
}

const any: Pattern = { kind: "any" };

/** The result of the signature that fits the arguments with the fewest conversions; `undefined` when none fits. */
export function resultOf(
  signatures: readonly Signature[],
  given: readonly Argument[],
): { type: MaybeType } | undefined {
  const fits = signatures.flatMap((signature) => fit(signature, given) ?? []);
  return fits.reduce<(typeof fits)[number] | undefined>(
    (best, candidate) => (best === undefined || candidate.conversions < best.conversions ? candidate : best),
    undefined,
  );
}

function fit({ parameters, result }: Signature, given: readonly Argument[]) {
  const last = parameters.at(-1);
  const needed = parameters.filter(({ isOptional, isRepeated }) => !isOptional && !isRepeated).length;
  if (given.length < needed || (given.length > parameters.length && last?.isRepeated !== true)) {
    return undefined;
  }
  const bound: Bindings = new Map();
  let conversions = 0;
  for (const [index, argument] of given.entries()) {
    const pattern = (parameters[index] ?? last)?.pattern;
    const cost = pattern === undefined ? undefined : matchArgument(pattern, argument, bound);
    if (cost === undefined) {
      return undefined;
    }
    conversions += cost;
  }
  return { type: typeOf(result, bound), conversions };
}

/** How many conversions it takes; `undefined` when it does not fit. */
function matchArgument(pattern: Pattern, argument: Argument, bound: Bindings): number | undefined {
  if (argument.kind === "unit") {
    return pattern.kind === "unit" ? 0 : undefined;
  }
  if (argument.kind === "lambda") {
    if (pattern.kind !== "lambda" || pattern.parameters.length !== argument.parameters) {
      return undefined;
    }
    const body = argument.bodyType(pattern.parameters.map((parameter) => typeOf(parameter, bound)));
    return match(pattern.body, body, bound);
  }
  return match(pattern, argument.type, bound);
}

function match(pattern: Pattern, type: MaybeType, bound: Bindings): number | undefined {
  if (pattern.kind === "unit" || pattern.kind === "lambda") {
    return undefined;
  }
  if (pattern.kind === "variable") {
    return bind(pattern.name, type, bound);
  }
  if (type === undefined || pattern.kind === "any") {
    return 0;
  }
  switch (pattern.kind) {
    case "plain":
      return pattern.type.base === type.base ? 0 : isCoercible(type, pattern.type) ? 1 : undefined;
    case "decimal":
      bound.set("DECIMAL", type);
      return type.base === "DECIMAL" ? 0 : undefined;
    case "array":
      return type.base === "ARRAY" ? match(pattern.items, type.items, bound) : undefined;
    case "map": {
      if (type.base !== "MAP") {
        return undefined;
      }
      const [keys, values] = [match(pattern.keys, type.keys, bound), match(pattern.values, type.values, bound)];
      return keys === undefined || values === undefined ? undefined : keys + values;
    }
    default:
      return undefined;
  }
}

function bind(name: string, type: MaybeType, bound: Bindings): number | undefined {
  if (name === "N" && type !== undefined && !isNumber(type)) {
    return undefined;
  }
  const earlier = bound.get(name);
  if (earlier === undefined || type === undefined) {
    bound.set(name, earlier ?? type);
    return 0;
  }
  // What stands for one type is of one type: ksqlDB converts numbers for operators, but not here.
  return sameSqlType(earlier, type) ? 0 : undefined;
}

function typeOf(pattern: Pattern, bound: Bindings): MaybeType {
  switch (pattern.kind) {
    case "plain":
      return pattern.type;
    case "variable":
      return bound.get(pattern.name);
    case "array": {
      const items = typeOf(pattern.items, bound);
      return items && { base: "ARRAY", items };
    }
    case "map": {
      const [keys, values] = [typeOf(pattern.keys, bound), typeOf(pattern.values, bound)];
      return keys && values && { base: "MAP", keys, values };
    }
    case "struct": {
      const fields = pattern.fields.flatMap(({ name, pattern: field }) => {
        const type = typeOf(field, bound);
        return type === undefined ? [] : [{ name, type }];
      });
      return fields.length < pattern.fields.length ? undefined : { base: "STRUCT", fields };
    }
    case "whole":
    case "ceiled": {
      const decimal = bound.get("DECIMAL");
      if (decimal?.base !== "DECIMAL") {
        return undefined;
      }
      const { precision, scale } = decimal;
      return {
        base: "DECIMAL",
        precision: pattern.kind === "ceiled" ? precision : Math.max(1, precision - scale),
        scale: 0,
      };
    }
    default:
      return undefined;
  }
}
