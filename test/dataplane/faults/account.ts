import type { Arrival } from "./arrivals.ts";

/** A committed change of a row. */
export interface Change {
  readonly key: number;
  /** Number of the change; of a delete, that of the change before it, whose row the delete carries. */
  readonly change: number;
  readonly deleted: boolean;
}

/** What became of the committed changes in the topic. */
export interface Account {
  readonly committed: number;
  /** Changes that are not in the topic, though the log had them. */
  readonly lost: number;
  /** Changes that only the log had: a later reading of the table has the row as it became. */
  readonly overwritten: number;
  /** Rows in the topic that were deleted while nobody read the log: a reading of the table does not tell. */
  readonly undeleted: number;
  /** Records that came once more. */
  readonly duplicates: number;
  /** Keys whose records do not run in the order of their changes, or do not end with the last. */
  readonly disordered: number;
  /** Records of changes that were never committed. */
  readonly foreign: number;
}

/** Compares a stream's committed changes with its records, both in their order. Pure. */
export function account(committed: readonly Change[], arrivals: readonly Arrival[]): Account {
  const came = Map.groupBy(arrivals, ({ key }) => key);
  const sum = { lost: 0, overwritten: 0, undeleted: 0, duplicates: 0, disordered: 0, foreign: 0 };
  const changes = Map.groupBy(committed, ({ key }) => key);
  for (const [key, wanted] of changes) {
    const one = accountOf(wanted, came.get(key) ?? []);
    for (const name of Object.keys(sum) as (keyof typeof sum)[]) {
      sum[name] += one[name];
    }
  }
  const unknown = arrivals.filter(({ key }) => !changes.has(key));
  return { committed: committed.length, ...sum, foreign: sum.foreign + unknown.length };
}

/** The first key with which something is wrong: its changes as committed, and as they came. Empty if there is none. */
export function firstWrong(committed: readonly Change[], arrivals: readonly Arrival[]): string {
  for (const [key, wanted] of Map.groupBy(committed, (change) => change.key)) {
    const came = arrivals.filter((arrival) => arrival.key === key);
    const { lost, disordered, foreign } = accountOf(wanted, came);
    if (lost + disordered + foreign > 0) {
      const told = (one: Change) => `${one.change}${one.deleted ? " deleted" : ""}`;
      const missing = wanted.filter((change) => !came.some((arrival) => told(arrival) === told(change)));
      const last = came.slice(-40).map((arrival) => `${told(arrival)}${arrival.snapshot ? " (read)" : ""}`);
      return `key ${key} lacks ${missing.map(told).join(", ") || "nothing"}; came at last: ${last.join(", ")}`;
    }
  }
  return "";
}

/** Of one key. */
function accountOf(wanted: readonly Change[], came: readonly Arrival[]): Omit<Account, "committed"> {
  const placeOf = (one: { change: number; deleted: boolean }) => `${one.change} ${one.deleted}`;
  const places = new Map(wanted.map((change, index) => [placeOf(change), index]));
  const order = came.map((arrival) => places.get(placeOf(arrival)) ?? -1);
  const known = order.filter((place) => place >= 0);
  const seen = new Set(known);
  // The table was read, and what had come before was over: such a reading stands for all that led to it.
  const readAt = Math.max(-1, ...order.filter((_, index) => came[index]?.snapshot));
  const isGone = wanted.at(-1)?.deleted === true;
  const isUntold = isGone && !seen.has(wanted.length - 1);
  const missing = wanted.map((_, place) => place).filter((place) => !seen.has(place));
  const covered = missing.filter((place) => place < readAt || isUntold);
  return {
    lost: missing.length - covered.length,
    overwritten: covered.length,
    undeleted: isUntold && known.length > 0 ? 1 : 0,
    duplicates: known.length - seen.size,
    disordered: isInOrder(order, came) && (isUntold || known.at(-1) === wanted.length - 1) ? 0 : 1,
    foreign: order.length - known.length,
  };
}

/** It may go back, to be told again, but from there on and otherwise it leaves nothing out; a reading of the table may. */
function isInOrder(order: readonly number[], came: readonly Arrival[]): boolean {
  return order.every((place, index) => {
    const before = index === 0 ? -1 : (order[index - 1] ?? -1);
    return place <= before + 1 || came[index]?.snapshot === true;
  });
}
