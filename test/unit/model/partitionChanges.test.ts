import * as fc from "fast-check";
import { partitionsMessage } from "../../../model/partitionChanges.ts";

it.each([
  ["nothing changes", 6, 6],
  ["it doubles", 6, 12],
  ["it trebles", 6, 18],
  ["it has one partition", 1, 7],
])("a topic's partitions may be others when %s", (_, from, to) => {
  expect(partitionsMessage({ orders: from }, { orders: to })).toBeUndefined();
});

it("a topic that is new may have any number", () => {
  expect(partitionsMessage({ orders: 6 }, { orders: 6, customers: 7 })).toBeUndefined();
});

it("fewer are refused, and those that are no multiple, each with the way out", () => {
  expect(partitionsMessage({ orders: 12, customers: 6, items: 6 }, { orders: 3, customers: 8, items: 12 })).toBe(
    [
      "Kafka cannot take partitions away: these topics would be deleted with their rows and made again.",
      "  orders: 12 partitions, and 3 are asked for",
      "Write the old number or more (kafka.partitions, or partitions in pipeline.ts). For fewer, give the table another " +
        "source name and let the old topic run out.",
      "Partitions grow to a multiple only: else keys move to any other partition, and Snowflake would take an earlier " +
        "version of a row for the last.",
      "  customers: 6 partitions, and 8 are asked for",
      "Write a multiple of the old number (kafka.partitions, or partitions in pipeline.ts), e.g. 12.",
    ].join("\n"),
  );
});

it("what is let through never moves a key to a partition of a lower number", () => {
  const counts = fc.integer({ min: 1, max: 60 });
  const hashes = fc.array(fc.nat(), { minLength: 1 });
  fc.assert(
    fc.property(counts, counts, hashes, (from, to, keys) => {
      fc.pre(partitionsMessage({ orders: from }, { orders: to }) === undefined);
      expect(keys.filter((hash) => hash % to < hash % from)).toEqual([]);
    }),
  );
});
