import type { Plane } from "../plane.ts";
import { inWarehouse } from "../sink.ts";
import type { Change } from "./account.ts";

/** The orders that a target's warehouse has of the changes' keys: key to number of the change, or that of a deleted row, negative. */
export function rowsIn(plane: Plane, target: string, changes: readonly Change[]): Map<number, number> {
  const keys = changes.map(({ key }) => key);
  const lines = inWarehouse(
    plane,
    target,
    `select order_id, case __deleted when 'true' then -customer_id else customer_id end from maria_orders
     where order_id between ${keys.reduce((a, b) => Math.min(a, b))} and ${keys.reduce((a, b) => Math.max(a, b))} order by order_id`,
  );
  return new Map(lines.map((line) => line.map(Number) as [number, number]));
}

/** What `rowsIn` gives once all of them have come. */
export function lastOf(changes: readonly Change[]): Map<number, number> {
  // In the order of the keys, as the rows are.
  return new Map(
    changes.toSorted((a, b) => a.key - b.key).map(({ key, change, deleted }) => [key, deleted ? -change : change]),
  );
}
