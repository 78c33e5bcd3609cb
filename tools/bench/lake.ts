import { readdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Lab } from "../../dataplane/engines/processes.ts";
import type { Answer } from "../../dataplane/engines/trino.ts";
import { dayOf, Lake, place } from "../../dataplane/lake/lake.ts";
import { Topic } from "../../dataplane/lake/topic.ts";
import { assemble } from "../../image/connect/assemble.ts";
import { text } from "../../model/columnTypes.ts";
import type { Dataset } from "../../model/graph.ts";
import { historyTable } from "../../model/lake/glueTable.ts";
import { prefixAt } from "../../model/lake/layout.ts";
import { readQuery } from "../../model/lake/queries.ts";
import { lakeTable, type LakeTable } from "../../model/lake/table.ts";
import { viewFile, viewKindOf, viewSql } from "../../model/lake/view.ts";
import {
  companiesOf,
  customersOf,
  datasetOf,
  dayCount,
  enrichedOf,
  midnight,
  ordersOf,
  partitions,
  type Made,
} from "./lakeRows.ts";
import { filesOfADay } from "./lakeFiles.ts";

const usage = `Usage: npm run bench:lake [-- OPTIONS]

On Trino with a stand-in for Glue and S3: the bytes that each question of sql/athena reads, beside those of the same
question without partitions and on raw JSON; how many files each rotation of the sink makes, and what they cost; how long a
question takes of the enriched table and of the join of the three topics behind it. Ratios carry over; times do not.

  --sizes LIST     orders, in ${dayCount} days. Default: 10000,1000000
  --rounds NUMBER  of what is timed. Default: 5`;

const { values: flags } = parseArgs({
  options: {
    sizes: { type: "string", default: "10000,1000000" },
    rounds: { type: "string", default: "5" },
    help: { type: "boolean", default: false },
  },
});
if (flags.help) {
  console.log(usage);
  process.exit(0);
}
const sizes = flags.sizes.split(",").map(Number);
const rounds = Number(flags.rounds);

const hour = 3_600_000;
const day = 24 * hour;
const since = dayOf(midnight - dayCount * day);
const last = dayOf(midnight - day);
const oneDay = dayOf(midnight - 3 * day);
const folder = "sql/athena";

/** What each question is asked with. */
const bound = (size: number): Readonly<Record<string, readonly (string | number)[]>> => ({
  best_customers: [oneDay, oneDay, 10],
  customers_on_day: [last],
  files_of_day: [oneDay],
  order_versions: [oneDay, oneDay, orderOf(size)],
  sales_by_hour: [oneDay],
  sales_of_day: [oneDay],
});

/** One that was placed in the middle of the day. */
function orderOf(size: number): number {
  return Math.floor((size * (dayCount - 2.5)) / dayCount / 20) * 20;
}

/** What the partition columns say, from the rows themselves. */
const partitionColumns = "CAST(CAST(__record_ts AS date) AS varchar) AS dt, hour(__record_ts) AS hour";

const lab = new Lab("bench-lake");
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void lab.stop().then(() => process.exit(1)));
}
try {
  for (const size of sizes) {
    // A lake of its own: rows of one size are in no other's folders.
    const own = new Lab(`bench-lake-${size}`);
    lab.atEnd(() => own.stop());
    const lake = await Lake.start(own, { image: await assemble(), rotation: { rows: 1_000_000, minutes: 60 } });
    await fill(lake, size);
    await compareBytes(lake, size);
    await compareJoin(lake, size);
    await compareFiles(lake, size);
    await own.stop();
  }
  rotations();
} finally {
  await lab.stop();
}

