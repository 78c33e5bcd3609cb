import { describeReport, type Event } from "../../../image/connect/reconcile/reconcile.ts";
import { declaring, mySql, postgres, startLab, stopLabs } from "./connectors.ts";

afterEach(stopLabs);

const running = { state: "RUNNING", tasks: [{ id: 0, state: "RUNNING", worker: "10.0.0.1:8083" }] };

describe("what is declared", () => {
  it("is created, and found unchanged the next time", async () => {
    const lab = await startLab();
    const declaration = declaring({ shop: { config: postgres }, mysql: { config: mySql } });

    const first = await lab.reconcile(declaration);
    expect(first).toMatchObject({ ok: true, connectors: { mysql: { action: "created", ...running }, shop: running } });
    expect(lab.writes()).toEqual(["PUT /connectors/shop/config", "PUT /connectors/mysql/config"]);
    expect(lab.cluster.state.connectors.shop?.config).toEqual({
      ...postgres,
      name: "shop",
      "reconcile.owner": "pipeline-test",
    });

    const second = await lab.reconcile(declaration);
    expect(second).toMatchObject({ ok: true, connectors: { mysql: { action: "unchanged", changes: [], ...running } } });
    expect(lab.writes()).toEqual([]);
  });

  it("is changed where it differs, key by key", async () => {
    const lab = await startLab();
    await lab.reconcile(declaring({ shop: { config: { ...postgres, "heartbeat.interval.ms": "1000" } } }));
    lab.writes();

    const config = { ...postgres, "database.hostname": "db2.example.org", "poll.interval.ms": "250" };
    const report = await lab.reconcile(declaring({ shop: { config } }));

    expect(report.connectors.shop).toMatchObject({
      action: "updated",
      changes: [
        { key: "database.hostname", from: "db.example.org", to: "db2.example.org" },
        { key: "heartbeat.interval.ms", from: "1000" },
        { key: "poll.interval.ms", to: "250" },
      ],
    });
    expect(lab.writes()).toEqual(["PUT /connectors/shop/config"]);
    expect(lab.cluster.state.connectors.shop?.config).not.toHaveProperty(["heartbeat.interval.ms"]);
  });

  it("neither compares nor sends back what the cluster hides", async () => {
    const lab = await startLab({ hides: (key) => key === "database.password" });
    await lab.reconcile(declaring({ shop: { config: postgres } }));
    expect((await lab.reconcile(declaring({ shop: { config: postgres } }))).connectors.shop?.action).toBe("unchanged");

    await lab.reconcile(declaring({ shop: { config: { ...postgres, "poll.interval.ms": "250" } } }));
    await lab.reconcile(declaring({}, { forget: true }));

    expect(JSON.stringify(lab.server.writes)).not.toContain("****");
  });

  it("is compared as strings, whatever a cluster answers", async () => {
    const lab = await startLab();
    await lab.reconcile(declaring({ shop: { config: { ...postgres, "tasks.max": "1", tombstones: "true" } } }));
    const stored = lab.cluster.state.connectors.shop;
    Object.assign(stored?.config ?? {}, { "tasks.max": 1, tombstones: true });

    const report = await lab.reconcile(
      declaring({ shop: { config: { ...postgres, "tasks.max": "1", tombstones: "true" } } }),
    );
    expect(report.connectors.shop?.changes).toEqual([]);
  });
});

