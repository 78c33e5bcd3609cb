import { readKsql } from "../../model/ksql/reading/read.ts";
import { quotedName } from "../../model/ksql/ident.ts";
import type { StatementSyntax } from "../../model/ksql/syntax.ts";
import { analysed, create, insert, type Made, type Surroundings } from "./create.ts";
import { drop, terminate } from "./drop.ts";
import { descriptionEntity, queriesEntity, relationsEntity } from "./entities.ts";
import { badStatement, busy, KsqlProblem, type Answer } from "./problem.ts";
import { emptyState, type CommandStatus, type KsqlState, type Topics } from "./state.ts";
import { serverText } from "./text.ts";

export interface KsqlOptions {
  readonly topics: Topics;
  /** What it has from before. Default: nothing. */
  readonly state?: KsqlState;
  /** How often a command's status has to be asked before it is carried out. Default: it is at once. */
  readonly slow?: (statement: string) => number;
  /** Persistent queries that the cluster runs. Default: 40. */
  readonly queryLimit?: number;
  /** Told of each change. */
  readonly changed?: (state: KsqlState) => void;
}

export interface KsqlRequest {
  readonly ksql: string;
  readonly streamsProperties?: Readonly<Record<string, string>>;
  readonly commandSequenceNumber?: number;
}

/** Something that the server answers, and what it does to get there. */
interface Outcome {
  readonly entity: (sequenceNumber: number) => unknown;
  readonly made?: Made & { readonly commandId: string };
}

/** A ksqlDB server without HTTP: catalogue, queries, and the commands that changed them. */
export class KsqlEngine {
  readonly state: KsqlState;
  readonly topics: Topics;
  readonly #options: KsqlOptions;
  /** Commands that are written and not carried out yet. */
  readonly #done = new Map<string, CommandStatus>();
  #waiting: { commandId: string; polls: number; apply: () => void }[] = [];

  constructor(options: KsqlOptions) {
    this.#options = options;
    this.topics = options.topics;
    this.state = options.state ?? emptyState();
  }

  /** `POST /ksql`. If one statement is refused, none is carried out. */
  run(request: KsqlRequest): Answer {
    const { commandSequenceNumber: awaited = -1 } = request;
    if (awaited >= 0 && awaited > this.state.next - 2) {
      return busy.behind(awaited);
    }
    const moved = /^\s*(PAUSE|RESUME)\s+(\w+)\s*;/i.exec(request.ksql);
    if (moved !== null) {
      return this.#move(moved[1]?.toUpperCase() === "PAUSE" ? "PAUSED" : "RUNNING", moved[2] ?? "", request.ksql);
    }
    const { mistakes, statements } = readable(request.ksql);
    if (mistakes !== undefined) {
      return mistakes;
    }
    if (statements.length > 1) {
      const rehearsal = new KsqlEngine({
        ...this.#options,
        topics: rehearsed(this.topics),
        state: structuredClone(this.state),
        changed: () => undefined,
      });
      const refused = statements.map(({ sent }) => rehearsal.run({ ...request, ksql: sent })).find(isRefusal);
      if (refused !== undefined) {
        return refused;
      }
    }
    try {
      return { status: 200, body: statements.map(({ syntax, sent }) => this.#one(syntax, sent, request)) };
    } catch (error) {
      if (error instanceof KsqlProblem) {
        return error.answer(request.ksql);
      }
      throw error;
    }
  }

  /** `GET /status/<type>/<entity>/<action>`, the id decoded. */
  status(commandId: string): Answer {
    const status = this.state.commands[commandId];
    const waiting = this.#waiting.find((command) => command.commandId === commandId);
    if (waiting !== undefined) {
      waiting.polls -= 1;
      if (waiting.polls <= 0) {
        this.#finish(waiting.commandId);
      }
    }
    return status === undefined
      ? new KsqlProblem(40400, "Command not found").answer()
      : { status: 200, body: this.state.commands[commandId] };
  }

  /** `POST /ksql/terminate`: every query ends, and the server forgets all that it had. */
  terminateCluster(): Answer {
    Object.assign(this.state, emptyState());
    this.#waiting = [];
    this.#options.changed?.(this.state);
    const commandStatus = { status: "SUCCESS", message: "Cluster terminated.", queryId: null };
    return { status: 200, body: { "@type": "currentStatus", commandId: "cluster/TERMINATE/execute", commandStatus } };
  }

  statuses(): Answer {
    const entries = Object.entries(this.state.commands).map(([id, { status }]) => [id, status]);
    return { status: 200, body: { commandStatuses: Object.fromEntries(entries) as object } };
  }

  /** `PAUSE id` and `RESUME id`. */
  #move(to: "PAUSED" | "RUNNING", id: string, ksql: string): Answer {
    const query = this.state.queries[id.toUpperCase()];
    if (query === undefined) {
      return badStatement(`Unknown queryId: ${id}`).answer(ksql);
    }
    query.state = to;
    const sequenceNumber = this.state.next;
    this.state.next += 2;
    const [action, message] = to === "PAUSED" ? ["pause", "Query paused."] : ["resume", "Query resumed."];
    const commandId = `${action}/${id}/execute`;
    const commandStatus: CommandStatus = { status: "SUCCESS", message, queryId: null };
    this.state.commands[commandId] = commandStatus;
    this.#options.changed?.(this.state);
    const status = {
      statementText: ksql,
      commandId,
      commandStatus,
      commandSequenceNumber: sequenceNumber,
      warnings: [],
    };
    return { status: 200, body: [{ "@type": "currentStatus", ...status }] };
  }

  #one(syntax: StatementSyntax, sent: string, request: KsqlRequest): unknown {
    // A command is carried out after those before it; who asks about what there is does not wait for them.
    if (!["describe", "show", "assert"].includes(syntax.kind) && !isExplain(sent)) {
      this.#waiting.map(({ commandId }) => commandId).forEach((id) => this.#finish(id));
    }
    const properties = request.streamsProperties ?? {};
    const around: Surroundings = {
      state: this.state,
      topics: this.topics,
      sent,
      reset: properties["ksql.streams.auto.offset.reset"] ?? properties["auto.offset.reset"] ?? "",
      queryLimit: this.#options.queryLimit ?? 40,
    };
    const { entity, made } = outcomeOf(syntax, around);
    if (made === undefined) {
      return entity(this.state.next - 2);
    }
    const sequenceNumber = this.state.next;
    this.state.next += 2;
    const polls = this.#options.slow?.(sent) ?? 0;
    this.#waiting.push({ commandId: made.commandId, polls, apply: made.apply });
    const done: CommandStatus = { status: "SUCCESS", message: made.message, queryId: made.queryId ?? null };
    this.state.commands[made.commandId] =
      polls > 0 ? { ...done, status: "EXECUTING", message: "Executing statement" } : done;
    this.#done.set(made.commandId, done);
    if (polls <= 0) {
      this.#finish(made.commandId);
    }
    this.#options.changed?.(this.state);
    return entity(sequenceNumber);
  }

