import type { PropertyValue } from "../statement.ts";
import type { StatementPlan } from "./statementPlan.ts";

/** Properties that a topic has and ksqlDB compares with those of one that is there. */
const settings = ["PARTITIONS", "REPLICAS", "RETENTION_MS", "CLEANUP_POLICY"] as const;
/** Properties that say how rows are written, besides the formats. */
const writing = ["KEY_DELIMITER", "VALUE_DELIMITER", "WRAP_SINGLE_VALUE", "WINDOW_TYPE", "WINDOW_SIZE"] as const;

export interface TopicChange {
  /** `otherSettings`: the same topic, which would have to be made with other settings. */
  readonly kind: "none" | "otherTopic" | "otherRows" | "otherSettings";
  /** What changes, as part of a sentence. */
  readonly words: string;
}

/** What changes in the topic and in how its rows are written. */
export function topicChange(before: StatementPlan, after: StatementPlan): TopicChange {
  const [old, now] = [before.result, after.result];
  if (old === undefined || now === undefined) {
    return { kind: "none", words: "" };
  }
  const from = (what: string, a: PropertyValue | undefined, b: PropertyValue | undefined) =>
    `its ${what} changes from ${text(a)} to ${text(b)}`;
  if (old.topic !== now.topic) {
    return { kind: "otherTopic", words: from("topic", old.topic, now.topic) };
  }
  if (old.keyFormat !== now.keyFormat && old.keyFormat !== "NONE" && now.keyFormat !== "NONE") {
    return { kind: "otherRows", words: from("key format", old.keyFormat, now.keyFormat) };
  }
  if (old.valueFormat !== now.valueFormat) {
    return { kind: "otherRows", words: from("value format", old.valueFormat, now.valueFormat) };
  }
  if (old.timestamp !== now.timestamp) {
    return { kind: "otherRows", words: from("time of events", old.timestamp ?? "", now.timestamp ?? "") };
  }
  const otherwise = writing.find((name) => before.properties[name] !== after.properties[name]);
  if (otherwise !== undefined) {
    return { kind: "otherRows", words: from(otherwise, before.properties[otherwise], after.properties[otherwise]) };
  }
  if (after.kind === "createSource") {
    return { kind: "none", words: "" }; // the topic is another's, and its settings with it
  }
  if (old.partitions !== undefined && now.partitions !== undefined && old.partitions !== now.partitions) {
    return {
      kind: "otherSettings",
      words: `its topic ${now.topic} has ${old.partitions} partitions and would have ${now.partitions}`,
    };
  }
  const setting = settings.find((name) => name !== "PARTITIONS" && before.properties[name] !== after.properties[name]);
  return setting === undefined
    ? { kind: "none", words: "" }
    : { kind: "otherSettings", words: from(setting, before.properties[setting], after.properties[setting]) };
}

function text(value: PropertyValue | undefined): string {
  return value === undefined || value === "" ? "the default" : String(value);
}
