import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import type { Lab } from "./processes.ts";

/** A database's own client that gets statements as they come; at the first that fails it ends. The lab ends it, too. */
export class SqlSession {
  readonly #child: ChildProcessByStdio<Writable, null, Readable>;
  readonly #ended: Promise<void>;
  #said = "";
  #isClosing = false;
  #failure: Error | undefined;

  constructor(lab: Lab, command: string, args: readonly string[]) {
    // At the end of its input a client ends by itself, so also when this process does.
    this.#child = spawn(command, args, { stdio: ["pipe", "ignore", "pipe"], detached: true });
    this.#child.stderr.on("data", (data: Buffer) => {
      this.#said += String(data);
    });
    // What a client that has ended does not take; its own words say why.
    this.#child.stdin.on("error", () => undefined);
    this.#ended = new Promise((resolve) => {
      const end = (why: string) => {
        if (!this.#isClosing || this.#said !== "") {
          this.#failure ??= new Error(`a database's client ended: ${this.#said.trim() || why}`);
        }
        resolve();
      };
      this.#child.once("error", (error) => end(error.message));
      this.#child.once("close", (code) => end(`exit code ${String(code)}`));
    });
    lab.atEnd(() => this.close().catch(() => undefined));
  }

  /** Hands statements over; they run one after the other. Throws when one before them failed. */
  write(sql: string): void {
    if (this.#failure !== undefined) {
      throw this.#failure;
    }
    this.#child.stdin.write(sql);
  }

  /** Waits until all statements have run. Throws when one failed. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#child.stdin.end();
    await this.#ended;
    if (this.#failure !== undefined) {
      throw this.#failure;
    }
  }
}
