import {
  generationsMistake,
  keyPlan,
  rotationFrom,
  type Generations,
  type KeyPlan,
  type Slot,
} from "../../../../model/warehouse/rotation.ts";

/** What a deployment has made so far: pairs, the user's slots, and the pairs that workers log in with, old ones too. */
interface World {
  readonly pairs: ReadonlySet<number>;
  readonly slots: Readonly<Record<Slot, number | undefined>>;
  readonly used: ReadonlySet<number>;
}

/** One thing that a deployment does. */
type Operation = (world: World) => World;

/** What the engine does for a plan, in its order: what is needed first, deletions last. Workers roll one by one. */
function operationsOf(plan: KeyPlan): Operation[] {
  const setSlot =
    (slot: Slot): Operation =>
    (world) => ({ ...world, slots: { ...world.slots, [slot]: plan.slots[slot] } });
  return [
    (world) => ({ ...world, pairs: new Set([...world.pairs, ...plan.generations]) }),
    setSlot(1),
    setSlot(2),
    (world) => ({ ...world, used: new Set([...world.used, plan.use]) }), // a worker with the new secret joins
    (world) => ({ ...world, used: new Set([plan.use]) }), // the old one leaves
    (world) => ({ ...world, pairs: new Set(plan.generations) }),
  ];
}

/** The same, with a user whose two keys the provider sets in the other order. */
function otherWayRound(plan: KeyPlan): Operation[] {
  const [make, one, two, ...rest] = operationsOf(plan);
  return [make, two, one, ...rest].filter((operation) => operation !== undefined);
}

const after = (world: World, operations: readonly Operation[]) =>
  operations.reduce((now, operation) => operation(now), world);

function worldOf(generations: Generations): World {
  const plan = keyPlan(generations);
  return { pairs: new Set(plan.generations), slots: plan.slots, used: new Set([plan.use]) };
}

/** Pairs that a worker logs in with and the user does not accept, or that are gone. */
const refused = ({ pairs, slots, used }: World) =>
  [...used].filter((pair) => !Object.values(slots).includes(pair) || !pairs.has(pair));

const orders = { "slot 1 first": operationsOf, "slot 2 first": otherWayRound };

describe.each(Object.entries(orders))("a rotation, %s", (_, operations) => {
  it.each([1, 2, 7])("from generation %i has a valid key in use all the time, and ends with one key", (use) => {
    let world = worldOf({ use, also: 0 });
    for (const step of rotationFrom(use)) {
      for (const operation of operations(keyPlan(step))) {
        world = operation(world);
        expect(refused(world)).toEqual([]);
      }
    }
    expect(world).toEqual(worldOf({ use: use + 1, also: 0 }));
  });

  it.each([1, 2])("from generation %i goes on wherever it broke off", (use) => {
    const steps = rotationFrom(use).map((step) => operations(keyPlan(step)));
    let before = worldOf({ use, also: 0 });
    for (const step of steps) {
      for (let done = 0; done <= step.length; done += 1) {
        const broken = after(before, step.slice(0, done));
        expect(refused(broken)).toEqual([]);
        // The next deployment does all of it once more, or what was not done: both come to the same.
        let again = broken;
        for (const operation of step) {
          again = operation(again);
          expect(refused(again)).toEqual([]);
        }
        expect(again).toEqual(after(before, step));
      }
      before = after(before, step);
    }
  });

  it("can be taken back after its first and its second step", () => {
    const [first, second] = rotationFrom(3);
    for (const [step, back] of [
      [first, { use: 3, also: 0 }],
      [second, first],
    ] as const) {
      let world = worldOf(step);
      for (const operation of operations(keyPlan(back))) {
        world = operation(world);
        expect(refused(world)).toEqual([]);
      }
    }
  });

  it("in one step would leave the workers without a key: that is why there are three", () => {
    const atOnce = operations(keyPlan({ use: 2, also: 0 }));
    const during = atOnce.map((_operation, index) => after(worldOf({ use: 1, also: 0 }), atOnce.slice(0, index + 1)));
    expect(during.some((world) => refused(world).length > 0)).toBe(true);
  });
});

it("no key moves from one slot to the other", () => {
  const plans = [1, 2, 3, 4].flatMap((use) => rotationFrom(use).map(keyPlan));
  for (const slot of [1, 2] as const) {
    const seen = plans.flatMap(({ slots }) => slots[slot] ?? []);
    expect(new Set(seen.map((generation) => generation % 2)).size).toBe(1);
  }
  expect(keyPlan({ use: 4, also: 0 })).toEqual({ generations: [4], slots: { 1: undefined, 2: 4 }, use: 4 });
  expect(keyPlan({ use: 4, also: 5 })).toEqual({ generations: [4, 5], slots: { 1: 5, 2: 4 }, use: 4 });
});

it.each<[Generations, string | undefined]>([
  [{ use: 1, also: 0 }, undefined],
  [{ use: 2, also: 1 }, undefined],
  [{ use: 2, also: 5 }, undefined],
  [{ use: 0, also: 0 }, "0 is no generation of keys. Write a whole number, 1 or more."],
  [{ use: 1, also: -1 }, "-1 is no generation of keys. Write a whole number, 1 or more, or 0 for none."],
  [{ use: 1, also: 3 }, "1 and 3 would be in the same of the user's two slots. Write 2."],
  [{ use: 2, also: 2 }, "2 and 2 would be in the same of the user's two slots. Write 3 or 1."],
])("of %j: %s", (generations, mistake) => {
  expect(generationsMistake(generations)).toBe(mistake);
});
