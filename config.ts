import { existsSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { accessModes, availabilities, clusterTypes, governancePackages } from "./config/keys.ts";
import { Reader, type RawConfig } from "./config/reader.ts";
import { principalsOf } from "./model/access.ts";
import { declarationMistakes } from "./model/checks/declaration.ts";
import { selectionMistakes } from "./model/checks/selection.ts";
import { declaredGraph, selectedGraph, type Graph, type Source } from "./model/graph.ts";
import { compatibilities, type Compatibility, type PipelineDeclaration, type Stage } from "./model/pipeline.ts";
import { clouds, regionsOf, type Cloud } from "./model/regions.ts";
import { nearest } from "./model/words.ts";

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
export interface ConfigInput extends RawConfig {
  readonly stack: string;
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
