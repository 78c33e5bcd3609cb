import { CharStream } from "antlr4ng";
import * as fc from "fast-check";
import { readFileSync, readdirSync } from "node:fs";
import { KsqlLexer } from "../../../../model/ksql/generated/KsqlLexer.js";
import { normalOf } from "./reading.ts";

const same: readonly (readonly [title: string, written: string, normal: string])[] = [
  [
    "keywords and names",
    "create stream a as select b from c emit changes;",
    "CREATE STREAM A AS SELECT B FROM C EMIT CHANGES",
  ],
  ["line breaks and comments", "SELECT a -- what\n  /* more */ FROM\tb;", "SELECT A FROM B"],
  [
    "EMIT CHANGES of a query that is kept",
    "INSERT INTO a SELECT b FROM c;",
    "INSERT INTO A SELECT B FROM C EMIT CHANGES",
  ],
  ["properties in another order", "DROP STREAM a;", "DROP STREAM A"],
  [
    "the order and case of properties",
    "CREATE STREAM a WITH (value_format='avro', KAFKA_TOPIC='A', partitions=3) AS SELECT b FROM c;",
    "CREATE STREAM A WITH (KAFKA_TOPIC = 'A', PARTITIONS = 3, VALUE_FORMAT = 'avro') AS SELECT B FROM C EMIT CHANGES",
  ],
  ["an alias without AS", "SELECT a b FROM c AS d;", "SELECT A AS B FROM C D"],
  ["an alias that is the name", "SELECT a FROM c AS C;", "SELECT A FROM C"],
  ["quotes that are not needed", "SELECT `A` FROM `C`;", "SELECT A FROM C"],
  ["quotes that are", 'SELECT `a`, `SIZE`, "x`y" FROM `C-D`;', "SELECT `a`, `SIZE`, `x``y` FROM `C-D`"],
  [
    "brackets that are not needed",
    "SELECT ((a + (b * c))) FROM d WHERE (a = 1) AND (b = 2);",
    "SELECT A + B * C FROM D WHERE A = 1 AND B = 2",
  ],
  [
    "synonyms of types",
    "SELECT CAST(a AS int), CAST(b AS VARCHAR) FROM c;",
    "SELECT CAST(A AS INTEGER), CAST(B AS STRING) FROM C",
  ],
  ["synonyms of operators", "SELECT a != b FROM c;", "SELECT A <> B FROM C"],
  ["JOIN and INNER JOIN", "SELECT a FROM b JOIN c ON b.x = c.x;", "SELECT A FROM B INNER JOIN C ON B.X = C.X"],
  ["LEFT OUTER and LEFT", "SELECT a FROM b LEFT OUTER JOIN c ON x = y;", "SELECT A FROM B LEFT JOIN C ON X = Y"],
  [
    "units of time",
    "SELECT a FROM b WINDOW TUMBLING (SIZE 1 hour) GROUP BY (a, c);",
    "SELECT A FROM B WINDOW TUMBLING (SIZE 1 HOURS) GROUP BY A, C",
  ],
];

describe("the normal form is the same whatever", () => {
  it.each(same)("%s", (_title, written, normal) => {
    expect(normalOf(written)).toBe(normal);
    expect(normalOf(`${normal};`)).toBe(normal);
  });
});

const different: readonly (readonly [title: string, one: string, other: string])[] = [
  ["text in quotes", "SELECT 'a' FROM b;", "SELECT 'A' FROM b;"],
  ["the case of a quoted name", "SELECT `a` FROM b;", "SELECT a FROM b;"],
  ["brackets that group", "SELECT (a + b) * c FROM d;", "SELECT a + b * c FROM d;"],
  ["brackets on the right", "SELECT a - (b - c) FROM d;", "SELECT a - b - c FROM d;"],
  ["NOT before AND", "SELECT a FROM b WHERE NOT (a AND b);", "SELECT a FROM b WHERE NOT a AND b;"],
  ["the order of columns", "SELECT a, b FROM c;", "SELECT b, a FROM c;"],
  ["OR REPLACE", "CREATE OR REPLACE STREAM a AS SELECT b FROM c;", "CREATE STREAM a AS SELECT b FROM c;"],
  ["LEFT and INNER", "SELECT a FROM b LEFT JOIN c ON x = y;", "SELECT a FROM b JOIN c ON x = y;"],
  [
    "a window's grace",
    "SELECT a FROM b WINDOW SESSION (1 HOUR) GROUP BY a;",
    "SELECT a FROM b WINDOW SESSION (1 HOUR, GRACE PERIOD 1 HOUR) GROUP BY a;",
  ],
  ["1 and 1.0", "SELECT 1 FROM b;", "SELECT 1.0 FROM b;"],
];

describe("the normal form tells apart", () => {
  it.each(different)("%s", (_title, one, other) => {
    expect(normalOf(one)).not.toBe(normalOf(other));
  });
});

