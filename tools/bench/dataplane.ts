import { parseArgs } from "node:util";
import { Lab } from "../../dataplane/engines/processes.ts";
import { usageOf } from "../../dataplane/engines/usage.ts";
import { startPlane, type Plane } from "../../dataplane/plane.ts";
import type { RealKind } from "../../dataplane/standIns.ts";
import { assemble } from "../../image/connect/assemble.ts";
import { decimal, int32, text, timestamp } from "../../model/columnTypes.ts";
import { declaredGraph, type Graph } from "../../model/graph.ts";
import { systemTitles } from "../../model/names.ts";
import type { TableDeclaration } from "../../model/pipeline.ts";
import { defaults, rendered, single, type Contender } from "./contenders.ts";
import { latency, snapshot, type Bench, type Latency, type Snapshot } from "./runs.ts";

const usage = `Usage: npm run bench:dataplane [-- OPTIONS]

Measures the rendered configuration of a source connector against Debezium's and the worker's defaults, in turn, on this
machine: commit to topic, rows of a snapshot a second, bytes of a row, seconds of a processor for a change.

  --short            about two minutes, for CI: one database, short runs
  --kinds LIST       of postgres, mariaDb. Default: both
  --rates LIST       changes a second. Default: 1,100,1000
  --seconds NUMBER   of changes at each rate. Default: 20
  --rows LIST        of snapshots. Default: 10000,100000,1000000
  --defaults-limit NUMBER  rows up to which the defaults are measured, too: they are slow. Default: 100000
  --rounds NUMBER    Default: 3
  --settings         measures what each setting gives alone instead`;

/** What one worker is taken to be, and how busy it may be so that bursts and restarts find room. */
const instance = { name: "m7g.large", processors: 2, load: 0.6 };

const { values: flags } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    kinds: { type: "string" },
    rates: { type: "string" },
    seconds: { type: "string" },
    rows: { type: "string" },
    "defaults-limit": { type: "string", default: "100000" },
    rounds: { type: "string" },
    settings: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (flags.help) {
  console.log(usage);
  process.exit(0);
}
const preset = flags.short
  ? { kinds: "postgres", seconds: "4", rows: "10000,50000", rounds: "1" }
  : { kinds: "postgres,mariaDb", seconds: "20", rows: "10000,100000,1000000", rounds: "3" };
const numbers = (list: string) => list.split(",").map(Number);
const kinds = (flags.kinds ?? preset.kinds).split(",") as RealKind[];
const rates = numbers(flags.rates ?? "1,100,1000");
const seconds = Number(flags.seconds ?? preset.seconds);
const sizes = numbers(flags.rows ?? preset.rows);
const rounds = Number(flags.rounds ?? preset.rounds);

process.removeAllListeners("warning"); // kafkajs asks for timers in the past
const lab = new Lab("bench");
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void lab.stop().then(() => process.exit(130)));
}
try {
  const plane = await open(benchGraph());
  for (const { source, server } of plane.databases) {
    const bench: Bench = { lab, plane, source, server };
    console.log(`\n${systemTitles[source.kind]}: medians of ${rounds} round${rounds === 1 ? "" : "s"}, each in turn`);
    await warmUp(bench);
    await (flags.settings ? compareSettings(bench) : compareWithDefaults(bench));
  }
  printMemory(plane);
} finally {
  await lab.stop();
}
process.exit(0);

async function open(graph: Graph): Promise<Plane> {
  const image = await assemble();
  const plane = await startPlane(lab, {
    image,
    graph,
    rows: ({ kind }) => sizes.map((size) => filled(kind as RealKind, size)).join(""),
    // Every contender sets its producers itself, some what a worker of ours does not let a connector set.
    workerSettings: { "connector.client.config.override.policy": "All" },
    // As on a server: without the options that make tests start quickly.
    workerEnvironment: { CONNECT_HEAP: "1g", JDK_JAVA_OPTIONS: "" },
  });
  const may = { operation: "ALL", patternType: "PREFIXED" } as const;
  await plane.broker.allow(
    plane.login.key,
    [
      ...["bench", "_history.bench", "_heartbeat.bench"].map((name) => ["TOPIC", name] as const),
      ["GROUP", "bench"] as const,
    ].map(([resourceType, resourceName]) => ({ ...may, resourceType, resourceName })),
  );
  return plane;
}

