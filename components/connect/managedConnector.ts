import type { Connector } from "@pulumi/confluentcloud/connector.js";
import * as pulumi from "@pulumi/pulumi";
import type { Position } from "../../model/connect/connectorState.ts";
import { managedConnector, type ManagedSettings } from "../../model/connect/managedConnector.ts";
import type { Source } from "../../model/graph.ts";
import type { Account } from "../kafka/account.ts";
import type { Cluster } from "../kafka/cluster.ts";
import { confluentConnector } from "./confluentConnector.ts";

export interface ManagedConnectorArgs {
  cluster: Cluster;
  /** Account that the connector acts as. In place. */
  account: Account;
  /** What is captured. A source of another name, or of another kind, is another connector: it replaces this one. */
  source: Source;
  /** Name of the stack; is in the names of a Postgres source's replication slot and publication. */
  stack: string;
  /** In place. */
  database: ManagedSettings<pulumi.Input<string>>["database"];
  /** In place. */
  password: pulumi.Input<string>;
  /** The user's own settings, by their Debezium names. In place. */
  extra: Readonly<Record<string, string>>;
  /** Default: it runs. A new connector runs whatever this says; one that is, say, FAILED refuses a pause. */
  status?: "PAUSED";
  /** Where in the log a new connector starts; `undefined`: with a snapshot. Read when it is made, and never again. */
  position?: Position | undefined;
  /** `false` protects the connector against deletion, since Confluent forgets with it how far it has read. */
  ephemeral: boolean;
}

/**
 * A source connector that Confluent runs. `dependsOn` must have the account's rights and the topics: the connector is
 * tried at once, and without them it fails. How far it has read after its start is Confluent's to know.
 */
export class ManagedConnector extends pulumi.ComponentResource {
  readonly connector: Connector;

  constructor(name: string, args: ManagedConnectorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pipeline:connect:ManagedConnector", name, {}, opts);
    const config = managedConnector<pulumi.Input<string>>(args.source, {
      stack: args.stack,
      database: args.database,
      serviceAccount: args.account.account.id,
      password: args.password,
      extra: args.extra,
    });
    this.connector = confluentConnector(
      name,
      {
        cluster: args.cluster,
        name: args.source.name,
        config,
        status: args.status,
        position: args.position,
        ephemeral: args.ephemeral,
      },
      { parent: this, dependsOn: opts?.dependsOn },
    );

    this.registerOutputs({ id: this.connector.id, status: this.connector.status });
  }
}
