import { mkdtempSync, rmSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { pipeline } from "../../pipeline.ts";
import { Clouds } from "../../sandbox/cloud/clouds.ts";
import type { Inventory, Thing } from "../../sandbox/cloud/inventory.ts";
import { Engine, type EngineOptions, type Run } from "../../sandbox/engine/engine.ts";
import { stageProject, type StagingOptions } from "../../sandbox/engine/project.ts";
import { findPulumiCli } from "../../sandbox/engine/pulumiCli.ts";

export type Change = Pick<StagingOptions, "config" | "edits" | "secrets">;

/** An application, in the one line that a user writes. */
export const withConsumer: Change = {
  edits: {
    "pipeline.ts": (text) => text.replace("consumers: {}", 'consumers: { "stock-control": { reads: ["ORDERS"] } }'),
  },
};

/** A stack in a sandbox of its own, in a temporary folder. Without checkpoints, for speed: what is cut off needs them. */
export class TestStack {
  /** The simulated clouds, to intervene in and to see what was done. */
  readonly provider = new Clouds();
  /** What exists in them. */
  readonly cloud = this.provider.inventory;
  readonly folder = mkdtempSync(path.join(os.tmpdir(), "sandbox-test-"));
  readonly #stack: string;
  readonly #options: EngineOptions;
  #engine: Engine | undefined;

  constructor(stack = "local", options: EngineOptions = { checkpoints: false }) {
    this.#stack = stack;
    this.#options = options;
  }

  /** The program and configuration as they are from now on. */
  async declare(change: Change = {}): Promise<Engine> {
    const cli = await findPulumiCli(() => undefined);
    const project = stageProject({
      folder: path.join(this.folder, "project"),
      stack: this.#stack,
      pipeline,
      ...change,
    });
    const home = path.join(this.folder, "sandbox");
    this.#engine = await Engine.open(cli, project, home, this.provider, this.#options);
    return this.#engine;
  }

  get engine(): Engine {
    if (this.#engine === undefined) {
      throw new Error("declare() first");
    }
    return this.#engine;
  }

  close(): void {
    this.provider.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Resource steps as `op type name`, sorted; components and the stack itself are not things in a cloud. */
export function stepsOf(run: Run): string[] {
  return run.steps
    .map(({ op, urn }) => ({ op, type: typeOf(urn), name: nameOf(urn) }))
    .filter(({ type }) => !type.startsWith("pipeline:") && !type.startsWith("pulumi:"))
    .map(({ op, type, name }) => `${op} ${type.split(":").at(-1) ?? ""} ${name}`)
    .sort();
}

export function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}

function typeOf(urn: string): string {
  return (urn.split("::")[2] ?? "").split("$").at(-1) ?? "";
}

/** Runs it and fails the test, with the engine's own words, unless it ends with the code. */
export async function ending(code: number, run: Promise<Run>): Promise<Run> {
  const ended = await run;
  if (ended.code !== code) {
    throw new Error(`ended with ${String(ended.code)} instead of ${String(code)}:\n${ended.output}`);
  }
  return ended;
}

/** What exists, without the ids that the cloud makes up: two runs that did the same look the same. */
export function whatExists(cloud: Inventory): string[] {
  // Snowflake's ids are the names that the stack gives.
  const madeUp = cloud.all().filter(({ type }) => !type.startsWith("snowflake:"));
  // In the same order however it was made: an id may be part of another one, or of a name.
  const inOrder = madeUp.toSorted((a, b) => b.id.length - a.id.length || (a.type < b.type ? -1 : 1));
  const names = new Map(inOrder.map((thing) => [thing.id, nameIn(thing)]));
  const withoutIds = (text: string) =>
    [...names]
      .reduce((result, [id, name]) => result.replaceAll(id, name), text)
      .replace(/(lsrc|pkc|psrc|rb|KEY|lksqlc|pksqlc)-[0-9a-zA-Z]+/g, "$1")
      .replace(/127\.0\.0\.1:\d+/g, "loopback")
      .replace(/([a-z]+)-0fa4e[0-9a-f]{12}/g, "$1")
      .replace(/terraform-[0-9a-f-]{36}/g, "version")
      .replace(/cspi-role-[0-9a-f]+/g, "role of Confluent's")
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "uuid")
      .replace(/("pipeline-release"):"[0-9a-f]+"/g, "$1")
      .replace(/("rsaPublicKey2?"):"[\w+/=]+"/g, "$1");
  return cloud
    .all()
    .map(({ type, properties }) => withoutIds(`${type} ${JSON.stringify(properties, readable)}`))
    .sort();
}

/** User data has ids in it, and none to be seen. */
function readable(key: string, value: unknown): unknown {
  return key === "userData" && typeof value === "string" ? Buffer.from(value, "base64").toString() : value;
}

function nameIn({ properties, type }: Thing): string {
  const names = ["displayName", "topicName", "subjectName"].map((property) => properties[property]);
  return `<${type} ${names.filter((name) => typeof name === "string").join(" ")}>`;
}
