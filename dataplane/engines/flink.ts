import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { binary } from "./binaries.ts";
import { flinkJars } from "./jars.ts";
import { java } from "./java.ts";
import type { Lab } from "./processes.ts";

type Fields = Readonly<Record<string, string | number | boolean | null>>;

export interface FlinkRelation {
  readonly name: string;
  /** A table keeps the last row of each key; a stream has every row. */
  readonly isTable: boolean;
  /** Name of the column that is a table's key. */
  readonly key: string;
  /** Types in Flink's words. Besides them there is ROWTIME, the time of the event. */
  readonly columns: readonly { readonly name: string; readonly type: string; readonly isKey: boolean }[];
}

export interface FlinkEvent {
  readonly relation: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /** Timestamps in milliseconds, dates in days, decimals as text. */
  readonly row: Fields;
  /** The row of this key is gone. */
  readonly isRemoval: boolean;
}

export interface FlinkJob {
  readonly relations: readonly FlinkRelation[];
  readonly sql: string;
  /** How far the watermark stays behind the latest time so far, in milliseconds. */
  readonly behindMs: number;
  /** The events of each case, in their order. */
  readonly cases: readonly (readonly FlinkEvent[])[];
}

export interface FlinkChange {
  readonly isRemoval: boolean;
  readonly row: Fields;
}

export interface FlinkAnswer {
  /** What the query said in each case. */
  readonly cases?: readonly (readonly FlinkChange[])[];
  /** Flink's own words, when it refuses the query. */
  readonly error?: string;
}

/** Flink 2 knows time values only by opening these to it. */
const opened = ["java.base/java.util=ALL-UNNAMED", "java.base/java.lang=ALL-UNNAMED"];

/** Runs the jobs one after the other in one JVM, without a cluster. An answer for each job. */
export async function runFlink(lab: Lab, jobs: readonly FlinkJob[]): Promise<FlinkAnswer[]> {
  const jars = await flinkJars();
  const classes = lab.path("flink", "classes");
  mkdirSync(classes);
  await lab.run(binary("javac"), [
    "-cp",
    jars,
    "-d",
    classes,
    path.join(import.meta.dirname, "flink", "FlinkSql.java"),
  ]);
  const [input, output] = [lab.path("flink", "jobs.jsonl"), lab.path("flink", "answers.jsonl")];
  writeFileSync(input, jobs.map((job) => `${JSON.stringify(job)}\n`).join(""));
  const { command, args } = java(
    "768m",
    ...opened.map((one) => `--add-opens=${one}`),
    "-cp",
    `${classes}${path.delimiter}${jars}`,
    "FlinkSql",
    input,
    output,
  );
  await lab.run(command, args);
  return readFileSync(output, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as FlinkAnswer);
}
