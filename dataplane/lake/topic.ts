import { changeColumns, positionColumns } from "../../model/changeColumns.ts";
import type { Dataset } from "../../model/graph.ts";
import type { SourceKind } from "../../model/columnTypes.ts";
import { avroSchema, AvroWriter, type AvroColumn, type Plain } from "./avro.ts";
import type { Lake } from "./lake.ts";
import type { LakeFile } from "../engines/lakeSink.ts";

export type PlainRow = Readonly<Record<string, Plain>>;

export interface Put {
  readonly offset: number;
  /** When it came into Kafka: ISO, or milliseconds since 1970. */
  readonly at: string | number;
  /** Default: a tombstone. */
  readonly row?: PlainRow;
  /** Default: 0. */
  readonly partition?: number;
}

/** A topic whose rows the test makes up, with their times and their places. */
export class Topic {
  readonly name: string;
  readonly #lake: Lake;
  readonly #writer: AvroWriter;

  private constructor(name: string, lake: Lake, writer: AvroWriter) {
    this.name = name;
    this.#lake = lake;
    this.#writer = writer;
  }

  /** Registers the schema of a dataset's rows: with the columns that a source's connector adds, or those of a result. */
  static async of(
    lake: Lake,
    { topic, columns }: Pick<Dataset, "topic" | "columns">,
    source?: SourceKind,
  ): Promise<Topic> {
    const change = source === undefined ? [] : [...changeColumns, ...positionColumns[source]];
    const all: AvroColumn[] = [...columns, ...change];
    const id = await lake.sink.register(`${topic}-value`, avroSchema("Value", all));
    return new Topic(topic, lake, new AvroWriter(all, id));
  }

  /** Hands rows of one partition to the sink, each when it comes. Returns the files that they complete. */
  add(partition: number, rows: readonly { offset: number; at: number; row: PlainRow }[]): Promise<LakeFile[]> {
    return this.#lake.sink.put(
      this.name,
      partition,
      rows.map(({ offset, at, row }) => ({ offset, timestamp: at, key: null, value: this.#writer.write(row) })),
    );
  }

  /** Puts records through the sink, each when it comes, and lets it complete its files. */
  async put(...records: readonly Put[]): Promise<LakeFile[]> {
    const files: LakeFile[] = [];
    const partitions = new Set(records.map(({ partition = 0 }) => partition));
    for (const partition of partitions) {
      const own = records.filter((record) => (record.partition ?? 0) === partition);
      const raw = own.map(({ offset, at, row }) => ({
        offset,
        timestamp: timeOf(at),
        key: null,
        value: row === undefined ? null : this.#writer.write(row),
      }));
      files.push(...(await this.#lake.sink.put(this.name, partition, raw)));
    }
    return [...files, ...(await this.#lake.sink.flush())];
  }
}

function timeOf(at: string | number): number {
  return typeof at === "number" ? at : Date.parse(at);
}
