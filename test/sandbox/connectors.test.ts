import { ending, stepsOf, TestStack, type Change } from "./harness.ts";

const image = `registry.example.com/connect@sha256:${"0123456789abcdef".repeat(4)}`;
const onHost: Change = {
  config: { connect: { placement: "onPremises", image, url: "http://connect.lan.invalid:8083" } },
};
const trace = `org.apache.kafka.connect.errors.ConnectException: An exception occurred in the change event producer. This connector will be stopped.
\tat io.debezium.pipeline.ErrorHandler.setProducerThrowable(ErrorHandler.java:74)
Caused by: com.microsoft.sqlserver.jdbc.SQLServerException: Login failed for user 'cdc_reader'.
\tat com.microsoft.sqlserver.jdbc.SQLServerException.makeFromDatabaseError(SQLServerException.java:270)`;

/** What the workers run, by the cluster itself. */
const connectorsIn = ({ cloud }: TestStack) =>
  Object.fromEntries(
    cloud
      .all("connect:connector")
      .map(({ id, properties }) => [id, properties.config as Readonly<Record<string, string>>]),
  );

async function request(stack: TestStack, method: string, path: string, body?: unknown): Promise<Response> {
  const { CONNECT_URL = "" } = await stack.provider.environment();
  return fetch(CONNECT_URL + path, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

describe("connectors on workers that pulumi reaches over REST", () => {
  const stack = new TestStack();
  afterAll(() => stack.close());
  const with4096: Change = { config: { ...onHost.config, "mssql.settings": { "max.batch.size": "4096" } } };

  it("are made, and run what is declared", async () => {
    await stack.declare(onHost);
    const preview = await ending(0, stack.engine.preview(["--diff"]));
    expect(preview.output).toMatch(/table\.include\.list *: ".*ORDERS/);
    await ending(0, stack.engine.up());
    expect(Object.keys(connectorsIn(stack)).sort()).toEqual(["mssql", "mysql", "sink-snowflake"]);
    expect(connectorsIn(stack).mssql).toMatchObject({
      "connector.class": "io.debezium.connector.sqlserver.SqlServerConnector",
      "reconcile.owner": "pipeline-local",
    });
    await ending(0, stack.engine.preview(["--expect-no-changes"]));
  });

  it("show a change of one setting as that, and take it over in place", async () => {
    await stack.declare(with4096);
    const preview = await ending(0, stack.engine.preview(["--diff"]));
    expect(stepsOf(preview)).toEqual(["update Bundle connect-bundle-files", "update Connector connectors-mssql"]);
    expect(preview.output).toMatch(/\+ max\.batch\.size *: "4096"/);
    await ending(0, stack.engine.up());
    expect(connectorsIn(stack).mssql).toMatchObject({ "max.batch.size": "4096" });
  });

  it("that somebody changed or deleted by hand are put back", async () => {
    const { mysql = {} } = connectorsIn(stack);
    await request(stack, "PUT", "/connectors/mysql/config", { ...mysql, "snapshot.mode": "no_data" });
    await request(stack, "DELETE", "/connectors/mssql");
    const up = await ending(0, stack.engine.up(["--refresh"]));
    expect(stepsOf(up)).toEqual(
      expect.arrayContaining(["create Connector connectors-mssql", "update Connector connectors-mysql"]),
    );
    expect(connectorsIn(stack).mysql).toMatchObject({ "snapshot.mode": "initial" });
    expect(Object.keys(connectorsIn(stack)).sort()).toEqual(["mssql", "mysql", "sink-snowflake"]);
  });

  it("that do not run fail the deployment, with connector, task, worker and cause; the next one mends it", async () => {
    stack.provider.workers.fails = (name) => (name === "mssql" ? trace : undefined);
    await stack.declare({ config: { ...with4096.config, "mssql.settings": { "max.batch.size": "1024" } } });
    const failed = await stack.engine.up();
    expect(failed.code).not.toBe(0);
    expect(failed.output).toMatch(/mssql, task 0 on [\w.:-]+: .*Login failed for user 'cdc_reader'\./);
    expect(failed.output).not.toContain("ErrorHandler.java");
    stack.provider.workers.fails = () => undefined;
    await ending(0, stack.engine.up());
    expect(connectorsIn(stack).mssql).toMatchObject({ "max.batch.size": "1024" });
  });

  it("keep their places when their workers move to EC2, and back", async () => {
    const before = connectorsIn(stack);
    // The lake's, wherever workers are.
    const inAws = () => stack.cloud.all().flatMap(({ type, id }) => (type.startsWith("aws:") ? `${type} ${id}` : []));
    const inAwsBefore = inAws();
    const { config } = with4096;
    await stack.declare({ config: { "mssql.settings": { "max.batch.size": "1024" } } });
    const moved = await ending(0, stack.engine.up());
    expect(stepsOf(moved)).toEqual(
      expect.arrayContaining(["update Connector connectors-mssql", "update Connector connectors-mysql"]),
    );
    expect(stepsOf(moved).filter((step) => /(create|delete|replace)\S* Connector/.test(step))).toEqual([]);
    // There a sink has secrets of its own, and says which version it has read.
    const { "sink-snowflake": sink, ...sources } = connectorsIn(stack);
    const { "sink-snowflake": sinkBefore, ...sourcesBefore } = before;
    expect(sources).toEqual(sourcesBefore);
    expect(sink).toEqual({ ...sinkBefore, "reconcile.secrets": "1" });
    await stack.declare({ config: { ...config, "mssql.settings": { "max.batch.size": "1024" } } });
    await ending(0, stack.engine.up());
    expect(connectorsIn(stack)).toEqual(before);
    expect(inAws().sort()).toEqual(inAwsBefore.sort());
  });

  it("and all that they keep goes with a demo", async () => {
    await ending(0, stack.engine.destroy());
    expect(stack.cloud.all()).toEqual([]);
  });
});

describe("a source that is taken out", () => {
  const stack = new TestStack();
  afterAll(() => stack.close());

  it("takes its connector along, though the workers are new ones by then, which know nothing of it", async () => {
    await stack.declare({ config: { stage: 1 } });
    await ending(0, stack.engine.up());
    expect(Object.keys(connectorsIn(stack)).sort()).toEqual(["mssql", "mysql", "sink-snowflake"]);
    await stack.declare({ config: { stage: 0 } });
    const { output, ...up } = await ending(0, stack.engine.up());
    expect(stepsOf({ output, ...up })).toContain("update Group connect-workers-instances");
    expect(output).not.toContain("Systems Manager reaches");
    expect(Object.keys(connectorsIn(stack)).sort()).toEqual(["mssql", "sink-snowflake"]);
    await ending(0, stack.engine.destroy());
    expect(stack.cloud.all()).toEqual([]);
  });
});

describe("connectors whose workers do not answer", () => {
  const stack = new TestStack();
  afterAll(() => stack.close());
  const dead = { env: { CONNECT_URL: "http://127.0.0.1:9" } };

  it("are taken to be as they were, and do not keep a demo from being taken down", async () => {
    await stack.declare(onHost);
    await ending(0, stack.engine.up());
    const look = await ending(0, stack.engine.run("preview", ["--refresh", "--expect-no-changes"], dead));
    expect(look.output).toContain("no worker answers at http://127.0.0.1:9");
    const destroy = await ending(0, stack.engine.run("destroy", ["--yes", "--skip-preview"], dead));
    expect(destroy.output).toContain("if it read from Postgres, its replication slot is still there");
  });
});

describe("connectors that only the bundle knows", () => {
  const stack = new TestStack();
  afterAll(() => stack.close());

  it("are declared in it, and pulumi reaches for no worker", async () => {
    await stack.declare({ config: { connect: { placement: "onPremises", image } } });
    await ending(0, stack.engine.up());
    expect(connectorsIn(stack)).toEqual({});
    const { output } = await stack.engine.call(["stack", "output", "bundle", "--json", "--stack", "local"]);
    const files = JSON.parse(output) as Record<string, string>;
    const declaration = JSON.parse(files["connectors.json"] ?? "{}") as { connectors: object };
    expect(Object.keys(declaration.connectors)).toEqual(["mssql", "mysql", "sink-snowflake"]);
    const secrets = await stack.engine.call(["stack", "output", "secrets", "--stack", "local"]);
    expect(secrets.output).toContain("[secret]");
    await ending(0, stack.engine.destroy());
    expect(stack.cloud.all()).toEqual([]);
  });
});
