import type { Source, Table } from "../graph.ts";
import {
  addressOf,
  amount,
  customerCount,
  customerOf,
  leavingCustomer,
  leavingCustomersOrder,
  orderCount,
  orderOf,
  stayingCustomers,
} from "./demoData.ts";
import { columnsOf, keyColumns, keyOf, otherValue, rowOf, type Row } from "./demoValues.ts";
import { colours } from "./demoWords.ts";
import { randomFrom, type Random } from "./random.ts";

/** A change of one row. */
export type Change = { readonly table: Table } & (
  | { readonly operation: "insert"; readonly row: Row }
  /** The database gives the key: one more than its greatest, and more than 1000. */
  | { readonly operation: "append"; readonly row: Row }
  /** Of a row by its key, or of the row that was appended last. */
  | { readonly operation: "update"; readonly key: Row | "newest"; readonly row: Row }
  | { readonly operation: "delete"; readonly key: Row | "newest" }
);

const changedOrder = 42;
const deletedOrder = 77;
const lateCustomer = customerCount + 1;

/**
 * A short history, in the order in which it happens across the databases: one order is updated five times; two orders and
 * a customer without further orders are deleted; and an order arrives before its customer does. The rows that a demo
 * starts with have no such order: it and the late customer come only here. In the end every order has its customer.
 */
export function demoChanges(sources: readonly Source[], seed = 1): Change[] {
  const random = randomFrom(seed ^ 0x5eed);
  const changesOf = (name: string, changes: (table: Table) => Change[]) =>
    sources.flatMap(({ tables }) => tables.filter((table) => table.name === name).flatMap(changes));
  return [
    ...changesOf("ORDERS", (table) => [
      ...["150.00", "149.50", "99.99", "0.00"].flatMap((total) =>
        updated(table, keyOf(table, changedOrder), { order_total_usd: total }),
      ),
      ...updated(table, keyOf(table, changedOrder), { item: "Wooden spoon, refunded" }),
      { table, operation: "delete", key: keyOf(table, leavingCustomersOrder) },
      { table, operation: "delete", key: keyOf(table, deletedOrder) },
      {
        table,
        operation: "insert",
        row: rowOf(table, orderCount + 1, orderOf(orderCount + 1, lateCustomer, random), random),
      },
    ]),
    ...changesOf("CUSTOMERS", (table) => [
      { table, operation: "delete", key: keyOf(table, leavingCustomer) },
      {
        table,
        operation: "insert",
        row: rowOf(table, lateCustomer, customerOf(lateCustomer, random), random),
      },
    ]),
  ];
}

/**
 * Transactions without end, of one to three changes each, all in one table of the source. What they change is there or
 * they change nothing, so that they can run again and again, beside each other too. New orders belong to customers who
 * stay. Only tables whose key is one whole number take part; fails if there is none.
 */
export function* steadyChanges(source: Source, seed = 1): Generator<readonly Change[], never> {
  const tables = source.tables.filter(hasNumberedRows);
  const [first, ...others] = tables;
  if (first === undefined) {
    throw new Error(`no table of ${source.name} has one whole number as its key, so there is nothing to change`);
  }
  const random = randomFrom(seed);
  for (;;) {
    const table = random.pick([first, ...others]);
    yield Array.from({ length: random.integer(1, 3) }, () => steadyChange(table, random)).flat();
  }
}

function hasNumberedRows(table: Table): boolean {
  const keys = keyColumns(table);
  return keys.length === 1 && keys.every(({ type }) => ["int16", "int32", "int64"].includes(type.logical));
}

/** Facts mostly come anew, entities mostly change. */
function steadyChange(table: Table, random: Random): Change[] {
  const roll = random.integer(1, 100);
  const appends = table.kind === "facts" ? 70 : 15;
  if (roll <= appends) {
    return [{ table, operation: "append", row: rowOf(table, 0, newRow(table, random), random) }];
  }
  if (roll > 95) {
    return [{ table, operation: "delete", key: "newest" }];
  }
  return updated(table, anyKey(table, random), newValues(table, random));
}

function anyKey(table: Table, random: Random): Row | "newest" {
  const first = table.name === "ORDERS" ? orderCount : stayingCustomers;
  return random.integer(0, 1) === 0 ? "newest" : keyOf(table, random.integer(1, first));
}

function newRow(table: Table, random: Random): Row {
  switch (table.name) {
    case "ORDERS":
      return orderOf(orderCount + random.integer(1, 10_000), random.integer(1, stayingCustomers), random);
    case "CUSTOMERS":
      return customerOf(random.integer(1001, 9999), random);
    default:
      return {};
  }
}

function newValues(table: Table, random: Random): Row {
  switch (table.name) {
    case "ORDERS":
      return { order_total_usd: amount(random) };
    case "CUSTOMERS":
      return random.integer(0, 1) === 0 ? addressOf(random) : { fav_colour: random.pick(colours) };
    default:
      return Object.fromEntries(
        Object.entries(otherValue(table, random)).map(([name, value]) => [name.toLowerCase(), value]),
      );
  }
}

/** Nothing where the table has no column for the values. */
function updated(table: Table, key: Row | "newest", known: Row): Change[] {
  const row = columnsOf(table, known);
  return Object.keys(row).length === 0 ? [] : [{ table, operation: "update", key, row }];
}
