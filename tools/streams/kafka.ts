import { setTimeout as sleep } from "node:timers/promises";
import kafkajs, { type Kafka } from "kafkajs";
import type { Bytes } from "./json.ts";

/** The topics of a broker, as far as a trial needs them. */
export interface Topics {
  /** One partition, so that order counts; nothing in them gets old. */
  create(names: readonly string[]): Promise<void>;
  send(topic: string, bytes: Bytes, timestamp: number): Promise<void>;
  /** Reads from the start until `isEnough` says so of what came, or `signal` ends it. */
  read(topic: string, isEnough: (received: readonly Received[]) => boolean, signal: AbortSignal): Promise<Received[]>;
  /** Those of the names that exist, without asking for what is missing. */
  remove(names: readonly string[]): Promise<void>;
  /** Ends the connections and removes the reader's group. */
  close(): Promise<void>;
}

export interface Received extends Bytes {
  readonly timestamp: number;
}

export interface BrokerArgs {
  /** `host:port` */
  readonly broker: string;
  /** Of a Kafka API key: SASL PLAIN over TLS. Default: neither login nor TLS. */
  readonly login?: { readonly key: string; readonly secret: string } | undefined;
  /** Name of the reader's group. */
  readonly group: string;
}

export async function openTopics({ broker, login, group }: BrokerArgs): Promise<Topics> {
  const client: Kafka = new kafkajs.Kafka({
    brokers: [broker],
    clientId: "streams-trial",
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: 8 },
    ...(login === undefined
      ? {}
      : { ssl: true, sasl: { mechanism: "plain", username: login.key, password: login.secret } }),
  });
  const admin = client.admin();
  const producer = client.producer({ allowAutoTopicCreation: false });
  await Promise.all([admin.connect(), producer.connect()]);
  let hasRead = false;
  return {
    create: async (names) => {
      await admin.createTopics({
        waitForLeaders: true,
        topics: names.map((topic) => ({
          topic,
          numPartitions: 1,
          replicationFactor: -1,
          configEntries: [{ name: "retention.ms", value: "-1" }],
        })),
      });
    },
    send: async (topic, bytes, timestamp) => {
      await producer.send({ topic, messages: [{ ...bytes, timestamp: String(timestamp) }] });
    },
    read: async (topic, isEnough, signal) => {
      hasRead = true;
      // Its end waits for the fetch that runs: 5 s by default.
      const consumer = client.consumer({ groupId: group, allowAutoTopicCreation: false, maxWaitTimeInMs: 200 });
      const received: Received[] = [];
      await consumer.connect();
      try {
        await consumer.subscribe({ topics: [topic], fromBeginning: true });
        await new Promise<void>((resolve, reject) => {
          signal.addEventListener("abort", () => resolve(), { once: true });
          consumer.on("consumer.crash", ({ payload }) => {
            // A broker whose coordinator is not ready yet is asked again.
            if (!payload.restart) {
              reject(payload.error);
            }
          });
          const run = consumer.run({
            autoCommit: false,
            eachMessage: ({ message }) => {
              received.push({ key: message.key, value: message.value, timestamp: Number(message.timestamp) });
              if (isEnough(received)) {
                resolve();
              }
              return Promise.resolve();
            },
          });
          run.catch(reject);
          if (signal.aborted) {
            resolve();
          }
        });
        return received;
      } finally {
        // It may wait forever for a consumer that is on its way into its group: Ctrl-C.
        await Promise.race([consumer.disconnect(), sleep(5000)]);
      }
    },
    remove: async (names) => {
      const there = await admin.listTopics();
      const topics = names.filter((name) => there.includes(name));
      if (topics.length > 0) {
        await admin.deleteTopics({ topics });
      }
    },
    close: async () => {
      if (hasRead) {
        await admin.deleteGroups([group]).catch(() => undefined);
      }
      await Promise.allSettled([producer.disconnect(), admin.disconnect()]);
    },
  };
}
