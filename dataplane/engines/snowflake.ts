import { spawn, type ChildProcessByStdio } from "node:child_process";
import * as path from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { binary } from "./binaries.ts";
import type { Lab } from "./processes.ts";
import { pythonWith } from "./python.ts";

/** Decimals, dates and times are text; so are whole numbers beyond 2^53, NaN and the infinities. Bytes are hexadecimal digits. */
export type Cell = string | number | boolean | null;

export interface Result {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A row on its way in: every value is text or NULL, `RECORD_METADATA` is JSON. Columns may be left out. */
export type LandedRow = Readonly<Record<string, string | null>>;

/** Types in Snowflake's words: `NUMBER(10,0)`, `VARIANT`. */
export interface StandInColumn {
  readonly name: string;
  readonly type: string;
}

/**
 * fakesnow (DuckDB underneath) and sqlfluff in one process: a stand-in for Snowflake, and no more. What a query returns
 * there it returns in Snowflake, as far as both mean the same by it; rights, warehouses, dynamic tables, time travel,
 * the cast of what the connector sends and any speed are not proven. Tables are named with their schema, `LANDING.ORDERS`.
 */
export class SnowflakeStandIn {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #waiting: { readonly resolve: (answer: unknown) => void; readonly reject: (error: Error) => void }[] = [];
  #said = "";

  private constructor(lab: Lab, command: string, args: readonly string[]) {
    this.#child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"], detached: true });
    this.#child.stderr.on("data", (data: Buffer) => {
      this.#said = `${this.#said}${String(data)}`.slice(-5_000);
    });
    this.#child.stdin.on("error", () => undefined);
    createInterface({ input: this.#child.stdout, crlfDelay: Infinity }).on("line", (line) => this.#answer(line));
    const ended = new Promise<void>((resolve) => {
      const end = () => {
        const error = new Error(`the stand-in for Snowflake ended: ${this.#said.trim()}`);
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

  /** Fetches it into the cache first, when it is not there: about a minute, 390 MB on the disk. */
  static async start(lab: Lab): Promise<SnowflakeStandIn> {
    const home = path.join(import.meta.dirname, "snowflake");
    const python = await pythonWith("snowflake", home);
    const program = [python, path.join(home, "stand_in.py")];
    return new SnowflakeStandIn(lab, binary("setpriv"), ["--pdeathsig", "KILL", "--", ...program]);
  }

  /** Runs one statement as Snowflake reads it, in schema ANALYTICS unless it names another. Throws with the engine's words. */
  run(sql: string): Promise<Result> {
    return this.#ask({ do: "run", sql }) as Promise<Result>;
  }

  /** The same, a record a row. */
  async rows(sql: string): Promise<Record<string, Cell>[]> {
    const { columns, rows } = await this.run(sql);
    return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])));
  }

  /** Makes a table anew. */
  async table(name: string, columns: readonly StandInColumn[]): Promise<void> {
    await this.#ask({ do: "table", name, columns: columns.map(({ name: column, type }) => ({ name: column, type })) });
  }

  /** Adds rows. */
  async load(name: string, rows: readonly LandedRow[]): Promise<void> {
    await this.#ask({ do: "load", name, rows });
  }

  /** What a view has when these tables have just these rows. Fast: nothing is translated anew. */
  state(view: string, loads: Readonly<Record<string, readonly LandedRow[]>>): Promise<Record<string, Cell>[]> {
    const sql = `SELECT * FROM PIPELINE_TEST.${view}`;
    return this.#ask({ do: "state", loads, sql }) as Promise<Record<string, Cell>[]>;
  }

  /** Runs a statement of DuckDB's own, to fill tables by the million. */
  native(sql: string): Promise<Cell[][]> {
    return this.#ask({ do: "native", sql }) as Promise<Cell[][]>;
  }

  /** What sqlfluff finds in each text under a configuration (`.sqlfluff`'s text); names tell the texts apart. */
  lint(files: Readonly<Record<string, string>>, config: string): Promise<Record<string, string[]>> {
    return this.#ask({ do: "lint", files, config }) as Promise<Record<string, string[]>>;
  }

  #ask(job: Readonly<Record<string, unknown>>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
        reject(new Error(`the stand-in for Snowflake has ended: ${this.#said.trim()}`));
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
