import { setTimeout as sleep } from "node:timers/promises";
import { Lab } from "../../../dataplane/engines/processes.ts";
import { Field } from "./field.ts";

const lab = new Lab("faults-workers");
let field: Field;

beforeAll(async () => {
  field = await Field.start(lab);
});

beforeEach(() => field.apply());

afterAll(() => lab.stop());

const nothingUnseen = { overwritten: 0, undeleted: 0 };

test("worker killed in streaming", async () => {
  const { account } = await field.suffer("worker killed in streaming", async () => {
    await field.plane.worker.process.kill();
    await sleep(2_000);
    await field.plane.worker.process.start();
  });

  expect(account).toMatchObject(nothingUnseen);
  // The position is noted every ten seconds.
  expect(account.duplicates).toBeGreaterThan(0);
});

test("worker killed in its snapshot", async () => {
  const rows = 100_000;
  await field.plane.worker.forget("maria");
  await field.plane.worker.forget("pg");
  const { account } = await field.suffer(
    "worker killed in its snapshot",
    async ({ streams, mended }) => {
      const [maria, pg] = streams.map((stream) => () => field.of(stream).length);
      await field.begin();
      await lab.eventually("both snapshots are under way", 60, () =>
        Promise.resolve((maria?.() ?? 0) > 0 && (pg?.() ?? 0) > 0 ? true : undefined),
      );
      await field.plane.worker.process.kill();
      expect([maria?.(), pg?.()].map((count) => (count ?? 0) < rows)).toEqual([true, true]);
      await field.plane.worker.process.start();
      mended();
      await field.apply();
    },
    { fill: rows, flowing: false },
  );

  // A snapshot begins again from its start.
  expect(account.duplicates).toBeGreaterThan(0);
});

test("worker restarted", async () => {
  const { account } = await field.suffer("worker restarted", async () => {
    await field.plane.worker.process.stop();
    await field.plane.worker.process.start();
  });

  expect(account).toMatchObject(nothingUnseen);
  // Of Postgres the last transaction, which has three changes at most.
  expect(account.duplicates).toBeLessThanOrEqual(3);
});

test("one of two workers lost", async () => {
  const second = await field.plane.furtherWorker("connect-2");
  await lab.eventually("each of them has a task", 90, async () => {
    const { connectors } = await field.reconcile(["maria", "pg"]);
    const places = Object.values(connectors).flatMap(({ tasks }) => tasks.map(({ worker }) => worker));
    return new Set(places).size === 2 ? true : undefined;
  });
  const { account } = await field.suffer("one of two workers lost", async () => {
    await second.process.kill();
  });

  expect(account).toMatchObject(nothingUnseen);
});
