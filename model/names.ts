import { changeColumnNames } from "./changeColumns.ts";
import type { SourceKind } from "./columnTypes.ts";
import { lakeNames } from "./lake/columns.ts";
import {
  athenaDdlWords,
  athenaSelectWords,
  bigQueryPrefixes,
  bigQueryWords,
  ksqlDbColumns,
  ksqlDbWords,
  redshiftColumns,
  redshiftWords,
  snowflakeWords,
} from "./reservedWords.ts";

export type NameSystem = "kafka" | "avro" | "ksqlDb" | "snowflake" | "glue" | "redshift" | "bigQuery" | SourceKind;
export type NameKind = "topic" | "table" | "column";

export interface RefusedName {
  /** A clause for an error message, without a full stop: `ksqlDB reserves SIZE`. */
  readonly reason: string;
  /** The nearest name that the system takes, in the letter case of the refused one: `size_`. */
  readonly nearest: string;
}

/** What people call the systems. */
export const systemTitles: Readonly<Record<NameSystem, string>> = {
  kafka: "Kafka",
  avro: "Avro",
  ksqlDb: "ksqlDB",
  snowflake: "Snowflake",
  glue: "Glue",
  redshift: "Redshift",
  bigQuery: "BigQuery",
  sqlServer: "SQL Server",
  mySql: "MySQL",
  mariaDb: "MariaDB",
  postgres: "PostgreSQL",
};

/** What a system takes for a name that is not quoted. */
interface Grammar {
  /** Matches, with flag g, what a name may not have; `takes` says what it may. */
  readonly strange: RegExp;
  readonly takes: string;
  /** Matches a name that starts as one may. Default: any. */
  readonly start?: RegExp;
  /** In `unit`, by default characters. `longestColumn` where columns differ. */
  readonly longest?: number;
  readonly longestColumn?: number;
  readonly unit?: "bytes";
  /** How the system stores a name. Default: as it is written. */
  readonly stored?: (name: string) => string;
  /** Names for which this is equal are one to the system. Default: `stored`. */
  readonly same?: (name: string) => string;
  /** Reserved names and, for columns only, reserved names and beginnings of names. Upper case. */
  readonly reserved?: ReadonlySet<string>;
  readonly reservedColumns?: ReadonlySet<string>;
  readonly reservedPrefixes?: ReadonlySet<string>;
  /** Columns that the pipeline adds to every table here, besides `changeColumnNames`. Lower case. */
  readonly added?: readonly string[];
}

const lower = (name: string) => name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
const upper = (name: string) => name.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
const utf8 = new TextEncoder();

const word = { strange: /\W/gu, takes: "letters, digits and _", start: /^[A-Za-z_]/ };
const dollarWord = { ...word, strange: /[^\w$]/gu, takes: "letters, digits, _ and $" };
/** Connectors quote what they read from a source; what is left is what no quotes help. */
const quoted = { strange: /[\0\p{Surrogate}]/gu, takes: "Unicode characters other than NUL" };
/** Names are kept in UTF-8 of three bytes; the case of columns never counts, that of tables on some machines. */
const mySql = { strange: /[^\u0001-\ud7ff\ue000-\uffff]/gu, takes: "U+0001 to U+FFFF", longest: 64, same: lower };

/** From each system's own page about identifiers, 2026-11. */
const grammars: Readonly<Record<NameSystem, Grammar>> = {
  kafka: {
    // Without the flag u, as Debezium does it: a character of two code units becomes two underscores.
    strange: /[^\w.-]/g,
    takes: "letters, digits, ., _ and -",
    longest: 249,
    reserved: new Set([".", ".."]),
    // Brokers refuse a topic that differs from another in this only, since their metrics write both with _.
    same: (name) => name.replaceAll(".", "_"),
  },
  avro: word,
  ksqlDb: { ...word, stored: upper, reserved: ksqlDbWords, reservedColumns: ksqlDbColumns },
  snowflake: {
    ...dollarWord,
    longest: 255,
    stored: upper,
    reserved: snowflakeWords,
    // The sink connector's own column: topic, partition, offset, key.
    added: ["record_metadata"],
  },
  glue: {
    ...word,
    longest: 255,
    stored: lower,
    reserved: new Set([...athenaSelectWords, ...athenaDdlWords]),
    // The partitions of the lake, where Athena refuses a column that is in the files as well, and what the sink adds.
    added: lakeNames,
  },
  redshift: {
    ...dollarWord,
    strange: /[^\p{Letter}\p{Mark}\p{Number}_$]/gu,
    start: /^[A-Za-z_\u{80}-\u{10ffff}]/u,
    longest: 127,
    unit: "bytes",
    stored: lower,
    reserved: redshiftWords,
    reservedColumns: redshiftColumns,
  },
  bigQuery: {
    ...word,
    longest: 1024,
    longestColumn: 300,
    same: lower,
    reserved: bigQueryWords,
    reservedPrefixes: bigQueryPrefixes,
  },
  // In its default collation, which ignores case.
  sqlServer: { ...quoted, longest: 128, same: lower },
  mySql,
  mariaDb: mySql,
  postgres: { ...quoted, longest: 63, unit: "bytes" },
};

