import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { referenceMistakes } from "../secrets/references.ts";
import { DeclarationError, declarationOf, describeReport, reconcile, type Declaration } from "./reconcile.ts";

/** What a call needs of the process, so that tests can give their own. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readFile: (path: string) => string;
  readonly readStdin: () => string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly signal?: AbortSignal;
}

export const usage = `Makes a Kafka Connect cluster what a declaration says, and waits until it runs.

  node reconcile.js --declaration FILE|-         the declaration, JSON; - is standard input
                    --declaration-gz BASE64      or this: gzip of it, in base64
                    --url URL                    a worker; default $CONNECT_URL, or port 8083 of $CONNECT_HOST or localhost
                    --dry-run                    says what would change, and changes nothing
                    --adopt                      takes over connectors of these names that nobody owns
                    --deadline SECONDS           for everything; default 600
                    --stable SECONDS             how long all must run; default 8
                    --json                       one JSON object at the end; what happens goes to standard error

Ends with 0 when the cluster is as declared, 1 when it is not, 2 when the call or the declaration has a mistake.`;

/** Runs one call and returns its exit code. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { out, err, signal } = surroundings;
  let call: Call | undefined;
  try {
    call = callOf(args, surroundings);
  } catch (error) {
    err(messageOf(error));
    return 2;
  }
  if (call === undefined) {
    out(usage);
    return 0;
  }
  const { declaration, isJson, ...options } = call;
  const progress = isJson ? err : out;
  const report = await reconcile(declaration, {
    ...options,
    ...(signal === undefined ? {} : { signal }),
    onEvent: ({ connector, text }) => progress(connector === undefined ? text : `${connector}: ${text}`),
  });
  out(isJson ? JSON.stringify(report) : describeReport(report));
  return report.ok ? 0 : 1;
}

interface Call {
  readonly declaration: Declaration;
  readonly url: string;
  readonly isJson: boolean;
  readonly dryRun: boolean;
  readonly adopt: boolean;
  readonly deadlineMs?: number;
  readonly stableMs?: number;
}

/** Undefined when help is asked for. Throws an error whose message is all that is wrong with the call. */
function callOf(args: readonly string[], surroundings: Surroundings): Call | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      declaration: { type: "string" },
      "declaration-gz": { type: "string" },
      url: { type: "string" },
      deadline: { type: "string" },
      stable: { type: "string" },
      "dry-run": { type: "boolean", default: false },
      adopt: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    return undefined;
  }
  const { CONNECT_URL, CONNECT_HOST = "localhost" } = surroundings.env;
  const declaration = declarationOf(readDeclaration(values.declaration, values["declaration-gz"], surroundings));
  refuseMissingSecrets(declaration, surroundings);
  return {
    declaration,
    url: urlOf(values.url ?? CONNECT_URL ?? `http://${CONNECT_HOST}:8083`),
    isJson: values.json,
    dryRun: values["dry-run"],
    adopt: values.adopt,
    ...milliseconds("deadline", "deadlineMs", values.deadline),
    ...milliseconds("stable", "stableMs", values.stable),
  };
}

function readDeclaration(file: string | undefined, packed: string | undefined, from: Surroundings): unknown {
  if ((file === undefined) === (packed === undefined)) {
    throw new Error(
      "Give the declaration with --declaration FILE (or - for standard input), or with --declaration-gz.",
    );
  }
  const text = packed === undefined ? readText(file ?? "-", from) : unpacked(packed);
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser quotes what it stumbles over, and that may be a secret: only the place is told.
    const [place = ""] = /at position .*|\(line .*/.exec(messageOf(error)) ?? [];
    throw new DeclarationError([`it is not JSON${place === "" ? "" : ` (${place})`}`]);
  }
}

/** Where the secrets' file can't be read, as on a machine that is no worker, there is nothing to compare with. */
function refuseMissingSecrets({ connectors }: Declaration, { readFile }: Surroundings): void {
  const mistakes = Object.entries(connectors).flatMap(([name, { config }]) =>
    referenceMistakes({ config, readFile, mustBeReadable: false }).map((one) => `connectors.${name}.config.${one}`),
  );
  if (mistakes.length > 0) {
    throw new DeclarationError(mistakes);
  }
}

function readText(file: string, { readFile, readStdin }: Surroundings): string {
  try {
    return file === "-" ? readStdin() : readFile(file);
  } catch (error) {
    throw new Error(`The declaration can't be read: ${messageOf(error)}`);
  }
}

function unpacked(packed: string): string {
  try {
    return gunzipSync(Buffer.from(packed, "base64")).toString("utf8");
  } catch {
    throw new Error("--declaration-gz is not gzip in base64.");
  }
}

function messageOf(error: unknown): string {
  return (error as Partial<Error>).message ?? String(error);
}

function urlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new Error(`--url: "${text}" is not a URL such as http://localhost:8083.`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new Error("--url: leave the login out; it would be shown in every message.");
  }
  return text;
}

function milliseconds<Key extends string>(option: string, key: Key, text: string | undefined) {
  const seconds = Number(text);
  if (text !== undefined && !(seconds > 0)) {
    throw new Error(`--${option}: "${text}" is not a number of seconds.`);
  }
  return (text === undefined ? {} : { [key]: seconds * 1000 }) as Partial<Record<Key, number>>;
}
