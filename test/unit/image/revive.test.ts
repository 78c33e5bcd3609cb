import { firstWait, longestWait, Reviver, type Statuses } from "../../../image/connect/revive/revive.ts";

const [own, other] = ["10.0.1.7:8083", "10.0.1.8:8083"];
const minute = 60_000;

/** A cluster of which one worker is looked after, a look every ten seconds. */
class Cluster {
  readonly posted: [seconds: number, path: string][] = [];
  readonly said: string[] = [];
  statuses: Statuses = {};
  refuses = false;
  #now = 0;
  readonly #reviver = new Reviver({
    worker: own,
    statuses: () => Promise.resolve(this.statuses),
    post: (path) => {
      this.posted.push([this.#now / 1000, path]);
      return this.refuses ? Promise.reject(new Error("409")) : Promise.resolve();
    },
    now: () => this.#now,
    say: (text) => this.said.push(text),
  });

  async pass(ms: number): Promise<void> {
    for (const end = this.#now + ms; this.#now < end; this.#now += 10_000) {
      await this.#reviver.look().catch(() => undefined);
    }
  }
}

const trace = "org.apache.kafka.connect.errors.ConnectException: Tolerance exceeded\nCaused by: a.b.C: registry away";
const task = (state: string, worker_id = own, id = 0) => ({ id, state, worker_id, trace });
const connector = (state: string, ...tasks: ReturnType<typeof task>[]) => ({
  status: { connector: { state, worker_id: own, trace }, tasks },
});

test("a failed task is restarted after half a minute, then after ever longer waits, without end", async () => {
  const cluster = new Cluster();
  cluster.statuses = { "a b": connector("RUNNING", task("RUNNING"), task("FAILED", own, 1)) };
  await cluster.pass(60 * minute);

  expect(cluster.posted.map(([seconds]) => seconds)).toEqual([30, 90, 210, 450, 930, 1530, 2130, 2730, 3330]);
  expect(new Set(cluster.posted.map(([, path]) => path))).toEqual(new Set(["/connectors/a%20b/tasks/1/restart"]));
  expect(cluster.said[0]).toBe("a b, task 1 has failed: C: registry away. Restart 1.");
  expect(longestWait).toBe(10 * minute);
});

test("a failed connector too, and what runs, is paused, or failed on another worker is let be", async () => {
  const cluster = new Cluster();
  cluster.statuses = {
    failed: connector("FAILED"),
    running: connector("RUNNING", task("RUNNING")),
    paused: connector("PAUSED", task("PAUSED")),
    elsewhere: connector("RUNNING", task("FAILED", other)),
  };
  await cluster.pass(minute);

  expect(cluster.posted.map(([, path]) => path)).toEqual(["/connectors/failed/restart"]);
});

test("what fails again soon waits on; what ran for ten minutes begins anew", async () => {
  const cluster = new Cluster();
  const [failed, running] = [
    { pg: connector("RUNNING", task("FAILED")) },
    { pg: connector("RUNNING", task("RUNNING")) },
  ];
  cluster.statuses = failed;
  await cluster.pass(firstWait + 10_000);
  cluster.statuses = running;
  await cluster.pass(20_000);
  cluster.statuses = failed;
  await cluster.pass(40_000);
  expect(cluster.posted.map(([seconds]) => seconds)).toEqual([30, 90]);

  cluster.statuses = running;
  await cluster.pass(11 * minute);
  cluster.statuses = failed;
  await cluster.pass(firstWait + 10_000);
  expect(cluster.posted.map(([seconds]) => seconds)).toEqual([30, 90, 790]);
});

test("a restart that is refused, as while the group rebalances, is tried again", async () => {
  const cluster = new Cluster();
  cluster.statuses = { pg: connector("RUNNING", task("FAILED")) };
  cluster.refuses = true;
  await cluster.pass(2 * minute);

  expect(cluster.posted.length).toBe(2);
});
