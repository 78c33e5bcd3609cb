/** The databases that rows can be captured from. */
export type SourceKind = "sqlServer" | "mySql" | "mariaDb" | "postgres";

/** Every system that a column passes through: Kafka Connect's schema, ksqlDB, the targets and the sources. */
export type TypeSystem = "connect" | "ksqlDb" | "snowflake" | "glue" | "redshift" | "bigQuery" | SourceKind;

/** What a column holds, whatever a system calls it. The functions below say what the numbers mean. */
export type ColumnType =
  | { readonly logical: "boolean" | "int16" | "int32" | "int64" | "float64" | "date" | "time" | "bytes" | "uuid" }
  | { readonly logical: "decimal"; readonly precision: number; readonly scale: number }
  | { readonly logical: "text"; readonly length: number }
  | { readonly logical: "timestamp"; readonly precision: 3 | 6 };
type Decimal = Extract<ColumnType, { logical: "decimal" }>;
type Text = Extract<ColumnType, { logical: "text" }>;
type Timestamp = Extract<ColumnType, { logical: "timestamp" }>;
type Plain = Exclude<ColumnType, Decimal | Text | Timestamp>;

export const boolean: ColumnType = { logical: "boolean" };
/** Whole numbers of 16, 32 and 64 bits, with a sign. An unsigned column takes the next wider one, of 64 bits `decimal(20, 0)`. */
export const int16: ColumnType = { logical: "int16" };
export const int32: ColumnType = { logical: "int32" };
export const int64: ColumnType = { logical: "int64" };
export const float64: ColumnType = { logical: "float64" };
/** A calendar date without time zone. */
export const date: ColumnType = { logical: "date" };
/** A time of day in milliseconds, without time zone. */
export const time: ColumnType = { logical: "time" };
export const bytes: ColumnType = { logical: "bytes" };
export const uuid: ColumnType = { logical: "uuid" };
/** An exact number of `precision` digits (1 to 1000), `scale` of them after the point (0 to `precision`). */
export const decimal = (precision: number, scale: number): ColumnType => ({ logical: "decimal", precision, scale });
/** Text of at most `length` characters (1 or more). */
export const text = (length: number): ColumnType => ({ logical: "text", length });
/** A date and time without time zone, to the millisecond (3) or the microsecond (6). */
export const timestamp = (precision: 3 | 6): ColumnType => ({ logical: "timestamp", precision });

/** What a type is called in a system, or why the system would lose something of it and the nearest type that fits. */
export type Carried = { readonly type: string } | { readonly refused: string; readonly nearest: ColumnType };

type Cell<T extends ColumnType> = string | Carried | ((type: T) => string | Carried);
type Row<T extends ColumnType> = Readonly<Record<TypeSystem, Cell<T>>>;

const connectLogical = "org.apache.kafka.connect.data.";

/**
 * The one table of column types. A name is the one that the system itself reports (DESCRIBE in ksqlDB and Snowflake),
 * so that comparing a declared table with a real one shows no difference. Sources run Debezium with
 * `time.precision.mode=connect` and `decimal.handling.mode=precise`. Limits are those of each service's own reference
 * of data types, 2026-11; MariaDB's and PostgreSQL's were also tried, on 10.11 and 15.
 */
