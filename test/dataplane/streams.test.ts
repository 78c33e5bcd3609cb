import { runFlink, type FlinkJob } from "../../dataplane/engines/flink.ts";
import { Lab } from "../../dataplane/engines/processes.ts";
import type { Relation } from "../../model/ksql/statement.ts";
import { readCaseFiles, type Row, type StreamsCase, type Translation } from "../../tools/streams/cases.ts";
import { knownStatements } from "../../tools/streams/catalogue.ts";
import { keyRow, lastRows, rowText } from "../../tools/streams/final.ts";
import { flinkEvent, flinkRelations, keyOf } from "./flinkInput.ts";

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
    relations: flinkRelations(known),
    sql: (proof satisfies Translation).sql.join("\n"),
    behindMs: proof.behindMs ?? 0,
    cases: cases.map(({ inputs }) => inputs.map((record) => flinkEvent(record, known))),
  };
}

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
