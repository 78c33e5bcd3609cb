import type { Mistake } from "../../model/ksql/statement.ts";

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A request that ksqlDB refuses. `code`: its `error_code`; the HTTP status is the code without its last two digits. */
export class KsqlProblem extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }

  /** `statement`: the text that was refused, where one was. */
  answer(statement?: string): Answer {
    const about = { error_code: this.code, message: this.message };
    const status = Math.floor(this.code / 100);
    return statement === undefined || this.code !== 40001
      ? { status, body: { "@type": "generic_error", ...about } }
      : { status, body: { "@type": "statement_error", ...about, statementText: statement, entities: [] } };
  }
}

export function badStatement(message: string): KsqlProblem {
  return new KsqlProblem(40001, message);
}

/** What a server says when it has too much to do; the client shall try again. */
export const busy = {
  notReady: () => new KsqlProblem(50302, "KSQL is not yet ready to serve requests.").answer(),
  shuttingDown: () => new KsqlProblem(50303, "The server is shutting down").answer(),
  tooMany: () => new KsqlProblem(42900, "Too many requests").answer(),
  behind: (sequenceNumber: number) =>
    new KsqlProblem(
      50301,
      `Timed out while waiting for a previous command to execute. command sequence number: ${sequenceNumber}`,
    ).answer(),
  overloaded: (statement: string) =>
    new KsqlProblem(
      50000,
      `Could not write the statement '${statement}' into the command topic.\n` +
        "Caused by: Timeout while waiting for command topic consumer to process command\n\ttopic",
    ).answer(),
} as const;

/** Our checker's words for what the server says in others, where these have been seen. */
const itsWords: readonly (readonly [RegExp, string])[] = [
  [/^(?:None of .+ has a|.+ has no) column (\S+)\. /s, "SELECT column '$1' cannot be resolved."],
  [/^The SELECT list has no column besides the key\..*/s, "The projection contains no value columns."],
  [
    /^The SELECT list lacks [^,]+, (.+)\. Add .*/s,
    "Key missing from projection. The query used to build the result must include the join expressions $1 in its projection.",
  ],
  [/^Nothing says which topic .*/s, "Missing required property 'KAFKA_TOPIC'"],
];

/** What the server says of the first thing that it refuses in a statement. */
export function refusal({ line, column, text }: Omit<Mistake, "file" | "severity">, written?: string): KsqlProblem {
  const known = itsWords.find(([ours]) => ours.test(text));
  if (known === undefined) {
    return badStatement(`Line: ${line}, Col: ${column}: ${text}`);
  }
  const words = text.replace(...known).replace(/cannot be resolved\..*/s, "cannot be resolved.");
  return badStatement(
    words.includes("cannot be resolved")
      ? `Line: ${line}, Col: ${column}: ${written === undefined ? words : words.replace(/'.*'/, `'${written}'`)}`
      : words,
  );
}
