import type { IncomingMessage } from "node:http";
import { conditionOf, resume } from "./confluent/connectors.ts";
import { topicsAnswer } from "./confluent/topicsApi.ts";
import type { Inventory, Properties } from "./inventory.ts";
import { LoopbackService } from "./loopbackService.ts";

/** The Cloud API key of a stack whose configuration has none, as the environment would. */
export const cloudLogin = { key: "SANDBOX", secret: "sandbox" };

interface Answer {
  readonly code: number;
  readonly body: unknown;
}

const path =
  /^\/connect\/v1\/environments\/(?<environment>[^/]+)\/clusters\/(?<cluster>[^/]+)\/connectors\/(?<name>[^/]+)\/(?<what>status|resume)$/;

const topicsPath = /^\/kafka\/v3\/clusters\/(?<cluster>[^/]+)\/topics(?:\/(?<topic>[^/]+))?$/;

/**
 * Confluent Cloud's Connect API as far as the status of a connector and its resumption, and a cluster's REST API as far as topics are
 * listed and deleted: an HTTP service on loopback.
 */
export class ConfluentApi {
  readonly #cloud: Inventory;
  readonly #service: LoopbackService;
  #authorization = "";

  constructor(cloud: Inventory) {
    this.#cloud = cloud;
    this.#service = new LoopbackService((request, response) => {
      const { code, body } = this.#answer(request);
      response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  }

  /** From now on the Cloud API key of this provider's configuration is the right one, or that of its environment. */
  takesKeyOf({ cloudApiKey = cloudLogin.key, cloudApiSecret = cloudLogin.secret }: Properties): void {
    const login = `${String(cloudApiKey)}:${String(cloudApiSecret)}`;
    this.#authorization = `Basic ${Buffer.from(login).toString("base64")}`;
  }

  listen(): Promise<string> {
    return this.#service.listen();
  }

  close(): void {
    this.#service.close();
  }

  #answer({ method, url = "", headers }: IncomingMessage): Answer {
    const { cluster: ofTopics, topic } = topicsPath.exec(url)?.groups ?? {};
    if (ofTopics !== undefined) {
      return topicsAnswer(this.#cloud, { method, cluster: ofTopics, topic, authorization: headers.authorization });
    }
    if (headers.authorization !== this.#authorization) {
      return refusal(401, "Unauthorized");
    }
    const { environment = "", cluster = "", name = "", what = "" } = path.exec(url)?.groups ?? {};
    if (!["GET status", "PUT resume"].includes(`${String(method)} ${what}`)) {
      return refusal(404, `the sandbox does not simulate ${String(method)} ${url}`);
    }
    const connector = decodeURIComponent(name);
    const inCluster = { environment, cluster };
    const condition = conditionOf(this.#cloud, inCluster, connector);
    if (condition === undefined) {
      return refusal(404, "resource not found");
    }
    if (what === "resume") {
      resume(this.#cloud, inCluster, connector);
      return { code: 202, body: {} };
    }
    return { code: 200, body: statusOf(connector, condition) };
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
