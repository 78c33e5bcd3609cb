import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface ArtifactsArgs {
  /** The POM; it puts what it names into the folder given as its property `out`. */
  readonly pom: string;
  /** Lines of `sha256sum`: digest, two spaces, path in the folder. */
  readonly checksums: string;
  /** Where the artifacts go. */
  readonly folder: string;
  /** `true` writes the checksums file anew instead of comparing with it. Default: `false`. */
  readonly acceptChecksums?: boolean;
}

/**
 * Fills the folder with what the POM names, each file compared with its committed SHA-256. Throws when Maven is missing
 * or fails, and when a file differs, is missing, or is one that nobody put down.
 */
export async function fetchArtifacts({
  pom,
  checksums,
  folder,
  acceptChecksums = false,
}: ArtifactsArgs): Promise<void> {
  await maven(pom, folder);
  const found = await digests(folder);
  if (acceptChecksums) {
    writeFileSync(checksums, [...found].map(([file, digest]) => `${digest}  ${file}\n`).join(""));
    return;
  }
  const differences = compare(readChecksums(checksums), found);
  if (differences.length > 0) {
    throw new Error(
      `the downloaded files are not those of ${path.relative(process.cwd(), checksums)}:\n${differences.join("\n")}\n` +
        "If a version was changed on purpose, run `npm run image:assemble -- --accept-checksums` and review the file's diff.",
    );
  }
}

/** An empty folder beside one that is being made. Those of processes that broke off are swept. */
export function partialFolder(folder: string): string {
  const parent = path.dirname(folder);
  mkdirSync(parent, { recursive: true });
  const marker = `${path.basename(folder)}.partial-`;
  for (const entry of readdirSync(parent).filter((name) => name.startsWith(marker))) {
    const pid = Number(entry.slice(marker.length));
    if (pid === process.pid || !isRunning(pid)) {
      rmSync(path.join(parent, entry), { recursive: true, force: true });
    }
  }
  const partial = path.join(parent, `${marker}${process.pid}`);
  mkdirSync(partial);
  return partial;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function maven(pom: string, folder: string): Promise<void> {
  const args = ["--batch-mode", "--no-transfer-progress", "--quiet", "--file", pom, `-Dout=${folder}`, "package"];
  try {
    await run("mvn", args, { maxBuffer: 1 << 24 });
  } catch (error) {
    const { code, stdout = "" } = error as { code?: string | number; stdout?: string };
    if (code === "ENOENT") {
      throw new Error(
        "Maven (`mvn`) is missing: it downloads the plugins. On Debian or Ubuntu: apt-get install maven",
        {
          cause: error,
        },
      );
    }
    throw new Error(mavenFailure(path.relative(process.cwd(), pom), stdout), { cause: error });
  }
}

/** What to do about a failed call of Maven, by what it printed. Artifacts that nobody published are named. */
export function mavenFailure(pom: string, output: string): string {
  const unknown = unknownArtifacts(output);
  return unknown.length > 0
    ? `There is no such version:\n${unknown.map((one) => `  ${one}\n`).join("")}Change it in ${pom}.`
    : `Maven could not get what ${pom} names:\n${reasons(output)}`;
}

/** `group:artifact:type:version`, of which Maven says that no repository has it, now or when it last looked. */
function unknownArtifacts(output: string): string[] {
  const [, now, earlier] = /(?:Could not find artifact (\S+)|(\S+) was not found) in /.exec(output) ?? [];
  const one = now ?? earlier;
  const [, list = one] = /could not be resolved: (.*?): (?:Could not|\S+ was not)/.exec(output) ?? [];
  return one === undefined || list === undefined ? [] : list.replaceAll(" (absent)", "").split(", ");
}

/** Maven's own words, without its advice on calling it again. */
function reasons(output: string): string {
  const [said = ""] = output.replace(/\x1b\[[\d;]*m/g, "").split(/^.*To see the full stack trace/m);
  const lines = said.split("\n").map((line) => line.replace(/^(\[\w+\] *)+| -> \[Help \d+\]$/g, "").trimEnd());
  return lines
    .filter((line) => line !== "")
    .slice(0, 5)
    .map((line) => `  ${line}`)
    .join("\n");
}

/** Compares by path; the messages name the file. */
export function compare(expected: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>): string[] {
  const paths = [...new Set([...expected.keys(), ...found.keys()])].sort();
  return paths.flatMap((file) => {
    const [want, have] = [expected.get(file), found.get(file)];
    if (want === undefined) {
      return [`  ${file}: not in the checksums file`];
    }
    if (have === undefined) {
      return [`  ${file}: in the checksums file, but not downloaded`];
    }
    return want === have ? [] : [`  ${file}: SHA-256 is ${have}, expected ${want}`];
  });
}

export function readChecksums(file: string): Map<string, string> {
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  return new Map(lines.filter((line) => line !== "").map((line) => [line.slice(66), line.slice(0, 64)]));
}

async function digests(folder: string): Promise<Map<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
  const pairs = await Promise.all(files.map(async (file) => [file, await sha256(path.join(folder, file))] as const));
  return new Map(pairs);
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
