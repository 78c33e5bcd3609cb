import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import * as path from "node:path";
import { binary } from "../../dataplane/engines/binaries.ts";
import { flinkJars, parquetJars, testJars, trinoFolder } from "../../dataplane/engines/jars.ts";
import { fetchArtifacts, partialFolder } from "../../dataplane/engines/artifacts.ts";
import { loadedPlugins, report } from "./check.ts";
import { compileInto, ownClasses } from "./ownClasses.ts";
import { makeReadable } from "./permissions.ts";
import { bundlePrograms } from "./programs.ts";

const here = import.meta.dirname;
const repository = path.resolve(here, "..", "..");

export interface AssembleArgs {
  /** The folder that is made: the Dockerfile's context. Default: `.sandbox/image`. */
  readonly out?: string;
  /** `true` writes the checksums files anew: after a version was changed on purpose. Default: `false`. */
  readonly acceptChecksums?: boolean;
  /** Gets a line for each step. */
  readonly say?: (line: string) => void;
}

/**
 * Makes the folder that the image is a copy of: Kafka Connect in `libs/`, plugins in `plugins/<plugin>/`, `bin/start`,
 * `log4j2.xml`, and our programs, `reconcile.js`, `check-secrets.js` and `revive.js`. What was downloaded is compared with the
 * committed checksums, our own classes are compiled into the plugins that they belong to, and a real worker must load every plugin before the folder gets its name. Does nothing but bundle
 * our programs when the inputs are those of the last time.
 */
export async function assemble({
  out,
  acceptChecksums = false,
  say = () => undefined,
}: AssembleArgs = {}): Promise<string> {
  const folder = path.resolve(out ?? path.join(repository, ".sandbox", "image"));
  if (acceptChecksums || readStamp(folder) !== inputsStamp()) {
    await assembleAnew(folder, acceptChecksums, say);
  } else {
    say(`${folder} is up to date`);
    await bundlePrograms(folder);
  }
  makeReadable(folder);
  return folder;
}

async function assembleAnew(folder: string, acceptChecksums: boolean, say: (line: string) => void): Promise<void> {
  const partial = partialFolder(folder);
  try {
    say("downloading Kafka Connect and its plugins, and comparing their checksums");
    const checksums = path.join(here, "checksums.sha256");
    await fetchArtifacts({ pom: path.join(here, "pom.xml"), checksums, folder: partial, acceptChecksums });
    unpack(path.join(partial, "plugins"));
    ownClasses.forEach((own) => compileInto(path.join(partial, "plugins"), path.join(partial, "libs"), own));
    copyOwnFiles(partial);
    await bundlePrograms(partial);
    say("listing the plugins of jars that have no list of their own");
    const { kafka } = await testJars({ acceptChecksums });
    if (acceptChecksums) {
      await flinkJars({ acceptChecksums });
      await parquetJars({ acceptChecksums });
      await trinoFolder({ acceptChecksums });
    }
    listPlugins(kafka, path.join(partial, "plugins", "snowflake"));
    say("starting a worker, to see that it loads them");
    say(report(await loadedPlugins(partial)));
    writeFileSync(path.join(partial, ".stamp"), inputsStamp());
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
    say(`${folder} is complete`);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** Debezium's archives become a folder each, named as they name it. */
function unpack(plugins: string): void {
  for (const archive of readdirSync(plugins).filter((file) => file.endsWith(".tar.gz"))) {
    execFileSync(binary("tar"), ["-xzf", path.join(plugins, archive), "-C", plugins]);
    rmSync(path.join(plugins, archive));
  }
}

function copyOwnFiles(folder: string): void {
  mkdirSync(path.join(folder, "bin"), { recursive: true });
  copyFileSync(path.join(here, "bin", "start"), path.join(folder, "bin", "start"));
  chmodSync(path.join(folder, "bin", "start"), 0o755);
  copyFileSync(path.join(here, "log4j2.xml"), path.join(folder, "log4j2.xml"));
}

/**
 * Workers find plugins by ServiceLoader manifests (`plugin.discovery=service_load`: a start of seconds, not half a minute).
 * Snowflake's jar has none; Kafka's own tool writes them beside it.
 */
function listPlugins(kafka: string, plugin: string): void {
  const tool = [
    "-cp",
    kafka,
    "org.apache.kafka.tools.ConnectPluginPath",
    "sync-manifests",
    "--plugin-location",
    plugin,
  ];
  execFileSync(binary("java"), tool, { stdio: "pipe" });
}

/** Whatever the folder is made of, in one digest. */
function inputsStamp(): string {
  const own = [
    "pom.xml",
    "checksums.sha256",
    "log4j2.xml",
    "bin/start",
    "assemble.ts",
    "plugins.ts",
    "ownClasses.ts",
    ...ownClasses.flatMap(({ sources }) => sources),
  ];
  const hash = createHash("sha256");
  for (const file of own.map((name) => path.join(here, name)).filter((name) => existsSync(name))) {
    hash.update(file.slice(here.length)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function readStamp(folder: string): string | undefined {
  const file = path.join(folder, ".stamp");
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
