import type { TargetDeclaration } from "./pipeline.ts";

/** Where Kafka Connect runs: on EC2 of ours, on a host of the user's, or Confluent runs the connectors. */
export const placements = ["ec2", "onPremises", "managed"] as const;
export type Placement = (typeof placements)[number];

/** Whether a target's sink runs on our workers; Confluent makes the dead-letter topics of managed sinks itself. */
export function hostedByWorkers(kind: TargetDeclaration["kind"], placement: Placement): boolean {
  return kind === "snowflake" && placement !== "managed";
}
