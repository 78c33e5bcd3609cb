import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A process that outlives who started it. A number is given again; together with its start it is not. */
interface Kept {
  readonly pid: number;
  readonly started: string;
  readonly stopSignal: NodeJS.Signals;
}

const file = "kept.jsonl";

/** Notes a process in its lab's folder, so that `stopKept` finds it. */
export function noteKept(folder: string, pid: number, stopSignal: NodeJS.Signals): void {
  const kept: Kept = { pid, started: startOf(pid) ?? "", stopSignal };
  appendFileSync(path.join(folder, file), `${JSON.stringify(kept)}\n`);
}

/** Whether something runs still of what was noted in the folder. */
export function hasKept(folder: string): boolean {
  return keptIn(folder).some(isRunning);
}

/**
 * Ends what labs of this name left running, last started first, and removes their folders. What belongs to a lab whose
 * own process still runs stays. Returns the folders.
 */
export async function stopKept(name: string): Promise<string[]> {
  const folders = readdirSync(os.tmpdir())
    .filter((entry) => {
      const [, owner, lab] = /^pipeline-dataplane-(\d+)-(.+)-[^-]+$/.exec(entry) ?? [];
      return lab === name && !existsSync(`/proc/${owner ?? ""}`);
    })
    .map((entry) => path.join(os.tmpdir(), entry))
    .filter((folder) => existsSync(path.join(folder, file)));
  for (const folder of folders) {
    for (const kept of keptIn(folder).toReversed()) {
      await end(kept);
    }
    rmSync(folder, { recursive: true, force: true });
  }
  return folders;
}

/** Asks it to end, and ends it after 20 s if it has not. */
async function end(kept: Kept): Promise<void> {
  if (isRunning(kept)) {
    process.kill(kept.pid, kept.stopSignal);
  }
  for (let waited = 0; isRunning(kept); waited += 100) {
    if (waited === 20_000) {
      process.kill(kept.pid, "SIGKILL");
    }
    await sleep(100);
  }
}

function keptIn(folder: string): Kept[] {
  const noted = path.join(folder, file);
  const lines = existsSync(noted) ? readFileSync(noted, "utf8").trim().split("\n") : [];
  return lines.map((line) => JSON.parse(line) as Kept);
}

function isRunning({ pid, started }: Kept): boolean {
  return startOf(pid) === started;
}

/** When a process started, in the kernel's ticks; undefined when there is none, or only what is left of one. */
function startOf(pid: number): string | undefined {
  try {
    // The name, in brackets, may have any character in it.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