  #finish(commandId: string): void {
    const waiting = this.#waiting.filter((command) => command.commandId === commandId);
    this.#waiting = this.#waiting.filter((command) => command.commandId !== commandId);
    waiting.forEach(({ apply }) => apply());
    const done = this.#done.get(commandId);
    if (done !== undefined) {
      this.state.commands[commandId] = done;
    }
    this.#options.changed?.(this.state);
  }
}

function isRefusal({ status }: Answer): boolean {
  return status >= 400;
}

function isExplain(sent: string): boolean {
  return /^\s*EXPLAIN\b/i.test(sent);
}

/** The statements of a request, each with its text; a mistake in any is the answer to all. */
function readable(ksql: string): {
  mistakes?: Answer;
  statements: { syntax: StatementSyntax; sent: string }[];
} {
  const text = ksql.replace(/^\s*EXPLAIN\s/i, (word) => " ".repeat(word.length));
  const { mistakes, statements } = readKsql("", text);
  const [first] = mistakes.filter(({ severity }) => severity === "refused");
  if (first !== undefined || statements.length === 0) {
    const { line, column, text: why } = first ?? { line: 1, column: 1, text: "no statement" };
    return {
      mistakes: badStatement(`line ${line}:${column - 1}: Syntax Error\n${why}`).answer(ksql),
      statements: [],
    };
  }
  const lines = ksql.split("\n");
  const offset = ({ line, column }: StatementSyntax) =>
    lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  return {
    statements: statements.map((syntax, index) => {
      const next = statements[index + 1];
      const whole = statements.length === 1;
      return { syntax, sent: whole ? ksql : ksql.slice(offset(syntax), next === undefined ? undefined : offset(next)) };
    }),
  };
}

/** Topics that can be written to without anything being written. */
function rehearsed(topics: Topics): Topics {
  const made = new Map(topics.names().map((name) => [name, topics.partitions(name)]));
  return {
    partitions: (name) => made.get(name),
    names: () => [...made.keys()],
    create: (name, partitions) => made.set(name, partitions),
    delete: (name) => made.delete(name),
    subjects: () => topics.subjects(),
    register: () => undefined,
    unregister: () => undefined,
  };
}

