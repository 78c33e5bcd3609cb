import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import * as path from "node:path";
import { fetchArtifacts } from "./artifacts.ts";
import { binary } from "./binaries.ts";
import { cachedFolder } from "./cache.ts";

export interface Jars {
  /** Class path of the broker and of Kafka's tools. */
  readonly kafka: string;
  /** The schema registry's runnable jar. */
  readonly registry: string;
}

interface JarsOptions {
  /** Downloads and writes the checksums file anew. Default: `false`. */
  readonly acceptChecksums?: boolean;
}

/**
 * Broker and schema registry as `pom.xml` pins them, from the user's cache (`XDG_CACHE_HOME`, default `~/.cache`), or
 * downloaded into it and checked.
 */
export async function testJars(options: JarsOptions = {}): Promise<Jars> {
  const folder = await cached("engines", import.meta.dirname, options, unpackRegistry);
  const registry = path.join(folder, "registry");
  const runner = readdirSync(registry).find((file) => file.endsWith("-runner.jar")) ?? "runner.jar";
  return { kafka: path.join(folder, "kafka", "*"), registry: path.join(registry, runner) };
}

/** The class path of Flink's SQL as `flink/pom.xml` pins it, from the same cache. */
export async function flinkJars(options: JarsOptions = {}): Promise<string> {
  const folder = await cached("flink", path.join(import.meta.dirname, "flink"), options);
  return path.join(folder, "flink", "*");
}

/** What the lake's sink writes Parquet with, as `lakeSink/pom.xml` pins it: a class path. */
export async function parquetJars(options: JarsOptions = {}): Promise<string> {
  const folder = await cached("lake-sink", path.join(import.meta.dirname, "lakeSink"), options);
  return path.join(folder, "parquet", "*");
}

/** The folder of Trino's server with its Hive connector alone, as `trino/pom.xml` pins it: 453 MB to download. */
export async function trinoFolder(options: JarsOptions = {}): Promise<string> {
  return cached("trino", path.join(import.meta.dirname, "trino"), options, unpackTrino);
}

/** What `pom.xml` of a folder names, in the cache. */
function cached(
  name: string,
  home: string,
  { acceptChecksums = false }: JarsOptions,
  unpack: (folder: string) => void = () => undefined,
): Promise<string> {
  const [pom, checksums] = [path.join(home, "pom.xml"), path.join(home, "checksums.sha256")];
  return cachedFolder({
    name,
    inputs: [pom, checksums],
    anew: acceptChecksums,
    make: async (folder) => {
      await fetchArtifacts({ pom, checksums, folder, acceptChecksums });
      unpack(folder);
    },
  });
}

function unpackRegistry(folder: string): void {
  const archive = readdirSync(folder).find((file) => file.endsWith(".tar.gz")) ?? "";
  mkdirSync(path.join(folder, "registry"));
  execFileSync(binary("tar"), ["-xzf", path.join(folder, archive), "-C", path.join(folder, "registry")]);
  rmSync(path.join(folder, archive));
}

function unpackTrino(folder: string): void {
  const [server, hive] = [".tar.gz", ".zip"].map((end) =>
    path.join(folder, readdirSync(folder).find((file) => file.endsWith(end)) ?? ""),
  );
  if (server === undefined || hive === undefined) {
    throw new Error("trino/pom.xml names no server, or no Hive connector");
  }
  execFileSync(binary("tar"), ["-xzf", server, "-C", folder, "--strip-components=1", "--exclude=*/plugin/*"]);
  const plugins = path.join(folder, "plugin");
  mkdirSync(plugins, { recursive: true });
  execFileSync(binary("unzip"), ["-q", hive, "-d", plugins]);
  const [unpacked = ""] = readdirSync(plugins);
  renameSync(path.join(plugins, unpacked), path.join(plugins, "hive"));
  rmSync(server);
  rmSync(hive);
}