// prettier-ignore
const table: Readonly<Record<Plain["logical"], Row<Plain>>> & {
  readonly decimal: Row<Decimal>;
  readonly text: Row<Text>;
  readonly timestamp: Row<Timestamp>;
} = {
  // BIT(1): MySQL's BOOLEAN is TINYINT(1), which Debezium carries as a number.
  boolean: {
    connect: "BOOLEAN", ksqlDb: "BOOLEAN", snowflake: "BOOLEAN", glue: "boolean", redshift: "BOOLEAN", bigQuery: "BOOL",
    sqlServer: "BIT", mySql: "BIT(1)", mariaDb: "BIT(1)", postgres: "BOOLEAN",
  },
  // ksqlDB, Avro and Parquet have no 16-bit number; 32 bits hold it.
  int16: {
    connect: "INT16", ksqlDb: "INTEGER", snowflake: "NUMBER(5,0)", glue: "int", redshift: "SMALLINT", bigQuery: "INT64",
    sqlServer: "SMALLINT", mySql: "SMALLINT", mariaDb: "SMALLINT", postgres: "SMALLINT",
  },
  int32: {
    connect: "INT32", ksqlDb: "INTEGER", snowflake: "NUMBER(10,0)", glue: "int", redshift: "INTEGER", bigQuery: "INT64",
    sqlServer: "INT", mySql: "INT", mariaDb: "INT", postgres: "INTEGER",
  },
  int64: {
    connect: "INT64", ksqlDb: "BIGINT", snowflake: "NUMBER(19,0)", glue: "bigint", redshift: "BIGINT",
    bigQuery: "INT64", sqlServer: "BIGINT", mySql: "BIGINT", mariaDb: "BIGINT", postgres: "BIGINT",
  },
  float64: {
    connect: "FLOAT64", ksqlDb: "DOUBLE", snowflake: "FLOAT", glue: "double", redshift: "DOUBLE PRECISION",
    bigQuery: "FLOAT64", sqlServer: "FLOAT", mySql: "DOUBLE", mariaDb: "DOUBLE", postgres: "DOUBLE PRECISION",
  },
  decimal: {
    connect: `${connectLogical}Decimal`,
    ksqlDb: ({ precision, scale }) => `DECIMAL(${precision},${scale})`,
    snowflake: decimalUpTo(38, 37, "NUMBER", "Snowflake"),
    glue: decimalUpTo(38, 38, "decimal", "Athena"),
    redshift: decimalUpTo(38, 37, "DECIMAL", "Redshift"),
    bigQuery: bigQueryDecimal,
    sqlServer: decimalUpTo(38, 38, "DECIMAL", "SQL Server"),
    mySql: decimalUpTo(65, 30, "DECIMAL", "MySQL"),
    mariaDb: decimalUpTo(65, 38, "DECIMAL", "MariaDB"),
    postgres: decimalUpTo(1000, 1000, "NUMERIC", "PostgreSQL"),
  },
  // Where a system counts bytes, a character may take four.
  text: {
    connect: "STRING",
    ksqlDb: "STRING",
    snowflake: textUpTo("Snowflake", [33_554_432, (length) => `VARCHAR(${length})`]),
    glue: "string",
    redshift: textUpTo("Redshift", [16_383, (length) => `VARCHAR(${4 * length})`]),
    bigQuery: ({ length }) => `STRING(${length})`,
    sqlServer: textUpTo("SQL Server", [4_000, (length) => `NVARCHAR(${length})`], [1_073_741_823, "NVARCHAR(MAX)"]),
    mySql: mySqlTextUpTo("MySQL"),
    mariaDb: mySqlTextUpTo("MariaDB"),
    postgres: textUpTo("PostgreSQL", [10_485_760, (length) => `VARCHAR(${length})`], [268_435_454, "TEXT"]),
  },
  date: {
    connect: `${connectLogical}Date`, ksqlDb: "DATE", snowflake: "DATE", glue: "date", redshift: "DATE",
    bigQuery: "DATE", sqlServer: "DATE", mySql: "DATE", mariaDb: "DATE", postgres: "DATE",
  },
  time: {
    connect: `${connectLogical}Time`, ksqlDb: "TIME", snowflake: "TIME(3)", redshift: "TIME", bigQuery: "TIME",
    glue: { refused: "Athena has no times of day in Glue tables", nearest: text("HH:mm:ss.SSS".length) },
    sqlServer: "TIME(3)", mySql: "TIME(3)", mariaDb: "TIME(3)", postgres: "TIME(3)",
  },
  // DATETIME: MySQL's and MariaDB's TIMESTAMP always arrives as a string with a time zone.
  timestamp: {
    connect: milliseconds(`${connectLogical}Timestamp`, "Kafka Connect"),
    ksqlDb: milliseconds("TIMESTAMP", "ksqlDB"),
    snowflake: ({ precision }) => `TIMESTAMP_NTZ(${precision})`,
    glue: milliseconds("timestamp", "Athena"),
    redshift: "TIMESTAMP",
    bigQuery: "DATETIME",
    sqlServer: ({ precision }) => `DATETIME2(${precision})`,
    mySql: ({ precision }) => `DATETIME(${precision})`,
    mariaDb: ({ precision }) => `DATETIME(${precision})`,
    postgres: ({ precision }) => `TIMESTAMP(${precision})`,
  },
  bytes: {
    connect: "BYTES", ksqlDb: "BYTES", snowflake: "BINARY(8388608)", glue: "binary", redshift: "VARBYTE(16777216)",
    bigQuery: "BYTES", sqlServer: "VARBINARY(MAX)", mySql: "LONGBLOB", mariaDb: "LONGBLOB", postgres: "BYTEA",
  },
  uuid: {
    connect: "STRING", ksqlDb: "STRING", snowflake: "VARCHAR(36)", glue: "string", redshift: "VARCHAR(36)",
    bigQuery: "STRING(36)", sqlServer: "UNIQUEIDENTIFIER", mySql: "CHAR(36)", mariaDb: "UUID", postgres: "UUID",
  },
};

