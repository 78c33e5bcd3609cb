import { startBroker } from "../../dataplane/engines/broker.ts";
import { plainWorker, Worker } from "../../dataplane/engines/connect.ts";
import { Lab } from "../../dataplane/engines/processes.ts";
import { expectedPlugins } from "./plugins.ts";

export interface LoadedPlugin {
  readonly class: string;
  readonly type: string;
  readonly version?: string;
}

/** Starts a broker and a worker of the assembled folder on free ports of this machine, and asks what the worker loaded. */
export async function loadedPlugins(image: string): Promise<LoadedPlugin[]> {
  const lab = new Lab("image");
  try {
    const broker = await startBroker(lab);
    const worker = await Worker.at(lab, image);
    await worker.start({ properties: plainWorker(worker, broker.plaintext) });
    const { body } = await worker.request<LoadedPlugin[]>("GET", "/connector-plugins?connectorsOnly=false");
    return body;
  } finally {
    await lab.stop();
  }
}

/** A line a plugin that we use: what it is, and which version was loaded or that none was. Throws when one is missing. */
export function report(loaded: readonly LoadedPlugin[]): string {
  const rows = expectedPlugins.map((expected) => {
    const versions = loaded.filter((plugin) => plugin.class === expected.class && plugin.type === expected.type);
    return { ...expected, versions: [...new Set(versions.map(({ version }) => version ?? "no version"))] };
  });
  const width = Math.max(...rows.map((row) => row.class.length));
  const table = rows
    .map((row) => `  ${row.type.padEnd(15)} ${row.class.padEnd(width)}  ${row.versions.join(", ") || "MISSING"}`)
    .join("\n");
  if (rows.some(({ versions }) => versions.length === 0)) {
    throw new Error(`a worker of this image does not load every plugin that we use:\n${table}`);
  }
  return table;
}
