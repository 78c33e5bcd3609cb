import type { Inventory } from "../inventory.ts";
import { hashOf, idOf, types } from "./common.ts";

interface TopicsRequest {
  readonly method: string | undefined;
  readonly cluster: string;
  /** Encoded; `undefined`: all of them. */
  readonly topic: string | undefined;
  readonly authorization: string | undefined;
}

/** Topics of a cluster, for whoever has a key for it: its owner's rights are looked at where the provider makes topics. */
export function topicsAnswer(cloud: Inventory, request: TopicsRequest): { code: number; body: unknown } {
  const { method, cluster, topic = "", authorization = "" } = request;
  const [key = "", ...secret] = Buffer.from(authorization.replace("Basic ", ""), "base64").toString().split(":");
  const known = cloud.get(types.apiKey, key);
  if (known?.hidden?.secretHash !== hashOf(secret.join(":")) || idOf(known.properties, "managedResource") !== cluster) {
    return { code: 401, body: { error_code: 401, message: "Unauthorized" } };
  }
  const topics = cloud
    .all(types.kafkaTopic)
    .filter(({ properties }) => idOf(properties, "kafkaCluster") === cluster)
    .map(({ id, properties }) => ({ id, name: String(properties.topicName) }));
  if (method === "GET" && topic === "") {
    return { code: 200, body: { kind: "KafkaTopicList", data: topics.map(({ name }) => ({ topic_name: name })) } };
  }
  const found = topics.find(({ name }) => name === decodeURIComponent(topic));
  if (method !== "DELETE" || found === undefined) {
    return { code: 404, body: { error_code: 40403, message: "This server does not host this topic-partition." } };
  }
  cloud.delete(types.kafkaTopic, found.id);
  return { code: 204, body: "" };
}
