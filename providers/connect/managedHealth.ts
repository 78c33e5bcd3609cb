import { wait } from "../cancellation.ts";
import { causeOf } from "../../image/connect/reconcile/trace.ts";
import { Passing, type ConnectorStatus } from "./confluentCloud.ts";

export type WantedState = "RUNNING" | "PAUSED";

/** The time, in milliseconds, and waiting for it. */
export interface Clock {
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<unknown>;
}

const realClock: Clock = { now: () => performance.now(), wait };

export interface Health {
  /**
   * How long a state must last, in milliseconds. The service takes a change first and follows it later: what is seen
   * right after a change may be how it was before, well or not. Default: 10,000.
   */
  readonly steadyMs?: number;
  readonly clock?: Clock;
}

const pollMs = 2_000;
const deadlineMs = 600_000;
const longestPauseMs = 30_000;

/** What one look says of a connector. */
interface Finding {
  readonly is: "well" | "failed" | "underWay";
  /** How it is, in words. */
  readonly state: string;
  readonly task?: number;
  readonly cause?: string;
}

/**
 * Looks until the connector with all its tasks is steadily as wanted. Throws what is wrong as soon as it has failed, or
 * what it is like instead after ten minutes.
 */
export async function untilItIs(
  wanted: WantedState,
  name: string,
  look: () => Promise<ConnectorStatus | undefined>,
  { steadyMs = 10_000, clock = realClock }: Health = {},
): Promise<void> {
  const start = clock.now();
  const course = new Course(steadyMs);
  let silences = 0;
  for (;;) {
    const answer = await look().catch(unlessPassing);
    if (answer instanceof Passing) {
      silences++;
    } else {
      silences = 0;
      course.goesOn(findingOf(answer, wanted), clock.now());
    }
    if (course.endsAs("well")) {
      return;
    }
    if (course.endsAs("failed")) {
      throw new Error(spoken(name, course.last));
    }
    const leftMs = start + deadlineMs - clock.now();
    if (leftMs <= 0) {
      throw new Error(gaveUp(wanted, name, course.last, answer instanceof Passing ? answer.message : ""));
    }
    const pauseMs =
      answer instanceof Passing ? backOff(silences, answer.afterMs) : Math.min(pollMs, Math.max(steadyMs, 200));
    await clock.wait(Math.min(pauseMs, leftMs));
  }
}

/** How a connector came along, look by look. */
class Course {
  last: Finding | undefined;
  readonly #steadyMs: number;
  #since = 0;
  #lasted = 0;
  #hasBeenOtherwise = false;

  constructor(steadyMs: number) {
    this.#steadyMs = steadyMs;
  }

  goesOn(finding: Finding, now: number): void {
    if (finding.state !== this.last?.state) {
      this.#since = now;
    }
    this.#lasted = now - this.#since;
    this.#hasBeenOtherwise ||= finding.is !== "failed";
    this.last = finding;
  }

  /** A failure is news when it was otherwise before; one that is there from the beginning may be that of old. */
  endsAs(end: "well" | "failed"): boolean {
    const isSteady = this.#lasted >= this.#steadyMs;
    return this.last?.is === end && (isSteady || (end === "failed" && this.#hasBeenOtherwise));
  }
}

function unlessPassing(error: unknown): Passing {
  if (error instanceof Passing) {
    return error;
  }
  throw error;
}

function backOff(failures: number, atLeastMs: number): number {
  return Math.max(atLeastMs, Math.min(500 * 2 ** failures, longestPauseMs));
}

/** Confluent's words for a task that has failed, and Kafka Connect's own. */
const failedTask = ["FAILED", "SYSTEM_ERROR", "USER_ACTIONABLE_ERROR"];

function findingOf(status: ConnectorStatus | undefined, wanted: WantedState): Finding {
  if (status === undefined) {
    return { is: "failed", state: "gone", cause: "Confluent Cloud has no such connector" };
  }
  const tasks = status.tasks ?? [];
  const { state } = status.connector;
  const words = [state, ...tasks.map((task) => `task ${String(task.id)} ${task.state}`)];
  const seen = { state: [...words, ...(tasks.length === 0 ? ["no task"] : [])].join(", ") };
  const failed = tasks.filter((task) => failedTask.includes(task.state));
  if (state === "FAILED" || (failed.length > 0 && failed.length === tasks.length)) {
    return { is: "failed", ...seen, ...causeIn(status) };
  }
  if (state === "PAUSED") {
    return { is: wanted === "PAUSED" ? "well" : "underWay", ...seen };
  }
  // While it is said to run, a task may not run yet.
  const isWell = state === wanted && tasks.length > 0 && tasks.every((task) => task.state === "RUNNING");
  return isWell ? { is: "well", ...seen } : { is: "underWay", ...seen, ...(failed.length > 0 ? causeIn(status) : {}) };
}

/** The first that says something: what is wrong with the settings, before what came of it. */
function causeIn(status: ConnectorStatus): Pick<Finding, "task" | "cause"> {
  const task = status.tasks?.find(({ state }) => failedTask.includes(state));
  const text = [
    (status.validation_errors ?? []).join("; "),
    task?.trace,
    status.connector.trace,
    task?.msg,
    ...(status.errors_from_trace ?? []).map((error) => (typeof error === "string" ? error : error.error)),
    status.error_summary,
    status.override_message,
  ].find((words) => words !== undefined && words !== null && words.trim() !== "");
  return {
    ...(task === undefined ? {} : { task: task.id }),
    cause: typeof text === "string" ? causeOf(text) : "it has failed, and Confluent Cloud gives no reason",
  };
}

function spoken(name: string, finding: Finding | undefined): string {
  return `${where(name, finding)}: ${finding?.cause ?? ""}`;
}

function where(name: string, finding: Finding | undefined): string {
  return `connector ${name}${finding?.task === undefined ? "" : `, task ${String(finding.task)}`}`;
}

function gaveUp(wanted: WantedState, name: string, finding: Finding | undefined, silence: string): string {
  const after = `after ${String(deadlineMs / 60_000)} minutes`;
  if (finding === undefined) {
    return `${where(name, finding)}: ${after} nothing is known of it; the last word: ${silence}`;
  }
  const end = wanted === "RUNNING" ? "does not run with all its tasks" : "is not paused";
  const how = finding.is === "well" ? "has not been as declared for long enough" : `${end} (${finding.state})`;
  const rest = [finding.cause, silence === "" ? undefined : `the last word: ${silence}`].filter(Boolean);
  return `${where(name, finding)}: ${after} it ${[how, ...rest].join("; ")}`;
}
