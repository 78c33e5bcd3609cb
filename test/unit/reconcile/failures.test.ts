import { describeReport, reconcile, type Report } from "../../../image/connect/reconcile/reconcile.ts";
import type { Request } from "../../../sandbox/cloud/connect/server.ts";
import { declaring, mySql, postgres, startLab, stopLabs } from "./connectors.ts";

afterEach(stopLabs);

const trace = [
  "org.apache.kafka.connect.errors.ConnectException: Tolerance exceeded in error handler",
  "\tat org.apache.kafka.connect.runtime.errors.RetryWithToleranceOperator.execAndHandleError(Retry.java:260)",
  "Caused by: org.apache.kafka.connect.errors.DataException: Unknown field: id",
  "\tat org.apache.kafka.connect.transforms.ExtractField.apply(ExtractField.java:86)",
  "\t... 14 more",
].join("\n");

/** The connectors that the report blames, in its order. */
const failed = ({ failure, furtherFailures = [] }: Report) =>
  [failure, ...furtherFailures].map((one) => one?.connector);

describe("failed tasks", () => {
  it("are restarted, and all is well when that helps", async () => {
    const lab = await startLab({ fails: (_name, _config, start) => (start <= 2 ? trace : undefined) });
    const report = await lab.reconcile(declaring({ shop: { config: postgres } }));

    expect(report).toMatchObject({ ok: true, connectors: { shop: { state: "RUNNING", restarts: 2 } } });
    const restart = "POST /connectors/shop/restart?includeTasks=true&onlyFailed=true";
    expect(lab.writes()).toEqual(["PUT /connectors/shop/config", restart, restart]);
    expect(describeReport(report)).toContain("failed tasks restarted 2 times");
  });

  it("end the run with connector, task, worker and cause when it does not", async () => {
    const lab = await startLab({ fails: (name) => (name === "shop" ? trace : undefined) });
    const report = await lab.reconcile(declaring({ shop: { config: postgres }, mysql: { config: mySql } }), {
      restarts: 2,
    });

    expect(report.failure).toEqual({
      connector: "shop",
      task: 0,
      worker: "10.0.0.1:8083",
      cause: "DataException: Unknown field: id",
    });
    expect(report.ok).toBe(false);
    expect(lab.writes().filter((write) => write.includes("restart"))).toHaveLength(2);
    expect(describeReport(report)).toMatch(
      /\nFailed: shop, task 0 on 10.0.0.1:8083: DataException: Unknown field: id$/,
    );
  });

  it("count even where the connector runs: no task at all is not running", async () => {
    const none = { class: "org.example.Idle", type: "source", version: "1", required: [], tasks: () => 0 } as const;
    const lab = await startLab({ plugins: [none] });
    const report = await lab.reconcile(declaring({ idle: { config: { "connector.class": none.class } } }), {
      deadlineMs: 1_000,
    });
    expect(report.failure).toEqual({
      connector: "idle",
      worker: "10.0.0.1:8083",
      cause: "after 1 s it is not running but RUNNING, no task yet",
    });
  });

  it("fail the run though they fail only after a while", async () => {
    const lab = await startLab();
    let looks = 0;
    lab.server.intervene = () => {
      const task = lab.cluster.state.connectors.shop?.tasks[0];
      if (task?.state === "RUNNING" && ++looks === 3) {
        Object.assign(task, { state: "FAILED", trace });
      }
      return undefined;
    };
    const report = await lab.reconcile(declaring({ shop: { config: postgres } }), { stableMs: 400, restarts: 0 });
    expect(report).toMatchObject({ ok: false, failure: { connector: "shop", task: 0 } });
  });

  it("and connectors that fail before they have tasks", async () => {
    const cause = "org.apache.kafka.common.config.ConfigException: Missing required configuration";
    const lab = await startLab({ failsAtOnce: () => cause });
    expect((await lab.reconcile(declaring({ shop: { config: postgres } }), { restarts: 1 })).failure).toEqual({
      connector: "shop",
      worker: "10.0.0.1:8083",
      cause: "ConfigException: Missing required configuration",
    });
    // It never gets to STOPPED, and its offsets can't be asked for.
    const gone = await lab.reconcile(declaring({}, { forget: true }));
    expect(gone).toMatchObject({ ok: true, connectors: { shop: { action: "deleted", done: true } } });
    expect(gone.connectors.shop?.notes).toHaveLength(2);
  });

  it("that show from before a change are not held against it", async () => {
    const lab = await startLab({ fails: (_name, config) => (config.transforms === undefined ? undefined : trace) });
    const config = { ...postgres, transforms: "key", "transforms.key.type": "org.example.Key" };
    expect(await lab.reconcile(declaring({ shop: { config } }), { restarts: 0 })).toMatchObject({ ok: false });

    const failed: unknown = lab.cluster.answer("GET", "/connectors?expand=info&expand=status").body;
    let stale = 2;
    lab.server.intervene = ({ path }) =>
      path.includes("expand") && lab.server.writes.length > 1 && stale-- > 0
        ? { status: 200, body: failed }
        : undefined;
    const report = await lab.reconcile(declaring({ shop: { config: postgres } }), { restarts: 0, stableMs: 400 });
    expect(report).toMatchObject({ ok: true, connectors: { shop: { action: "updated", done: true, restarts: 0 } } });
  });

  it("are all reported that failed", async () => {
    const lab = await startLab({ fails: () => trace, startMs: 0 });
    const report = await lab.reconcile(declaring({ shop: { config: postgres }, mysql: { config: mySql } }), {
      restarts: 0,
    });
    expect(failed(report)).toEqual(["shop", "mysql"]);
  });

  describe("of one connector end the run", () => {
    const both = declaring({ mysql: { config: mySql }, shop: { config: postgres } });

    it("and those of another are told, though it could still be restarted", async () => {
      const lab = await startLab({ fails: (name) => (name === "shop" ? trace : undefined) });
      // Once shop had its last restart, every look finds both failed.
      lab.server.intervene = ({ path }) => {
        if (
          path.includes("expand") &&
          lab.server.writes.filter((one) => one.path.includes("shop/restart")).length === 2
        ) {
          const tasks = Object.values(lab.cluster.state.connectors).flatMap((connector) => connector.tasks);
          tasks.forEach((task) => Object.assign(task, { state: "FAILED", trace }));
        }
        return undefined;
      };
      expect(failed(await lab.reconcile(both, { restarts: 2 })).sort()).toEqual(["mysql", "shop"]);
    });

    it("and another that a restart has mended is not blamed", async () => {
      const lab = await startLab({
        fails: (name, _config, start) => (name === "shop" || start === 1 ? trace : undefined),
      });
      const report = await lab.reconcile(both, { restarts: 3 });
      expect(failed(report)).toEqual(["shop"]);
      expect(report.connectors.mysql).toMatchObject({ restarts: 1, state: "RUNNING" });
    });
  });
});

