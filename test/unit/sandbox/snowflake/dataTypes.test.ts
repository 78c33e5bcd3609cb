import {
  beyondLimits,
  describedType,
  isSameType,
  parseDataType,
} from "../../../../sandbox/cloud/snowflake/dataTypes.ts";

it.each([
  ["number", "NUMBER(38,0)"],
  ["DECIMAL(10, 2)", "NUMBER(10,2)"],
  ["NUMERIC(7)", "NUMBER(7,0)"],
  ["bigint", "NUMBER(38,0)"],
  ["double precision", "FLOAT"],
  ["string", "VARCHAR(16777216)"],
  ["CHAR", "VARCHAR(1)"],
  ["CHAR VARYING(5)", "VARCHAR(5)"],
  ["varbinary", "BINARY(8388608)"],
  ["datetime", "TIMESTAMP_NTZ(9)"],
  ["TIMESTAMP WITHOUT TIME ZONE (3)", "TIMESTAMP_NTZ(3)"],
  ["timestamptz(6)", "TIMESTAMP_TZ(6)"],
  ["time", "TIME(9)"],
  ["variant", "VARIANT"],
])("%s is told as %s", (text, described) => {
  expect(describedType(text)).toBe(described);
  expect(isSameType(text, described)).toBe(true);
});

it.each(["TIMESTAMP", "INT(5)", "VARCHAR(a)", "NUMBER(1,2,3)", "DATE(3)", "MONEY", "", "VARCHAR(5"])(
  "the provider does not know %s",
  (text) => expect(parseDataType(text)).toBeUndefined(),
);

it.each([
  ["NUMBER(39,0)", "Invalid data type [NUMBER(39,0)]."],
  ["NUMBER(5,6)", "Invalid data type [NUMBER(5,6)]."],
  ["VARCHAR(0)", "Invalid data type [VARCHAR(0)]."],
  ["VARCHAR(134217729)", "Invalid data type [VARCHAR(134217729)]."],
  ["TIMESTAMP_NTZ(10)", "Invalid data type [TIMESTAMP_NTZ(10)]."],
  ["VARCHAR(134217728)", undefined],
  ["NUMBER(38,37)", undefined],
  ["TIME(0)", undefined],
  ["VARIANT", undefined],
])("of %s the service says %s", (text, refusal) => expect(beyondLimits(text)).toBe(refusal));
