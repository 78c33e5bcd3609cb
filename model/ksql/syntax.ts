import type { SqlType } from "./sqlType.ts";
import type { JoinKind, Position, PropertyValue, RelationKind, WindowKind } from "./statement.ts";

/** A name as ksqlDB keeps it: in upper case unless it was quoted. */
export interface Name extends Position {
  readonly text: string;
  readonly isQuoted: boolean;
}

export const timeUnits = ["YEARS", "MONTHS", "DAYS", "HOURS", "MINUTES", "SECONDS", "MILLISECONDS"] as const;
export type TimeUnit = (typeof timeUnits)[number];

export interface Duration extends Position {
  readonly count: number;
  readonly unit: TimeUnit;
}

export interface Literal extends Position {
  readonly kind: "literal";
  readonly type: "string" | "integer" | "decimal" | "double" | "boolean" | "null";
  /** What a string says, without quotes; of all others what is written, in upper case. */
  readonly text: string;
}

export interface ColumnReference extends Position {
  readonly kind: "column";
  /** The alias before the point. */
  readonly source: Name | undefined;
  readonly name: Name;
}

export interface Call extends Position {
  readonly kind: "call";
  readonly name: Name;
  readonly arguments: readonly Expression[];
  /** `COUNT(*)` */
  readonly isAll: boolean;
}

export interface Cast extends Position {
  readonly kind: "cast";
  readonly value: Expression;
  readonly type: SqlType;
}

