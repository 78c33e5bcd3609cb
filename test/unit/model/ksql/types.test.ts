import { checkKsql } from "../../../../model/ksql/check.ts";
import { describeSqlType } from "../../../../model/ksql/sqlType.ts";
import { isError, mistakeText } from "../../../../model/ksql/statement.ts";

const relation = `CREATE STREAM s (k INT KEY, i INT, l BIGINT, d DECIMAL(5, 2), e DECIMAL(10, 4), f DOUBLE, t STRING, b BOOLEAN,
  y BYTES, day DATE, clock TIME, ts TIMESTAMP, a ARRAY<INT>, m MAP<STRING, BIGINT>, r STRUCT<x INT, y ARRAY<STRING>>)
  WITH (KAFKA_TOPIC = 's', FORMAT = 'AVRO');`;

function typeOf(expression: string, rest = ""): string {
  const head =
    rest === ""
      ? "CREATE STREAM x AS SELECT k AS k2, AS_VALUE(k) AS k,"
      : "CREATE TABLE x AS SELECT t AS k, AS_VALUE(t) AS t,";
  const text = `${relation} ${head} ${expression} AS result FROM s ${rest};`;
  const { statements, mistakes } = checkKsql([{ file: "x.sql", text }]);
  const errors = mistakes.filter(isError);
  const type = statements.at(-1)?.result?.columns.find(({ name }) => name === "RESULT")?.type;
  return type === undefined ? errors.map(mistakeText).join("\n") : describeSqlType(type);
}

/** Decimals by ksqlDB's rules: the sum needs a digit more, the product all digits of both and one more, and so on. */
const rows: Readonly<Record<string, string>> = {
  "1": "INTEGER",
  "2147483648": "BIGINT",
  "1.50": "DECIMAL(3,2)",
  "0.05": "DECIMAL(2,2)",
  "1e3": "DOUBLE",
  "'x'": "STRING",
  "i + l": "BIGINT",
  "i + d": "DECIMAL(13,2)",
  "d + d": "DECIMAL(6,2)",
  "d - e": "DECIMAL(11,4)",
  "d * d": "DECIMAL(11,4)",
  "d * i": "DECIMAL(16,2)",
  "d / d": "DECIMAL(13,8)",
  "d % e": "DECIMAL(7,4)",
  "d * f": "DOUBLE",
  "l / i": "BIGINT",
  "t + t": "STRING",
  "-d": "DECIMAL(5,2)",
  "i > 3 AND t LIKE 'a%'": "BOOLEAN",
  "i BETWEEN 1 AND l": "BOOLEAN",
  "t IN ('a', 'b')": "BOOLEAN",
  "ts > '2026-01-01T00:00:00'": "BOOLEAN",
  "t IS NULL": "BOOLEAN",
  "CASE WHEN b THEN t ELSE NULL END": "STRING",
  "CASE i WHEN 1 THEN d END": "DECIMAL(5,2)",
  "CAST(t AS DECIMAL(38, 2))": "DECIMAL(38,2)",
  "r->y[1]": "STRING",
  "m['x']": "BIGINT",
  "ARRAY[1, l]": "ARRAY<BIGINT>",
  "MAP('a' := 1)": "MAP<STRING, INTEGER>",
  "STRUCT(a := 1, b := t)": "STRUCT<A INTEGER, B STRING>",
  "CONCAT(t, 'x', t)": "STRING",
  "CONCAT_WS(',', t, t, NULL)": "STRING",
  "SUBSTRING(t, 2)": "STRING",
  "SUBSTRING(y, 2, 3)": "BYTES",
  "LEN(t)": "INTEGER",
  "REGEXP_EXTRACT_ALL('a.', t)": "ARRAY<STRING>",
  "SPLIT(t, ',')": "ARRAY<STRING>",
  "IFNULL(d, 0.0)": "DECIMAL(5,2)",
  "COALESCE(i, l, 3)": "BIGINT",
  "NULLIF(t, '')": "STRING",
  "ABS(d)": "DECIMAL(5,2)",
  "ROUND(f)": "BIGINT",
  "ROUND(f, 2)": "DOUBLE",
  "ROUND(d)": "DECIMAL(3,0)",
  "ROUND(d, 1)": "DECIMAL(5,2)",
  "CEIL(d)": "DECIMAL(5,0)",
  "FLOOR(f)": "DOUBLE",
  "SIGN(l)": "INTEGER",
  "LEAST(i, 3)": "INTEGER",
  "FORMAT_TIMESTAMP(ts, 'yyyy', 'UTC')": "STRING",
  "TIMESTAMPTOSTRING(ROWTIME, 'yyyy')": "STRING",
  "PARSE_DATE(t, 'yyyy')": "DATE",
  "CONVERT_TZ(ts, 'UTC', 'Europe/Berlin')": "TIMESTAMP",
  "TIMESTAMPADD(HOURS, 3, ts)": "TIMESTAMP",
  "DATEADD(DAYS, 3, day)": "DATE",
  "DATEADD(DAY, 3, day)": "DATE",
  "TIMEADD(MINUTES, 3, clock)": "TIME",
  "UNIX_TIMESTAMP(ts)": "BIGINT",
  "UNIX_TIMESTAMP()": "BIGINT",
  "FROM_UNIXTIME(l)": "TIMESTAMP",
  "UNIX_DATE(day)": "INTEGER",
  "EXTRACTJSONFIELD(t, '$.a')": "STRING",
  "MASK_KEEP_LEFT(t, 2)": "STRING",
  "GEO_DISTANCE(f, f, f, f, 'KM')": "DOUBLE",
  "ARRAY_CONTAINS(a, 1)": "BOOLEAN",
  "ARRAY_LENGTH(a)": "INTEGER",
  "MAP_KEYS(m)": "ARRAY<STRING>",
  "AS_MAP(SPLIT(t, ','), a)": "MAP<STRING, INTEGER>",
  "ENTRIES(m, TRUE)": "ARRAY<STRUCT<K STRING, V BIGINT>>",
  "TRANSFORM(a, x => x + 0.5)": "ARRAY<DECIMAL(12,1)>",
  "FILTER(m, (key, v) => v > 3)": "MAP<STRING, BIGINT>",
  "REDUCE(a, 0, (s, x) => s + x)": "INTEGER",
  "TO_JSON_STRING(r)": "STRING",
  "EXPLODE(a)": "INTEGER",
  ROWTIME: "BIGINT",
  ROWPARTITION: "INTEGER",
  ROWOFFSET: "BIGINT",
};

