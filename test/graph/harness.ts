import { readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import type { Registration } from "../../sandbox/graph.ts";

process.setMaxListeners(0); // each copy of the SDK listens for the end of the process

export type { Registration } from "../../sandbox/graph.ts";

/**
 * The graph of the whole program for a committed stack, with some keys of its `pipeline:` config changed. `load`: another
 * program than `index.ts`.
 */
export async function graphOf(
  stack: string,
  changes: Record<string, unknown> = {},
  encrypted: readonly string[] = [],
  load: () => Promise<unknown> = () => import("../../index.ts"),
): Promise<Registration[]> {
  const file = path.join(process.cwd(), `Pulumi.${stack}.yaml`);
  const { config } = parse(readFileSync(file, "utf8")) as { config: Record<string, unknown> };
  const withPasswords = Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, isDatabase(value) ? { ...value, password: "hush" } : value]),
  );
  const all: Record<string, unknown> = { ...withPasswords, ...changes };
  const values = Object.fromEntries(
    Object.entries(all).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
  const secretKeys = [...encrypted, ...Object.keys(withPasswords).filter((key) => isDatabase(withPasswords[key]))];
  let graph: Registration[] = [];
  // The SDK keeps one monitor a copy of itself, so each graph gets a copy of its own.
  await jest.isolateModulesAsync(async () => {
    const { recordGraph } = await import("../../sandbox/graph.ts");
    graph = await recordGraph({ stack, values, secretKeys, load });
  });
  return graph;
}

function isDatabase(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && "host" in value;
}
