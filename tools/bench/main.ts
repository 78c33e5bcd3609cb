import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import ts from "typescript";
import { parse } from "yaml";
import { pipeline } from "../../pipeline.ts";
import { Clouds } from "../../sandbox/cloud/clouds.ts";
import { unknown } from "../../sandbox/cloud/known.ts";
import { Engine, type Run, type RunOptions } from "../../sandbox/engine/engine.ts";
import { repository, stageProject } from "../../sandbox/engine/project.ts";
import { findPulumiCli, type PulumiCli } from "../../sandbox/engine/pulumiCli.ts";
import type { Registration } from "../../sandbox/graph.ts";
import { flatProgram } from "./flat.ts";
import { pipelineOfSize } from "./pipelines.ts";

const articleSize = 2;

const compiled: ts.CompilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };

/** As `pulumi new typescript` writes it. */
const stockTsconfig = `{
  "compilerOptions": {
    "strict": true, "outDir": "bin", "target": "es2020", "module": "nodenext", "moduleResolution": "nodenext",
    "sourceMap": true, "experimentalDecorators": true, "pretty": true, "noFallthroughCasesInSwitch": true,
    "noImplicitReturns": true, "forceConsistentCasingInFileNames": true
  },
  "files": ["index.ts"]
}
`;

/** How a preview went, as seen from outside. */
interface Measured {
  readonly seconds: number;
  /** Peak of the memory of all its processes together, MiB. */
  readonly memory: number;
  readonly run: Run;
}

interface Program {
  readonly title: string;
  /** The file that a user edits before a preview. */
  readonly file: string;
  readonly preview: () => Promise<Run>;
}

const { values: flags } = parseArgs({
  options: {
    sizes: { type: "string", default: "2,100,1000" },
    rounds: { type: "string", default: "5" },
    "flat-limit": { type: "string", default: "1000" },
  },
});
const sizes = flags.sizes.split(",").map(Number);
const flatLimit = Number(flags["flat-limit"]);

const cli = await findPulumiCli((line) => console.error(line));
const folder = mkdtempSync(path.join(os.tmpdir(), "bench-"));
const opened: Clouds[] = [];
try {
  console.log(
    "Preview after an edit: this program against the same resources as plain calls with stock settings, in turn, medians.",
  );
  const ours = new Map<number, number>();
  for (const size of sizes) {
    const rounds = size > articleSize ? Math.min(Number(flags.rounds), 2) : Number(flags.rounds);
    ours.set(size, await compare(cli, size, rounds));
  }
  printGrowth(ours);
} finally {
  opened.forEach((clouds) => clouds.close());
  rmSync(folder, { recursive: true, force: true });
}

/** Measures a size; gives our median in seconds. */
async function compare(pulumi: PulumiCli, size: number, rounds: number): Promise<number> {
  const home = path.join(folder, String(size));
  const ours = await openOurs(pulumi, size, path.join(home, "ours"));
  const flats = size <= flatLimit ? await openFlats(pulumi, size, path.join(home, "flat"), ours.project) : [];
  const programs = [ours.program, ...flats];
  const results = new Map<string, Measured[]>(programs.map(({ title }) => [title, []]));
  const warmUps = size > 100 ? 0 : 1; // at large sizes cold caches drown
  for (let round = 0; round < warmUps + rounds; round += 1) {
    for (const program of programs) {
      const result = await measured(program);
      if (round >= warmUps) {
        results.get(program.title)?.push(result);
      }
    }
  }
  const [own = [], ...others] = [...results.values()];
  const resources = resourcesOf(own[0]);
  others.forEach((other) => requireSame(resources, resourcesOf(other[0])));
  const seconds = median(own.map((result) => result.seconds));
  console.log(
    `\n${String(size)} tables, ${String(resources.size)} resources, ${String(rounds)} round${rounds === 1 ? "" : "s"}`,
  );
  [...results].forEach(([title, measurements], index) => {
    const time = median(measurements.map((result) => result.seconds));
    const memory = Math.max(...measurements.map((result) => result.memory));
    const ratio = index === 0 ? "" : `   ratio ${(seconds / time).toFixed(2)}`;
    console.log(
      `  ${title.padEnd(34)} ${time.toFixed(2).padStart(8)} s   ${memory.toFixed(0).padStart(5)} MiB at most${ratio}`,
    );
  });
  return seconds;
}

