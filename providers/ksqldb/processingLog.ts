import * as pulumi from "@pulumi/pulumi";
import type { Properties, ResourceKind } from "../resourceKind.ts";
import { GaveUp, Refused, Unauthorized } from "./answers.ts";
import { KsqlClient, type Access } from "./client.ts";
import type { Environment } from "./statement.ts";
import { inClear } from "./properties.ts";

/** What a ksqlDB cluster makes of its own accord in Kafka, and leaves there to be paid for. */
export interface ProcessingLogProperties extends Access {
  /** Whether it goes when this goes. In place. */
  readonly deletes: boolean;
}

/** The stream that Confluent makes over the topic of the processing log. */
const log = "KSQL_PROCESSING_LOG";

/**
 * Takes the topic of the processing log and the command topic away, before their cluster is deleted and after all
 * statements: these have to depend on it. It makes nothing.
 */
export function processingLogKind({
  client: options = {},
  warn = (words) => pulumi.log.warn(words),
}: Environment = {}) {
  return {
    replacedBy: ["endpoint"],
    create: () => Promise.resolve("processing-log"),
    update: () => Promise.resolve(undefined),
    read: (state) => Promise.resolve(state),
    async delete(state) {
      const { deletes, endpoint, ...access } = accessIn(state);
      if (!deletes) {
        return;
      }
      const client = new KsqlClient({ ...access, endpoint: process.env.KSQLDB_URL ?? endpoint }, options);
      const isGone = async () => ((await client.describe(log)) === undefined ? true : undefined);
      try {
        if ((await isGone()) === undefined) {
          await client.execute(`DROP STREAM ${log} DELETE TOPIC;`, "from beginning", isGone);
        }
        await client.terminateServer();
      } catch (error) {
        // What keeps it is no reason to keep a whole cluster.
        if (!(error instanceof Refused || error instanceof Unauthorized || error instanceof GaveUp)) {
          throw error;
        }
        await warn(
          `ksqlDB's own topics stay in Kafka, those that end with -processing-log and _command_topic, and are paid for ` +
            `as long as the Kafka cluster is there: ${error.message}`,
        );
      }
    },
  } satisfies ResourceKind;
}

export const processingLog = processingLogKind();

function accessIn(state: Properties): ProcessingLogProperties {
  return inClear(state) as unknown as ProcessingLogProperties;
}
