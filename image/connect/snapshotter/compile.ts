import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { binary } from "../../../dataplane/engines/binaries.ts";

const source = path.join(import.meta.dirname, "AtLeastOnceSnapshotter.java");
const service = "META-INF/services/io.debezium.spi.snapshot.Snapshotter";

/** Puts our snapshot mode for Postgres among the jars of Debezium's connector, against which it is compiled. */
export function compileSnapshotter(plugin: string): void {
  const classes = mkdtempSync(path.join(os.tmpdir(), "snapshotter-"));
  try {
    // The oldest Java that Kafka Connect runs on.
    const options = ["--release", "17", "-Xlint:all", "-Werror", "-proc:none", "-cp", path.join(plugin, "*")];
    execFileSync(binary("javac"), [...options, "-d", classes, source], { stdio: ["ignore", "ignore", "inherit"] });
    mkdirSync(path.join(classes, path.dirname(service)), { recursive: true });
    writeFileSync(path.join(classes, service), "pipeline.postgres.AtLeastOnceSnapshotter\n");
    const jar = path.join(plugin, "pipeline-snapshotter.jar");
    // A fixed date: the same sources make the same image.
    execFileSync(binary("jar"), ["--create", "--file", jar, "--date", "2026-01-01T00:00:00Z", "-C", classes, "."]);
  } finally {
    rmSync(classes, { recursive: true, force: true });
  }
}
