import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as yaml from "yaml";
import { parseEnvironment, statementText, type Environment } from "../../config.ts";
import { pipeline } from "../../pipeline.ts";
import { repository, stackFile, stageProject } from "../../sandbox/engine/project.ts";

const project = "pipeline";

/**
 * A stack's environment, read from its file and checked as the program does it, but without anybody's credentials: in
 * place of each secret stands the sandbox's stand-in. `root`: the folder of `Pulumi.yaml`. Throws `SetupError` where there is no
 * such file, and what the program throws where something is wrong in it.
 */
export function environmentOfStack(stack: string, root: string = repository): Environment {
  const home = mkdtempSync(path.join(os.tmpdir(), "environment-"));
  try {
    const staged = stageProject({ root, folder: path.join(home, "project"), stack, pipeline });
    const file = yaml.parse(readFileSync(path.join(staged.folder, stackFile(stack)), "utf8")) as {
      config?: Record<string, unknown>;
    } | null;
    const config = Object.entries(staged.secrets).reduce(withSecret, file?.config ?? {});
    const texts = Object.entries(config).map(([key, value]) => [key, textOf(value)] as const);
    return parseEnvironment({
      project,
      stack,
      values: Object.fromEntries(texts),
      secretKeys: new Set(Object.keys(staged.secrets).map((key) => namespaced(key.split(".")[0] ?? key))),
      pipeline,
      assembled: () => ({ context: "", version: "" }), // whether there is an image to build is not the database's affair
      statement: (sqlFile) => statementText(sqlFile, repository),
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function withSecret(config: Record<string, unknown>, [key, value]: [string, string]): Record<string, unknown> {
  const [group = key, ...members] = key.split(".");
  return withValue(config, [namespaced(group), ...members], value);
}

function withValue(group: unknown, [name = "", ...rest]: readonly string[], value: string): Record<string, unknown> {
  const members = (group ?? {}) as Record<string, unknown>;
  return { ...members, [name]: rest.length === 0 ? value : withValue(members[name], rest, value) };
}

/** Lists and groups as JSON, as the engine hands them over. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : value === null ? "" : JSON.stringify(value);
}

function namespaced(key: string): string {
  return key.includes(":") ? key : `${project}:${key}`;
}
