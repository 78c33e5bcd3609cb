import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { explained, isCallMistake, SetupError } from "../../sandbox/errors.ts";
import { readCaseFiles, type NamedCaseFile, type StreamsCase } from "./cases.ts";
import { knownStatements, type KnownStatement } from "./catalogue.ts";
import { checkCases } from "./check.ts";
import type { Compared } from "./differences.ts";
import { jsonCodec } from "./json.ts";
import { openTopics, type Topics } from "./kafka.ts";
import { CaseFailure, runCase, type CaseResult, type RunArgs } from "./run.ts";
import { restServer } from "./server.ts";
import { statementFiles } from "./tables.ts";
import { trialOf } from "./trial.ts";

const usage = `Usage: npm run test:ksqldb -- --endpoint URL --broker HOST:PORT [options]

Runs the cases of test/streams on a real ksqlDB server: makes their sources and statements under names that begin with
TRIAL_, sends the events, compares what the statements write, and takes everything away again.

  --endpoint URL            the server's REST interface
  --broker HOST:PORT        the broker that the server uses
  --key K --secret S        a Kafka API key (SASL PLAIN over TLS); without it, neither login nor TLS
  --ksql-key K --ksql-secret S
                            an API key of the ksqlDB cluster
  --case NAME               a statement (ORDERS_SHIPPED), or a part of a case's name; may be given more than once
  --last                    compare what tables hold in the end, not every change: for servers that do not let
                            cache.max.bytes.buffering be set
  --settle MS               what the server gets to read one topic before another's turn (default: 3000)
  --within MS               how long results may take (default: 30000)

Secrets may stand in KAFKA_SECRET and KSQL_SECRET instead, where no list of processes shows them.
Exit codes: 0 every case holds; 1 some do not, or something was left behind; 2 something is wrong in the call.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      endpoint: { type: "string" },
      broker: { type: "string" },
      key: { type: "string" },
      secret: { type: "string" },
      "ksql-key": { type: "string" },
      "ksql-secret": { type: "string" },
      case: { type: "string", multiple: true, default: [] },
      last: { type: "boolean", default: false },
      settle: { type: "string", default: "3000" },
      within: { type: "string", default: "30000" },
      help: { type: "boolean", default: false },
    },
  });
  const { endpoint, broker } = values;
  if (values.help || endpoint === undefined || broker === undefined) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const statements = knownStatements();
  const chosen = chosenCases(readCaseFiles(), values.case, statements);
  const stop = new AbortController();
  process.on("SIGINT", () => {
    if (stop.signal.aborted) {
      process.exit(130);
    }
    console.error("\nstopping: what was made is taken away; Ctrl-C again leaves it");
    stop.abort(new SetupError("It was stopped."));
  });
  const prefix = `TRIAL_${randomBytes(4).toString("hex").toUpperCase()}_`;
  const kafkaLogin = login("key", values.key, values.secret ?? process.env.KAFKA_SECRET);
  const ksqlLogin = login("ksql-key", values["ksql-key"], values["ksql-secret"] ?? process.env.KSQL_SECRET);
  const args: Omit<RunArgs, "topics"> = {
    server: restServer({ endpoint, login: ksqlLogin }),
    codec: jsonCodec,
    compared: values.last ? "last" : "every",
    settle: milliseconds("settle", values.settle),
    within: milliseconds("within", values.within),
    signal: stop.signal,
  };
  return runAll(chosen, args, async (number) => {
    const group = `${prefix.toLowerCase()}${number}`;
    try {
      return { prefix: `${prefix}${number}_`, topics: await openTopics({ broker, login: kafkaLogin, group }) };
    } catch (error) {
      throw new SetupError(`${broker} cannot be used: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
}

/** Names and topics of one case. Its own connections: kafkajs goes on asking for topics that are gone. */
type Opened = (number: number) => Promise<{ readonly prefix: string; readonly topics: Topics }>;

interface Chosen {
  readonly file: NamedCaseFile;
  readonly test: StreamsCase;
  readonly known: KnownStatement;
  readonly sql: string;
}

function chosenCases(
  files: readonly NamedCaseFile[],
  parts: readonly string[],
  statements: ReadonlyMap<string, KnownStatement>,
): Chosen[] {
  const mistakes = files.flatMap((file) => checkCases(file, statements));
  if (mistakes.length > 0) {
    throw new SetupError(mistakes.join("\n"));
  }
  const texts = new Map(statementFiles().map(({ file, text }) => [file, text]));
  const chosen = files.flatMap((file) =>
    file.tests.flatMap((test) => {
      const known = statements.get(file.statement);
      const isChosen = parts.length === 0 || parts.some((part) => file.name === part || test.name.includes(part));
      return known !== undefined && isChosen ? [{ file, test, known, sql: texts.get(file.statement) ?? "" }] : [];
    }),
  );
  if (chosen.length === 0) {
    throw new SetupError(
      `No case is called ${parts.join(" or ")}. The statements are: ${files.map(({ name }) => name).join(", ")}.`,
    );
  }
  return chosen;
}

async function runAll(chosen: readonly Chosen[], args: Omit<RunArgs, "topics">, open: Opened): Promise<number> {
  let failed = 0;
  const left: string[] = [];
  for (const [index, { file, test, known, sql }] of chosen.entries()) {
    const { prefix, topics } = await open(index + 1);
    const trial = trialOf(known, sql, prefix, "JSON");
    const isTable = known.result.kind === "table";
    const compared: Compared = isTable ? args.compared : "every";
    const result = await runCase(test, trial, { ...args, topics, compared })
      .catch(failedResult)
      .finally(() => topics.close());
    failed += result.differences.length > 0 ? 1 : 0;
    left.push(...result.left);
    console.log(
      [`${result.differences.length > 0 ? "✗" : "✓"} ${file.name}: ${test.name}`, ...result.differences].join("\n"),
    );
    if (args.signal.aborted) {
      break;
    }
  }
  console.log(`\n${chosen.length} cases, ${failed} failed${args.signal.aborted ? ", stopped before the end" : ""}`);
  if (left.length > 0) {
    console.log(`\nLeft behind:\n${left.map((one) => `  ${one}`).join("\n")}`);
  }
  return failed > 0 || left.length > 0 || args.signal.aborted ? 1 : 0;
}

function failedResult(error: unknown): CaseResult {
  if (error instanceof CaseFailure) {
    return { differences: error.message.split("\n").map((line) => `  ${line}`), left: error.left };
  }
  throw error;
}

function login(option: string, key: string | undefined, secret: string | undefined) {
  if (key !== undefined && secret === undefined) {
    throw new SetupError(`--${option} has no secret. Give --${option.replace("key", "secret")} too.`);
  }
  return key === undefined || secret === undefined ? undefined : { key, secret };
}

function milliseconds(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new SetupError(`--${option} ${text} is not a number of milliseconds. Write a whole number, 1 or more.`);
  }
  return value;
}

// Node warns of a timer that kafkajs sets, to no effect.
process.removeAllListeners("warning");
process.on("warning", (warning) => {
  if (warning.name !== "TimeoutNegativeWarning") {
    console.error(warning.message);
  }
});

try {
  // Not by itself: kafkajs may keep a connection open that nobody needs.
  process.exit(await main());
} catch (error) {
  console.error(isCallMistake(error) ? `${explained(error)}\n\n${usage}` : explained(error));
  process.exit(2);
}
