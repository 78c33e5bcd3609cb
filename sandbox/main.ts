import { mkdtempSync, rmSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { PipelineDeclaration } from "../model/pipeline.ts";
import { pipeline } from "../pipeline.ts";
import { criticalPath, duration } from "./clock.ts";
import { Clouds } from "./cloud/clouds.ts";
import { Inventory } from "./cloud/inventory.ts";
import { Engine } from "./engine/engine.ts";
import { checkOut, stageProject } from "./engine/project.ts";
import { findPulumiCli } from "./engine/pulumiCli.ts";
import { explained, isCallMistake } from "./errors.ts";
import { sandboxFolder } from "./folder.ts";
import { summaryOf } from "./summary.ts";

const usage = `Usage: npm start | npm run preview | npm run destroy   [-- --stack NAME]

  npm start          previews and deploys a stack in the sandbox, and says what exists then
  npm run preview    previews a stack as it would be made; needs no credentials
  npm run destroy    takes the stack down again and counts what is left

  --stack NAME       Pulumi.NAME.yaml (default: local)
  --since REVISION   with preview: deploys the program of a git revision in a sandbox of its own first, and previews
                     what today's program would change, e.g. -- --stack prod --since origin/main

PIPELINE_SANDBOX     where the sandbox keeps what it knows (default: .sandbox)
XDG_CACHE_HOME       where the Pulumi CLI is kept (default: ~/.cache)
NO_COLOR             no bold headings

Exit codes: 0 done; 1 the engine refused, or something is left over; 2 something is missing on this machine or in the call.`;

const folder = sandboxFolder();

const ifLocked = `If the stack is locked though nothing runs, a run was killed: delete ${path.relative("", folder)} to start over.`;

/** The sandbox of one stack: the engine, the simulated clouds behind it, and where both keep what they know. */
interface Sandbox {
  readonly engine: Engine;
  readonly clouds: Clouds;
}

interface Call {
  readonly stack: string;
  readonly since: string | undefined;
}

const commands: Readonly<Record<string, (call: Call) => Promise<number>>> = { start, preview, destroy };

async function start({ stack }: Call): Promise<number> {
  const { engine, clouds } = await open(stack);
  heading(`Preview of stack ${stack}`);
  const preview = await engine.preview([], { live: true });
  if (preview.code !== 0) {
    return failed("The preview failed; nothing was changed.");
  }
  if (preview.steps.length === 0) {
    heading("Nothing changed: everything is as declared.");
  } else {
    heading(`Deploying stack ${stack}`);
    const up = await engine.up([], { live: true });
    if (up.code !== 0) {
      return failed(
        `The deployment stopped before its end. Run npm start again: it goes on where it stopped. ${ifLocked}`,
      );
    }
    tell("This would have taken", criticalPath(clouds.done, await engine.state(), "up"));
  }
  heading("What exists now");
  console.log(summaryOf(clouds.inventory));
  heading("Where to look next");
  console.log(
    [
      "  pipeline.ts             what the pipeline is: add a table, then npm start",
      `  Pulumi.${stack}.yaml${" ".repeat(Math.max(1, 12 - stack.length))}where it runs`,
      "  npm run preview -- --stack dev    any stack, without credentials",
      "  npm run destroy         takes it down and counts what is left",
      "  README.md               how to point it at real accounts",
    ].join("\n"),
  );
  return 0;
}

async function preview({ stack, since }: Call): Promise<number> {
  if (since !== undefined) {
    return previewSince(stack, since);
  }
  const { engine } = await open(stack);
  return (await engine.preview([], { live: true })).code;
}

/** What a pull request changes, without anybody's credentials: the base is deployed for real, in a cloud that is not. */
async function previewSince(stack: string, revision: string): Promise<number> {
  const cli = await findPulumiCli((line) => console.error(line));
  const home = mkdtempSync(path.join(os.tmpdir(), "since-"));
  const clouds = new Clouds();
  try {
    const root = checkOut(revision, path.join(home, "base"));
    const base = (await import(pathToFileURL(path.join(root, "pipeline.ts")).href)) as {
      pipeline: PipelineDeclaration;
    };
    const staged = { folder: path.join(home, "project"), stack };
    const before = stageProject({ ...staged, root, pipeline: base.pipeline });
    const deployed = await (await Engine.open(cli, before, home, clouds, { checkpoints: false })).up();
    if (deployed.code !== 0) {
      console.error(deployed.output);
      return failed(
        `The program of ${revision} could not be deployed in the sandbox, so there is nothing to compare with.`,
      );
    }
    heading(`What changes in stack ${stack} since ${revision}`);
    const now = stageProject({ ...staged, pipeline });
    return (await (await Engine.open(cli, now, home, clouds)).preview(["--diff"], { live: true })).code;
  } finally {
    clouds.close();
    rmSync(home, { recursive: true, force: true });
  }
}

async function destroy({ stack }: Call): Promise<number> {
  const { engine, clouds } = await open(stack);
  const before = await engine.state();
  const destroyed = await engine.destroy([], { live: true });
  if (destroyed.code !== 0) {
    return failed(`Not everything was taken down. Run npm run destroy again: it goes on where it stopped. ${ifLocked}`);
  }
  tell("This would have taken", criticalPath(clouds.done, before, "destroy"));
  const left = clouds.inventory.all();
  heading(`Left in the cloud: ${left.length === 0 ? "nothing" : String(left.length)}`);
  left.forEach(({ type, id }) => console.log(`  ${type} ${id}`));
  if (left.length > 0) {
    return 1;
  }
  await engine.removeStack();
  rmSync(journalOf(stack), { force: true });
  return 0;
}

async function open(stack: string): Promise<Sandbox> {
  const cli = await findPulumiCli((line) => console.error(line));
  // One for each run: two at once must not sweep away each other's. The engine locks the stack itself.
  const laidOut = path.join(folder, "projects", `${stack}-${String(process.pid)}`);
  process.on("exit", () => rmSync(laidOut, { recursive: true, force: true }));
  const project = stageProject({ folder: laidOut, stack, pipeline });
  const clouds = new Clouds(new Inventory(journalOf(stack)));
  return { engine: await Engine.open(cli, project, folder, clouds), clouds };
}

function journalOf(stack: string): string {
  return path.join(folder, "clouds", `${stack}.jsonl`);
}

function tell(what: string, { seconds, chain }: ReturnType<typeof criticalPath>): void {
  heading(`${what} ${duration(seconds)} in the real clouds. The longest chain of waits:`);
  chain.forEach((link) => console.log(`  ${duration(link.seconds).padStart(12)}  ${link.name}`));
}

function heading(line: string): void {
  const isTerminal = process.stdout.isTTY && process.env.NO_COLOR === undefined;
  console.log(isTerminal ? `\n\x1b[1m${line}\x1b[0m` : `\n${line}`);
}

function failed(line: string): number {
  console.error(`\n${line}`);
  return 1;
}

/** The engine gets the Ctrl-C too and ends in its own time; we stay until it has. */
process.on("SIGINT", () => undefined);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      stack: { type: "string", default: "local" },
      since: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const command = commands[positionals[0] ?? ""];
  if (values.help || command === undefined || positionals.length !== 1) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  return command({ stack: values.stack, since: values.since });
}

try {
  process.exit(await main());
} catch (error) {
  const sentence = explained(error);
  console.error(isCallMistake(error) ? `${sentence}\n\n${usage}` : sentence);
  process.exit(2);
}