/** A table for single changes, and one of each size for snapshots. */
function benchGraph(): Graph {
  const order = {
    kind: "facts",
    key: "order_id",
    columns: {
      order_id: int32,
      customer_id: int32,
      order_ts: timestamp(3),
      order_total_usd: decimal(5, 2),
      item: text(50),
    },
  } satisfies TableDeclaration;
  const sources = kinds.map((kind) => {
    const path = (name: string) => (kind === "postgres" ? `public.${name}` : name);
    const tables = ["orders", ...sizes.map((size) => `big_${size}`)].map((name) => [path(name), order] as const);
    return [kind.toLowerCase(), { kind, database: "bench", tables: Object.fromEntries(tables) }] as const;
  });
  return declaredGraph({
    sources: Object.fromEntries(sources),
    transformations: {},
    targets: {},
    consumers: {},
  });
}

function filled(kind: RealKind, size: number): string {
  const row = (id: string) =>
    kind === "postgres"
      ? `${id}, ${id} % 20 + 1, timestamp '2026-05-01' + ${id} * interval '37 seconds', ${id} % 900 + 3.99, 'Wooden spoon ' || ${id} % 50`
      : `${id}, ${id} % 20 + 1, '2026-05-01' + INTERVAL ${id} * 37 SECOND, ${id} % 900 + 3.99, CONCAT('Wooden spoon ', ${id} % 50)`;
  return kind === "postgres"
    ? `INSERT INTO big_${size} SELECT ${row("n")} FROM generate_series(1, ${size}) AS n;\nANALYZE big_${size};\n`
    : `INSERT INTO big_${size} SELECT ${row("seq")} FROM seq_1_to_${size};\n`;
}

/** Java compiles what runs often: what comes first must not pay for all. */
async function warmUp(bench: Bench): Promise<void> {
  for (const contender of [rendered, defaults]) {
    await snapshot(bench, contender, Math.min(...sizes));
    await latency(bench, contender, 1_000, 3);
  }
}

async function compareWithDefaults(bench: Bench): Promise<void> {
  const contenders = [rendered, defaults];
  console.log("\ncommit to topic, ms");
  console.log(row("changes/s", "", "p50", "p95", "p99", "most", "bytes/row", "CPU us/row"));
  for (const rate of rates) {
    const measured = await inTurn(contenders, (each) => latency(bench, each, rate, seconds));
    for (const [{ title }, results] of measured) {
      console.log(row(rate, title, ...[0.5, 0.95, 0.99, 1].map((part) => atPart(results, part)), ...costs(results)));
    }
    printCapacity(rate, measured.get(rendered) ?? []);
  }
  console.log("\nsnapshot");
  console.log(row("rows", "", "rows/s", "seconds", "whole s", "ratio", "bytes/row", "CPU us/row"));
  const growth: [number, number][] = [];
  for (const size of sizes) {
    const taking = size <= Number(flags["defaults-limit"]) ? contenders : [rendered];
    const measured = await inTurn(taking, (each) => snapshot(bench, each, size));
    const speed = (results: readonly Snapshot[]) => median(results.map(({ rows, seconds: took }) => rows / took));
    const base = speed(measured.get(defaults) ?? []);
    for (const [contender, results] of measured) {
      const took = median(results.map((one) => one.seconds));
      const whole = median(results.map((one) => one.whole)).toFixed(1);
      const ratio = Number.isNaN(base) ? "" : (speed(results) / base).toFixed(2);
      console.log(
        row(size, contender.title, speed(results).toFixed(0), took.toFixed(2), whole, ratio, ...costs(results)),
      );
      if (contender === rendered) {
        growth.push([size, took]);
      }
    }
  }
  printGrowth(growth);
}

