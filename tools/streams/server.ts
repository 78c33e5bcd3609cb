import { setTimeout as sleep } from "node:timers/promises";
import { SetupError } from "../../sandbox/errors.ts";

/** A ksqlDB server, as far as a trial needs one. */
export interface KsqlServer {
  /** Runs one statement, and returns when it is done. Throws with the server's words. */
  run(sql: string): Promise<void>;
}

export interface RestServerArgs {
  /** `https://host:port` */
  readonly endpoint: string;
  /** Of a ksqlDB API key. Default: no login. */
  readonly login?: { readonly key: string; readonly secret: string } | undefined;
  /** Milliseconds that one statement may take. Default: 60,000. */
  readonly within?: number;
  /** Milliseconds between questions. Default: 500. */
  readonly interval?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Read from the start, and write every change rather than the last of a while. */
const streamsProperties = {
  "ksql.streams.auto.offset.reset": "earliest",
  "ksql.streams.cache.max.bytes.buffering": "0",
};

interface Answer {
  readonly "@type"?: string;
  readonly error_code?: number;
  readonly message?: string;
  readonly commandId?: string;
  readonly commandStatus?: { readonly status: string; readonly message: string };
  readonly status?: string;
}

/** A server by its REST interface: one statement a request, asked about until it is done. */
export function restServer(args: RestServerArgs): KsqlServer {
  const { endpoint, login, within = 60_000, interval = 500, signal } = args;
  const headers = {
    "content-type": "application/vnd.ksql.v1+json",
    accept: "application/vnd.ksql.v1+json",
    ...(login === undefined
      ? {}
      : { authorization: `Basic ${Buffer.from(`${login.key}:${login.secret}`).toString("base64")}` }),
  };

  async function ask(path: string, body?: object): Promise<{ status: number; answer: Answer }> {
    const response = await request(new URL(path, endpoint), {
      headers,
      signal: AbortSignal.any([...(signal === undefined ? [] : [signal]), AbortSignal.timeout(within)]),
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed = parse(text);
    return { status: response.status, answer: (Array.isArray(parsed) ? parsed[0] : parsed) as Answer };
  }

  return {
    run: async (sql) => {
      const deadline = Date.now() + within;
      let { status, answer } = await ask("/ksql", { ksql: sql, streamsProperties });
      while (status === 503 && Date.now() < deadline) {
        await sleep(interval, undefined, { signal });
        ({ status, answer } = await ask("/ksql", { ksql: sql, streamsProperties }));
      }
      if (status !== 200) {
        throw new SetupError(refusal(status, answer, sql));
      }
      let state = answer.commandStatus;
      while (state !== undefined && state.status !== "SUCCESS") {
        if (state.status === "ERROR" || state.status === "TERMINATED" || Date.now() >= deadline) {
          throw new SetupError(`The server says ${state.status} (${state.message}) of:\n${sql}`);
        }
        await sleep(interval, undefined, { signal });
        const path = (answer.commandId ?? "").split("/").map(encodeURIComponent).join("/");
        const { status: asked, answer: now } = await ask(`/status/${path}`);
        state = asked === 200 ? { status: now.status ?? "UNKNOWN", message: now.message ?? "" } : state;
      }
    },
  };
}

async function request(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted === true) {
      throw error;
    }
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new SetupError(`${url.origin} does not answer: ${cause}`, { cause: error });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return { message: text.slice(0, 200) };
  }
}

function refusal(status: number, { error_code: code, message = "" }: Answer, sql: string): string {
  const hint =
    status === 401
      ? " Give --ksql-key and --ksql-secret of an API key for this ksqlDB cluster."
      : code === 40_301
        ? " The server's account lacks a right on a topic."
        : "";
  return `The server refuses (${code ?? status}): ${message}${hint}\n${sql}`;
}
