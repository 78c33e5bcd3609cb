import { setTimeout as sleep } from "node:timers/promises";
import { Lab } from "../../../dataplane/engines/processes.ts";
import { Field } from "./field.ts";
import { SmallDisk } from "./smallDisk.ts";

const lab = new Lab("faults-disk");
let field: Field;
let disk: SmallDisk;

beforeAll(async () => {
  disk = await SmallDisk.mount(lab, "256m");
  field = await Field.start(lab, { broker: { disk } });
});

beforeEach(() => field.apply());

afterAll(() => lab.stop());

test("broker's disk full", async () => {
  const { account } = await field.suffer("broker's disk full", async () => {
    const { process } = field.plane.broker;
    await disk.fill();
    await lab.eventually("the broker ends", 60, () => Promise.resolve(process.running ? undefined : true));
    await sleep(5_000);
    await disk.empty();
    await process.start();
  });

  expect(account).toMatchObject({ overwritten: 0, undeleted: 0 });
});
