import type { Change } from "./changes.ts";
import type { Live } from "./connect.ts";

/** What is to be done with a connector; `done` says whether it was. `absent` was to be taken away, and was not there. */
export type Action =
  "created" | "updated" | "unchanged" | "resumed" | "paused" | "stopped" | "deleted" | "absent" | "refused";

export interface TaskReport {
  readonly id: number;
  readonly state: string;
  readonly worker: string;
}

export interface ConnectorReport {
  readonly action: Action;
  /** False in a dry run, and when the run failed before it came to this. */
  readonly done: boolean;
  /** By key, sorted; secrets as `(secret)`. A connector that is taken away has none. */
  readonly changes: readonly Change[];
  /** Connect's word for it when it was last seen, e.g. `RUNNING`; `ABSENT` when there is none. */
  readonly state: string;
  readonly tasks: readonly TaskReport[];
  /** Restarts of failed tasks that this run asked for. */
  readonly restarts: number;
  /** What else to know, e.g. what is kept of a connector that was taken away, and how to drop that. */
  readonly notes: readonly string[];
}

export interface Failure {
  readonly connector?: string;
  readonly task?: number;
  /** Host and port of the worker where it failed. */
  readonly worker?: string;
  /** One line for a failed task; for a refused configuration a line for each key. */
  readonly cause: string;
}

export interface Report {
  readonly ok: boolean;
  /** Nothing was changed: the actions are what would be done. */
  readonly dryRun: boolean;
  readonly connectors: Readonly<Record<string, ConnectorReport>>;
  /** The first failure, if any. */
  readonly failure?: Failure;
  /** Failures of further connectors that were known by then. */
  readonly furtherFailures?: readonly Failure[];
}

/** Something that a run does or waits for, as it happens. */
export interface Event {
  readonly connector?: string;
  readonly text: string;
}

/** A report's connector while it is made. */
export interface Entry extends ConnectorReport {
  action: Action;
  done: boolean;
  changes: readonly Change[];
  state: string;
  tasks: readonly TaskReport[];
  restarts: number;
  readonly notes: string[];
}

export function entryOf(action: Action, live: Live | undefined, changes: readonly Change[] = []): Entry {
  return { action, done: false, changes, ...seen(live), restarts: 0, notes: [] };
}

/** How a connector was seen. */
export function seen(live: Live | undefined): { state: string; tasks: TaskReport[] } {
  return {
    state: live?.state ?? "ABSENT",
    tasks: (live?.tasks ?? []).map(({ id, state, worker }) => ({ id, state, worker })),
  };
}

/** The report for people: a paragraph a connector, its changes as a diff, and at the end whether all is well. */
export function describeReport(report: Report): string {
  const names = Object.keys(report.connectors).sort();
  const paragraphs = names.map((name) => describeConnector(name, report.connectors[name], report.dryRun));
  return [...paragraphs, verdict(report)].join("\n");
}

function describeConnector(name: string, connector: ConnectorReport | undefined, isDryRun: boolean): string {
  if (connector === undefined) {
    return name;
  }
  const { action, done, changes, state, tasks, restarts, notes } = connector;
  const isPending = !done && isChange(action);
  const what = isPending ? `${isDryRun ? "would be" : "not"} ${action}` : action;
  const known = [state === "ABSENT" ? "" : state, ...tasks.map(describeTask)].filter((part) => part !== "");
  const restarted = restarts === 0 ? "" : `; failed tasks restarted ${restarts === 1 ? "once" : `${restarts} times`}`;
  return [
    `${name}: ${what}${known.length === 0 ? "" : ` (${known.join(", ")})`}${restarted}`,
    ...changes.map(describeChange),
    ...notes.map((note) => `  ! ${note}`),
  ].join("\n");
}

function isChange(action: Action): boolean {
  return !["unchanged", "absent", "refused"].includes(action);
}

function describeTask({ id, state, worker }: TaskReport): string {
  return `task ${id} ${state}${worker === "" ? "" : ` on ${worker}`}`;
}

function describeChange({ key, from, to }: Change): string {
  if (from === undefined) {
    return `  + ${key}: ${to ?? ""}`;
  }
  if (to === undefined) {
    return `  - ${key}: ${from}`;
  }
  return from === to ? `  ~ ${key}: ${to} (changed)` : `  ~ ${key}: ${from} -> ${to}`;
}

function verdict({ ok, dryRun, connectors, failure, furtherFailures = [] }: Report): string {
  if (failure !== undefined) {
    return [failure, ...furtherFailures].map((one) => `Failed: ${describeFailure(one)}`).join("\n");
  }
  const changed = Object.values(connectors).filter(({ action }) => isChange(action)).length;
  if (dryRun) {
    return changed === 0 ? "Nothing would change." : `${changed} of ${Object.keys(connectors).length} would change.`;
  }
  return ok ? "The cluster is as declared." : "The cluster is not as declared.";
}

/** `mssql, task 0 on 10.0.1.7:8083: DataException: Unknown field: id` */
export function describeFailure({ connector, task, worker, cause }: Failure): string {
  const where = [connector, task === undefined ? undefined : `task ${task}`].filter((part) => part !== undefined);
  const place = `${where.join(", ")}${worker === undefined || worker === "" ? "" : ` on ${worker}`}`;
  return place === "" ? cause : `${place}: ${cause}`;
}