export const typeSystems = Object.keys(table.boolean) as readonly TypeSystem[];

/** How a system carries a type. Expects a type in which `malformedType` finds nothing. */
export function carriedBy(system: TypeSystem, type: ColumnType): Carried {
  switch (type.logical) {
    case "decimal":
      return read(table.decimal[system], type);
    case "text":
      return read(table.text[system], type);
    case "timestamp":
      return read(table.timestamp[system], type);
    default:
      return read(table[type.logical][system], type);
  }
}

/** A type as `pipeline.ts` writes it: `int32`, `text(50)`, `decimal(5, 2)`. */
export function describeType(type: ColumnType): string {
  switch (type.logical) {
    case "decimal":
      return `decimal(${type.precision}, ${type.scale})`;
    case "text":
      return `text(${type.length})`;
    case "timestamp":
      return `timestamp(${type.precision})`;
    default:
      return type.logical;
  }
}

/** What is wrong with a type's numbers, wherever it goes; `undefined` when nothing is. */
export function malformedType(type: ColumnType): string | undefined {
  const isWhole = (value: number, least: number, most: number) =>
    Number.isInteger(value) && value >= least && value <= most;
  if (type.logical === "decimal" && !isWhole(type.precision, 1, 1000)) {
    return `${describeType(type)}: precision must be a whole number from 1 to 1000`;
  }
  if (type.logical === "decimal" && !isWhole(type.scale, 0, type.precision)) {
    return `${describeType(type)}: scale must be a whole number from 0 to the precision, ${type.precision}`;
  }
  if (type.logical === "text" && !isWhole(type.length, 1, Number.MAX_SAFE_INTEGER)) {
    return `${describeType(type)}: length must be a whole number, 1 or more`;
  }
  return undefined;
}

/**
 * Whether a column can be a message key. The bytes of a key choose its partition and ksqlDB joins partition by
 * partition, so equal values must have equal bytes whoever writes them: whole numbers, text and uuid do. The Avro
 * schema's id is among those bytes, so int16 and uuid also need the key converter's `connect.meta.data=false`; ksqlDB
 * annotates a date in any case. A decimal's bytes change with its scale, and floats and times are not exact.
 */
export function canBeKey(type: ColumnType): boolean {
  return ["int16", "int32", "int64", "text", "uuid"].includes(type.logical);
}

function read<T extends ColumnType>(cell: Cell<T>, type: T): Carried {
  const carried = typeof cell === "function" ? cell(type) : cell;
  return typeof carried === "string" ? { type: carried } : carried;
}

function decimalUpTo(digits: number, afterPoint: number, name: string, title: string): Cell<Decimal> {
  const limits = digits === afterPoint ? "" : `, ${afterPoint} of them after the point`;
  return ({ precision, scale }) =>
    precision <= digits && scale <= afterPoint
      ? `${name}(${precision},${scale})`
      : {
          refused: `${title} keeps at most ${digits} digits${limits}`,
          nearest: decimal(Math.min(precision, digits), Math.min(scale, afterPoint)),
        };
}

function bigQueryDecimal({ precision, scale }: Decimal): string | Carried {
  const beforePoint = precision - scale;
  if (beforePoint > 38 || scale > 38) {
    const nearestScale = Math.min(scale, 38);
    return {
      refused: "BigQuery keeps at most 38 digits before the point and 38 after it",
      nearest: decimal(Math.min(beforePoint, 38) + nearestScale, nearestScale),
    };
  }
  return `${beforePoint <= 29 && scale <= 9 ? "NUMERIC" : "BIGNUMERIC"}(${precision},${scale})`;
}

/** The most characters that a type holds, and its name. */
type TextSize = readonly [most: number, name: string | ((length: number) => string)];

function textUpTo(title: string, ...sizes: readonly TextSize[]): Cell<Text> {
  const most = Math.max(...sizes.map(([size]) => size));
  return ({ length }) => {
    const name = sizes.find(([size]) => length <= size)?.[1];
    return typeof name === "function"
      ? name(length)
      : (name ?? { refused: `${title} keeps at most ${most} characters`, nearest: text(most) });
  };
}

/** In utf8mb4, where TEXT would hold no more than the longest VARCHAR does. */
function mySqlTextUpTo(title: string): Cell<Text> {
  const varchar: TextSize = [16_383, (length) => `VARCHAR(${length})`];
  return textUpTo(title, varchar, [4_194_303, "MEDIUMTEXT"], [1_073_741_823, "LONGTEXT"]);
}

function milliseconds(name: string, title: string): Cell<Timestamp> {
  return ({ precision }) =>
    precision === 3 ? name : { refused: `${title} keeps timestamps to the millisecond`, nearest: timestamp(3) };
}
