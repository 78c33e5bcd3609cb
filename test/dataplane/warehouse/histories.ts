import * as fc from "fast-check";
import type { LandingTable } from "../../../model/warehouse/landing.ts";
import type { LandedRecord, Values } from "./landed.ts";
import { nullable, valueOf, type LandedValue } from "./values.ts";

/** One thing that happens to a source, or on the way from it. */
type Step =
  /** The row of this key is there with these values now, whether it was or not. */
  | { readonly kind: "put"; readonly key: number; readonly values: Values }
  | { readonly kind: "remove"; readonly key: number }
  /** The row of one key gets another, if there is one and it is free. */
  | { readonly kind: "rename"; readonly key: number; readonly to: number }
  /** All rows are read again. */
  | { readonly kind: "snapshot" }
  /** Who writes to Kafka died and goes on where it was some records before. */
  | { readonly kind: "again"; readonly records: number }
  /** The topic gets so many times its partitions. */
  | { readonly kind: "grow"; readonly times: number };

export interface History {
  readonly keys: readonly Key[];
  readonly partitions: number;
  readonly steps: readonly Step[];
  /** For each record in turn: how often it is delivered besides once, and where among the others. */
  readonly delivery: readonly { readonly more: number; readonly at: number }[];
}

interface Key {
  readonly values: readonly LandedValue[];
  /** What Kafka's partitioner makes of it. */
  readonly hash: number;
}

/** Every record that a history writes into the topic, in order, and the rows that are there in the end. */
export interface Told {
  readonly records: readonly LandedRecord[];
  readonly rows: readonly Values[];
}

/** Any history of a table of a few keys. */
export function histories(table: LandingTable): fc.Arbitrary<History> {
  const typeOf = (name: string) => table.columns.find((column) => column.name === name)?.type ?? "";
  const own = table.columns.filter(({ name, of }) => of === "row" && !table.key.includes(name));
  const values = fc.record(Object.fromEntries(own.map(({ name, type }) => [name, nullable(type)])));
  const key = fc.record({
    values: fc.tuple(...table.key.map((name) => valueOf(typeOf(name)))),
    hash: fc.nat({ max: 1000 }),
  });
  const which = fc.nat({ max: 3 });
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constant("put" as const), key: which, values }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("remove" as const), key: which }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("rename" as const), key: which, to: which }) },
    { weight: 1, arbitrary: fc.constant({ kind: "snapshot" as const }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("again" as const), records: fc.integer({ min: 1, max: 5 }) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("grow" as const), times: fc.constantFrom(2, 3) }) },
  );
  return fc.record({
    keys: fc.uniqueArray(key, {
      minLength: 1,
      maxLength: 4,
      selector: ({ values: of }) => JSON.stringify(of.map(({ landed }) => landed)),
    }),
    partitions: fc.integer({ min: 1, max: 3 }),
    steps: fc.array(step, { maxLength: 25 }),
    delivery: fc.array(fc.record({ more: fc.nat({ max: 2 }), at: fc.nat({ max: 1000 }) }), { maxLength: 30 }),
  });
}

/** Plays a history as the source's connector, or ksqlDB, writes it: what `table.deletions` says tells how a row goes. */
export function told(table: LandingTable, { keys, partitions: first, steps }: History): Told {
  const records: LandedRecord[] = [];
  const written: { index: number; op: LandedRecord["op"]; values: Values }[] = [];
  const rows = new Map<number, Values>();
  const ends = new Map<number, number>();
  let partitions = first;

  const write = (index: number, op: LandedRecord["op"], values: Values) => {
    const { hash } = keyOf(index);
    const partition = hash % partitions;
    const offset = ends.get(partition) ?? 0;
    ends.set(partition, offset + 1);
    written.push({ index, op, values });
    records.push({ partition, offset, key: keyJson(table, keyOf(index).values), op, values });
  };
  const keyOf = (index: number): Key => keys[index % keys.length] ?? { values: [], hash: 0 };
  const put = (index: number, values: Values) => {
    const whole = { ...keyColumns(table, keyOf(index)), ...values };
    write(index, rows.has(index) ? "u" : "c", whole);
    rows.set(index, whole);
  };
  const remove = (index: number) => {
    const values = rows.get(index);
    // Of windows nothing goes.
    if (values !== undefined && table.deletions !== "none") {
      rows.delete(index);
      if (table.deletions === "flag") {
        write(index, "d", values);
      }
      if (table.deletions === "tombstone" || table.kind === "entity") {
        write(index, null, {});
      }
    }
  };

  for (const step of steps) {
    const index = "key" in step ? step.key % keys.length : 0;
    switch (step.kind) {
      case "put":
        put(index, step.values);
        break;
      case "remove":
        remove(index);
        break;
      case "rename": {
        const to = step.to % keys.length;
        const values = rows.get(index);
        if (values !== undefined && !rows.has(to) && table.deletions !== "none") {
          remove(index);
          put(to, Object.fromEntries(Object.entries(values).filter(([name]) => !table.key.includes(name))));
        }
        break;
      }
      case "snapshot":
        rows.forEach((values, which) => write(which, "r", values));
        break;
      case "again": {
        // With the same keys and values, in the same order, at new offsets.
        written.slice(-step.records).forEach((one) => write(one.index, one.op, one.values));
        break;
      }
      case "grow":
        partitions *= step.times;
        break;
    }
  }
  return { records, rows: [...rows.values()] };
}

/** The records as they come to the table: some more than once, from one partition before those of another. */
export function delivered(records: readonly LandedRecord[], { delivery }: Pick<History, "delivery">): LandedRecord[] {
  const placed = records.flatMap((record, index) => {
    const { more = 0, at = index } = delivery[index % (delivery.length + 1)] ?? {};
    return Array.from({ length: 1 + more }, (_, copy) => ({ record, place: at + copy * 400 }));
  });
  return placed.toSorted((a, b) => a.place - b.place).map(({ record }) => record);
}

function keyColumns(table: LandingTable, key: Key): Values {
  return Object.fromEntries(
    table.key.map((name, index) => [name, key.values[index] ?? { landed: null, shown: null }] as const),
  );
}

/** One column is the bare value, several are an object. Where a window begins is not in it. */
function keyJson(table: LandingTable, values: readonly LandedValue[]): string {
  const fields = table.keyFields.length > 0 ? table.keyFields : table.key;
  const json = values.slice(0, fields.length).map(({ landed }, index) => {
    const type = table.columns.find(({ name }) => name === table.key[index])?.type ?? "";
    return type.startsWith("NUMBER") ? String(landed) : JSON.stringify(landed);
  });
  return json.length === 1
    ? json.join()
    : `{${json.map((value, index) => `${JSON.stringify(fields[index])}:${value}`).join()}}`;
}
