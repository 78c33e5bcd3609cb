import { partitionNames } from "./columns.ts";

/**
 * A piece of the time in a path: how it is written, in UTC, and which letters mean just that to whom. The sink reads
 * Joda's, where `YYYY` is the year of the era; Athena reads Java's, where that would be the year of the week, which is
 * another one around New Year.
 */
interface Piece {
  readonly joda: string;
  readonly java: string;
  readonly at: (time: Date) => string;
}

const digits = (value: number, count: number) => String(value).padStart(count, "0");
const year: Piece = { joda: "YYYY", java: "yyyy", at: (time) => digits(time.getUTCFullYear(), 4) };
const month: Piece = { joda: "MM", java: "MM", at: (time) => digits(time.getUTCMonth() + 1, 2) };
const day: Piece = { joda: "dd", java: "dd", at: (time) => digits(time.getUTCDate(), 2) };
const hour: Piece = { joda: "HH", java: "HH", at: (time) => digits(time.getUTCHours(), 2) };

/** A level of folders, `dt=2026-11-26`, which is a column of every table. */
interface Level {
  readonly name: (typeof partitionNames)[number];
  /** Hive's. */
  readonly type: "string" | "int";
  /** Joined by `-`. */
  readonly pieces: readonly Piece[];
  /** What Athena has to know to write the value itself, by the last part of `projection.<column>.…`. */
  readonly projection: (pieces: string, since: string) => Readonly<Record<string, string>>;
}

/** The one place that says how files lie: what the sink, Glue and the tests know of it is made from this. */
const levels: readonly Level[] = [
  {
    name: "dt",
    type: "string",
    pieces: [year, month, day],
    projection: (format, since) => ({
      type: "date",
      format,
      range: `${since},NOW`, // goes on by itself
      interval: "1",
      "interval.unit": "DAYS",
    }),
  },
  { name: "hour", type: "int", pieces: [hour], projection: () => ({ type: "integer", range: "0,23", digits: "2" }) },
];

const joined = ({ pieces }: Level, write: (piece: Piece) => string) => pieces.map(write).join("-");

/** The sink's `path.format`. */
export const pathFormat = levels.map((level) => `'${level.name}'=${joined(level, ({ joda }) => joda)}`).join("/");

/** The columns of every table that the path of a file tells. */
export const partitionKeys: readonly { readonly name: string; readonly type: string }[] = levels.map(
  ({ name, type }) => ({ name, type }),
);

/** Where the files of a target are. */
export interface LakePlace {
  readonly bucket: string;
  /** Without slashes at its ends: the sink's `topics.dir`. */
  readonly folder: string;
}

/** `s3://bucket/topics/ORDERS_ENRICHED/`: a topic's name is in the path as it is, dots and all. */
export function locationOf({ bucket, folder }: LakePlace, topic: string): string {
  return `s3://${bucket}/${folder}/${topic}/`;
}

/**
 * The parameters by which Athena finds the files of a table without being told of each partition.
 *
 * @param since first day that is looked for, `2026-11-26`
 */
export function projectionOf(place: LakePlace, topic: string, since: string): Record<string, string> {
  const perColumn = levels.flatMap((level) =>
    Object.entries(
      level.projection(
        joined(level, ({ java }) => java),
        since,
      ),
    ).map(([part, value]) => [`projection.${level.name}.${part}`, value] as const),
  );
  const folders = levels.map(({ name }) => `${name}=\${${name}}/`).join("");
  return {
    "projection.enabled": "true",
    ...Object.fromEntries(perColumn),
    "storage.location.template": locationOf(place, topic) + folders,
  };
}

/** Where in the bucket the rows of a time are: `topics/ORDERS_ENRICHED/dt=2026-11-26/hour=09/`. */
export function prefixAt(folder: string, topic: string, time: Date): string {
  const folders = levels.map((level) => `${level.name}=${joined(level, ({ at }) => at(time))}/`).join("");
  return `${folder}/${topic}/${folders}`;
}

/** The name that the sink gives a file. `offset`: of the first record in it. */
export function fileName(topic: string, partition: number, offset: number): string {
  return `${topic}+${partition}+${digits(offset, 10)}.snappy.parquet`;
}