/** Puts the article's tables, the enriched orders and a wide one into the lake. */
async function fill(lake: Lake, size: number): Promise<void> {
  const begin = performance.now();
  const wide = wideDataset();
  await put(lake, datasetOf("ORDERS_ENRICHED"), (partition) => enrichedOf(partition, size));
  await put(lake, wide, (partition) => enrichedOf(partition, size));
  await put(lake, datasetOf("ORDERS"), (partition) => ordersOf(partition, size), "sqlServer");
  await put(lake, datasetOf("CUSTOMERS"), (partition) => customersOf(partition, size), "mySql");
  await put(lake, datasetOf("COMPANIES"), companiesOf, "mySql");
  const seconds = (performance.now() - begin) / 1000;
  console.log(`\n${size.toLocaleString("en")} orders in ${dayCount} days, written in ${seconds.toFixed(0)} s\n`);
}

/** ORDERS_ENRICHED with what a third table knows. */
function wideDataset(): Dataset {
  const enriched = datasetOf("ORDERS_ENRICHED");
  const columns = [...enriched.columns, { source: "INDUSTRY", name: "INDUSTRY", type: text(50), required: false }];
  return { ...enriched, name: "ORDERS_WIDE", topic: "ORDERS_WIDE", columns };
}

async function put(
  lake: Lake,
  dataset: Dataset,
  rowsOf: (partition: number) => Iterable<Made>,
  source?: "sqlServer" | "mySql",
): Promise<void> {
  const table = lakeTable(dataset, source);
  await lake.make(table, { since });
  const topic = await Topic.of(lake, dataset, source);
  const fields = [...dataset.columns.map(({ name }) => name)];
  for (const partition of partitions) {
    for (const rows of batches(rowsOf(partition), 5_000)) {
      await topic.add(partition, rows);
      if (dataset.name === "ORDERS_ENRICHED" || dataset.name === "CUSTOMERS") {
        await putJson(lake, dataset.topic, partition, rows, fields);
      }
    }
  }
  await lake.sink.flush();
}

function* batches<T>(all: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = [];
  for (const one of all) {
    batch.push(one);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) {
    yield batch;
  }
}

/** What the sink writes with `output.data.format: JSON`: a line a row, no compression, times as milliseconds. */
async function putJson(lake: Lake, topic: string, partition: number, rows: readonly Made[], fields: readonly string[]) {
  for (const [prefix, of] of Map.groupBy(rows, ({ at }) => prefixAt("json", topic, new Date(at)))) {
    const lines = of.map(({ offset, at, row }) => {
      const place = { __topic_partition: partition, __topic_offset: offset, __record_ts: at };
      const deleted = row.__DELETED ?? row.__deleted ?? null;
      return `${JSON.stringify({ ...Object.fromEntries(fields.map((name) => [name, row[name]])), __deleted: deleted, ...place })}\n`;
    });
    const key = `${prefix}${topic}+${partition}+${of[0]?.offset ?? 0}.json`;
    await lake.aws.call("s3", "put_object", { Bucket: place.bucket, Key: key, Body: lines.join("") });
  }
}

/** The bytes of each shipped question with the projection, without it, and on JSON; the answers have to be the same. */
async function compareBytes(lake: Lake, size: number): Promise<void> {
  for (const name of ["ORDERS_ENRICHED", "CUSTOMERS"]) {
    const source = name === "CUSTOMERS" ? ("mySql" as const) : undefined;
    const table = lakeTable(datasetOf(name), source);
    await makeFlat(lake, table);
    await makeJson(lake, table);
  }
  console.log(line("bytes read by", "with partitions", "without", "JSON", "without : with", "JSON : with"));
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".sql"))) {
    const query = readQuery(file, readFileSync(`${folder}/${file}`, "utf8"));
    const values = (bound(size)[query.name] ?? []).map((value) =>
      typeof value === "number" ? String(value) : `'${value}'`,
    );
    const ask = (suffix: string) => {
      const sql = query.sql.replace(/\b(orders_enriched_history|orders_enriched|customers_history)\b/g, `$1${suffix}`);
      const quoted = sql.replaceAll("'", "''");
      return lake.query(query.binds ? `EXECUTE IMMEDIATE '${quoted}' USING ${values.join(", ")}` : sql);
    };
    const partitioned = await ask("");
    const others = [await ask("_flat"), await ask("_json")];
    // How many files there are is another matter in another layout.
    if (query.name !== "files_of_day") {
      others.forEach((answer) => same(query.name, partitioned, answer));
    }
    const scanned = [partitioned, ...others].map((answer) => answer.scanned);
    const ratios = scanned.slice(1).map((bytes) => (bytes / Math.max(1, partitioned.scanned)).toFixed(1));
    console.log(line(query.name, ...scanned.map((bytes) => bytes.toLocaleString("en")), ...ratios));
  }
  const size6 = await lake.query(`SELECT count(*) FROM orders_enriched_history WHERE dt = '${oneDay}'`);
  console.log(`\n${size.toLocaleString("en")} rows; the day that was asked for has ${String(size6.rows[0]?.[0])}.\n`);
}