describe("states", () => {
  it.each([
    ["paused", "PAUSED"],
    ["stopped", "STOPPED"],
  ] as const)("a new connector that shall be %s never runs", async (state, word) => {
    const lab = await startLab();
    const report = await lab.reconcile(declaring({ shop: { config: postgres, state } }));

    expect(report).toMatchObject({ ok: true, connectors: { shop: { action: "created", state: word, tasks: [] } } });
    expect(lab.server.writes.map(({ body }) => (body as { initial_state?: string }).initial_state)).toEqual([word]);
    expect(lab.cluster.state.offsets).toEqual({});
  });

  it("goes to what is declared and back, and to nothing else", async () => {
    const lab = await startLab();
    const states = ["running", "paused", "stopped", "paused", "running", "stopped", "running"] as const;
    const seen = [];
    for (const state of states) {
      const report = await lab.reconcile(declaring({ shop: { config: postgres, state } }));
      seen.push([report.ok, report.connectors.shop?.action, report.connectors.shop?.state]);
    }
    expect(seen).toEqual([
      [true, "created", "RUNNING"],
      [true, "paused", "PAUSED"],
      [true, "stopped", "STOPPED"],
      [true, "paused", "PAUSED"],
      [true, "resumed", "RUNNING"],
      [true, "stopped", "STOPPED"],
      [true, "resumed", "RUNNING"],
    ]);
  });

  it("a change meets a connector that shall be stopped only after it stopped", async () => {
    const lab = await startLab();
    await lab.reconcile(declaring({ shop: { config: postgres } }));
    lab.writes();

    const config = { ...postgres, "poll.interval.ms": "250" };
    const report = await lab.reconcile(declaring({ shop: { config, state: "stopped" } }));

    expect(lab.writes()).toEqual(["PUT /connectors/shop/stop", "PUT /connectors/shop/config"]);
    expect(report.connectors.shop).toMatchObject({ action: "updated", state: "STOPPED", tasks: [] });
  });

  it("a connector that somebody paused is resumed", async () => {
    const lab = await startLab();
    await lab.reconcile(declaring({ shop: { config: postgres } }));
    lab.cluster.answer("PUT", "/connectors/shop/pause");

    const report = await lab.reconcile(declaring({ shop: { config: postgres } }));
    expect(report).toMatchObject({ ok: true, connectors: { shop: { action: "resumed", ...running } } });
  });
});

describe("owners", () => {
  it("leaves other owners' connectors alone, and refuses to take their name, before anything is changed", async () => {
    const lab = await startLab();
    await lab.reconcile(declaring({ theirs: { config: postgres } }, { owner: "pipeline-other" }));
    lab.writes();

    const ours = declaring({ mysql: { config: mySql }, theirs: { config: postgres } });
    const report = await lab.reconcile(ours);
    expect(report).toMatchObject({
      ok: false,
      connectors: { theirs: { action: "refused" } },
      failure: {
        connector: "theirs",
        cause: "there is a connector of this name that belongs to pipeline-other; only that declaration may change it",
      },
    });
    expect(await lab.reconcile(ours, { adopt: true })).toMatchObject({ ok: false });
    expect(await lab.reconcile(declaring({}, { remove: ["theirs"] }))).toMatchObject({ ok: false });
    expect(lab.writes()).toEqual([]);

    expect(await lab.reconcile(declaring({ mysql: { config: mySql } }))).toMatchObject({ ok: true });
    expect(Object.keys(lab.cluster.state.connectors)).toEqual(["theirs", "mysql"]);
  });

  it("takes over a connector that nobody owns only when asked to", async () => {
    const lab = await startLab();
    lab.cluster.answer("PUT", "/connectors/shop/config", postgres);

    const refused = await lab.reconcile(declaring({ shop: { config: postgres } }));
    expect(refused.failure?.cause).toBe(
      "there is a connector of this name that was not made by reconcile; look at it, then run with --adopt to take it over",
    );
    expect(lab.writes()).toEqual([]);

    const adopted = await lab.reconcile(declaring({ shop: { config: postgres } }), { adopt: true });
    expect(adopted.connectors.shop).toMatchObject({
      action: "updated",
      changes: [{ key: "reconcile.owner", to: "pipeline-test" }],
    });
  });

  it("does not take away what nobody owns because it is not declared", async () => {
    const lab = await startLab();
    lab.cluster.answer("PUT", "/connectors/byHand/config", postgres);
    expect(await lab.reconcile(declaring({}), { adopt: true })).toMatchObject({ ok: true, connectors: {} });
    expect(Object.keys(lab.cluster.state.connectors)).toEqual(["byHand"]);
  });
});

