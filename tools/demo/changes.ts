import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { SourceKind } from "../../model/columnTypes.ts";
import { declaredGraph, defaultGraph, type Source } from "../../model/graph.ts";
import { demoChanges, steadyChanges } from "../../model/sources/demoChanges.ts";
import { sessionSql, transactionSql } from "../../model/sources/demoSql.ts";
import { pipeline } from "../../pipeline.ts";

const usage = `Prints changes of a source's tables as SQL, at a steady rate, for the database's own client:

  npm run --silent demo:changes -- --source mssql | sqlcmd -S HOST -U USER -b -x
  npm run --silent demo:changes -- --source mysql | mysql -h HOST -u USER -p --default-character-set=utf8mb4
  npm run --silent demo:changes -- --source mysql | docker exec -i CONTAINER bash /opt/demo/sql     (sources.demo)
  npm run --silent demo:changes -- --source mysql --kind postgres | psql -h HOST -U USER -d DATABASE

  --source NAME      a source of pipeline.ts
  --kind KIND        sqlServer, mySql, mariaDb or postgres. Default: the source's own; with another, tables are meant
                     that have no schema in their names
  --database NAME    Default: as pipeline.ts declares it
  --rate NUMBER      transactions a second, more than 0. Default: 1
  --for SECONDS      ends after so many seconds. Default: goes on until it is stopped
  --seed NUMBER      the same number, the same changes. Default: 1
  --history          prints the demo's short history of this source at once instead, and ends: updates of one order,
                     deletes, and an order whose customer comes later. Run it for the orders first, then for the customers.
`;

interface Options {
  readonly source: Source;
  readonly kind: SourceKind;
  readonly database: string;
  readonly rate: number;
  /** Transactions in all. */
  readonly count: number;
  readonly seed: number;
  readonly isHistory: boolean;
}

/** A mistake of whoever runs it. */
class UsageError extends Error {}

const stop = new AbortController();
process.once("SIGINT", () => stop.abort());
process.once("SIGTERM", () => stop.abort());
// The client has gone: nobody wants more.
process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => process.exit(code === "EPIPE" ? 0 : 1));

try {
  const options = readOptions();
  if (options.isHistory) {
    await printHistory(options);
  } else {
    await printSteadily(options);
  }
} catch (error) {
  if (!(error instanceof UsageError)) {
    throw error;
  }
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}

async function printHistory({ source, kind, database, seed }: Options): Promise<void> {
  const changes = demoChanges([source], seed).map((change) => transactionSql(kind, [change]));
  await print(sessionSql(kind, database) + changes.join(""));
}

/** Whole transactions only, each at its time from the start, so that the rate holds however long one takes to print. */
async function printSteadily({ source, kind, database, rate, count, seed }: Options): Promise<void> {
  const changes = steadyChanges(source, seed);
  await print(sessionSql(kind, database));
  const start = performance.now();
  for (let index = 0; index < count && !stop.signal.aborted; index += 1) {
    await print(transactionSql(kind, changes.next().value));
    const wait = start + ((index + 1) * 1000) / rate - performance.now();
    // Stopped while it waits: then there is nothing more to print.
    await sleep(Math.max(0, wait), undefined, { signal: stop.signal }).catch(() => undefined);
  }
}

async function print(sql: string): Promise<void> {
  if (!process.stdout.write(sql)) {
    await once(process.stdout, "drain");
  }
}

function readOptions(): Options {
  const { values } = parsed();
  const { sources } = defaultGraph(declaredGraph(pipeline));
  const source = sources.find(({ name }) => name === values.source);
  if (source === undefined) {
    throw new UsageError(
      `--source ${values.source ?? ""}: pipeline.ts has ${sources.map(({ name }) => name).join(", ")}.`,
    );
  }
  const kind = kindOf(values.kind ?? source.kind);
  const rate = numberOf("rate", values.rate, (value) => value > 0);
  const seconds = values.for === undefined ? Infinity : numberOf("for", values.for, (value) => value >= 0);
  return {
    source: kind === source.kind ? source : withoutSchemas(source),
    kind,
    database: values.database ?? source.database,
    rate,
    count: Math.ceil(rate * seconds),
    seed: numberOf("seed", values.seed, Number.isSafeInteger),
    isHistory: values.history,
  };
}

function parsed() {
  try {
    return parseArgs({
      options: {
        source: { type: "string" },
        kind: { type: "string" },
        database: { type: "string" },
        rate: { type: "string", default: "1" },
        for: { type: "string" },
        seed: { type: "string", default: "1" },
        history: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Another kind of database has other schemas, or none. */
function withoutSchemas(source: Source): Source {
  return { ...source, tables: source.tables.map((table) => ({ ...table, path: table.path.split(".").at(-1) ?? "" })) };
}

function kindOf(given: string): SourceKind {
  const kinds: readonly SourceKind[] = ["sqlServer", "mySql", "mariaDb", "postgres"];
  const kind = kinds.find((candidate) => candidate === given);
  if (kind === undefined) {
    throw new UsageError(`--kind ${given} is not one of ${kinds.join(", ")}.`);
  }
  return kind;
}

function numberOf(flag: string, given: string, isRight: (value: number) => boolean): number {
  const value = Number(given);
  if (given.trim() === "" || !isRight(value)) {
    throw new UsageError(`--${flag} ${given} is not a number that it takes.`);
  }
  return value;
}
