import type { StatementPlan } from "../../model/ksql/change/statementPlan.ts";
import type { Difference } from "./difference.ts";
import type { Drift, StatementProperties, StatementState } from "./properties.ts";

/** What a statement has come to on the server. */
export interface Applied {
  /** Empty where no query runs. */
  readonly queryId: string;
  /** The server's own text of it. */
  readonly statement: string;
}

/** What there is of a statement now. */
export type Found =
  | { readonly is: "gone" | "as made" }
  /** Its query is not as it should be; `state` is the server's word for it. */
  | { readonly is: Exclude<Drift, "changed">; readonly state: string }
  /** Somebody has made another statement of it. */
  | { readonly is: "changed"; readonly plan: StatementPlan; readonly statement: string };

/**
 * What runs statements, as the resource needs it: ksqlDB is one. All of it can be done again after any failure, since
 * each looks at what there is before it sends.
 */
export interface StreamEngine {
  /** What a change will do, from what is known in a preview. Asks no server. */
  readonly difference: (before: StatementState, after: StatementProperties) => Difference;
  /** Throws why the server would not take a statement, and changes nothing. */
  readonly rehearse: (inputs: StatementProperties) => Promise<void>;
  readonly create: (inputs: StatementProperties) => Promise<Applied>;
  readonly replaceInPlace: (inputs: StatementProperties) => Promise<Applied>;
  /** Has the query of a statement run again that somebody paused, or that has failed. */
  readonly revive: (inputs: StatementProperties, state: StatementState) => Promise<Applied>;
  /** Takes it away; gives the ids of others' queries that had to end with it. */
  readonly remove: (state: StatementState, deletesTopic: boolean) => Promise<string[]>;
  readonly look: (state: StatementState) => Promise<Found>;
}
