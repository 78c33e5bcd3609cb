import type { AnalysedStatement, Relation } from "../../model/ksql/statement.ts";

/** A stream or a table, with the statement that made it. */
export interface StoredRelation {
  relation: Relation;
  /** As the server writes it. */
  text: string;
  analysed: AnalysedStatement;
  /** Names of the relations that were read to make it. */
  sources: readonly string[];
}

export interface StoredQuery {
  id: string;
  /** `CSAS`, `CTAS`, `CST` or `INSERTQUERY`: what the id begins with. */
  kind: string;
  text: string;
  sources: readonly string[];
  sink: string;
  state: "RUNNING" | "PAUSED" | "ERROR";
  /** `auto.offset.reset` it was started with; empty when nobody said. */
  reset: string;
}

/** How a command came along. */
export interface CommandStatus {
  status: "QUEUED" | "EXECUTING" | "SUCCESS" | "ERROR";
  message: string;
  queryId: string | null;
}

/** All that a server keeps: plain JSON, so that a journal can hold it. */
export interface KsqlState {
  relations: Record<string, StoredRelation>;
  queries: Record<string, StoredQuery>;
  /** By command id, as in `stream/ORDERS/drop`. */
  commands: Record<string, CommandStatus>;
  /** Sequence number that the next command gets: every command is a record and the mark of its transaction. */
  next: number;
}

export function emptyState(): KsqlState {
  return { relations: {}, queries: {}, commands: {}, next: 0 };
}

/** The topics of a Kafka cluster, and the subjects of its Schema Registry. */
export interface Topics {
  /** `undefined`: there is no such topic. */
  partitions(name: string): number | undefined;
  names(): string[];
  create(name: string, partitions: number): void;
  delete(name: string): void;
  subjects(): string[];
  register(subject: string): void;
  unregister(subject: string): void;
}

/** Topics in memory, for tests. */
export class TopicsInMemory implements Topics {
  readonly all: Map<string, number>;
  readonly #subjects = new Set<string>();

  constructor(topics: Readonly<Record<string, number>> = {}) {
    this.all = new Map(Object.entries(topics));
  }

  partitions(name: string): number | undefined {
    return this.all.get(name);
  }

  names(): string[] {
    return [...this.all.keys()].sort();
  }

  create(name: string, partitions: number): void {
    this.all.set(name, partitions);
  }

  delete(name: string): void {
    this.all.delete(name);
  }

  subjects(): string[] {
    return [...this.#subjects].sort();
  }

  register(subject: string): void {
    this.#subjects.add(subject);
  }

  unregister(subject: string): void {
    this.#subjects.delete(subject);
  }
}
