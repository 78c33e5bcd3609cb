import { millisecondsOf } from "../../model/ksql/analysis/duration.ts";
import { quotedName } from "../../model/ksql/ident.ts";
import { normalStatement } from "../../model/ksql/normal.ts";
import { readKsql } from "../../model/ksql/reading/read.ts";
import { sourceStatement } from "../../model/ksql/sources.ts";
import { mistakeText, type Relation } from "../../model/ksql/statement.ts";
import type { CreateAs, CreateSource, Name, Property, Source } from "../../model/ksql/syntax.ts";
import type { KnownStatement } from "./catalogue.ts";

/** The formats of a trial: JSON needs no schema registry. */
export type Format = "JSON" | "AVRO";

/** What a case runs on a server, under names that nothing else has. */
export interface Trial {
  /** Of each relation that is read, by its topic in the cases. */
  readonly inputs: readonly {
    readonly of: Relation;
    readonly topic: string;
    readonly create: string;
    readonly drop: string;
  }[];
  readonly output: {
    readonly of: Relation;
    readonly topic: string;
    readonly create: string;
    readonly drop: string;
    /** Milliseconds from a window's start to its end; `undefined` without windows, and for sessions. */
    readonly windowMs: number | undefined;
  };
}

/** Cases have times of 1970: a topic's retention must not take the rows away. In milliseconds. */
const century = 3_155_760_000_000;

/** The statement and its sources under names that begin with `prefix`, as syntax: no text in a literal is touched. */
export function trialOf(
  { statement, result, reads }: KnownStatement,
  sql: string,
  prefix: string,
  format: Format,
): Trial {
  const renamed = (name: string) => `${prefix}${name}`;
  const inputs = reads.map((relation) => {
    const syntax = only("createSource", "a declared table", sourceStatement(relation));
    const topic = renamed(relation.name);
    const create: CreateSource = {
      ...syntax,
      name: newName(syntax.name, topic),
      properties: withProperties(syntax.properties, { KAFKA_TOPIC: topic, FORMAT: format }),
    };
    return { of: relation, topic, create: `${normalStatement(create)};`, drop: dropOf(relation, topic) };
  });
  const syntax = only("createAs", statement.file, sql);
  const topic = renamed(result.name);
  const source = (item: Source): Source => ({ ...item, name: newName(item.name, renamed(item.name.text)) });
  const isCut = result.kind === "stream" || result.windowed !== undefined;
  const create: CreateAs = {
    ...syntax,
    name: newName(syntax.name, topic),
    properties: withProperties(syntax.properties, {
      KAFKA_TOPIC: topic,
      FORMAT: format,
      ...(isCut ? { RETENTION_MS: century } : {}),
    }),
    query: {
      ...syntax.query,
      from: source(syntax.query.from),
      joins: syntax.query.joins.map((join) => ({ ...join, source: source(join.source) })),
    },
  };
  const { window } = syntax.query;
  const windowMs = window === undefined || window.kind === "SESSION" ? undefined : millisecondsOf(window.size);
  return {
    inputs,
    output: { of: result, topic, create: `${normalStatement(create)};`, drop: dropOf(result, topic), windowMs },
  };
}

function only<K extends "createSource" | "createAs">(kind: K, file: string, sql: string) {
  const { statements, mistakes } = readKsql(file, sql);
  const found = statements.find(
    (statement): statement is Extract<typeof statement, { kind: K }> => statement.kind === kind,
  );
  if (found === undefined) {
    throw new Error(`${file} cannot be read. ${mistakes.map(mistakeText).join(" ")}`);
  }
  return found;
}

function newName(name: Name, text: string): Name {
  return { ...name, text };
}

function withProperties(given: readonly Property[], values: Readonly<Record<string, string | number>>): Property[] {
  const formats = ["FORMAT", "KEY_FORMAT", "VALUE_FORMAT"];
  const others = given.filter(({ name }) => !(name in values) && !formats.includes(name));
  return [...others, ...Object.entries(values).map(([name, value]) => ({ name, value, line: 1, column: 1 }))];
}

function dropOf({ kind }: Relation, name: string): string {
  return `DROP ${kind.toUpperCase()} IF EXISTS ${quotedName(name)};`;
}
