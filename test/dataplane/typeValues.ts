import {
  boolean,
  bytes,
  carriedBy,
  date,
  decimal,
  float64,
  int16,
  int32,
  int64,
  text,
  time,
  timestamp,
  uuid,
  type ColumnType,
} from "../../model/columnTypes.ts";
import type { Value } from "../../dataplane/engines/reader.ts";

/** A value as SQL writes it, and as it arrives. */
export type Sample = readonly [sql: string, arrives: Value];

export interface TypeCase {
  /** Name of the column. */
  readonly name: string;
  readonly type: ColumnType;
  /** What the database calls it. Default: what the model says. */
  readonly declared?: string;
  readonly required?: boolean;
  readonly samples: readonly Sample[];
}

export type Kind = "mariaDb" | "postgres";

/** The columns of a table that has every type of the model, with its extremes. NULL is tried besides. */
export function casesOf(kind: Kind): TypeCase[] {
  const samples = kind === "mariaDb" ? mariaDb : postgres;
  return [
    { name: "is_it", type: boolean, samples: samples.booleans },
    { name: "small", type: int16, samples: numbers("-32768", "-1", "0", "32767") },
    { name: "whole", type: int32, samples: numbers("-2147483648", "-1", "0", "2147483647") },
    {
      name: "big",
      type: int64,
      samples: [...numbers("-1", "0"), ...asText("-9223372036854775808", "9223372036854775807")],
    },
    { name: "ratio", type: float64, samples: samples.floats },
    { name: "money", type: decimal(5, 2), samples: asText("-999.99", "-0.01", "0.00", "999.99") },
    { name: "digits", type: decimal(38, 0), samples: asText(nines(38), `-${nines(38)}`, "0", "1") },
    { name: "split", type: decimal(38, 10), samples: asText(fraction(38, 10), `-${fraction(38, 10)}`, "0.0000000001") },
    { name: "tiny", type: decimal(38, 38), samples: asText(`0.${nines(38)}`, `-0.${nines(38)}`) },
    { name: "widest", ...samples.widest },
    {
      name: "words",
      type: text(50),
      samples: ["", "Ångström", "😀".repeat(50), "two  ", 'it\'s "so"', "tab\t, line\n", "\u202e\ufeff"].map(quoted),
    },
    { name: "long_words", type: text(20_000), samples: [["repeat('😀', 20000)", "😀".repeat(20_000)], quoted("")] },
    { name: "longest_words", type: text(4_200_000), samples: [["repeat('ü', 100000)", "ü".repeat(100_000)]] },
    {
      name: "a_day",
      type: date,
      samples: ["0001-01-01", "1582-10-04", "1582-10-15", "1969-12-31", "1970-01-01", "2026-03-29", "9999-12-31"].map(
        quoted,
      ),
    },
    {
      name: "at",
      type: time,
      samples: [
        ["'00:00:00'", 0],
        ["'00:00:00.001'", 1],
        ["'02:30:00'", 9_000_000],
        ["'23:59:59.999'", 86_399_999],
      ],
    },
    {
      name: "moment",
      type: timestamp(3),
      samples: [
        ...samples.oldest,
        "1582-10-15 00:00:00.000",
        "1893-03-31 23:59:59.999",
        "1969-12-31 23:59:59.999",
        "1970-01-01 00:00:00.000",
        // In the servers' time zone the first does not exist, and the second comes twice.
        "2026-03-29 02:30:00.123",
        "2026-10-25 02:30:00.456",
        "9999-12-31 23:59:59.999",
      ].map((moment) => [`'${moment}'`, `${moment.replace(" ", "T")}Z`]),
    },
    { name: "raw", type: bytes, samples: [...["", "00", allBytes].map(samples.bytes), samples.manyBytes] },
    {
      name: "uid",
      type: uuid,
      samples: [
        "00000000-0000-0000-0000-000000000000",
        "6f1e1f4a-0b2c-4d3e-8f50-112233445566",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
      ].map(quoted),
    },
    { name: "sure", type: int32, required: true, declared: `${carried(kind, int32)} default 7`, samples: numbers("0") },
    { name: "unsure", type: int32, declared: `${carried(kind, int32)} default 7`, samples: numbers("0") },
    ...samples.own,
  ];
}

/** What the database calls the column. */
export function declaredType(kind: Kind, { type, declared, required = false }: TypeCase): string {
  return `${declared ?? carried(kind, type)}${required ? " not null" : ""}`;
}

function carried(kind: Kind, type: ColumnType): string {
  const carriedAs = carriedBy(kind, type);
  if (!("type" in carriedAs)) {
    throw new Error(carriedAs.refused);
  }
  return carriedAs.type;
}

interface OwnSamples {
  readonly booleans: readonly Sample[];
  readonly floats: readonly Sample[];
  readonly bytes: (hex: string) => Sample;
  readonly manyBytes: Sample;
  readonly oldest: readonly string[];
  readonly widest: Pick<TypeCase, "type" | "samples">;
  /** Columns that only this database can have. */
  readonly own: readonly TypeCase[];
}

const allBytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).toString("hex");
const everywhere = numbers("-1.5", "0.1", "2.2250738585072014e-308", "1.7976931348623157e308");

const mariaDb: OwnSamples = {
  booleans: [
    ["b'0'", false],
    ["b'1'", true],
  ],
  floats: everywhere,
  bytes: (hex) => [`x'${hex}'`, hex],
  manyBytes: ["repeat(x'ab', 100000)", "ab".repeat(100_000)],
  oldest: ["0001-01-01 00:00:00.000", "1582-10-04 12:00:00.000"],
  widest: { type: decimal(65, 38), samples: asText(fraction(65, 38), `-${fraction(65, 38)}`) },
  own: [
    { name: "zero", type: text(50), samples: [["concat('a', char(0), 'b')", "a\0b"]] },
    { name: "latin", type: text(50), declared: "VARCHAR(50) CHARACTER SET latin1", samples: [quoted("Ångström €")] },
    { name: "u16", type: int32, declared: "SMALLINT UNSIGNED", samples: numbers("65535") },
    { name: "u32", type: int64, declared: "INT UNSIGNED", samples: numbers("4294967295") },
    { name: "u64", type: decimal(20, 0), declared: "BIGINT UNSIGNED", samples: asText("18446744073709551615") },
  ],
};

const postgres: OwnSamples = {
  booleans: [
    ["false", false],
    ["true", true],
  ],
  floats: [...everywhere, ["5e-324", 5e-324], ["'NaN'", NaN], ["'Infinity'", Infinity], ["'-Infinity'", -Infinity]],
  bytes: (hex) => [`'\\x${hex}'`, hex],
  manyBytes: ["decode(repeat('ab', 100000), 'hex')", "ab".repeat(100_000)],
  // Before 1582-10-15 the snapshot reads a timestamp, not a date, in the calendar of that time: docs/connect.md.
  oldest: [],
  widest: { type: decimal(1000, 500), samples: asText(fraction(1000, 500), `-${fraction(1000, 500)}`) },
  own: [{ name: "endless", type: text(20_000_000), samples: [quoted("😀")] }],
};

function numbers(...texts: readonly string[]): Sample[] {
  return texts.map((written) => [written, Number(written)]);
}

function asText(...texts: readonly string[]): Sample[] {
  return texts.map((written) => [written, written]);
}

function quoted(value: string): Sample {
  return [`'${value.replaceAll("'", "''")}'`, value];
}

function nines(count: number): string {
  return "9".repeat(count);
}

function fraction(precision: number, scale: number): string {
  return `${nines(precision - scale)}.${nines(scale)}`;
}
