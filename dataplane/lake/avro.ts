import avro from "avsc";
import type { ColumnType } from "../../model/columnTypes.ts";

/** Decimals, dates and timestamps are text: `12.50`, `2026-01-31`, `2026-01-31T08:00:00.000Z`. Bytes are hexadecimal digits. */
export type Plain = string | number | boolean | null;

export interface AvroColumn {
  readonly name: string;
  readonly type: ColumnType;
}

const connect = "org.apache.kafka.connect.data";

/** The schema that Kafka Connect's converter and ksqlDB register for such rows: every column may be NULL. */
export function avroSchema(name: string, columns: readonly AvroColumn[]): Record<string, unknown> {
  const fields = columns.map((column) => ({
    name: column.name,
    type: ["null", avroType(column.type)],
    default: null,
  }));
  return { type: "record", name, namespace: "lake", fields };
}

function avroType(type: ColumnType): unknown {
  const logical = (of: string, logicalType: string, kind: string) => ({
    type: of,
    "connect.version": 1,
    "connect.name": `${connect}.${kind}`,
    logicalType,
  });
  switch (type.logical) {
    case "boolean":
      return "boolean";
    case "int16":
      return { type: "int", "connect.type": "int16" };
    case "int32":
      return "int";
    case "int64":
      return "long";
    case "float64":
      return "double";
    case "decimal": {
      const [precision, scale] = [type.precision, type.scale];
      const parameters = { scale: String(scale), "connect.decimal.precision": String(precision) };
      return { ...logical("bytes", "decimal", "Decimal"), precision, scale, "connect.parameters": parameters };
    }
    case "date":
      return logical("int", "date", "Date");
    case "timestamp":
      return logical("long", "timestamp-millis", "Timestamp");
    case "bytes":
      return "bytes";
    default:
      return "string";
  }
}

/** Writes rows in Confluent's wire format. */
export class AvroWriter {
  readonly #columns: readonly AvroColumn[];
  readonly #type: avro.Type;
  readonly #header = Buffer.alloc(5);

  /** @param id of the schema in the registry */
  constructor(columns: readonly AvroColumn[], id: number) {
    this.#columns = columns;
    // What a type means beside how it is stored does not matter for the bytes.
    const fields = columns.map(({ name, type }) => ({ name, type: ["null", primitive(type)] as [string, string] }));
    const schema: avro.Schema = { type: "record", name: "Stored", fields };
    this.#type = avro.Type.forSchema(schema, { wrapUnions: "always", registry: { long } });
    this.#header.writeInt32BE(id, 1);
  }

  write(row: Readonly<Record<string, Plain>>): Buffer {
    const values = this.#columns.map(({ name, type }) => {
      const value = row[name] ?? null;
      return [name, value === null ? null : { [primitive(type)]: stored(type, value) }] as const;
    });
    return Buffer.concat([this.#header, this.#type.toBuffer(Object.fromEntries(values))]);
  }
}

/** A key that is one number, in the same format. */
export function avroInt(value: number, id: number): Buffer {
  const header = Buffer.alloc(5);
  header.writeInt32BE(id, 1);
  return Buffer.concat([header, avro.Type.forSchema("int").toBuffer(value)]);
}

/** Avro's name of what a type is stored as. */
function primitive(type: ColumnType): string {
  const stored = avroType(type);
  return typeof stored === "string" ? stored : (stored as { type: string }).type;
}

function stored(type: ColumnType, value: NonNullable<Plain>): unknown {
  switch (type.logical) {
    case "decimal":
      return bytesOf(BigInt(String(value).replace(".", "")));
    case "date":
      return Date.parse(String(value)) / 86_400_000;
    case "timestamp":
      return BigInt(Date.parse(String(value)));
    case "bytes":
      return Buffer.from(String(value), "hex");
    case "int16":
    case "int32":
    case "float64":
      return Number(value);
    case "int64":
      return BigInt(value);
    default:
      return value;
  }
}

/** Of 64 bits: JavaScript's numbers have 53. */
const long = avro.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(value);
    return buffer;
  },
  fromJSON: BigInt,
  toJSON: String,
  isValid: (value: unknown) => typeof value === "bigint",
  compare: (a: bigint, b: bigint) => Number(a - b),
});

/** Two's complement, most significant byte first. */
function bytesOf(value: bigint): Buffer {
  let length = 1;
  while (BigInt.asIntN(length * 8, value) !== value) {
    length += 1;
  }
  return Buffer.from(
    BigInt.asUintN(length * 8, value)
      .toString(16)
      .padStart(length * 2, "0"),
    "hex",
  );
}
