import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { freePort } from "./ports.ts";
import { certificates, trustPassword } from "./certificates.ts";
import type { Lab, RunningProcess } from "./processes.ts";

export interface WorkerFiles {
  /** The whole of `worker.properties`. */
  readonly properties: string;
  /** The whole of `secrets.properties`. Default: empty. */
  readonly secrets?: string;
  /** The databases' authorities: source to PEM file. Default: none. */
  readonly ca?: Readonly<Record<string, string>>;
  /** More environment of its process. Default: none. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/** Status of a connector, as the REST API tells it. */
export interface ConnectorStatus {
  readonly connector: { readonly state: string; readonly worker_id: string; readonly trace?: string };
  readonly tasks: readonly { readonly id: number; readonly state: string; readonly trace?: string }[];
}

/**
 * A worker of the assembled image, started by the image's own `bin/start`. Its places are known before it starts, since its
 * configuration names them.
 */
export class Worker {
  readonly url: string;
  readonly port: number;
  /** What `/run/connect/secrets.properties` is in the container. */
  readonly secretsFile: string;
  /** What `/tmp/trust` is in the container: `<source>.p12`. */
  readonly trust: string;
  /** What `/etc/connect/ca` is in the container: `<source>.pem`. */
  readonly ca: string;
  /** What `/opt/connect/plugins` is in the container. */
  readonly plugins: string;
  readonly #lab: Lab;
  readonly #name: string;
  readonly #image: string;
  readonly #etc: string;
  #process: RunningProcess | undefined;

  private constructor(lab: Lab, image: string, name: string, port: number) {
    this.#lab = lab;
    this.#name = name;
    this.#image = image;
    this.#etc = lab.path(name, "etc");
    this.ca = path.join(this.#etc, "ca");
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.secretsFile = lab.path(name, "run", "secrets.properties");
    this.trust = lab.path(name, "trust");
    this.plugins = path.join(image, "plugins");
  }

  /** `image`: the folder that `npm run image:assemble` made. */
  static async at(lab: Lab, image: string, name = "connect"): Promise<Worker> {
    return new Worker(lab, image, name, await freePort());
  }

  /** The worker's process; it can be stopped, killed and started again. */
  get process(): RunningProcess {
    if (this.#process === undefined) {
      throw new Error(`${this.#name} was not started`);
    }
    return this.#process;
  }

  /** Writes the files, starts it, and waits until it has joined its group and answers. */
  async start({ properties, secrets = "", ca = {}, env = {} }: WorkerFiles): Promise<this> {
    rmSync(this.#etc, { recursive: true, force: true });
    mkdirSync(this.ca, { recursive: true });
    writeFileSync(path.join(this.#etc, "worker.properties"), properties);
    writeFileSync(this.secretsFile, secrets, { mode: 0o600 });
    for (const [source, pem] of Object.entries(ca)) {
      cpSync(pem, path.join(this.ca, `${source}.pem`));
    }
    const { trustStore } = certificates(this.#lab);
    // The JVM's own trust store is the lab's, so that the broker's certificate verifies as a public one does in the cloud.
    const trusted = `-Djavax.net.ssl.trustStore=${trustStore} -Djavax.net.ssl.trustStorePassword=${trustPassword}`;
    this.#process = await this.#lab.start({
      name: this.#name,
      command: path.join(this.#image, "bin", "start"),
      args: [],
      env: {
        CONNECT_ETC: this.#etc,
        CONNECT_TRUST: this.trust,
        CONNECT_HOST: "127.0.0.1",
        CONNECT_HEAP: "512m",
        JDK_JAVA_OPTIONS: `-XX:+UseSerialGC -XX:TieredStopAtLevel=1 ${trusted}`,
        ...env,
      },
      within: 180_000,
      ready: async () => (await fetch(`${this.url}/health`)).ok,
    });
    return this;
  }

  async request<T>(method: string, where: string, body?: unknown): Promise<Answer<T>> {
    const response = await fetch(`${this.url}${where}`, {
      method,
      headers: { "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === "" ? undefined : JSON.parse(text)) as T };
  }

  /** Makes or changes a connector. Throws with Connect's own words when it is refused. */
  async put(name: string, config: Readonly<Record<string, string>>): Promise<void> {
    await this.#lab.eventually(`${name} is accepted`, 30, async () => {
      const { status, body } = await this.request<{ message?: string }>("PUT", `/connectors/${name}/config`, config);
      // 409: the group is rebalancing.
      if (status === 409) {
        return undefined;
      }
      if (status >= 300) {
        throw new Error(body.message);
      }
      return true;
    });
  }

  /**
   * Stops a connector and takes its offsets away: it is as one that never ran. Returns what Connect says of it, which
   * refuses as long as a sink's consumer group has members; those of a worker that was killed are in it for 45 s, Kafka's
   * `session.timeout.ms`.
   */
  async forget(name: string): Promise<string> {
    await this.request("PUT", `/connectors/${name}/stop`);
    return this.#lab.eventually(`${name} is forgotten`, 90, async () => {
      const { status, body } = await this.request<{ message: string }>("DELETE", `/connectors/${name}/offsets`);
      return status === 200 ? body.message : undefined;
    });
  }

  /** Waits until the connector and at least one task run. Throws with the trace of a failed one. */
  async untilRunning(name: string, seconds = 60): Promise<void> {
    await this.#lab.eventually(`${name} runs`, seconds, async () => {
      const { status, body } = await this.request<ConnectorStatus>("GET", `/connectors/${name}/status`);
      if (status !== 200) {
        return undefined;
      }
      const failed = [body.connector, ...body.tasks].find(({ state }) => state === "FAILED");
      if (failed !== undefined) {
        throw new Error(failed.trace);
      }
      const running = [body.connector, ...body.tasks].every(({ state }) => state === "RUNNING");
      return running && body.tasks.length > 0 ? true : undefined;
    });
  }
}

/** A worker without login or registry, JSON converters, group and topics named after `group`: for tests of other things. */
export function plainWorker(worker: Worker, bootstrap: string, group = "plain"): string {
  const settings = {
    "bootstrap.servers": bootstrap,
    "group.id": group,
    "config.storage.topic": `_${group}.configs`,
    "offset.storage.topic": `_${group}.offsets`,
    "status.storage.topic": `_${group}.status`,
    "config.storage.replication.factor": "1",
    "offset.storage.replication.factor": "1",
    "status.storage.replication.factor": "1",
    "offset.storage.partitions": "1",
    "status.storage.partitions": "1",
    "key.converter": "org.apache.kafka.connect.json.JsonConverter",
    "value.converter": "org.apache.kafka.connect.json.JsonConverter",
    "plugin.path": worker.plugins,
    "plugin.discovery": "service_load",
    listeners: worker.url,
    "rest.advertised.host.name": "127.0.0.1",
    "offset.flush.interval.ms": "1000",
    "scheduled.rebalance.max.delay.ms": "1000",
    "config.providers": "file",
    "config.providers.file.class": "org.apache.kafka.common.config.provider.FileConfigProvider",
    "config.providers.file.param.allowed.paths": worker.secretsFile,
  };
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join("");
}
