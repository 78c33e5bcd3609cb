import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Broker } from "../../dataplane/engines/broker.ts";
import type { CaseRecord } from "../../tools/streams/cases.ts";
import { withWindow } from "../../tools/streams/json.ts";

/** A case that the stub knows the results of. */
export interface KnownCase {
  readonly inputs: readonly CaseRecord[];
  readonly outputs: readonly CaseRecord[];
}

/**
 * Stands where ksqlDB would, and runs no SQL: when a statement of a case comes, it makes the result's topic, waits until
 * the case's inputs are in theirs, and writes what it was given. Cases are told by the number in their names.
 */
export class KsqlStub {
  /** Every statement, in order. */
  readonly statements: string[] = [];
  readonly #cases: readonly KnownCase[];
  readonly #refused: RegExp | undefined;
  readonly #server: Server;
  readonly #broker: Broker;
  #isStopped = false;
  readonly #writing = new Set<Promise<void>>();

  private constructor(broker: Broker, cases: readonly KnownCase[], refused: RegExp | undefined) {
    this.#cases = cases;
    this.#refused = refused;
    this.#broker = broker;
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(([status, body]) => response.writeHead(status).end(JSON.stringify(body)));
    });
  }

  static async start(broker: Broker, cases: readonly KnownCase[], refused?: RegExp): Promise<KsqlStub> {
    const stub = new KsqlStub(broker, cases, refused);
    await new Promise<void>((resolve) => stub.#server.listen(0, "127.0.0.1", resolve));
    return stub;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#server.close();
    this.#server.closeAllConnections();
    await Promise.allSettled(this.#writing);
  }

  async #answer(request: IncomingMessage): Promise<[number, unknown]> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const { ksql } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as { ksql: string };
    this.statements.push(ksql);
    if (this.#refused?.test(ksql) === true) {
      return [
        400,
        { "@type": "statement_error", error_code: 40_001, message: "no", statementText: ksql, entities: [] },
      ];
    }
    const [, topic = ""] = /KAFKA_TOPIC = '([^']+)'/.exec(ksql) ?? [];
    if (ksql.includes(") AS SELECT ")) {
      await this.#broker.createTopics([{ topic }]);
      this.#writing.add(this.#write(topic));
    }
    return [200, [{ "@type": "currentStatus", commandId: "x/y/z", commandStatus: { status: "SUCCESS", message: "" } }]];
  }

  async #write(topic: string): Promise<void> {
    const [, prefix = "", number = ""] = /^(TRIAL_[0-9A-F]+_(\d+)_)/.exec(topic) ?? [];
    const { inputs, outputs } = this.#cases[Number(number) - 1] ?? { inputs: [], outputs: [] };
    const producer = this.#broker.client.producer();
    await producer.connect();
    while (!this.#isStopped && (await this.#arrived(prefix, topic)) < inputs.length) {
      await sleep(100);
    }
    for (const { key, value, timestamp, window } of outputs) {
      const bytes = Buffer.from(JSON.stringify(key));
      await producer.send({
        topic,
        messages: [
          {
            key: key === null ? null : window === undefined ? bytes : withWindow(bytes, window),
            value: value === null ? null : JSON.stringify(value),
            timestamp: String(timestamp),
          },
        ],
      });
    }
    await producer.disconnect();
  }

  /** Records in the inputs of a case. Clients of its own: kafkajs goes on asking for topics that are gone. */
  async #arrived(prefix: string, result: string): Promise<number> {
    const admin = this.#broker.client.admin();
    await admin.connect();
    try {
      const topics = (await admin.listTopics()).filter((name) => name.startsWith(prefix) && name !== result);
      const offsets = await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)));
      return offsets.flat().reduce((sum, { high }) => sum + Number(high), 0);
    } finally {
      await admin.disconnect();
    }
  }
}