describe("validation", () => {
  it("finds all that is wrong with all of them, and nothing is changed", async () => {
    const lab = await startLab();
    const report = await lab.reconcile(
      declaring({
        shop: { config: { ...postgres, "topic.prefix": "", "snapshot.mode": "schema_only", "tasks.max": "many" } },
        mysql: { config: { ...mySql, "database.server.id": "" } },
        fine: { config: mySql },
      }),
    );

    expect(report.failure).toEqual({
      connector: "shop",
      cause: [
        "topic.prefix: The 'topic.prefix' value is invalid: A value is required",
        "snapshot.mode: The 'snapshot.mode' value is invalid: Value must be one of always, initial, initial_only, no_data, when_needed, configuration_based, custom",
        "tasks.max: Invalid value many for configuration tasks.max: Not a number of type INT",
        "tasks.max: Invalid value null for configuration tasks.max: Value must be non-null",
      ].join("\n"),
    });
    expect(report.furtherFailures).toEqual([
      {
        connector: "mysql",
        cause: "database.server.id: The 'database.server.id' value is invalid: A value is required",
      },
    ]);
    expect(lab.writes()).toEqual([]);
    expect(report.connectors.fine).toMatchObject({ action: "created", done: false });
    expect(describeReport(report)).toContain("fine: not created\n");
  });

  it("names the plugins that are there when one is not", async () => {
    const lab = await startLab();
    const report = await lab.reconcile(declaring({ shop: { config: { "connector.class": "org.example.Nothing" } } }));
    expect(report.failure?.cause).toMatch(
      /^connector.class: the worker has no org.example.Nothing; it has io.debezium.connector.sqlserver.SqlServerConnector, /,
    );
    expect(lab.writes()).toEqual([]);
  });

  it("passes on what a database says", async () => {
    const lab = await startLab({ unreachable: () => 'FATAL: password authentication failed for user "cdc"' });
    const report = await lab.reconcile(declaring({ shop: { config: postgres } }));
    expect(report.failure).toEqual({
      connector: "shop",
      cause:
        'database.hostname: Error while validating connector config: FATAL: password authentication failed for user "cdc"',
    });
  });

  it("bears plugins that lose their errors, and plugins that break down", async () => {
    const lab = await startLab();
    const answers = [
      { status: 200, body: { name: "x", error_count: 2, configs: [{ value: null }, null, { value: { name: "a" } }] } },
      { status: 500, body: { error_code: 500, message: 'Cannot invoke "String.length()" because "value" is null' } },
    ];
    lab.server.intervene = ({ path }) => (path.endsWith("/validate") ? answers.shift() : undefined);

    const lost = await lab.reconcile(declaring({ mysql: { config: mySql } }));
    expect(lost.failure?.cause).toBe("connector.class: the plugin counts 2 errors and does not say which");
    const broken = await lab.reconcile(declaring({ mysql: { config: mySql } }));
    expect(broken.failure?.cause).toBe(
      'the plugin could not validate it (500: Cannot invoke "String.length()" because "value" is null)',
    );
  });

  it("is not asked again for what is there already", async () => {
    const lab = await startLab();
    await lab.reconcile(declaring({ shop: { config: postgres } }));
    const before = lab.server.requests.length;
    await lab.reconcile(declaring({ shop: { config: postgres } }));
    expect(lab.server.requests.slice(before).filter(({ path }) => path.endsWith("/validate"))).toEqual([]);
  });

  it("refused only by the PUT is reported without Connect's frame", async () => {
    const lab = await startLab();
    lab.server.intervene = ({ method, path }) =>
      method === "PUT" && path.endsWith("shop/config")
        ? {
            status: 400,
            body: {
              error_code: 400,
              message:
                "Connector configuration is invalid and contains the following 1 error(s):\nA slot is missing\nYou can also find the above list of errors at the endpoint `/connector-plugins/{connectorType}/config/validate`",
            },
          }
        : undefined;
    const report = await lab.reconcile(declaring({ shop: { config: postgres } }));
    expect(report.failure).toEqual({ connector: "shop", cause: "A slot is missing" });
  });
});

