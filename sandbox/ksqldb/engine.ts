import type { StatementSyntax } from "../../model/ksql/syntax.ts";
import type { Surroundings } from "./create.ts";
import { outcomeOf } from "./outcome.ts";
import { badStatement, busy, KsqlProblem, type Answer } from "./problem.ts";
import { isExplain, readable, rehearsed } from "./request.ts";
import { emptyState, type CommandStatus, type KsqlState, type Topics } from "./state.ts";

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
