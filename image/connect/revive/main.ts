import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Reviver, type Statuses } from "./revive.ts";

/**
 * What runs beside the worker: `node revive.js /etc/connect/worker.properties PID`. It ends when the process PID, its
 * parent, does: given, since a worker that ends at once may be gone before we could ask who started us.
 */
const [, , file = "", parent = ""] = process.argv;
const endWithParent = (): void => {
  if (process.ppid !== Number(parent)) {
    process.exit();
  }
};
endWithParent();
setInterval(endWithParent, 500);

const port = /^listeners\s*=.*:(\d+)\s*$/m.exec(readFileSync(file, "utf8"))?.[1] ?? "8083";
const worker = `${process.env.CONNECT_HOST ?? "localhost"}:${port}`;
const everyMs = 10_000;

async function request(path: string, method: "GET" | "POST"): Promise<Response> {
  const response = await fetch(`http://${worker}${path}`, { method, signal: AbortSignal.timeout(everyMs) });
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${response.status}`);
  }
  return response;
}

const reviver = new Reviver({
  worker,
  statuses: async () => (await (await request("/connectors?expand=status", "GET")).json()) as Statuses,
  post: async (path) => {
    await request(path, "POST");
  },
  now: () => performance.now(),
  say: (text) => console.log(`${new Date().toISOString()} WARN ${text} (revive)`),
});

async function run(): Promise<void> {
  for (;;) {
    await sleep(everyMs);
    // A worker that starts, or a group that rebalances, has no answer now; the next look gets one.
    await reviver.look().catch(() => undefined);
  }
}

void run();
