import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { conditionOf } from "./confluent/connectors.ts";
import type { Inventory, Properties } from "./inventory.ts";

interface Answer {
  readonly code: number;
  readonly body: unknown;
}

const path =
  /^\/connect\/v1\/environments\/(?<environment>[^/]+)\/clusters\/(?<cluster>[^/]+)\/connectors\/(?<name>[^/]+)\/status$/;

/** Confluent Cloud's Connect API as far as the status of a connector: an HTTP service on loopback. */
export class ConfluentApi {
  readonly #cloud: Inventory;
  readonly #server: Server;
  #authorization = "";
  #port: Promise<number> | undefined;

  constructor(cloud: Inventory) {
    this.#cloud = cloud;
    this.#server = createServer((request, response) => {
      const { code, body } = this.#answer(request);
      response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  }

  /** From now on the Cloud API key of this provider's configuration is the right one. */
  takesKeyOf({ cloudApiKey, cloudApiSecret }: Properties): void {
    const login = `${String(cloudApiKey)}:${String(cloudApiSecret)}`;
    this.#authorization = `Basic ${Buffer.from(login).toString("base64")}`;
  }

  /** Starts it at the first call, and gives its address. */
  async listen(): Promise<string> {
    this.#port ??= new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(0, "127.0.0.1", () => resolve((this.#server.address() as AddressInfo).port));
    });
    return `http://127.0.0.1:${String(await this.#port)}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #answer({ method, url = "", headers }: IncomingMessage): Answer {
    if (headers.authorization !== this.#authorization) {
      return refusal(401, "Unauthorized");
    }
    const { environment = "", cluster = "", name = "" } = path.exec(url)?.groups ?? {};
    if (method !== "GET" || name === "") {
      return refusal(404, `the sandbox does not simulate ${String(method)} ${url}`);
    }
    const connector = decodeURIComponent(name);
    const condition = conditionOf(this.#cloud, { environment, cluster }, connector);
    return condition === undefined
      ? refusal(404, "resource not found")
      : { code: 200, body: statusOf(connector, condition) };
  }
}

function refusal(code: number, message: string): Answer {
  return { code, body: { error: { code, message } } };
}

/** What tasks are called while the connector is FAILED or PAUSED; else they are as it is. */
const ofTasks: Readonly<Record<string, string>> = { FAILED: "USER_ACTIONABLE_ERROR", PAUSED: "STOPPED" };

function statusOf(name: string, { state, trace }: { state: string; trace: string }): Properties {
  return {
    name,
    type: "source",
    connector: { state, worker_id: name, trace },
    tasks: [{ id: 0, state: ofTasks[state] ?? state, worker_id: name, msg: "" }],
    errors_from_trace: [],
    validation_errors: [],
    override_message: "",
    error_summary: "",
  };
}
