import { reasonOf } from "../../image/connect/reconcile/rest.ts";
/** A connector that Confluent runs, and what it takes to ask for it. */
export interface ManagedConnector {
  /** Id of its environment, e.g. `env-abc12`. */
  readonly environment: string;
  /** Id of its Kafka cluster, e.g. `lkc-abc12`. */
  readonly cluster: string;
  readonly name: string;
}

export interface Access {
  /** E.g. `https://api.confluent.cloud`. */
  readonly endpoint: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}

/**
 * What Confluent Cloud says of a connector. What stands below the tasks is in its answers, but not in the API's
 * specification.
 */
export interface ConnectorStatus {
  readonly connector: { readonly state: string; readonly trace?: string };
  readonly tasks?: readonly {
    readonly id: number;
    readonly state: string;
    readonly msg?: string;
    readonly trace?: string;
  }[];
  readonly validation_errors?: readonly string[] | null;
  readonly errors_from_trace?: readonly (string | { readonly error?: string })[] | null;
  readonly override_message?: string | null;
  readonly error_summary?: string | null;
}

/** No status this time, but perhaps the next. */
export class Passing extends Error {
  /** How long the service wants to be left alone, in milliseconds. */
  readonly afterMs: number;

  constructor(message: string, afterMs = 0) {
    super(message);
    this.afterMs = afterMs;
  }
}

const answerMs = 30_000;

/** One look; `undefined`: there is no such connector. Throws `Passing`, or an error that says what to do. */
export async function statusOf(connector: ManagedConnector, access: Access): Promise<ConnectorStatus | undefined> {
  const answer = await ask("GET", connector, "status", access);
  return answer.status === 404 ? undefined : statusIn(answer.text);
}

/** Lets one that is paused go on; of one that runs, or is not there, nothing comes. Throws as `statusOf` does. */
export async function resume(connector: ManagedConnector, access: Access): Promise<void> {
  await ask("PUT", connector, "resume", access);
}

/** What the service answers when it has understood, or knows no such connector. */
async function ask(
  method: "GET" | "PUT",
  { environment, cluster, name }: ManagedConnector,
  what: "status" | "resume",
  access: Access,
): Promise<Answer> {
  const path = ["connect/v1/environments", environment, "clusters", cluster, "connectors", name, what]
    .map((part, index) => (index % 2 === 0 ? part : encodeURIComponent(part)))
    .join("/");
  const answer = await send(method, `${access.endpoint.replace(/\/+$/, "")}/${path}`, access);
  switch (answer.status) {
    case 200:
    case 202:
    case 404:
      return answer;
    case 401:
      throw new Error(
        "Confluent Cloud does not take the Cloud API key: set confluentcloud:cloudApiKey and " +
          "confluentcloud:cloudApiSecret, or CONFLUENT_CLOUD_API_KEY and CONFLUENT_CLOUD_API_SECRET, " +
          "to a key of Confluent Cloud itself (a cluster's key is none)",
      );
    case 403:
      throw new Error(
        `the account of the Cloud API key may not see the connectors of ${cluster}: give it the role ` +
          `CloudClusterAdmin on ${cluster}, or set confluentcloud:cloudApiKey and confluentcloud:cloudApiSecret to a ` +
          "key of an account that has it",
      );
    default:
      throw answer.status === 429 || answer.status >= 500
        ? new Passing(answered(answer), answer.afterMs)
        : new Error(answered(answer));
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly afterMs: number;
}

async function send(method: "GET" | "PUT", url: string, { apiKey, apiSecret }: Access): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method,
      headers: {
        accept: "application/json",
        authorization: `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString("base64")}`,
      },
      signal: AbortSignal.timeout(answerMs),
    });
    const seconds = Number(response.headers.get("retry-after") ?? 0);
    return {
      status: response.status,
      text: await response.text(),
      afterMs: Number.isFinite(seconds) ? seconds * 1_000 : 0,
    };
  } catch (error) {
    const { code, text } = reasonOf(error);
    const message = `Confluent Cloud cannot be reached: ${text}`;
    // No waiting mends a certificate that does not fit, or an address that is none.
    throw /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|ERR_INVALID/.test(code)
      ? new Error(message)
      : new Passing(message);
  }
}

/** A proxy on the way may answer with a page of its own. */
function statusIn(text: string): ConnectorStatus {
  const status = parsed(text);
  if (typeof status !== "object" || status === null || !("connector" in status)) {
    throw new Passing("Confluent Cloud's answer is not a connector's status");
  }
  return status as ConnectorStatus;
}

function answered({ status, text }: Answer): string {
  const { error, message } = (parsed(text) ?? {}) as { error?: { message?: string }; message?: string };
  const words = error?.message ?? message ?? text.slice(0, 300);
  return `Confluent Cloud answered with ${String(status)}${words === "" ? "" : `: ${words}`}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
