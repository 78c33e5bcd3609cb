export type Config = Readonly<Record<string, string>>;
export type Target = "STARTED" | "PAUSED" | "STOPPED";

export interface Part {
  state: "UNASSIGNED" | "RUNNING" | "PAUSED" | "STOPPED" | "FAILED" | "RESTARTING";
  worker: string;
  trace?: string;
}

export interface Task extends Part {
  /** When it was asked to start, in milliseconds since 1970. */
  since: number;
  /** How often it was started with this configuration. */
  starts: number;
}

export interface Connector extends Part {
  config: Config;
  target: Target;
  tasks: Task[];
}

/** All that a cluster and what is around it keep: plain JSON, so that a journal can hold it. */
export interface ConnectState {
  connectors: Record<string, Connector>;
  /** By connector. They outlive it. */
  offsets: Record<string, Record<string, unknown>>;
  /** Replication slots in the Postgres databases. */
  slots: string[];
}
