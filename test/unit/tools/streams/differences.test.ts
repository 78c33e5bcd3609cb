import type { CaseRecord } from "../../../../tools/streams/cases.ts";
import { differences } from "../../../../tools/streams/differences.ts";

const record = (
  key: number | null,
  total: string | null,
  timestamp = 0,
  more: Partial<CaseRecord> = {},
): CaseRecord => ({
  topic: "T",
  key,
  value: total === null ? null : { TOTAL: total, ITEM: "pen" },
  timestamp,
  ...more,
});

describe("differences", () => {
  it("are none when every key has its records in order, whatever the order of keys", () => {
    const [a, b, c] = [record(1, "1.00"), record(2, "2.00"), record(1, "3.00")];
    expect(differences([a, b, c], [b, a, c], "every")).toEqual([]);
  });

  it("show both rows, and the columns that differ", () => {
    expect(differences([record(1, "1.00", 5)], [record(1, "2.00", 6)], "every")).toEqual([
      '  expected  1 {"ITEM":"pen","TOTAL":"1.00"} at 5',
      '  received  1 {"ITEM":"pen","TOTAL":"2.00"} at 6',
      "  differs   TOTAL, timestamp",
    ]);
  });

  it("show what is missing, too many, gone, and in another window", () => {
    expect(differences([record(1, "1.00")], [], "every")).toEqual([
      '  expected  1 {"ITEM":"pen","TOTAL":"1.00"} at 0',
      "  received  nothing",
    ]);
    expect(differences([], [record(null, "1.00")], "every")).toEqual([
      "  expected  nothing",
      '  received  null {"ITEM":"pen","TOTAL":"1.00"} at 0',
    ]);
    expect(differences([record(1, null)], [record(1, "1.00")], "every")).toEqual([
      "  expected  1 gone at 0",
      '  received  1 {"ITEM":"pen","TOTAL":"1.00"} at 0',
    ]);
    const window = (end: number) => ({ window: { start: 0, end, type: "session" as const } });
    expect(differences([record(1, "1.00", 0, window(5))], [record(1, "1.00", 0, window(6))], "every")).toEqual([
      '  expected  1 [0, 5] {"ITEM":"pen","TOTAL":"1.00"} at 0',
      '  received  1 [0, 6] {"ITEM":"pen","TOTAL":"1.00"} at 0',
      "  differs   window's end",
    ]);
  });

  it("take no notice of how a table got there, if only the end counts", () => {
    const [first, last] = [record(1, "1.00", 1), record(1, "2.00", 2)];
    expect(differences([first, last], [last], "last")).toEqual([]);
    expect(differences([first, last], [last], "every")).not.toEqual([]);
    expect(differences([first, record(1, null, 2)], [], "last")).toEqual([]);
  });
});
