import { setTimeout as sleep } from "node:timers/promises";
import type { ConnectorStatus } from "../../../dataplane/engines/connect.ts";
import { defaultStableMs } from "../../../image/connect/reconcile/reconcile.ts";
import { Lab } from "../../../dataplane/engines/processes.ts";
import { declaration, Field, type SourceName } from "./field.ts";

const lab = new Lab("faults-databases");
let field: Field;

beforeAll(async () => {
  field = await Field.start(lab);
});

beforeEach(() => field.apply());

afterAll(() => lab.stop());

const nothingUnseen = { overwritten: 0, undeleted: 0 };
const rest = (method: string, where: string) => field.plane.worker.request(method, where);
const readAgain = (source: SourceName) => field.readAgain(source);

async function stopConnector(source: SourceName): Promise<void> {
  await rest("PUT", `/connectors/${source}/stop`);
  await lab.eventually(`${source} has stopped`, 30, async () => {
    const { body } = await field.plane.worker.request<ConnectorStatus>("GET", `/connectors/${source}/status`);
    return body.connector.state === "STOPPED" && body.tasks.length === 0 ? true : undefined;
  });
}

test("database killed and back", async () => {
  const { account } = await field.suffer("database killed and back", async () => {
    const servers = [field.plane.maria, field.plane.pg];
    await Promise.all(servers.map(({ process }) => process.kill()));
    await sleep(25_000);
    await Promise.all(servers.map(({ process }) => process.start()));
  });

  expect(account).toMatchObject(nothingUnseen);
});

test("database connection cut", async () => {
  const { account } = await field.suffer("database connection cut", () => {
    const { maria, pg } = field.plane;
    const kills = maria.sql("select concat('kill ', id, ';') from information_schema.processlist where user = 'cdc'");
    maria.sql(kills);
    pg.sql("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'cdc'");
    return Promise.resolve();
  });

  expect(account).toMatchObject(nothingUnseen);
});

test("connector deleted and made again", async () => {
  const { account } = await field.suffer("connector deleted and made again", async () => {
    await rest("DELETE", "/connectors/maria");
    await rest("DELETE", "/connectors/pg");
    await sleep(3_000);
    await field.apply();
  });

  expect(account).toMatchObject(nothingUnseen);
});

test("offsets reset", async () => {
  const { account } = await field.suffer("offsets reset", async () => {
    await Promise.all([readAgain("maria"), readAgain("pg")]);
    await field.apply();
  });

  expect(account.duplicates).toBeGreaterThan(0);
});

test("binlog position gone", async () => {
  await field.suffer(
    "binlog position gone",
    async ({ mended }) => {
      await stopConnector("maria");
      await sleep(2_000);
      await purgeBinlog();
      await rest("PUT", "/connectors/maria/resume");

      expect(await field.told("maria")).toMatch(/Could not find GTID state .* purged/);
      // And it goes on saying so, however often it is restarted.
      expect(await field.reconcile(["maria"], { restarts: 3, stableMs: defaultStableMs })).toMatchObject({ ok: false });
      await readAgain("maria");
      mended();
      await field.apply("maria");
    },
    { sources: ["maria"] },
  );
});

/** What the server does by itself once the retention is over. It keeps what a replica still reads. */
async function purgeBinlog(): Promise<void> {
  const { maria } = field.plane;
  maria.sql("flush binary logs");
  await lab.eventually("the binlog is purged", 30, () => {
    const newest = maria.sql("show master status").split("\t")[0] ?? "";
    maria.sql(`purge binary logs to '${newest}'`);
    return Promise.resolve(maria.sql("show binary logs").split("\n").length === 1 ? true : undefined);
  });
}

test("replication slot gone", async () => {
  await field.suffer(
    "replication slot gone",
    async ({ mended }) => {
      await stopConnector("pg");
      field.plane.pg.sql("select pg_drop_replication_slot(slot_name) from pg_replication_slots");
      await sleep(2_000);
      await rest("PUT", "/connectors/pg/resume");

      expect(await field.told("pg")).toMatch(/slot|no longer available/);
      await readAgain("pg");
      mended();
      await field.apply("pg");
    },
    { sources: ["pg"] },
  );
});

test("history topic lost", async () => {
  await field.suffer(
    "history topic lost",
    async ({ mended }) => {
      const admin = field.plane.broker.client.admin();
      await admin.connect();
      await admin.deleteTopics({ topics: ["_history.maria"] });
      await admin.disconnect();
      await rest("POST", "/connectors/maria/restart?includeTasks=true");

      expect(await field.told("maria")).toMatch(/history topic/);
      await field.plane.redeclare(declaration);
      await readAgain("maria");
      mended();
      await field.apply("maria");
    },
    { sources: ["maria"] },
  );
});
