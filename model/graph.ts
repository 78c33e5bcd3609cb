import type { ColumnType, SourceKind } from "./columnTypes.ts";
import { refusedName } from "./names.ts";
import type {
  ColumnDeclaration,
  Compatibility,
  PipelineDeclaration,
  SourceDeclaration,
  Stage,
  TableDeclaration,
  TableKind,
  TargetDeclaration,
} from "./pipeline.ts";

export interface Column {
  /** Name in the source database. */
  readonly source: string;
  /** Name in topics and targets. */
  readonly name: string;
  readonly type: ColumnType;
  /** The source never holds NULL here. */
  readonly required: boolean;
}

/** What a topic has for its readers: a table of a source, or the result of a transformation. Targets derive theirs from it. */
export interface Dataset {
  /** Name in ksqlDB and the targets, e.g. `ORDERS`. */
  readonly name: string;
  readonly kind: TableKind;
  readonly topic: string;
  readonly partitions: number | undefined;
  /** Names, in topics and targets, of the columns of the value that identify a row. */
  readonly key: readonly string[];
  /** The columns of the value. Those of a result are known once its statement is read (`withResults`), and empty before. */
  readonly columns: readonly Column[];
  readonly stage: Stage;
  /** `false`: on only where it is named, or where something that is on reads it. */
  readonly onByDefault: boolean;
}

export interface Table extends Dataset {
  /** Name of its source, e.g. `mssql`. */
  readonly source: string;
  /** Name in the source database, e.g. `dbo.ORDERS`. */
  readonly path: string;
  readonly compatibility: Compatibility | undefined;
  /** Name, in topics and targets, of the column with the time of the event. Default: the time of the Kafka record. */
  readonly eventTime?: string | undefined;
}

export interface Source {
  readonly name: string;
  readonly kind: SourceKind;
  readonly database: string;
  readonly stage: Stage;
  readonly tables: readonly Table[];
}

/** Its name is that of its file, its result and its topic; it has as many partitions as what it reads, as ksqlDB wants it. */
export interface Transformation extends Dataset {
  readonly reads: readonly string[];
  readonly team: string | undefined;
  /** How long its statement wants its result kept. Known once the statement is read. */
  readonly retention: Retention;
  /**
   * What each column of the message's key is called there, in the order of `key`: a deletion has nothing but that key.
   * Known once the statement is read.
   */
  readonly keyFields?: readonly string[];
  /** Whose rows are of windows. Known once the statement is read. */
  readonly window?: Window | undefined;
}

/** The windows that a result's rows are of, and the columns of the value that say where one begins and ends. */
export interface Window {
  readonly kind: "TUMBLING" | "HOPPING" | "SESSION";
  /** `undefined`: no column says it. */
  readonly start: string | undefined;
  readonly end: string | undefined;
}

export interface Retention {
  /** A row is one of a window. */
  readonly isWindowed: boolean;
  /** Of the windows, in milliseconds; `undefined`: as long as the topic keeps rows. */
  readonly windowMs: number | undefined;
  /** Of the topic, in milliseconds, -1 for ever; `undefined`: as the environment keeps facts. */
  readonly topicMs: number | undefined;
}

/** Something that takes topics: a target or an application. */
export interface Reader {
  readonly name: string;
  /** Names of what it reads, or every table and transformation that is on. */
  readonly reads: readonly string[] | "all";
  readonly stage: Stage;
}

export interface Target extends Reader {
  /** `false`: on only where it is named. */
  readonly onByDefault: boolean;
  readonly kind: TargetDeclaration["kind"];
}

/** Sources, tables, transformations, targets and consumers with every default filled in. */
export interface Graph {
  readonly sources: readonly Source[];
  readonly tables: readonly Table[];
  readonly transformations: readonly Transformation[];
  readonly targets: readonly Target[];
  readonly consumers: readonly Reader[];
}

/** What an environment has on. An empty list means: all that the stage includes, but for what is off by default. */
export interface Selection {
  readonly stage: Stage;
  readonly tables: readonly string[];
  readonly transformations: readonly string[];
  readonly targets: readonly string[];
}

const unlimited: Retention = { isWindowed: false, windowMs: undefined, topicMs: undefined };

/** The whole declared pipeline, whatever the stage. Reading something that is not declared counts as stage 0: `checks.ts` refuses it. */
export function declaredGraph(declaration: PipelineDeclaration): Graph {
  const sources = Object.entries(declaration.sources).map(([name, source]) => resolveSource(name, source));
  const tables = sources.flatMap((source) => source.tables);
  const transformations = new Map<string, Transformation>();
  const inputsOf = (reads: readonly string[] | "all") =>
    (reads === "all" ? [] : reads).flatMap(
      (read) => tables.find((table) => table.name === read) ?? transformations.get(read) ?? [],
    );
  const firstStage = (reads: readonly string[] | "all", least: Stage): Stage =>
    inputsOf(reads).reduce<Stage>((stage, input) => laterOf(stage, input.stage), least);

  const results = Object.entries(declaration.transformations);
  // Once for each result, since one may read another that is declared after it.
  results.forEach(() => {
    for (const [name, { kind, reads, stage = firstStage(reads, 2), team, onByDefault = true }] of results) {
      const partitions = inputsOf(reads)[0]?.partitions;
      const unread = { key: [], columns: [], retention: unlimited };
      transformations.set(name, { name, kind, reads, topic: name, partitions, stage, team, onByDefault, ...unread });
    }
  });
  const reader = (name: string, declared: { reads?: readonly string[]; stage?: Stage }): Reader => {
    const reads = declared.reads ?? "all";
    return { name, reads, stage: declared.stage ?? firstStage(reads, 0) };
  };
  return {
    sources,
    tables,
    transformations: [...transformations.values()],
    targets: Object.entries(declaration.targets).map(([name, declared]) => ({
      ...reader(name, declared),
      kind: declared.kind,
      onByDefault: declared.onByDefault ?? true,
    })),
    consumers: Object.entries(declaration.consumers).map(([name, declared]) => reader(name, declared)),
  };
}

