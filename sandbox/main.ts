import { rmSync } from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { pipeline } from "../pipeline.ts";
import { criticalPath, duration } from "./clock.ts";
import { confluentCloud } from "./cloud/confluent.ts";
import { Inventory } from "./cloud/inventory.ts";
import { SimulatedProvider } from "./cloud/provider.ts";
import { Engine } from "./engine/engine.ts";
import { repository, stageProject } from "./engine/project.ts";
import { findPulumiCli } from "./engine/pulumiCli.ts";
import { explained, isCallMistake } from "./errors.ts";
import { summaryOf } from "./summary.ts";

const usage = `Usage: npm start | npm run preview | npm run destroy   [-- --stack NAME]

  npm start          previews and deploys a stack in the sandbox, and says what exists then
  npm run preview    previews a stack as it would be made; needs no credentials
  npm run destroy    takes the stack down again and counts what is left

  --stack NAME       Pulumi.NAME.yaml (default: local)

PIPELINE_SANDBOX     where the sandbox keeps what it knows (default: .sandbox)
XDG_CACHE_HOME       where the Pulumi CLI is kept (default: ~/.cache)
NO_COLOR             no bold headings

Exit codes: 0 done; 1 the engine refused, or something is left over; 2 something is missing on this machine or in the call.`;

/** Where the sandbox keeps state, clouds and compiled code. */
const folder = path.resolve(process.env.PIPELINE_SANDBOX ?? path.join(repository, ".sandbox"));

/** The sandbox of one stack: the engine, the simulated clouds behind it, and where both keep what they know. */
interface Sandbox {
  readonly engine: Engine;
  readonly cloud: Inventory;
  readonly provider: SimulatedProvider;
}

const commands: Readonly<Record<string, (stack: string) => Promise<number>>> = { start, preview, destroy };

async function start(stack: string): Promise<number> {
  const { engine, cloud, provider } = await open(stack, journalOf(stack));
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
      return failed("The deployment stopped before its end. Run npm start again: it goes on where it stopped.");
    }
    tell("This would have taken", criticalPath(provider.done, await engine.state(), "up"));
  }
  heading("What exists now");
  console.log(summaryOf(cloud));
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

async function preview(stack: string): Promise<number> {
  const { engine } = await open(stack, journalOf(stack));
  return (await engine.preview([], { live: true })).code;
}

async function destroy(stack: string): Promise<number> {
  const journal = journalOf(stack);
  const { engine, cloud, provider } = await open(stack, journal);
  const before = await engine.state();
  const destroyed = await engine.destroy([], { live: true });
  if (destroyed.code !== 0) {
    return failed("Not everything could be taken down. Run npm run destroy again: it goes on where it stopped.");
  }
  tell("This would have taken", criticalPath(provider.done, before, "destroy"));
  const left = cloud.all();
  heading(`Left in the cloud: ${left.length === 0 ? "nothing" : String(left.length)}`);
  left.forEach(({ type, id }) => console.log(`  ${type} ${id}`));
  if (left.length > 0) {
    return 1;
  }
  await engine.removeStack();
  rmSync(journal, { force: true });
  return 0;
}

async function open(stack: string, journal: string): Promise<Sandbox> {
  const cli = await findPulumiCli((line) => console.error(line));
  const project = stageProject({ folder: path.join(folder, "projects", stack), stack, pipeline });
  const cloud = new Inventory(journal);
  const provider = new SimulatedProvider(confluentCloud, cloud);
  return { engine: await Engine.open(cli, project, folder, [provider]), cloud, provider };
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
    options: { stack: { type: "string", default: "local" }, help: { type: "boolean", default: false } },
  });
  const command = commands[positionals[0] ?? ""];
  if (values.help || command === undefined || positionals.length !== 1) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  return command(values.stack);
}

try {
  process.exit(await main());
} catch (error) {
  const sentence = explained(error);
  console.error(isCallMistake(error) ? `${sentence}\n\n${usage}` : sentence);
  process.exit(2);
}