describe("what passes by itself", () => {
  const passing = [
    [
      409,
      "Cannot complete request momentarily due to stale configuration (typically caused by a concurrent config change)",
    ],
    [409, "Cannot complete request because of a conflicting operation (e.g. worker rebalance)"],
    [500, "Request cannot be completed because a rebalance is expected"],
    [500, "IO Error trying to forward REST request: java.net.ConnectException: Connection refused"],
    [
      500,
      "Request timed out. The worker is currently ensuring membership in the cluster, which began at 2026-11-25T20:00:00Z",
    ],
    [503, "Worker is still starting up."],
  ] as const;

  it.each(passing)("%i %s", async (status, message) => {
    const lab = await startLab();
    const seen = new Map<string, number>();
    // Each request, the writing ones as well, gets this twice before its answer.
    lab.server.intervene = ({ method, path }) => {
      const times = (seen.get(`${method} ${path}`) ?? 0) + 1;
      seen.set(`${method} ${path}`, times);
      return times <= 2 ? { status, body: { error_code: status, message } } : undefined;
    };
    const config = { ...mySql, "poll.interval.ms": "1" };
    expect(await lab.reconcile(declaring({ mysql: { config: mySql } }))).toMatchObject({ ok: true });
    expect(await lab.reconcile(declaring({ mysql: { config, state: "paused" } }))).toMatchObject({ ok: true });
    expect(await lab.reconcile(declaring({}, { forget: true }))).toMatchObject({ ok: true });
    expect(lab.cluster.state).toMatchObject({ connectors: {}, offsets: {} });
  });

  it.each(["reset", "lost"] as const)("a connection that is %s", async (how) => {
    const lab = await startLab();
    const seen = new Set<string>();
    lab.server.intervene = ({ method, path }) => {
      const isFirst = !seen.has(`${method} ${path}`);
      seen.add(`${method} ${path}`);
      return isFirst && !path.startsWith("/health") ? how : undefined;
    };
    const created = await lab.reconcile(declaring({ mysql: { config: mySql } }));
    expect(created).toMatchObject({ ok: true, connectors: { mysql: { action: "created" } } });
    expect(created.connectors.mysql?.changes).toHaveLength(7);

    const stopped = await lab.reconcile(declaring({ late: { config: postgres, state: "stopped" } }, { forget: true }));
    expect(stopped).toMatchObject({
      ok: true,
      connectors: { late: { action: "created", state: "STOPPED" }, mysql: { action: "deleted" } },
    });
  });

  it("an answer that does not come", async () => {
    const lab = await startLab();
    let hangs = 1;
    lab.server.intervene = ({ method }) => (method === "PUT" && hangs-- > 0 ? "hang" : undefined);
    const report = await lab.reconcile(declaring({ mysql: { config: mySql } }), { requestMs: 200 });
    expect(report).toMatchObject({ ok: true, connectors: { mysql: { action: "created" } } });
  });

  it("a rebalance, and a start of all workers", async () => {
    const lab = await startLab();
    await lab.reconcile(declaring({ mysql: { config: mySql } }));
    lab.cluster.restart(300);
    const report = await lab.reconcile(declaring({ mysql: { config: { ...mySql, "poll.interval.ms": "1" } } }));
    expect(report).toMatchObject({ ok: true, connectors: { mysql: { action: "updated", state: "RUNNING" } } });

    setTimeout(() => lab.cluster.rebalance(200), 30);
    expect(await lab.reconcile(declaring({ mysql: { config: mySql } }), { stableMs: 200 })).toMatchObject({ ok: true });
  });
});

