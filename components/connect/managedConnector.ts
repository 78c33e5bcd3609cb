import { createHash } from "node:crypto";
import { Connector } from "@pulumi/confluentcloud/connector.js";
import * as pulumi from "@pulumi/pulumi";
import type { Position } from "../../model/connect/connectorState.ts";
import { managedConnector, type ManagedSettings } from "../../model/connect/managedConnector.ts";
import type { Source } from "../../model/graph.ts";
import type { Account } from "../kafka/account.ts";
import type { Cluster } from "../kafka/cluster.ts";
import type { StatusProperties } from "../../providers/connect/managedStatus.ts";

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
  /**
   * `PAUSED` or `RUNNING`. Default: as it is; a new connector runs. A connector that is, say, FAILED refuses either, so
   * this is for the moment of pausing or resuming only.
   */
  status?: "PAUSED" | "RUNNING";
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
    const { cluster } = args;
    const { nonsensitive, sensitive } = managedConnector<pulumi.Input<string>>(args.source, {
      stack: args.stack,
      database: args.database,
      serviceAccount: args.account.account.id,
      password: args.password,
      extra: args.extra,
    });

    this.connector = new Connector(
      `${name}-connector`,
      {
        environment: { id: cluster.environment.id },
        kafkaCluster: { id: cluster.kafka.id },
        configNonsensitive: nonsensitive,
        configSensitive: sensitive,
        status: args.status,
        offsets: args.position === undefined ? undefined : [args.position],
      },
      {
        parent: this,
        ignoreChanges: ["offsets"],
        dependsOn: opts?.dependsOn ?? [], // a child does not have its component's
        protect: !args.ephemeral,
        // The provider shows another name as an update, and then refuses it.
        replaceOnChanges: ["configNonsensitive.name", 'configNonsensitive["connector.class"]'],
        deleteBeforeReplace: true, // two connectors of one source would fight for its place in the log
        customTimeouts: { create: "30m" }, // the provider's own is a day
      },
    );

    const cloud = new pulumi.Config("confluentcloud");
    new ManagedStatus(
      `${name}-status`,
      {
        environment: cluster.environment.id,
        cluster: cluster.kafka.id,
        name: args.source.name,
        connector: this.connector.id,
        settings: digestOf(nonsensitive),
        secretSettings: pulumi.secret(digestOf(sensitive)),
        status: args.status,
        apiKey: cloud.getSecret("cloudApiKey"),
        apiSecret: cloud.getSecret("cloudApiSecret"),
        endpoint: cloud.get("endpoint"),
      },
      { parent: this, dependsOn: [this.connector] },
    );

    this.registerOutputs({ id: this.connector.id, status: this.connector.status });
  }
}

/**
 * Our own provider's resource, updated with the connector: Confluent's provider waits until a new connector runs, but
 * not for one that is changed. `providers/connect/managedStatus.ts` says what its inputs are.
 */
class ManagedStatus extends pulumi.CustomResource {
  constructor(
    name: string,
    args: Readonly<Record<keyof StatusProperties, pulumi.Input<string> | undefined>>,
    opts: pulumi.CustomResourceOptions,
  ) {
    super("dataplane:connect:ManagedStatus", name, args, opts);
  }
}

/** Short: what has changed in the settings, the connector's own diff shows. */
function digestOf(settings: Readonly<Record<string, pulumi.Input<string>>>): pulumi.Output<string> {
  return pulumi.output(settings).apply((values) =>
    createHash("sha256")
      .update(JSON.stringify(Object.entries(values)))
      .digest("hex")
      .slice(0, 12),
  );
}
