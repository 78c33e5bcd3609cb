import { spawn, type ChildProcessByStdio } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { binary } from "./binaries.ts";
import type { Lab } from "./processes.ts";

/**
 * A program that takes jobs as lines of JSON and answers each, in order, by a line: `{"ok": …}` or `{"error": "…"}`. It
 * ends with its input, with the lab, and with this process.
 */
export class Jobs {
  /** In messages: "the stand-in for Snowflake". */
  readonly #what: string;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #waiting: { readonly resolve: (answer: unknown) => void; readonly reject: (error: Error) => void }[] = [];
  #said = "";

  constructor(lab: Lab, what: string, program: readonly string[]) {
    this.#what = what;
    this.#child = spawn(binary("setpriv"), ["--pdeathsig", "KILL", "--", ...program], {
      stdio: ["pipe", "pipe", "pipe"],
      detached: true,
      // What it writes beside its answers stays in the lab's folder.
      cwd: lab.folder,
    });
    this.#child.stderr.on("data", (data: Buffer) => {
      this.#said = `${this.#said}${String(data)}`.slice(-5_000);
    });
    this.#child.stdin.on("error", () => undefined);
    createInterface({ input: this.#child.stdout, crlfDelay: Infinity }).on("line", (line) => this.#answer(line));
    const ended = new Promise<void>((resolve) => {
      const end = () => {
        const error = new Error(`${this.#what} ended: ${this.#said.trim()}`);
        this.#waiting.splice(0).forEach(({ reject }) => reject(error));
        resolve();
      };
      this.#child.once("error", end);
      this.#child.once("close", end);
    });
    lab.atEnd(() => {
      this.#child.stdin.end();
      return ended;
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Throws with the program's own words. */
  ask(job: Readonly<Record<string, unknown>>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
        reject(new Error(`${this.#what} has ended: ${this.#said.trim()}`));
        return;
      }
      this.#waiting.push({ resolve, reject });
      this.#child.stdin.write(`${JSON.stringify(job)}\n`);
    });
  }

  #answer(line: string): void {
    const { ok, error } = JSON.parse(line) as { readonly ok?: unknown; readonly error?: string };
    const waiting = this.#waiting.shift();
    if (error === undefined) {
      waiting?.resolve(ok);
    } else {
      waiting?.reject(new Error(error));
    }
  }
}
