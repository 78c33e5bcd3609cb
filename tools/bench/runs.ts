import { setTimeout as sleep } from "node:timers/promises";
import { usageOf } from "../../dataplane/engines/usage.ts";
import type { Lab } from "../../dataplane/engines/processes.ts";
import type { DatabaseServer } from "../../dataplane/engines/databaseServer.ts";
import type { Plane } from "../../dataplane/plane.ts";
import { debeziumTopic } from "../../model/connect/debeziumNames.ts";
import type { Source, Table } from "../../model/graph.ts";
import { heartbeatPrefix, historyPrefix } from "../../model/internalNames.ts";
import { batchesOf, type Batch } from "./batches.ts";
import type { Contender } from "./contenders.ts";

/** Where everything runs that is measured. */
export interface Bench {
  readonly lab: Lab;
  readonly plane: Plane;
  readonly source: Source;
  readonly server: DatabaseServer;
}

/** What came of one run. */
export interface Measured {
  readonly rows: number;
  /** Bytes of a row in the topic, compressed as it was sent, with its part of the batch's header. */
  readonly bytesPerRow: number;
  /** Seconds of a processor that the worker used for it. */
  readonly cpu: number;
}

export interface Latency extends Measured {
  /** Commit to topic, milliseconds, ascending. */
  readonly latencies: readonly number[];
}

export interface Snapshot extends Measured {
  /** From the first batch to the last in the topic, seconds. */
  readonly seconds: number;
  /** From the connector's creation to the last batch, seconds. */
  readonly whole: number;
}

let runs = 0;

/** Single inserts, each a transaction, so many a second. */
export async function latency(bench: Bench, contender: Contender, rate: number, seconds: number): Promise<Latency> {
  const { lab, plane, server, source } = bench;
  const table = tableNamed(source, "ORDERS");
  server.sql(`TRUNCATE TABLE ${table.path}`, { database: source.database });
  return withConnector(bench, contender, table, async (arrived) => {
    const session = server.open({ database: source.database });
    session.write(source.kind === "mariaDb" ? "SET time_zone = '+00:00';\n" : "SET synchronous_commit = on;\n");
    // The first row finds the connector cold, and is not counted.
    session.write(insertOf(source, table, 0));
    await lab.eventually("the first row", 60, () => Promise.resolve(arrived().length > 0 ? true : undefined));
    await sleep(1_000);
    const cpu = workerCpu(plane);
    const count = Math.max(1, Math.round(rate * seconds));
    const begin = performance.now();
    // Each somewhere in its own part of the time: never in step with how often the connector looks.
    const times = Array.from({ length: count }, (_, index) => ((index + Math.random()) / rate) * 1000);
    for (let made = 0; made < count;) {
      await sleep(1);
      for (; made < count && performance.now() - begin >= (times[made] ?? 0); made += 1) {
        session.write(insertOf(source, table, made + 1));
      }
    }
    await session.close();
    const batches = await all(lab, arrived, count + 1);
    const written = writtenAt(bench, table);
    const latencies = batches
      .flatMap((batch) => batch.keys().map((key) => ({ id: idOf(key), at: batch.at })))
      .filter(({ id }) => id > 0)
      .map(({ id, at }) => at - (written.get(id) ?? Number.NaN))
      .toSorted((a, b) => a - b);
    return { ...sizes(batches), cpu: workerCpu(plane) - cpu, latencies };
  });
}

/** Reads a table of so many rows, which is there already. */
export async function snapshot(bench: Bench, contender: Contender, rows: number): Promise<Snapshot> {
  const { lab, plane, source } = bench;
  const table = tableNamed(source, `BIG_${rows}`);
  const cpu = workerCpu(plane);
  const begin = Date.now();
  return withConnector(bench, contender, table, async (arrived) => {
    const batches = await all(lab, arrived, rows, 600);
    const times = batches.map(({ at }) => at);
    const last = times.reduce((a, b) => Math.max(a, b), 0);
    const first = times.reduce((a, b) => Math.min(a, b), last);
    const seconds = (last - first) / 1000;
    return { ...sizes(batches), cpu: workerCpu(plane) - cpu, seconds, whole: (last - begin) / 1000 };
  });
}

