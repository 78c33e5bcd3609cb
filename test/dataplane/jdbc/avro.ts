import avro from "avsc";
import type { ColumnType } from "../../../model/columnTypes.ts";
import type { Value } from "../../../tools/streams/cases.ts";

interface AvroField {
  readonly name: string;
  readonly type: readonly ["null", string | Readonly<Record<string, unknown>>];
  readonly default: null;
}

/** The schema of a value as ksqlDB registers it: every field may be NULL. */
export function recordSchema(name: string, columns: readonly { readonly name: string; readonly type: ColumnType }[]) {
  const fields = columns.map((column): AvroField => ({
    name: column.name,
    type: ["null", avroType(column.type)],
    default: null,
  }));
  return { type: "record", name: name.replace(/\W/g, "_"), namespace: "io.confluent.ksql.avro_schemas", fields };
}

export function avroType(type: ColumnType): string | Readonly<Record<string, unknown>> {
  const connect = (name: string) => ({ "connect.version": 1, "connect.name": `org.apache.kafka.connect.data.${name}` });
  switch (type.logical) {
    case "boolean":
      return "boolean";
    case "int16":
    case "int32":
      return "int";
    case "int64":
      return "long";
    case "float64":
      return "double";
    case "text":
    case "uuid":
      return "string";
    case "bytes":
      return "bytes";
    case "decimal": {
      const { precision, scale } = type;
      const parameters = { scale: String(scale), "connect.decimal.precision": String(precision) };
      const logical = { logicalType: "decimal", precision, scale };
      return { type: "bytes", ...logical, ...connect("Decimal"), "connect.parameters": parameters };
    }
    case "date":
      return { type: "int", logicalType: "date", ...connect("Date") };
    case "time":
      return { type: "int", logicalType: "time-millis", ...connect("Time") };
    case "timestamp":
      return { type: "long", logicalType: "timestamp-millis", ...connect("Timestamp") };
  }
}

/** Bytes of a value in a schema, behind Confluent's zero byte and the schema's id. Logical types are what carries them. */
export function framed(id: number, schema: unknown, value: unknown): Buffer {
  const type = avro.Type.forSchema(schema as avro.Schema, { wrapUnions: "never" });
  const header = Buffer.alloc(5);
  header.writeInt32BE(id, 1);
  return Buffer.concat([header, type.toBuffer(value)]);
}

/** What of a case's value stands in the record. */
export function carried(type: ColumnType, value: Value): unknown {
  return type.logical === "decimal" && value !== null ? unscaled(String(value), type.scale) : value;
}

function unscaled(text: string, scale: number): Buffer {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const number = BigInt(sign + whole + fraction.padEnd(scale, "0"));
  const bytes: number[] = [];
  let rest = number;
  do {
    bytes.unshift(Number(BigInt.asUintN(8, rest)));
    rest >>= 8n;
  } while (!(rest === 0n && (bytes[0] ?? 0) < 128) && !(rest === -1n && (bytes[0] ?? 0) > 127));
  return Buffer.from(bytes);
}
