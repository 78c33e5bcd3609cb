import { Connectors, type ConnectOptions } from "./connectors.ts";
import { objectionsTo, type Plugin } from "./plugins.ts";
import type { Config, Connector, ConnectState, Part, Target } from "./state.ts";

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** A request that Connect refuses. */
class Problem extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const staleConfig =
  "Cannot complete request momentarily due to stale configuration (typically caused by a concurrent config change)";
const mask = "****************";

/** The REST behaviour of a Kafka Connect 4 cluster, without a network: one request, one answer. */
export class ConnectCluster {
  readonly #connectors: Connectors;
  readonly #options: ConnectOptions;
  #rebalancesUntil = 0;
  #startsUntil = 0;

  constructor(options: ConnectOptions = {}) {
    this.#options = options;
    this.#connectors = new Connectors(options);
  }

  get state(): ConnectState {
    return this.#connectors.state;
  }

  /** A rebalance: for so long, what needs the leader is refused, and each task starts again. */
  rebalance(milliseconds: number): void {
    this.#rebalancesUntil = Date.now() + milliseconds;
    this.#connectors.scatter(milliseconds);
  }

  /** A start of all workers: for so long none is ready. */
  restart(milliseconds: number): void {
    this.#startsUntil = Date.now() + milliseconds;
    this.rebalance(milliseconds);
  }

  answer(method: string, url: string, body?: unknown): Answer {
    const { pathname, searchParams } = new URL(url, "http://connect");
    const path = pathname.split("/").filter((part) => part !== "");
    try {
      this.#connectors.advance();
      return this.#route(method, path.map(decodeURIComponent), searchParams, body);
    } catch (error) {
      const status = error instanceof Problem ? error.status : 500;
      return { status, body: { error_code: status, message: error instanceof Error ? error.message : String(error) } };
    }
  }

