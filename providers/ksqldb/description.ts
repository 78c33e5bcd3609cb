import { plainType, type SqlType } from "../../model/ksql/sqlType.ts";
import type { Relation, RelationColumn, WindowKind } from "../../model/ksql/statement.ts";

export interface Query {
  readonly id: string;
  /** `RUNNING`, `PAUSED`, `ERROR`, … */
  readonly state: string;
  readonly text: string;
  /** Names of the relations that it writes. */
  readonly sinks: readonly string[];
}

/** A stream or a table as the server describes it. */
export interface Description {
  readonly relation: Relation;
  /** The server's own text of the statement that made it. */
  readonly statement: string;
  /** Queries that write it: its own, and those of INSERT INTO. */
  readonly writers: readonly Query[];
}

interface RawSchema {
  readonly type: string;
  readonly fields?: readonly { readonly name: string; readonly schema: RawSchema }[] | null;
  readonly memberSchema?: RawSchema | null;
  readonly parameters?: { readonly precision?: number; readonly scale?: number };
}

interface RawQuery {
  readonly id?: string;
  readonly state?: string;
  readonly queryString?: string;
  readonly sinks?: readonly string[];
}

interface RawDescription {
  readonly name: string;
  readonly type: string;
  readonly windowType?: string | null;
  readonly fields?: readonly { readonly name: string; readonly schema: RawSchema; readonly type?: string }[];
  readonly keyFormat?: string;
  readonly valueFormat?: string;
  readonly topic?: string;
  readonly timestamp?: string;
  readonly statement?: string;
  readonly writeQueries?: readonly RawQuery[];
}

export function descriptionIn(entity: unknown): Description {
  const { sourceDescription: raw } = entity as { sourceDescription: RawDescription };
  const columns = (raw.fields ?? []).map(({ name, schema, type }): RelationColumn => ({
    name,
    type: typeOf(schema),
    isKey: type === "KEY",
  }));
  const timestamp = raw.timestamp ?? "";
  return {
    relation: {
      name: raw.name,
      kind: raw.type.toLowerCase() === "table" ? "table" : "stream",
      topic: raw.topic ?? "",
      keyFormat: columns.some(({ isKey }) => isKey) ? (raw.keyFormat ?? "KAFKA") : "NONE",
      valueFormat: raw.valueFormat ?? "",
      columns,
      ...(typeof raw.windowType === "string" ? { windowed: raw.windowType as WindowKind } : {}),
      ...(timestamp === "" ? {} : { timestamp }),
    },
    statement: raw.statement ?? "",
    writers: (raw.writeQueries ?? []).map(queryIn),
  };
}

export function queriesIn(entity: unknown): Query[] {
  return ((entity as { queries?: readonly RawQuery[] }).queries ?? []).map(queryIn);
}

function queryIn({ id = "", state = "", queryString = "", sinks = [] }: RawQuery): Query {
  return { id, state, text: queryString, sinks };
}

/** Keys of maps are not in the answer; they are text nearly always. */
function typeOf({ type, fields, memberSchema, parameters }: RawSchema): SqlType {
  switch (type) {
    case "DECIMAL":
      return { base: "DECIMAL", precision: parameters?.precision ?? 38, scale: parameters?.scale ?? 0 };
    case "ARRAY":
      return { base: "ARRAY", items: typeOf(memberSchema ?? { type: "STRING" }) };
    case "MAP":
      return { base: "MAP", keys: { base: "STRING" }, values: typeOf(memberSchema ?? { type: "STRING" }) };
    case "STRUCT":
      return {
        base: "STRUCT",
        fields: (fields ?? []).map(({ name, schema }) => ({ name, type: typeOf(schema) })),
      };
    default:
      return plainType(type) ?? { base: "STRING" };
  }
}
