import { apply, entryFor, refusal } from "./apply.ts";
import { Connect, type Live } from "./connect.ts";
import { declarationOf, ownerKey, type Declaration } from "./declaration.ts";
import { GaveUp, Interrupted, Patience } from "./patience.ts";
import { keptNotes, remove } from "./remove.ts";
import { entryOf, type Event, type Failure, type Report } from "./report.ts";
import { Refused, Rest } from "./rest.ts";
import { Failed, type Run } from "./run.ts";
import { redactor } from "./secrets.ts";
import { settle } from "./settle.ts";

export { DeclarationError, declarationOf, type Declaration } from "./declaration.ts";
export { describeReport, type Event, type Report } from "./report.ts";

/** Debezium's connector for MySQL and MariaDB is said to run for 5.5 s when it fails at once: it ends that slowly. */
export const defaultStableMs = 8_000;

export interface ReconcileOptions {
  /** A worker's REST interface, e.g. `http://10.0.1.7:8083`; any worker of the cluster will do. */
  readonly url: string;
  /** Says what would be done, and validates; changes nothing. Default false. */
  readonly dryRun?: boolean;
  /** How long the whole run may take, in milliseconds. Default 10 minutes: tasks of a lost worker wait up to 5 for it. */
  readonly deadlineMs?: number;
  /** How long everything must run without a break, in milliseconds. Default 8 s. */
  readonly stableMs?: number;
  /** How often failed tasks of one connector are restarted. Default 3. */
  readonly restarts?: number;
  /** Takes over connectors of these names that were not made by reconcile. Never those of another owner. Default false. */
  readonly adopt?: boolean;
  /** How long one answer may take, in milliseconds. Default 95 s, for Connect itself gives up after 90 s. */
  readonly requestMs?: number;
  /** The first pause before another try, in milliseconds; each further one is twice as long, up to 5 s. Default 500. */
  readonly backOffMs?: number;
  /** Is told what happens as it happens. */
  readonly onEvent?: (event: Event) => void;
  /** Ends the run; what was begun stays, and the next run goes on from there. */
  readonly signal?: AbortSignal;
}

/**
 * Makes a Connect cluster what is declared and waits until it runs. What goes wrong is in the report; only a declaration
 * with mistakes throws (`DeclarationError`). Idempotent: what is as declared is left alone.
 */
export async function reconcile(declaration: Declaration, options: ReconcileOptions): Promise<Report> {
  const declared = declarationOf(declaration);
  const known = Object.values(declared.connectors).map(({ config }) => config);
  // Connectors that live there join in as soon as they are read.
  const redacted = (text: string) => redactor(known)(text);
  const run = runOf(declared, options, redacted);
  const failures: Failure[] = [];
  try {
    await steps(run, known);
  } catch (error) {
    failures.push(...failuresOf(error, run, options.url));
  }
  return reportOf(run, failures, redacted);
}

async function steps(run: Run, known: Readonly<Record<string, string>>[]): Promise<void> {
  await run.connect.ready();
  const live = await run.connect.connectors();
  known.push(...[...live.values()].map(({ config }) => config));
  const leaving = plan(live, run);
  await validate(run);
  if (run.settings.dryRun) {
    return;
  }
  // First what goes, so that its server id, slot or topics are free for what comes.
  for (const { name, was, entry } of leaving) {
    await naming(name, run, remove(name, was, entry, run));
  }
  for (const [name, connector] of Object.entries(run.declaration.connectors)) {
    const entry = run.entries.get(name) ?? entryOf("unchanged", undefined);
    await naming(name, run, apply(name, connector, entry, run));
  }
  await settle(run);
}

/** Adds the connector to what was refused for it, or not done in time. */
async function naming(connector: string, run: Run, step: Promise<void>): Promise<void> {
  try {
    await step;
  } catch (error) {
    if (error instanceof Refused) {
      throw new Failed([{ connector, cause: error.message }]);
    }
    throw error instanceof GaveUp ? new Failed([{ connector, cause: `${after(run)}: ${error.message}` }]) : error;
  }
}

function runOf(declaration: Declaration, options: ReconcileOptions, redacted: (text: string) => string): Run {
  const { url, signal, onEvent, stableMs = defaultStableMs } = options;
  const tell = (text: string, connector?: string) =>
    onEvent?.({ ...(connector === undefined ? {} : { connector }), text: redacted(text) });
  const patience = new Patience({
    deadlineMs: options.deadlineMs ?? 600_000,
    backOffMs: options.backOffMs ?? 500,
    signal,
    onWait: (reason) => tell(`waiting: ${reason}`),
  });
  const rest = new Rest({ url, patience, signal, requestMs: options.requestMs ?? 95_000 });
  return {
    declaration,
    patience,
    tell,
    connect: new Connect(rest, patience),
    entries: new Map(),
    settings: {
      stableMs,
      dryRun: options.dryRun ?? false,
      restarts: options.restarts ?? 3,
      adopt: options.adopt ?? false,
      pollMs: Math.min(1_000, Math.max(20, stableMs / 10)),
    },
  };
}

