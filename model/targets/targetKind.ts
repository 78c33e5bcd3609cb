import type { TypeSystem } from "../columnTypes.ts";
import type { ConfigKey } from "../configKey.ts";
import type { ManagedSinkSettings } from "../connect/managedSink.ts";
import type { ManagedSinkClass } from "../connect/managedSinkClasses.ts";
import type { WorkerSinkSettings } from "../connect/workerSink.ts";
import type { Graph, Target } from "../graph.ts";
import type { NameSystem } from "../names.ts";
import type { Placement } from "../placement.ts";
import type { Cloud } from "../regions.ts";
import type { TakenTopic } from "./taken.ts";

/**
 * All that a kind of target is, pure: what it is configured with, what it refuses, where its rows come to rest, what it
 * costs. `Config` is what `read` makes of the target's group of keys.
 */
export interface TargetKind<Config = unknown> {
  /** What people call it, e.g. `Snowflake`. */
  readonly title: string;
  /** Whose names and types its tables follow; `undefined`: it takes whatever is in the topics. */
  readonly system: (TypeSystem & NameSystem) | undefined;
  /**
   * Who runs its connector. `placement`: our workers, and Confluent where `connect.placement` is managed. `confluent`:
   * always Confluent. `workers`: our workers, so that it is refused where there are none.
   */
  readonly connector: "placement" | "confluent" | "workers";
  /** The keys of one target, by their last part (`snowflake.account` is `account`). */
  keys(target: Pick<Target, "name">): Readonly<Record<string, ConfigKey>>;
  /** The target's configuration. Of a target that is off nothing may be missing, but what is given must be right. */
  read(reader: TargetReader, target: Target, context: TargetContext): Config;
  /** What several targets of this kind that are on must not share. Default: nothing is looked at. */
  checkTogether?(reader: TargetReader, configured: readonly Configured<Config>[]): void;
  /**
   * What it refuses of a topic that it takes, besides the names and types that `system` refuses: sentences that say what to
   * write, without naming the topic. Default: nothing.
   */
  topicMistakes?(taken: TakenTopic, config: Config): readonly string[];
  /** What works with a topic, and people should know: sentences, without naming the topic. Default: nothing. */
  topicWarnings?(taken: TakenTopic, config: Config): readonly string[];
  /** Where its rows come to rest; `undefined`: nothing says it. Default: nothing does. */
  place?(config: Config, context: TargetContext): Place | undefined;
  /** Port that workers of our own reach it at. Default: 443. */
  port?(config: Config): number;
  /** What it costs, besides Kafka: a sentence or two, each price with its date. */
  readonly cost: string;
  /**
   * What an administrator runs where the rows go, as SQL, for what no resource makes. `template`: the text of a file of
   * `sql/targets/`. Default: nothing.
   */
  setup?(config: Config, topics: readonly TakenTopic[], template: (file: string) => string): string;
  /**
   * What Confluent's connector is told, for a kind whose connector is all that there is of it. `topics`: one or more.
   * Default: a component of the kind's own says it.
   */
  managedSink?(config: Config, topics: readonly TakenTopic[]): ManagedTargetSink;
  /** The same of a connector on our workers. */
  workerSink?(config: Config, topics: readonly TakenTopic[]): WorkerTargetSink;
}

/** Where rows come to rest. */
export interface Place {
  readonly cloud: Cloud;
  /** In the cloud's own spelling; `undefined`: nothing says it. */
  readonly region: string | undefined;
  /** What else has to be done where Kafka runs elsewhere: a sentence. Default: nothing. */
  readonly elsewhere?: string;
}

export interface ManagedTargetSink extends ManagedSinkSettings {
  readonly sink: ManagedSinkClass;
  readonly paused: boolean;
}

export interface WorkerTargetSink extends Omit<WorkerSinkSettings, "secrets"> {
  /** What `connector.class` is; its plugin is in the workers' image. */
  readonly className: string;
  /** What is in the workers' secrets file, by the setting that refers to it. */
  readonly secrets: Readonly<Record<string, WorkerTargetSecret>>;
  /** Certificate of the authority that signed the target's, in PEM: `workersTrust` says where it is. Default: a public one. */
  readonly certificate?: string;
  readonly paused: boolean;
}

export interface WorkerTargetSecret {
  readonly value: string;
  /** What it is, a sentence, for whoever fills the file by hand. */
  readonly origin: string;
}

/** A target with its configuration. */
export interface Configured<Config> {
  readonly target: Target;
  readonly config: Config;
}

/** What a target's configuration is read with. */
export interface TargetContext {
  readonly project: string;
  readonly stack: string;
  /** Everything that `pipeline.ts` declares, on or off. */
  readonly declared: Graph;
  readonly isOn: boolean;
  /** `true`: a demo, of which nothing is kept. */
  readonly ephemeral: boolean;
  /** Where the Kafka cluster is, and what it is. */
  readonly kafka: KafkaPlace;
  /** Region of what is made in AWS. Empty: nothing says it, since Kafka does not run in AWS either. */
  readonly awsRegion: string;
  readonly placement: Placement;
  /** Version of Snowflake's connector on workers of our own. */
  readonly snowflakeVersion: string;
}

export interface KafkaPlace {
  readonly cloud: Cloud;
  readonly region: string;
  readonly type: "basic" | "standard" | "dedicated";
}

/** Reads keys one by one and collects mistakes; a wrong value reads as its default meanwhile. `config/reader.ts` is one. */
export interface TargetReader {
  /** The first thing wrong with a key: a sentence or two that follow the key and a colon. */
  mistake(key: string, what: string): void;
  /** One of several things wrong in a key that holds settings by their own names. */
  mistakeIn(key: string, what: string): void;
  /** Whether nothing was wrong with any of these keys so far. */
  isSound(keys: readonly string[]): boolean;
  /** Whether the value is the sandbox's, in place of a secret that it cannot read. */
  isStandIn(key: string): boolean;
  /** As it was given; `undefined`: it was not. */
  raw(key: string): unknown;
  /** `isNeeded`: whether a key that is `required` may not be missing. Default: it may not. */
  string(key: string, isNeeded?: boolean): string;
  oneOf<T extends string>(key: string, legal: readonly T[]): T;
  integer(key: string): number;
  boolean(key: string): boolean;
  list(key: string): string[];
  object(key: string): Record<string, unknown>;
}
