/** What a connector does. `paused`: it keeps its place and reads nothing. `stopped`: the same, and its place can be set. */
export const connectorStates = ["running", "paused", "stopped"] as const;
export type ConnectorState = (typeof connectorStates)[number];

/** A place in a database's log, as Kafka Connect writes it. */
export interface Position {
  readonly partition: Readonly<Record<string, string>>;
  readonly offset: Readonly<Record<string, string>>;
}
