import { account } from "../../dataplane/faults/account.ts";
import type { Arrival } from "../../dataplane/faults/arrivals.ts";

/** What was committed to one order: written by changes 1 and 2, then deleted. */
const committed = [
  { key: 7, change: 1, deleted: false },
  { key: 7, change: 2, deleted: false },
  { key: 7, change: 2, deleted: true },
];
const came = (change: number, options: Partial<Arrival> = {}): Arrival => ({
  topic: "orders",
  key: 7,
  change,
  deleted: false,
  snapshot: false,
  at: 0,
  ...options,
});
const deleted = came(2, { deleted: true });
const clean = { lost: 0, overwritten: 0, undeleted: 0, duplicates: 0, disordered: 0, foreign: 0 };

test.each<[string, Arrival[], Partial<ReturnType<typeof account>>]>([
  ["each change once", [came(1), came(2), deleted], {}],
  ["told again from an earlier place on", [came(1), came(2), came(1), came(2), deleted], { duplicates: 2 }],
  ["a change is missing", [came(1), deleted], { lost: 1, disordered: 1 }],
  ["the last is missing", [came(1), came(2)], { undeleted: 1, overwritten: 1 }],
  ["told out of order", [came(2), came(1), deleted], { disordered: 1 }],
  ["an old state at the end", [came(1), came(2), deleted, came(1)], { duplicates: 1, disordered: 1 }],
  ["a reading of the table instead of a change", [came(2, { snapshot: true }), deleted], { overwritten: 1 }],
  ["deleted before anybody looked", [], { overwritten: 3 }],
  ["never committed", [came(1), came(2), deleted, came(3)], { foreign: 1 }],
  ["of a row that is nobody's", [came(1), came(2), deleted, came(1, { key: 8 })], { foreign: 1 }],
])("%s", (_, arrivals, found) => {
  expect(account(committed, arrivals)).toEqual({ committed: 3, ...clean, ...found });
});

test("a row that never came is lost, whatever else was read", () => {
  const rows = committed.slice(0, 2);

  expect(account(rows, [])).toEqual({ committed: 2, ...clean, lost: 2, disordered: 1 });
  expect(account(rows, [came(1, { snapshot: true })])).toEqual({ committed: 2, ...clean, lost: 1, disordered: 1 });
});
