/** A request that ksqlDB refuses, and would refuse again. */
export class Refused extends Error {
  /** ksqlDB's `error_code`; 0 for a command that it took and could not carry out. */
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** No answer, or one that says to come again. What was asked may have been done all the same. */
export class Passing extends Error {
  /** How long the server wants to be left alone, in milliseconds. */
  readonly afterMs: number;
  /** The request has waited for a command that the server does not have. */
  readonly isBehind: boolean;

  constructor(message: string, { afterMs = 0, isBehind = false } = {}) {
    super(message);
    this.afterMs = afterMs;
    this.isBehind = isBehind;
  }
}

/** The key is not taken; when it was just made, not yet. */
export class Unauthorized extends Error {}

/** What waits is at an end. Its message says what was waited for, and the last reason. */
export class GaveUp extends Error {}

/** The body of an answer, or what it means that there is none. `who`: the server, as messages shall name it. */
export function bodyOf(who: string, status: number, text: string, retryAfter: string | null): unknown {
  const body = parsed(text);
  if (status >= 200 && status < 300) {
    if (typeof body !== "object" || body === null) {
      throw new Passing(`${who} answered with something that is not ksqlDB's`);
    }
    return body;
  }
  const { error_code: code = status * 100, message = text.slice(0, 300) } = (
    typeof body === "object" && body !== null ? body : {}
  ) as { error_code?: number; message?: string };
  const said = `${who} answered with ${status}${message === "" ? "" : `: ${message}`}`;
  if (status === 401) {
    throw new Unauthorized(
      `${who} does not take the API key. It has to be a key of this ksqlDB cluster (a key of Kafka or of Confluent Cloud ` +
        "is none); a new one works after some minutes",
    );
  }
  if (code === 40301) {
    throw new Refused(
      code,
      `${who} may not use a topic or a subject: ${message}. Give the ksqlDB cluster's own service account the ACL or the ` +
        "role that is missing",
    );
  }
  if (status === 403) {
    throw new Refused(
      code,
      `the account of the API key may not use ${who}: ${message}. Give it the role KsqlAdmin on the ksqlDB cluster`,
    );
  }
  if (passes(status, message, typeof body === "object")) {
    const seconds = Number(retryAfter ?? 0);
    throw new Passing(said, {
      afterMs: Number.isFinite(seconds) ? seconds * 1_000 : 0,
      isBehind: code === 50301,
    });
  }
  throw new Refused(code, message);
}

/**
 * 429 and 503 pass. A 500 passes where the command topic did not keep up, or where the same command is under way; all
 * others are about the statement, such as a topic with other partitions. What is not JSON comes from something before
 * the server.
 */
function passes(status: number, message: string, isJson: boolean): boolean {
  return (
    status === 429 ||
    status === 503 ||
    (status >= 500 && !isJson) ||
    (status === 500 &&
      /into the command topic|waiting for command topic|Another command with the same id/i.test(message))
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
