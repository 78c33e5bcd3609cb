import type { Call, Expression } from "../syntax.ts";

/**
 * Functions that ksqlDB has built in, as its reference lists them, 2026-11: what they take, a colon, what they give.
 * `?` may be left out, `...` may come again. T, U, K and V stand for a type each, N for a number's; DECIMAL for any
 * decimal, ANY for anything, UNIT for a unit of time. In what a function gives, WHOLE is the decimal that it takes
 * without the digits after the point, and CEILED the same with room for one that is rounded up.
 */
type Functions = Readonly<Record<string, readonly string[]>>;

/** What a function takes and gives; `undefined` when there is none of that name. */
export function signaturesIn(functions: Functions, name: string): readonly string[] | undefined {
  return Object.hasOwn(functions, name) ? functions[name] : undefined;
}

/** Whether an expression calls one of the functions. */
export function isCallOf(functions: Functions, expression: Expression): expression is Call {
  return expression.kind === "call" && Object.hasOwn(functions, expression.name.text);
}

const double = ["DOUBLE : DOUBLE"];
const masked = ["STRING, STRING?, STRING?, STRING?, STRING? : STRING"];
const partlyMasked = ["STRING, INTEGER, STRING?, STRING?, STRING?, STRING? : STRING"];
const padded = ["STRING, INTEGER, STRING : STRING", "BYTES, INTEGER, BYTES : BYTES"];
const twoArrays = ["ARRAY<T>, ARRAY<T> : ARRAY<T>"];
const urlPart = ["STRING : STRING"];

