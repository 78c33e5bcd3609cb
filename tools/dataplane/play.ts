import { setTimeout as sleep } from "node:timers/promises";
import type { Lab } from "../../dataplane/engines/processes.ts";
import { Reader } from "../../dataplane/engines/reader.ts";
import type { SqlSession } from "../../dataplane/engines/session.ts";
import { reconcileSources, startPlane, type Plane } from "../../dataplane/plane.ts";
import { assemble } from "../../image/connect/assemble.ts";
import type { Graph, Source } from "../../model/graph.ts";
import { demoChanges, steadyChanges, type Change } from "../../model/sources/demoChanges.ts";
import { demoRows } from "../../model/sources/demoData.ts";
import { seedSql, sessionSql, transactionSql } from "../../model/sources/demoSql.ts";
import type { Narrator } from "./narrator.ts";

/** The data plane, running, with its connectors and everything read that was there at first. */
export interface Demo {
  readonly graph: Graph;
  readonly plane: Plane;
  readonly reader: Reader;
}

export interface PlayOptions {
  /** Transactions a second. */
  readonly rate: number;
  /** How long changes are made. */
  readonly seconds: number;
  /** Ends it. */
  readonly signal: AbortSignal;
}

export async function start(lab: Lab, graph: Graph, narrator: Narrator): Promise<Demo> {
  const say = (line: string) => narrator.say(line);
  const image = await assemble({ say });
  const plane = await startPlane(lab, {
    image,
    graph,
    say,
    rows: (source) => seedSql(source.kind, demoRows(source)),
  });
  const topics = graph.tables.map(({ topic }) => topic);
  const reader = await Reader.open(lab, plane.broker, plane.registry, topics);
  const connectors = Object.fromEntries(graph.sources.map((source) => [source.name, plane.connector(source)]));
  const count = graph.sources.flatMap((source) => demoRows(source)).reduce((sum, { rows }) => sum + rows.length, 0);
  await Promise.all([
    reconcileSources(lab, plane, image, connectors).then(() => say("reconcile: every connector runs as declared")),
    lab.eventually("the rows that are there at first", 120, () => {
      reader.check();
      return Promise.resolve(reader.rows.length >= count ? true : undefined);
    }),
  ]);
  narrator.take(reader.rows);
  say(`${count} rows read that were there at first`);
  return { graph, plane, reader };
}

/** Makes changes and shows what arrives, until its time is over or it is stopped. Throws when anything fails. */
export async function play({ graph, plane, reader }: Demo, narrator: Narrator, options: PlayOptions): Promise<void> {
  const { rate, seconds, signal } = options;
  const sessions = new Map(
    plane.databases.map(({ source, server }) => [source.name, server.open({ database: source.database })]),
  );
  plane.databases.forEach(({ source }) => sessionOf(sessions, source).write(sessionSql(source.kind, source.database)));
  const transactions = changesOf(graph.sources);
  const begin = performance.now();
  const elapsed = () => (performance.now() - begin) / 1000;
  narrator.begin();
  let made = 0;
  // What was written last still gets a second to arrive.
  while (!signal.aborted && elapsed() < seconds + (made > 0 ? 1 : 0)) {
    while (made < Math.min(elapsed(), seconds) * rate) {
      const { source, changes } = transactions.next().value;
      sessionOf(sessions, source).write(transactionSql(source.kind, changes));
      made += 1;
    }
    reader.check();
    narrator.take(reader.rows);
    await sleep(50, undefined, { signal }).catch(() => undefined);
  }
  await Promise.all([...sessions.values()].map((session) => session.close()));
}

interface Transaction {
  readonly source: Source;
  readonly changes: readonly Change[];
}

/** First the short history across the databases, then without end, from one source after the other. */
function* changesOf(sources: readonly Source[]): Generator<Transaction, never> {
  for (const change of demoChanges(sources)) {
    const source = sources.find(({ name }) => name === change.table.source);
    if (source !== undefined) {
      yield { source, changes: [change] };
    }
  }
  const endless = sources.flatMap((source, index) => {
    try {
      const changes = steadyChanges(source, index + 1);
      return [{ source, changes, first: changes.next().value }];
    } catch {
      return []; // none of its tables has a key that a demo could count up
    }
  });
  for (;;) {
    for (const { source, changes } of endless) {
      yield { source, changes: changes.next().value };
    }
  }
}

function sessionOf(sessions: ReadonlyMap<string, SqlSession>, { name }: Source): SqlSession {
  const session = sessions.get(name);
  if (session === undefined) {
    throw new Error(`no database of ${name}`);
  }
  return session;
}
