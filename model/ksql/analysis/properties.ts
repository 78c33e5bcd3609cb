import { either, nearest } from "../../words.ts";
import type { Report } from "../reading/build.ts";
import type { PropertyValue } from "../statement.ts";
import type { Property } from "../syntax.ts";

/** Which statements a property belongs to. */
type Place = "source" | "result" | "insert";

const both: readonly Place[] = ["source", "result"];

/** Properties of WITH, as ksqlDB's reference lists them, 2026-11. */
const places: Readonly<Record<string, readonly Place[]>> = {
  KAFKA_TOPIC: both,
  FORMAT: both,
  KEY_FORMAT: both,
  VALUE_FORMAT: both,
  PARTITIONS: both,
  REPLICAS: both,
  RETENTION_MS: both,
  CLEANUP_POLICY: both,
  TIMESTAMP: both,
  TIMESTAMP_FORMAT: both,
  KEY_DELIMITER: both,
  VALUE_DELIMITER: both,
  WRAP_SINGLE_VALUE: both,
  KEY_SCHEMA_ID: both,
  VALUE_SCHEMA_ID: both,
  KEY_SCHEMA_FULL_NAME: both,
  VALUE_SCHEMA_FULL_NAME: both,
  VALUE_AVRO_SCHEMA_FULL_NAME: both,
  KEY_PROTOBUF_NULLABLE_REPRESENTATION: both,
  VALUE_PROTOBUF_NULLABLE_REPRESENTATION: both,
  WINDOW_TYPE: ["source"],
  WINDOW_SIZE: ["source"],
  QUERY_ID: ["insert"],
};

const formats = ["AVRO", "JSON", "JSON_SR", "PROTOBUF", "PROTOBUF_NOSR", "DELIMITED", "KAFKA", "NONE"] as const;
/** Formats whose columns Schema Registry can tell. */
export const registryFormats: ReadonlySet<string> = new Set(["AVRO", "JSON_SR", "PROTOBUF"]);
const formatProperties = ["FORMAT", "KEY_FORMAT", "VALUE_FORMAT"];

export function propertyMistakes(properties: readonly Property[], place: Place, report: Report): void {
  for (const [index, property] of properties.entries()) {
    const { name, value } = property;
    const known = Object.keys(places).filter((candidate) => places[candidate]?.includes(place));
    if (name === "KEY" && place !== "insert") {
      report(property, "WITH (KEY = …) is gone from ksqlDB. Write KEY after the column, or PRIMARY KEY in a table.");
    } else if (!known.includes(name)) {
      report(property, `WITH has no property ${name} here. Write ${nearest(name, known) ?? either(known)}.`);
    } else if (properties.findIndex((other) => other.name === name) < index) {
      report(property, `${name} is there twice. Take one out.`);
    } else {
      valueMistakes(property, value, report);
    }
  }
  const whole = properties.find(({ name }) => name === "FORMAT");
  const parts = properties.filter(({ name }) => name === "KEY_FORMAT" || name === "VALUE_FORMAT");
  if (whole !== undefined && parts.length > 0) {
    report(
      whole,
      "FORMAT stands for KEY_FORMAT and VALUE_FORMAT, and does not go with them. Take FORMAT out, or them.",
    );
  }
}

function valueMistakes(property: Property, value: PropertyValue, report: Report): void {
  const { name } = property;
  if (formatProperties.includes(name)) {
    const legal = formats.filter((format) => format !== "NONE" || name === "KEY_FORMAT");
    const format = String(value).toUpperCase();
    if (!legal.some((candidate) => candidate === format)) {
      report(property, `ksqlDB has no format ${format} here. Write ${quote(nearest(format, legal) ?? either(legal))}.`);
    }
  } else if (name === "PARTITIONS" || name === "REPLICAS") {
    const least = name === "REPLICAS" ? -1 : 1;
    if (typeof value !== "number" || !Number.isInteger(value) || value < least || value === 0) {
      report(property, `${name} is ${String(value)}. Write a whole number, 1 or more.`);
    }
  } else if (name === "RETENTION_MS") {
    if (!/^(-1|\d+)$/.test(String(value))) {
      report(
        property,
        `RETENTION_MS is ${String(value)}. Write milliseconds, e.g. 604800000 for 7 days, or -1 for ever.`,
      );
    }
  } else if (
    name === "CLEANUP_POLICY" &&
    !["delete", "compact", "delete,compact", "compact,delete"].includes(String(value).toLowerCase())
  ) {
    report(property, `CLEANUP_POLICY is ${String(value)}. Write 'delete', 'compact' or 'delete,compact'.`);
  } else if (name === "KAFKA_TOPIC" && (typeof value !== "string" || value === "")) {
    report(property, "KAFKA_TOPIC is the name of a topic. Write it in single quotes.");
  }
}

function quote(format: string): string {
  return format.includes(" ") ? format : `'${format}'`;
}

export function propertyRecord(properties: readonly Property[]): Record<string, PropertyValue> {
  return Object.fromEntries(properties.map(({ name, value }) => [name, value]));
}

export function textOf(properties: readonly Property[], name: string): string | undefined {
  const value = properties.find((property) => property.name === name)?.value;
  return value === undefined ? undefined : String(value);
}

export function numberOf(properties: readonly Property[], name: string): number | undefined {
  const value = Number(textOf(properties, name));
  return Number.isFinite(value) ? value : undefined;
}

/** The formats that WITH says, in upper case. */
export function formatsOf(properties: readonly Property[]): { key: string | undefined; value: string | undefined } {
  const format = (name: string) => (textOf(properties, name) ?? textOf(properties, "FORMAT"))?.toUpperCase();
  return { key: format("KEY_FORMAT"), value: format("VALUE_FORMAT") };
}
