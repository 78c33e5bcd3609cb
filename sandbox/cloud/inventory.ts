import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import * as path from "node:path";

export type Properties = Record<string, unknown>;

/** A thing that exists in a simulated cloud, whatever Pulumi's state says. */
export interface Thing {
  readonly id: string;
  /** The resource's type token. */
  readonly type: string;
  /** What it is, without credentials: a cloud does not hand secrets out again. */
  readonly properties: Properties;
  /** What only the cloud knows, such as the hash of a secret. */
  readonly hidden?: Properties;
}

/** What a cloud answers when it refuses. */
export class CloudError extends Error {}

/**
 * Everything that exists, kept in a journal of its own: a test asks the cloud, not the tool. One line a change, so that
 * a process that dies in the middle loses nothing and 1,000 topics cost no more each than one.
 */
export class Inventory {
  readonly #things = new Map<string, Thing>();
  readonly #journal: string | undefined;

  /** `journal`: file to keep it in. Default: in memory only. */
  constructor(journal?: string) {
    this.#journal = journal;
    if (journal !== undefined) {
      mkdirSync(path.dirname(journal), { recursive: true });
      const lines = existsSync(journal) ? readFileSync(journal, "utf8").split("\n") : [];
      lines.flatMap(changeIn).forEach((change) => this.#apply(change));
    }
  }

  all(type?: string): Thing[] {
    const things = [...this.#things.values()];
    return type === undefined ? things : things.filter((thing) => thing.type === type);
  }

  find(type: string, matches: (properties: Properties, id: string) => boolean): Thing | undefined {
    return this.all(type).find((thing) => matches(thing.properties, thing.id));
  }

  get(type: string, id: unknown): Thing | undefined {
    return this.#things.get(`${type} ${String(id)}`);
  }

  put(thing: Thing): void {
    this.#write({ put: thing });
  }

  /** Deletes a thing; deleting what is not there is no error. */
  delete(type: string, id: string): void {
    this.#write({ delete: { type, id } });
  }

  #write(change: Change): void {
    if (this.#journal !== undefined) {
      // The line break comes first: what is written after a torn line still begins a line of its own.
      appendFileSync(this.#journal, `\n${JSON.stringify(change)}`);
    }
    this.#apply(change);
  }

  #apply(change: Change): void {
    if ("put" in change) {
      this.#things.set(`${change.put.type} ${change.put.id}`, change.put);
    } else {
      this.#things.delete(`${change.delete.type} ${change.delete.id}`);
    }
  }
}

type Change = { put: Thing } | { delete: { type: string; id: string } };

/** A line that was torn, because the process died or the disk was full, is a change that nobody was told of: it never was. */
function changeIn(line: string): Change[] {
  try {
    return [JSON.parse(line) as Change];
  } catch {
    return [];
  }
}
