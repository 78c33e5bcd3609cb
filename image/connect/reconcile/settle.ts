import { isAway, move } from "./apply.ts";
import { changesOf, configToPut } from "./changes.ts";
import { isGone, type Live } from "./connect.ts";
import type { WantedState } from "./declaration.ts";
import { GaveUp, Passing } from "./patience.ts";
import { seen, type Entry, type Failure } from "./report.ts";
import { Failed, type Run } from "./run.ts";
import { causeOf } from "./trace.ts";

/** How one connector comes along. Times are of `performance.now()`. */
interface Progress {
  /** Since when it has been as wanted without a break. */
  steadySince?: number;
  /** Before this no further restart or change of state is asked for: the last one has to show first. */
  quietUntil: number;
  /** What was last seen to be wrong with it; none any more once it is as wanted. */
  failures: readonly Failure[];
}

/**
 * Waits until every declared connector with all its tasks has been as wanted for a while. Failed tasks are restarted a
 * bounded number of times. Throws `Failed` when that does not help, with what is wrong with the others as well, or with
 * what is not settled at the deadline.
 */
export async function settle(run: Run): Promise<void> {
  const begin = performance.now();
  const progress = new Map(Object.keys(run.declaration.connectors).map((name) => [name, progressOf(name, begin, run)]));
  let live: ReadonlyMap<string, Live> = new Map();
  let lookedAt = performance.now();
  try {
    for (;;) {
      live = await run.connect.connectors();
      lookedAt = performance.now();
      if (await isSettled(live, progress, run)) {
        return;
      }
      await run.patience.wait(run.settings.pollMs, "");
    }
  } catch (error) {
    const isSilent = performance.now() - lookedAt > silenceMs;
    throw error instanceof GaveUp ? new Failed(unsettled(live, progress, run, isSilent ? error.message : "")) : error;
  }
}

/** A worker that gave no answer for so long, in milliseconds, is worth telling at the deadline. */
const silenceMs = 2_000;

async function isSettled(live: ReadonlyMap<string, Live>, progress: Map<string, Progress>, run: Run): Promise<boolean> {
  const now = performance.now();
  const beyondHelp = new Set<Progress>();
  for (const [name, one] of progress) {
    if (await look(name, live.get(name), one, now, run)) {
      beyondHelp.add(one);
    }
  }
  if (beyondHelp.size > 0) {
    const others = [...progress.values()].filter((one) => !beyondHelp.has(one));
    throw new Failed([...beyondHelp, ...others].flatMap(({ failures }) => failures));
  }
  const isDone = [...progress.values()].every((one) => isSteady(one, run.settings.stableMs));
  if (isDone) {
    refuseForeignChanges(live, run);
  }
  return isDone;
}

/** What was changed just now still shows how it was before, a failed task for one. */
function progressOf(name: string, begin: number, run: Run): Progress {
  const isChanged = of(name, run).entry.action !== "unchanged";
  return { quietUntil: isChanged ? begin + Math.min(1_500, run.settings.stableMs / 2) : 0, failures: [] };
}

function isSteady({ steadySince }: Progress, stableMs: number): boolean {
  return steadySince !== undefined && performance.now() - steadySince >= stableMs;
}

/** Notes how a connector is, and asks for a restart or its state where that helps. Returns whether it is beyond help. */
async function look(name: string, live: Live | undefined, progress: Progress, now: number, run: Run): Promise<boolean> {
  const { entry, wanted } = of(name, run);
  const before = describe(entry);
  Object.assign(entry, seen(live));
  if (describe(entry) !== before) {
    run.tell(describe(entry), name);
  }
  if (live !== undefined && isAsWanted(live, wanted)) {
    progress.steadySince ??= now;
    progress.failures = [];
    return false;
  }
  delete progress.steadySince;
  if (live === undefined || now < progress.quietUntil) {
    return false;
  }
  const failures = failuresOf(name, live);
  progress.failures = failures;
  if (failures.length > 0 && entry.restarts >= run.settings.restarts) {
    return true;
  }
  if (failures.length > 0) {
    run.tell(`restarting what failed: ${failures.map(({ cause }) => cause).join("; ")}`, name);
    await unlessPassing(() => run.connect.restartFailed(name));
    progress.quietUntil = performance.now() + run.patience.backOff(entry.restarts + 1);
    entry.restarts++;
  } else if (isAway(live, wanted)) {
    await unlessPassing(() => move(name, wanted, entry, run));
    progress.quietUntil = performance.now() + run.patience.backOff(2);
  }
  return false;
}

