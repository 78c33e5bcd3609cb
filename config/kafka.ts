import type { Stage } from "../model/pipeline.ts";
import { clouds, regionsOf, type Cloud } from "../model/regions.ts";
import { nearest } from "../model/words.ts";
import { accessModes, availabilities, clusterTypes } from "./keys.ts";
import type { Reader } from "./reader.ts";

export interface KafkaConfig {
  readonly cloud: Cloud;
  readonly region: string;
  readonly type: (typeof clusterTypes)[number];
  readonly availability: (typeof availabilities)[number];
  /** 0 on every type but dedicated. */
  readonly cku: number;
  readonly access: "acl" | "rbac";
  readonly partitions: number;
  /** Days; -1: for ever. */
  readonly retentionDays: number;
}

export function kafkaConfig(reader: Reader, stage: Stage): KafkaConfig {
  const type = clusterType(reader, stage);
  const kafka = {
    cloud: reader.oneOf("kafka.cloud", clouds),
    region: reader.string("kafka.region"),
    type,
    availability: reader.oneOf("kafka.availability", availabilities),
    cku: reader.integer("kafka.cku"),
    partitions: reader.integer("kafka.partitions"),
    retentionDays: reader.integer("kafka.retentionDays"),
  };
  const mode = reader.oneOf("kafka.access", accessModes);
  const isDedicated = type === "dedicated";
  const leastCku = kafka.availability === "MULTI_ZONE" ? 2 : 1;
  if (reader.isSound(["kafka.type", "kafka.cku", "kafka.availability"])) {
    if (!isDedicated && kafka.cku !== 0) {
      reader.mistake(
        "kafka.cku",
        "only a dedicated cluster has a size in CKU. Take kafka.cku out, or write kafka.type: dedicated.",
      );
    } else if (kafka.cku < 0 || (kafka.cku !== 0 && kafka.cku < leastCku)) {
      reader.mistake(
        "kafka.cku",
        `${String(kafka.cku)} is too small: a ${kafka.availability} cluster has at least ${String(leastCku)} CKU. Write ${String(leastCku)} or more.`,
      );
    }
  }
  if (type === "basic" && mode === "rbac" && reader.isSound(["kafka.type", "kafka.access"])) {
    reader.mistake(
      "kafka.access",
      "a basic cluster knows no roles on topics and groups. Write acl or auto, or kafka.type: standard.",
    );
  }
  if (reader.isSound(["kafka.cloud", "kafka.region"])) {
    checkRegion(reader, kafka.cloud, kafka.region);
  }
  if (kafka.partitions < 1) {
    reader.mistake("kafka.partitions", `${String(kafka.partitions)} is too few. Write 1 or more.`);
  }
  const isTime = kafka.retentionDays === -1 || (kafka.retentionDays >= 1 && kafka.retentionDays <= 36_500);
  if (!isTime) {
    reader.mistake(
      "kafka.retentionDays",
      `${String(kafka.retentionDays)} is out of range. Write 1 to 36500 days, or -1 for ever.`,
    );
  }
  return {
    ...kafka,
    cku: isDedicated && kafka.cku === 0 ? leastCku : kafka.cku,
    access: mode === "auto" ? (type === "basic" ? "acl" : "rbac") : mode,
  };
}

/** The two types that Confluent has beyond ours get a reason of their own. */
function clusterType(reader: Reader, stage: Stage): KafkaConfig["type"] {
  const given = reader.raw("kafka.type");
  if (given !== "enterprise" && given !== "freight") {
    return reader.oneOf("kafka.type", clusterTypes);
  }
  const reason =
    given === "enterprise" && stage >= 2 && reader.isSound(["stage"]) && reader.raw("streams.endpoint") === undefined
      ? `enterprise clusters have no managed ksqlDB, which stage ${String(stage)} needs. Write standard or dedicated.`
      : `${given} clusters are reached over private networking only, which this stack does not make. Write basic, standard or dedicated.`;
  reader.mistake("kafka.type", reason);
  return "standard";
}

function checkRegion(reader: Reader, cloud: Cloud, region: string): void {
  const known = regionsOf(cloud);
  if (known.includes(region)) {
    return;
  }
  const home = clouds.find((candidate) => regionsOf(candidate).includes(region));
  const bare = (name: string) => name.replaceAll("-", "");
  const close = home === undefined ? nearest(region, known) : known.find((name) => bare(name) === bare(region));
  const advice = close === undefined ? `one of ${known.join(", ")}` : `${close} or another region of ${cloud}`;
  reader.mistake(
    "kafka.region",
    home === undefined
      ? `Confluent has no region "${region}" in ${cloud}. Write ${advice}.`
      : `${region} is a region of ${home}, and kafka.cloud is ${cloud}. Write kafka.cloud: ${home}, or ${advice}.`,
  );
}