export interface Binary extends Position {
  readonly kind: "binary";
  /** `AND`, `OR`, `=`, `<>`, `<`, `+`, `||`, `IS DISTINCT FROM`, … */
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Lambda extends Position {
  readonly kind: "lambda";
  readonly parameters: readonly Name[];
  readonly body: Expression;
}

export interface Case extends Position {
  readonly kind: "case";
  readonly operand: Expression | undefined;
  readonly branches: readonly { readonly when: Expression; readonly then: Expression }[];
  readonly otherwise: Expression | undefined;
}

export type Expression =
  | Literal
  | ColumnReference
  | Call
  | Cast
  | Binary
  | Lambda
  | Case
  | (Position & { readonly kind: "unary"; readonly operator: "NOT" | "-" | "+"; readonly value: Expression })
  | (Position & {
      readonly kind: "between";
      readonly isNegated: boolean;
      readonly value: Expression;
      readonly lower: Expression;
      readonly upper: Expression;
    })
  | (Position & {
      readonly kind: "in";
      readonly isNegated: boolean;
      readonly value: Expression;
      readonly choices: readonly Expression[];
    })
  | (Position & {
      readonly kind: "like";
      readonly isNegated: boolean;
      readonly value: Expression;
      readonly pattern: Expression;
      readonly escape: string | undefined;
    })
  | (Position & { readonly kind: "isNull"; readonly isNegated: boolean; readonly value: Expression })
  | (Position & { readonly kind: "subscript"; readonly value: Expression; readonly index: Expression })
  | (Position & { readonly kind: "dereference"; readonly value: Expression; readonly field: Name })
  | (Position & { readonly kind: "array"; readonly items: readonly Expression[] })
  | (Position & {
      readonly kind: "map";
      readonly entries: readonly { readonly key: Expression; readonly value: Expression }[];
    })
  | (Position & {
      readonly kind: "struct";
      readonly fields: readonly { readonly name: Name; readonly value: Expression }[];
    })
  | (Position & { readonly kind: "unit"; readonly unit: TimeUnit });

export type SelectItem =
  | (Position & { readonly kind: "all"; readonly source: Name | undefined })
  | (Position & { readonly kind: "fields"; readonly value: Expression })
  | (Position & { readonly kind: "expression"; readonly value: Expression; readonly alias: Name | undefined });

export interface Source extends Position {
  readonly name: Name;
  /** What columns are qualified with: the alias, or else the name. */
  readonly alias: Name;
}

export interface Join extends Position {
  readonly kind: JoinKind;
  readonly source: Source;
  readonly within: Within | undefined;
  readonly on: Expression | undefined;
}

export interface Within extends Position {
  readonly before: Duration;
  readonly after: Duration;
  readonly grace: Duration | undefined;
}

export interface Window extends Position {
  readonly kind: WindowKind;
  /** How long it is; for a session, the longest gap in it. */
  readonly size: Duration;
  readonly advance: Duration | undefined;
  readonly retention: Duration | undefined;
  readonly grace: Duration | undefined;
}

export interface Query extends Position {
  readonly items: readonly SelectItem[];
  readonly from: Source;
  readonly joins: readonly Join[];
  readonly window: Window | undefined;
  readonly where: Expression | undefined;
  readonly groupBy: readonly Expression[];
  readonly partitionBy: readonly Expression[];
  readonly having: Expression | undefined;
  readonly emit: (Position & { readonly kind: "CHANGES" | "FINAL" }) | undefined;
  readonly limit: (Position & { readonly count: string }) | undefined;
}

export type ColumnRole = "VALUE" | "KEY" | "PRIMARY KEY" | "HEADERS" | "HEADER";

export interface ColumnDefinition extends Position {
  readonly name: Name;
  readonly type: SqlType;
  readonly role: ColumnRole;
  /** Name of the header, for `HEADER('…')`. */
  readonly header: string | undefined;
}

export interface Property extends Position {
  /** Upper case. */
  readonly name: string;
  readonly value: PropertyValue;
}

interface Create extends Position {
  readonly orReplace: boolean;
  readonly ifNotExists: boolean;
  readonly relationKind: RelationKind;
  readonly name: Name;
  readonly properties: readonly Property[];
}

export interface CreateSource extends Create {
  readonly kind: "createSource";
  /** CREATE SOURCE …: read only. */
  readonly isReadOnly: boolean;
  /** `undefined` when Schema Registry is to tell. */
  readonly columns: readonly ColumnDefinition[] | undefined;
}

export interface CreateAs extends Create {
  readonly kind: "createAs";
  readonly query: Query;
}

export interface InsertSelect extends Position {
  readonly kind: "insertSelect";
  readonly name: Name;
  readonly properties: readonly Property[];
  readonly query: Query;
}

export type StatementSyntax =
  | CreateSource
  | CreateAs
  | InsertSelect
  | (Position & {
      readonly kind: "insertValues";
      readonly name: Name;
      readonly columns: readonly Name[];
      readonly values: readonly Expression[];
    })
  | (Position & {
      readonly kind: "drop";
      readonly relationKind: RelationKind;
      readonly ifExists: boolean;
      readonly name: Name;
      readonly deleteTopic: boolean;
    })
  | (Position & { readonly kind: "terminate"; /** Default: all. */ readonly name: Name | undefined })
  | (Position & { readonly kind: "describe"; readonly name: Name; readonly isExtended: boolean })
  | (Position & { readonly kind: "show"; readonly what: string; readonly isAll: boolean; readonly isExtended: boolean })
  | (Position & {
      readonly kind: "assert";
      readonly isNegated: boolean;
      /** A topic's name, or a subject's and a schema's id. */
      readonly topic: string | undefined;
      readonly subject: string | undefined;
      readonly id: string | undefined;
      readonly properties: readonly Property[];
      readonly timeout: Duration | undefined;
    })
  | (Position & { readonly kind: "select"; readonly query: Query });

/** The expressions right inside an expression. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "call":
      return expression.arguments;
    case "binary":
      return [expression.left, expression.right];
    case "lambda":
      return [expression.body];
    case "case":
      return [
        ...(expression.operand === undefined ? [] : [expression.operand]),
        ...expression.branches.flatMap(({ when, then }) => [when, then]),
        ...(expression.otherwise === undefined ? [] : [expression.otherwise]),
      ];
    case "between":
      return [expression.value, expression.lower, expression.upper];
    case "in":
      return [expression.value, ...expression.choices];
    case "like":
      return [expression.value, expression.pattern];
    case "subscript":
      return [expression.value, expression.index];
    case "cast":
    case "unary":
    case "isNull":
    case "dereference":
      return [expression.value];
    case "array":
      return expression.items;
    case "map":
      return expression.entries.flatMap(({ key, value }) => [key, value]);
    case "struct":
      return expression.fields.map(({ value }) => value);
    default:
      return [];
  }
}

/** An expression and everything inside it. */
export function allPartsOf(expression: Expression): Expression[] {
  return [expression, ...partsOf(expression).flatMap(allPartsOf)];
}
