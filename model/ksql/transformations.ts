import {
  checkKsql,
  inFileOrder,
  type Checked,
  type CheckedStatement,
  type CheckOptions,
  type SqlFile,
} from "./check.ts";
import { quotedName } from "./ident.ts";
import { columnTypeOf } from "./resultColumns.ts";
import { describeSqlType } from "./sqlType.ts";
import { isError, type Mistake, type Position } from "./statement.ts";

/**
 * Checks the files of `sql/ksqldb` together. Besides what ksqlDB asks of statements, the pipeline asks that the file
 * NAME.sql holds one statement, which makes NAME in the topic NAME, in Avro, and that it says what for.
 */
export function checkTransformations(files: readonly SqlFile[], options: CheckOptions = {}): Checked {
  const checked = checkKsql(files, options);
  const own = files.flatMap(({ file }) =>
    fileMistakes(
      file,
      checked.statements.filter((statement) => statement.file === file),
      checked.mistakes.some((mistake) => mistake.file === file && isError(mistake)),
    ),
  );
  return { ...checked, mistakes: inFileOrder([...checked.mistakes, ...own], files) };
}

function fileMistakes(file: string, statements: readonly CheckedStatement[], isBroken: boolean): Mistake[] {
  const name = /([^/\\]+)\.sql$/i.exec(file)?.[1] ?? file;
  const mistake = (text: string, at: Position = { line: 1, column: 1 }): Mistake => ({
    file,
    line: at.line,
    column: at.column,
    severity: "harmful",
    text,
  });
  const [statement, second] = [...statements].sort((a, b) => a.at.line - b.at.line);
  if (statement === undefined) {
    return isBroken
      ? []
      : [mistake(`There is no statement in the file. Write CREATE STREAM or TABLE ${quotedName(name)} … AS SELECT ….`)];
  }
  if (second !== undefined) {
    return [
      mistake(
        "A file holds one statement, so that its name says what it makes. Put this one into a file of its own.",
        second.at,
      ),
    ];
  }
  const { at, kind, properties, header, result } = statement;
  if (kind !== "createAs") {
    return [
      mistake(
        `A transformation makes a result of its own. Write CREATE STREAM or TABLE ${quotedName(name)} … AS SELECT ….`,
        at,
      ),
    ];
  }
  const topic = properties.KAFKA_TOPIC;
  const formats = [properties.FORMAT, properties.VALUE_FORMAT, properties.KEY_FORMAT].filter(
    (format) => format !== undefined,
  );
  const nested = result?.columns.filter(({ type, isKey }) => !isKey && columnTypeOf(type) === undefined) ?? [];
  return [
    ...(statement.name === name
      ? []
      : [
          mistake(
            `The file is ${name}.sql, and the statement makes ${quotedName(statement.name ?? "")}. Give both the same name.`,
            at,
          ),
        ]),
    ...(topic === name
      ? []
      : [
          mistake(
            `${topic === undefined ? "Nothing says the topic, and Confluent Cloud puts the cluster's id before its own choice" : `The topic is ${String(topic)}, and readers look for ${name}`}. Write KAFKA_TOPIC = '${name}'.`,
            at,
          ),
        ]),
    ...(formats.length > 0 && formats.every((format) => String(format).toUpperCase() === "AVRO")
      ? []
      : [mistake("Targets read Avro, of which Schema Registry knows the columns. Write FORMAT = 'AVRO'.", at)]),
    ...(header.question === ""
      ? [
          mistake(
            "Nothing says what the statement is for. Write the question that it answers as a comment in the first line.",
          ),
        ]
      : []),
    ...nested.map((column) =>
      mistake(
        `${quotedName(column.name)} is ${describeSqlType(column.type)}, and targets have no column for it. ` +
          (column.type.base === "STRUCT" ? "Take its fields out with ->." : "Write TO_JSON_STRING(…)."),
        at,
      ),
    ),
  ];
}