function of(name: string, run: Run): { entry: Entry; wanted: WantedState } {
  const entry = run.entries.get(name);
  if (entry === undefined) {
    throw new Error(`${name} has no entry`);
  }
  return { entry, wanted: run.declaration.connectors[name]?.state ?? "running" };
}

/** Connect says RUNNING of a connector whose tasks failed, or are not there yet. */
function isAsWanted({ state, tasks }: Live, wanted: WantedState): boolean {
  const word = wanted.toUpperCase();
  switch (wanted) {
    case "running":
      return state === word && tasks.length > 0 && tasks.every((task) => task.state === word);
    case "paused":
      return state === word && tasks.every((task) => task.state === word);
    case "stopped":
      return state === word && tasks.length === 0;
  }
}

function failuresOf(connector: string, { state, worker, trace, tasks }: Live): Failure[] {
  const own = state === "FAILED" ? [{ connector, worker, cause: causeOf(trace) }] : [];
  const failed = tasks.filter((task) => task.state === "FAILED");
  return [
    ...own,
    ...failed.map((task) => ({ connector, task: task.id, worker: task.worker, cause: causeOf(task.trace) })),
  ];
}

/** A restart that hits a rebalance, or a connector that just went, is asked for again at a later look. */
async function unlessPassing(ask: () => Promise<void>): Promise<void> {
  try {
    await ask();
  } catch (error) {
    if (!(error instanceof Passing) && !isGone(error)) {
      throw error;
    }
  }
}

/** What the deadline found: failed tasks with their cause, and how the others are. */
function unsettled(
  live: ReadonlyMap<string, Live>,
  progress: Map<string, Progress>,
  run: Run,
  reason: string,
): Failure[] {
  const after = `after ${Math.round(run.patience.deadlineMs / 1000)} s`;
  return [...progress].flatMap(([connector, one]) => {
    const { entry, wanted } = of(connector, run);
    const now = live.get(connector);
    const failures = now === undefined ? [] : failuresOf(connector, now);
    if (failures.length > 0 || (reason === "" && isSteady(one, run.settings.stableMs))) {
      return failures;
    }
    const state =
      one.steadySince === undefined
        ? `it is not ${wanted} but ${describe(entry)}`
        : `it was not ${wanted} for long enough`;
    const worker = now === undefined ? {} : { worker: now.worker };
    return [{ connector, ...worker, cause: `${after} ${state}${reason === "" ? "" : `; the last word: ${reason}`}` }];
  });
}

function describe({ state, tasks }: Entry): string {
  const words = state === "STOPPED" || state === "ABSENT" ? [] : tasks.map((task) => `task ${task.id} ${task.state}`);
  const none = tasks.length === 0 && state === "RUNNING" ? ["no task yet"] : [];
  return [state, ...words, ...none].join(", ");
}

/** Two runs with one declaration agree; another that declares it differently, or a hand, shows here. */
function refuseForeignChanges(live: ReadonlyMap<string, Live>, { declaration }: Run): void {
  const failures = Object.entries(declaration.connectors).flatMap(([connector, { config }]) => {
    const changes = changesOf(configToPut(connector, config, declaration.owner), live.get(connector)?.config);
    const keys = changes.map(({ key }) => key).join(", ");
    return keys === "" ? [] : [{ connector, cause: `somebody else changed it at the same time: ${keys}` }];
  });
  if (failures.length > 0) {
    throw new Failed(failures);
  }
}
