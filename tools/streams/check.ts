import { describeSqlType, type SqlType } from "../../model/ksql/sqlType.ts";
import type { Relation, RelationColumn } from "../../model/ksql/statement.ts";
import { all, either } from "../../model/words.ts";
import type { CaseRecord, NamedCaseFile, Row, StreamsCase, Value } from "./cases.ts";
import type { KnownStatement } from "./catalogue.ts";
import { keyRow } from "./final.ts";

type Report = (text: string) => void;

/**
 * Where a case file says what its statement cannot read or write: a topic, a column, a type, a window. So a case cannot
 * outlive a change of the SQL.
 */
export function checkCases(file: NamedCaseFile, statements: ReadonlyMap<string, KnownStatement>): string[] {
  const mistakes: string[] = [];
  const at =
    (place: string): Report =>
    (text) =>
      mistakes.push(`${file.name}.json: ${place}${text}`);
  const known = statements.get(file.statement);
  fieldMistakes(file, ["statement", "proof", "tests"], ["name"], at(""));
  if (known?.statement.name !== file.name) {
    at("")(`statement is ${file.statement}. Write the path of the SQL file with the same name.`);
    return mistakes;
  }
  proofMistakes(file, at("proof: "));
  for (const name of repeated(file.tests.map((test) => test.name))) {
    at("")(`two cases are called "${name}".`);
  }
  for (const test of file.tests) {
    caseMistakes(test, known, (place) => at(`"${test.name}": ${place}`));
  }
  return mistakes;
}

function proofMistakes({ proof }: NamedCaseFile, report: Report): void {
  if ("not" in proof) {
    fieldMistakes(proof, ["not"], [], report);
  } else {
    fieldMistakes(proof, ["engine", "sql"], ["behindMs", "comment"], report);
    const engine: string = proof.engine;
    if (engine !== "flink") {
      report(`engine is ${engine}. Write "flink", or "not" with the reason.`);
    }
  }
}

function caseMistakes(test: StreamsCase, { reads, result }: KnownStatement, at: (place: string) => Report): void {
  fieldMistakes(test, ["name", "inputs", "outputs"], ["proof"], at(""));
  if (test.proof !== undefined) {
    fieldMistakes(test.proof, ["not"], [], at("proof: "));
  }
  test.inputs.forEach((record, index) => {
    const report = at(`input ${index + 1}: `);
    const relation = reads.find(({ topic }) => topic === record.topic);
    if (relation === undefined) {
      report(`nothing is read from ${record.topic}. Write ${either(reads.map(({ topic }) => topic))}.`);
    } else {
      recordMistakes(record, relation, false, report);
    }
  });
  test.outputs.forEach((record, index) => {
    const report = at(`output ${index + 1}: `);
    if (record.topic !== result.topic) {
      report(`the topic is ${record.topic}. Write ${result.topic}.`);
    } else {
      recordMistakes(record, result, true, report);
    }
  });
}

function recordMistakes(record: CaseRecord, relation: Relation, isWhole: boolean, report: Report): void {
  const { key, value, timestamp, window } = record;
  fieldMistakes(record, ["topic", "key", "value", "timestamp"], ["window", "comment"], report);
  if (!Number.isSafeInteger(timestamp) || timestamp < 0) {
    report(`the timestamp is ${timestamp}. Write milliseconds since 1970.`);
  }
  const keys = relation.columns.filter(({ isKey }) => isKey);
  const values = relation.columns.filter(({ isKey }) => !isKey);
  rowMistakes(keyRow(key, names(keys)), keys, true, "key", report);
  if (value !== null) {
    rowMistakes(value, values, isWhole, "value", report);
  } else if (relation.kind === "stream") {
    report("only a table's row can be gone. Write the row with __DELETED, as the connectors do.");
  }
  const type = relation.windowed === undefined ? undefined : relation.windowed === "SESSION" ? "session" : "time";
  if (window?.type !== type) {
    report(`the window's type is ${window?.type ?? "none"}. Write ${type ?? "no window"}.`);
  }
  if (window !== undefined) {
    fieldMistakes(window, ["start", "end", "type"], [], report);
  }
  windowColumnMistakes(record, report);
}

/** Every statement over windows writes their bounds into these columns, too. */
function windowColumnMistakes({ value, window }: CaseRecord, report: Report): void {
  if (window === undefined || value === null) {
    return;
  }
  const bounds = [
    ["WINDOW_START", window.start],
    ["WINDOW_END", window.end],
  ] as const;
  for (const [column, bound] of bounds) {
    if (column in value && value[column] !== bound) {
      report(`${column} is ${String(value[column])}, and the window says ${bound}.`);
    }
  }
}

function rowMistakes(row: Row, columns: readonly RelationColumn[], isWhole: boolean, part: string, report: Report) {
  for (const [name, value] of Object.entries(row)) {
    const column = columns.find((candidate) => candidate.name === name);
    if (column === undefined) {
      report(`there is no column ${name} in the ${part}. Write ${either(names(columns))}.`);
    } else if (!fits(value, column.type)) {
      report(`${name} is ${JSON.stringify(value)}. ${wanted(column.type)}`);
    }
  }
  const missing = names(columns).filter((name) => !(name in row));
  if (isWhole && missing.length > 0) {
    report(`the ${part} lacks ${all(missing)}.`);
  }
}

/** NULL fits every column. */
function fits(value: Value, type: SqlType): boolean {
  if (value === null) {
    return true;
  }
  switch (type.base) {
    case "BOOLEAN":
      return typeof value === "boolean";
    case "STRING":
      return typeof value === "string";
    case "INTEGER":
      return isWholeNumber(value) && Math.abs(value) < 2 ** 31;
    case "BIGINT":
    case "TIMESTAMP":
    case "DATE":
      return isWholeNumber(value);
    case "DOUBLE":
      return typeof value === "number";
    case "DECIMAL": {
      const [, whole = "", fraction = ""] = /^-?(\d+)(?:\.(\d+))?$/.exec(String(value)) ?? [];
      const { precision, scale } = type;
      return (
        typeof value === "string" && fraction.length === scale && whole.length <= precision - scale && whole !== ""
      );
    }
    default:
      return false;
  }
}

function isWholeNumber(value: Value): value is number {
  return Number.isSafeInteger(value);
}

function wanted(type: SqlType): string {
  switch (type.base) {
    case "DECIMAL":
      return `Write a ${describeSqlType(type)} in quotes, with ${type.scale} digits after the point.`;
    case "TIMESTAMP":
      return "Write a TIMESTAMP in milliseconds since 1970.";
    case "DATE":
      return "Write a DATE in days since 1970.";
    default:
      return `Write ${type.base === "INTEGER" || type.base === "ARRAY" ? "an" : "a"} ${describeSqlType(type)}.`;
  }
}

function fieldMistakes(item: object, needed: readonly string[], optional: readonly string[], report: Report): void {
  const fields = Object.keys(item);
  for (const field of fields.filter((candidate) => ![...needed, ...optional].includes(candidate))) {
    report(`"${field}" means nothing here. Write ${either([...needed, ...optional])}.`);
  }
  for (const field of needed.filter((candidate) => !fields.includes(candidate))) {
    report(`"${field}" is missing.`);
  }
}

function names(columns: readonly RelationColumn[]): string[] {
  return columns.map(({ name }) => name);
}

function repeated(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))];
}
