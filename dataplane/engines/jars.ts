import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fetchArtifacts, partialFolder } from "../../image/connect/artifacts.ts";
import { binary } from "./binaries.ts";

const pom = path.join(import.meta.dirname, "pom.xml");
const checksums = path.join(import.meta.dirname, "checksums.sha256");

export interface Jars {
  /** Class path of the broker and of Kafka's tools. */
  readonly kafka: string;
  /** The schema registry's runnable jar. */
  readonly registry: string;
}

/**
 * Broker and schema registry as `pom.xml` pins them, from the user's cache (`XDG_CACHE_HOME`, default `~/.cache`), or
 * downloaded into it and checked. `acceptChecksums` downloads and writes the checksums file anew.
 */
export async function testJars({ acceptChecksums = false } = {}): Promise<Jars> {
  const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache"), "pipeline-to-the-cloud");
  if (acceptChecksums || !existsSync(versioned(cache))) {
    const partial = partialFolder(path.join(cache, "engines"));
    try {
      await fetchArtifacts({ pom, checksums, folder: partial, acceptChecksums });
      unpackRegistry(partial);
      rmSync(versioned(cache), { recursive: true, force: true });
      renameSync(partial, versioned(cache));
    } finally {
      rmSync(partial, { recursive: true, force: true });
    }
  }
  const registry = path.join(versioned(cache), "registry");
  const runner = readdirSync(registry).find((file) => file.endsWith("-runner.jar")) ?? "runner.jar";
  return { kafka: path.join(versioned(cache), "kafka", "*"), registry: path.join(registry, runner) };
}

/** A folder for each state of the POM and its checksums, so that another branch's versions don't get in the way. */
function versioned(cache: string): string {
  const inputs = [pom, checksums].filter((file) => existsSync(file)).map((file) => readFileSync(file));
  const version = createHash("sha256").update(Buffer.concat(inputs)).digest("hex").slice(0, 12);
  return path.join(cache, `engines-${version}`);
}

function unpackRegistry(folder: string): void {
  const archive = readdirSync(folder).find((file) => file.endsWith(".tar.gz")) ?? "";
  mkdirSync(path.join(folder, "registry"));
  execFileSync(binary("tar"), ["-xzf", path.join(folder, archive), "-C", path.join(folder, "registry")]);
  rmSync(path.join(folder, archive));
}
