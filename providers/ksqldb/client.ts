import { reasonOf } from "../../image/connect/reconcile/rest.ts";
import { quotedName } from "../../model/ksql/ident.ts";
import type { Reprocess } from "../../model/ksql/statement.ts";
import { cancelled } from "../cancellation.ts";
import { bodyOf, Passing, Refused, Unauthorized } from "./answers.ts";
import { descriptionIn, queriesIn, type Description, type Query } from "./description.ts";
import { Patience, realClock, type Clock } from "./patience.ts";

export interface Access {
  /** Base address of the server, e.g. `https://pksqlc-abc12.eu-central-1.aws.confluent.cloud:443`. */
  readonly endpoint: string;
  /** API key of the ksqlDB cluster. */
  readonly key: string;
  readonly secret: string;
}

export interface ClientOptions {
  readonly clock?: Clock;
  /** How long one answer may take, in milliseconds. The server itself waits for 5 s. Default: 30,000. */
  readonly requestMs?: number;
  /** How long an operation may take with all its tries. Default: 600,000. */
  readonly deadlineMs?: number;
  /**
   * How long a key that the server has never taken is tried again: Confluent hands a key out minutes before ksqlDB knows
   * it. Default: 0, since most keys are older.
   */
  readonly freshKeyMs?: number;
  /** Told once of what is waited for, when it may take minutes. */
  readonly tell?: (words: string) => unknown;
}

/** What all clients of one server share. */
interface Session {
  /** Number of the last command that this process knows of: what is sent next is carried out after it. */
  sequenceNumber: number;
  /** How often in a row the server said that it did not know that command. */
  timesAhead: number;
  readonly keysTaken: Set<string>;
}

const defaultDeadlineMs = 600_000;

const sessions = new Map<string, Session>();

const resets: Readonly<Record<Reprocess, string>> = { "from beginning": "earliest", "from now": "latest" };

/** What is asked of a ksqlDB server, one statement a request. */
export class KsqlClient {
  readonly #access: Access;
  readonly #options: ClientOptions;
  readonly #clock: Clock;
  readonly #base: string;
  readonly #session: Session;
  #firstRefusal: number | undefined;

  constructor(access: Access, options: ClientOptions = {}) {
    this.#access = access;
    this.#options = options;
    this.#clock = options.clock ?? realClock;
    this.#base = access.endpoint.replace(/\/+$/, "");
    this.#session = sessions.get(this.#base) ?? { sequenceNumber: -1, timesAhead: 0, keysTaken: new Set() };
    sessions.set(this.#base, this.#session);
  }

  /** Undefined when there is no such stream or table. */
  async describe(name: string): Promise<Description | undefined> {
    try {
      return descriptionIn(await this.#ask(`DESCRIBE ${quotedName(name)};`));
    } catch (error) {
      if (error instanceof Refused && /could not find|does not exist/i.test(error.message)) {
        return undefined;
      }
      throw error;
    }
  }

  /** All queries that the server keeps. */
  async queries(): Promise<Query[]> {
    return queriesIn(await this.#ask("SHOW QUERIES;"));
  }

  /**
   * Waits until the registry has the subject that a topic's rows are written with. Where there is no topic, or the server
   * cannot say, as one without ASSERT, there is nothing to wait for.
   */
  async awaitFirstRow(topic: string): Promise<void> {
    const subject = `${topic}-value`;
    const missing =
      `the registry has no ${subject} yet, which the connector registers with the table's first row. Insert one, or look ` +
      "whether the connector runs, and then run pulumi up again";
    const { deadlineMs = defaultDeadlineMs, tell } = this.#options;
    let isTold = false;
    await new Patience(`The first row of ${topic}`, deadlineMs, this.#clock).retry(async () => {
      if (
        !(await this.#lacks(`SCHEMA SUBJECT ${quotedName(subject)}`)) ||
        (await this.#lacks(`TOPIC ${quotedName(topic)}`))
      ) {
        return;
      }
      if (!isTold) {
        isTold = true;
        await tell?.(`${topic} has no row yet: it is waited for, ${Math.round(deadlineMs / 60_000)} minutes at most.`);
      }
      throw new Passing(missing);
    });
  }

  /** Whether the server says that it does not have something. */
  async #lacks(what: string): Promise<boolean> {
    try {
      await this.#post(`ASSERT ${what};`, "from beginning");
      return false;
    } catch (error) {
      if (error instanceof Refused) {
        return Math.floor(error.code / 100) === 417 && error.message.includes("does not exist");
      }
      throw error;
    }
  }

  /** Has the server plan a query, which leaves no trace. Throws `Refused` when it would not run it. One try. */
  async rehearse(select: string): Promise<void> {
    await this.#post(`EXPLAIN ${select};`, "from beginning");
  }

  /**
   * Carries a statement out. `look` gives what there is when it has been carried out, and `undefined` when it has not: a
   * request without an answer may have arrived, so it looks before it sends again. `isTold`: the server has said that it
   * is done.
   */
  async execute<T>(
    statement: string,
    reprocess: Reprocess,
    look: (isTold: boolean) => Promise<T | undefined>,
  ): Promise<T> {
    const patience = this.#patience(statement);
    for (let failures = 0; ; failures += 1) {
      try {
        await this.#settled(await this.#post(statement, reprocess), patience);
        const done = await look(true);
        if (done !== undefined) {
          return done;
        }
        throw new Passing("the server says that it is done, and does not show it");
      } catch (error) {
        if (error instanceof Passing) {
          await patience.after(failures, error);
        } else if (!(error instanceof Refused)) {
          throw error;
        }
        // A refusal may be that of a second request like it: "already exists", "does not exist".
        const done = await look(false);
        if (done !== undefined) {
          return done;
        }
        if (error instanceof Refused) {
          throw error;
        }
      }
    }
  }

  /** Ends every query, and the server forgets its commands. */
  async terminateServer(): Promise<void> {
    await this.#patience("terminate").retry(() => this.#once("POST", "/ksql/terminate", {}));
    this.#session.sequenceNumber = -1;
  }

  /** A statement that changes nothing: the same until it is answered. */
  #ask(statement: string): Promise<unknown> {
    return this.#patience(statement).retry(() => this.#post(statement, "from beginning"));
  }

  #patience(statement: string): Patience {
    const what = statement.length > 80 ? `${statement.slice(0, 77)}…` : statement.replace(/;$/, "");
    return new Patience(what, this.#options.deadlineMs ?? defaultDeadlineMs, this.#clock);
  }

  /** One try; the one entity of the answer. */
  async #post(ksql: string, reprocess: Reprocess): Promise<unknown> {
    const { sequenceNumber } = this.#session;
    const body = await this.#once("POST", "/ksql", {
      ksql,
      streamsProperties: { "ksql.streams.auto.offset.reset": resets[reprocess] },
      ...(sequenceNumber < 0 ? {} : { commandSequenceNumber: sequenceNumber }),
    }).catch((error: unknown) => this.#unlessAhead(error));
    this.#session.timesAhead = 0;
    const [entity] = Array.isArray(body) ? (body as unknown[]) : [];
    if (typeof entity !== "object" || entity === null) {
      throw new Passing(`${this.#name} answered with something that is not ksqlDB's`);
    }
    const { commandSequenceNumber: number } = entity as { commandSequenceNumber?: number };
    this.#session.sequenceNumber = Math.max(this.#session.sequenceNumber, number ?? -1);
    return entity;
  }

