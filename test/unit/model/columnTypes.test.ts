import * as fc from "fast-check";
import {
  boolean,
  bytes,
  canBeKey,
  carriedBy,
  date,
  decimal,
  describeType,
  float64,
  int16,
  int32,
  int64,
  malformedType,
  text,
  time,
  timestamp,
  typeSystems,
  uuid,
  type ColumnType,
  type TypeSystem,
} from "../../../model/columnTypes.ts";

const plain = [boolean, int16, int32, int64, float64, date, time, bytes, uuid];

const anyType = fc.oneof(
  fc.constantFrom(...plain, timestamp(3), timestamp(6)),
  fc.integer({ min: 1, max: 2 ** 31 }).map(text),
  fc.integer({ min: 1, max: 100_000 }).map(text),
  fc
    .oneof(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 1000 }))
    .chain((precision) => fc.integer({ min: 0, max: precision }).map((scale) => decimal(precision, scale))),
);
const anySystem = fc.constantFrom(...typeSystems);

describe("what a type is called", () => {
  it.each<[TypeSystem, ColumnType, string]>([
    // MySQL's BOOLEAN is TINYINT(1), which arrives as a number.
    ["mySql", boolean, "BIT(1)"],
    ["mariaDb", boolean, "BIT(1)"],
    ["sqlServer", boolean, "BIT"],
    ["bigQuery", boolean, "BOOL"],
    ["connect", int16, "INT16"],
    ["ksqlDb", int16, "INTEGER"],
    ["glue", int16, "int"],
    ["redshift", int16, "SMALLINT"],
    ["snowflake", int32, "NUMBER(10,0)"],
    ["snowflake", int64, "NUMBER(19,0)"],
    ["bigQuery", int64, "INT64"],
    ["snowflake", float64, "FLOAT"],
    ["redshift", float64, "DOUBLE PRECISION"],
    ["sqlServer", decimal(5, 2), "DECIMAL(5,2)"],
    ["connect", decimal(5, 2), "org.apache.kafka.connect.data.Decimal"],
    ["ksqlDb", decimal(5, 2), "DECIMAL(5,2)"],
    ["snowflake", decimal(5, 2), "NUMBER(5,2)"],
    ["glue", decimal(5, 2), "decimal(5,2)"],
    ["bigQuery", decimal(5, 2), "NUMERIC(5,2)"],
    ["bigQuery", decimal(38, 9), "NUMERIC(38,9)"],
    ["bigQuery", decimal(38, 0), "BIGNUMERIC(38,0)"],
    ["bigQuery", decimal(12, 10), "BIGNUMERIC(12,10)"],
    ["bigQuery", decimal(76, 38), "BIGNUMERIC(76,38)"],
    ["mySql", decimal(65, 30), "DECIMAL(65,30)"],
    ["mariaDb", decimal(65, 38), "DECIMAL(65,38)"],
    ["postgres", decimal(1000, 1000), "NUMERIC(1000,1000)"],
    ["sqlServer", text(50), "NVARCHAR(50)"],
    ["sqlServer", text(4000), "NVARCHAR(4000)"],
    ["sqlServer", text(4001), "NVARCHAR(MAX)"],
    ["mySql", text(16_383), "VARCHAR(16383)"],
    ["mySql", text(16_384), "MEDIUMTEXT"],
    ["mariaDb", text(4_194_304), "LONGTEXT"],
    ["postgres", text(10_485_761), "TEXT"],
    ["ksqlDb", text(50), "STRING"],
    ["snowflake", text(255), "VARCHAR(255)"],
    ["redshift", text(50), "VARCHAR(200)"],
    ["redshift", text(16_383), "VARCHAR(65532)"],
    ["bigQuery", text(50), "STRING(50)"],
    ["connect", date, "org.apache.kafka.connect.data.Date"],
    ["glue", date, "date"],
    ["connect", time, "org.apache.kafka.connect.data.Time"],
    ["sqlServer", time, "TIME(3)"],
    ["sqlServer", timestamp(3), "DATETIME2(3)"],
    // MySQL's TIMESTAMP would arrive as a string.
    ["mySql", timestamp(3), "DATETIME(3)"],
    ["mariaDb", timestamp(6), "DATETIME(6)"],
    ["postgres", timestamp(6), "TIMESTAMP(6)"],
    ["connect", timestamp(3), "org.apache.kafka.connect.data.Timestamp"],
    ["snowflake", timestamp(3), "TIMESTAMP_NTZ(3)"],
    ["snowflake", timestamp(6), "TIMESTAMP_NTZ(6)"],
    ["redshift", timestamp(6), "TIMESTAMP"],
    ["snowflake", bytes, "BINARY(8388608)"],
    ["mySql", bytes, "LONGBLOB"],
    ["sqlServer", uuid, "UNIQUEIDENTIFIER"],
    ["mySql", uuid, "CHAR(36)"],
    ["connect", uuid, "STRING"],
    ["snowflake", uuid, "VARCHAR(36)"],
  ])("%s calls %j %s", (system, type, name) => {
    expect(carriedBy(system, type)).toEqual({ type: name });
  });
});