/**
 * A name as the system stores it when it is not quoted: upper case in ksqlDB and Snowflake, lower case in Glue and
 * Redshift, elsewhere as it is written. Only A to Z fold, so that no two letters become one.
 */
export function nameIn(system: NameSystem, name: string): string {
  return grammars[system].stored?.(name) ?? name;
}

/** Why the system refuses a name that is not quoted, with the nearest one that it takes; `undefined` if it takes it. */
export function refusedName(system: NameSystem, kind: NameKind, name: string): RefusedName | undefined {
  const rules = rulesOf(system, kind);
  const brokenBy = (candidate: string) => rules.find((rule) => rule.isBrokenBy(candidate));
  const first = brokenBy(name);
  if (first === undefined) {
    return undefined;
  }
  let nearest = name;
  for (let rule: Rule | undefined = first; rule !== undefined; rule = brokenBy(nearest)) {
    nearest = rule.mend(nearest);
  }
  return { reason: first.reason(name), nearest };
}

/** Groups of two names or more that the system cannot tell apart, the same name twice included. */
export function collidingNames(system: NameSystem, names: readonly string[]): string[][] {
  const same = grammars[system].same ?? ((name: string) => nameIn(system, name));
  return [...Map.groupBy(names, same).values()].filter((group) => group.length > 1);
}

interface Rule {
  readonly isBrokenBy: (name: string) => boolean;
  readonly reason: (name: string) => string;
  readonly mend: (name: string) => string;
}

/** In the order of reporting and mending. What a later rule adds or cuts is little, and the earlier ones take it. */
function rulesOf(system: NameSystem, kind: NameKind): Rule[] {
  const grammar = grammars[system];
  const title = systemTitles[system];
  const isColumn = kind === "column";
  const longest = (isColumn ? grammar.longestColumn : undefined) ?? grammar.longest ?? Infinity;
  const unit = grammar.unit ?? "characters";
  const size = (name: string) => (unit === "bytes" ? utf8.encode(name).length : name.length);
  const strange = (name: string) => name.match(grammar.strange)?.[0];
  const prefix = (name: string) =>
    isColumn ? [...(grammar.reservedPrefixes ?? [])].find((start) => upper(name).startsWith(start)) : undefined;
  const taken = isColumn ? [...changeColumnNames, ...(grammar.added ?? [])] : [];
  return [
    {
      isBrokenBy: (name) => name === "",
      reason: () => `${title} takes no empty name`,
      mend: () => "unnamed",
    },
    {
      isBrokenBy: (name) => strange(name) !== undefined,
      reason: (name) => `${title} takes only ${grammar.takes}, not ${JSON.stringify(strange(name))}`,
      mend: (name) => name.replace(grammar.strange, "_"),
    },
    {
      isBrokenBy: (name) => grammar.start?.test(name) === false,
      reason: (name) => `${title} takes no name that starts with ${name.charAt(0)}`,
      mend: (name) => `_${name}`,
    },
    {
      isBrokenBy: (name) => size(name) > longest,
      reason: (name) => `${title} takes at most ${longest} ${unit}, not ${size(name)}`,
      mend: (name) => cut(name, (candidate) => size(candidate) <= longest),
    },
    {
      isBrokenBy: (name) =>
        grammar.reserved?.has(upper(name)) === true || (isColumn && grammar.reservedColumns?.has(upper(name)) === true),
      reason: (name) => `${system === "glue" ? "Athena" : title} reserves ${upper(name)}`,
      mend: (name) => `${name}_`,
    },
    {
      isBrokenBy: (name) => taken.includes(lower(name)),
      reason: (name) => `the pipeline adds a column ${nameIn(system, name)} itself`,
      mend: (name) => (name.startsWith("_") ? name.replace(/^_+/, "") : `${name}_`),
    },
    {
      isBrokenBy: (name) => prefix(name) !== undefined,
      reason: (name) => `${title} reserves column names that start with ${prefix(name) ?? "_"}`,
      mend: (name) => name.replace(/^_+/, ""),
    },
  ];
}

/** As much of the beginning as fits, in whole characters. */
function cut(name: string, fits: (candidate: string) => boolean): string {
  let kept = "";
  for (const character of name) {
    if (!fits(kept + character)) {
      break;
    }
    kept += character;
  }
  return kept;
}