/** Every part of the grammar at least once. */
const statements = [
  ...readdirSync("sql/ksqldb").map((file) => readFileSync(`sql/ksqldb/${file}`, "utf8")),
  "CREATE SOURCE TABLE IF NOT EXISTS t (id INT PRIMARY KEY, k STRUCT<a INT, b ARRAY<MAP<STRING, DECIMAL(5, 2)>>>, h BYTES HEADER('x')) WITH (kafka_topic = 't', 'format' = 'AVRO', partitions = -1, wrap_single_value = true);",
  "CREATE STREAM s (h ARRAY<STRUCT<key STRING, value BYTES>> HEADERS, id INT KEY) WITH (kafka_topic='s', format='JSON');",
  "INSERT INTO a WITH (query_id = 'Q1') SELECT * FROM b WHERE c IS NOT NULL AND d NOT IN (1, 2.5, 1e3) OR e NOT LIKE 'x%' ESCAPE '!' PARTITION BY f, g LIMIT 5;",
  "INSERT INTO a (b, c) VALUES ('it''s', -1);",
  "INSERT INTO a VALUES (STRUCT(x := 1), MAP('k' := ARRAY[1, 2]));",
  "DROP TABLE IF EXISTS a DELETE TOPIC;",
  "TERMINATE ALL;",
  "TERMINATE ctas_a_1;",
  "DESCRIBE a EXTENDED;",
  "LIST ALL TOPICS EXTENDED;",
  "ASSERT NOT EXISTS TOPIC 'a.b' WITH (partitions = 1) TIMEOUT 10 SECONDS;",
  "ASSERT SCHEMA SUBJECT 'a-value' ID 3 TIMEOUT 1 MINUTE;",
  "SELECT CASE a WHEN 1 THEN 'x' ELSE 'y' END, CASE WHEN b THEN 1 WHEN c THEN 2 END AS d, e->f[1]->g, h.*, i->* FROM j h;",
  "SELECT TRANSFORM(a, x => x + 1), REDUCE(a, 0, (s, x) => s + x), TIMEADD(DAYS, 3, t), COUNT(*) FROM b WHERE NOT a BETWEEN 1 AND 2 EMIT CHANGES;",
  "SELECT a IS DISTINCT FROM b, -(-a), a || b || 'c', ((a OR b) AND c), a % b / c, (a = b) IS NULL FROM c;",
  "SELECT a FROM b x INNER JOIN c y WITHIN (1 HOUR, 2 DAYS) GRACE PERIOD 5 MINUTES ON x.a = y.a FULL OUTER JOIN d ON x.a = d.a RIGHT JOIN e ON e.a = d.a EMIT CHANGES;",
  "SELECT a, COUNT(*) FROM b WINDOW HOPPING (SIZE 30 SECONDS, ADVANCE BY 10 SECONDS, RETENTION 7 DAYS, GRACE PERIOD 1 DAY) WHERE a > 1 GROUP BY a HAVING COUNT(*) > 3 EMIT FINAL;",
  "SELECT id, key, source, `order`, year FROM b;",
];

interface Piece {
  readonly text: string;
  readonly isWord: boolean;
}

function piecesOf(statement: string): Piece[] {
  const lexer = new KsqlLexer(CharStream.fromString(statement));
  return lexer
    .getAllTokens()
    .filter((token) => token.channel === 0)
    .map(({ text = "" }) => ({ text, isWord: /^[A-Za-z_]/.test(text) }));
}

const gap = fc.constantFrom(" ", "\n", "\t ", "\r\n", " /* ; ' */ ", " -- don't; SELECT\n", "/**/");
const anyStatement = fc
  .constantFrom(...statements)
  .chain((statement) => {
    const pieces = piecesOf(statement);
    return fc.tuple(
      fc.constant(statement),
      fc.array(gap, { minLength: pieces.length, maxLength: pieces.length }),
      fc.array(fc.constantFrom("upper", "lower", "as it is"), { minLength: pieces.length, maxLength: pieces.length }),
      fc.constant(pieces),
    );
  })
  .map(([statement, gaps, cases, pieces]) => ({
    statement,
    written: pieces
      .map(({ text, isWord }, index) => {
        const word =
          cases[index] === "upper" ? text.toUpperCase() : cases[index] === "lower" ? text.toLowerCase() : text;
        return (gaps[index] ?? " ") + (isWord ? word : text);
      })
      .join(""),
  }));

it("never changes with white space, comments and the case of words", () => {
  fc.assert(
    fc.property(anyStatement, ({ statement, written }) => {
      expect(normalOf(written)).toBe(normalOf(statement));
    }),
    { numRuns: 300 },
  );
});

it.each(statements)("is its own normal form: %s", (statement) => {
  const normal = normalOf(statement);
  expect(normalOf(`${normal};`)).toBe(normal);
});
