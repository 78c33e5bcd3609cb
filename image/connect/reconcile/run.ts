import type { Connect } from "./connect.ts";
import type { Declaration } from "./declaration.ts";
import type { Patience } from "./patience.ts";
import type { Entry, Failure } from "./report.ts";

/** What the steps of one run share. */
export interface Run {
  readonly declaration: Declaration;
  readonly connect: Connect;
  readonly patience: Patience;
  readonly settings: Settings;
  /** What the report will say, by connector. */
  readonly entries: Map<string, Entry>;
  readonly tell: (text: string, connector?: string) => void;
}

export interface Settings {
  readonly dryRun: boolean;
  readonly stableMs: number;
  readonly restarts: number;
  readonly adopt: boolean;
  /** How often a cluster is looked at while something settles, in milliseconds. */
  readonly pollMs: number;
}

/** Ends the run with what went wrong. */
export class Failed extends Error {
  readonly failures: readonly Failure[];

  constructor(failures: readonly Failure[]) {
    super(failures.map(({ cause }) => cause).join("\n"));
    this.failures = failures;
  }
}
