import { typeChanges, typeChangesMessage } from "../../../../model/lake/typeChanges.ts";

const before = { orders_history: ["order_id int", "order_total_usd decimal(5,2)", "item string"] };
const changes = (...columns: string[]) => typeChanges(before, { orders_history: columns });

it("lets columns come, go and change their places, and whole numbers widen", () => {
  expect(changes("item string", "note string", "order_id bigint")).toEqual([]);
  expect(typeChanges(before, { customers_history: ["order_id string"] })).toEqual([]);
});

it("finds every type that Athena could not read older files as", () => {
  expect(changes("order_id string", "order_total_usd decimal(7,2)", "item string")).toEqual([
    "orders_history.order_id: int would become string",
    "orders_history.order_total_usd: decimal(5,2) would become decimal(7,2)",
  ]);
  expect(typeChanges({ t: ["n bigint"] }, { t: ["n int"] })).toEqual(["t.n: bigint would become int"]);
});

it("says how to go on, with a folder that is not there yet", () => {
  expect(typeChangesMessage(["t.n: bigint would become int"], "lake", "topics")).toBe(
    "Athena could not read the files that are there any more.\n" +
      "  t.n: bigint would become int\n" +
      "Leave the type as it is, or give the column another name in pipeline.ts. Or let the lake begin anew beside what is " +
      "there: lake.folder: topics-2 (docs/lake.md says how to go on).",
  );
  expect(typeChangesMessage([], "lake", "data/topics-9")).toContain("lake.folder: data/topics-10 ");
});
