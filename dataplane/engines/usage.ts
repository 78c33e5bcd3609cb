import { readdirSync, readFileSync } from "node:fs";

/** What a process and all that it started use. */
export interface Usage {
  /** MiB in memory, pages that several share counted by their part. */
  readonly memory: number;
  /** Seconds of a processor that they have used, without those of children that have ended. */
  readonly cpu: number;
}

/** The kernel's ticks a second, on every Linux that Node runs on. */
const ticks = 100;

/** Usage of a process with its descendants; nothing when it has ended. */
export function usageOf(pid: number): Usage {
  const children = childrenByParent();
  const tree = (parent: number): number[] => [parent, ...(children.get(parent) ?? []).flatMap(tree)];
  const all = tree(pid).map((one) => ({ memory: memoryOf(one), cpu: cpuOf(one) }));
  return {
    memory: all.reduce((sum, { memory }) => sum + memory, 0),
    cpu: all.reduce((sum, { cpu }) => sum + cpu, 0),
  };
}

/** Usage of this process alone. */
export function ownUsage(): Usage {
  return { memory: memoryOf(process.pid), cpu: cpuOf(process.pid) };
}

function childrenByParent(): Map<number, number[]> {
  const pids = readdirSync("/proc").filter((entry) => /^\d+$/.test(entry));
  const children = new Map<number, number[]>();
  for (const pid of pids) {
    const parent = Number(statOf(Number(pid))[1] ?? 0);
    children.set(parent, [...(children.get(parent) ?? []), Number(pid)]);
  }
  return children;
}

function memoryOf(pid: number): number {
  const [, kibibytes = "0"] = /^Pss:\s+(\d+) kB$/m.exec(read(pid, "smaps_rollup")) ?? [];
  return Number(kibibytes) / 1024;
}

function cpuOf(pid: number): number {
  const stat = statOf(pid);
  return (Number(stat[11] ?? 0) + Number(stat[12] ?? 0)) / ticks;
}

/** Fields from the state on: the name before it, in brackets, may have any character in it. */
function statOf(pid: number): string[] {
  return read(pid, "stat")
    .replace(/^.*\) /s, "")
    .split(" ");
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
