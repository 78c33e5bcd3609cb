import type { Source, Table } from "../graph.ts";
import { momentAt, rowOf, type Row } from "./demoValues.ts";
import { animals, colours, companies, firstNames, items, lastNames, movies, places, streets } from "./demoWords.ts";
import { randomFrom, type Random } from "./random.ts";

export interface DemoTable {
  readonly table: Table;
  readonly rows: readonly Row[];
}

export const customerCount = 20;
export const orderCount = 100;
const rowsOfOtherTables = 20;

/** The customer who has one order only, so that both can be deleted and still every order has its customer. */
export const leavingCustomer = 20;
export const leavingCustomersOrder = 58;

/** Customers whose orders and rows stay, whatever the changes of the demo do: 1 to this. */
export const stayingCustomers = customerCount - 1;

/**
 * The rows that a demo database starts with: 100 orders and 20 customers, and every order has its customer. Tables other
 * than the article's get 20 rows of values that fit their columns. The same for a seed, wherever and whenever it runs.
 */
export function demoRows(source: Source, seed = 1): DemoTable[] {
  return source.tables.map((table) => ({ table, rows: rowsOf(table, randomFrom(seed)) }));
}

/** An order under the article's column names. */
export function orderOf(id: number, customer: number, random: Random): Row {
  return {
    order_id: id,
    customer_id: customer,
    order_ts: momentAt(id * 37 + random.integer(0, 30), random.integer(0, 59_999)),
    order_total_usd: amount(random),
    item: random.pick(items),
  };
}

/** What an order can cost: 3.00 to 999.99. */
export function amount(random: Random): string {
  return `${random.integer(3, 999)}.${twoDigits(random.integer(0, 99))}`;
}

/** A customer under the article's column names. */
export function customerOf(id: number, random: Random): Row {
  const firstName = random.pick(firstNames);
  return {
    id,
    first_name: firstName,
    last_name: random.pick(lastNames),
    birthdate: `${random.integer(1938, 2006)}-${twoDigits(random.integer(1, 12))}-${twoDigits(random.integer(1, 28))}`,
    email: `${plainLetters(firstName)}.${id}@example.com`,
    company: random.pick(companies),
    ...addressOf(random),
    fav_movie: random.pick(movies),
    fav_colour: random.pick(colours),
    fav_animal: random.pick(animals),
  };
}

export function addressOf(random: Random): Row {
  return { street_address: `${random.integer(1, 180)} ${random.pick(streets)}`, ...random.pick(places) };
}

function rowsOf(table: Table, random: Random): Row[] {
  const rows = (count: number, known: (id: number) => Row) =>
    Array.from({ length: count }, (_, index) => rowOf(table, index + 1, known(index + 1), random));
  switch (table.name) {
    case "ORDERS":
      return rows(orderCount, (id) => orderOf(id, customerOfOrder(id, random), random));
    case "CUSTOMERS":
      return rows(customerCount, (id) => customerOf(id, random));
    default:
      return rows(rowsOfOtherTables, () => ({}));
  }
}

/** The first orders go round, so that everyone has one. */
function customerOfOrder(order: number, random: Random): number {
  if (order === leavingCustomersOrder) {
    return leavingCustomer;
  }
  return order <= stayingCustomers ? order : random.integer(1, stayingCustomers);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

/** For an address of mail: `Søren` is `soren`. */
function plainLetters(name: string): string {
  return name
    .toLowerCase()
    .replaceAll("ø", "o")
    .replaceAll("ł", "l")
    .normalize("NFD")
    .replace(/[^a-z]/g, "");
}
