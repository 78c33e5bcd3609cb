import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { binary } from "../../../dataplane/engines/binaries.ts";
import type { DatabaseServer } from "../../../dataplane/engines/databaseServer.ts";
import { nobody, type Lab } from "../../../dataplane/engines/processes.ts";
import type { Change } from "./account.ts";

/** A database with an orders table that is written to. */
export interface Written {
  readonly source: "maria" | "pg";
  readonly server: DatabaseServer;
  readonly topic: string;
}

/** The database's own book of what was committed: it is no declared table, and is written in the same transactions. */
export const journal =
  "create table journal (order_id int, change_number bigint, deleted int not null, primary key (order_id, change_number));";

/** Keys of a stream: so many of its own, that tests share a table and a topic. */
const keysOfAStream = 1_000_000;

const everyMs = 25;

/**
 * Writes into a database, a transaction every 25 ms, from one connection: one to three changes each, new orders and changes
 * and deletes of the newest, and one order that changes again and again. A change is known by its number, which is the
 * order's `customer_id`. When the server is gone it tries again until it is back; what was committed, the database knows.
 */
export class Stream {
  readonly written: Written;
  readonly #lab: Lab;
  readonly #firstKey: number;
  #client: ChildProcess | undefined;
  #timer: NodeJS.Timeout | undefined;
  #number = 0;
  #nextKey: number;
  #living: number[] = [];

  constructor(lab: Lab, written: Written, ordinal: number) {
    this.#lab = lab;
    this.written = written;
    this.#firstKey = ordinal * keysOfAStream;
    this.#nextKey = this.#firstKey + 1;
  }

  /** Rows that are there before the stream begins: what a snapshot has to read. */
  fill(count: number): void {
    if (count === 0) {
      return;
    }
    const { source, server } = this.written;
    const [from, to] = [this.#nextKey, this.#nextKey + count - 1];
    const numbers = source === "pg" ? `generate_series(${from}, ${to})` : `seq_${from}_to_${to}`;
    const column = source === "pg" ? "generate_series" : "seq";
    const number = `${column} - ${from - this.#number - 1}`;
    server.sql(
      `insert into orders (order_id, customer_id, item) select ${column}, ${number}, 'before' from ${numbers};
       insert into journal select ${column}, ${number}, 0 from ${numbers};`,
      { database: "shop" },
    );
    this.#number += count;
    this.#nextKey += count;
  }

  start(): void {
    this.#timer = setInterval(() => this.#write(this.#transaction()), everyMs);
  }

  /** Waits until what is on its way is committed or lost. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    const client = this.#client;
    if (client?.exitCode === null && client.signalCode === null) {
      const ended = new Promise((resolve) => client.once("exit", resolve));
      client.stdin?.end();
      await Promise.race([ended, sleep(20_000, undefined, { ref: false })]);
      client.kill("SIGKILL");
    }
  }

  owns(key: number): boolean {
    return Math.floor(key / keysOfAStream) === this.#firstKey / keysOfAStream;
  }

  /** Greatest number so far: what comes later has a greater one. */
  get number(): number {
    return this.#number;
  }

  /** What is committed, in its order. */
  committed(): Change[] {
    const rows = this.written.server.sql(
      `select change_number, order_id, deleted from journal
       where order_id between ${this.#firstKey} and ${this.#firstKey + keysOfAStream - 1} order by change_number`,
      { database: "shop" },
    );
    const last = new Map<number, number>();
    return rows.split("\n").map((line) => {
      const [number = 0, key = 0, deleted = 0] = line.split("\t").map(Number);
      // A deleted row comes with the number that it had.
      const change = deleted === 1 ? (last.get(key) ?? 0) : number;
      last.set(key, number);
      return { key, change, deleted: deleted === 1 };
    });
  }

  #transaction(): string {
    const changes = Array.from({ length: 1 + (this.#number % 3) }, () => this.#change());
    return `begin;\n${changes.join("")}commit;\n`;
  }

  #change(): string {
    const turn = this.#number % 10;
    const newest = this.#living.at(-1);
    if (turn === 9 && newest !== undefined && this.#living.length > 3) {
      this.#living.pop();
      return this.#delete(newest);
    }
    if (turn % 3 === 2) {
      return this.#upsert(this.#firstKey);
    }
    if (turn % 3 === 1 && newest !== undefined) {
      return this.#upsert(newest);
    }
    this.#living.push(this.#nextKey);
    return this.#upsert(this.#nextKey++);
  }

  /** Whether or not the server took the changes before. */
  #upsert(key: number): string {
    const number = ++this.#number;
    const otherwise =
      this.written.source === "pg"
        ? "on conflict (order_id) do update set customer_id = excluded.customer_id"
        : "on duplicate key update customer_id = values(customer_id)";
    return `insert into orders (order_id, customer_id, item) values (${key}, ${number}, 'stream') ${otherwise};
insert into journal values (${key}, ${number}, 0);\n`;
  }

  #delete(key: number): string {
    const number = ++this.#number;
    return `insert into journal select order_id, ${number}, 1 from orders where order_id = ${key};
delete from orders where order_id = ${key};\n`;
  }

  #write(text: string): void {
    this.#connected()?.stdin?.write(text);
  }

  #connected(): ChildProcess | undefined {
    const client = this.#client;
    if (client?.exitCode !== null || client.signalCode !== null) {
      this.#client = this.#connect();
    }
    return this.#client;
  }

  #connect(): ChildProcess {
    const { source, server } = this.written;
    const sockets = this.#lab.path(source === "pg" ? "postgres" : "mariadb", "s");
    const [command, ...args] =
      source === "pg"
        ? [binary("psql"), "-h", sockets, "-p", String(server.port), "-U", "postgres", "-d", "shop", "-X", "-q"]
        : [
            binary("mariadb"),
            "--no-defaults",
            "--socket",
            `${sockets}/sock`,
            "--user",
            "root",
            "--skip-reconnect",
            "shop",
          ];
    const client = spawn(binary("setpriv"), ["--pdeathsig", "KILL", "--", command, ...args], {
      stdio: ["pipe", "ignore", "ignore"],
      cwd: sockets,
      ...nobody(),
    });
    // A client that ended takes nothing more: the next transaction starts another.
    client.stdin.on("error", () => undefined);
    client.on("error", () => undefined);
    return client;
  }
}