/** A connector of its own name, topic, slot and history for each run, taken away after it. */
async function withConnector<T>(
  { lab, plane, source, server }: Bench,
  contender: Contender,
  table: Table,
  work: (arrived: () => Batch[]) => Promise<T>,
): Promise<T> {
  runs += 1;
  const name = `bench${runs}`;
  const own: Source = { ...source, name, tables: [{ ...table, source: name, topic: `${name}.${table.path}` }] };
  const declared = plane.connector(source);
  // The port, secrets, trust and the publication are the source's own, whatever the run is called.
  const kept = /^(database\.(port|password|ssl.*|sslrootcert)|driver\..*|publication\.name)$/;
  const config = {
    ...contender.config(plane, own),
    ...Object.fromEntries(Object.entries(declared).filter(([key]) => kept.test(key))),
  };
  const topic = "transforms" in config ? `${name}.${table.path}` : debeziumTopic(own, table.path);
  const stamped = [{ name: "message.timestamp.type", value: "LogAppendTime" }];
  await plane.broker.createTopics([
    { topic, numPartitions: 1, configEntries: stamped },
    { topic: historyPrefix + name, numPartitions: 1 },
    { topic: heartbeatPrefix + name, numPartitions: 1 },
  ]);
  const data = lab.path("broker", "data");
  try {
    await plane.worker.put(name, config);
    await plane.worker.untilRunning(name);
    return await work(() => batchesOf(data, topic));
  } finally {
    await plane.worker.request("DELETE", `/connectors/${name}`);
    if (source.kind === "postgres") {
      await dropSlot(lab, server, config["slot.name"] ?? "");
    }
  }
}

async function dropSlot(lab: Lab, server: DatabaseServer, slot: string): Promise<void> {
  await lab.eventually("the slot is free", 30, () => {
    server.sql(`SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '${slot}'`);
    return Promise.resolve(true);
  });
}

function tableNamed(source: Source, name: string): Table {
  const table = source.tables.find((each) => each.name === name);
  if (table === undefined) {
    throw new Error(`${source.name} has no table ${name}`);
  }
  return table;
}

async function all(lab: Lab, arrived: () => Batch[], count: number, seconds = 120): Promise<Batch[]> {
  return lab.eventually(`${count} rows in the topic`, seconds, () => {
    const batches = arrived();
    return Promise.resolve(rowsIn(batches) >= count ? batches : undefined);
  });
}

function rowsIn(batches: readonly Batch[]): number {
  return batches.reduce((sum, { records }) => sum + records, 0);
}

function sizes(batches: readonly Batch[]): { rows: number; bytesPerRow: number } {
  const rows = rowsIn(batches);
  return { rows, bytesPerRow: batches.reduce((sum, { size }) => sum + size, 0) / rows };
}

function workerCpu({ worker }: Plane): number {
  return usageOf(worker.process.pid ?? 0).cpu;
}

/** A row that holds the time of its own statement, which commits at once. */
function insertOf({ kind }: Source, { path }: Table, id: number): string {
  const now = kind === "mariaDb" ? "NOW(3)" : "clock_timestamp() AT TIME ZONE 'UTC'";
  return `INSERT INTO ${path} VALUES (${id}, ${(id % 20) + 1}, ${now}, ${(id % 900) + 3}.99, 'Wooden spoon ${id % 50}');\n`;
}

function writtenAt({ server, source }: Bench, { path }: Table): Map<number, number> {
  const query =
    source.kind === "mariaDb"
      ? `SET time_zone = '+00:00'; SELECT order_id, ROUND(UNIX_TIMESTAMP(order_ts) * 1000) FROM ${path}`
      : `SELECT order_id, round(extract(epoch FROM order_ts AT TIME ZONE 'UTC') * 1000)::bigint FROM ${path}`;
  const lines = server.sql(query, { database: source.database }).split("\n");
  return new Map(lines.map((line) => line.split("\t").map(Number) as [number, number]));
}

/** The number that a key is: as JSON with its schema, or as Avro in Confluent's wire format. */
function idOf(key: Buffer): number {
  if (key[0] !== 0) {
    const { payload } = JSON.parse(key.toString()) as { payload: { order_id: number } | number };
    return typeof payload === "number" ? payload : payload.order_id;
  }
  let value = 0;
  for (let at = 5, shift = 0; at < key.length; at += 1, shift += 7) {
    value |= ((key[at] ?? 0) & 127) << shift;
  }
  return (value >>> 1) ^ -(value & 1);
}
