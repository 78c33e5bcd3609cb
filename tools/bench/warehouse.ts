import { parseArgs } from "node:util";
import { Lab } from "../../dataplane/engines/processes.ts";
import { SnowflakeStandIn } from "../../dataplane/engines/snowflake.ts";
import { declaredGraph } from "../../model/graph.ts";
import { currentState } from "../../model/warehouse/currentState.ts";
import { landingTable, sourceKindOf } from "../../model/warehouse/landing.ts";
import { pipeline } from "../../pipeline.ts";

const usage = `Usage: npm run bench:warehouse [-- OPTIONS]

Compares, on a stand-in for Snowflake, the same question asked of the current-state view, of the landing table as it is,
and of a table that holds the current state as a dynamic table would; says how each grows, and from when a dynamic table
pays. Ratios and growth carry over; absolute times do not.

  --sizes LIST      landing rows. Default: 10000,100000,1000000,10000000 (the last takes 5 GB of memory)
  --versions NUMBER how many versions a row has. Default: 5
  --rounds NUMBER   Default: 5
  --price USD       of a credit. Default: 3`;

/** A warehouse of size XSMALL: credits an hour, the least that a start is billed, and how long it then stays awake. */
const xsmall = { creditsAnHour: 1, leastSeconds: 60, suspendSeconds: 60 };
const day = 86_400;

const { values: flags } = parseArgs({
  options: {
    sizes: { type: "string", default: "10000,100000,1000000,10000000" },
    versions: { type: "string", default: "5" },
    rounds: { type: "string", default: "5" },
    price: { type: "string", default: "3" },
    help: { type: "boolean", default: false },
  },
});
if (flags.help) {
  console.log(usage);
  process.exit(0);
}
const sizes = flags.sizes.split(",").map(Number);
const versions = Number(flags.versions);
const rounds = Number(flags.rounds);
const price = Number(flags.price);

const database = "PIPELINE_TEST";
const graph = declaredGraph(pipeline);
const orders = graph.tables.find(({ name }) => name === "ORDERS");
if (orders === undefined) {
  throw new Error("the pipeline has no ORDERS");
}
const landing = landingTable(orders, sourceKindOf(graph.sources, orders));
const select = currentState(landing, `${database}.LANDING`);
// Snowflake keeps what is in a VARIANT in columns of its own; the stand-in reads JSON. This is what that makes.
const inColumns = select.replace(/RECORD_METADATA:(\w+)::NUMBER/g, "RECORD_$1");

const contenders = {
  "landing table": `${database}.LANDING.ORDERS`,
  view: `${database}.ANALYTICS.ORDERS`,
  "view, no JSON": `${database}.ANALYTICS.ORDERS_IN_COLUMNS`,
  "table of the state": `${database}.ANALYTICS.ORDERS_KEPT`,
};
type Name = keyof typeof contenders;
const names = Object.keys(contenders) as Name[];

/** Who spent most? It reads two columns of every row. */
const question = (from: string) =>
  `SELECT CUSTOMER_ID, SUM(ORDER_TOTAL_USD) FROM ${from} GROUP BY CUSTOMER_ID ORDER BY 2 DESC, 1 LIMIT 10`;

const lab = new Lab("bench-warehouse");
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void lab.stop().then(() => process.exit(1)));
}
try {
  const standIn = await SnowflakeStandIn.start(lab);
  await standIn.table("LANDING.ORDERS", [
    ...landing.columns,
    ...["RECORD_partition", "RECORD_offset"].map((name) => ({ name: name.toUpperCase(), type: "NUMBER(19,0)" })),
  ]);
  await standIn.run(`CREATE OR REPLACE VIEW ANALYTICS.ORDERS AS\n${select}`);
  await standIn.run(`CREATE OR REPLACE VIEW ANALYTICS.ORDERS_IN_COLUMNS AS\n${inColumns}`);

  const medians = new Map<number, Record<Name, number>>();
  console.log(`Milliseconds, medians of ${rounds}, in turn; ${versions} versions of each row.\n`);
  console.log(line("landing rows", ...names, "view : landing", "view : table"));
  for (const size of sizes) {
    await fill(standIn, size);
    const median = await measure(standIn);
    medians.set(size, median);
    const ratio = (other: Name) => (median.view / median[other]).toFixed(1);
    const times = names.map((name) => (median[name] * 1000).toFixed(1));
    console.log(line(String(size), ...times, ratio("landing table"), ratio("table of the state")));
  }
  console.log(line("exponent", ...names.map((name) => exponent(medians, name).toFixed(2)), "", ""));
  console.log(`\n${whenItPays(medians)}`);
} finally {
  await lab.stop();
}