/** What is to be done with each connector. Throws when one of them is not ours, before anything is done. */
function plan(live: ReadonlyMap<string, Live>, run: Run) {
  const { declaration, entries } = run;
  const refused: Failure[] = [];
  const refuses = (name: string): boolean => {
    const failure = refusal(name, live.get(name), run);
    if (failure !== undefined) {
      refused.push(failure);
      entries.set(name, entryOf("refused", live.get(name)));
    }
    return failure !== undefined;
  };
  for (const [name, connector] of Object.entries(declaration.connectors)) {
    if (!refuses(name)) {
      entries.set(name, entryFor(name, connector, live.get(name), run));
    }
  }
  const leaving = namesToRemove(live, declaration).flatMap((name) => {
    const was = live.get(name);
    if (refuses(name)) {
      return [];
    }
    const entry = entryOf(was === undefined ? "absent" : "deleted", was);
    entries.set(name, entry);
    entry.notes.push(...(was === undefined ? [] : keptNotes(name, was, run)));
    return was === undefined ? [] : [{ name, was, entry }];
  });
  if (refused.length > 0) {
    throw new Failed(refused);
  }
  return leaving;
}

function namesToRemove(live: ReadonlyMap<string, Live>, { owner, connectors, undeclared, remove = [] }: Declaration) {
  const ours = [...live].filter(([name, { config }]) => config[ownerKey] === owner && !Object.hasOwn(connectors, name));
  const leftOver = undeclared === "delete" ? ours.map(([name]) => name) : [];
  return [...new Set([...remove, ...leftOver])].sort();
}

/** Lets the plugins look at every configuration that would be PUT; throws all that they object to. */
async function validate({ declaration, connect, entries }: Run): Promise<void> {
  const pending = Object.entries(declaration.connectors).filter(([name]) =>
    ["created", "updated"].includes(entries.get(name)?.action ?? ""),
  );
  if (pending.length === 0) {
    return;
  }
  const plugins = await connect.plugins();
  const failures = await Promise.all(
    pending.map(async ([connector, { config }]) => {
      const objections = isThere(config["connector.class"] ?? "", plugins)
        ? await objectionsTo({ ...config, name: connector }, connect)
        : [`connector.class: the worker has no ${config["connector.class"] ?? ""}; it has ${plugins.join(", ")}`];
      return objections.length === 0 ? [] : [{ connector, cause: objections.join("\n") }];
    }),
  );
  if (failures.flat().length > 0) {
    throw new Failed(failures.flat());
  }
}

/** Connect also takes a class by its last name, and that without `Connector`. */
function isThere(wanted: string, plugins: readonly string[]): boolean {
  return plugins.some((plugin) => {
    const last = plugin.split(".").at(-1) ?? plugin;
    return [plugin, last, last.replace(/Connector$/, "")].includes(wanted);
  });
}

async function objectionsTo(config: Readonly<Record<string, string>>, connect: Connect): Promise<string[]> {
  try {
    return (await connect.validate(config)).map(({ key, error }) => `${key}: ${onOneLine(error)}`);
  } catch (error) {
    if (error instanceof Refused) {
      return [`the plugin could not validate it (${error.status}: ${error.answer})`];
    }
    throw error;
  }
}

/** Drivers spread what they say over lines, some of them empty. */
function onOneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, " ");
}

function failuresOf(error: unknown, run: Run, url: string): readonly Failure[] {
  if (error instanceof Failed) {
    return error.failures;
  }
  if (error instanceof GaveUp) {
    return [{ cause: `Kafka Connect at ${url} was not ready ${after(run)}: ${error.message}` }];
  }
  if (error instanceof Interrupted) {
    return [{ cause: "it was interrupted; run it again, it goes on from what is there" }];
  }
  if (error instanceof Refused) {
    return [{ cause: `Kafka Connect at ${url}: ${error.message}` }];
  }
  throw error;
}

/** `after 600 s` */
function after({ patience }: Run): string {
  return `after ${Math.round(patience.deadlineMs / 1000)} s`;
}

function reportOf(run: Run, failures: readonly Failure[], redacted: (text: string) => string): Report {
  const [failure, ...further] = failures.map((one) => ({ ...one, cause: redacted(one.cause) }));
  const connectors = [...run.entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    ok: failure === undefined,
    dryRun: run.settings.dryRun,
    connectors: Object.fromEntries(
      connectors.map(([name, entry]) => [name, { ...entry, notes: entry.notes.map(redacted) }]),
    ),
    ...(failure === undefined ? {} : { failure }),
    ...(further.length === 0 ? {} : { furtherFailures: further }),
  };
}
