import type { IncomingMessage, ServerResponse } from "node:http";
import { LoopbackService } from "../cloud/loopbackService.ts";
import { KsqlEngine, type KsqlRequest } from "./engine.ts";
import { KsqlProblem, type Answer } from "./problem.ts";

export interface Request {
  readonly method: string;
  readonly path: string;
  /** Of `POST /ksql`; empty elsewhere. */
  readonly ksql: string;
  readonly streamsProperties: Readonly<Record<string, string>>;
  readonly commandSequenceNumber: number | undefined;
  readonly authorization: string;
}

/**
 * What happens to a request instead of its answer: another answer before anything is done, or `after` it was done;
 * `reset` cuts the connection before, `lost` after; `hang` never answers, `hangAfter` does it and never answers; `twice`
 * does it a second time and gives that answer, as a proxy that repeats requests does.
 */
export type Intervention = Answer | { readonly after: Answer } | "reset" | "lost" | "hang" | "hangAfter" | "twice";

/** A simulated ksqlDB server on loopback. */
export class KsqlServer {
  readonly engine: KsqlEngine;
  /** All requests so far, in order. */
  readonly requests: Request[] = [];
  /** Asked for each request. Default: never. */
  intervene: ((request: Request) => Intervention | undefined) | undefined;
  /** Whether a request's Authorization is taken; `forbidden`: known, and not allowed. Default: any is. */
  admits: (authorization: string) => boolean | "forbidden" = () => true;
  /** `ksql.service.id`. */
  serviceId = "default_";
  readonly #service: LoopbackService;

  constructor(engine: KsqlEngine) {
    this.engine = engine;
    this.#service = new LoopbackService((request, response) => void this.#serve(request, response));
  }

  listen(port?: number): Promise<string> {
    return this.#service.listen(port);
  }

  /** Stops listening, and cuts what hangs. */
  close(): void {
    this.#service.close();
  }

  /** Statements that change something, in the order they came. */
  get commands(): string[] {
    return this.requests
      .map(({ ksql }) => ksql)
      .filter((ksql) => /^\s*(CREATE|DROP|INSERT|TERMINATE|PAUSE|RESUME)/i.test(ksql));
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await requestIn(incoming);
    this.requests.push(request);
    const intervention = this.intervene?.(request);
    if (intervention === "hang") {
      return;
    }
    if (intervention === "reset") {
      incoming.socket.destroy();
      return;
    }
    const own = typeof intervention === "object" && "status" in intervention ? intervention : undefined;
    let answer = own ?? this.#answer(request);
    if (intervention === "twice") {
      answer = this.#answer(request);
    }
    if (typeof intervention === "object" && "after" in intervention) {
      answer = intervention.after;
    }
    if (intervention === "lost") {
      incoming.socket.destroy();
    } else if (intervention !== "hangAfter") {
      response.writeHead(answer.status, { "content-type": "application/vnd.ksql.v1+json" });
      response.end(JSON.stringify(answer.body));
    }
  }

  #answer({ method, path, ksql, streamsProperties, commandSequenceNumber, authorization }: Request): Answer {
    const admitted = this.admits(authorization);
    if (admitted !== true) {
      return admitted === false
        ? new KsqlProblem(40100, "Unauthorized").answer()
        : new KsqlProblem(40300, "You are forbidden from using this cluster.").answer();
    }
    const [, first, ...rest] = path.split("/");
    const request: KsqlRequest = {
      ksql,
      streamsProperties,
      ...(commandSequenceNumber === undefined ? {} : { commandSequenceNumber }),
    };
    switch (`${method} ${first ?? ""}`) {
      case "POST ksql":
        return rest[0] === "terminate" ? this.engine.terminateCluster() : this.engine.run(request);
      case "GET status":
        return rest.length === 0 ? this.engine.statuses() : this.engine.status(rest.map(decodeURIComponent).join("/"));
      case "GET info":
        return { status: 200, body: { KsqlServerInfo: { ...info, ksqlServiceId: this.serviceId } } };
      case "GET healthcheck":
        return { status: 200, body: { isHealthy: true, details: {}, serverState: "READY" } };
      case "GET is_valid_property":
        return { status: 200, body: true };
      default:
        return new KsqlProblem(40400, "HTTP 404 Not Found").answer();
    }
  }
}

const info = {
  version: "8.0.7",
  kafkaClusterId: "lkc-00000",
  serverStatus: "RUNNING",
};

async function requestIn(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  const body = (text === "" ? {} : JSON.parse(text)) as Partial<KsqlRequest>;
  return {
    method: incoming.method ?? "GET",
    path: incoming.url ?? "/",
    ksql: body.ksql ?? "",
    streamsProperties: body.streamsProperties ?? {},
    commandSequenceNumber: body.commandSequenceNumber,
    authorization: incoming.headers.authorization ?? "",
  };
}
