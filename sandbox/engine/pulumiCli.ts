import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import semver from "semver";
import { SetupError } from "../errors.ts";

/** The one version of the CLI that the sandbox is tested with. */
export const pulumiVersion = "3.274.1";
/** What the module of the CLI asks for (`cli/go.mod`). */
const goVersion = "1.26.6";

/** The engine looks for it beside the CLI first, then on PATH. */
const languageHost = "pulumi-language-nodejs";

export interface PulumiCli {
  readonly file: string;
  /** Whether a language host lies beside it, as in the official bundle and in the cache. */
  readonly hasLanguageHost: boolean;
  readonly from: "PATH" | "cache" | "download" | "source";
}

/**
 * The Pulumi CLI in the pinned version: from PATH; else from the cache; else the official download; else built from its
 * Go module, which takes about 5 minutes once. `say` tells the user what takes time.
 */
export async function findPulumiCli(say: (line: string) => void): Promise<PulumiCli> {
  const onPath = whichPulumi();
  if (onPath !== undefined) {
    return found(onPath, "PATH");
  }
  const folder = path.join(cacheFolder(), `pulumi-${pulumiVersion}`);
  const cached = [path.join(folder, "pulumi"), path.join(folder, "bin", "pulumi")].find(isRightVersion);
  if (cached !== undefined) {
    return found(cached, "cache");
  }
  mkdirSync(folder, { recursive: true });
  say(`Pulumi ${pulumiVersion} is neither on PATH nor in the cache: getting it, once.`);
  const problem = await download(folder);
  if (problem === undefined) {
    return found(path.join(folder, "bin", "pulumi"), "download");
  }
  say(`The official download did not work (${problem}); building it from its Go module: about 5 minutes on 2 cores.`);
  return found(await build(folder), "source");
}

function cacheFolder(): string {
  return path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache"), "pipeline-to-the-cloud");
}

function found(file: string, from: PulumiCli["from"]): PulumiCli {
  return { file, from, hasLanguageHost: existsSync(path.join(path.dirname(file), languageHost)) };
}

function whichPulumi(): string | undefined {
  return (process.env.PATH ?? "")
    .split(path.delimiter)
    .map((folder) => path.join(folder, "pulumi"))
    .find((file) => isExecutable(file) && isRightVersion(file));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isRightVersion(file: string): boolean {
  if (!existsSync(file)) {
    return false;
  }
  const { stdout } = spawnSync(file, ["version"], {
    encoding: "utf8",
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  return stdout.trim().replace(/^v/, "") === pulumiVersion;
}

/** Says why it did not work, if it did not. */
async function download(folder: string): Promise<string | undefined> {
  try {
    const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js"); // slow to load, rarely needed
    await PulumiCommand.install({ root: folder, version: new semver.SemVer(pulumiVersion) });
    return undefined;
  } catch (error) {
    return firstLine(error instanceof Error ? error.message : String(error));
  }
}

async function build(folder: string): Promise<string> {
  const go = spawnSync("go", ["env", "GOVERSION"], { encoding: "utf8" });
  const version = semver.coerce(go.stdout);
  if (go.error !== undefined || version === null || semver.lt(version, goVersion)) {
    const seen = go.error === undefined ? `Go ${version?.version ?? "unknown"} is` : "no Go is";
    throw new SetupError(
      `Pulumi ${pulumiVersion} has to be built, but ${seen} on PATH. Install Go ${goVersion} or newer, or put the ` +
        `Pulumi CLI ${pulumiVersion} on PATH yourself.`,
    );
  }
  // Built beside its place and moved there whole: an interrupted build leaves nothing that looks finished.
  const unfinished = mkdtempSync(path.join(folder, "build-"));
  const file = path.join(unfinished, "pulumi");
  const target = path.join(folder, "pulumi");
  try {
    const setVersion = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${pulumiVersion}`;
    const flags = ["-mod=readonly", "-trimpath", "-ldflags", `-s -w ${setVersion}`, "-o", file];
    await runGo(["build", ...flags, "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"]);
    copyFileSync(path.join(import.meta.dirname, "bin", languageHost), path.join(folder, languageHost));
    renameSync(file, target);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return target;
}

async function runGo(args: readonly string[]): Promise<void> {
  const child = spawn("go", args, {
    cwd: path.join(import.meta.dirname, "cli"),
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, CGO_ENABLED: "0" },
  });
  const said: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", resolve);
  });
  if (code !== 0) {
    const last = said.join("").trim().split("\n").slice(-5).join("\n");
    const hint = last.includes("no space left")
      ? "The disk is full: the build needs about 3.5 GB. Free some space and try again."
      : last;
    throw new SetupError(`The Pulumi CLI could not be built.\n${hint}`);
  }
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? "";
}
