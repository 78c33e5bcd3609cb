import { causeOf } from "../reconcile/trace.ts";

/** What of Connect's answer to `GET /connectors?expand=status` is looked at. */
export type Statuses = Readonly<
  Record<
    string,
    { readonly status: { readonly connector: Status; readonly tasks: readonly (Status & { id: number })[] } }
  >
>;

interface Status {
  readonly state: string;
  readonly worker_id: string;
  readonly trace?: string;
}

export interface Surroundings {
  /** Host and port of this worker, as it tells them to others: what fails elsewhere is the others' to restart. */
  readonly worker: string;
  readonly statuses: () => Promise<Statuses>;
  /** `POST` to a path of the REST interface. */
  readonly post: (path: string) => Promise<void>;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly say: (text: string) => void;
}

/** How long what failed is left alone before its first restart; the waits after it double up to the longest. Milliseconds. */
export const [firstWait, longestWait] = [30_000, 600_000];

interface Patient {
  restarts: number;
  nextAt: number;
  failedAt: number;
}

/**
 * Restarts connectors and tasks of one worker that have failed, again and again, since their cause may be gone by then: a
 * registry that was away, a database that refused the login. Connect never does it by itself. What has kept running for
 * as long as the longest wait starts with the first wait again.
 */
export class Reviver {
  readonly #surroundings: Surroundings;
  readonly #patients = new Map<string, Patient>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Looks once, and restarts what is due. Throws when the worker gives no answer, which the next look may get. */
  async look(): Promise<void> {
    const { statuses, now } = this.#surroundings;
    for (const [connector, { status }] of Object.entries(await statuses())) {
      const path = `/connectors/${encodeURIComponent(connector)}`;
      await this.#care(connector, `${path}/restart`, status.connector);
      for (const task of status.tasks) {
        await this.#care(`${connector}, task ${task.id}`, `${path}/tasks/${task.id}/restart`, task);
      }
    }
    for (const [name, { failedAt }] of this.#patients) {
      if (now() - failedAt > longestWait) {
        this.#patients.delete(name);
      }
    }
  }

  async #care(name: string, path: string, { state, worker_id, trace }: Status): Promise<void> {
    const { worker, now, post, say } = this.#surroundings;
    if (state !== "FAILED" || worker_id !== worker) {
      return;
    }
    const patient = this.#patients.get(name) ?? { restarts: 0, nextAt: now() + firstWait, failedAt: now() };
    this.#patients.set(name, patient);
    patient.failedAt = now();
    if (now() >= patient.nextAt) {
      patient.restarts++;
      patient.nextAt = now() + Math.min(longestWait, firstWait * 2 ** patient.restarts);
      say(`${name} has failed: ${causeOf(trace)}. Restart ${patient.restarts}.`);
      await post(path);
    }
  }
}
