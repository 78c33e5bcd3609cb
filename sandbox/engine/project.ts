import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { parseDocument, type Document } from "yaml";
import type { PipelineDeclaration } from "../../model/pipeline.ts";
import { SetupError } from "../errors.ts";
import { configPath, takeSecretsOut } from "./secrets.ts";

/** The folder that holds `Pulumi.yaml`. */
export const repository = path.resolve(import.meta.dirname, "..", "..");

/** What of the repository the program consists of, besides the TypeScript beside `Pulumi.yaml`. */
const programParts = ["config", "model", "components", "providers", "image", "sql", "package.json"];

export interface StagedProject {
  readonly folder: string;
  readonly stack: string;
  /** Secrets that the stack's file lacks, or holds encrypted for someone else: key to value, to be set in the sandbox. */
  readonly secrets: Readonly<Record<string, string>>;
}

export interface StagingOptions {
  /** Folder to take the program and the stack's file from. Default: this repository. */
  readonly root?: string;
  /** Folder to lay the project out in; made anew each time. */
  readonly folder: string;
  readonly stack: string;
  readonly pipeline: PipelineDeclaration;
  /** Values that differ from the stack's file, by config path (`kafka.partitions`). `undefined` takes a key out. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Values for secrets. Default: a stand-in for each. */
  readonly secrets?: Readonly<Record<string, string>>;
  /**
   * Changes the program itself, as an editor would: file to new text, from an empty one where there is none. The program is
   * then copied, not linked.
   */
  readonly edits?: Readonly<Record<string, (text: string) => string>>;
}

/**
 * Lays a project out for the engine: the program, and the stack's configuration with secrets that a sandbox can read.
 * The user's own files are never written, and no secret of theirs is needed.
 */
export function stageProject(options: StagingOptions): StagedProject {
  const { root = repository, folder, stack } = options;
  const config = readStackConfig(root, stack);
  for (const [key, value] of Object.entries(options.config ?? {})) {
    const at = ["config", ...configPath(key)];
    if (value === undefined) {
      config.deleteIn(at);
    } else {
      config.setIn(at, value);
    }
  }
  const secrets = takeSecretsOut(config, options.pipeline, options.secrets ?? {});
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  layOutProgram(root, folder, options.edits ?? {});
  cpSync(path.join(root, "Pulumi.yaml"), path.join(folder, "Pulumi.yaml"));
  writeFileSync(path.join(folder, stackFile(stack)), config.toString());
  return { folder, stack, secrets };
}

/** Lays out the files of a git revision in a new folder, to be staged from there. */
export function checkOut(revision: string, folder: string): string {
  const archive = spawnSync("git", ["-C", repository, "archive", "--format=tar", revision], { maxBuffer: 2 ** 30 });
  if (archive.status !== 0) {
    const reason = archive.error?.message ?? archive.stderr.toString().trim();
    throw new SetupError(`git has no revision "${revision}" here (${reason}). In CI, fetch the base branch first.`);
  }
  mkdirSync(folder, { recursive: true });
  const unpacked = spawnSync("tar", ["-x", "-C", folder], { input: archive.stdout });
  if (unpacked.status !== 0) {
    throw new SetupError(
      `tar could not lay out revision ${revision} (${unpacked.error?.message ?? unpacked.stderr.toString()}).`,
    );
  }
  symlinkSync(path.join(repository, "node_modules"), path.join(folder, "node_modules"));
  return folder;
}

export function stackFile(stack: string): string {
  return `Pulumi.${stack}.yaml`;
}

function readStackConfig(root: string, stack: string): Document {
  const file = path.join(root, stackFile(stack));
  if (!existsSync(file)) {
    const stacks = readdirSync(root).flatMap((name) => /^Pulumi\.(\w[\w-]*)\.yaml$/.exec(name)?.[1] ?? []);
    throw new SetupError(`There is no ${stackFile(stack)}. Stacks: ${stacks.join(", ")}.`);
  }
  const document = parseDocument(readFileSync(file, "utf8"));
  const problem = document.errors[0];
  if (problem !== undefined) {
    throw new SetupError(`${stackFile(stack)} is not valid YAML: ${problem.message}`);
  }
  // What encrypts the user's secrets is theirs; the sandbox has its own.
  ["encryptionsalt", "secretsprovider", "encryptedkey"].forEach((key) => document.delete(key));
  return document;
}

function layOutProgram(root: string, folder: string, edits: Readonly<Record<string, (text: string) => string>>): void {
  const isEdited = Object.keys(edits).length > 0;
  const scripts = readdirSync(root).filter((name) => name.endsWith(".ts"));
  for (const part of [...scripts, ...programParts.filter((name) => existsSync(path.join(root, name)))]) {
    const from = path.join(root, part);
    if (isEdited) {
      cpSync(from, path.join(folder, part), { recursive: true });
    } else {
      symlinkSync(from, path.join(folder, part));
    }
  }
  symlinkSync(path.join(repository, "node_modules"), path.join(folder, "node_modules"));
  for (const [file, edit] of Object.entries(edits)) {
    const target = path.join(folder, file);
    writeFileSync(target, edit(existsSync(target) ? readFileSync(target, "utf8") : ""));
  }
}