/** So many rows in all, each key's versions spread over the whole, a hundredth of the keys deleted in the end. */
async function fill(standIn: SnowflakeStandIn, size: number): Promise<void> {
  const keys = Math.ceil(size / versions);
  await standIn.native(`DELETE FROM ${contenders["landing table"]}`);
  const metadata = `'{"topic":"mssql.dbo.ORDERS","partition":' || i % ${keys} % 6 || ',"offset":' || i || ',"CreateTime":' || (1790000000000 + i) || ',"SnowflakeConnectorPushTime":' || (1790000001000 + i) || ',"key":' || i % ${keys} || '}'`;
  await standIn.native(
    `INSERT INTO ${contenders["landing table"]} BY NAME SELECT i % ${keys} AS ORDER_ID, i % 20000 AS CUSTOMER_ID, ` +
      `TIMESTAMP '2026-01-01' + to_seconds(i) AS ORDER_TS, (i * 7919 % 100000) / 100 AS ORDER_TOTAL_USD, ` +
      `'item ' || i % 500 AS ITEM, 'u' AS __OP, 1790000000000 + i AS __SOURCE_TS_MS, ` +
      `CASE WHEN i >= ${size - keys} AND i % 100 = 0 THEN 'true' ELSE 'false' END AS __DELETED, ` +
      `'0000002a:00000d70:0003' AS __SOURCE_COMMIT_LSN, '0000002a:00000d70:0002' AS __SOURCE_CHANGE_LSN, ` +
      `${metadata} AS RECORD_METADATA, i % ${keys} % 6 AS RECORD_PARTITION, i AS RECORD_OFFSET FROM range(${size}) AS t(i)`,
  );
  await standIn.native(
    `CREATE OR REPLACE TABLE ${contenders["table of the state"]} AS SELECT * FROM ${contenders["view, no JSON"]}`,
  );
}

/** Median seconds of each, asked one after the other, so that what else the machine does slows all alike. */
async function measure(standIn: SnowflakeStandIn): Promise<Record<Name, number>> {
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  const answers = new Set<string>();
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const begin = performance.now();
      const rows = await standIn.native(question(contenders[name]));
      const seconds = (performance.now() - begin) / 1000;
      // The first round warms up.
      if (round > 0) {
        times[name].push(seconds);
      }
      if (name !== "landing table") {
        answers.add(JSON.stringify(rows));
      }
    }
  }
  if (answers.size !== 1) {
    throw new Error("the view and the table of the state say different things");
  }
  return Object.fromEntries(names.map((name) => [name, middle(times[name])])) as Record<Name, number>;
}

/** Of time over rows, by least squares over the logarithms of all sizes but the smallest, where fixed costs rule. */
function exponent(medians: ReadonlyMap<number, Record<Name, number>>, name: Name): number {
  const points = [...medians].slice(medians.size > 2 ? 1 : 0);
  const logs = points.map(([size, median]) => [Math.log(size), Math.log(median[name])] as const);
  const mean = (index: 0 | 1) => logs.reduce((sum, point) => sum + point[index], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const covariance = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}

/**
 * A dynamic table costs a warehouse that wakes for each refresh; the view costs what each question takes longer. As if
 * an XSMALL were as fast as this machine.
 */
function whenItPays(medians: ReadonlyMap<number, Record<Name, number>>): string {
  const awake = (lag: number) => Math.min(day, (day / lag) * (xsmall.leastSeconds + xsmall.suspendSeconds));
  const dollars = (seconds: number) => (seconds / 3600) * xsmall.creditsAnHour * price;
  const lags = [
    { name: "1 min", lag: 60 },
    { name: "15 min", lag: 900 },
    { name: "1 h", lag: 3600 },
  ];
  const costs = lags.map(({ name, lag }) => `${name}: ${dollars(awake(lag)).toFixed(2)} USD`).join(", ");
  const rows = [...medians].map(([size, median]) => {
    const longer = median["view, no JSON"] - median["table of the state"];
    return line(String(size), ...lags.map(({ lag }) => Math.round(awake(lag) / longer).toLocaleString("en")));
  });
  return [
    `A dynamic table's refreshes cost a day, at ${price} USD a credit while rows keep changing, by target lag: ${costs}.`,
    "It is cheaper than the view from so many questions a day on:",
    "",
    line("landing rows", ...lags.map(({ name }) => name)),
    ...rows,
  ].join("\n");
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function line(first: string, ...others: readonly string[]): string {
  return first.padEnd(13) + others.map((other) => other.padStart(19)).join("");
}
