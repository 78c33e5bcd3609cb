/** Where Kafka Connect runs: on EC2 of ours, on a host of the user's, or Confluent runs the connectors. */
export const placements = ["ec2", "onPremises", "managed"] as const;
export type Placement = (typeof placements)[number];
