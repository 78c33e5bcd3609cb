import { asString } from "./changes.ts";
import { Passing, type Patience } from "./patience.ts";
import { Refused, type Rest } from "./rest.ts";

export interface TaskStatus {
  readonly id: number;
  readonly state: string;
  /** Host and port of the worker that has it. */
  readonly worker: string;
  readonly trace?: string;
}

/** A connector as the cluster tells it. */
export interface Live {
  readonly config: Readonly<Record<string, string>>;
  /** `RUNNING`, `PAUSED`, `STOPPED`, `FAILED`, `UNASSIGNED`, `RESTARTING`; `UNKNOWN` before the first word of it. */
  readonly state: string;
  readonly worker: string;
  readonly trace?: string;
  readonly tasks: readonly TaskStatus[];
}

/** What reconcile asks of a Connect cluster, and nothing else. All of it does no harm twice. */
export class Connect {
  readonly #rest: Rest;
  readonly #patience: Patience;

  constructor(rest: Rest, patience: Patience) {
    this.#rest = rest;
    this.#patience = patience;
  }

  /** Until the worker has joined its group, which then has a leader: before that it can't tell its connectors. */
  async ready(): Promise<void> {
    await this.#patience.retry(async () => {
      try {
        await this.#rest.once("GET", "/health");
      } catch (error) {
        // Only Connect before 4.0 lacks it; 500 is a worker that doesn't get on at the moment.
        if (error instanceof Refused && error.status === 500) {
          throw new Passing(error.message);
        }
        if (!(error instanceof Refused) || error.status !== 404) {
          throw error;
        }
      }
      await this.#rest.once("GET", "/connectors");
    });
  }

  async connectors(): Promise<Map<string, Live>> {
    const all = objectOf(await this.#rest.ask("GET", "/connectors?expand=info&expand=status"));
    const live = new Map<string, Live>();
    for (const [name, expanded] of Object.entries(all)) {
      const { info, status } = objectOf(expanded);
      // One that goes at this moment has no info any more.
      if (isObject(info)) {
        live.set(name, liveOf(objectOf(info.config), objectOf(status)));
      }
    }
    return live;
  }

  /** Undefined when there is none. */
  async connector(name: string): Promise<Live | undefined> {
    const config = await this.#unlessGone(this.#rest.ask("GET", at(name, "/config")));
    const status = config && (await this.#unlessGone(this.#rest.ask("GET", at(name, "/status"))));
    return config === undefined ? undefined : liveOf(objectOf(config), objectOf(status));
  }

  /** Classes of the connectors that this worker can run. */
  async plugins(): Promise<string[]> {
    const plugins = await this.#rest.ask("GET", "/connector-plugins");
    return (Array.isArray(plugins) ? plugins : []).map((plugin) => String(objectOf(plugin).class));
  }

  /** The plugin's objections by key; none is an empty list. For Debezium this tries the database. */
  async validate(config: Readonly<Record<string, string>>): Promise<{ key: string; error: string }[]> {
    const path = `/connector-plugins/${encodeURIComponent(config["connector.class"] ?? "")}/config/validate`;
    const result = objectOf(await this.#rest.ask("PUT", path, config));
    const values = (Array.isArray(result.configs) ? result.configs : []).map((one) => objectOf(objectOf(one).value));
    const objections = values.flatMap(({ name, errors }) =>
      (Array.isArray(errors) ? errors : []).map((error) => ({ key: String(name), error: String(error) })),
    );
    // Some connectors count errors and lose their texts on the way.
    const count = Number(result.error_count ?? 0);
    return objections.length === 0 && count > 0
      ? [{ key: "connector.class", error: `the plugin counts ${count} errors and does not say which` }]
      : objections;
  }

  /** One try of a new connector that does not start before it is wanted. */
  async create(name: string, config: Readonly<Record<string, string>>, initialState: string): Promise<void> {
    await this.#rest.once("POST", "/connectors", { name, config, initial_state: initialState.toUpperCase() });
  }

  /** One try. */
  async put(name: string, config: Readonly<Record<string, string>>): Promise<void> {
    await this.#rest.once("PUT", at(name, "/config"), config);
  }

  /** Changes these keys only, so that what the service hides need not be sent back. One try. */
  async patch(name: string, config: Readonly<Record<string, string>>): Promise<void> {
    await this.#rest.once("PATCH", at(name, "/config"), config);
  }

  /** One try. */
  async move(name: string, to: "resume" | "pause" | "stop"): Promise<void> {
    await this.#rest.once("PUT", at(name, `/${to}`));
  }

  /** One try. */
  async restartFailed(name: string): Promise<void> {
    await this.#rest.once("POST", at(name, "/restart?includeTasks=true&onlyFailed=true"));
  }

  /** Needs a stopped connector. One try. */
  async deleteOffsets(name: string): Promise<void> {
    await this.#rest.once("DELETE", at(name, "/offsets"));
  }

  async delete(name: string): Promise<void> {
    await this.#unlessGone(this.#rest.ask("DELETE", at(name)));
  }

  async #unlessGone(request: Promise<unknown>): Promise<unknown> {
    try {
      return await request;
    } catch (error) {
      if (isGone(error)) {
        return undefined;
      }
      throw error;
    }
  }
}

export function isGone(error: unknown): boolean {
  return error instanceof Refused && error.status === 404;
}

function at(name: string, path = ""): string {
  return `/connectors/${encodeURIComponent(name)}${path}`;
}

function liveOf(config: Record<string, unknown>, status: Record<string, unknown>): Live {
  const connector = objectOf(status.connector);
  const tasks = (Array.isArray(status.tasks) ? status.tasks : []).map(objectOf);
  return {
    config: Object.fromEntries(Object.entries(config).map(([key, value]) => [key, asString(value) ?? ""])),
    ...statusOf(connector),
    tasks: tasks.map((task) => ({ id: Number(task.id), ...statusOf(task) })).sort((a, b) => a.id - b.id),
  };
}

function statusOf({ state, worker_id: worker, trace }: Record<string, unknown>) {
  return {
    state: typeof state === "string" ? state : "UNKNOWN",
    worker: typeof worker === "string" ? worker : "",
    ...(typeof trace === "string" ? { trace } : {}),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function objectOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}
