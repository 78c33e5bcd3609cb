/** A sink connector's settings. */
export type SinkConfig = Readonly<Record<string, string>>;

/** Something that a sink connector refuses when it starts, or takes and loses rows by. */
export interface SinkMistake {
  readonly key: string;
  /** A sentence, and what to write. */
  readonly text: string;
}

export function mistake(key: string, text: string): SinkMistake {
  return { key, text };
}
