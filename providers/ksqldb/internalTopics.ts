import { unwrapRpcSecret } from "@pulumi/pulumi/runtime/rpc.js";
import { wait } from "../cancellation.ts";
import type { Properties, ResourceKind } from "../resourceKind.ts";

/** The topics that a ksqlDB cluster of Confluent's makes for itself, and that Confluent leaves behind with it. */
export interface InternalTopicsProperties {
  /** Of the Kafka cluster, e.g. `https://pkc-abc12.us-east-1.aws.confluent.cloud:443`. */
  readonly restEndpoint: string;
  /** Id of the Kafka cluster, e.g. `lkc-abc12`. */
  readonly cluster: string;
  /** The ksqlDB cluster's topic prefix, e.g. `pksqlc-abc12`. */
  readonly prefix: string;
  /** Key of an account that may list and delete topics. */
  readonly key: string;
  readonly secret: string;
}

/** Makes nothing; its deletion deletes the topics: after the statements, and before the ksqlDB cluster, as Confluent's CLI does it. */
export const internalTopics: ResourceKind = {
  replacedBy: ["cluster", "prefix"],
  create: (inputs) => Promise.resolve(of(inputs).prefix),
  update: () => Promise.resolve(undefined),
  read: (state) => Promise.resolve(state),
  delete: (state) => sweep(of(state)),
};

async function sweep(properties: InternalTopicsProperties): Promise<void> {
  const { data = [] } = JSON.parse(await call(properties, "GET", "")) as { data?: { topic_name: string }[] };
  for (const { topic_name: topic } of data) {
    if (isInternal(topic, properties.prefix)) {
      await call(properties, "DELETE", `/${encodeURIComponent(topic)}`);
    }
  }
}

/** `<prefix>-processing-log`, and `_confluent-ksql-<prefix>_command_topic` or `…query_CSAS_X_1-…-changelog`. */
function isInternal(topic: string, prefix: string): boolean {
  const own = `_confluent-ksql-${prefix}`;
  const rest = topic.slice(own.length);
  return topic === `${prefix}-processing-log` || (topic.startsWith(own) && /^(_|query_|transient_)/.test(rest));
}

const tries = 5;
const pauseMs = 2_000;
const answerMs = 30_000;

/** A topic that is gone already is as good as deleted. */
async function call(properties: InternalTopicsProperties, method: "GET" | "DELETE", path: string): Promise<string> {
  const { cluster, prefix, key, secret } = properties;
  // The sandbox's clusters have addresses that nobody answers at; it says where it does.
  const endpoint = (process.env.CONFLUENT_KAFKA_REST_ENDPOINT ?? properties.restEndpoint).replace(/\/+$/, "");
  const url = `${endpoint}/kafka/v3/clusters/${encodeURIComponent(cluster)}/topics${path}`;
  let problem = "";
  for (let turn = 1; turn <= tries; turn += 1) {
    try {
      const response = await fetch(url, {
        method,
        headers: { authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString("base64")}` },
        signal: AbortSignal.timeout(answerMs),
      });
      const text = await response.text();
      if (response.ok || (method === "DELETE" && response.status === 404)) {
        return text;
      }
      problem = `${String(response.status)} ${text.slice(0, 300)}`;
      if (response.status < 500 && response.status !== 429) {
        break;
      }
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    if (turn < tries) {
      await wait(pauseMs);
    }
  }
  throw new Error(
    `the internal topics of ksqlDB cluster ${prefix} cannot be deleted: ${method} ${url} gives ${problem}. Run it again; ` +
      `or delete the topics ${prefix}-processing-log and _confluent-ksql-${prefix}… by hand, then: pulumi state delete`,
  );
}

/** Secrets arrive wrapped, and stay so in the state. */
function of(properties: Properties): InternalTopicsProperties {
  const plain = Object.entries(properties).map(([key, value]) => [key, unwrapRpcSecret(value) as unknown]);
  return Object.fromEntries(plain) as InternalTopicsProperties;
}
