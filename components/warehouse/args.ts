import type * as pulumi from "@pulumi/pulumi";
import type { LandingTable } from "../../model/warehouse/landing.ts";
import type { WarehouseNames } from "../../model/warehouse/names.ts";
import type { LoaderKeys } from "../../model/warehouse/rotation.ts";

/** What a target in Snowflake is made from. */
export interface WarehouseArgs extends AccountArgs {
  /** The target's name: that of its group in the configuration. */
  target: string;
  /** What everything is called. Another database is another one: a change replaces everything. */
  names: WarehouseNames;
  /** Size of the warehouse, e.g. `XSMALL`. In place. */
  size: string;
  /** Credits that the warehouse may use in a month; 0: no limit. In place. */
  creditQuota: number;
  /** The tables that take rows. Columns are only added, in place. */
  tables: readonly LandingTable[];
  /** Tables of earlier generations, which are there as long as they are named. */
  earlier: readonly LandingTable[];
  /** By name: a table goes with its topic, since the connector would skip the first rows of one that begins anew. */
  topics: Readonly<Record<string, pulumi.CustomResource>>;
  /** How the current state is kept. In place. */
  currentState: CurrentStateArgs;
  loader: LoaderArgs;
  /** Whether the loader has to own the tables that take rows, which version 4 of its connector need not. In place. */
  loaderOwns: boolean;
  /** `false` protects the rows against deletion. */
  ephemeral: boolean;
}

/** Where it is made, and as whom. */
export interface AccountArgs {
  /** Name of the organization. */
  organization: string;
  /** Name of the account in it. */
  account: string;
  /** User of the deployment; its private key is in the environment (`SNOWFLAKE_PRIVATE_KEY`) or the stack's `snowflake:privateKey`. */
  user: string;
  /** Role that makes and owns everything. */
  role: string;
}

/** `view`: computed when it is asked for. `dynamicTable`: kept by Snowflake, at most so many seconds (60 or more) old. */
type CurrentStateArgs = { readonly kept: "view" } | { readonly kept: "dynamicTable"; readonly targetLag: number };

/** Who loads rows into it. */
export interface LoaderArgs {
  /** Name of the user. A change replaces it. */
  name: string;
  /** In place. */
  keys: LoaderKeys;
  /** IPv4 addresses and ranges that it may come from; empty: any. In place. */
  allowedIps: readonly string[];
  /** Name of the network policy that says so. */
  networkPolicy: string;
}
