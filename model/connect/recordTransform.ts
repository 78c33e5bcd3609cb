import { recordColumns } from "../lake/columns.ts";

const transform = "record";

/** Adds to each row where its record stands in Kafka and when it came there, by Kafka Connect's own transform. */
export const recordTransform: Readonly<Record<string, string>> = {
  transforms: transform,
  [`transforms.${transform}.type`]: "org.apache.kafka.connect.transforms.InsertField$Value",
  ...Object.fromEntries(recordColumns.map(({ name, property }) => [`transforms.${transform}.${property}`, name])),
};
