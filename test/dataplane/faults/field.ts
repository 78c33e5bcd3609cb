import { setTimeout as sleep } from "node:timers/promises";
import type { KafkaMessage } from "kafkajs";
import type { Lab } from "../../../dataplane/engines/processes.ts";
import {
  describeReport,
  reconcile,
  type Declaration,
  type Report,
} from "../../../image/connect/reconcile/reconcile.ts";
import type { PipelineDeclaration } from "../../../model/pipeline.ts";
import { Plane, type PlaneArgs } from "../plane.ts";
import { orders } from "../shop.ts";
import { account, firstWrong, type Account } from "./account.ts";
import { Arrivals, type Arrival } from "./arrivals.ts";
import { runRecipe } from "./recipes.ts";
import { journal, Stream, type Written } from "./stream.ts";

export type SourceName = Written["source"];

export const declaration: PipelineDeclaration = {
  sources: {
    maria: { kind: "mariaDb", database: "shop", tables: { orders: orders("ORDERS_MARIA") } },
    pg: { kind: "postgres", database: "shop", tables: { "public.orders": orders("ORDERS_PG") } },
  },
  transformations: {},
  targets: { warehouse: { kind: "snowflake", reads: ["ORDERS_MARIA"] } },
  consumers: {},
};

const columns = "order_id int primary key, customer_id bigint, shipped date, item varchar(50)";

export interface Outcome {
  /** From the end of the cause until a change that was made after it was in the topic, of the slowest source. Seconds. */
  readonly recovery: number;
  readonly account: Account;
}

export interface During {
  readonly streams: readonly Stream[];
  /** Call it when the cause of the fault is gone, if that is before the end of what is done. */
  readonly mended: () => void;
}

export interface SufferOptions {
  /** Databases that are written to. Default: both. */
  readonly sources?: readonly SourceName[];
  /** Rows that are in the table before. Default: none. */
  readonly fill?: number;
  /** Whether the stream's rows must arrive before the fault begins. Default: `true`. */
  readonly flowing?: boolean;
}

/** A data plane with two databases, which faults are done to while rows are written. */
export class Field {
  readonly plane: Plane;
  readonly arrivals: Arrivals;
  readonly #lab: Lab;
  #ordinal = 0;

  private constructor(lab: Lab, plane: Plane, arrivals: Arrivals) {
    this.#lab = lab;
    this.plane = plane;
    this.arrivals = arrivals;
  }

  static async start(lab: Lab, args: Partial<PlaneArgs> = {}): Promise<Field> {
    const plane = await Plane.start(lab, {
      declaration,
      tables: {
        maria: `create table orders (${columns}, order_ts datetime(3), order_total_usd decimal(5,2)); ${journal}`,
        pg: `create table orders (${columns}, order_ts timestamp(3), order_total_usd numeric(5,2)); ${journal}`,
      },
      // What is committed survives the end of the server's process, as on any server that is used in earnest.
      settings: { maria: { "innodb-flush-log-at-trx-commit": "2" } },
      ...args,
    });
    const topics = plane.graph.sources.flatMap((source) => source.tables.map(({ topic }) => topic));
    return new Field(lab, plane, await Arrivals.open(lab, plane, topics));
  }

  /** Runs reconcile with the rendered connectors of the sources, as `pulumi up` does, and fails unless all then run. */
  async apply(...sources: readonly SourceName[]): Promise<void> {
    const report = await this.reconcile(sources.length === 0 ? ["maria", "pg"] : sources, { restarts: 3 });
    if (!report.ok) {
      throw new Error(`${describeReport(report)}\n${this.#lab.troubles()}`);
    }
  }

  /** Lets stopped connectors go on, and waits for nothing. */
  async begin(): Promise<void> {
    for (const source of ["maria", "pg"]) {
      await this.plane.worker.request("PUT", `/connectors/${source}/resume`);
    }
  }

  /** What docs/reliability.md says to do when a source's place in its log is gone. */
  readAgain(source: SourceName): Promise<void> {
    return runRecipe("read a source again", { CONNECT: this.plane.worker.url, SOURCE: source });
  }

  /** What reconcile says; by default it restarts nothing. */
  reconcile(sources: readonly SourceName[], { restarts = 0, seconds = 90, stableMs = 2_000 } = {}): Promise<Report> {
    const connectors = Object.fromEntries(sources.map((name) => [name, { config: this.plane.connector(name) }]));
    const wanted: Declaration = { owner: "pipeline-test", connectors, undeclared: "keep", forget: false };
    return reconcile(wanted, { url: this.plane.worker.url, stableMs, deadlineMs: seconds * 1000, restarts });
  }