function same(what: string, one: Answer, other: Answer): void {
  if (JSON.stringify(one.rows) !== JSON.stringify(other.rows)) {
    throw new Error(`${what} has two answers`);
  }
}

/** The same files as one heap, and the stack's view over them. */
async function makeFlat(lake: Lake, table: LakeTable): Promise<void> {
  const history = historyTable(table, place, since);
  const heap = { ...history, name: `${table.history}_heap`, partitionKeys: [], parameters: { EXTERNAL: "TRUE" } };
  await lake.put(heap);
  const path = '"$path"';
  await lake.query(
    `CREATE VIEW ${table.history}_flat AS SELECT *, ${partitionColumns}, ${path} FROM ${table.history}_heap`,
  );
  await makeStackView(lake, table, "_flat");
}

/** Rows as JSON, one heap too. */
async function makeJson(lake: Lake, table: LakeTable): Promise<void> {
  const history = historyTable(table, place, since);
  const columns = history.storageDescriptor.columns.map(({ name, type }) => ({
    name,
    type: name === "__record_ts" ? "bigint" : type === "date" ? "string" : type,
  }));
  const location = `s3://${place.bucket}/json/${table.topic}/`;
  await lake.put({
    ...history,
    name: `${table.history}_lines`,
    partitionKeys: [],
    parameters: { EXTERNAL: "TRUE" },
    storageDescriptor: {
      columns,
      location,
      inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
      outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
      serDeInfo: { name: "json", serializationLibrary: "org.openx.data.jsonserde.JsonSerDe" },
    },
  });
  const names = columns.map(({ name }) => name).filter((name) => name !== "__record_ts");
  const moment = "CAST(from_unixtime(__record_ts / 1000e0) AS timestamp(3)) AS __record_ts";
  await lake.query(
    `CREATE VIEW ${table.history}_json AS SELECT *, ${partitionColumns} FROM ` +
      `(SELECT ${names.join(", ")}, ${moment}, "$path" FROM ${table.history}_lines)`,
  );
  await makeStackView(lake, table, "_json");
}

async function makeStackView(lake: Lake, table: LakeTable, suffix: string): Promise<void> {
  const kind = viewKindOf(table);
  if (kind === "facts") {
    const sql = viewSql(table, readFileSync(viewFile(kind), "utf8"), "pipeline_test");
    const over = sql.replaceAll(`pipeline_test.${table.history}`, `pipeline_test.${table.history}${suffix}`);
    await lake.query(`CREATE VIEW ${table.dataset}${suffix} AS ${over}`);
  }
}