async function openOurs(pulumi: PulumiCli, size: number, home: string) {
  const edits = { "pipeline.ts": (text: string) => pipelineOfSize(text, size) };
  const project = stageProject({ folder: path.join(home, "project"), stack: "local", pipeline, edits });
  const engine = await open(pulumi, project, home);
  const file = path.join(project.folder, "pipeline.ts");
  return { project, program: { title: "this program", file, preview: () => engine.preview() } };
}

/** In TypeScript as `pulumi new typescript` sets it up, and as JavaScript, which spares the type check. */
async function openFlats(pulumi: PulumiCli, size: number, home: string, ours: { folder: string }): Promise<Program[]> {
  const program = flatProgram(record(ours.folder));
  const flavours = [
    { title: "flat, stock settings", file: "index.ts", options: "" },
    { title: "flat, stock settings, JavaScript", file: "index.js", options: "\n  options:\n    typescript: false" },
  ];
  const programs: Program[] = [];
  for (const { title, file, options } of size > 100 ? flavours.slice(0, 1) : flavours) {
    const at = path.join(home, file);
    const project = stageProject({ folder: path.join(at, "project"), stack: "local", pipeline, edits: {} });
    const text = file.endsWith(".ts") ? program : ts.transpile(program, compiled);
    for (const name of readdirSync(project.folder).filter(
      (entry) => !/^(Pulumi\.local\.yaml|node_modules)$/.test(entry),
    )) {
      rmSync(path.join(project.folder, name), { recursive: true });
    }
    writeFileSync(path.join(project.folder, file), text);
    writeFileSync(path.join(project.folder, "package.json"), `{ "name": "flat", "main": "${file}" }\n`);
    const providers = path.join(repository, "providers");
    writeFileSync(
      path.join(project.folder, "Pulumi.yaml"),
      `name: pipeline\nruntime:\n  name: nodejs${options}\nplugins:\n  providers:\n    - name: dataplane\n      path: ${providers}\n`,
    );
    writeFileSync(path.join(project.folder, "tsconfig.json"), stockTsconfig);
    const engine = await open(pulumi, project, at);
    const stock: RunOptions = { env: { PULUMI_EXPERIMENTAL: "", PULUMI_SKIP_CHECKPOINTS: "", NODE_COMPILE_CACHE: "" } };
    programs.push({ title, file: path.join(project.folder, file), preview: () => engine.preview([], stock) });
  }
  return programs;
}

async function open(pulumi: PulumiCli, project: ReturnType<typeof stageProject>, home: string): Promise<Engine> {
  const clouds = new Clouds();
  opened.push(clouds);
  return Engine.open(pulumi, project, path.join(home, "sandbox"), clouds);
}

