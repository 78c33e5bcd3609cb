import { GaveUp, Interrupted, Passing, type Patience } from "./patience.ts";

/** An answer that another try would not change. Its message names the request. */
export class Refused extends Error {
  readonly status: number;
  /** Connect's own words. */
  readonly answer: string;

  constructor(request: string, status: number, answer: string) {
    super(`${request} was answered with ${status}: ${answer}`);
    this.status = status;
    this.answer = answer;
  }
}

interface RestOptions {
  /** E.g. `http://10.0.1.7:8083`. */
  readonly url: string;
  readonly patience: Patience;
  /** How long one answer may take, in milliseconds. Connect itself gives up after 90 s. */
  readonly requestMs: number;
  readonly signal?: AbortSignal | undefined;
}

type Method = "GET" | "PUT" | "POST" | "PATCH" | "DELETE";

/** Requests to a worker's REST interface: JSON there and back, and what passes by itself told from what does not. */
export class Rest {
  readonly url: string;
  readonly #options: RestOptions;

  constructor(options: RestOptions) {
    this.url = options.url.replace(/\/+$/, "");
    this.#options = options;
  }

  /** One try. Throws `Passing`, `Refused`, `Interrupted`, or `GaveUp` at the deadline. Undefined where nothing came back. */
  async once(method: Method, path: string, body?: unknown): Promise<unknown> {
    const { patience, requestMs, signal } = this.#options;
    const { left } = patience;
    const timeout = AbortSignal.timeout(Math.ceil(Math.min(requestMs, left)));
    try {
      const response = await fetch(`${this.url}${path}`, {
        method,
        headers: { accept: "application/json", "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      });
      return answered(`${method} ${path}`, response.status, await response.text());
    } catch (error) {
      if (error instanceof Refused || error instanceof Passing) {
        throw error;
      }
      if (signal?.aborted === true) {
        throw new Interrupted("it was interrupted");
      }
      if (timeout.aborted) {
        const reason = `${method} ${path} got no answer`;
        throw left <= requestMs ? new GaveUp(reason) : new Passing(`${reason} for ${Math.round(requestMs / 1000)} s`);
      }
      const reason = reasonOf(error);
      throw isForGood(reason.code) ? new Refused(`${method} ${path}`, 0, reason.text) : new Passing(reason.text);
    }
  }

  /** The same until it succeeds or is refused for good: for what does no harm twice. */
  ask(method: Method, path: string, body?: unknown): Promise<unknown> {
    return this.#options.patience.retry(() => this.once(method, path, body));
  }
}

function answered(request: string, status: number, text: string): unknown {
  const body = parsed(text);
  if (status >= 200 && status < 300) {
    return body;
  }
  const message =
    typeof body === "object" && body !== null && "message" in body && typeof body.message === "string"
      ? body.message
      : text.slice(0, 500);
  if (passes(status, message)) {
    throw new Passing(`${request} was answered with ${status}: ${message}`);
  }
  throw new Refused(request, status, message);
}

function parsed(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * 409 is a rebalance or a concurrent change, 503 a worker that starts. A 500 passes only where its text says so: a
 * rebalance, a leader that just went, a worker busy with its group or with the config topic, or a task that is not quite
 * stopped. A validation that takes too long does not pass: it waits for a database.
 */
function passes(status: number, message: string): boolean {
  return (
    status === 409 ||
    status === 503 ||
    (status === 500 &&
      /rebalanc|forward REST request|can be safely retried|Request timed out(?!.*(validat|propert|configuration def))/i.test(
        message,
      ))
  );
}

interface NetworkError {
  readonly code?: string;
  readonly message?: string;
  readonly cause?: NetworkError;
  readonly errors?: readonly NetworkError[];
}

/** Of a failed fetch, what the network said; Node keeps it in the cause, or in the errors of that. */
export function reasonOf(error: unknown): { code: string; text: string } {
  const failed = error as NetworkError;
  const cause = failed.cause ?? failed;
  const { code = "", message = "" } = cause.errors?.[0] ?? cause;
  return { code, text: message === "" ? code : message };
}

/** What no waiting mends: a certificate that does not fit, an address that is none. */
function isForGood(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|ERR_INVALID/.test(code);
}
