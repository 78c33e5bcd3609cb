import { imagePlugins, type Plugin } from "./plugins.ts";
import type { Config, Connector, ConnectState, Part, Target, Task } from "./state.ts";

export interface ConnectOptions {
  /** Taken over and changed in place. Default: an empty cluster. */
  readonly state?: ConnectState;
  /** Called after each change of the state. */
  readonly changed?: (state: ConnectState) => void;
  /** Default: those of the worker image. */
  readonly plugins?: readonly Plugin[];
  /** Host and port of each worker. Default: one. */
  readonly workers?: readonly string[];
  /** How long a task takes to start, in milliseconds. Default 20. */
  readonly startMs?: number;
  /** Why a database does not let this configuration in, as its plugin says it. Default: each does. */
  readonly unreachable?: (config: Config) => string | undefined;
  /** The trace with which a task fails that starts for the nth time, or undefined when it runs. Default: each runs. */
  readonly fails?: (name: string, config: Config, start: number) => string | undefined;
  /** The trace with which a connector itself fails, before it has tasks. Default: none does. */
  readonly failsAtOnce?: (name: string, config: Config) => string | undefined;
  /** Keys whose values are hidden in every answer, as some services do. */
  readonly hides?: (key: string) => boolean;
}

/** The connectors of a cluster, and what becomes of them: tasks that start, run, fail and stop; offsets; slots. */
export class Connectors {
  readonly state: ConnectState;
  readonly #options: ConnectOptions;

  constructor(options: ConnectOptions) {
    this.#options = options;
    this.state = options.state ?? { connectors: {}, offsets: {}, slots: [] };
  }

  get plugins(): readonly Plugin[] {
    return this.#options.plugins ?? imagePlugins;
  }

  /** Connect also takes a class by its last name. */
  pluginOf(className = ""): Plugin | undefined {
    return this.plugins.find((one) => one.class === className || one.class.endsWith(`.${className}`));
  }

  find(name: string): Connector | undefined {
    return this.state.connectors[name];
  }

  /** Makes it, or changes its configuration; its tasks start with the new one. */
  put(name: string, config: Config, initial: Target): Connector {
    const connector = this.find(name) ?? { ...this.#part("UNASSIGNED", name), config: {}, target: initial, tasks: [] };
    const hadTasks = connector.tasks.length > 0;
    this.#stopTasks(connector);
    connector.config = { ...config, name };
    this.state.connectors[name] = connector;
    this.#begin(name, connector, hadTasks);
    return connector;
  }

  remove(name: string, connector: Connector): void {
    this.#stopTasks(connector);
    this.state.connectors = without(this.state.connectors, name);
    this.#changed();
  }

  /** Gives it another target state. */
  aim(name: string, connector: Connector, target: Target): void {
    if (connector.target === target) {
      return;
    }
    const hadTasks = connector.tasks.length > 0;
    this.#stopTasks(connector);
    connector.target = target;
    this.#begin(name, connector, hadTasks);
  }

  restart(name: string, connector: Connector, includeTasks: boolean, onlyFailed: boolean): void {
    if (connector.state === "FAILED") {
      this.#begin(name, connector, connector.tasks.length > 0);
    }
    connector.tasks
      .filter(({ state }) => includeTasks && (!onlyFailed || state === "FAILED"))
      .forEach((task) => start(task, "RESTARTING"));
    this.#changed();
  }

  /** Each running task starts again, so much later. */
  scatter(milliseconds: number): void {
    for (const { tasks } of Object.values(this.state.connectors)) {
      tasks.filter(({ state }) => state === "RUNNING").forEach((task) => start(task, "UNASSIGNED", milliseconds));
    }
    this.#changed();
  }

  dropOffsets(name: string): void {
    this.state.offsets = without(this.state.offsets, name);
    this.#changed();
  }

  /** Lets happen what time alone brings: tasks that start, and run or fail. */
  advance(): void {
    for (const [name, { config, tasks }] of Object.entries(this.state.connectors)) {
      for (const task of tasks) {
        const isStarting = task.state === "UNASSIGNED" || task.state === "RESTARTING";
        if (isStarting && Date.now() - task.since >= (this.#options.startMs ?? 20)) {
          this.#run(name, config, task);
        }
      }
    }
  }

  /** Starts what the target state asks for. A connector that begins paused has made no tasks yet. */
  #begin(name: string, connector: Connector, hadTasks: boolean): void {
    const { target, config } = connector;
    const trace = this.#options.failsAtOnce?.(name, config);
    delete connector.trace;
    Object.assign(connector, this.#part(target === "STARTED" ? "RUNNING" : target, name));
    if (trace !== undefined) {
      Object.assign(connector, { state: "FAILED", trace, tasks: [] });
    } else if (target === "STARTED" || (target === "PAUSED" && hadTasks)) {
      const count = this.pluginOf(config["connector.class"])?.tasks?.(config) ?? 1;
      const state = target === "PAUSED" ? "PAUSED" : "UNASSIGNED";
      const task = () => ({ ...this.#part(state, name), since: Date.now(), starts: 1 });
      connector.tasks = Array.from({ length: count }, task);
    }
    this.#changed();
  }

  #run(name: string, config: Config, task: Task): void {
    const trace = this.#options.fails?.(name, config, task.starts);
    task.state = trace === undefined ? "RUNNING" : "FAILED";
    if (trace !== undefined) {
      task.trace = trace;
    } else {
      this.state.offsets[name] ??= { partition: { server: config["topic.prefix"] ?? name }, offset: { lsn: 1 } };
      const slot = slotOf(config);
      if (slot !== undefined && !this.state.slots.includes(slot)) {
        this.state.slots.push(slot);
      }
    }
    this.#changed();
  }

  /** A Postgres connector that runs drops its slot when it is told to. */
  #stopTasks(connector: Connector): void {
    const isRunning = connector.tasks.some(({ state }) => state === "RUNNING");
    if (isRunning && connector.config["slot.drop.on.stop"] === "true") {
      this.state.slots = this.state.slots.filter((slot) => slot !== slotOf(connector.config));
    }
    connector.tasks = [];
  }

  #part(state: Part["state"], name: string): Part {
    const workers = this.#options.workers ?? ["127.0.0.1:8083"];
    return { state, worker: workers[name.length % workers.length] ?? "" };
  }

  #changed(): void {
    this.#options.changed?.(this.state);
  }
}

function start(task: Task, state: Part["state"], later = 0): void {
  task.state = state;
  task.since = Date.now() + later;
  task.starts++;
  delete task.trace;
}

function slotOf(config: Config): string | undefined {
  return config["connector.class"]?.endsWith("PostgresConnector") === true
    ? (config["slot.name"] ?? "debezium")
    : undefined;
}

function without<T>(record: Record<string, T>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([one]) => one !== key));
}
