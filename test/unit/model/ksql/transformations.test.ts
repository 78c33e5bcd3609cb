import { describeType } from "../../../../model/columnTypes.ts";
import { resultColumns } from "../../../../model/ksql/resultColumns.ts";
import { mistakeText } from "../../../../model/ksql/statement.ts";
import { checkTransformations } from "../../../../model/ksql/transformations.ts";
import { sourceRelations, statementFiles } from "../../../../tools/streams/tables.ts";
import { shop } from "./shop.ts";

const relations = sourceRelations(3);
const files = statementFiles();

describe("the files of sql/ksqldb", () => {
  const checked = checkTransformations(files, { relations });

  it("have nothing wrong with them", () => {
    expect(checked.mistakes.map(mistakeText)).toEqual([]);
  });

  it("each answer a question", () => {
    expect(
      checked.statements.map(({ header }) => header.question).filter((question) => !question.includes("?")),
    ).toEqual([]);
  });

  it("show every kind of transformation", () => {
    const kinds = new Set(
      checked.statements.flatMap(({ steps }) => steps.map((step) => ("window" in step ? step.window : step.kind))),
    );
    const expected = [
      "SESSION",
      "HOPPING",
      "TUMBLING",
      "streamFilter",
      "partitionBy",
      "streamStreamJoin",
      "streamTableJoin",
    ];
    expect([...kinds]).toEqual(expect.arrayContaining([...expected, "tableTableJoin", "foreignKeyTableTableJoin"]));
  });

  it("tell targets their columns", () => {
    const hourly = checked.relations.get("ITEM_SALES_HOURLY");
    const columns = hourly === undefined ? [] : resultColumns(hourly);
    expect(columns.map(({ name, type }) => `${name} ${describeType(type)}`)).toEqual([
      "ITEM text(16777216)",
      "WINDOW_START int64",
      "WINDOW_END int64",
      "ORDERS int64",
      "TURNOVER_USD decimal(38, 2)",
    ]);
  });
});

const mistakes = (text: string, file = "sql/ksqldb/X.sql") =>
  checkTransformations([{ file, text }], { relations: shop }).mistakes.map(mistakeText);
const good = `-- Which orders?
CREATE STREAM X WITH (KAFKA_TOPIC = 'X', FORMAT = 'AVRO') AS SELECT order_id AS k, AS_VALUE(order_id) AS order_id FROM orders;
`;

const bad: Readonly<Record<string, readonly [text: string, mistake: string]>> = {
  "an empty file": [
    "-- Which orders?\n",
    "1:1: There is no statement in the file. Write CREATE STREAM or TABLE X … AS SELECT ….",
  ],
  "two statements": [
    `${good}SHOW QUERIES;`,
    "3:1: A file holds one statement, so that its name says what it makes. Put this one into a file of its own.",
  ],
  "a statement that makes nothing": [
    "-- Who?\nSHOW QUERIES;",
    "2:1: A transformation makes a result of its own. Write CREATE STREAM or TABLE X … AS SELECT ….",
  ],
  "another name than the file's": [
    good.replace("STREAM X", "STREAM Y"),
    "2:1: The file is X.sql, and the statement makes Y. Give both the same name.",
  ],
  "another topic": [
    good.replace("'X'", "'Y'"),
    "2:1: The topic is Y, and readers look for X. Write KAFKA_TOPIC = 'X'.",
  ],
  "no topic": [
    good.replace("KAFKA_TOPIC = 'X', ", ""),
    "2:1: Nothing says the topic, and Confluent Cloud puts the cluster's id before its own choice. Write KAFKA_TOPIC = 'X'.",
  ],
  "another format": [
    good.replace("AVRO", "JSON"),
    "2:1: Targets read Avro, of which Schema Registry knows the columns. Write FORMAT = 'AVRO'.",
  ],
  "no question": [
    good.replace("-- Which orders?\n", ""),
    "1:1: Nothing says what the statement is for. Write the question that it answers as a comment in the first line.",
  ],
  "a column that holds others": [
    good.replace(" FROM", ", address FROM"),
    "2:1: ADDRESS is STRUCT<STREET STRING, CITY STRING>, and targets have no column for it. Take its fields out with ->.",
  ],
  "a list of values": [
    good.replace(" FROM", ", tags FROM"),
    "2:1: TAGS is ARRAY<STRING>, and targets have no column for it. Write TO_JSON_STRING(…).",
  ],
};

describe("a transformation's file", () => {
  it("is fine as it should be", () => {
    expect(mistakes(good)).toEqual([]);
  });

  it.each(Object.entries(bad))("must not have %s", (_title, [text, mistake]) => {
    expect(mistakes(text)).toEqual([`sql/ksqldb/X.sql:${mistake}`]);
  });
});
