import type { Plain } from "../../dataplane/lake/avro.ts";
import { declaredGraph, type Dataset, type Transformation } from "../../model/graph.ts";
import { checkTransformations } from "../../model/ksql/transformations.ts";
import { withResults } from "../../model/ksql/results.ts";
import { pipeline } from "../../pipeline.ts";
import { sourceRelations, statementFiles } from "../streams/tables.ts";

type Row = Readonly<Record<string, Plain>>;

export interface Made {
  readonly offset: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly row: Row;
}

const day = 86_400_000;
/** Full days, the last of which is yesterday. */
export const dayCount = 7;
export const midnight = Math.floor(Date.now() / day) * day;
const start = midnight - dayCount * day;

const partitionCount = 2;
export const partitions = Array.from({ length: partitionCount }, (_, index) => index);

const files = statementFiles();
const graph = withResults(
  declaredGraph(pipeline),
  checkTransformations(files, { relations: sourceRelations(partitionCount) }),
  files,
);

/** A dataset of the article's pipeline, whether it is on or not. */
export function datasetOf(name: string): Dataset & Partial<Transformation> {
  const found = [...graph.tables, ...graph.transformations].find((candidate) => candidate.name === name);
  if (found === undefined) {
    throw new Error(`the pipeline has no ${name}`);
  }
  return found;
}

/** Customers for so many orders. */
const customersFor = (orders: number) => Math.max(20, Math.ceil(orders / 50));

const industries = ["Mining", "Books", "Railways", "Bakery", "Glass", "Shipping"];
const countries = ["Portugal", "Ghana", "Poland", "Ireland", "Mexico"];
const companyCount = 200;
const companyOf = (customer: number) => `Company ${customer % companyCount}`;
const industryOf = (customer: number) => industries[(customer % companyCount) % industries.length] ?? "";
const change = (at: number): Row => ({ __op: "c", __deleted: "false", __source_ts_ms: at });

/** Times spread evenly over the days; of every twentieth order there is a second version, of each hundredth a deletion. */
function* orderVersions(count: number) {
  const customers = customersFor(count);
  for (let index = 0; index < count; index += 1) {
    const at = start + Math.floor((index * dayCount * day) / count);
    const id = index % 20 === 19 ? index - 1 : index;
    const isDeletion = index % 100 === 99;
    const total = (((id * 7919) % 100_000) + (index - id)) / 100;
    const customer = (id * 31) % customers;
    yield { index, at, id, isDeletion, customer, total: total.toFixed(2), item: `item ${id % 500}` };
  }
}

/** Rows of one partition, in order. */
export function* ordersOf(partition: number, count: number): Generator<Made> {
  let offset = 0;
  for (const { at, id, isDeletion, customer, total, item } of orderVersions(count)) {
    if (id % partitionCount === partition) {
      const row = {
        order_id: id,
        customer_id: customer,
        order_ts: new Date(at).toISOString(),
        order_total_usd: total,
        item,
      };
      yield { offset, at, row: { ...row, ...change(at), __deleted: String(isDeletion) } };
      offset += 1;
    }
  }
}

/** The same orders, each with its customer. */
export function* enrichedOf(partition: number, count: number): Generator<Made> {
  let offset = 0;
  for (const { at, id, isDeletion, customer, total, item } of orderVersions(count)) {
    if (id % partitionCount === partition) {
      const row = {
        ORDER_ID: id,
        ITEM: item,
        ORDER_TOTAL_USD: total,
        FULL_NAME: `First${customer} Last${customer}`,
        EMAIL: `customer.${customer}@example.com`,
        COMPANY: companyOf(customer),
        STREET_ADDRESS: `${customer} Lange Straße`,
        CITY: `City ${customer % 300}`,
        COUNTRY: countries[customer % countries.length] ?? "",
        INDUSTRY: industryOf(customer),
        __DELETED: String(isDeletion),
      };
      yield { offset, at, row };
      offset += 1;
    }
  }
}

/** Customers as the first day's first hour has them. */
export function* customersOf(partition: number, orders: number): Generator<Made> {
  for (let id = partition, offset = 0; id < customersFor(orders); id += partitionCount, offset += 1) {
    const row = {
      id,
      first_name: `First${id}`,
      last_name: `Last${id}`,
      birthdate: "1980-01-17",
      email: `customer.${id}@example.com`,
      company: companyOf(id),
      street_address: `${id} Lange Straße`,
      city: `City ${id % 300}`,
      country: countries[id % countries.length] ?? "",
      fav_movie: `Film ${id % 50}`,
      fav_colour: "teal",
      fav_animal: "otter",
    };
    yield { offset, at: start, row: { ...row, ...change(start) } };
  }
}

/** Companies, likewise. */
export function* companiesOf(partition: number): Generator<Made> {
  for (let id = partition, offset = 0; id < companyCount; id += partitionCount, offset += 1) {
    yield { offset, at: start, row: { name: companyOf(id), industry: industryOf(id), ...change(start) } };
  }
}
