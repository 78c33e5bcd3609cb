import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Answer, ConnectCluster } from "./cluster.ts";

export interface Request {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Parsed; undefined where there is none. */
  readonly body: unknown;
}

/**
 * What happens to a request instead of its answer: another answer; `reset` cuts the connection before anything is done,
 * `lost` after it was done, so that the client asks again; `hang` never answers.
 */
export type Intervention = Answer | "reset" | "lost" | "hang";

/** A simulated Connect cluster on loopback. */
export class ConnectServer {
  readonly cluster: ConnectCluster;
  readonly url: string;
  /** All requests so far, in order. */
  readonly requests: Request[] = [];
  /** Asked for each request. Default: never. */
  intervene: ((request: Request) => Intervention | undefined) | undefined;
  readonly #server: Server;

  private constructor(cluster: ConnectCluster, server: Server) {
    this.cluster = cluster;
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on("request", (request, response) => void this.#serve(request, response));
  }

  /** Listens; port 0, the default, takes a free one. */
  static async start(cluster: ConnectCluster, port = 0): Promise<ConnectServer> {
    const server = createServer();
    await new Promise<void>((listening, failed) => {
      server.once("error", failed);
      server.listen(port, "127.0.0.1", listening);
    });
    return new ConnectServer(cluster, server);
  }

  /** The requests that change something: validation is none. */
  get writes(): readonly Request[] {
    return this.requests.filter(({ method, path }) => method !== "GET" && !path.endsWith("/config/validate"));
  }

  /** Stops listening, and cuts what hangs. */
  async close(): Promise<void> {
    const closed = new Promise<void>((done) => this.#server.close(() => done()));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      chunks.push(chunk);
    }
    const text = Buffer.concat(chunks).toString("utf8");
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    const request = { method: incoming.method ?? "GET", path: incoming.url ?? "/", body };
    this.requests.push(request);
    const intervention = this.intervene?.(request);
    if (intervention === "hang") {
      return;
    }
    if (intervention === "reset") {
      incoming.socket.destroy();
      return;
    }
    const own = typeof intervention === "object" ? intervention : undefined;
    const answer = own ?? this.cluster.answer(request.method, request.path, request.body);
    if (intervention === "lost") {
      incoming.socket.destroy();
      return;
    }
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(answer.body === undefined ? "" : JSON.stringify(answer.body));
  }
}