  /** A server that is behind for long has forgotten its commands, and waits for one that will never come. */
  #unlessAhead(error: unknown): never {
    if (error instanceof Passing && error.isBehind && (this.#session.timesAhead += 1) >= 3) {
      this.#session.sequenceNumber = -1;
    }
    throw error;
  }

  /** Polls until a command is carried out; throws `Refused` when it could not be. */
  async #settled(entity: unknown, patience: Patience): Promise<void> {
    const { commandId = "", commandStatus } = entity as { commandId?: string; commandStatus?: CommandStatus };
    let status = commandStatus;
    while (status?.status !== "SUCCESS") {
      if (status === undefined || status.status === "ERROR" || status.status === "TERMINATED") {
        throw new Refused(0, status?.message ?? "the server took it and did not say what became of it");
      }
      await patience.pause(1_000, `it is ${status.status}`);
      const path = commandId.split("/").map(encodeURIComponent).join("/");
      status = await patience.retry(() => this.#status(path));
    }
  }

  async #status(path: string): Promise<CommandStatus> {
    try {
      return (await this.#once("GET", `/status/${path}`)) as CommandStatus;
    } catch (error) {
      // A server that has started anew has to read its commands again.
      throw error instanceof Refused && error.code === 40400 ? new Passing(error.message) : error;
    }
  }

  get #name(): string {
    return `ksqlDB at ${this.#base}`;
  }

  /** One request. Throws `Passing`, `Refused`, `Unauthorized`, or the reason of a cancellation. */
  async #once(method: "GET" | "POST", path: string, body?: unknown): Promise<unknown> {
    const { requestMs = 30_000 } = this.#options;
    const { key, secret } = this.#access;
    const timeout = AbortSignal.timeout(requestMs);
    try {
      const response = await fetch(`${this.#base}${path}`, {
        method,
        headers: {
          accept: "application/vnd.ksql.v1+json",
          "content-type": "application/vnd.ksql.v1+json",
          authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString("base64")}`,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.any([cancelled, timeout]),
      });
      if (response.status !== 401) {
        this.#session.keysTaken.add(key);
      }
      return bodyOf(this.#name, response.status, await response.text(), response.headers.get("retry-after"));
    } catch (error) {
      cancelled.throwIfAborted();
      if (error instanceof Unauthorized) {
        return await this.#unlessFresh(error);
      }
      if (error instanceof Passing || error instanceof Refused) {
        throw error;
      }
      if (timeout.aborted) {
        throw new Passing(`${this.#name} gave no answer for ${Math.round(requestMs / 1_000)} s`);
      }
      const { code, text } = reasonOf(error);
      const message = `${this.#name} cannot be reached: ${text}`;
      // No waiting mends a certificate that does not fit, or an address that is none.
      throw /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|ERR_INVALID/.test(code)
        ? new Refused(0, message)
        : new Passing(message);
    }
  }

  /** A key that has worked once does not become new again. */
  async #unlessFresh(error: Unauthorized): Promise<never> {
    const { freshKeyMs = 0, tell } = this.#options;
    const now = this.#clock.now();
    const isNew = this.#firstRefusal === undefined;
    this.#firstRefusal ??= now;
    if (this.#session.keysTaken.has(this.#access.key) || now - this.#firstRefusal >= freshKeyMs) {
      throw error;
    }
    if (isNew) {
      await tell?.(`${error.message}: it is tried for ${Math.round(freshKeyMs / 60_000)} minutes.`);
    }
    throw new Passing(error.message);
  }
}

interface CommandStatus {
  readonly status: string;
  readonly message?: string;
}
