import { createHash } from "node:crypto";
import { Connector } from "@pulumi/confluentcloud/connector.js";
import * as pulumi from "@pulumi/pulumi";
import type { Position } from "../../model/connect/connectorState.ts";
import type { ManagedConfig } from "../../model/connect/managedConnector.ts";
import type { StatusProperties } from "../../providers/connect/managedStatus.ts";
import type { Cluster } from "../kafka/cluster.ts";

export interface ConfluentConnectorArgs {
  readonly cluster: Cluster;
  /** Its name in Confluent Cloud. A change makes another connector. */
  readonly name: string;
  readonly config: ManagedConfig<pulumi.Input<string>>;
  /** Default: it runs. A new connector runs whatever this says. */
  readonly status?: "PAUSED" | undefined;
  /** Read when it is made, and never again. */
  readonly position?: Position | undefined;
  /** `false` protects it against deletion, since Confluent forgets with it how far it has read. */
  readonly ephemeral: boolean;
}

export interface ConfluentConnectorOptions {
  readonly parent: pulumi.Resource;
  readonly dependsOn: pulumi.ComponentResourceOptions["dependsOn"];
  /** When one of these is made anew, the connector goes before it and comes after it. Default: nothing. */
  readonly replaceWith?: readonly pulumi.Resource[];
}

/** A connector that Confluent runs, and a look at it after each change until it runs. */
export function confluentConnector(
  name: string,
  { cluster, config, position, ...args }: ConfluentConnectorArgs,
  { parent, dependsOn, replaceWith = [] }: ConfluentConnectorOptions,
): Connector {
  const { nonsensitive, sensitive } = config;
  const connector = new Connector(
    `${name}-connector`,
    {
      environment: { id: cluster.environment.id },
      kafkaCluster: { id: cluster.kafka.id },
      configNonsensitive: nonsensitive,
      configSensitive: sensitive,
      status: args.status,
      offsets: position === undefined ? undefined : [position],
    },
    {
      parent,
      ignoreChanges: ["offsets"],
      dependsOn: dependsOn ?? [], // a child does not have its component's
      protect: !args.ephemeral,
      // The provider shows another name as an update, and then refuses it. Another folder begins anew, with all that there is.
      replaceOnChanges: [
        "configNonsensitive.name",
        ...["connector.class", "topics.dir"].map((setting) => `configNonsensitive["${setting}"]`),
      ],
      ...(replaceWith.length === 0 ? {} : { replaceWith: [...replaceWith] }),
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
      name: args.name,
      connector: connector.id,
      settings: digestOf(nonsensitive),
      secretSettings: pulumi.secret(digestOf(sensitive)),
      status: args.status,
      apiKey: cloud.getSecret("cloudApiKey"),
      apiSecret: cloud.getSecret("cloudApiSecret"),
      endpoint: cloud.get("endpoint"),
    },
    { parent, dependsOn: [connector] },
  );
  return connector;
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
