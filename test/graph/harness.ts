import { readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import type { PipelineDeclaration } from "../../model/pipeline.ts";
import type { Registration } from "../../sandbox/graph.ts";

process.setMaxListeners(0); // each copy of the SDK listens for the end of the process

export type { Registration } from "../../sandbox/graph.ts";

/**
 * The graph of the whole program for a committed stack, with some keys of its `pipeline:` config changed. `encrypted`:
 * those that the stack has as secrets, besides the databases'. `declared`: another pipeline than `pipeline.ts` has.
 */
export async function graphOf(
  stack: string,
  changes: Record<string, unknown> = {},
  encrypted: readonly string[] = [],
  declared?: PipelineDeclaration,
): Promise<Registration[]> {
  if (declared !== undefined) {
    jest.doMock("../../pipeline.ts", () => ({ pipeline: declared }));
  }
  try {
    return await recorded(stack, changes, encrypted, () => import("../../index.ts"));
  } finally {
    jest.dontMock("../../pipeline.ts");
  }
}

/** An output of the same program, by its name. */
export async function outputOf(
  name: string,
  stack: string,
  changes: Record<string, unknown> = {},
): Promise<{ readonly value: unknown; readonly isSecret: boolean }> {
  const found: { value: unknown; isSecret: boolean }[] = [];
  await recorded(stack, changes, [], async () => {
    const { isSecret, output } = await import("@pulumi/pulumi");
    const program = (await import("../../index.ts")) as Readonly<Record<string, unknown>>;
    const wanted = output(program[name] as object);
    const value = await new Promise((resolve) => void wanted.apply(resolve));
    found.push({ value, isSecret: await isSecret(wanted) });
  });
  const [first] = found;
  if (first === undefined) {
    throw new Error(`output ${name} was never known`);
  }
  return first;
}

async function recorded(
  stack: string,
  changes: Record<string, unknown>,
  encrypted: readonly string[],
  load: () => Promise<unknown>,
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

export const kind = ({ type }: Registration) => type.split(":").at(-1) ?? "";

export const ofKind = (graph: readonly Registration[], ...kinds: string[]) =>
  graph.filter((item) => kinds.includes(kind(item)));

/** Throws when there is none of the name. */
export function named(graph: readonly Registration[], name: string): Registration {
  const found = graph.find((item) => item.name === name);
  if (found === undefined) {
    throw new Error(`no ${name} in ${graph.map((item) => item.name).join(", ")}`);
  }
  return found;
}

function isDatabase(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && "host" in value;
}
