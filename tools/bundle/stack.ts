import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { pipeline } from "../../pipeline.ts";
import { Clouds } from "../../sandbox/cloud/clouds.ts";
import { Engine } from "../../sandbox/engine/engine.ts";
import { repository, stageProject } from "../../sandbox/engine/project.ts";
import { findPulumiCli } from "../../sandbox/engine/pulumiCli.ts";
import { SetupError } from "../../sandbox/errors.ts";
import { sandboxFolder } from "../../sandbox/folder.ts";

const outputCall = (stack: string) => ["stack", "output", "bundle", "--json", "--stack", stack];

/** The bundle's files as a stack has them, read with the user's own pulumi and login. Throws `SetupError`. */
export function bundleOfStack(stack: string): Record<string, string> {
  const call = spawnSync("pulumi", outputCall(stack), { cwd: repository, encoding: "utf8", maxBuffer: 2 ** 28 });
  if (call.error !== undefined) {
    throw new SetupError(
      `The Pulumi CLI could not be run (${call.error.message}). Install it and log in, or read the sandbox's stack with --sandbox.`,
    );
  }
  return filesIn(stack, call.status ?? 1, call.stdout, call.stderr);
}

/** The same of the sandbox's stack, which `npm start` has deployed. */
export async function bundleOfSandbox(stack: string): Promise<Record<string, string>> {
  const folder = sandboxFolder();
  if (!existsSync(path.join(folder, "state", ".pulumi", "stacks", "pipeline", `${stack}.json`))) {
    throw new SetupError(`The sandbox has no stack ${stack}. Deploy it first: npm start -- --stack ${stack}`);
  }
  const cli = await findPulumiCli((line) => console.error(line));
  const home = mkdtempSync(path.join(os.tmpdir(), "bundle-"));
  const clouds = new Clouds();
  try {
    const project = stageProject({ folder: path.join(home, "project"), stack, pipeline });
    const engine = await Engine.open(cli, project, folder, clouds);
    const { code, output } = await engine.call(outputCall(stack));
    return filesIn(stack, code, output, output);
  } finally {
    clouds.close();
    rmSync(home, { recursive: true, force: true });
  }
}

function filesIn(stack: string, code: number, output: string, errors: string): Record<string, string> {
  const hasNone = code === 0 ? output.trim() === "{}" : errors.includes("does not have output property");
  if (hasNone) {
    throw new SetupError(
      `Stack ${stack} has no bundle: it makes one when connect.placement is onPremises, and \`pulumi up\` has run since.`,
    );
  }
  if (code !== 0) {
    throw new SetupError(`pulumi stack output failed:\n${errors.trim()}`);
  }
  const files: unknown = JSON.parse(output);
  if (typeof files !== "object" || files === null || Object.values(files).some((text) => typeof text !== "string")) {
    throw new SetupError(`The output bundle of stack ${stack} is not text by file name. Run \`pulumi up\` first.`);
  }
  return files as Record<string, string>;
}
