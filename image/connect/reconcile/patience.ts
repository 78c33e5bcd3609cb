import { setTimeout as pause } from "node:timers/promises";

/** Something that passes by itself: worth another try. */
export class Passing extends Error {}

/** The deadline passed. Its message is the last reason. */
export class GaveUp extends Error {}

/** Somebody asked for the end. */
export class Interrupted extends Error {}

interface PatienceOptions {
  readonly deadlineMs: number;
  readonly backOffMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Told of each reason to wait, once until it changes. */
  readonly onWait?: (reason: string) => void;
}

const longestPauseMs = 5_000;

/** One deadline for everything that a run waits for. */
export class Patience {
  readonly deadlineMs: number;
  readonly #end: number;
  readonly #options: PatienceOptions;
  #lastReason = "";

  constructor(options: PatienceOptions) {
    this.deadlineMs = options.deadlineMs;
    this.#end = performance.now() + options.deadlineMs;
    this.#options = options;
  }

  /** Milliseconds until the deadline, never below 0. */
  get left(): number {
    return Math.max(0, this.#end - performance.now());
  }

  /** Waits; throws `Interrupted`, or `GaveUp` with the reason when the deadline comes first. */
  async wait(ms: number, reason: string): Promise<void> {
    const { left } = this;
    try {
      await pause(Math.min(ms, left), undefined, { signal: this.#options.signal });
    } catch {
      throw new Interrupted("it was interrupted");
    }
    if (left <= ms) {
      throw new GaveUp(reason);
    }
  }

  /** The same until it does not fail with `Passing`, with pauses that double and are spread, so that two runs part. */
  async retry<T>(attempt: () => Promise<T>): Promise<T> {
    for (let failures = 0; ; failures++) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof Passing)) {
          throw error;
        }
        this.#tell(error.message);
        await this.wait(this.backOff(failures), error.message);
      }
    }
  }

  /** How long to wait after so many failures, in milliseconds. */
  backOff(failures: number): number {
    const full = Math.min(this.#options.backOffMs * 2 ** failures, longestPauseMs);
    return full * (0.5 + Math.random() / 2);
  }

  #tell(reason: string): void {
    if (reason !== this.#lastReason) {
      this.#lastReason = reason;
      this.#options.onWait?.(reason);
    }
  }
}