describe("what a system cannot carry", () => {
  it.each<[TypeSystem, ColumnType, string, ColumnType]>([
    ["connect", timestamp(6), "Kafka Connect keeps timestamps to the millisecond", timestamp(3)],
    ["ksqlDb", timestamp(6), "ksqlDB keeps timestamps to the millisecond", timestamp(3)],
    ["glue", timestamp(6), "Athena keeps timestamps to the millisecond", timestamp(3)],
    ["glue", time, "Athena has no times of day in Glue tables", text(12)],
    ["sqlServer", decimal(39, 2), "SQL Server keeps at most 38 digits", decimal(38, 2)],
    ["glue", decimal(40, 39), "Athena keeps at most 38 digits", decimal(38, 38)],
    ["snowflake", decimal(38, 38), "Snowflake keeps at most 38 digits, 37 of them after the point", decimal(38, 37)],
    ["redshift", decimal(65, 30), "Redshift keeps at most 38 digits, 37 of them after the point", decimal(38, 30)],
    ["mySql", decimal(40, 31), "MySQL keeps at most 65 digits, 30 of them after the point", decimal(40, 30)],
    ["bigQuery", decimal(60, 10), "BigQuery keeps at most 38 digits before the point and 38 after it", decimal(48, 10)],
    ["redshift", text(16_384), "Redshift keeps at most 16383 characters", text(16_383)],
    ["snowflake", text(40_000_000), "Snowflake keeps at most 33554432 characters", text(33_554_432)],
  ])("%s refuses %j: %s", (system, type, refused, nearest) => {
    expect(carriedBy(system, type)).toEqual({ refused, nearest });
  });

  it("is carried by that system as the nearest type", () => {
    fc.assert(
      fc.property(anySystem, anyType, (system, type) => {
        const carried = carriedBy(system, type);
        if ("nearest" in carried) {
          expect(malformedType(carried.nearest)).toBeUndefined();
          expect(carriedBy(system, carried.nearest)).toHaveProperty("type");
        }
      }),
    );
  });

  it("never is a plain type, but for times in Glue", () => {
    const refused = typeSystems.flatMap((system) =>
      plain.filter((type) => "refused" in carriedBy(system, type)).map((type) => [system, type.logical]),
    );
    expect(refused).toEqual([["glue", "time"]]);
  });
});

it("describes a type as pipeline.ts writes it", () => {
  expect([int32, text(50), decimal(5, 2), timestamp(3)].map(describeType)).toEqual([
    "int32",
    "text(50)",
    "decimal(5, 2)",
    "timestamp(3)",
  ]);
});

describe("a malformed type", () => {
  it.each([
    [decimal(0, 2), "decimal(0, 2): precision must be a whole number from 1 to 1000"],
    [decimal(5.5, 2), "decimal(5.5, 2): precision must be a whole number from 1 to 1000"],
    [decimal(NaN, 2), "decimal(NaN, 2): precision must be a whole number from 1 to 1000"],
    [decimal(5, 6), "decimal(5, 6): scale must be a whole number from 0 to the precision, 5"],
    [decimal(5, -1), "decimal(5, -1): scale must be a whole number from 0 to the precision, 5"],
    [text(0), "text(0): length must be a whole number, 1 or more"],
    [text(Infinity), "text(Infinity): length must be a whole number, 1 or more"],
  ])("%j", (type, mistake) => {
    expect(malformedType(type)).toBe(mistake);
  });

  it("is none that has whole numbers in their ranges", () => {
    fc.assert(
      fc.property(anyType, (type) => {
        expect(malformedType(type)).toBeUndefined();
      }),
    );
  });
});

it("takes as keys only types whose equal values have equal bytes", () => {
  const all = [...plain, text(50), decimal(5, 0), timestamp(3)];
  expect(all.filter(canBeKey).map((type) => type.logical)).toEqual(["int16", "int32", "int64", "uuid", "text"]);
});
