import type * as pulumi from "@pulumi/pulumi";
import type { LakeConfig } from "../../model/lake/config.ts";
import type { LakeNames } from "../../model/lake/names.ts";
import type { Query } from "../../model/lake/queries.ts";
import type { LakeTable } from "../../model/lake/table.ts";
import type { Cluster } from "../kafka/cluster.ts";

/** What a lake is made from. */
export interface LakeArgs {
  /** The target's name: that of its group in the configuration. */
  target: string;
  cluster: Cluster;
  /** What everything is called. Another database or workgroup replaces the one that is there. */
  names: LakeNames;
  config: LakeConfig;
  /** Unique for each stack, e.g. `pipeline-dev`: begins the bucket's name. */
  owner: string;
  /** What of each topic is in the lake. Columns come and go in place; none changes its type. */
  tables: readonly LakeTable[];
  /** The text of a view's file, by its path. */
  viewText: (file: string) => string;
  /** The questions that are shipped, as far as they can be asked of these tables. */
  queries: readonly Query[];
  /** `false` protects the bucket against deletion. */
  ephemeral: boolean;
}

/** Where a lake is, as far as names and rights in AWS depend on it. */
export interface Whereabouts {
  /** Number of the account. */
  readonly account: pulumi.Output<string>;
  /** Name of the bucket. */
  readonly bucket: pulumi.Output<string>;
}
