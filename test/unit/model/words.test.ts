import { all, either, nearest } from "../../../model/words.ts";

describe("the nearest word", () => {
  it.each<[string, string[], string | undefined]>([
    ["ORDERS", ["CUSTOMERS", "ORDERS"], "ORDERS"],
    ["orders", ["CUSTOMERS", "ORDERS"], "ORDERS"],
    ["ODRERS", ["CUSTOMERS", "ORDERS"], "ORDERS"],
    ["CUSTMRS", ["CUSTOMERS", "ORDERS"], "CUSTOMERS"],
    ["INVOICES", ["CUSTOMERS", "ORDERS"], undefined],
    // A third of the letters, and one of three, may be wrong.
    ["GCE", ["AWS", "GCP"], "GCP"],
    ["GPC", ["AWS", "GCP"], undefined],
    ["A", ["AWS"], undefined],
    ["us-east-9", ["us-east-1", "us-east-2"], "us-east-1"],
    ["ORDERS", [], undefined],
    ["", ["a"], "a"],
    ["", ["ab"], undefined],
  ])("to %j of %j is %j", (word, candidates, found) => {
    expect(nearest(word, candidates)).toBe(found);
  });
});

it("lists words as a sentence does", () => {
  const words = ["a", "b", "c"];
  expect([0, 1, 2, 3].map((count) => either(words.slice(0, count)))).toEqual(["nothing", "a", "a or b", "a, b or c"]);
  expect([0, 1, 2, 3].map((count) => all(words.slice(0, count)))).toEqual(["nothing", "a", "a and b", "a, b and c"]);
});
