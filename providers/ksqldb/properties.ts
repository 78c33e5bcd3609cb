import { unwrapRpcSecret } from "@pulumi/pulumi/runtime/rpc.js";
import type { StatementPlan } from "../../model/ksql/change/statementPlan.ts";
import type { OnReplacement, Reprocess } from "../../model/ksql/statement.ts";
import type { Properties } from "../resourceKind.ts";

/** One statement of ksqlDB: a source's declaration, a query with a result of its own, or an INSERT INTO. */
export interface StatementProperties {
  /** Base address of the server. Another one is another server: the statement is made anew there. */
  readonly endpoint: string;
  /** API key of the ksqlDB cluster, a secret. In place; nothing is sent. */
  readonly key: string;
  /** Secret. In place; nothing is sent. */
  readonly secret: string;
  /** File that messages shall name, e.g. `sql/ksqldb/ORDERS_ENRICHED.sql`. */
  readonly file: string;
  /** The statement's normal form, without `;`. */
  readonly sql: string;
  /** `planOf` of the checked statement: from it follows what a change does. */
  readonly plan: StatementPlan;
  /**
   * By name of each relation that it needs: `revision` of the statement that makes it, or `""` where none of the stack's
   * does. One output for each name: a whole object that is unknown counts as everything made anew. Another revision
   * replaces the statement, and the engine deletes it before what it reads.
   */
  readonly reads: Readonly<Record<string, string>>;
  /** What becomes of its topic when it is replaced. In place. */
  readonly onReplacement: OnReplacement;
  /** From where its query reads when it is made, at first or anew. In place. */
  readonly reprocess: Reprocess;
  /** Whether its topic goes with it at the end. Never for a source, whose topic is another's. In place. */
  readonly deleteTopic: boolean;
  /** INSERT INTO statements of the stack that write into its result. Default: none. */
  readonly writers?: readonly string[];
  /**
   * Whether a stream or table of that name that is there already becomes the stack's, when kind, topic and columns are
   * the same; a different query is replaced in place. Default: `false`, and it is refused. For a statement's first `up`;
   * `pulumi import` has no way to say where the server is. In place.
   */
  readonly adopt?: boolean;
}

/** What is known after it was made. */
export interface StatementOutputs {
  /** Changes when the statement is made anew, and not when it changes in place. */
  readonly revision: string;
  /** Id of its query, e.g. `CSAS_ORDERS_ENRICHED_7`; empty for a source. */
  readonly queryId: string;
  /** The server's own text of it, against which drift is seen. */
  readonly statement: string;
  /** What has become of it behind the stack's back, as far as the last refresh saw. */
  readonly drift?: Drift;
}

/** `changed`: somebody made another statement of it; the others are states of its query. */
export type Drift = "changed" | "query paused" | "query failed" | "query gone";

export const outputNames = ["revision", "queryId", "statement", "drift"] as const;

export type StatementState = StatementProperties & StatementOutputs;

/** What the engine hands over for a value that a preview cannot know. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isUnknown(value: unknown): boolean {
  return value === unknown;
}

/** Secrets arrive wrapped, and stay so in the state. */
export function inClear(properties: Properties): StatementState {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, unwrapRpcSecret(value) as unknown]),
  ) as unknown as StatementState;
}
