/** Names of the pipeline's own: what no source, and no transformation, is called. */

/** `group.id` of the Connect workers; no consumer group has this name. */
export const workerGroup = "connect-workers";
/** Everything that Kafka Connect keeps for itself starts with this. */
export const connectPrefix = "_connect.";
export const historyPrefix = "_history.";
export const heartbeatPrefix = "_heartbeat.";
export const deadLetterPrefix = "dlq.";

/** Name of a target's connector, and by Kafka Connect's rule of its consumer group: `connect-<connector>`. */
export function sinkName(target: string): string {
  return `sink-${target}`;
}
