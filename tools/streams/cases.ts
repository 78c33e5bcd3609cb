import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { repository } from "../../sandbox/engine/project.ts";

/** A column's value: DECIMAL as text with all its digits, TIMESTAMP in milliseconds since 1970, DATE in days. */
export type Value = string | number | boolean | null;
export type Row = Readonly<Record<string, Value>>;

export interface Window {
  readonly start: number;
  readonly end: number;
  readonly type: "time" | "session";
}

/** A Kafka record as ksqlDB's testing tool writes it. */
export interface CaseRecord {
  readonly topic: string;
  /** Of one column its value, of several an object. */
  readonly key: Value | Row;
  /** By column. `null`: the row is gone. An input may leave columns out, which are NULL then. */
  readonly value: Row | null;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /** Of a result that is cut into windows. */
  readonly window?: Window;
  /** Why it is there. */
  readonly comment?: string;
}

/** Where a statement's logic runs for real. */
export interface Translation {
  readonly engine: "flink";
  /** The statement in the engine's SQL, in lines. */
  readonly sql: readonly string[];
  /** How far the watermark stays behind the latest time so far, in milliseconds: the grace period. Default: 0. */
  readonly behindMs?: number;
  /** What of the translation is not word for word, and why. */
  readonly comment?: string;
}

/** Why a case cannot run on another engine. */
export interface NotProven {
  readonly not: string;
}

export interface StreamsCase {
  readonly name: string;
  readonly inputs: readonly CaseRecord[];
  /** Every record that the statement writes, in order. */
  readonly outputs: readonly CaseRecord[];
  /** Default: the file's. */
  readonly proof?: NotProven;
}

export interface CaseFile {
  /** The path of the SQL file. */
  readonly statement: string;
  readonly proof: Translation | NotProven;
  readonly tests: readonly StreamsCase[];
}

export interface NamedCaseFile extends CaseFile {
  /** The name of the statement, and of the file without `.json`. */
  readonly name: string;
}

const folder = path.join(repository, "test", "streams");

/** All files of `test/streams`; `checkCases` says whether they are what they claim. */
export function readCaseFiles(): NamedCaseFile[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => ({
      ...(JSON.parse(readFileSync(path.join(folder, file), "utf8")) as CaseFile),
      name: path.basename(file, ".json"),
    }));
}