async function compareSettings(bench: Bench): Promise<void> {
  const size = Math.max(...sizes);
  console.log(`\nrendered with one setting changed, in ratio to rendered; snapshot of ${size} rows, 100 changes/s`);
  console.log(row("", "", "rows/s", "bytes/row", "CPU/row", "p50", "p99", "live bytes").slice(12));
  for (const contender of single) {
    const big = await inTurn([rendered, contender], (each) => snapshot(bench, each, size));
    const live = await inTurn([rendered, contender], (each) => latency(bench, each, 100, seconds));
    const ratio = <T>(results: ReadonlyMap<Contender, readonly T[]>, value: (one: T) => number) => {
      const of = (which: Contender) => median((results.get(which) ?? []).map(value));
      return (of(contender) / of(rendered)).toFixed(2);
    };
    console.log(
      contender.title.padEnd(34),
      ...[
        ratio(big, (one) => one.rows / one.seconds),
        ratio(big, (one) => one.bytesPerRow),
        ratio(big, (one) => one.cpu / one.rows),
        ratio(live, (one) => part(one.latencies, 0.5)),
        ratio(live, (one) => part(one.latencies, 0.99)),
        ratio(live, (one) => one.bytesPerRow),
      ].map((text) => text.padStart(10)),
    );
  }
}

/** Rounds go from one contender to the next, so that what else the machine does falls on all. */
async function inTurn<T>(contenders: readonly Contender[], run: (contender: Contender) => Promise<T>) {
  const results = new Map<Contender, T[]>(contenders.map((contender) => [contender, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
      results.get(contender)?.push(await run(contender));
    }
  }
  return results;
}

function printCapacity(rate: number, results: readonly Latency[]): void {
  if (rate !== Math.max(...rates)) {
    return;
  }
  const cost = median(results.map(({ cpu, rows }) => cpu / rows));
  const { name, processors, load } = instance;
  const carried = (processors * load) / cost;
  console.log(
    `\nOne ${name} carries about ${(Math.floor(carried / 100) * 100).toFixed(0)} changes a second: ${processors} processors, ` +
      `taken to be as fast as one of this machine's, busy to ${load * 100} %, at ${(cost * 1e6).toFixed(0)} us a change. ` +
      "A second worker is needed beyond that for the processors, and from two connectors on to outlive a machine.",
  );
}

function printGrowth(growth: readonly (readonly [number, number])[]): void {
  const [first, last] = [growth[0], growth.at(-1)];
  if (first !== undefined && last !== undefined && last[0] > first[0]) {
    const exponent = Math.log(last[1] / first[1]) / Math.log(last[0] / first[0]);
    console.log(`\nFrom ${first[0]} to ${last[0]} rows the time grows with the exponent ${exponent.toFixed(2)}.`);
  }
}

function printMemory({ worker, broker, registry }: Plane): void {
  const engines = { worker: worker.process, broker: broker.process, registry: registry.process };
  const parts = Object.entries(engines).map(
    ([name, { pid }]) => `${name} ${pid === undefined ? "?" : usageOf(pid).memory.toFixed(0)} MiB`,
  );
  console.log(`\nMemory in the end: ${parts.join(", ")} (the worker may take a heap of 1 GiB).`);
}

function costs(results: readonly (Latency | Snapshot)[]): [string, string] {
  return [
    median(results.map((one) => one.bytesPerRow)).toFixed(0),
    median(results.map(({ cpu, rows }) => (cpu / rows) * 1e6)).toFixed(0),
  ];
}

function atPart(results: readonly Latency[], fraction: number): string {
  return median(results.map(({ latencies }) => part(latencies, fraction))).toFixed(0);
}

function part(ascending: readonly number[], fraction: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * fraction))] ?? Number.NaN;
}

function median(values: readonly number[]): number {
  return part(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

function row(first: string | number, second: string, ...others: string[]): string {
  return [String(first).padStart(10), ` ${second.padEnd(10)}`, ...others.map((text) => text.padStart(11))].join("");
}