describe("what does not pass", () => {
  it.each([
    [400, "Nothing like that"],
    [401, "User cannot access the resource."],
    [500, "Cannot invoke a method because it is null"],
    [
      500,
      "Request timed out. The worker is currently performing multi-property validation for the connector, which began at 2026-11-25T20:00:00Z",
    ],
  ])("%i %s is asked for once", async (status, message) => {
    const lab = await startLab();
    let asked = 0;
    lab.server.intervene = ({ method, path }) =>
      method === "PUT" && path.endsWith("mysql/config") && ++asked > 0
        ? { status, body: { error_code: status, message } }
        : undefined;
    const report = await lab.reconcile(declaring({ mysql: { config: mySql } }));
    expect(asked).toBe(1);
    expect(report.failure).toMatchObject({ connector: "mysql" });
    expect(report.failure?.cause).toContain(message);
  });
});

describe("the deadline", () => {
  it("passes where nothing listens: the address, and the last reason", async () => {
    const lab = await startLab();
    const { url } = lab.server;
    await lab.server.close();
    const report = await reconcile(declaring({}), { url, deadlineMs: 1_000, backOffMs: 10 });
    expect(report).toEqual({
      ok: false,
      dryRun: false,
      connectors: {},
      failure: {
        cause: `Kafka Connect at ${url} was not ready after 1 s: connect ECONNREFUSED ${url.replace("http://", "")}`,
      },
    });
  });

  it("passes where no leader comes", async () => {
    const lab = await startLab();
    const message =
      "Cannot complete request momentarily due to no known leader URL, likely because a rebalance was underway.";
    lab.server.intervene = ({ path }) =>
      path === "/connectors" ? { status: 409, body: { error_code: 409, message } } : undefined;
    const report = await lab.reconcile(declaring({ mysql: { config: mySql } }), { deadlineMs: 500 });
    expect(report.failure?.cause).toBe(
      `Kafka Connect at ${lab.server.url} was not ready after 1 s: GET /connectors was answered with 409: ${message}`,
    );
    expect(lab.writes()).toEqual([]);
  });

  it("passes where an answer does not come", async () => {
    const lab = await startLab();
    lab.server.intervene = () => "hang";
    const report = await lab.reconcile(declaring({}), { deadlineMs: 1_000 });
    expect(report.failure?.cause).toBe(
      `Kafka Connect at ${lab.server.url} was not ready after 1 s: GET /health got no answer`,
    );
  });

  it("passes where the worker went silent", async () => {
    const lab = await startLab({ startMs: 60_000 });
    lab.server.intervene = ({ path }) => (lab.server.writes.length > 0 && path.includes("expand") ? "hang" : undefined);
    const report = await lab.reconcile(declaring({ mysql: { config: mySql } }), { deadlineMs: 2_500 });
    expect(report.failure).toEqual({
      connector: "mysql",
      cause:
        "after 3 s it is not running but ABSENT; the last word: GET /connectors?expand=info&expand=status got no answer",
    });
  });

  it("passes where a task does not start", async () => {
    const lab = await startLab({ startMs: 60_000 });
    const report = await lab.reconcile(declaring({ mysql: { config: mySql } }), { deadlineMs: 1_000 });
    expect(report.failure).toEqual({
      connector: "mysql",
      worker: "10.0.0.1:8083",
      cause: "after 1 s it is not running but RUNNING, task 0 UNASSIGNED",
    });
  });
});

