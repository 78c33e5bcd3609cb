/** A column's type as Snowflake has it: one name for all synonyms, with its arguments. */
export interface DataType {
  readonly name: string;
  readonly arguments: readonly number[];
}

/** Synonyms of each type, what an argument that is left out means, and the service's limits, first to last. */
interface Family {
  readonly synonyms: readonly string[];
  readonly defaults: readonly number[];
  readonly least: readonly number[];
  readonly most: readonly number[];
}

const family = (
  synonyms: readonly string[],
  defaults: readonly number[] = [],
  least: readonly number[] = [],
  most: readonly number[] = defaults,
): Family => ({ synonyms, defaults, least, most });

/** 128 MB since 2025, in characters (Snowflake's documentation of VARCHAR). */
const longestText = 134_217_728;
const longestBytes = 67_108_864;

// The order is the provider's: it takes the first name that a type begins with.
const families: Readonly<Record<string, Family>> = {
  NUMBER: family(["NUMBER", "DECIMAL", "DEC", "NUMERIC"], [38, 0], [1, 0], [38, 37]),
  FLOAT: family(["FLOAT8", "FLOAT4", "FLOAT", "DOUBLE PRECISION", "DOUBLE", "REAL"]),
  VARCHAR: family(
    ["VARCHAR", "STRING", "TEXT", "NVARCHAR2", "NVARCHAR", "CHAR VARYING", "NCHAR VARYING"],
    [16_777_216],
    [1],
    [longestText],
  ),
  CHAR: family(["CHARACTER", "CHAR", "NCHAR"], [1], [1], [longestText]),
  BINARY: family(["BINARY", "VARBINARY"], [8_388_608], [1], [longestBytes]),
  BOOLEAN: family(["BOOLEAN"]),
  DATE: family(["DATE"]),
  TIMESTAMP_LTZ: family(["TIMESTAMP_LTZ", "TIMESTAMPLTZ", "TIMESTAMP WITH LOCAL TIME ZONE"], [9], [0]),
  TIMESTAMP_NTZ: family(["TIMESTAMP_NTZ", "TIMESTAMPNTZ", "TIMESTAMP WITHOUT TIME ZONE", "DATETIME"], [9], [0]),
  TIMESTAMP_TZ: family(["TIMESTAMP_TZ", "TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE"], [9], [0]),
  TIME: family(["TIME"], [9], [0]),
  VARIANT: family(["VARIANT"]),
  OBJECT: family(["OBJECT"]),
  ARRAY: family(["ARRAY"]),
  GEOGRAPHY: family(["GEOGRAPHY"]),
  GEOMETRY: family(["GEOMETRY"]),
};

/** Whole numbers that take no arguments. */
const integers = ["INTEGER", "INT", "BIGINT", "SMALLINT", "TINYINT", "BYTEINT"];

/** Reads a type as provider 1.2.1 does; `undefined` for what it refuses, such as a bare TIMESTAMP. */
export function parseDataType(text: string): DataType | undefined {
  const [, head = "", inner] = /^([^(]*?)\s*(?:\(([^()]*)\))?$/.exec(text.trim().toUpperCase()) ?? [];
  const given = inner === undefined ? [] : inner.split(",").map((part) => part.trim());
  if (given.some((part) => !/^\d+$/.test(part))) {
    return undefined;
  }
  if (integers.includes(head)) {
    return given.length === 0 ? { name: "NUMBER", arguments: [38, 0] } : undefined;
  }
  const [name, found] = Object.entries(families).find(([, { synonyms }]) => synonyms.includes(head)) ?? [];
  if (name === undefined || found === undefined || given.length > found.defaults.length) {
    return undefined;
  }
  const values = found.defaults.map((value, index) => (given[index] === undefined ? value : Number(given[index])));
  return { name: name === "CHAR" ? "VARCHAR" : name, arguments: values };
}

/** As DESCRIBE TABLE tells it: `NUMBER(38,0)`. A type that cannot be read stays as it is. */
export function describedType(text: string): string {
  const type = parseDataType(text);
  return type === undefined ? text : shown(type);
}

export function shown(type: DataType): string {
  return type.arguments.length === 0 ? type.name : `${type.name}(${type.arguments.join(",")})`;
}

/** Whether two spellings mean one type. */
export function isSameType(a: string, b: string): boolean {
  return describedType(a) === describedType(b);
}

/** What the service, and not the provider, refuses of a type; `undefined` for nothing. */
export function beyondLimits(text: string): string | undefined {
  const type = parseDataType(text);
  const limits = type === undefined ? undefined : families[type.name];
  const isWrong = type?.arguments.some(
    (value, index) => value < (limits?.least[index] ?? 0) || value > (limits?.most[index] ?? 0),
  );
  if (type === undefined || (isWrong !== true && (type.arguments[1] ?? 0) <= (type.arguments[0] ?? 0))) {
    return undefined;
  }
  return `Invalid data type [${shown(type)}].`;
}
