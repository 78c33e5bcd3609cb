import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";

const page = path.join(import.meta.dirname, "..", "..", "..", "docs", "reliability.md");

/** Runs the commands under a heading of docs/reliability.md as they stand there, with these variables. Throws when one fails. */
export async function runRecipe(heading: string, env: Readonly<Record<string, string>>): Promise<void> {
  await promisify(execFile)("sh", ["-euc", commandsUnder(heading)], { env: { ...process.env, ...env } });
}

function commandsUnder(heading: string): string {
  const [, section] = readFileSync(page, "utf8").split(new RegExp(`^##+ ${heading}$`, "mi"));
  const commands = /^```sh\n(.*?)^```$/ms.exec(section?.split(/^##+ /m)[0] ?? "")?.[1];
  if (commands === undefined) {
    throw new Error(`docs/reliability.md has no commands under "${heading}"`);
  }
  return commands;
}