export const scalarFunctions: Functions = {
  ABS: ["N : N"],
  ACOS: double,
  ARRAY_CONCAT: twoArrays,
  ARRAY_CONTAINS: ["ARRAY<T>, T : BOOLEAN"],
  ARRAY_DISTINCT: ["ARRAY<T> : ARRAY<T>"],
  ARRAY_EXCEPT: twoArrays,
  ARRAY_INTERSECT: twoArrays,
  ARRAY_JOIN: ["ARRAY<T>, STRING? : STRING"],
  ARRAY_LENGTH: ["ARRAY<T> : INTEGER"],
  ARRAY_MAX: ["ARRAY<T> : T"],
  ARRAY_MIN: ["ARRAY<T> : T"],
  ARRAY_REMOVE: ["ARRAY<T>, T : ARRAY<T>"],
  ARRAY_SORT: ["ARRAY<T>, STRING? : ARRAY<T>"],
  ARRAY_UNION: twoArrays,
  ASIN: double,
  AS_MAP: ["ARRAY<STRING>, ARRAY<T> : MAP<STRING, T>"],
  AS_VALUE: ["T : T"],
  ATAN: double,
  ATAN2: ["DOUBLE, DOUBLE : DOUBLE"],
  BIGINT_FROM_BYTES: ["BYTES, STRING? : BIGINT"],
  CBRT: double,
  CEIL: ["DOUBLE : DOUBLE", "DECIMAL : CEILED"],
  CHR: ["INTEGER : STRING", "STRING : STRING"],
  COALESCE: ["T, T... : T"],
  CONCAT: ["STRING, STRING... : STRING", "BYTES, BYTES... : BYTES"],
  CONCAT_WS: ["STRING, STRING, STRING... : STRING", "BYTES, BYTES, BYTES... : BYTES"],
  CONVERT_TZ: ["TIMESTAMP, STRING, STRING : TIMESTAMP"],
  COS: double,
  COSH: double,
  COT: double,
  DATEADD: ["UNIT, INTEGER, DATE : DATE"],
  DATESUB: ["UNIT, INTEGER, DATE : DATE"],
  DATETOSTRING: ["INTEGER, STRING : STRING"],
  DEGREES: double,
  DOUBLE_FROM_BYTES: ["BYTES, STRING? : DOUBLE"],
  ELT: ["INTEGER, STRING... : STRING"],
  ENCODE: ["STRING, STRING, STRING : STRING"],
  ENTRIES: ["MAP<STRING, T>, BOOLEAN : ARRAY<STRUCT<K STRING, V T>>"],
  EXP: double,
  EXTRACTJSONFIELD: ["STRING, STRING : STRING"],
  FIELD: ["STRING, STRING... : INTEGER"],
  FILTER: ["ARRAY<T>, (T) => BOOLEAN : ARRAY<T>", "MAP<K, V>, (K, V) => BOOLEAN : MAP<K, V>"],
  FLOOR: ["DOUBLE : DOUBLE", "DECIMAL : CEILED"],
  FORMAT_DATE: ["DATE, STRING : STRING"],
  FORMAT_TIME: ["TIME, STRING : STRING"],
  FORMAT_TIMESTAMP: ["TIMESTAMP, STRING, STRING? : STRING"],
  FROM_BYTES: ["BYTES, STRING : STRING"],
  FROM_DAYS: ["INTEGER : DATE"],
  FROM_UNIXTIME: ["BIGINT : TIMESTAMP"],
  GENERATE_SERIES: ["INTEGER, INTEGER, INTEGER? : ARRAY<INTEGER>", "BIGINT, BIGINT, INTEGER? : ARRAY<BIGINT>"],
  GEO_DISTANCE: ["DOUBLE, DOUBLE, DOUBLE, DOUBLE, STRING? : DOUBLE"],
  GREATEST: ["T, T... : T"],
  IFNULL: ["T, T : T"],
  INITCAP: ["STRING : STRING"],
  INSTR: ["STRING, STRING, INTEGER?, INTEGER? : INTEGER"],
  INT_FROM_BYTES: ["BYTES, STRING? : INTEGER"],
  IS_JSON_STRING: ["STRING : BOOLEAN"],
  JSON_ARRAY_CONTAINS: ["STRING, ANY : BOOLEAN"],
  JSON_ARRAY_LENGTH: ["STRING : INTEGER"],
  JSON_CONCAT: ["STRING, STRING... : STRING"],
  JSON_ITEMS: ["STRING : ARRAY<STRING>"],
  JSON_KEYS: ["STRING : ARRAY<STRING>"],
  JSON_RECORDS: ["STRING : MAP<STRING, STRING>"],
  LCASE: ["STRING : STRING"],
  LEAST: ["T, T... : T"],
  LEN: ["STRING : INTEGER", "BYTES : INTEGER"],
  LN: double,
  LOG: ["DOUBLE, DOUBLE? : DOUBLE"],
  LPAD: padded,
  MAP_KEYS: ["MAP<K, V> : ARRAY<K>"],
  MAP_UNION: ["MAP<K, V>, MAP<K, V> : MAP<K, V>"],
  MAP_VALUES: ["MAP<K, V> : ARRAY<V>"],
  MASK: masked,
  MASK_KEEP_LEFT: partlyMasked,
  MASK_KEEP_RIGHT: partlyMasked,
  MASK_LEFT: partlyMasked,
  MASK_RIGHT: partlyMasked,
  NULLIF: ["T, T : T"],
  PARSE_DATE: ["STRING, STRING : DATE"],
  PARSE_TIME: ["STRING, STRING : TIME"],
  PARSE_TIMESTAMP: ["STRING, STRING, STRING? : TIMESTAMP"],
  PI: [": DOUBLE"],
  POWER: ["DOUBLE, DOUBLE : DOUBLE"],
  RADIANS: double,
  RANDOM: [": DOUBLE"],
  REDUCE: ["ARRAY<T>, U, (U, T) => U : U", "MAP<K, V>, U, (U, K, V) => U : U"],
  REGEXP_EXTRACT: ["STRING, STRING, INTEGER? : STRING"],
  REGEXP_EXTRACT_ALL: ["STRING, STRING, INTEGER? : ARRAY<STRING>"],
  REGEXP_REPLACE: ["STRING, STRING, STRING : STRING"],
  REGEXP_SPLIT_TO_ARRAY: ["STRING, STRING : ARRAY<STRING>"],
  REPLACE: ["STRING, STRING, STRING : STRING"],
  ROUND: ["BIGINT : BIGINT", "DOUBLE, INTEGER : DOUBLE", "DOUBLE : BIGINT", "DECIMAL : WHOLE", "N, INTEGER : N"],
  RPAD: padded,
  SIGN: ["N : INTEGER"],
  SIN: double,
  SINH: double,
  SLICE: ["ARRAY<T>, INTEGER, INTEGER : ARRAY<T>"],
  SPLIT: ["STRING, STRING : ARRAY<STRING>", "BYTES, BYTES : ARRAY<BYTES>"],
  SPLIT_TO_MAP: ["STRING, STRING, STRING : MAP<STRING, STRING>"],
  SQRT: double,
  STRINGTODATE: ["STRING, STRING : INTEGER"],
  STRINGTOTIMESTAMP: ["STRING, STRING, STRING? : BIGINT"],
  SUBSTRING: ["STRING, INTEGER, INTEGER? : STRING", "BYTES, INTEGER, INTEGER? : BYTES"],
  TAN: double,
  TANH: double,
  TIMEADD: ["UNIT, INTEGER, TIME : TIME"],
  TIMESTAMPADD: ["UNIT, INTEGER, TIMESTAMP : TIMESTAMP"],
  TIMESTAMPSUB: ["UNIT, INTEGER, TIMESTAMP : TIMESTAMP"],
  TIMESTAMPTOSTRING: ["BIGINT, STRING, STRING? : STRING"],
  TIMESUB: ["UNIT, INTEGER, TIME : TIME"],
  TO_BYTES: ["STRING, STRING : BYTES"],
  TO_JSON_STRING: ["ANY : STRING"],
  TRANSFORM: ["ARRAY<T>, (T) => U : ARRAY<U>", "MAP<K, V>, (K, V) => T, (K, V) => U : MAP<T, U>"],
  TRIM: ["STRING : STRING"],
  TRUNC: ["BIGINT : BIGINT", "DOUBLE, INTEGER : DOUBLE", "DOUBLE : BIGINT", "DECIMAL : WHOLE", "N, INTEGER : N"],
  UCASE: ["STRING : STRING"],
  UNIX_DATE: ["DATE? : INTEGER"],
  UNIX_TIMESTAMP: ["TIMESTAMP? : BIGINT"],
  URL_DECODE_PARAM: urlPart,
  URL_ENCODE_PARAM: urlPart,
  URL_EXTRACT_FRAGMENT: urlPart,
  URL_EXTRACT_HOST: urlPart,
  URL_EXTRACT_PARAMETER: ["STRING, STRING : STRING"],
  URL_EXTRACT_PATH: urlPart,
  URL_EXTRACT_PORT: ["STRING : INTEGER"],
  URL_EXTRACT_PROTOCOL: urlPart,
  URL_EXTRACT_QUERY: urlPart,
  UUID: [": STRING", "BYTES : STRING"],
};

