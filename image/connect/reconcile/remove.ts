import { isGone, type Live } from "./connect.ts";
import { forgetKey } from "./declaration.ts";
import { Passing } from "./patience.ts";
import { Refused } from "./rest.ts";
import type { Entry } from "./report.ts";
import type { Run } from "./run.ts";
import { causeOf } from "./trace.ts";

/** A connector shall run this long before its stop is trusted to drop its slot, in milliseconds. */
const slotPatienceMs = 60_000;

/**
 * Takes a connector away. With `forget`, its own or the declaration's, its offsets go too, and a Postgres connector's replication slot; without, both
 * stay, so that a connector of the same name goes on where this one ended. Safe to repeat, and to run twice at once.
 */
export async function remove(name: string, live: Live, entry: Entry, run: Run): Promise<void> {
  run.tell("taking it away", name);
  if (forgets(live, run)) {
    await dropSlot(name, live, entry, run);
    await dropOffsets(name, entry, run);
  }
  await run.connect.delete(name);
  entry.done = true;
  entry.state = "ABSENT";
  entry.tasks = [];
}

/** What stays of it, as the rule says; for the report. */
export function keptNotes(name: string, live: Live, run: Run): string[] {
  if (forgets(live, run)) {
    return [];
  }
  const slot = slotOf(live);
  return [
    `its offsets are kept: a connector called ${name} goes on where this one ended. To drop them, declare it, then take it away with forget`,
    ...(slot === undefined
      ? []
      : [
          `its replication slot is kept, and the database keeps its log for it. To drop it there: ${dropStatement(slot)}`,
        ]),
  ];
}

function forgets({ config }: Live, { declaration }: Run): boolean {
  return declaration.forget || config[forgetKey] === "true";
}

/** The name of a Postgres connector's replication slot; other kinds have none. */
function slotOf({ config }: Live): string | undefined {
  return (config["connector.class"] ?? "").includes("PostgresConnector")
    ? (config["slot.name"] ?? "debezium")
    : undefined;
}

function dropStatement(slot: string): string {
  return `SELECT pg_drop_replication_slot('${slot.replaceAll("'", "''")}');`;
}

/**
 * Only the connector can reach the database, so it drops the slot itself: it does so when it is stopped while
 * `slot.drop.on.stop` is set. It has to run for that; without snapshot, in case it never did. When the database can't be
 * reached the connector goes all the same, and the report says what is left.
 */
async function dropSlot(name: string, live: Live, entry: Entry, run: Run): Promise<void> {
  const slot = slotOf(live);
  if (slot === undefined) {
    return;
  }
  try {
    run.tell(`letting it drop its replication slot ${slot}`, name);
    await run.patience.retry(() =>
      run.connect.patch(name, { "slot.drop.on.stop": "true", "snapshot.mode": "no_data" }),
    );
    await run.patience.retry(() => run.connect.move(name, "resume"));
    await untilItRuns(name, run);
  } catch (error) {
    if (isGone(error)) {
      return;
    }
    if (!(error instanceof Refused) && !(error instanceof SlotLeft)) {
      throw error;
    }
    const reason = (error instanceof Refused ? error.answer : error.message)
      .split("\n")
      .find((line) => !line.endsWith(":"));
    entry.notes.push(
      `its replication slot could not be dropped (${reason ?? ""}). If the database is still there: ${dropStatement(slot)}`,
    );
  }
}

class SlotLeft extends Error {}

async function untilItRuns(name: string, run: Run): Promise<void> {
  const end = performance.now() + slotPatienceMs;
  const steadyMs = Math.min(run.settings.stableMs, 2_000);
  let since: number | undefined;
  while (since === undefined || performance.now() - since < steadyMs) {
    const live = await run.connect.connector(name);
    const task = live?.tasks[0];
    if (live === undefined) {
      return;
    }
    if (live.state === "FAILED" || task?.state === "FAILED") {
      throw new SlotLeft(causeOf(task?.trace ?? live.trace));
    }
    if (performance.now() > end) {
      throw new SlotLeft(`it does not run but is ${live.state}`);
    }
    since = live.state === "RUNNING" && task?.state === "RUNNING" ? (since ?? performance.now()) : undefined;
    await run.patience.wait(run.settings.pollMs, `it is ${live.state}, and has to run to drop its replication slot`);
  }
}

/** Connect deletes the offsets of a stopped connector only; of one that can't even start it does not, and that is said. */
async function dropOffsets(name: string, entry: Entry, run: Run): Promise<void> {
  try {
    await run.patience.retry(async () => {
      await run.connect.move(name, "stop");
      await untilStopped(name, run);
      try {
        await run.connect.deleteOffsets(name);
      } catch (error) {
        // Somebody resumed it in between, or its tasks are not quite gone.
        throw error instanceof Refused && error.status === 400 ? new Passing(error.message) : error;
      }
    });
    run.tell("its offsets are deleted", name);
  } catch (error) {
    if (isGone(error)) {
      return;
    }
    if (!(error instanceof Refused)) {
      throw error;
    }
    entry.notes.push(
      `its offsets could not be deleted (${error.answer}): a connector called ${name} would go on where this one ended`,
    );
  }
}

/** A connector that failed stays so when it is stopped; its tasks go all the same. */
async function untilStopped(name: string, run: Run): Promise<void> {
  for (;;) {
    const live = await run.connect.connector(name);
    if (live === undefined || (["STOPPED", "FAILED"].includes(live.state) && live.tasks.length === 0)) {
      return;
    }
    await run.patience.wait(run.settings.pollMs, `it does not stop but is ${live.state}`);
  }
}
