import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { assembledImage, type AssembledImage } from "./config/assembledImage.ts";
import { awsRegion, connectConfig, type ConnectConfig } from "./config/connect.ts";
import { databaseConfigs, demoConfig, type DatabaseConfig, type DemoConfig } from "./config/databases.ts";
import { kafkaConfig, type KafkaConfig } from "./config/kafka.ts";
import { governancePackages } from "./config/keys.ts";
import { Reader, type RawConfig } from "./config/reader.ts";
import type * as sql from "./config/sql.ts";
import { targetConfigs, targetWarnings, topicMistakes, type TargetsContext } from "./config/targets.ts";
import { queryMistakes, sitesOf, streamsConfig, type StreamsConfig } from "./config/streams.ts";
import { principalsOf } from "./model/access.ts";
import { declarationMistakes } from "./model/checks/declaration.ts";
import { selectionMistakes } from "./model/checks/selection.ts";
import { declaredGraph, selectedGraph, type Graph } from "./model/graph.ts";
import type { KsqlDbPlan } from "./model/ksql/plan.ts";
import type { Placement } from "./model/placement.ts";
import { compatibilities, type Compatibility, type PipelineDeclaration, type Stage } from "./model/pipeline.ts";
import type { ConfiguredTarget } from "./model/targets/registry.ts";
import { statementFile, type KsqlDbSites } from "./model/streams.ts";

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
  /** Empty when nothing is made in AWS. */
  readonly awsRegion: string;
  readonly connect: ConnectConfig;
  readonly streams: StreamsConfig;
  /** What runs in each ksqlDB; empty when no transformation is on. */
  readonly plans: readonly KsqlDbPlan[];
  /** What is no mistake, and should be known. */
  readonly warnings: readonly string[];
  readonly demo: DemoConfig;
  /** By source. */
  readonly databases: Readonly<Record<string, DatabaseConfig>>;
  /** The targets that are on, each with its configuration: `targetsOfKind` picks those of one kind. */
  readonly targets: readonly ConfiguredTarget[];
}

/** What an environment is made from. */
export interface ConfigInput extends RawConfig {
  readonly stack: string;
  readonly pipeline: PipelineDeclaration;
  /** The text of a statement's file, by its path in the repository; `undefined`: there is none. */
  readonly statement: (file: string) => string | undefined;
  /** What the workers' image can be built from; `undefined`: nothing is assembled. Asked only if it is to be built. */
  readonly assembled: () => AssembledImage | undefined;
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
    statement: statementText,
    assembled: () => assembledImage(path.join(".sandbox", "image")),
  });
}

/** The text of a statement's file. `root`: the folder of `Pulumi.yaml`. */
export function statementText(file: string, root = ""): string | undefined {
  const at = path.join(root, file);
  return existsSync(at) ? readFileSync(at, "utf8") : undefined;
}

export function parseEnvironment(input: ConfigInput): Environment {
  const declared = declaredGraph(input.pipeline);
  const reader = new Reader(input, declared);
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
  const ephemeral = reader.boolean("ephemeral");
  const connect = connectConfig(reader, input.assembled);
  const demo = demoConfig(reader, ephemeral);
  const streams = streamsConfig(reader, declared, ephemeral);
  const needsAws = connect.placement === "ec2" || demo.host === "ec2";
  const kafka = kafkaConfig(reader, stage);
  const region = awsRegion(reader, needsAws);
  const targetsContext: TargetsContext = {
    project: input.project,
    stack: input.stack,
    declared,
    on: isSound ? graph.targets : [],
    ephemeral,
    kafka,
    awsRegion: region,
    placement: connect.placement,
    snowflakeVersion: connect.snowflakeVersion,
  };
  const environment = {
    project: input.project,
    stack: input.stack,
    stage,
    ephemeral,
    graph,
    kafka,
    schemaRegistry: {
      package: reader.oneOf("schemaRegistry.package", governancePackages),
      compatibility: reader.oneOf("schemaRegistry.compatibility", compatibilities),
    },
    awsRegion: needsAws ? region : "",
    connect,
    streams,
    demo,
    databases: databaseConfigs(reader, {
      stack: input.stack,
      declared: declared.sources,
      on: isSound ? graph.sources : [],
      isDemo: demo.host !== "off",
      placement: connect.placement,
      ephemeral,
    }),
    targets: targetConfigs(reader, targetsContext),
  };
  const selected = isSound ? selectionMistakes(declared, selection) : [];
  const missing = isSound ? statementMistakes(graph, input.statement) : [];
  const isWhole = isSound && selected.length + missing.length === 0 && reader.isSound(["kafka.partitions"]);
  const read = isWhole && graph.transformations.length > 0 ? readSql(graph, environment, input.statement) : undefined;
  const mistakes = [
    ...reader.mistakes,
    ...selected,
    ...missing,
    ...(isSound ? queryMistakes(graph, streams) : []),
    ...(isSound ? nameMistakes(input, graph, connect.placement, sitesOf(streams)) : []),
    ...(read?.mistakes ?? []),
    ...(isWhole ? topicMistakes(read?.graph ?? graph, environment.targets, kafka.partitions) : []),
    ...inPipeline,
  ];
  if (mistakes.length > 0) {
    throw new pulumi.RunError(mistakesMessage(input.stack, mistakes));
  }
  return {
    ...environment,
    graph: read?.graph ?? graph,
    plans: read?.plans ?? [],
    warnings: [
      ...(read?.warnings ?? []),
      ...targetWarnings(read?.graph ?? graph, environment.targets, kafka.partitions, targetsContext),
    ],
  };
}

/** The parser of SQL is loaded when there is SQL, and not before: a preview without any does not pay for it. */
const readSql: typeof sql.readSql = (...args) =>
  (createRequire(import.meta.filename)("./config/sql.ts") as typeof sql).readSql(...args);

function mistakesMessage(stack: string, mistakes: readonly string[]): string {
  const count = mistakes.length === 1 ? "1 mistake" : `${String(mistakes.length)} mistakes`;
  const lines = mistakes.map((mistake, index) => `  ${String(index + 1)}. ${mistake}`);
  return [`Stack ${stack} has ${count}; nothing was changed.`, ...lines].join("\n");
}

function statementMistakes(graph: Graph, statement: ConfigInput["statement"]): string[] {
  return graph.transformations
    .map(({ name, team }) => ({ name, file: statementFile({ name, team }) }))
    .filter(({ file }) => statement(file) === undefined)
    .map(
      ({ name, file }) =>
        `pipeline.ts: transformation ${name}: there is no ${file}. Write the statement there, or take ${name} out.`,
    );
}

/** Confluent takes 64 characters for an account's name, which starts with the project and the stack. */
function nameMistakes(input: ConfigInput, graph: Graph, placement: Placement, sites: KsqlDbSites): string[] {
  const names = ["admin", ...principalsOf(graph, placement, sites).map(({ name }) => name)].map((name) =>
    accountName(input, name),
  );
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
