import { existsSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { principalsOf } from "./model/access.ts";
import { declarationMistakes, selectionMistakes } from "./model/checks.ts";
import type { SourceKind } from "./model/columnTypes.ts";
import { declaredGraph, selectedGraph, type Graph, type Source } from "./model/graph.ts";
import { compatibilities, type Compatibility, type PipelineDeclaration, type Stage } from "./model/pipeline.ts";
import { clouds, regionsOf, type Cloud } from "./model/regions.ts";
import { either, nearest } from "./model/words.ts";

/** One config key: what `Pulumi.yaml` says of it, and which values are legal. A test holds the two together. */
export interface ConfigKey {
  readonly type: "integer" | "string" | "boolean" | "array";
  readonly default: number | string | boolean | readonly string[];
  readonly description: string;
  readonly legal?: readonly (string | number)[];
  /** The value may only be given encrypted. */
  readonly secret?: boolean;
  /** There is no default that could be right: the value must be given. */
  readonly required?: boolean;
}

const clusterTypes = ["basic", "standard", "dedicated"] as const;
const availabilities = ["SINGLE_ZONE", "MULTI_ZONE"] as const;
const accessModes = ["auto", "acl", "rbac"] as const;
const governancePackages = ["ESSENTIALS", "ADVANCED"] as const;

/** Every key of an environment but those of the databases, which go by the names of the sources in `pipeline.ts`. */
export const environmentKeys: Readonly<Record<string, ConfigKey>> = {
  stage: {
    type: "integer",
    default: 3,
    legal: [0, 1, 2, 3],
    description:
      "How far the pipeline goes: 0 one database to Snowflake, 1 reference data too, 2 joined once in ksqlDB, 3 the result to S3 as well.",
  },
  ephemeral: {
    type: "boolean",
    default: false,
    description: "true: a demo; destroy leaves nothing. false: what holds data is protected against deletion.",
  },
  tables: {
    type: "array",
    default: [],
    description: "Names of the tables that are on, e.g. ORDERS. Empty: all that the stage includes.",
  },
  transformations: {
    type: "array",
    default: [],
    description: "Names of the transformations that are on. Empty: all that the stage includes.",
  },
  targets: {
    type: "array",
    default: [],
    description: "Names of the targets that are on. Empty: all that the stage includes.",
  },
  "kafka.cloud": {
    type: "string",
    default: "AWS",
    legal: clouds,
    description: "Cloud that Kafka runs in. A change replaces the cluster.",
  },
  "kafka.region": {
    type: "string",
    default: "us-east-1",
    description: "Region of that cloud, in the cloud's own spelling. A change replaces the cluster.",
  },
  "kafka.type": {
    type: "string",
    default: "basic",
    legal: clusterTypes,
    description: "Cluster type. basic can become standard in place; every other change is refused.",
  },
  "kafka.availability": {
    type: "string",
    default: "SINGLE_ZONE",
    legal: availabilities,
    description: "One zone or several. A change replaces the cluster.",
  },
  "kafka.cku": {
    type: "integer",
    default: 0,
    description:
      "Size of a dedicated cluster in CKU; 0: the least there is (1, in MULTI_ZONE 2). Other types have none.",
  },
  "kafka.access": {
    type: "string",
    default: "auto",
    legal: accessModes,
    description:
      "How accounts get their rights in Kafka: acl, rbac, or auto (acl on basic, which knows no roles on topics; else rbac).",
  },
  "kafka.partitions": {
    type: "integer",
    default: 6,
    description: "Partitions of each data topic that does not say its own in pipeline.ts. Can only grow.",
  },
  "kafka.retentionDays": {
    type: "integer",
    default: 7,
    description: "Days for which facts, and past states of entities, can be read again; -1: for ever.",
  },
  "schemaRegistry.package": {
    type: "string",
    default: "ESSENTIALS",
    legal: governancePackages,
    description: "Stream Governance package of the environment.",
  },
  "schemaRegistry.compatibility": {
    type: "string",
    default: "BACKWARD",
    legal: compatibilities,
    description: "Which schema changes are let through, where a table does not say its own. Keys are always FULL.",
  },
};

const defaultPorts: Readonly<Record<SourceKind, number>> = {
  sqlServer: 1433,
  mySql: 3306,
  mariaDb: 3306,
  postgres: 5432,
};

/** The keys of one source's database, by their last part (`mssql.host` is `host`). */
export function databaseKeys(source: Pick<Source, "name" | "kind" | "database">): Readonly<Record<string, ConfigKey>> {
  return {
    host: {
      type: "string",
      default: "",
      required: true,
      description: `Host name or address of ${source.name}'s database server.`,
    },
    port: {
      type: "integer",
      default: defaultPorts[source.kind],
      description: `Port of ${source.name}'s database server.`,
    },
    database: { type: "string", default: source.database, description: `Name of ${source.name}'s database.` },
    user: {
      type: "string",
      default: "",
      required: true,
      description: `User that changes are read as. Never an administrator.`,
    },
    password: {
      type: "string",
      default: "",
      required: true,
      secret: true,
      description: `Password of that user: pulumi config set --path --secret ${source.name}.password`,
    },
  };
}

export interface KafkaConfig {
  readonly cloud: Cloud;
  readonly region: string;
  readonly type: (typeof clusterTypes)[number];
  readonly availability: (typeof availabilities)[number];
  /** 0 on every type but dedicated. */
  readonly cku: number;
  readonly access: "acl" | "rbac";
  readonly partitions: number;
  /** Days; -1: for ever. */
  readonly retentionDays: number;
}

export interface DatabaseConfig {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

/** Where the pipeline runs: one stack's configuration, checked, with every default filled in. */
export interface Environment {
  readonly project: string;
  readonly stack: string;
  readonly stage: Stage;
  readonly ephemeral: boolean;
  /** What is on. */
  readonly graph: Graph;
  readonly kafka: KafkaConfig;
  readonly schemaRegistry: {
    readonly package: (typeof governancePackages)[number];
    readonly compatibility: Compatibility;
  };
  /** By source. */
  readonly databases: Readonly<Record<string, DatabaseConfig>>;
}

/** What an environment is made from. */
export interface ConfigInput {
  readonly project: string;
  readonly stack: string;
  /** As the engine hands them over: full key to text, JSON for lists and objects. */
  readonly values: Readonly<Record<string, string>>;
  /** Full keys of the values that were given encrypted, in whole or in part. */
  readonly secretKeys: ReadonlySet<string>;
  readonly pipeline: PipelineDeclaration;
  /** Whether there is a file for a transformation. */
  readonly hasStatement: (transformation: string) => boolean;
}

/** The environment of the running program. Throws one error with every mistake, before anything is registered. */
export function readEnvironment(pipeline: PipelineDeclaration): Environment {
  const values = pulumi.runtime.allConfig();
  return parseEnvironment({
    project: pulumi.getProject(),
    stack: pulumi.getStack(),
    values,
    // The language host's own variable: the SDK has no public way to ask which keys were given encrypted.
    secretKeys: new Set(JSON.parse(process.env.PULUMI_CONFIG_SECRET_KEYS ?? "[]") as string[]),
    pipeline,
    hasStatement: (name) => existsSync(path.join("sql", "ksqldb", `${name}.sql`)),
  });
}

export function parseEnvironment(input: ConfigInput): Environment {
  const declared = declaredGraph(input.pipeline);
  const reader = new Reader(input, declared.sources);
  const stage = reader.integer("stage") as Stage;
  const selection = {
    stage,
    tables: reader.list("tables"),
    transformations: reader.list("transformations"),
    targets: reader.list("targets"),
  };
  const inPipeline = declarationMistakes(declared).map((mistake) => `pipeline.ts: ${mistake}`);
  const isSound = inPipeline.length === 0 && reader.isSound(["stage", "tables", "transformations", "targets"]);
  const graph = selectedGraph(declared, selection);
  const environment: Environment = {
    project: input.project,
    stack: input.stack,
    stage,
    ephemeral: reader.boolean("ephemeral"),
    graph,
    kafka: kafkaConfig(reader, stage),
    schemaRegistry: {
      package: reader.oneOf("schemaRegistry.package", governancePackages),
      compatibility: reader.oneOf("schemaRegistry.compatibility", compatibilities),
    },
    databases: databaseConfigs(reader, declared.sources, isSound ? graph.sources : []),
  };
  const mistakes = [
    ...reader.mistakes,
    ...(isSound ? selectionMistakes(declared, selection) : []),
    ...(isSound ? statementMistakes(graph, input.hasStatement) : []),
    ...(isSound ? nameMistakes(input, graph) : []),
    ...inPipeline,
  ];
  if (mistakes.length > 0) {
    throw new pulumi.RunError(mistakesMessage(input.stack, mistakes));
  }
  return environment;
}

function mistakesMessage(stack: string, mistakes: readonly string[]): string {
  const count = mistakes.length === 1 ? "1 mistake" : `${String(mistakes.length)} mistakes`;
  const lines = mistakes.map((mistake, index) => `  ${String(index + 1)}. ${mistake}`);
  return [`Stack ${stack} has ${count}; nothing was changed.`, ...lines].join("\n");
}

function kafkaConfig(reader: Reader, stage: Stage): KafkaConfig {
  const type = clusterType(reader, stage);
  const kafka = {
    cloud: reader.oneOf("kafka.cloud", clouds),
    region: reader.string("kafka.region"),
    type,
    availability: reader.oneOf("kafka.availability", availabilities),
    cku: reader.integer("kafka.cku"),
    partitions: reader.integer("kafka.partitions"),
    retentionDays: reader.integer("kafka.retentionDays"),
  };
  const mode = reader.oneOf("kafka.access", accessModes);
  const isDedicated = type === "dedicated";
  const leastCku = kafka.availability === "MULTI_ZONE" ? 2 : 1;
  if (reader.isSound(["kafka.type", "kafka.cku", "kafka.availability"])) {
    if (!isDedicated && kafka.cku !== 0) {
      reader.mistake(
        "kafka.cku",
        "only a dedicated cluster has a size in CKU. Take kafka.cku out, or write kafka.type: dedicated.",
      );
    } else if (kafka.cku < 0 || (kafka.cku !== 0 && kafka.cku < leastCku)) {
      reader.mistake(
        "kafka.cku",
        `${String(kafka.cku)} is too small: a ${kafka.availability} cluster has at least ${String(leastCku)} CKU. Write ${String(leastCku)} or more.`,
      );
    }
  }
  if (type === "basic" && mode === "rbac" && reader.isSound(["kafka.type", "kafka.access"])) {
    reader.mistake(
      "kafka.access",
      "a basic cluster knows no roles on topics and groups. Write acl or auto, or kafka.type: standard.",
    );
  }
  if (reader.isSound(["kafka.cloud", "kafka.region"])) {
    checkRegion(reader, kafka.cloud, kafka.region);
  }
  if (kafka.partitions < 1) {
    reader.mistake("kafka.partitions", `${String(kafka.partitions)} is too few. Write 1 or more.`);
  }
  const isTime = kafka.retentionDays === -1 || (kafka.retentionDays >= 1 && kafka.retentionDays <= 36_500);
  if (!isTime) {
    reader.mistake(
      "kafka.retentionDays",
      `${String(kafka.retentionDays)} is out of range. Write 1 to 36500 days, or -1 for ever.`,
    );
  }
  return {
    ...kafka,
    cku: isDedicated && kafka.cku === 0 ? leastCku : kafka.cku,
    access: mode === "auto" ? (type === "basic" ? "acl" : "rbac") : mode,
  };
}

/** The two types that Confluent has beyond ours get a reason of their own. */
function clusterType(reader: Reader, stage: Stage): KafkaConfig["type"] {
  const given = reader.raw("kafka.type");
  if (given !== "enterprise" && given !== "freight") {
    return reader.oneOf("kafka.type", clusterTypes);
  }
  const reason =
    given === "enterprise" && stage >= 2 && reader.isSound(["stage"])
      ? `enterprise clusters have no managed ksqlDB, which stage ${String(stage)} needs. Write standard or dedicated.`
      : `${given} clusters are reached over private networking only, which this stack does not make. Write basic, standard or dedicated.`;
  reader.mistake("kafka.type", reason);
  return "standard";
}

function checkRegion(reader: Reader, cloud: Cloud, region: string): void {
  const known = regionsOf(cloud);
  if (known.includes(region)) {
    return;
  }
  const home = clouds.find((candidate) => regionsOf(candidate).includes(region));
  const bare = (name: string) => name.replaceAll("-", "");
  const close = home === undefined ? nearest(region, known) : known.find((name) => bare(name) === bare(region));
  const advice = close === undefined ? `one of ${known.join(", ")}` : `${close} or another region of ${cloud}`;
  reader.mistake(
    "kafka.region",
    home === undefined
      ? `Confluent has no region "${region}" in ${cloud}. Write ${advice}.`
      : `${region} is a region of ${home}, and kafka.cloud is ${cloud}. Write kafka.cloud: ${home}, or ${advice}.`,
  );
}

/** Of a source that is off, nothing may be missing, but what is given must be right: its stage may come. */
function databaseConfigs(reader: Reader, declared: readonly Source[], on: readonly Source[]): Environment["databases"] {
  const isOn = ({ name }: Source) => on.some((source) => source.name === name);
  const configs = declared.map((source) => ({ source, config: databaseConfig(reader, source.name, isOn(source)) }));
  return Object.fromEntries(
    configs.filter(({ source }) => isOn(source)).map(({ source, config }) => [source.name, config]),
  );
}

function databaseConfig(reader: Reader, source: string, isOn: boolean): DatabaseConfig {
  const port = reader.integer(`${source}.port`);
  if (port < 1 || port > 65535) {
    reader.mistake(`${source}.port`, `${String(port)} is not a port. Write a number from 1 to 65535.`);
  }
  return {
    host: reader.string(`${source}.host`, isOn),
    port,
    database: reader.string(`${source}.database`, isOn),
    user: reader.string(`${source}.user`, isOn),
    password: reader.string(`${source}.password`, isOn),
  };
}

function statementMistakes(graph: Graph, hasStatement: (name: string) => boolean): string[] {
  return graph.transformations
    .filter(({ name }) => !hasStatement(name))
    .map(
      ({ name }) =>
        `pipeline.ts: transformation ${name}: there is no sql/ksqldb/${name}.sql. Write the statement there, or take ${name} out.`,
    );
}

/** Confluent takes 64 characters for an account's name, which starts with the project and the stack. */
function nameMistakes(input: ConfigInput, graph: Graph): string[] {
  const names = ["admin", ...principalsOf(graph).map(({ name }) => name)].map((name) => accountName(input, name));
  const longest = names.reduce((a, b) => (b.length > a.length ? b : a));
  const excess = longest.length - 64;
  return excess <= 0
    ? []
    : [
        `stack name: ${input.stack} is too long by ${String(excess)}: its account "${longest}" would have ` +
          `${String(longest.length)} characters, and Confluent takes 64. Make a stack with a shorter name.`,
      ];
}

/** Display name of a principal's account: unique in the organization, since stacks are unique in it. */
export function accountName({ project, stack }: Pick<Environment, "project" | "stack">, principal: string): string {
  return `${project}-${stack}-${principal}`;
}

/** Reads keys one by one and collects the first thing wrong with each; a wrong value reads as its default meanwhile. */
class Reader {
  readonly mistakes: string[] = [];
  readonly #wrong = new Set<string>();
  readonly #keys: Readonly<Record<string, ConfigKey>>;
  readonly #isSecret: (key: string) => boolean;
  readonly #values: Map<string, unknown>;

  constructor(input: ConfigInput, sources: readonly Source[]) {
    const ofSource = sources.flatMap((source) =>
      Object.entries(databaseKeys(source)).map(([name, key]) => [`${source.name}.${name}`, key] as const),
    );
    this.#keys = { ...environmentKeys, ...Object.fromEntries(ofSource) };
    this.#isSecret = (key) => this.#keys[key]?.secret === true || input.secretKeys.has(`${input.project}:${key}`);
    this.#values = this.#flatten(input);
    this.#checkSecrets(input, sources);
  }

  mistake(key: string, what: string): void {
    if (this.isSound([key])) {
      this.mistakes.push(`${key}: ${what}`);
      this.#wrong.add(key);
    }
  }

  isSound(keys: readonly string[]): boolean {
    return !keys.some((key) => this.#wrong.has(key) || this.#wrong.has(groupOf(key)));
  }

  raw(key: string): unknown {
    const value = this.#values.get(key);
    return value === "" || value === null ? undefined : value;
  }

  string(key: string, isNeeded = true): string {
    const spec = this.#spec(key);
    const value = this.raw(key);
    if (typeof value === "string") {
      return value;
    }
    if (Number.isSafeInteger(value)) {
      return String(value); // an all-digit name, which YAML takes for a number
    }
    if (value !== undefined) {
      this.#wrongType(key, value, "text");
    } else if (spec.required === true && isNeeded) {
      this.mistake(key, `it is missing. Set it: ${this.#howToSet(key)}`);
    }
    return String(spec.default);
  }

  oneOf<T extends string>(key: string, legal: readonly T[]): T {
    const fallback = this.#spec(key).default as T;
    const value = this.raw(key) ?? fallback;
    const found = legal.find((candidate) => candidate === value);
    if (found === undefined) {
      this.#notOneOf(key, value, legal);
    }
    return found ?? fallback;
  }

  integer(key: string): number {
    const { default: fallback, legal } = this.#spec(key);
    const value = this.raw(key) ?? fallback;
    const number = typeof value === "string" && /^-?\d{1,15}$/.test(value.trim()) ? Number(value) : value;
    if (typeof number === "number" && Number.isSafeInteger(number) && legal?.includes(number) !== false) {
      return number;
    }
    if (legal === undefined) {
      this.#wrongType(key, value, "a whole number");
    } else {
      this.#notOneOf(key, number, legal.map(String));
    }
    return Number(fallback);
  }

  boolean(key: string): boolean {
    const value = this.raw(key) ?? this.#spec(key).default;
    if (value !== true && value !== false && value !== "true" && value !== "false") {
      this.#wrongType(key, value, "true or false");
    }
    return value === true || value === "true";
  }

  list(key: string): string[] {
    const value = this.raw(key) ?? [];
    const list: unknown = (typeof value === "string" ? parsedJson(value) : undefined) ?? value;
    if (!Array.isArray(list)) {
      this.mistake(
        key,
        `${this.#shown(key, list)} is not a list of names. Start one: pulumi config set --path '${key}[0]' …`,
      );
      return [];
    }
    const names = list.filter((item) => typeof item === "string");
    for (const item of list.filter((item) => typeof item !== "string")) {
      this.#wrongType(key, item, "a name");
    }
    return names;
  }

  #spec(key: string): ConfigKey {
    const spec = this.#keys[key];
    if (spec === undefined) {
      throw new Error(`config key ${key} is read but not declared`);
    }
    return spec;
  }

  #howToSet(key: string): string {
    return `pulumi config set --path ${this.#spec(key).secret === true ? "--secret " : ""}${key} …`;
  }

  #wrongType(key: string, value: unknown, wanted: string): void {
    const { type, required, default: example } = this.#spec(key);
    const isText = type === "string" || type === "array";
    const advice =
      isText && typeof value !== "object"
        ? "Put it in quotes."
        : `Write ${wanted}${type === "boolean" || type === "array" || required === true ? "" : `, e.g. ${String(example)}`}.`;
    this.mistake(key, `${this.#shown(key, value)} is not ${wanted}. ${advice}`);
  }

  #notOneOf(key: string, value: unknown, legal: readonly string[]): void {
    const close = typeof value === "string" ? nearest(value, legal) : undefined;
    this.mistake(
      key,
      `${this.#shown(key, value)} is not one of ${either(legal)}. ` +
        (close === undefined
          ? `Write one of them; the default is ${String(this.#spec(key).default)}.`
          : `Write ${close}.`),
    );
  }

  /** A value as messages show it: never a secret, and of lists and groups, which may hold one, only what they are. */
  #shown(key: string, value: unknown): string {
    if (this.#isSecret(key)) {
      return "the value";
    }
    if (typeof value === "object" && value !== null) {
      return Array.isArray(value) ? "a list" : "a group of keys";
    }
    return JSON.stringify(value);
  }

  /** `kafka: {type: basic}` to `kafka.type`; unknown keys become mistakes on the way. */
  #flatten({ project, values }: ConfigInput): Map<string, unknown> {
    const flat = new Map<string, unknown>();
    const known = Object.keys(this.#keys);
    const own = Object.entries(values).filter(([key]) => key.startsWith(`${project}:`));
    for (const [fullKey, value] of own) {
      const key = fullKey.slice(project.length + 1);
      const members = known.filter((candidate) => candidate !== key && groupOf(candidate) === key);
      if (members.length > 0) {
        const group = parsedJson(value);
        if (typeof group !== "object" || group === null || Array.isArray(group)) {
          this.mistake(key, `it is a group of keys, not a value. Set its keys: ${members.join(", ")}.`);
          continue;
        }
        for (const [member, memberValue] of Object.entries(group)) {
          this.#take(flat, `${key}.${member}`, memberValue);
        }
      } else if (known.includes(key) && key.includes(".")) {
        this.mistake(
          key,
          `it was set as one word with a dot in it. Write: pulumi config rm ${key}, then: ${this.#howToSet(key)}`,
        );
      } else {
        this.#take(flat, key, value);
      }
    }
    return flat;
  }

  #take(flat: Map<string, unknown>, key: string, value: unknown): void {
    if (Object.hasOwn(this.#keys, key)) {
      flat.set(key, value);
    } else {
      this.mistake(key, `there is no such key. Write ${this.#meant(key)}, or take it out.`);
    }
  }

  /** The nearest key: in the group, if that is known; else one that has the same name in some other group. */
  #meant(key: string): string {
    const known = Object.keys(this.#keys);
    const members = known.filter((candidate) => candidate.includes(".") && groupOf(candidate) === groupOf(key));
    const words = [...new Set(known.map(groupOf))];
    const close =
      members.length > 0
        ? members.find((candidate) => memberOf(candidate) === nearest(memberOf(key), members.map(memberOf)))
        : nearest(key, [...words, ...known]);
    const namesakes = known.filter((candidate) => memberOf(candidate) === memberOf(key));
    const choice = members.length > 0 ? members : words;
    return close ?? (namesakes.length > 0 ? either(namesakes) : `one of ${choice.join(", ")}`);
  }

  #checkSecrets({ project, values, secretKeys }: ConfigInput, sources: readonly Source[]): void {
    for (const { name } of sources) {
      const key = `${name}.password`;
      if (this.raw(key) !== undefined && !secretKeys.has(`${project}:${name}`)) {
        this.mistake(key, `it stands in clear. Change the password, then: ${this.#howToSet(key)}`);
      }
    }
    for (const key of Object.keys(values)) {
      if (/^confluentcloud:\w*Secret$/.test(key) && !secretKeys.has(key)) {
        this.mistake(
          key,
          `it stands in clear. Make a new one in Confluent Cloud, then: pulumi config set --secret ${key} …`,
        );
      }
    }
  }
}

/** `kafka` of `kafka.type`; a key that is in no group is its own. */
function groupOf(key: string): string {
  return key.split(".")[0] ?? key;
}

/** `type` of `kafka.type`. */
function memberOf(key: string): string {
  return key.slice(key.indexOf(".") + 1);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