/** A question of a day's orders by what two other tables know: from the wide table, and from the three topics. */
async function compareJoin(lake: Lake, size: number): Promise<void> {
  const group = "GROUP BY country, industry ORDER BY country, industry";
  const sums = "country, industry, count(*) AS orders, sum(order_total_usd) AS total_usd";
  const wide = `SELECT ${sums} FROM orders_wide WHERE dt = '${oneDay}' ${group}`;
  const joined =
    `SELECT ${sums} FROM orders o LEFT JOIN customers c ON o.customer_id = c.id LEFT JOIN companies p ON c.company = p.name ` +
    `WHERE o.dt = '${oneDay}' ${group}`;
  const contenders = { wide, joined };
  const answers: Record<keyof typeof contenders, Answer[]> = { wide: [], joined: [] };
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of ["wide", "joined"] as const) {
      const answer = await lake.query(contenders[name]);
      // The first round warms up.
      if (round > 0) {
        answers[name].push(answer);
      }
    }
    same(
      "the join",
      answers.wide.at(-1) ?? (await lake.query(wide)),
      answers.joined.at(-1) ?? (await lake.query(joined)),
    );
  }
  const time = (name: keyof typeof contenders) => middle(answers[name].map(({ milliseconds }) => milliseconds));
  const bytes = (name: keyof typeof contenders) => answers[name][0]?.scanned ?? 0;
  console.log(line("denormalise once", "enriched", "join of three", "ratio"));
  console.log(
    line("ms, median", String(time("wide")), String(time("joined")), (time("joined") / time("wide")).toFixed(1)),
  );
  console.log(
    line(
      "bytes",
      bytes("wide").toLocaleString("en"),
      bytes("joined").toLocaleString("en"),
      (bytes("joined") / bytes("wide")).toFixed(1),
    ),
  );
  console.log(`${size.toLocaleString("en")} orders; both have the same ${answers.wide[0]?.rows.length ?? 0} rows.\n`);
}

/** A day's rows of one topic in fewer and in more files: what a question of them costs. */
async function compareFiles(lake: Lake, size: number): Promise<void> {
  console.log(line("files a day", "rows a file", "ms, median", "time : fewest", "bytes read", "bytes : fewest"));
  const rows = partitions.map((partition) => [...enrichedOf(partition, size)].filter(({ at }) => dayOf(at) === oneDay));
  const count = rows.reduce((sum, of) => sum + of.length, 0);
  let fewest: { readonly time: number; readonly bytes: number } | undefined;
  for (const filesAnHour of [1, 6, 30]) {
    const dataset = { ...datasetOf("ORDERS_ENRICHED"), name: `CUT_${filesAnHour}`, topic: `CUT_${filesAnHour}` };
    const table = lakeTable(dataset);
    await lake.make(table, { since });
    const topic = await Topic.of(lake, dataset);
    let files = 0;
    for (const partition of partitions) {
      const slices = Map.groupBy(rows[partition] ?? [], ({ at }) => Math.floor((at * filesAnHour) / hour));
      for (const slice of slices.values()) {
        await topic.add(partition, slice);
        files += (await lake.sink.flush()).length;
      }
    }
    const sql = `SELECT item, count(*), sum(order_total_usd) FROM ${table.history} WHERE dt = '${oneDay}' GROUP BY item`;
    const answers: Answer[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      answers.push(await lake.query(sql));
    }
    const time = middle(answers.slice(1).map(({ milliseconds }) => milliseconds));
    const bytes = answers[0]?.scanned ?? 0;
    fewest ??= { time, bytes };
    const ratios = [time / fewest.time, bytes / fewest.bytes].map((ratio) => ratio.toFixed(1));
    const rowsAFile = (count / files).toFixed(0);
    console.log(
      line(String(files), rowsAFile, String(time), ratios[0] ?? "", bytes.toLocaleString("en"), ratios[1] ?? ""),
    );
  }
  console.log();
}

/** Files a day by rows and rotation. */
function rotations(): void {
  const settings = [10, 30, 60].flatMap((minutes) => [1_000, 100_000].map((rows) => ({ minutes, rows })));
  console.log("Files a day of a topic with 6 partitions, by `rotateMinutes` and `rowsPerFile`:");
  console.log(
    line("rows a day", ...settings.map(({ minutes, rows }) => `${minutes} min, ${rows.toLocaleString("en")}`)),
  );
  for (const rows of [1_000, 10_000, 1_000_000, 100_000_000]) {
    const counts = settings.map((rotation) => filesOfADay(rows, 6, rotation));
    console.log(line(rows.toLocaleString("en"), ...counts.map((count) => count.toLocaleString("en"))));
  }
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function line(firstWord: string, ...others: readonly string[]): string {
  return firstWord.padEnd(18) + others.map((other) => other.padStart(17)).join("");
}
