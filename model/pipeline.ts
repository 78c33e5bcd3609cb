import type { ColumnType, SourceKind } from "./columnTypes.ts";

/** The article's stages: 0 one database, 1 reference data too, 2 joined once in ksqlDB, 3 one topic to many targets. */
export type Stage = 0 | 1 | 2 | 3;

/** `facts`: events that are kept for a time (a stream). `entity`: the current state of things, one row a key (a table). */
export type TableKind = "facts" | "entity";

/** Which schema changes Schema Registry lets through (the registry's own words). */
export const compatibilities = [
  "BACKWARD",
  "BACKWARD_TRANSITIVE",
  "FORWARD",
  "FORWARD_TRANSITIVE",
  "FULL",
  "FULL_TRANSITIVE",
  "NONE",
] as const;
export type Compatibility = (typeof compatibilities)[number];

/** A column whose name or nullability differs from the default; a bare type is a nullable column under its own name. */
export interface ColumnDeclaration {
  readonly type: ColumnType;
  /** The name it gets in topics and targets, when some system refuses the source's own. Default: the source's name. */
  readonly as?: string;
  /** `true`: the source never holds NULL here. Default: `false`, and `true` for key columns. */
  readonly required?: boolean;
}

export interface TableDeclaration {
  readonly kind: TableKind;
  /** The column, or columns, that identify a row. Changes of one key keep their order. */
  readonly key: string | readonly string[];
  /** Columns in the source's order, by the source's own name. */
  readonly columns: Readonly<Record<string, ColumnType | ColumnDeclaration>>;
  /** The name in ksqlDB and the targets. Default: the table's own name in upper case, without its schema. */
  readonly name?: string;
  /** Partitions of its topic, 1 or more; can only grow. Default: the environment's `kafka.partitions`. */
  readonly partitions?: number;
  /** Which changes of its value's schema are let through. Default: the environment's `schemaRegistry.compatibility`. */
  readonly compatibility?: Compatibility;
  /**
   * The column with the time of the event, by the source's own name: `timestamp(3)`, or `int64` with milliseconds since
   * 1970. Windows and joins in time go by it. Facts only. Default: the time when the row came to Kafka.
   */
  readonly eventTime?: string;
  /** The first stage that has it. Default: its source's. */
  readonly stage?: Stage;
  /**
   * `false`: it is on only where `tables` names it, or where something that is on reads it by name. For tables of which
   * no more is known than what a transformation wants of them. Default: `true`.
   */
  readonly onByDefault?: boolean;
}

export interface SourceDeclaration {
  readonly kind: SourceKind;
  /** Name of the database; an environment may say another (`<source>.database`). */
  readonly database: string;
  /** Tables by the name they have in the database: `schema.table` in SQL Server and Postgres, `table` in MySQL and MariaDB. */
  readonly tables: Readonly<Record<string, TableDeclaration>>;
  /** The first stage that has it. Default: 0. */
  readonly stage?: Stage;
}

/** One persistent ksqlDB statement, in `sql/ksqldb/NAME.sql`, or in its team's folder; its result is the topic NAME. */
export interface TransformationDeclaration {
  /** Names of the tables and transformations it reads. */
  readonly reads: readonly string[];
  /** Whether its result is a stream of facts or a table of entities. */
  readonly kind: TableKind;
  /** The first stage that has it. Default: 2. */
  readonly stage?: Stage;
  /**
   * `false`: it is on only where `transformations` names it, or, where that list is empty, where something that is on
   * reads it by name. Default: `true`.
   */
  readonly onByDefault?: boolean;
  /**
   * Who owns it: its file is in `sql/ksqldb/<team>/`, an account of the team's sends it, and an environment may give
   * the team a ksqlDB of its own (`streams.teams`). Lower-case letters, digits and "-", a letter first. Default: nobody
   * but the pipeline.
   */
  readonly team?: string;
}

export interface TargetDeclaration<Kind extends string = string> {
  /** One of those that `model/targets/registry.ts` lists. */
  readonly kind: Kind;
  /** Names of the tables and transformations it takes. Default: every one that is on. */
  readonly reads?: readonly string[];
  /** The first stage that has it. Default: 0. */
  readonly stage?: Stage;
  /** `false`: it is on only where `targets` names it. Default: `true`. */
  readonly onByDefault?: boolean;
}

/** An application that reads topics: it gets an account and keys of its own, and may read just these topics. */
export interface ConsumerDeclaration {
  /** Names of the tables and transformations it reads. Its consumer group has the consumer's name. */
  readonly reads: readonly string[];
  /** The first stage that has it. Default: 0. */
  readonly stage?: Stage;
}

/** What the pipeline is, whatever environment it runs in. `Kind`: what kinds of target there are. */
export interface PipelineDeclaration<Kind extends string = string> {
  readonly sources: Readonly<Record<string, SourceDeclaration>>;
  readonly transformations: Readonly<Record<string, TransformationDeclaration>>;
  readonly targets: Readonly<Record<string, TargetDeclaration<Kind>>>;
  readonly consumers: Readonly<Record<string, ConsumerDeclaration>>;
}
