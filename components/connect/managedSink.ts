import type { Connector } from "@pulumi/confluentcloud/connector.js";
import * as pulumi from "@pulumi/pulumi";
import type { ManagedConfig } from "../../model/connect/managedConnector.ts";
import { sinkName } from "../../model/internalNames.ts";
import type { Account } from "../kafka/account.ts";
import type { Cluster } from "../kafka/cluster.ts";
import { confluentConnector } from "./confluentConnector.ts";

export interface ManagedSinkArgs {
  readonly cluster: Cluster;
  /** Name of the target, e.g. `snowflake`: its connector is called after it. */
  readonly target: string;
  /** The account `sink-<target>`, as which it acts. */
  readonly account: Account;
  readonly config: ManagedConfig<pulumi.Input<string>>;
  /**
   * Its topics, and what it writes into. When one is made anew, the connector goes before it and comes after it: its
   * places would mean nothing. What it writes into must depend on its topic, whose provider is then there to delete it.
   */
  readonly ends: readonly pulumi.CustomResource[];
  /** What else must be there before it starts. Default: nothing. */
  readonly after?: readonly pulumi.Resource[];
  /** Default: it runs. A new connector runs whatever this says. */
  readonly status?: "PAUSED";
}

/** A target's sink that Confluent runs. It is not protected: how far it is, what it writes into knows, or takes again. */
export class ManagedSink extends pulumi.ComponentResource {
  readonly connector: Connector;

  constructor(name: string, args: ManagedSinkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pipeline:connect:ManagedSink", name, {}, opts);
    const { cluster, target, account, config, ends, after = [], status } = args;
    this.connector = confluentConnector(
      name,
      { cluster, name: sinkName(target), config, status, ephemeral: true },
      { parent: this, dependsOn: [account, ...ends, ...after], replaceWith: ends },
    );
    this.registerOutputs({ id: this.connector.id });
  }
}
