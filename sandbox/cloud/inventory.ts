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
  /** The account or region that it is in, for what is known by a name that is another thing's in another one. */
  readonly realm?: string;
}

/** The realm that things of a type are looked for and made in; `undefined`: there is one only. */
export type RealmOf = (type: string) => string | undefined;

/** What a cloud answers when it refuses. */
export class CloudError extends Error {}

/**
 * Everything that exists, kept in a journal of its own: a test asks the cloud, not the tool. One line a change, so that
 * a process that dies in the middle loses nothing and 1,000 topics cost no more each than one.
 */
export class Inventory {
  #things = new Map<string, Thing>();
  /** By type, those that things are in. */
  #realms = new Map<string, Set<string>>();
  #journal: string | undefined;
  #realmOf: RealmOf | undefined;

  /** `journal`: file to keep it in. Default: in memory only. */
  constructor(journal?: string) {
    this.#journal = journal;
    if (journal !== undefined) {
      mkdirSync(path.dirname(journal), { recursive: true });
      const lines = existsSync(journal) ? readFileSync(journal, "utf8").split("\n") : [];
      lines.flatMap(changeIn).forEach((change) => this.#apply(change));
    }
  }

  /** The same things as they are seen from one realm: others of the same name are not there. */
  within(realmOf: RealmOf): Inventory {
    const view = new Inventory();
    view.#things = this.#things;
    view.#realms = this.#realms;
    view.#journal = this.#journal;
    view.#realmOf = realmOf;
    return view;
  }

  all(type?: string): Thing[] {
    return [...this.#things.values()].filter(
      (thing) => (type === undefined || thing.type === type) && this.#isSeen(thing),
    );
  }

  find(type: string, matches: (properties: Properties, id: string) => boolean): Thing | undefined {
    return this.all(type).find((thing) => matches(thing.properties, thing.id));
  }

  get(type: string, id: unknown): Thing | undefined {
    const realms = this.#realmOf === undefined ? (this.#realms.get(type) ?? []) : [this.#realmOf(type)];
    for (const realm of [undefined, ...realms]) {
      const thing = this.#things.get(keyOf({ type, id: String(id), realm }));
      if (thing !== undefined) {
        return thing;
      }
    }
    return undefined;
  }

  put(thing: Thing): void {
    const { realm } =
      thing.realm === undefined ? (this.get(thing.type, thing.id) ?? { realm: this.#realmOf?.(thing.type) }) : thing;
    this.#write({ put: realm === undefined ? thing : { ...thing, realm } });
  }

  /** Deletes a thing; deleting what is not there is no error. */
  delete(type: string, id: string): void {
    const realm = this.get(type, id)?.realm;
    this.#write({ delete: { type, id, ...(realm === undefined ? {} : { realm }) } });
  }

  #isSeen({ type, realm }: Thing): boolean {
    return this.#realmOf === undefined || realm === undefined || realm === this.#realmOf(type);
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
      const { type, realm } = change.put;
      this.#things.set(keyOf(change.put), change.put);
      if (realm !== undefined) {
        this.#realms.set(type, (this.#realms.get(type) ?? new Set()).add(realm));
      }
    } else {
      this.#things.delete(keyOf(change.delete));
    }
  }
}

type Place = Pick<Thing, "type" | "id"> & { readonly realm?: string | undefined };

function keyOf({ type, realm = "", id }: Place): string {
  return [type, realm, id].join(" ");
}

type Change = { put: Thing } | { delete: Place };

/** A line that was torn, because the process died or the disk was full, is a change that nobody was told of: it never was. */
function changeIn(line: string): Change[] {
  try {
    return [JSON.parse(line) as Change];
  } catch {
    return [];
  }
}
