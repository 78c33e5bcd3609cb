import { either, nearest } from "../../words.ts";
import { quotedName } from "../ident.ts";
import type { Report } from "../reading/build.ts";
import { describeSqlType } from "../sqlType.ts";
import type { Position, RelationColumn } from "../statement.ts";
import type { Property } from "../syntax.ts";
import { textOf } from "./properties.ts";

/** What holds for the columns of every stream and table, declared or made by a query. */
export function columnMistakes(
  at: Position,
  columns: readonly RelationColumn[],
  keyFormat: string,
  valueFormat: string,
  report: Report,
): void {
  const keys = columns.filter(({ isKey }) => isKey);
  const [first] = keys;
  if (keyFormat === "KAFKA" && keys.length > 1) {
    report(
      at,
      `The key format KAFKA holds one column, and the key has ${keys.length}. Write FORMAT = 'AVRO', or KEY_FORMAT = 'JSON'.`,
    );
  }
  if (keyFormat === "NONE" && first !== undefined) {
    report(
      at,
      `The key format NONE holds no column, and ${quotedName(first.name)} is in the key. Write KEY_FORMAT = 'AVRO'.`,
    );
  }
  for (const key of keys) {
    if (describeSqlType(key.type).includes("MAP<")) {
      report(
        at,
        `A MAP cannot be in a key, and ${quotedName(key.name)} is ${describeSqlType(key.type)}. Key by something else.`,
      );
    } else if (keyFormat === "KAFKA" && !["INTEGER", "BIGINT", "DOUBLE", "STRING"].includes(key.type.base)) {
      report(
        at,
        `The key format KAFKA holds INTEGER, BIGINT, DOUBLE or STRING, and ${quotedName(key.name)} is ${describeSqlType(key.type)}. Write KEY_FORMAT = 'AVRO'.`,
      );
    }
  }
  const values = columns.filter(({ isKey }) => !isKey);
  if (valueFormat === "KAFKA" && values.length > 1) {
    report(
      at,
      `The value format KAFKA holds one column, and the value has ${values.length}. Write VALUE_FORMAT = 'AVRO'.`,
    );
  }
}

/** TIMESTAMP = 'column': the column that holds the time of the event. */
export function timestampMistakes(
  properties: readonly Property[],
  columns: readonly RelationColumn[],
  report: Report,
): string | undefined {
  const property = properties.find(({ name }) => name === "TIMESTAMP");
  if (property === undefined) {
    return undefined;
  }
  const written = String(property.value);
  const name = written.startsWith("`") ? written.slice(1, -1) : written.toUpperCase();
  const column = columns.find((candidate) => candidate.name === name);
  const fitting = columns
    .filter(({ type }) => type.base === "BIGINT" || type.base === "TIMESTAMP")
    .map((candidate) => candidate.name);
  const choice = fitting.length === 0 ? "Take TIMESTAMP out." : `Write ${either(fitting.map((fit) => `'${fit}'`))}.`;
  if (column === undefined) {
    const meant = nearest(
      name,
      columns.map((candidate) => candidate.name),
    );
    report(
      property,
      `TIMESTAMP names ${quotedName(name)}, and there is no such column. ${meant === undefined ? choice : `Write '${meant}'.`}`,
    );
    return undefined;
  }
  const { base } = column.type;
  if (base === "STRING") {
    if (textOf(properties, "TIMESTAMP_FORMAT") === undefined) {
      report(
        property,
        `TIMESTAMP names ${quotedName(name)}, a STRING, and nothing says how to read it. Write TIMESTAMP_FORMAT = 'yyyy-MM-dd HH:mm:ss', or the like.`,
      );
    }
  } else if (base !== "BIGINT" && base !== "TIMESTAMP") {
    report(
      property,
      `TIMESTAMP names ${quotedName(name)}, which is ${describeSqlType(column.type)}, and takes BIGINT or TIMESTAMP. ${choice}`,
    );
  }
  return name;
}
