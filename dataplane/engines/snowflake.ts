import * as path from "node:path";
import { Jobs } from "./jobs.ts";
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
  readonly #jobs: Jobs;

  private constructor(jobs: Jobs) {
    this.#jobs = jobs;
  }

  /** Fetches it into the cache first, when it is not there: about a minute, 390 MB on the disk. */
  static async start(lab: Lab): Promise<SnowflakeStandIn> {
    const home = path.join(import.meta.dirname, "snowflake");
    const python = await pythonWith("snowflake", home);
    return new SnowflakeStandIn(new Jobs(lab, "the stand-in for Snowflake", [python, path.join(home, "stand_in.py")]));
  }

  /** Runs one statement as Snowflake reads it, in schema ANALYTICS unless it names another. Throws with the engine's words. */
  run(sql: string): Promise<Result> {
    return this.#jobs.ask({ do: "run", sql }) as Promise<Result>;
  }

  /** The same, a record a row. */
  async rows(sql: string): Promise<Record<string, Cell>[]> {
    const { columns, rows } = await this.run(sql);
    return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])));
  }

  /** Makes a table anew. */
  async table(name: string, columns: readonly StandInColumn[]): Promise<void> {
    await this.#jobs.ask({
      do: "table",
      name,
      columns: columns.map(({ name: column, type }) => ({ name: column, type })),
    });
  }

  /** Adds rows. */
  async load(name: string, rows: readonly LandedRow[]): Promise<void> {
    await this.#jobs.ask({ do: "load", name, rows });
  }

  /** What a view has when these tables have just these rows. Fast: nothing is translated anew. */
  state(view: string, loads: Readonly<Record<string, readonly LandedRow[]>>): Promise<Record<string, Cell>[]> {
    const sql = `SELECT * FROM PIPELINE_TEST.${view}`;
    return this.#jobs.ask({ do: "state", loads, sql }) as Promise<Record<string, Cell>[]>;
  }

  /** Runs a statement of DuckDB's own, to fill tables by the million. */
  native(sql: string): Promise<Cell[][]> {
    return this.#jobs.ask({ do: "native", sql }) as Promise<Cell[][]>;
  }

  /** What sqlfluff finds in each text under a configuration (`.sqlfluff`'s text); names tell the texts apart. */
  lint(files: Readonly<Record<string, string>>, config: string): Promise<Record<string, string[]>> {
    return this.#jobs.ask({ do: "lint", files, config }) as Promise<Record<string, string[]>>;
  }
}
