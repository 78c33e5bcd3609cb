import { readFileSync } from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../config.ts";
import type { Source } from "../../model/graph.ts";
import { databaseSetup, templateOf, type SetupPart } from "../../model/sources/databaseSetup.ts";
import { reconciliationFile } from "../../model/warehouse/reconciliation.ts";
import { either } from "../../model/words.ts";
import { repository } from "../../sandbox/engine/project.ts";
import { explained, isCallMistake, SetupError } from "../../sandbox/errors.ts";
import { environmentOfStack } from "./environment.ts";

const usage = `Usage: npm run --silent sources:sql -- --stack NAME [--source NAME] [--undo | --reconcile]

Prints what a database administrator has to run for each source that is on in a stack, and why: the checks of the
server, the user with its rights, the tables. It holds no password, says where to put it, and needs no credentials.

  --stack NAME         Pulumi.NAME.yaml
  --source NAME        this source only: what is printed can then be run as it is
  --undo               what takes all of it away again
  --reconcile          instead, what tells whether Snowflake has the source's rows: a statement for each, of each table
  --outage HOURS       for how long the connector may be down without losing a change (default: 72)
  --user-host HOST     MySQL and MariaDB: from where the user may connect (default: %, anywhere)

Exit codes: 0 printed; 2 something is wrong in the call or in the stack's configuration.`;

interface Call {
  readonly stack: string;
  readonly source: string | undefined;
  readonly part: SetupPart;
  readonly outageHours: number;
  readonly userHost: string;
}

function main(): number {
  const { values } = parseArgs({
    options: {
      stack: { type: "string" },
      source: { type: "string" },
      undo: { type: "boolean", default: false },
      reconcile: { type: "boolean", default: false },
      outage: { type: "string", default: "72" },
      "user-host": { type: "string", default: "%" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help || values.stack === undefined) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const outageHours = Number(values.outage);
  if (!Number.isInteger(outageHours) || outageHours < 1) {
    throw new SetupError(`--outage ${values.outage} is not a number of hours. Write a whole number, 1 or more.`);
  }
  if (values.undo && values.reconcile) {
    throw new SetupError("--undo and --reconcile do not go together. Leave one out.");
  }
  const { stack, source } = values;
  const part = values.undo ? "undo" : "enable";
  const call = { stack, source, part, outageHours, userHost: values["user-host"] } as const;
  const environment = environmentOfStack(stack);
  console.log(
    sourcesOf(environment, source)
      .map((item) => (values.reconcile ? reconciliationOf(item) : scriptOf(environment, item, call)))
      .join("\n"),
  );
  return 0;
}

function sourcesOf({ graph, stack }: Environment, name: string | undefined): readonly Source[] {
  const chosen = graph.sources.filter((source) => name === undefined || source.name === name);
  if (chosen.length === 0) {
    const on = graph.sources.map((source) => source.name);
    throw new SetupError(`--source ${name ?? ""} is not on in stack ${stack}. Write ${either(on)}.`);
  }
  return chosen;
}

function scriptOf({ databases }: Environment, source: Source, { stack, part, outageHours, userHost }: Call): string {
  const config = databases[source.name];
  if (config === undefined) {
    throw new Error(`source ${source.name} is on and has no configuration`);
  }
  const template = readFileSync(path.join(repository, "sql", "sources", templateOf(source.kind, part)), "utf8");
  const { database, user } = config;
  return databaseSetup(source, { stack, database, user, userHost, tls: config.tls !== "off", outageHours }, template);
}

function reconciliationOf({ kind, tables }: Source): string {
  return [reconciliationFile(kind, tables), reconciliationFile("snowflake", tables)].join("\n");
}

try {
  process.exitCode = main();
} catch (error) {
  const sentence = pulumi.RunError.isInstance(error) ? error.message : explained(error);
  console.error(isCallMistake(error) ? `${sentence}\n\n${usage}` : sentence);
  process.exitCode = 2;
}
