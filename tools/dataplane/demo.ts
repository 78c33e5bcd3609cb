import { parseArgs } from "node:util";
import { binary, MissingProgram } from "../../dataplane/engines/binaries.ts";
import { stopKept } from "../../dataplane/engines/kept.ts";
import { Lab } from "../../dataplane/engines/processes.ts";
import { withStandIns, type RealKind } from "../../dataplane/standIns.ts";
import { declaredGraph, defaultGraph, type Graph } from "../../model/graph.ts";
import { pipeline } from "../../pipeline.ts";
import { Memory } from "./memory.ts";
import { Narrator } from "./narrator.ts";
import { howToConnect, report } from "./report.ts";
import { play, start } from "./play.ts";

const usage = `Usage: npm run demo [-- OPTIONS]

Starts the whole data plane on this machine, without Docker: a database for each source, Kafka, Schema Registry, and
Kafka Connect with Debezium. Then makes changes in the databases and shows them as they arrive. Ctrl-C ends it, and
everything that it started.

  --rate NUMBER    transactions a second, more than 0. Default: 2
  --for SECONDS    ends after so many seconds of changes. Default: goes on until Ctrl-C
  --keep           leaves everything running in the end, and says how to connect to it and how to stop it
  --stop           stops what an earlier demo left running

NO_COLOR, or no terminal: lines instead of a picture.
Exit codes: 0 done; 1 it failed; 2 something is missing on this machine or in the call.`;

interface Options {
  readonly rate: number;
  readonly seconds: number;
  readonly keep: boolean;
}

class UsageError extends Error {}

// kafkajs asks for timers in the past, which newer Nodes warn of; it says nothing to whoever runs the demo.
process.removeAllListeners("warning");
process.on("warning", (warning) => {
  if (warning.name !== "TimeoutNegativeWarning") {
    console.error(warning.stack ?? warning.message);
  }
});

try {
  process.exit(await main());
} catch (error) {
  if (error instanceof UsageError || error instanceof MissingProgram) {
    console.error(error instanceof UsageError ? `${error.message}\n\n${usage}` : error.message);
    process.exit(2);
  }
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function main(): Promise<number> {
  const values = parsed();
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (values.stop) {
    const stopped = await stopKept("demo");
    console.log(stopped.length === 0 ? "No demo was left running." : `Stopped and removed: ${stopped.join(", ")}`);
    return 0;
  }
  const options: Options = {
    rate: numberOf("rate", values.rate, (value) => value > 0),
    seconds: values.for === undefined ? Infinity : numberOf("for", values.for, (value) => value >= 0),
    keep: values.keep,
  };
  const graph = defaultGraph(declaredGraph(withStandIns(pipeline)));
  programsFor(graph).forEach(binary);
  return run(graph, options);
}

async function run(graph: Graph, { rate, seconds, keep }: Options): Promise<number> {
  const interruption = new AbortController();
  onSignals(() => interruption.abort());
  const { signal } = interruption;
  const lab = new Lab("demo", { keep });
  const memory = new Memory(lab);
  const narrator = new Narrator(graph);
  let isLeft = false;
  try {
    // A lab that is stopped ends what starts in it at that moment.
    const stop = () => void lab.stop();
    signal.addEventListener("abort", stop);
    const demo = await start(lab, graph, narrator);
    signal.removeEventListener("abort", stop);
    await play(demo, narrator, { rate, seconds, signal });
    isLeft = keep;
    memory.measure();
    narrator.close();
    console.log(report(narrator, memory));
    if (keep) {
      console.log(howToConnect(lab, demo));
    }
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
  } finally {
    memory.close();
    narrator.close();
    if (!isLeft) {
      console.log("\nStopping what was started ...");
      await lab.stop();
      console.log("Everything that was started has ended, and its files are gone.");
    }
  }
  return 0;
}

/** The first asks for an end in good order; the second ends us at once, and the kernel ends what we started. */
function onSignals(stop: () => void): void {
  let count = 0;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      count += 1;
      if (count > 1) {
        process.exit(130);
      }
      stop();
    });
  }
}

/** What has to be there before anything is downloaded or started. */
function programsFor({ sources }: Graph): string[] {
  const ofDatabases: Readonly<Record<RealKind, readonly string[]>> = {
    mariaDb: ["mariadbd", "mariadb-install-db", "mariadb"],
    postgres: ["postgres", "initdb", "psql"],
  };
  const kinds = new Set(sources.map(({ kind }) => kind as RealKind));
  return ["java", "keytool", "mvn", "openssl", "setpriv", ...[...kinds].flatMap((kind) => ofDatabases[kind])];
}

function parsed() {
  try {
    return parseArgs({
      options: {
        rate: { type: "string", default: "2" },
        for: { type: "string" },
        keep: { type: "boolean", default: false },
        stop: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function numberOf(flag: string, given: string, isRight: (value: number) => boolean): number {
  const value = Number(given);
  if (given.trim() === "" || !isRight(value)) {
    throw new UsageError(`--${flag} ${given} is not a number that it takes.`);
  }
  return value;
}
