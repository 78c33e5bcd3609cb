import { readFileSync } from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../config.ts";
import { targetKinds, type ConfiguredTarget } from "../../model/targets/registry.ts";
import { topicsTaken } from "../../model/targets/taken.ts";
import type { TargetKind } from "../../model/targets/targetKind.ts";
import { either } from "../../model/words.ts";
import { repository } from "../../sandbox/engine/project.ts";
import { explained, isCallMistake, SetupError } from "../../sandbox/errors.ts";
import { environmentOfStack } from "../sources/environment.ts";

const usage = `Usage: npm run --silent targets:sql -- --stack NAME [--target NAME]

Prints what an administrator has to run in the database of each target that is on in a stack and needs it: the tables with
their declared columns, the user that writes them and its rights. It holds no password, says where to put it, and needs no
credentials. Run it again after a table or a column was added.

  --stack NAME         Pulumi.NAME.yaml
  --target NAME        this target only: what is printed can then be run as it is

Exit codes: 0 printed; 2 something is wrong in the call or in the stack's configuration.`;

function main(): number {
  const { values } = parseArgs({
    options: { stack: { type: "string" }, target: { type: "string" }, help: { type: "boolean", default: false } },
  });
  if (values.help || values.stack === undefined) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const environment = environmentOfStack(values.stack);
  const scripts = environment.targets.flatMap((target) => scriptOf(environment, target) ?? []);
  const chosen = scripts.filter(({ name }) => values.target === undefined || name === values.target);
  if (chosen.length === 0) {
    throw new SetupError(
      values.target === undefined
        ? `No target that is on in stack ${values.stack} needs an administrator's script.`
        : `--target ${values.target} is not on in stack ${values.stack}, or needs no script. Write ${either(scripts.map(({ name }) => name))}.`,
    );
  }
  console.log(chosen.map(({ script }) => script).join("\n"));
  return 0;
}

function scriptOf(
  { graph, kafka }: Environment,
  { kind: name, target, config }: ConfiguredTarget,
): { name: string; script: string } | undefined {
  const kind: TargetKind = targetKinds[name];
  const topics = topicsTaken(graph, target, kafka.partitions);
  const script = kind.setup?.(config, topics, (file) =>
    readFileSync(path.join(repository, "sql", "targets", file), "utf8"),
  );
  return script === undefined ? undefined : { name: target.name, script };
}

try {
  process.exitCode = main();
} catch (error) {
  const sentence = pulumi.RunError.isInstance(error) ? error.message : explained(error);
  console.error(isCallMistake(error) ? `${sentence}\n\n${usage}` : sentence);
  process.exitCode = 2;
}
