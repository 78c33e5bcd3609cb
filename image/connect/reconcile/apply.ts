import { changesOf, configToPut } from "./changes.ts";
import { isGone, type Live } from "./connect.ts";
import { ownerKey, type DeclaredConnector, type WantedState } from "./declaration.ts";
import { Passing } from "./patience.ts";
import { Refused } from "./rest.ts";
import { entryOf, type Action, type Entry, type Failure } from "./report.ts";
import { Failed, type Run } from "./run.ts";

const moves = { running: "resume", paused: "pause", stopped: "stop" } as const;
const moved = { running: "resumed", paused: "paused", stopped: "stopped" } as const;

/** What would be done to a declared connector. */
export function entryFor(name: string, declared: DeclaredConnector, live: Live | undefined, run: Run): Entry {
  const changes = changesOf(configToPut(name, declared.config, run.declaration.owner), live?.config);
  return entryOf(actionFor(live, changes.length > 0, declared.state ?? "running"), live, changes);
}

function actionFor(live: Live | undefined, isChanged: boolean, wanted: WantedState): Action {
  if (live === undefined) {
    return "created";
  }
  if (isChanged) {
    return "updated";
  }
  return isAway(live, wanted) ? moved[wanted] : "unchanged";
}

/** Why this connector may not be touched, if so. */
export function refusal(name: string, live: Live | undefined, run: Run): Failure | undefined {
  const owner = live?.config[ownerKey];
  if (live === undefined || owner === run.declaration.owner || (owner === undefined && run.settings.adopt)) {
    return undefined;
  }
  return {
    connector: name,
    cause:
      owner === undefined
        ? `there is a connector of this name that was not made by reconcile; look at it, then run with --adopt to take it over`
        : `there is a connector of this name that belongs to ${owner}; only that declaration may change it`,
  };
}

/**
 * Makes one connector what is declared, except that it may still be starting. What is in the way for a moment (a
 * rebalance, another run) is waited out, and each try begins with reading what is there now.
 */
export async function apply(name: string, declared: DeclaredConnector, entry: Entry, run: Run): Promise<void> {
  const { connect, patience, declaration } = run;
  const wanted = declared.state ?? "running";
  const config = configToPut(name, declared.config, declaration.owner);
  await patience.retry(async () => {
    const live = await connect.connector(name);
    const refused = refusal(name, live, run);
    if (refused !== undefined) {
      throw new Failed([refused]);
    }
    try {
      if (live === undefined) {
        note(entry, entryFor(name, declared, live, run), "created");
        run.tell("creating it", name);
        // PUT knows no initial state, and what is not to run must not run for a moment either.
        await (wanted === "running" ? connect.put(name, config) : connect.create(name, config, wanted));
        return;
      }
      const changes = changesOf(config, live.config);
      if (wanted !== "running" && isAway(live, wanted)) {
        await move(name, wanted, entry, run);
      }
      if (changes.length > 0) {
        note(entry, entryFor(name, declared, live, run), "updated");
        run.tell(`changing ${changes.map(({ key }) => key).join(", ")}`, name);
        await connect.put(name, config);
      }
      if (wanted === "running" && isAway(live, wanted)) {
        await move(name, wanted, entry, run);
      }
    } catch (error) {
      if (isGone(error)) {
        throw new Passing(`${name} was taken away at the same time`);
      }
      throw error instanceof Refused ? new Failed([{ connector: name, cause: refusedPut(error) }]) : error;
    }
  });
  entry.done = true;
}

/** Asks for the wanted state. */
export async function move(name: string, wanted: WantedState, entry: Entry, run: Run): Promise<void> {
  if (entry.action === "unchanged") {
    entry.action = moved[wanted];
  }
  run.tell(`asking for ${wanted}`, name);
  await run.connect.move(name, moves[wanted]);
}

/** Whether it is in another state than wanted, or going there. One that starts or failed may well be on its way. */
export function isAway(live: Live, wanted: WantedState): boolean {
  const resting = live.state === "PAUSED" || live.state === "STOPPED";
  return wanted === "running" ? resting : live.state !== wanted.toUpperCase();
}

/** The first try says what was done: a later one finds it done already when only the answer was lost. */
function note(entry: Entry, now: Entry, action: Action): void {
  if (entry.action !== "created" && !(entry.action === "updated" && action === "updated")) {
    entry.action = action;
    entry.changes = now.changes;
  }
}

function refusedPut({ status, answer, message }: Refused): string {
  if (status === 400) {
    // Connect's own frame around the errors says nothing more.
    const errors = answer
      .split("\n")
      .filter((line) => !/^(Connector configuration is invalid|You can also find)/.test(line));
    return errors.length === 0 ? answer : errors.join("\n");
  }
  return status === 500
    ? `${message}. The plugin broke down over this configuration; the worker's log says where`
    : message;
}