const byOffset = ["T, BOOLEAN? : T", "T, INTEGER, BOOLEAN? : ARRAY<T>"];

/** Functions over the rows of a group. */
export const aggregateFunctions: Functions = {
  ATTR: ["T : T"],
  AVG: ["N : DOUBLE"],
  COLLECT_LIST: ["T : ARRAY<T>"],
  COLLECT_SET: ["T : ARRAY<T>"],
  CORRELATION: ["DOUBLE, DOUBLE : DOUBLE"],
  COUNT: ["ANY? : BIGINT"],
  COUNT_DISTINCT: ["ANY : BIGINT"],
  EARLIEST_BY_OFFSET: byOffset,
  HISTOGRAM: ["STRING : MAP<STRING, BIGINT>"],
  LATEST_BY_OFFSET: byOffset,
  MAX: ["T : T"],
  MIN: ["T : T"],
  STDDEV_SAMP: ["N : DOUBLE"],
  STDDEV_SAMPLE: ["N : DOUBLE"],
  SUM: ["N : N"],
  TOPK: ["T, INTEGER : ARRAY<T>"],
  TOPKDISTINCT: ["T, INTEGER : ARRAY<T>"],
};

/** Aggregates that can take a row back when it changes, so that they work over tables too. */
export const tableAggregates: ReadonlySet<string> = new Set([
  "AVG",
  "COLLECT_LIST",
  "CORRELATION",
  "COUNT",
  "HISTOGRAM",
  "STDDEV_SAMP",
  "STDDEV_SAMPLE",
  "SUM",
]);

/** Functions that make several rows of one. */
export const tableFunctions: Functions = {
  CUBE_EXPLODE: ["ARRAY<T> : ARRAY<T>"],
  EXPLODE: ["ARRAY<T> : T"],
};

/** What other systems call it. */
export const foreignFunctions: ReadonlyMap<string, string> = new Map(
  Object.entries({
    LOWER: "LCASE",
    UPPER: "UCASE",
    LENGTH: "LEN",
    CHAR_LENGTH: "LEN",
    NVL: "IFNULL",
    ISNULL: "IFNULL",
    SUBSTR: "SUBSTRING",
    CEILING: "CEIL",
    POW: "POWER",
    NOW: "UNIX_TIMESTAMP",
    GETDATE: "UNIX_TIMESTAMP",
    TO_CHAR: "FORMAT_TIMESTAMP",
    TO_DATE: "PARSE_DATE",
    TO_TIMESTAMP: "PARSE_TIMESTAMP",
    DATE_FORMAT: "FORMAT_TIMESTAMP",
    ARRAY_AGG: "COLLECT_LIST",
    STRING_AGG: "COLLECT_LIST",
    LISTAGG: "COLLECT_LIST",
    STDDEV: "STDDEV_SAMP",
    APPROX_COUNT_DISTINCT: "COUNT_DISTINCT",
    LAST_VALUE: "LATEST_BY_OFFSET",
    FIRST_VALUE: "EARLIEST_BY_OFFSET",
    UNNEST: "EXPLODE",
  }),
);
