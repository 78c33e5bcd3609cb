import { runFlink, type FlinkEvent, type FlinkJob, type FlinkRelation } from "../../dataplane/engines/flink.ts";
import { Lab } from "../../dataplane/engines/processes.ts";
import { describeSqlType, type SqlType } from "../../model/ksql/sqlType.ts";
import type { Relation } from "../../model/ksql/statement.ts";
import {
  readCaseFiles,
  type CaseRecord,
  type Row,
  type StreamsCase,
  type Translation,
} from "../../tools/streams/cases.ts";
import { knownStatements, type KnownStatement } from "../../tools/streams/catalogue.ts";
import { keyRow, lastRows, rowOf, rowText } from "../../tools/streams/final.ts";

const lab = new Lab("streams");
const statements = knownStatements();

/** A case file whose statement has a translation, and of its cases those that run there. */
const translated = readCaseFiles().flatMap(({ name, statement, proof, tests }) => {
  const known = statements.get(statement);
  return "engine" in proof && known !== undefined
    ? [{ name, proof, known, cases: tests.filter((test) => test.proof === undefined) }]
    : [];
});

/** What Flink's query left in each case, by the name of the statement. */
const found = new Map<string, readonly (readonly string[])[]>();

beforeAll(async () => {
  const answers = await runFlink(lab, translated.map(jobOf));
  answers.forEach(({ cases, error }, index) => {
    const name = translated[index]?.name ?? "";
    if (cases === undefined) {
      throw new Error(`Flink refuses the translation of ${name}: ${error ?? ""}`);
    }
    found.set(name, cases.map(remaining));
  });
});
afterAll(() => lab.stop());

describe.each(translated)("$name: Flink SQL has the rows of", ({ name, known, cases }) => {
  it.each(cases.map((test, index) => ({ test, index })))("$test.name", ({ test, index }) => {
    expect(found.get(name)?.[index]).toEqual(expectedRows(test, known.result));
  });
});

function jobOf({ proof, known, cases }: (typeof translated)[number]): FlinkJob {
  return {
    relations: known.reads.map(flinkRelation),
    sql: (proof satisfies Translation).sql.join("\n"),
    behindMs: proof.behindMs ?? 0,
    cases: cases.map(({ inputs }) => inputs.map((record) => flinkEvent(record, known))),
  };
}

function flinkRelation({ name, kind, columns }: Relation): FlinkRelation {
  return {
    name,
    isTable: kind === "table",
    key: keyOf(columns)[0] ?? "",
    columns: columns.map((column) => ({ ...column, type: flinkType(column.type) })),
  };
}

function flinkType(type: SqlType): string {
  return type.base === "TIMESTAMP" ? "TIMESTAMP(3)" : describeSqlType(type);
}

function flinkEvent(record: CaseRecord, { reads }: KnownStatement): FlinkEvent {
  const relation = reads.find(({ topic }) => topic === record.topic);
  if (relation === undefined) {
    throw new Error(`the statement does not read ${record.topic}`);
  }
  const { name, columns, timestamp } = relation;
  const row = rowOf(record, keyOf(columns));
  const time = timestamp === undefined ? record.timestamp : Number(row[timestamp]);
  return { relation: name, timestamp: time, row, isRemoval: record.value === null };
}

const keyOf = (columns: Relation["columns"]) => columns.filter(({ isKey }) => isKey).map(({ name }) => name);

/** Every row of a stream; of a table those that are there in the end. */
function expectedRows({ outputs }: StreamsCase, { kind, columns }: Relation): string[] {
  const rows = kind === "table" ? lastRows(outputs) : outputs;
  return rows.map(({ key, value }) => rowText({ ...keyRow(key, keyOf(columns)), ...value })).sort();
}

/** The rows that were added and not taken away again. */
function remaining(changes: readonly { readonly isRemoval: boolean; readonly row: Row }[]): string[] {
  const rows: string[] = [];
  for (const { isRemoval, row } of changes) {
    const text = rowText(row);
    if (isRemoval) {
      rows.splice(rows.lastIndexOf(text), 1);
    } else {
      rows.push(text);
    }
  }
  return rows.sort();
}
