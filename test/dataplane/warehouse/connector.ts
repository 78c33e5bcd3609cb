import type { Schema } from "avsc";
import type { Row, Value } from "../../../dataplane/engines/reader.ts";
import type { LandedRow } from "../../../dataplane/engines/snowflake.ts";

/**
 * What the Snowflake connector (version 4, with schematization) makes of a record: a column for each field, and the
 * record's metadata. Kafka Connect's dates and times become text in ISO form, in UTC; numbers stay as exact as they are; a
 * tombstone is metadata alone.
 */
export function landedByConnector(row: Row, pushedAt: number): LandedRow {
  const metadata = {
    topic: row.topic,
    partition: row.partition,
    offset: row.offset,
    CreateTime: row.timestamp,
    SnowflakeConnectorPushTime: pushedAt,
    key: row.key,
  };
  const kinds = connectNames(row.valueSchema);
  const fields = Object.entries(typeof row.value === "object" && row.value !== null ? row.value : {});
  return {
    // Snowflake finds a column whatever its letters' case.
    ...Object.fromEntries(fields.map(([name, value]) => [name.toUpperCase(), text(value, kinds.get(name))])),
    RECORD_METADATA: JSON.stringify(metadata),
  };
}

function text(value: Value, connectName: string | undefined): string | null {
  if (value === null || typeof value === "object") {
    return value === null ? null : JSON.stringify(value);
  }
  switch (connectName) {
    case "org.apache.kafka.connect.data.Date":
      return `${String(value)}T00:00:00.000Z`;
    case "org.apache.kafka.connect.data.Time":
      return new Date(Number(value)).toISOString().replace(/.*T/, "");
    default:
      return String(value);
  }
}

/** Of each field the name that Kafka Connect gives its type, as its Avro schema says. */
function connectNames(schema: Schema | undefined): ReadonlyMap<string, string> {
  const { fields = [] } = (schema ?? {}) as { fields?: readonly { name: string; type: unknown }[] };
  return new Map(
    fields.flatMap(({ name, type }) => {
      const kinds = (Array.isArray(type) ? type : [type]) as readonly unknown[];
      const found = kinds.find((kind) => typeof kind === "object" && kind !== null && "connect.name" in kind);
      return found === undefined ? [] : [[name, (found as { "connect.name": string })["connect.name"]] as const];
    }),
  );
}
