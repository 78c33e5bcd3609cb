import type { Plane } from "../../dataplane/plane.ts";
import type { Source } from "../../model/graph.ts";

/** A way to configure the same connector. */
export interface Contender {
  readonly title: string;
  /** The whole configuration of a connector of the source, whose name is the run's own. */
  config(plane: Plane, source: Source): Record<string, string>;
}

/** As the stack renders it. */
export const rendered: Contender = { title: "rendered", config: (plane, source) => plane.connector(source) };

const json = "org.apache.kafka.connect.json.JsonConverter";

/** What Kafka Connect sets for its producers unless a worker's file says otherwise, and its example's converters. */
const workersDefaults: Readonly<Record<string, string>> = {
  "producer.override.compression.type": "none",
  "producer.override.enable.idempotence": "false",
  "producer.override.max.in.flight.requests.per.connection": "1",
  "key.converter": json,
  "value.converter": json,
};

/** Only what a connector cannot do without; everything else as Debezium and the worker have it by themselves. */
export const defaults: Contender = {
  title: "defaults",
  config(plane, source) {
    const all = plane.connector(source);
    const needed = [
      /^connector\.class$/,
      /^topic\.prefix$/,
      /^database\./,
      /^driver\./,
      /^table\.include\.list$/,
      /^(plugin|slot|publication)\.name$/,
      /^publication\.autocreate\.mode$/,
      /^schema\.history\.internal\.(kafka\.(bootstrap\.servers|topic)|producer\.|consumer\.)/,
      // No topic is there for them.
      /^include\.schema\.changes$/,
    ];
    const kept = Object.entries(all).filter(([key]) => needed.some((pattern) => pattern.test(key)));
    return { ...Object.fromEntries(kept), ...workersDefaults };
  },
};

/** The rendered configuration with one thing changed: what that thing alone gives, or would give. */
function changed(title: string, changes: Readonly<Record<string, string | undefined>>): Contender {
  return {
    title,
    config(plane, source) {
      const entries = Object.entries({ ...plane.connector(source), ...changes });
      return Object.fromEntries(entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
    },
  };
}

/** Each tuned setting taken away, then settings that we do not set. */
export const single: readonly Contender[] = [
  changed("no compression", { "producer.override.compression.type": "none" }),
  changed("gzip, not zstd", { "producer.override.compression.type": "gzip" }),
  changed("JSON, not Avro", { "key.converter": json, "value.converter": json }),
  changed("no idempotence, 1 in flight", {
    "producer.override.enable.idempotence": "false",
    "producer.override.max.in.flight.requests.per.connection": "1",
  }),
  changed("with extended headers", { "extended.headers.enabled": "true" }),
  changed("no heartbeats", { "heartbeat.interval.ms": "0", "heartbeat.action.query": undefined }),
  changed("poll.interval.ms=50", { "poll.interval.ms": "50" }),
  changed("poll.interval.ms=500", { "poll.interval.ms": "500" }),
  changed("linger.ms=20", { "producer.override.linger.ms": "20" }),
  changed("batch.size=131072", { "producer.override.batch.size": "131072" }),
  changed("batches and queue of 4 times", { "max.batch.size": "8192", "max.queue.size": "32768" }),
  changed("snapshot.fetch.size=20000", { "snapshot.fetch.size": "20000" }),
];