describe("the type is that of ksqlDB for", () => {
  it.each(Object.entries(rows))("%s", (expression, type) => {
    expect(typeOf(expression)).toBe(type);
  });
});

const aggregates: Readonly<Record<string, string>> = {
  "COUNT(*)": "BIGINT",
  "COUNT_DISTINCT(i)": "BIGINT",
  "SUM(i)": "INTEGER",
  "SUM(l)": "BIGINT",
  "SUM(f)": "DOUBLE",
  "SUM(CAST(d AS DECIMAL(38, 2)))": "DECIMAL(38,2)",
  "AVG(d)": "DOUBLE",
  "MIN(t)": "STRING",
  "MAX(d)": "DECIMAL(5,2)",
  "TOPK(i, 3)": "ARRAY<INTEGER>",
  "TOPKDISTINCT(d, 3)": "ARRAY<DECIMAL(5,2)>",
  "COLLECT_LIST(i)": "ARRAY<INTEGER>",
  "COLLECT_SET(ts)": "ARRAY<TIMESTAMP>",
  "LATEST_BY_OFFSET(d)": "DECIMAL(5,2)",
  "LATEST_BY_OFFSET(d, FALSE)": "DECIMAL(5,2)",
  "EARLIEST_BY_OFFSET(i, 3)": "ARRAY<INTEGER>",
  "HISTOGRAM(t)": "MAP<STRING, BIGINT>",
  "STDDEV_SAMP(f)": "DOUBLE",
  "CORRELATION(f, i)": "DOUBLE",
  "SUM(l) / COUNT(*)": "BIGINT",
  "MAX(l) - MIN(l)": "BIGINT",
};

describe("over a group, the type is that of ksqlDB for", () => {
  it.each(Object.entries(aggregates))("%s", (expression, type) => {
    expect(typeOf(expression, "GROUP BY t")).toBe(type);
  });

  it.each(["WINDOWSTART", "WINDOWEND"])("%s", (bound) => {
    const rest = "WINDOW TUMBLING (SIZE 1 HOUR) GROUP BY t HAVING COUNT(*) > 1";
    expect(typeOf(`COUNT(*) AS n, WINDOWSTART AS a, WINDOWEND AS b, ${bound}`, rest)).toBe("BIGINT");
  });
});