function record(program: string): Registration[] {
  const { config } = parse(readFileSync(path.join(repository, "Pulumi.local.yaml"), "utf8")) as {
    config: Record<string, unknown>;
  };
  const isDatabase = (value: unknown) => typeof value === "object" && value !== null && "host" in value;
  const entries = Object.entries(config).map(([key, value]): [string, string] => [
    key,
    JSON.stringify(isDatabase(value) ? { ...(value as object), password: "hush" } : value).replace(/^"|"$/g, ""),
  ]);
  const login = "confluentcloud:cloudApiSecret";
  const secretKeys = [login, ...Object.keys(config).filter((key) => isDatabase(config[key]))];
  const input = JSON.stringify({ values: { ...Object.fromEntries(entries), [login]: "hush" }, secretKeys });
  const recorder = path.join(repository, "tools", "bench", "record.ts");
  const { stdout, stderr, status } = spawnSync(process.execPath, [recorder, program], {
    input,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) {
    throw new Error(`the program could not be recorded:\n${stderr}`);
  }
  return JSON.parse(stdout) as Registration[];
}

/** Previews after an edit, as users do: what a compiler has kept from the last run is of no use then. */
async function measured({ title, file, preview }: Program): Promise<Measured> {
  appendFileSync(file, "// edited\n");
  let memory = 0;
  const sampler = setInterval(() => (memory = Math.max(memory, memoryOfDescendants())), 100);
  const start = performance.now();
  const run = await preview();
  const seconds = (performance.now() - start) / 1000;
  clearInterval(sampler);
  if (run.code !== 0) {
    throw new Error(`the preview of ${title} failed:\n${run.output}`);
  }
  return { seconds, memory, run };
}

/** Resident memory of every process below this one, MiB (Linux). */
function memoryOfDescendants(): number {
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => statOf(pid));
  const below = new Set([process.pid]);
  for (let grew = true; grew;) {
    const found = processes.filter(({ pid, parent }) => below.has(parent) && !below.has(pid));
    found.forEach(({ pid }) => below.add(pid));
    grew = found.length > 0;
  }
  const pages = processes
    .filter(({ pid }) => below.has(pid) && pid !== process.pid)
    .reduce((sum, { rss }) => sum + rss, 0);
  return (pages * 4096) / 2 ** 20;
}

function statOf(pid: string): { pid: number; parent: number; rss: number }[] {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return [{ pid: Number(pid), parent: Number(fields[1]), rss: Number(fields[21]) }];
  } catch {
    return []; // it has just ended
  }
}

/** Every resource with its inputs. Without the stack itself, whose outputs are not a resource. */
function resourcesOf(result: Measured | undefined): Map<string, unknown> {
  const steps = result?.run.steps.filter(({ urn }) => !urn.includes("pulumi:pulumi:Stack")) ?? [];
  return new Map(steps.map(({ urn, inputs }) => [urn, inputs]));
}

function requireSame(ours: ReadonlyMap<string, unknown>, flat: ReadonlyMap<string, unknown>): void {
  const urns = [...new Set([...ours.keys(), ...flat.keys()])];
  const differing = urns.filter((urn) => !(ours.has(urn) && flat.has(urn) && isSame(ours.get(urn), flat.get(urn))));
  if (differing.length > 0) {
    const [urn = ""] = differing;
    const shown = [ours, flat].map((resources) => JSON.stringify(resources.get(urn) ?? "none"));
    throw new Error(`${String(differing.length)} resources differ, e.g. ${urn}:\n${shown.join("\n")}`);
  }
}

/** A digest of values that are not known in a preview is unknown too; the flat program has a digest of their stand-ins. */
function isSame(ours: unknown, flat: unknown): boolean {
  if (typeof ours === "object" && ours !== null && typeof flat === "object" && flat !== null) {
    const keys = [...new Set([...Object.keys(ours), ...Object.keys(flat)])];
    const at = (value: object, key: string) => (value as Record<string, unknown>)[key];
    return keys.every((key) => isSame(at(ours, key), at(flat, key)));
  }
  return ours === flat || ours === unknown;
}

function printGrowth(seconds: ReadonlyMap<number, number>): void {
  const [from, to] = [...seconds.keys()].sort((a, b) => a - b).slice(-2);
  if (from === undefined || to === undefined || from === to) {
    return;
  }
  const exponent = Math.log((seconds.get(to) ?? 1) / (seconds.get(from) ?? 1)) / Math.log(to / from);
  console.log(`\nGrowth of this program from ${String(from)} to ${String(to)} tables: exponent ${exponent.toFixed(2)}`);
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = sorted.length % 2 === 0 ? [sorted[middle - 1], sorted[middle]] : [sorted[middle], sorted[middle]];
  return ((low ?? 0) + (high ?? 0)) / 2;
}