/** The part of the pipeline that an environment has on. */
export function selectedGraph(graph: Graph, selection: Selection): Graph {
  const isOn = (chosen: readonly string[]) => (item: { name: string; stage: Stage }) =>
    item.stage <= selection.stage && (chosen.length === 0 || chosen.includes(item.name));
  const targets = graph.targets
    .filter(isOn(selection.targets))
    .filter((target) => target.onByDefault || selection.targets.includes(target.name));
  const readers = [...targets, ...graph.consumers.filter(isOn([]))];
  const transformations = onOf(graph.transformations.filter(isOn(selection.transformations)), selection, readers);
  const tables = onOf(graph.tables.filter(isOn(selection.tables)), selection, [...readers, ...transformations]);
  return {
    sources: graph.sources
      .map((source) => ({ ...source, tables: source.tables.filter((table) => tables.includes(table)) }))
      .filter((source) => source.tables.length > 0),
    tables,
    transformations,
    targets,
    consumers: graph.consumers.filter(isOn([])),
  };
}

/** What is on at the last stage where no list says otherwise. */
export function defaultGraph(graph: Graph): Graph {
  return selectedGraph(graph, { stage: 3, tables: [], transformations: [], targets: [] });
}

/** Of what a list and the stage allow: what is named, is on by default, or is read by name by something that is on. */
function onOf<Item extends Dataset & { readonly reads?: readonly string[] }>(
  allowed: readonly Item[],
  { tables, transformations }: Selection,
  readers: readonly Pick<Reader, "reads">[],
): Item[] {
  const named = [...tables, ...transformations];
  const on = new Set(allowed.filter((item) => item.onByDefault || named.includes(item.name)));
  // What is on by being read may read further ones.
  for (let before = -1; before !== on.size;) {
    before = on.size;
    const read = [...readers, ...on].flatMap(({ reads = [] }) => (reads === "all" ? [] : reads));
    allowed.filter(({ name }) => read.includes(name)).forEach((item) => on.add(item));
  }
  return allowed.filter((item) => on.has(item));
}

/** The tables and transformations that something reads, in declared order. */
export function readBy(graph: Graph, reader: Pick<Reader, "reads">): (Table | Transformation)[] {
  return [...graph.tables, ...graph.transformations].filter(
    (item) => reader.reads === "all" || reader.reads.includes(item.name),
  );
}

function resolveSource(name: string, declared: SourceDeclaration): Source {
  const stage = declared.stage ?? 0;
  return {
    name,
    kind: declared.kind,
    database: declared.database,
    stage,
    tables: Object.entries(declared.tables).map(([path, table]) => resolveTable(name, path, table, stage)),
  };
}

function resolveTable(source: string, path: string, declared: TableDeclaration, sourceStage: Stage): Table {
  const columns = Object.entries(declared.columns).map(([name, column]) => {
    const { type, as = name, required }: ColumnDeclaration = "logical" in column ? { type: column } : column;
    return { source: name, name: as, type, required };
  });
  const named = (name: string) =>
    (columns.find((column) => column.source === name) ?? columns.find((column) => column.name === name))?.name ?? name;
  const keys = typeof declared.key === "string" ? [declared.key] : declared.key;
  const key = keys.map(named);
  return {
    name: declared.name ?? (path.split(".").at(-1) ?? path).toUpperCase(),
    source,
    path,
    kind: declared.kind,
    key,
    columns: columns.map((column): Column => ({ ...column, required: column.required ?? key.includes(column.name) })),
    topic: topicOf(source, path),
    partitions: declared.partitions,
    compatibility: declared.compatibility,
    eventTime: declared.eventTime === undefined ? undefined : named(declared.eventTime),
    stage: laterOf(sourceStage, declared.stage ?? 0),
    onByDefault: declared.onByDefault ?? true,
  };
}

/** `mssql.dbo.ORDERS`: without the database, whose name is the environment's affair; Kafka's alphabet only, as Debezium does it. */
function topicOf(source: string, path: string): string {
  const topic = `${source}.${path}`;
  return refusedName("kafka", "topic", topic)?.nearest ?? topic;
}

function laterOf(a: Stage, b: Stage): Stage {
  return a > b ? a : b;
}