it("ends when it is interrupted, and says so", async () => {
  const lab = await startLab({ startMs: 60_000 });
  const report = await lab.reconcile(declaring({ mysql: { config: mySql } }), { signal: AbortSignal.timeout(150) });
  expect(report.failure).toEqual({ cause: "it was interrupted; run it again, it goes on from what is there" });

  lab.server.intervene = () => "hang";
  const hanging = await lab.reconcile(declaring({}), { signal: AbortSignal.timeout(50) });
  expect(hanging.failure).toEqual(report.failure);
});

describe("two at once", () => {
  const declaration = declaring({ shop: { config: postgres }, mysql: { config: mySql, state: "paused" } });
  /** Each request takes a moment, and some moments are bad, so that the runs cross. */
  const jostling = () => {
    let count = 0;
    return ({ method }: Request) =>
      method !== "GET" && ++count % 3 === 0
        ? {
            status: 409,
            body: { error_code: 409, message: "Cannot complete request because of a conflicting operation" },
          }
        : undefined;
  };

  it("with one declaration both end well", async () => {
    const lab = await startLab();
    lab.server.intervene = jostling();
    const reports = await Promise.all([lab.reconcile(declaration), lab.reconcile(declaration)]);
    expect(reports.map(({ ok, failure }) => ({ ok, failure }))).toEqual([{ ok: true }, { ok: true }]);
    expect(Object.keys(lab.cluster.state.connectors).sort()).toEqual(["mysql", "shop"]);
  });

  it("both take away, and both end well", async () => {
    const lab = await startLab();
    await lab.reconcile(declaration);
    lab.server.intervene = jostling();
    const gone = declaring({}, { forget: true });
    const reports = await Promise.all([lab.reconcile(gone), lab.reconcile(gone)]);
    expect(reports.map(({ ok, failure }) => ({ ok, failure }))).toEqual([{ ok: true }, { ok: true }]);
    expect(lab.cluster.state).toMatchObject({ connectors: {}, offsets: {}, slots: [] });
  });

  it("one that somebody makes first is found, not made a second time", async () => {
    const lab = await startLab();
    let isMade = false;
    lab.server.intervene = ({ method, path, body }) => {
      if (method === "POST" && path === "/connectors" && !isMade) {
        isMade = true;
        lab.cluster.answer("POST", path, body);
      }
      return undefined;
    };
    const report = await lab.reconcile(declaring({ mysql: { config: mySql, state: "stopped" } }));
    expect(report).toMatchObject({ ok: true, connectors: { mysql: { state: "STOPPED" } } });
    expect(lab.writes()).toEqual(["POST /connectors"]);
  });

  it("one that somebody takes away between two requests is made again", async () => {
    const lab = await startLab();
    await lab.reconcile(declaring({ mysql: { config: mySql, state: "paused" } }));
    let isThere = true;
    lab.server.intervene = ({ path }) => {
      if (isThere && path.endsWith("/resume")) {
        isThere = false;
        lab.cluster.answer("DELETE", "/connectors/mysql");
      }
      return undefined;
    };
    const report = await lab.reconcile(declaring({ mysql: { config: mySql } }));
    expect(report).toMatchObject({ ok: true, connectors: { mysql: { action: "created", state: "RUNNING" } } });
  });

  it("with two declarations, the one that lost says so", async () => {
    const lab = await startLab();
    let looks = 0;
    lab.server.intervene = () => {
      const connector = lab.cluster.state.connectors.mysql;
      if (connector?.tasks[0]?.state === "RUNNING" && ++looks === 2) {
        lab.cluster.answer("PUT", "/connectors/mysql/config", { ...connector.config, "poll.interval.ms": "1" });
      }
      return undefined;
    };
    const report = await lab.reconcile(declaring({ mysql: { config: mySql } }), { stableMs: 400 });
    expect(report.failure).toEqual({
      connector: "mysql",
      cause: "somebody else changed it at the same time: poll.interval.ms",
    });
  });
});
