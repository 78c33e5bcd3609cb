import * as path from "node:path";
import { parseArgs } from "node:util";
import { explained, isCallMistake } from "../../sandbox/errors.ts";
import { writeBundle } from "./folder.ts";
import { bundleOfSandbox, bundleOfStack } from "./stack.ts";

const usage = `Usage: npm run bundle -- --stack NAME [--out FOLDER] [--sandbox]

Writes what a host of yours needs to run Kafka Connect (connect.placement: onPremises) into a folder; its README.md says
how to go on. It holds no secrets. Run it again after each \`pulumi up\`: it updates the folder, and leaves what is yours,
secrets.properties above all, as it is.

  --stack NAME    the stack, as \`pulumi stack ls\` shows it
  --out FOLDER    where to write (default: bundle/NAME)
  --sandbox       from the sandbox's stack, which npm start made, instead of the real one

Exit codes: 0 written; 2 something is missing on this machine, in the stack or in the call.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      stack: { type: "string" },
      out: { type: "string" },
      sandbox: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const { stack } = values;
  if (values.help || stack === undefined || stack === "") {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const files = values.sandbox ? await bundleOfSandbox(stack) : bundleOfStack(stack);
  const folder = path.resolve(values.out ?? path.join("bundle", path.basename(stack)));
  const changes = writeBundle(folder, files);
  changes.forEach(({ what, file }) => console.log(`${what.padEnd(8)} ${file}`));
  const shown = path.relative("", folder) || ".";
  console.log(changes.length === 0 ? `Nothing changed in ${shown}.` : `How to go on: ${path.join(shown, "README.md")}`);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  const sentence = explained(error);
  console.error(isCallMistake(error) ? `${sentence}\n\n${usage}` : sentence);
  process.exitCode = 2;
}
