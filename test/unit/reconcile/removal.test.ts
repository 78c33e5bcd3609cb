import { declaring, mySql, postgres, startLab, stopLabs } from "./connectors.ts";

afterEach(stopLabs);

const both = declaring({ shop: { config: postgres }, mysql: { config: mySql } });

it("what is not declared any more goes, and what it leaves is said", async () => {
  const lab = await startLab();
  await lab.reconcile(both);
  lab.writes();

  const report = await lab.reconcile(declaring({}));
  expect(report).toEqual({
    ok: true,
    dryRun: false,
    connectors: {
      mysql: expect.objectContaining({ action: "deleted", state: "ABSENT", tasks: [], changes: [] }) as unknown,
      shop: {
        action: "deleted",
        done: true,
        changes: [],
        state: "ABSENT",
        tasks: [],
        restarts: 0,
        notes: [
          "its offsets are kept: a connector called shop goes on where this one ended. To drop them, declare it, then take it away with forget",
          "its replication slot is kept, and the database keeps its log for it. To drop it there: SELECT pg_drop_replication_slot('shop_slot');",
        ],
      },
    },
  });
  expect(lab.writes()).toEqual(["DELETE /connectors/mysql", "DELETE /connectors/shop"]);
  expect(Object.keys(lab.cluster.state.offsets).sort()).toEqual(["mysql", "shop"]);
  expect(lab.cluster.state.slots).toEqual(["shop_slot"]);
});

it("with forget, offsets and slot go too", async () => {
  const lab = await startLab();
  await lab.reconcile(both);
  lab.writes();

  const report = await lab.reconcile(declaring({ mysql: { config: mySql } }, { forget: true }));
  expect(report).toMatchObject({ ok: true, connectors: { shop: { action: "deleted", notes: [] } } });
  expect(lab.writes()).toEqual([
    "PATCH /connectors/shop/config",
    "PUT /connectors/shop/resume",
    "PUT /connectors/shop/stop",
    "DELETE /connectors/shop/offsets",
    "DELETE /connectors/shop",
  ]);
  // Without a snapshot: it only runs to drop its slot.
  expect(lab.server.writes.find(({ method }) => method === "PATCH")?.body).toEqual({
    "slot.drop.on.stop": "true",
    "snapshot.mode": "no_data",
  });
  expect(Object.keys(lab.cluster.state.offsets)).toEqual(["mysql"]);
  expect(lab.cluster.state.slots).toEqual([]);
});

it("a connector that says so itself takes its offsets with it, though the others' are kept", async () => {
  const lab = await startLab();
  const sink = { ...mySql, "reconcile.forget": "true" };
  await lab.reconcile(declaring({ shop: { config: mySql }, "sink-snowflake": { config: sink } }));
  lab.writes();

  const report = await lab.reconcile(declaring({}));
  expect(report).toMatchObject({ ok: true, connectors: { "sink-snowflake": { action: "deleted", notes: [] } } });
  expect(lab.writes()).toEqual([
    "DELETE /connectors/shop",
    "PUT /connectors/sink-snowflake/stop",
    "DELETE /connectors/sink-snowflake/offsets",
    "DELETE /connectors/sink-snowflake",
  ]);
  expect(Object.keys(lab.cluster.state.offsets)).toEqual(["shop"]);
});

it.each(["pause", "stop"])("with forget, also of one that somebody has asked to %s", async (how) => {
  const lab = await startLab();
  await lab.reconcile(both);
  lab.cluster.answer("PUT", `/connectors/shop/${how}`);
  await lab.reconcile(declaring({}, { forget: true }));
  expect(lab.cluster.state).toEqual({ connectors: {}, offsets: {}, slots: [] });
});

it("goes though its database is not there any more, and says that the slot may be left", async () => {
  const database = { isThere: true };
  const reason = "Connection to db.example.org:5432 refused.";
  const lab = await startLab({ unreachable: () => (database.isThere ? undefined : reason) });
  await lab.reconcile(both);
  database.isThere = false;

  const report = await lab.reconcile(declaring({}, { forget: true }));
  expect(report).toMatchObject({ ok: true, connectors: { mysql: { notes: [] } } });
  expect(report.connectors.shop?.notes).toEqual([
    "its replication slot could not be dropped (Error while validating connector config: Connection to db.example.org:5432 refused.). " +
      "If the database is still there: SELECT pg_drop_replication_slot('shop_slot');",
  ]);
  expect(lab.cluster.state).toMatchObject({ connectors: {}, offsets: {}, slots: ["shop_slot"] });
});

