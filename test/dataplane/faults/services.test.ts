import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { Lab } from "../../../dataplane/engines/processes.ts";
import { makeWarehouses, sinkConnector } from "../sink.ts";
import { Field } from "./field.ts";
import { Proxy } from "./proxy.ts";
import { runRecipe } from "./recipes.ts";
import type { Stream } from "./stream.ts";
import { lastOf, rowsIn } from "./warehouse.ts";

const lab = new Lab("faults-services");
let field: Field;
let registry: Proxy;

beforeAll(async () => {
  field = await Field.start(lab, {
    registryUrl: async (real) => {
      const { proxy, url } = await Proxy.before(lab, real);
      registry = proxy;
      return url;
    },
  });
});

beforeEach(() => field.apply());

afterAll(() => lab.stop());

const nothingUnseen = { overwritten: 0, undeleted: 0 };

test("broker killed and back", async () => {
  const { account } = await field.suffer("broker killed and back", async () => {
    await field.plane.broker.process.kill();
    await sleep(10_000);
    await field.plane.broker.process.start();
  });

  expect(account).toMatchObject(nothingUnseen);
});

test("broker unreachable", async () => {
  const { account } = await field.suffer("broker unreachable", async () => {
    field.plane.broker.process.freeze();
    await sleep(unreachableMs);
    field.plane.broker.process.thaw();
  });

  expect(account).toMatchObject(nothingUnseen);
});

/** Longer than any time-out of a client of Kafka's that is not turned off: a request has 30 s, a wait for metadata 60 s. */
const unreachableMs = 75_000;

test("Schema Registry down", async () => {
  const { account } = await field.suffer("Schema Registry down", async () => {
    await registry.close();
    // A task that runs knows its schemas: only one that starts has to ask.
    for (const name of ["maria", "pg"]) {
      await field.plane.worker.request("POST", `/connectors/${name}/restart?includeTasks=true`);
    }
    await sleep(20_000);
    await registry.open();
  });

  expect(account).toMatchObject(nothingUnseen);
});

test("incompatible schema", async () => {
  const { registry: real, maria } = field.plane;
  const setCompatibility = (level: string) =>
    runRecipe("Let an incompatible schema pass", {
      REGISTRY: real.url,
      TOPIC: "maria.orders",
      LEVEL: level,
    });
  await setCompatibility("BACKWARD");
  const { account } = await field.suffer(
    "incompatible schema",
    async ({ mended }) => {
      // Not to a text: Avro lets whoever expects bytes, as decimals are, read a string.
      maria.sql("alter table orders modify order_total_usd int", { database: "shop" });
      expect(await field.told("maria")).toMatch(/incompatible/);
      await sleep(2_000);
      await setCompatibility("NONE");
      mended();
      await field.apply("maria");
    },
    { sources: ["maria"] },
  );

  expect(account).toMatchObject(nothingUnseen);
});

test("poison record for a sink", async () => {
  makeWarehouses(field.plane, "warehouse");
  await field.plane.worker.put("sink-warehouse", {
    ...sinkConnector(field.plane, "warehouse", ["maria.orders"]),
    "primary.key.fields": "order_id",
    "errors.deadletterqueue.context.headers.enable": "true",
  });
  await field.plane.worker.untilRunning("sink-warehouse");
  const dead = await field.watch("dlq.warehouse");
  let stream: Stream | undefined;
  const { account } = await field.suffer(
    "poison record for a sink",
    async ({ streams }) => {
      [stream] = streams;
      await field.poison("maria.orders", "not a row");
      await field.poison("maria.orders", "not a row either");
      await sleep(1_000);
    },
    { sources: ["maria"] },
  );

  expect(account).toMatchObject(nothingUnseen);
  const committed = stream?.committed() ?? [];
  await lab.eventually("the target has every row as it is now", 60, () => {
    const rows = rowsIn(field.plane, "warehouse", committed);
    return Promise.resolve(isDeepStrictEqual(rows, lastOf(committed)) ? true : undefined);
  });
  await field.plane.worker.untilRunning("sink-warehouse");
  expect(dead.map(({ value }) => String(value)).sort()).toEqual(["not a row", "not a row either"]);
  expect(String(dead[0]?.headers?.["__connect.errors.topic"])).toBe("maria.orders");
});