function outcomeOf(syntax: StatementSyntax, around: Surroundings): Outcome {
  const { state, topics, sent } = around;
  const text = serverText(syntax);
  if (isExplain(sent)) {
    return explained(syntax, around);
  }
  switch (syntax.kind) {
    case "createSource":
    case "createAs": {
      const name = syntax.name.text;
      if (syntax.ifNotExists && state.relations[name] !== undefined) {
        const message = `Cannot add ${syntax.relationKind} \`${name}\`: A ${syntax.relationKind} with the same name already exists.`;
        return { entity: () => ({ "@type": "warning_entity", statementText: text, message, warnings: [] }) };
      }
      const commandId = `${syntax.relationKind}/\`${name}\`/create`;
      return command(state, commandId, create(syntax, around), text);
    }
    case "insertSelect": {
      const made = insert(syntax, around);
      return command(state, `stream/\`${made.queryId ?? ""}\`/create`, made, text);
    }
    case "drop":
      return command(state, `${syntax.relationKind}/${syntax.name.text}/drop`, drop(syntax, around), text);
    case "terminate": {
      const name = syntax.name?.text;
      return command(state, `terminate/${name ?? "ALL"}/execute`, terminate(name, around), text);
    }
    case "describe": {
      const stored = state.relations[syntax.name.text];
      if (stored === undefined) {
        throw badStatement(`Could not find STREAM/TABLE '${syntax.name.text}' in the Metastore`);
      }
      return { entity: () => descriptionEntity(state, stored, text) };
    }
    case "show":
      return { entity: () => shown(syntax.what, around, text) };
    case "assert":
      return { entity: () => asserted(syntax, topics, text) };
    case "select":
      throw new KsqlProblem(
        40002,
        "The following statement types should be issued to the websocket endpoint '/query':\n\t* PRINT\n\t* SELECT",
      );
    case "insertValues":
      analysed(syntax, around);
      return { entity: () => ({ "@type": "insert_values", statementText: text, warnings: [] }) };
  }
}

function command(state: KsqlState, commandId: string, made: Made, text: string): Outcome {
  return {
    made: { ...made, commandId },
    entity: (commandSequenceNumber) => ({
      "@type": "currentStatus",
      statementText: made.text ?? text,
      commandId,
      commandStatus: state.commands[commandId],
      commandSequenceNumber,
      warnings: [],
    }),
  };
}

/** Plans a query as if it were to run, and leaves no trace. */
function explained(syntax: StatementSyntax, around: Surroundings): Outcome {
  if (syntax.kind !== "select" && syntax.kind !== "createAs" && syntax.kind !== "insertSelect") {
    throw badStatement("The provided statement does not run a ksql query");
  }
  const { statement } = analysed(syntax, around);
  const statementText = `EXPLAIN ${statement.normal};`;
  const queryDescription = { id: "", statementText, sources: statement.reads, executionPlan: "", topology: "" };
  return { entity: () => ({ "@type": "queryDescription", statementText, queryDescription, warnings: [] }) };
}

function shown(what: string, { state, topics }: Surroundings, statementText: string): unknown {
  switch (what) {
    case "QUERIES":
      return queriesEntity(state, statementText);
    case "STREAMS":
      return relationsEntity(state, "stream", statementText);
    case "TABLES":
      return relationsEntity(state, "table", statementText);
    case "TOPICS": {
      const all = topics
        .names()
        .map((name) => ({ name, replicaInfo: Array(topics.partitions(name) ?? 1).fill(3) as number[] }));
      return { "@type": "kafka_topics", statementText, topics: all, warnings: [] };
    }
    default:
      return { "@type": "properties", statementText, properties: [], warnings: [] };
  }
}

function asserted(
  { topic, subject, isNegated }: Extract<StatementSyntax, { kind: "assert" }>,
  topics: Topics,
  statementText: string,
): unknown {
  const exists =
    topic === undefined ? topics.subjects().includes(subject ?? "") : topics.partitions(topic) !== undefined;
  const name =
    topic === undefined
      ? `Schema with subject name ${subject ?? ""}`
      : `Topic ${quotedName(topic).replaceAll("`", "")}`;
  if (exists === isNegated) {
    throw new KsqlProblem(41700, `${name} ${exists ? "exists" : "does not exist"}.`);
  }
  return topic === undefined
    ? { "@type": "assert_schema", statementText, subject, id: null, exists: !isNegated, warnings: [] }
    : { "@type": "assert_topic", statementText, topicName: topic, exists: !isNegated, warnings: [] };
}
