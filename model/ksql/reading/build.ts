import type { ParserRuleContext, Token } from "antlr4ng";
import type {
  ColumnContext,
  DurationContext,
  IdentifierContext,
  PropertiesContext,
  PropertyContext,
  TypeContext,
} from "../generated/KsqlParser.js";
import { either, nearest } from "../../words.ts";
import { plainType, plainTypes, type SqlType } from "../sqlType.ts";
import type { Position, PropertyValue, Severity } from "../statement.ts";
import { timeUnits, type ColumnDefinition, type Duration, type Name, type Property } from "../syntax.ts";

/** Takes down what is wrong at a place. */
export type Report = (at: Position, text: string, severity?: Severity) => void;

/** Nothing sensible is left of a statement; what is wrong has been reported. */
export class Unreadable extends Error {}

export function positionOf(context: ParserRuleContext): Position {
  return tokenPosition(context.start);
}

export function tokenPosition(token: Token | null): Position {
  return { line: token?.line ?? 1, column: (token?.column ?? 0) + 1 };
}

/** What a string in quotes says. */
export function unquoted(text: string): string {
  const quote = text.charAt(0);
  return text.slice(1, -1).replaceAll(quote + quote, quote);
}

export function buildName(context: IdentifierContext): Name {
  const written = context.getText();
  const isQuoted = context.QUOTED_IDENTIFIER() !== null;
  return { ...positionOf(context), text: isQuoted ? unquoted(written) : written.toUpperCase(), isQuoted };
}

export function buildDuration(context: DurationContext): Duration {
  const word = context.timeUnit().getText().toUpperCase();
  const unit = timeUnits.find((candidate) => candidate === word || candidate === `${word}S`) ?? "MILLISECONDS";
  return { ...positionOf(context), count: Number(context.INTEGER().getText()), unit };
}

export function buildType(context: TypeContext, report: Report): SqlType {
  const inner = () => context.type_().map((type) => buildType(type, report));
  const numbers = context.INTEGER().map((number) => Number(number.getText()));
  if (context.ARRAY() !== null) {
    return { base: "ARRAY", items: inner()[0] ?? unreadable() };
  }
  if (context.MAP() !== null) {
    const [keys = unreadable(), values = unreadable()] = inner();
    return { base: "MAP", keys, values };
  }
  if (context.STRUCT() !== null) {
    const types = inner();
    const names = context.identifier().map((name) => buildName(name).text);
    return { base: "STRUCT", fields: names.map((name, index) => ({ name, type: types[index] ?? unreadable() })) };
  }
  if (context.DECIMAL() !== null) {
    const [precision = 1, scale = 0] = numbers;
    if (precision < 1 || scale > precision) {
      const nearestScale = Math.min(scale, Math.max(precision, 1));
      report(
        positionOf(context),
        `DECIMAL(${precision}, ${scale}) has ${precision < 1 ? "no digits" : "more digits after the point than digits"}. ` +
          `Write DECIMAL(${Math.max(precision, 1)}, ${nearestScale}).`,
      );
    }
    return { base: "DECIMAL", precision, scale };
  }
  const name = context.identifier(0)?.getText() ?? "";
  const type = plainType(name);
  if (type === undefined) {
    const known = [...plainTypes, "INT", "VARCHAR", "DECIMAL(38, 2)", "ARRAY<…>", "MAP<…>", "STRUCT<…>"];
    report(positionOf(context), `ksqlDB has no type ${name.toUpperCase()}. Write ${likeType(name) ?? either(known)}.`);
    return unreadable();
  }
  if (numbers.length > 0) {
    report(positionOf(context), `${name.toUpperCase()} takes no length in ksqlDB. Write ${name.toUpperCase()}.`);
  }
  return type;
}

/** Names of other systems, and slips of the pen. */
function likeType(name: string): string | undefined {
  const elsewhere: Readonly<Record<string, string>> = {
    TEXT: "STRING",
    NVARCHAR: "STRING",
    CHAR: "STRING",
    UUID: "STRING",
    NUMBER: "DECIMAL(38, 0)",
    NUMERIC: "DECIMAL(38, 0)",
    FLOAT: "DOUBLE",
    REAL: "DOUBLE",
    LONG: "BIGINT",
    SMALLINT: "INTEGER",
    TINYINT: "INTEGER",
    DATETIME: "TIMESTAMP",
    BINARY: "BYTES",
    BOOL: "BOOLEAN",
  };
  return elsewhere[name.toUpperCase()] ?? nearest(name, plainTypes);
}

export function buildColumn(context: ColumnContext, report: Report): ColumnDefinition {
  const role = context.columnRole();
  const header = role?.STRING()?.getText();
  return {
    ...positionOf(context),
    name: buildName(context.identifier()),
    type: buildType(context.type(), report),
    role:
      role === null
        ? "VALUE"
        : role.KEY() !== null
          ? role.PRIMARY() === null
            ? "KEY"
            : "PRIMARY KEY"
          : role.HEADERS() === null
            ? "HEADER"
            : "HEADERS",
    header: header === undefined ? undefined : unquoted(header),
  };
}

export function buildProperties(context: PropertiesContext | null): Property[] {
  return (context?.property() ?? []).map((property) => {
    const name = property.identifier()?.getText() ?? unquoted(property.STRING()?.getText() ?? "''");
    return { ...positionOf(property), name: name.toUpperCase(), value: propertyValue(property) };
  });
}

function propertyValue(property: PropertyContext): PropertyValue {
  const literal = property.literal();
  const text = literal.getText();
  if (literal.STRING() !== null) {
    return unquoted(text);
  }
  return isWord(text) ? text.toUpperCase() === "TRUE" : Number(text) * (property.MINUS() === null ? 1 : -1);
}

function isWord(text: string): boolean {
  return /^[a-z]/i.test(text);
}

export function unreadable(): never {
  throw new Unreadable();
}
