import { readdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Lab } from "../../../dataplane/engines/processes.ts";
import { Field } from "./field.ts";

const lab = new Lab("faults-clock");
const clock = lab.path("clock");
let field: Field;

beforeAll(async () => {
  setClock("+1h");
  field = await Field.start(lab, { workerEnv: fakedClock() });
});

beforeEach(() => field.apply());

afterAll(() => lab.stop());

test("clock of the worker set back", async () => {
  const { account } = await field.suffer("clock of the worker set back", async () => {
    setClock("+0");
    // Positions are noted, and heartbeats sent, every ten seconds. Then tasks start with what was noted.
    await sleep(15_000);
    for (const name of ["maria", "pg"]) {
      await field.plane.worker.request("POST", `/connectors/${name}/restart?includeTasks=true`);
    }
  });

  expect(account).toMatchObject({ overwritten: 0, undeleted: 0 });
});

/** In libfaketime's words, e.g. `+1h`: as much ahead of this machine's. Takes a second. */
function setClock(offset: string): void {
  writeFileSync(clock, `${offset}\n`);
}

/** Environment of a process whose clock `setClock` sets. What measures durations is left as it is, as on a real machine. */
function fakedClock(): Record<string, string> {
  return {
    LD_PRELOAD: library(),
    FAKETIME_TIMESTAMP_FILE: clock,
    FAKETIME_CACHE_DURATION: "1",
    FAKETIME_DISABLE_SHM: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  };
}

function library(): string {
  const found = readdirSync("/usr/lib")
    .map((folder) => path.join("/usr/lib", folder, "faketime"))
    .flatMap((folder) => filesIn(folder))
    .find((file) => file.endsWith("/libfaketimeMT.so.1"));
  if (found === undefined) {
    throw new Error("libfaketime is missing on this machine; on Debian or Ubuntu, dataplane/install.sh installs it.");
  }
  return found;
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).map((file) => path.join(folder, file));
  } catch {
    return [];
  }
}