  /** The cause that reconcile tells of a source that does not run. Waits for it: a fault takes its time to show. */
  told(source: SourceName, seconds = 90): Promise<string> {
    return this.#lab.eventually(`reconcile says what is wrong with ${source}`, seconds, async () => {
      const { failure } = await this.reconcile([source], { seconds: 5 });
      return failure?.task === undefined ? undefined : failure.cause;
    });
  }

  /**
   * Writes, does the fault, and compares what was committed with what is in the topics once writing has gone on after it.
   * Throws when a change is lost, told out of order, or told though it was never committed.
   */
  async suffer(fault: string, act: (during: During) => Promise<void>, options: SufferOptions = {}): Promise<Outcome> {
    const { sources = ["maria", "pg"], fill = 0, flowing = true } = options;
    const streams = sources.map((source) => new Stream(this.#lab, this.#written(source), ++this.#ordinal));
    try {
      streams.forEach((stream) => {
        stream.fill(fill);
        stream.start();
      });
      if (flowing) {
        await Promise.all(streams.map((stream) => this.untilPast(stream, fill + 30)));
        await Promise.all(sources.map((source) => this.#untilNoted(source)));
      }
      let mended: number | undefined;
      await act({ streams, mended: () => (mended = performance.now()) });
      mended ??= performance.now();
      const since = await Promise.all(streams.map((stream) => this.untilPast(stream, stream.number, 240)));
      const recovery = Math.max(0, Math.max(...since) - mended) / 1000;
      await sleep(1_000);
      await Promise.all(streams.map((stream) => stream.stop()));
      const accounts = [];
      for (const stream of streams) {
        accounts.push(await this.#account(stream));
      }
      const outcome = { recovery, account: total(accounts) };
      this.#tell(fault, outcome, streams);
      return outcome;
    } finally {
      await Promise.all(streams.map((stream) => stream.stop()));
    }
  }

  /** Waits until a change of the stream after that number has arrived, and returns when it did. */
  async untilPast(stream: Stream, number: number, seconds = 60): Promise<number> {
    return this.#lab.eventually(`changes of ${stream.written.source} arrive`, seconds, () => {
      if (this.arrivals.failure !== undefined) {
        throw this.arrivals.failure;
      }
      return Promise.resolve(this.of(stream).find(({ change }) => change > number)?.at);
    });
  }

  /** Every record of a topic, from its beginning, as it comes. */
  async watch(topic: string): Promise<KafkaMessage[]> {
    const messages: KafkaMessage[] = [];
    const consumer = this.plane.broker.client.consumer({ groupId: `watch-${topic}`, maxWaitTimeInMs: 100 });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({ eachMessage: ({ message }) => Promise.resolve(void messages.push(message)) });
    this.#lab.atEnd(() => consumer.disconnect());
    return messages;
  }

  /** A record that is no row, from somebody who may write everywhere. */
  async poison(topic: string, text: string): Promise<void> {
    const producer = this.plane.broker.client.producer();
    await producer.connect();
    await producer.send({ topic, messages: [{ key: text, value: text }] });
    await producer.disconnect();
  }

  of(stream: Stream): Arrival[] {
    return this.arrivals.all.filter(({ topic, key }) => topic === stream.written.topic && stream.owns(key));
  }

  /** Waits until the source's position is noted, which takes ten seconds from its first start; before, it would begin anew. */
  async #untilNoted(source: SourceName): Promise<void> {
    await this.#lab.eventually(`the position of ${source} is noted`, 30, async () => {
      const where = `/connectors/${source}/offsets`;
      const { body } = await this.plane.worker.request<{ offsets: readonly unknown[] }>("GET", where);
      return body.offsets.length > 0 ? true : undefined;
    });
  }

  #written(source: SourceName): Written {
    const topic = this.plane.source(source).tables[0]?.topic ?? "";
    return { source, server: this.plane[source], topic };
  }

  /** Waits until nothing is missing and nothing more comes. */
  async #account(stream: Stream): Promise<Account> {
    const committed = stream.committed();
    const deadline = performance.now() + 60_000;
    for (let before = -1; ;) {
      const arrivals = this.of(stream);
      const now = account(committed, arrivals);
      if (arrivals.length === before && (isClean(now) || performance.now() > deadline)) {
        return now;
      }
      before = arrivals.length;
      await sleep(1_500);
    }
  }

  #tell(fault: string, { recovery, account: sum }: Outcome, streams: readonly Stream[]): void {
    const counts = Object.entries(sum).map(([name, count]) => `${name} ${count}`);
    process.stderr.write(`${fault}: recovery ${recovery.toFixed(1)} s, ${counts.join(", ")}\n`);
    if (!isClean(sum)) {
      const wrong = streams.map((one) => `${one.written.source}: ${firstWrong(one.committed(), this.of(one))}`);
      throw new Error(`rows are lost, out of order, or of nobody\n${wrong.join("\n")}\n${this.#lab.troubles()}`);
    }
  }
}

function isClean({ lost, disordered, foreign }: Account): boolean {
  return lost === 0 && disordered === 0 && foreign === 0;
}

function total(accounts: readonly Account[]): Account {
  const [first, ...others] = accounts;
  if (first === undefined) {
    throw new Error("nothing was written to");
  }
  return others.reduce(
    (sum, one) => ({
      committed: sum.committed + one.committed,
      lost: sum.lost + one.lost,
      overwritten: sum.overwritten + one.overwritten,
      undeleted: sum.undeleted + one.undeleted,
      duplicates: sum.duplicates + one.duplicates,
      disordered: sum.disordered + one.disordered,
      foreign: sum.foreign + one.foreign,
    }),
    first,
  );
}