  /** What each worker answers by itself, even in a rebalance. */
  #route(method: string, [root, name = "", ...rest]: string[], query: URLSearchParams, body: unknown): Answer {
    const call = `${method} ${[root ?? "", ...(name === "" ? [] : ["*"]), ...rest].join("/")}`;
    switch (call) {
      case "GET ":
        return { status: 200, body: { version: "4.3.1", commit: "0", kafka_cluster_id: "simulated" } };
      case "GET health":
        return this.#health();
      case "GET connector-plugins":
        return { status: 200, body: this.#connectors.plugins.map((one) => pick(one)) };
    }
    if (Date.now() < this.#startsUntil) {
      const since = new Date().toISOString();
      const doing = "initializing and reading to the end of internal topics";
      throw new Problem(500, `Request timed out. The worker is currently ${doing}, which began at ${since}`);
    }
    switch (call) {
      case "PUT connector-plugins/*/config/validate":
        return { status: 200, body: this.#validated(name, body as Config) };
      case "GET connectors":
        return { status: 200, body: this.#list(query.getAll("expand")) };
      case "GET connectors/*/status":
        return { status: 200, body: this.#statusOf(name) };
    }
    if (Date.now() < this.#rebalancesUntil) {
      throw new Problem(409, staleConfig);
    }
    return this.#herd(call, name, query, body);
  }

  /** What the group has to agree on, mostly by its leader. */
  #herd(call: string, name: string, query: URLSearchParams, body: unknown): Answer {
    switch (call) {
      case "POST connectors":
        return this.#create(body as { name: string; config: Config; initial_state?: string });
      case "GET connectors/*":
        return { status: 200, body: this.#infoOf(name, this.#get(name)) };
      case "GET connectors/*/config":
        return { status: 200, body: this.#shown(this.#get(name).config) };
      case "PUT connectors/*/config":
        return this.#put(name, body as Config);
      case "PATCH connectors/*/config": {
        const patched = Object.entries({ ...this.#get(name).config, ...(body as Record<string, string | null>) });
        return this.#put(
          name,
          Object.fromEntries(patched.filter((pair): pair is [string, string] => pair[1] !== null)),
        );
      }
      case "DELETE connectors/*":
        this.#connectors.remove(name, this.#get(name));
        return { status: 204 };
      case "PUT connectors/*/pause":
        return this.#aim(name, "PAUSED", 202);
      case "PUT connectors/*/resume":
        return this.#aim(name, "STARTED", 202);
      case "PUT connectors/*/stop":
        return this.#aim(name, "STOPPED", 204);
      case "POST connectors/*/restart":
        return this.#restart(name, query.get("includeTasks") === "true", query.get("onlyFailed") === "true");
      case "GET connectors/*/offsets":
        this.#get(name);
        return { status: 200, body: { offsets: [this.state.offsets[name]].filter((offset) => offset !== undefined) } };
      case "DELETE connectors/*/offsets":
        return this.#deleteOffsets(name);
      default:
        throw new Problem(404, "HTTP 404 Not Found");
    }
  }

  #health(): Answer {
    return Date.now() < this.#startsUntil
      ? { status: 503, body: { status: "starting", message: "Worker is still starting up." } }
      : {
          status: 200,
          body: { status: "healthy", message: "Worker has completed startup and is ready to handle requests." },
        };
  }

  #get(name: string, problem = `Connector ${name} not found`): Connector {
    const connector = this.#connectors.find(name);
    if (connector === undefined) {
      throw new Problem(404, problem);
    }
    return connector;
  }

  #list(expansions: readonly string[]): unknown {
    const names = Object.keys(this.state.connectors);
    const expanded = (name: string) => ({
      ...(expansions.includes("info") ? { info: this.#infoOf(name, this.#get(name)) } : {}),
      ...(expansions.includes("status") ? { status: this.#statusOf(name) } : {}),
    });
    return expansions.length === 0 ? names : Object.fromEntries(names.map((name) => [name, expanded(name)]));
  }

  #infoOf(name: string, { config, tasks }: Connector): unknown {
    return {
      name,
      config: this.#shown(config),
      tasks: tasks.map((_, task) => ({ connector: name, task })),
      type: this.#pluginOf(config).type,
    };
  }

  #shown(config: Config): Config {
    const entries = Object.entries(config);
    return Object.fromEntries(entries.map(([key, value]) => [key, this.#options.hides?.(key) === true ? mask : value]));
  }

  #statusOf(name: string): unknown {
    const connector = this.#get(name, `No status found for connector ${name}`);
    const tasks = connector.tasks.map((task, id) => ({ id, ...statusOf(task) }));
    return { name, connector: statusOf(connector), tasks, type: this.#pluginOf(connector.config).type };
  }

  /** Connect 4.3 answers an unknown class with 400 to a PUT, and with 500 to a validation. */
  #pluginOf(config: Config, status = 400): Plugin {
    const className = config["connector.class"];
    if (className === undefined) {
      throw new Problem(400, "Connector config contains no connector type");
    }
    const plugin = this.#connectors.pluginOf(className);
    if (plugin === undefined) {
      const classes = this.#connectors.plugins.map((one) => one.class).join(", ");
      const problem = `Failed to find any class that implements Connector and which name matches ${className}`;
      throw new Problem(status, `${problem}, available connectors are: ${classes}`);
    }
    return plugin;
  }

  #objections(config: Config, unknownClass = 400): { key: string; error: string }[] {
    const objections = objectionsTo(config, this.#pluginOf(config, unknownClass));
    const unreachable = objections.length > 0 ? undefined : this.#options.unreachable?.(config);
    return unreachable === undefined
      ? objections
      : [{ key: "database.hostname", error: `Error while validating connector config: ${unreachable}` }];
  }

  #validated(plugin: string, config: Config): unknown {
    const className = { "connector.class": plugin, ...config };
    const objections = [...nameless(config), ...this.#objections(className, 500)];
    const keys = [...new Set([...Object.keys(config), ...objections.map(({ key }) => key)])];
    const valueOf = (key: string) => ({
      name: key,
      value: config[key] ?? null,
      recommended_values: [],
      errors: objections.filter((one) => one.key === key).map(({ error }) => error),
      visible: true,
    });
    const configs = keys.map((key) => ({ definition: { name: key }, value: valueOf(key) }));
    return { name: plugin, error_count: objections.length, groups: [], configs };
  }

  #create(request: { name: string; config: Config; initial_state?: string }): Answer {
    const { name, config, initial_state: initial = "RUNNING" } = request;
    if (this.#connectors.find(name) !== undefined) {
      throw new Problem(409, `Connector ${name} already exists`);
    }
    return this.#put(name, config, initial === "RUNNING" ? "STARTED" : (initial as Target));
  }

  #put(name: string, config: Config, initial: Target = "STARTED"): Answer {
    if (config.name !== undefined && config.name !== name) {
      const names = `Connector name configuration (${config.name}) doesn't match connector name in the URL (${name})`;
      throw new Problem(400, names);
    }
    const objections = this.#objections(config);
    if (objections.length > 0) {
      const frame = `Connector configuration is invalid and contains the following ${objections.length} error(s):`;
      const more = "at the endpoint `/connector-plugins/{connectorType}/config/validate`";
      const errors = objections.map(({ error }) => error);
      throw new Problem(400, [frame, ...errors, `You can also find the above list of errors ${more}`].join("\n"));
    }
    const status = this.#connectors.find(name) === undefined ? 201 : 200;
    return { status, body: this.#infoOf(name, this.#connectors.put(name, config, initial)) };
  }

  #aim(name: string, target: Target, status: number): Answer {
    this.#connectors.aim(name, this.#get(name, `Unknown connector ${name}`), target);
    return { status };
  }

  #restart(name: string, includeTasks: boolean, onlyFailed: boolean): Answer {
    this.#connectors.restart(name, this.#get(name, `Unknown connector: ${name}`), includeTasks, onlyFailed);
    return includeTasks || onlyFailed ? { status: 202, body: this.#statusOf(name) } : { status: 204 };
  }

  #deleteOffsets(name: string): Answer {
    const connector = this.#get(name);
    if (connector.target === "STOPPED" && connector.state === "FAILED") {
      throw new Problem(500, "Missing required configuration");
    }
    if (connector.target !== "STOPPED") {
      const how = `This can be done for the specified connector by issuing a 'PUT' request to the '/connectors/${name}/stop' endpoint`;
      throw new Problem(400, `Connectors must be in the STOPPED state before their offsets can be modified. ${how}`);
    }
    this.#connectors.dropOffsets(name);
    // What Connect says of a connector that keeps no offsets elsewhere, such as all of Debezium's.
    const reset =
      "The Connect framework-managed offsets for this connector have been reset successfully. However, if this connector " +
      "manages offsets externally, they will need to be manually reset in the system that the connector uses.";
    return { status: 200, body: { message: reset } };
  }
}

/** A PUT takes the name from its address; a validation has no other. */
function nameless({ name }: Config): { key: string; error: string }[] {
  const error = 'Missing required configuration "name" which has no default value.';
  return name === undefined ? [{ key: "name", error }] : [];
}

function pick({ class: className, type, version }: Plugin): unknown {
  return { class: className, type, version };
}

function statusOf({ state, worker, trace }: Part): object {
  return { state, worker_id: worker, ...(trace === undefined ? {} : { trace }) };
}
