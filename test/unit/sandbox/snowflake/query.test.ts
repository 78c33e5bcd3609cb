import { readQuery } from "../../../../sandbox/cloud/snowflake/query.ts";

const namesOf = (sql: string) => [...new Set(readQuery(sql).columns.map(({ name }) => name))].sort();
const readsOf = (sql: string) => readQuery(sql).reads.map((path) => path.join("."));

/** The rows as they are now: the shape of the stack's own views. */
const current = `
  SELECT id, customer_id, "Total" AS total
  FROM (
    SELECT *
    FROM pipeline.landing.orders
    WHERE __deleted IS NOT NULL -- tombstones say nothing
    QUALIFY ROW_NUMBER() OVER (
      PARTITION BY COALESCE(id, RECORD_METADATA:key::NUMBER(10, 0))
      ORDER BY RECORD_METADATA:partition::NUMBER DESC, RECORD_METADATA['offset']::NUMBER DESC NULLS LAST
    ) = 1
  ) latest
  WHERE __deleted <> 'true'`;

describe("what a SELECT reads", () => {
  it.each<[sql: string, reads: string[]]>([
    [current, ["PIPELINE.LANDING.ORDERS"]],
    ["SELECT 1", []],
    ['SELECT * FROM "Db"."S"."t""x"', ['Db.S.t"x']],
    ["SELECT * FROM a, b JOIN c ON a.x = c.x LEFT JOIN d USING (x)", ["A", "B", "C", "D"]],
    ["WITH latest AS (SELECT * FROM orders), other AS (SELECT * FROM latest) SELECT * FROM other", ["ORDERS"]],
    ["SELECT EXTRACT(YEAR FROM day), x IS NOT DISTINCT FROM y, TRIM(BOTH FROM z) FROM orders", ["ORDERS"]],
    ["SELECT f.value FROM orders, LATERAL FLATTEN(input => orders.items) f", ["ORDERS"]],
    ["SELECT * FROM TABLE(result_scan(last_query_id()))", []],
    ["SELECT 'FROM a', \"FROM b\" /* FROM c */ FROM d -- FROM e", ["D"]],
    ["SELECT x FROM a WHERE x IN (SELECT x FROM b) UNION ALL SELECT x FROM c", ["A", "B", "C"]],
  ])("%s", (sql, reads) => expect(readsOf(sql)).toEqual(reads));
});

describe("the columns that it needs", () => {
  it.each<[sql: string, columns: string[]]>([
    [current, ["CUSTOMER_ID", "ID", "RECORD_METADATA", "Total", "__DELETED"]],
    [
      "SELECT o.id, c.name AS buyer, o.id total FROM orders o JOIN customers c ON o.buyer_id = c.id",
      ["BUYER_ID", "ID", "NAME"],
    ],
    ["SELECT COUNT(*) AS n FROM orders GROUP BY day HAVING n > 1 ORDER BY n DESC LIMIT 5", []],
    ["SELECT CASE WHEN paid THEN 'yes' ELSE 'no' END state FROM orders WHERE state = 'yes'", ["PAID"]],
    ["SELECT CAST(total AS NUMBER(10,2)), total::VARCHAR, TRY_CAST(total AS DATE) FROM orders", ["TOTAL"]],
    ["SELECT DATEADD('day', 1, ordered), DATE '2026-01-01', INTERVAL '1 day' FROM orders", ["ORDERED"]],
    [
      "SELECT * EXCLUDE (rn) FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY at) AS rn FROM orders)",
      ["ID"],
    ],
    [
      `SELECT a.id FROM sessions a WHERE NOT EXISTS (
         SELECT 1 FROM sessions b WHERE b.id = a.id AND b.windowstart <= a.windowstart AND b.windowend > a.windowend)`,
      ["ID", "WINDOWEND", "WINDOWSTART"],
    ],
    ["SELECT doc:items[0].name::STRING AS first, value.x FROM orders", ["DOC"]],
  ])("%s", (sql, columns) => expect(namesOf(sql)).toEqual(columns));

  it("say where they stand", () => {
    expect(readQuery("SELECT a,\n b FROM t").columns).toEqual([
      { name: "A", position: 7 },
      { name: "B", position: 11 },
    ]);
  });
});

describe("the names of its result", () => {
  it.each<[sql: string, names: string[] | undefined]>([
    [current, ["ID", "CUSTOMER_ID", "TOTAL"]],
    ["SELECT o.id, COUNT(*) AS n, x y FROM orders o", ["ID", "N", "Y"]],
    ["WITH a AS (SELECT b FROM c) SELECT d FROM a", ["D"]],
    ["SELECT * FROM orders", undefined],
    ["SELECT o.*, 1 AS one FROM orders o", undefined],
    ["SELECT a + 1 FROM orders", undefined],
  ])("%s", (sql, names) => expect(readQuery(sql).gives).toEqual(names));
});
