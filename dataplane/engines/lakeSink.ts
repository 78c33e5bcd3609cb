import { mkdirSync } from "node:fs";
import * as path from "node:path";
import { binary } from "./binaries.ts";
import { parquetJars } from "./jars.ts";
import { java } from "./java.ts";
import { Jobs } from "./jobs.ts";
import type { AwsStandIn } from "./moto.ts";
import type { Lab } from "./processes.ts";

/** A record as it is in its topic. */
export interface RawRecord {
  readonly offset: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

export interface LakeFile {
  /** Its name in the bucket. */
  readonly key: string;
  readonly rows: number;
  readonly bytes: number;
}

export interface LakeSinkArgs {
  /** The folder that `npm run image:assemble` made: its converter and its transforms are used. */
  readonly image: string;
  /** Where schemas are. Default: in a registry of its own, which `register` fills. */
  readonly registryUrl?: string;
  /** The connector's settings as rendered. */
  readonly config: Readonly<Record<string, string>>;
  readonly aws: AwsStandIn;
  readonly bucket: string;
  /** In messages and for its folder, where a lab has several. Default: `lake-sink`. */
  readonly name?: string;
}

/**
 * Plays Confluent's S3 sink, which cannot be had: its converter, the transforms, the path and the Parquet files are made by
 * the libraries that it uses, from the rendered settings; when a file is complete is decided by a loop of our own, by its
 * rules. No row is lost or written twice, other than by the caller.
 */
export class LakeSink {
  readonly #jobs: Jobs;
  readonly #aws: AwsStandIn;
  readonly #bucket: string;
  readonly #folder: string;

  private constructor(jobs: Jobs, { aws, bucket }: LakeSinkArgs, folder: string) {
    this.#jobs = jobs;
    this.#aws = aws;
    this.#bucket = bucket;
    this.#folder = folder;
  }

  static async start(lab: Lab, args: LakeSinkArgs): Promise<LakeSink> {
    const { image, config, registryUrl = "mock://lab", name = "lake-sink" } = args;
    const jars = [path.join(image, "libs", "*"), path.join(image, "plugins", "snowflake", "*"), await parquetJars()];
    const classes = lab.path(name, "classes");
    mkdirSync(classes, { recursive: true });
    const classPath = [classes, ...jars].join(path.delimiter);
    const program = path.join(import.meta.dirname, "lakeSink", "LakeSink.java");
    await lab.run(binary("javac"), ["-cp", classPath, "-d", classes, program]);
    const { command, args: options } = java("512m", "-cp", classPath, "LakeSink");
    const folder = lab.path(name, "files");
    const jobs = new Jobs(lab, "the lake's sink", [command, ...options]);
    await jobs.ask({ do: "start", registry: registryUrl, config, folder });
    return new LakeSink(jobs, args, folder);
  }

  /** Puts an Avro schema into its own registry. Returns its id. */
  async register(subject: string, schema: unknown): Promise<number> {
    return ((await this.#jobs.ask({ do: "register", subject, schema: JSON.stringify(schema) })) as { id: number }).id;
  }

  /**
   * Hands records of one partition over, in order. Returns the files that they complete, which are in the bucket then.
   *
   * @param now when they come, in milliseconds since 1970; by default each at its own time
   */
  async put(topic: string, partition: number, records: readonly RawRecord[], now?: number): Promise<LakeFile[]> {
    const base64 = (bytes: Buffer | null) => bytes?.toString("base64") ?? null;
    return this.#files({
      do: "put",
      topic,
      partition,
      records: records.map(({ offset, timestamp, key, value }) => [offset, timestamp, base64(key), base64(value)]),
      ...(now === undefined ? {} : { now }),
    });
  }

  /** Lets it be later: what that completes is in the bucket then. Returns those files. */
  clock(now: number): Promise<LakeFile[]> {
    return this.#files({ do: "clock", now });
  }

  /** Completes what is open, as if the clock had come to it. Returns those files, which are in the bucket then. */
  flush(): Promise<LakeFile[]> {
    return this.#files({ do: "flush" });
  }

  /** The folder of each time, as the sink reads its path format: `topics/ORDERS/dt=2026-11-26/hour=09`. */
  paths(topic: string, times: readonly number[]): Promise<string[]> {
    return this.#jobs.ask({ do: "paths", topic, times }) as Promise<string[]>;
  }

  async #files(job: Readonly<Record<string, unknown>>): Promise<LakeFile[]> {
    const files = (await this.#jobs.ask(job)) as LakeFile[];
    if (files.length > 0) {
      await this.#aws.move(
        this.#bucket,
        this.#folder,
        files.map(({ key }) => key),
      );
    }
    return files;
  }
}
