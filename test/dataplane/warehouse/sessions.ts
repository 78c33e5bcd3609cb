import * as fc from "fast-check";
import type { LandingTable } from "../../../model/warehouse/landing.ts";
import type { History, Told } from "./histories.ts";
import type { LandedRecord, Values } from "./landed.ts";
import { valueOf } from "./values.ts";

/** Visits, each a moment of one of a few customers, in the order in which they come: late ones too. */
export interface SessionHistory extends Pick<History, "delivery"> {
  readonly visits: readonly { readonly customer: number; readonly at: number; readonly values: Values }[];
}

const gap = 10;

/** Any order of visits close enough together to make sessions, lengthen them and join them. */
export function sessionHistories(table: LandingTable): fc.Arbitrary<SessionHistory> {
  const own = table.columns.filter(
    ({ name, of }) => of === "row" && !bounds(table).includes(name) && !table.key.includes(name),
  );
  const values = fc.record(Object.fromEntries(own.map(({ name, type }) => [name, valueOf(type)])));
  return fc.record({
    visits: fc.array(fc.record({ customer: fc.nat({ max: 2 }), at: fc.nat({ max: 100 }), values }), { maxLength: 25 }),
    delivery: fc.array(fc.record({ more: fc.nat({ max: 2 }), at: fc.nat({ max: 1000 }) }), { maxLength: 30 }),
  });
}

interface Session {
  readonly customer: number;
  readonly start: number;
  readonly end: number;
  readonly values: Values;
}

/** As Kafka Streams does it: a tombstone for each session that becomes part of another, then the whole one. */
export function toldSessions(table: LandingTable, { visits }: SessionHistory): Told {
  const records: LandedRecord[] = [];
  let sessions: Session[] = [];
  const write = ({ customer }: Session, op: LandedRecord["op"], values: Values) =>
    records.push({ partition: customer % 2, offset: records.length, key: String(customer), op, values });
  for (const { customer, at, values } of visits) {
    const near = sessions.filter((one) => one.customer === customer && at >= one.start - gap && at <= one.end + gap);
    const start = Math.min(at, ...near.map((one) => one.start));
    const end = Math.max(at, ...near.map((one) => one.end));
    near.filter((one) => one.start !== start || one.end !== end).forEach((one) => write(one, null, {}));
    const whole = { customer, start, end, values };
    sessions = [...sessions.filter((one) => !near.includes(one)), whole];
    write(whole, "c", valuesOf(table, whole));
  }
  return { records, rows: sessions.map((session) => valuesOf(table, session)) };
}

function valuesOf(table: LandingTable, { customer, start, end, values }: Session): Values {
  const [first = "", last = ""] = bounds(table);
  const number = (value: number) => ({ landed: String(value), shown: String(value) });
  const keys = table.key.filter((name) => name !== first).map((name) => [name, number(customer)] as const);
  return { ...Object.fromEntries(keys), [first]: number(start), [last]: number(end), ...values };
}

function bounds({ session }: LandingTable): string[] {
  return session === undefined ? [] : [session.start, session.end];
}
