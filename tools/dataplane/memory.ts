import type { Lab } from "../../dataplane/engines/processes.ts";
import { ownUsage, usageOf } from "../../dataplane/engines/usage.ts";

/** The most memory that a lab's engines and this program took at once. */
export class Memory {
  /** MiB of each at that time, by name. */
  most: Readonly<Record<string, number>> = {};
  readonly #lab: Lab;
  readonly #timer: NodeJS.Timeout;

  constructor(lab: Lab) {
    this.#lab = lab;
    this.#timer = setInterval(() => this.measure(), 2_000).unref();
  }

  /** MiB. */
  get total(): number {
    return sum(this.most);
  }

  measure(): void {
    const engines = this.#lab.processes.flatMap(({ name, pid, running }) =>
      running && pid !== undefined ? [[name, usageOf(pid).memory] as const] : [],
    );
    const now = Object.fromEntries([...engines, ["this program", ownUsage().memory] as const]);
    if (sum(now) > this.total) {
      this.most = now;
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }
}

function sum(values: Readonly<Record<string, number>>): number {
  return Object.values(values).reduce((total, value) => total + value, 0);
}
