import kafkajs, { type KafkaMessage } from "kafkajs";
import type { Lab } from "../../../dataplane/engines/processes.ts";
import { Schemas, type Value } from "../../../dataplane/engines/reader.ts";
import type { Plane } from "../plane.ts";

/** A row of an orders table as it came, once for each record in the topic. */
export interface Arrival {
  readonly topic: string;
  readonly key: number;
  /** Number of the change that wrote it: see `Stream`. */
  readonly change: number;
  readonly deleted: boolean;
  /** It was read from the table, not from the log of changes. */
  readonly snapshot: boolean;
  /** When it was seen, of `performance.now()`. */
  readonly at: number;
}

const mostReadings = 5;

/** Everything in the topics from their beginning, read on through whatever happens to the broker. */
export class Arrivals {
  readonly all: Arrival[] = [];
  /** Records that are not rows. */
  unreadable = 0;
  /** Why nothing more is read. */
  failure: Error | undefined;
  readonly #seen = new Set<string>();

  static async open(lab: Lab, { broker, registry }: Plane, topics: readonly string[]): Promise<Arrivals> {
    const arrivals = new Arrivals();
    const schemas = new Schemas(registry);
    const client = new kafkajs.Kafka({
      brokers: [broker.plaintext],
      logLevel: kafkajs.logLevel.NOTHING,
      requestTimeout: 5_000,
      retry: { retries: 10_000, initialRetryTime: 200, maxRetryTime: 1_000 },
    });
    let reading = 0;
    const read = async (): Promise<void> => {
      reading += 1;
      // Another group each time: one whose coordinator cannot be found may have been noted on what broke.
      const consumer = client.consumer({ groupId: `fault-tests-${reading}`, maxWaitTimeInMs: 100 });
      consumer.on("consumer.crash", ({ payload }) => {
        if (payload.restart) {
          return;
        }
        // kafkajs gives up after some faults of a broker. What was seen is not counted again.
        if (reading < mostReadings) {
          consumer
            .disconnect()
            .then(read)
            .catch((error: unknown) => (arrivals.failure = error as Error));
        } else {
          arrivals.failure = payload.error;
        }
      });
      lab.atEnd(() => consumer.disconnect());
      await consumer.connect();
      await consumer.subscribe({ topics: [...topics], fromBeginning: true });
      await consumer.run({
        eachMessage: async ({ topic, partition, message }) => {
          // After a rebalance the group begins at what it last noted: what was seen is not seen again.
          const place = `${topic}:${partition}:${message.offset}`;
          if (!arrivals.#seen.has(place)) {
            arrivals.#seen.add(place);
            await arrivals.#add(topic, message, schemas);
          }
        },
      });
    };
    await read();
    return arrivals;
  }

  async #add(topic: string, message: KafkaMessage, schemas: Schemas): Promise<void> {
    try {
      const { value: key } = await schemas.decode(message.key);
      const { value } = await schemas.decode(message.value);
      const row = value as Readonly<Record<string, Value>>;
      this.all.push({
        topic,
        key: Number(key),
        change: Number(row.customer_id),
        deleted: row.__deleted === "true",
        snapshot: row.__op === "r",
        at: performance.now(),
      });
    } catch {
      this.unreadable++;
    }
  }
}