it("says it when the connector fails where it should drop its slot", async () => {
  const lab = await startLab({
    fails: (_name, config) =>
      config["slot.drop.on.stop"] === "true" ? "org.example.Error: out of connections\n\tat x" : undefined,
  });
  await lab.reconcile(both);
  const report = await lab.reconcile(declaring({}, { forget: true }));
  expect(report.ok).toBe(true);
  expect(report.connectors.shop?.notes[0]).toMatch(/^its replication slot could not be dropped \(Error: out of connec/);
});

it("only what is named goes where undeclared connectors are kept", async () => {
  const lab = await startLab();
  await lab.reconcile(both);
  const one = declaring({}, { undeclared: "keep", remove: ["mysql", "never"] });

  const report = await lab.reconcile(one);
  expect(report).toMatchObject({
    ok: true,
    connectors: { mysql: { action: "deleted" }, never: { action: "absent", state: "ABSENT" } },
  });
  expect(Object.keys(lab.cluster.state.connectors)).toEqual(["shop"]);
  expect(await lab.reconcile(one)).toMatchObject({ ok: true, connectors: { mysql: { action: "absent" } } });
});

it("one that goes meanwhile has gone", async () => {
  const lab = await startLab();
  await lab.reconcile(both);
  lab.server.intervene = ({ method, path }) => {
    if (method === "DELETE" && path === "/connectors/mysql") {
      lab.cluster.answer("DELETE", path);
    }
    return undefined;
  };
  expect(await lab.reconcile(declaring({}))).toMatchObject({ ok: true, connectors: { mysql: { action: "deleted" } } });
});

it("what goes makes way for what comes", async () => {
  const lab = await startLab();
  await lab.reconcile(declaring({ old: { config: postgres } }));
  lab.writes();
  await lab.reconcile(declaring({ shop: { config: postgres } }));
  expect(lab.writes()).toEqual(["DELETE /connectors/old", "PUT /connectors/shop/config"]);
});

it("goes though its offsets can't be deleted, and says so", async () => {
  const lab = await startLab();
  await lab.reconcile(both);
  lab.server.intervene = ({ method, path }) =>
    method === "DELETE" && path.endsWith("/offsets")
      ? { status: 500, body: { error_code: 500, message: "Missing required configuration" } }
      : undefined;
  const report = await lab.reconcile(declaring({ shop: { config: postgres } }, { forget: true }));
  expect(report).toMatchObject({ ok: true, connectors: { mysql: { action: "deleted" } } });
  expect(report.connectors.mysql?.notes).toEqual([
    "its offsets could not be deleted (Missing required configuration): a connector called mysql would go on where this one ended",
  ]);
});

it("waits until a worker that crashed is missed: a sink's offsets stay as long as its group has members", async () => {
  const lab = await startLab();
  await lab.reconcile(both);
  lab.writes();
  let refusals = 0;
  lab.server.intervene = ({ method, path }) =>
    method === "DELETE" && path === "/connectors/mysql/offsets" && refusals++ < 3
      ? {
          status: 500,
          body: {
            error_code: 500,
            message:
              "Failed to reset consumer group offsets for connector mysql either because its tasks haven't stopped completely yet or " +
              "the connector was resumed before the request to reset its offsets could be successfully completed. If the " +
              "connector is in a stopped state, this operation can be safely retried.",
          },
        }
      : undefined;
  const report = await lab.reconcile(declaring({ shop: { config: postgres } }, { forget: true }));
  expect(report).toMatchObject({ ok: true, connectors: { mysql: { action: "deleted", notes: [] } } });
  expect(lab.writes().filter((write) => write.endsWith("/offsets"))).toHaveLength(4);
  expect(Object.keys(lab.cluster.state.offsets)).toEqual(["shop"]);
});

it("names the connector that could not be taken away, or not in time", async () => {
  const lab = await startLab();
  await lab.reconcile(both);
  const answer = { status: 500, body: { error_code: 500, message: "It fell over" } };
  lab.server.intervene = ({ method, path }) => (method === "DELETE" && path.endsWith("/mysql") ? answer : undefined);
  expect((await lab.reconcile(declaring({}))).failure).toEqual({
    connector: "mysql",
    cause: "DELETE /connectors/mysql was answered with 500: It fell over",
  });
  answer.status = 409;
  const { failure } = await lab.reconcile(declaring({}), { deadlineMs: 2_000 });
  expect(failure?.connector).toBe("mysql");
  expect(failure?.cause).toMatch(/^after 2 s: DELETE \/connectors\/mysql /);
});
