import { wait } from "../cancellation.ts";
import { GaveUp, Passing } from "./answers.ts";

/** The time, in milliseconds, and waiting for it. */
export interface Clock {
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<unknown>;
}

export const realClock: Clock = { now: () => performance.now(), wait };

const longestPauseMs = 10_000;

/** One deadline for all that an operation waits for. */
export class Patience {
  readonly #clock: Clock;
  readonly #what: string;
  readonly #deadlineMs: number;
  readonly #end: number;

  /** `what`: what is waited for, as in "DROP STREAM X". */
  constructor(what: string, deadlineMs: number, clock: Clock) {
    this.#what = what;
    this.#deadlineMs = deadlineMs;
    this.#clock = clock;
    this.#end = clock.now() + deadlineMs;
  }

  /** Waits before the next try, longer after each failure; throws `GaveUp` at the deadline. */
  async after(failures: number, { message, afterMs }: Passing): Promise<void> {
    await this.pause(Math.max(afterMs, Math.min(500 * 2 ** failures, longestPauseMs)), message);
  }

  async pause(ms: number, reason: string): Promise<void> {
    const left = this.#end - this.#clock.now();
    if (left <= 0) {
      throw new GaveUp(
        `${this.#what}: gave up after ${Math.round(this.#deadlineMs / 1_000)} s; the last word: ${reason}`,
      );
    }
    await this.#clock.wait(Math.min(ms, left));
  }

  /** The same until it does not fail with `Passing`. For what does no harm twice. */
  async retry<T>(attempt: () => Promise<T>): Promise<T> {
    for (let failures = 0; ; failures += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof Passing)) {
          throw error;
        }
        await this.after(failures, error);
      }
    }
  }
}
