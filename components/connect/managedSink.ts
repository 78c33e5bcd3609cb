import type { Connector } from "@pulumi/confluentcloud/connector.js";
import * as pulumi from "@pulumi/pulumi";
import { sinkName } from "../../model/internalNames.ts";
import { managedSnowflakeSink } from "../../model/connect/managedSnowflakeSink.ts";
import type { Cluster } from "../kafka/cluster.ts";
import { confluentConnector } from "./confluentConnector.ts";
import type { SnowflakeTarget } from "./snowflakeTarget.ts";

export interface ManagedSinkArgs extends Omit<SnowflakeTarget, "state"> {
  readonly cluster: Cluster;
  /** `PAUSED` or `RUNNING`. Default: as it is; a new connector runs. */
  readonly status?: "PAUSED" | "RUNNING";
}

/** A target's sink that Confluent runs. It is not protected: how far it is, the tables know. */
export class ManagedSink extends pulumi.ComponentResource {
  readonly connector: Connector;

  constructor(name: string, args: ManagedSinkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pipeline:connect:ManagedSink", name, {}, opts);
    const { cluster, target, account, topics, snowflake, settings, status } = args;
    const ends = [...Object.values(args.kafkaTopics), ...Object.values(snowflake.tables)];
    const config = managedSnowflakeSink<pulumi.Input<string>>(target, {
      landing: snowflake.landing,
      topics,
      serviceAccount: account.account.id,
      privateKey: snowflake.privateKey,
      passphrase: snowflake.hasPassphrase ? snowflake.passphrase : undefined,
      extra: settings,
    });
    this.connector = confluentConnector(
      name,
      { cluster, name: sinkName(target), config, status, ephemeral: true },
      {
        parent: this,
        dependsOn: [account, ...ends, ...snowflake.after],
        replaceWith: ends,
      },
    );
    this.registerOutputs({ id: this.connector.id });
  }
}
