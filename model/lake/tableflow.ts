import type { KafkaPlace } from "../targets/targetKind.ts";
import { either } from "../words.ts";

/**
 * Regions of AWS where Confluent offers Tableflow (its page "Supported Cloud Regions for Tableflow", 2026-11). The provider
 * does not check it before it turns Tableflow on; a region that is new since goes in here.
 */
const regions =
  `af-south-1 ap-east-1 ap-northeast-1 ap-northeast-2 ap-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3
  ca-central-1 eu-central-1 eu-north-1 eu-south-1 eu-west-1 eu-west-2 eu-west-3 me-central-1 me-south-1 sa-east-1
  us-east-1 us-east-2 us-west-2`.split(/\s+/);

/**
 * Types of clusters that have it. Confluent's table of features by cluster type leaves basic out (2026-11), though an
 * example of its Terraform provider turns Tableflow on in one.
 */
const clusterTypes: readonly KafkaPlace["type"][] = ["standard", "dedicated"];

/** Why there is no Iceberg through Tableflow where Kafka is, as a sentence with the ways out; `undefined` if there is. */
export function tableflowMistake({ cloud, region, type }: KafkaPlace): string | undefined {
  if (cloud !== "AWS") {
    return "Tableflow publishes tables to Glue from clusters in AWS only. Write parquet, or kafka.cloud: AWS.";
  }
  if (!clusterTypes.includes(type)) {
    return `Confluent has no Tableflow on ${type} clusters. Write parquet, or kafka.type: ${either(clusterTypes)}.`;
  }
  return regions.includes(region)
    ? undefined
    : `Confluent has no Tableflow in ${region}. Write parquet, or move Kafka to one of ${regions.join(", ")}.`;
}
