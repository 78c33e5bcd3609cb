import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { binary } from "../../dataplane/engines/binaries.ts";

/** Classes of ours that run inside a plugin. */
interface OwnClasses {
  /** Folder of the plugin. */
  readonly plugin: string;
  /** Name of their jar there, without `.jar`. */
  readonly jar: string;
  /** Their files, from this folder. */
  readonly sources: readonly string[];
  /** What the plugin finds them by: interface to class. */
  readonly services: Readonly<Record<string, string>>;
}

/** Everything of ours in the image's plugins. */
export const ownClasses: readonly OwnClasses[] = [
  {
    plugin: "debezium-connector-postgres",
    jar: "pipeline-snapshotter",
    sources: ["snapshotter/AtLeastOnceSnapshotter.java"],
    services: { "io.debezium.spi.snapshot.Snapshotter": "pipeline.postgres.AtLeastOnceSnapshotter" },
  },
  {
    // Where Confluent's converter is.
    plugin: "snowflake",
    jar: "pipeline-avro",
    sources: ["avro/SinkAvroConverter.java"],
    services: { "org.apache.kafka.connect.storage.Converter": "pipeline.avro.SinkAvroConverter" },
  },
  {
    plugin: "debezium-connector-jdbc",
    jar: "pipeline-jdbc",
    sources: ["jdbc/JdbcSink.java", "jdbc/JdbcSinkTask.java", "jdbc/ToTable.java"],
    services: {
      "org.apache.kafka.connect.sink.SinkConnector": "pipeline.jdbc.JdbcSink",
      "org.apache.kafka.connect.transforms.Transformation": "pipeline.jdbc.ToTable",
    },
  },
];

/** Puts a jar of ours among those of the plugin, against which it is compiled. `libs`: Kafka Connect's own jars. */
export function compileInto(plugins: string, libs: string, { plugin, jar, sources, services }: OwnClasses): void {
  const folder = path.join(plugins, plugin);
  const classes = mkdtempSync(path.join(os.tmpdir(), `${jar}-`));
  try {
    // The oldest Java that Kafka Connect runs on. Jars name others in their manifests that are not there, which is no matter.
    const options = ["--release", "17", "-Xlint:all,-path", "-Werror", "-proc:none"];
    const classPath = ["-cp", [libs, folder].map((jars) => path.join(jars, "*")).join(path.delimiter)];
    const files = sources.map((source) => path.join(import.meta.dirname, source));
    execFileSync(binary("javac"), [...options, ...classPath, "-d", classes, ...files], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    mkdirSync(path.join(classes, "META-INF", "services"), { recursive: true });
    for (const [service, implementation] of Object.entries(services)) {
      writeFileSync(path.join(classes, "META-INF", "services", service), `${implementation}\n`);
    }
    // A fixed date: the same sources make the same image.
    const archive = ["--create", "--file", path.join(folder, `${jar}.jar`), "--date", "2026-01-01T00:00:00Z"];
    execFileSync(binary("jar"), [...archive, "-C", classes, "."]);
  } finally {
    rmSync(classes, { recursive: true, force: true });
  }
}