describe("dry run", () => {
  it("says what would be done, and changes nothing", async () => {
    const lab = await startLab();
    await lab.reconcile(declaring({ old: { config: mySql }, shop: { config: postgres } }));
    lab.cluster.answer("PUT", "/connectors/shop/pause");
    const before = structuredClone(lab.cluster.state);
    lab.writes();

    const changed = { ...postgres, "database.hostname": "db2.example.org", "database.password": "swordfish" };
    const report = await lab.reconcile(declaring({ mysql: { config: mySql }, shop: { config: changed } }), {
      dryRun: true,
    });

    expect(lab.writes()).toEqual([]);
    expect(lab.cluster.state).toEqual(before);
    expect(describeReport(report)).toBe(
      [
        "mysql: would be created",
        "  + connector.class: io.debezium.connector.mysql.MySqlConnector",
        "  + database.hostname: db.example.org",
        "  + database.password: ${file:/run/connect/secrets.properties:mysql.password}",
        "  + database.server.id: 5400",
        "  + database.user: cdc",
        "  + reconcile.owner: pipeline-test",
        "  + topic.prefix: mysql",
        "old: would be deleted (RUNNING, task 0 RUNNING on 10.0.0.1:8083)",
        "  ! its offsets are kept: a connector called old goes on where this one ended. To drop them, declare it, then take it away with forget",
        "shop: would be updated (PAUSED, task 0 PAUSED on 10.0.0.1:8083)",
        "  ~ database.hostname: db.example.org -> db2.example.org",
        "  ~ database.password: ${file:/run/connect/secrets.properties:shop.password} -> (secret)",
        "3 of 3 would change.",
      ].join("\n"),
    );
  });

  it("finds what a database objects to", async () => {
    const lab = await startLab({ unreachable: () => "Connection refused" });
    const report = await lab.reconcile(declaring({ shop: { config: postgres } }), { dryRun: true });
    expect(report).toMatchObject({ ok: false, dryRun: true, connectors: { shop: { done: false } } });
  });
});

describe("secrets", () => {
  it("are in no line, no report and no cause", async () => {
    const password = 'sword"fish;$1';
    const jaas = `org.example.Login required username="u" password="${password.replaceAll('"', '\\"')}";`;
    const config = {
      ...postgres,
      "database.password": password,
      "consumer.override.sasl.jaas.config": jaas,
      "some.url": `https://u:${encodeURIComponent(password)}@example.org`,
    };
    const lab = await startLab({
      fails: () => `org.example.LoginException: no login with ${password}\n\tat x`,
    });
    const events: Event[] = [];
    const onEvent = (event: Event) => void events.push(event);

    const report = await lab.reconcile(declaring({ shop: { config } }), { restarts: 1, onEvent });
    const dry = await lab.reconcile(declaring({ shop: { config: { ...config, "database.password": "other" } } }), {
      dryRun: true,
      onEvent,
    });

    expect(report.failure?.cause).toBe("LoginException: no login with (secret)");
    const all = [JSON.stringify([report, dry, events]), describeReport(report), describeReport(dry)].join("\n");
    expect(all).not.toContain("fish");
    expect(all).not.toContain("other");
    expect(dry.connectors.shop?.changes).toEqual([{ key: "database.password", from: "(secret)", to: "(secret)" }]);
    expect(describeReport(dry)).toContain("  ~ database.password: (secret) (changed)");
  });
});
