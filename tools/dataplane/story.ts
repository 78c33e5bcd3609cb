import type { Row, Value } from "../../dataplane/engines/reader.ts";
import type { Graph, Table } from "../../model/graph.ts";
import { shown } from "./text.ts";

export type Fields = Readonly<Record<string, Value>>;

/** `snapshot`: a row as it was before anything was read. */
export type Operation = "snapshot" | "insert" | "update" | "delete";

/** A row of a table's topic. */
export interface Arrival {
  readonly table: Table;
  readonly operation: Operation;
  readonly fields: Fields;
  /** The row of its key as it was known before. */
  readonly before: Fields | undefined;
  /** When it was seen, milliseconds since 1970. */
  readonly at: number;
  /** Seconds since its commit. Only Postgres notes when that was to the millisecond. */
  readonly delay: number | undefined;
}

/** A row of one table with the row of another that it refers to. */
export interface JoinedRow {
  readonly order: Fields;
  /** Nothing while the customer has not come, or is gone. */
  readonly customer: Fields | undefined;
  /** What last happened to the order. */
  readonly operation: Operation;
}

const operations: Readonly<Record<string, Operation>> = { r: "snapshot", c: "insert", u: "update", d: "delete" };

/** What has come through the topics so far, and the tables as they stand by it. */
export class Story {
  readonly arrivals: Arrival[] = [];
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #exact: ReadonlySet<string>;
  readonly #counts = new Map<string, Record<Operation, number>>();
  /** By the table's name and then by key, in the order in which something last happened to the rows. */
  readonly #rows = new Map<string, Map<string, { fields: Fields; operation: Operation }>>();

  constructor(graph: Graph) {
    this.#tables = new Map(graph.tables.map((table) => [table.topic, table]));
    this.#exact = new Set(graph.sources.filter(({ kind }) => kind === "postgres").map(({ name }) => name));
  }

  /** Takes a row in; returns it as an arrival, if it is one of a table: a tombstone only repeats a delete. */
  add(row: Row, at: number): Arrival | undefined {
    const table = this.#tables.get(row.topic);
    if (table === undefined || typeof row.value !== "object" || row.value === null) {
      return undefined;
    }
    const operation = operations[shown(row.value.__op)] ?? "update";
    const fields = Object.fromEntries(Object.entries(row.value).filter(([name]) => !name.startsWith("__")));
    const delay = this.#exact.has(table.source) ? (at - Number(row.value.__source_ts_ms)) / 1000 : undefined;
    const arrival: Arrival = { table, operation, fields, at, delay, before: this.#keep(table, operation, fields) };
    this.arrivals.push(arrival);
    this.counts(table)[operation] += 1;
    return arrival;
  }

  counts({ topic }: Table): Record<Operation, number> {
    const counts = this.#counts.get(topic) ?? { snapshot: 0, insert: 0, update: 0, delete: 0 };
    this.#counts.set(topic, counts);
    return counts;
  }

  /** Changes that were made after the first reading. */
  get live(): Arrival[] {
    return this.arrivals.filter(({ operation }) => operation !== "snapshot");
  }

  /** The order with its customer as both stand now; nothing for rows of other tables. */
  joined({ table, fields, operation }: Arrival): JoinedRow | undefined {
    return table.name === "ORDERS" && fields.customer_id !== undefined ? this.#join(fields, operation) : undefined;
  }

  /** Orders with their customers as they stand now, those that changed last first. */
  latestJoined(count: number): JoinedRow[] {
    return [...this.#rowsOf("ORDERS").values()]
      .slice(-count)
      .toReversed()
      .map(({ fields, operation }) => this.#join(fields, operation));
  }

  #join(order: Fields, operation: Operation): JoinedRow {
    return { order, operation, customer: this.#rowsOf("CUSTOMERS").get(shown(order.customer_id))?.fields };
  }

  /** Notes the row as it stands now, and returns it as it stood before. */
  #keep(table: Table, operation: Operation, fields: Fields): Fields | undefined {
    const rows = this.#rowsOf(table.name);
    const key = table.key.map((name) => shown(fields[name])).join();
    const before = rows.get(key)?.fields;
    rows.delete(key);
    if (operation !== "delete") {
      rows.set(key, { fields, operation });
    }
    return before;
  }

  #rowsOf(name: string) {
    const rows = this.#rows.get(name) ?? new Map<string, { fields: Fields; operation: Operation }>();
    this.#rows.set(name, rows);
    return rows;
  }
}
