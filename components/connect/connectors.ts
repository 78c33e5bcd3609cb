import * as pulumi from "@pulumi/pulumi";
import type { ConnectorState } from "../../model/connect/connectorState.ts";
import type { Reach } from "../../providers/connect/reach.ts";

/** A connector as it is rendered, but for what only the cloud knows. */
export interface ConnectorDeclaration {
  /** Name in Kafka Connect. A change makes another connector, which starts from the beginning. */
  readonly name: string;
  /** In place. */
  readonly state: ConnectorState;
  /** All its settings. A change is put in place; Kafka Connect restarts its tasks. */
  readonly config: Readonly<Record<string, pulumi.Input<string>>>;
  /** What else must be there before it starts. Default: nothing. */
  readonly after?: readonly pulumi.Resource[];
  /**
   * What a sink writes into, by name, made of an output of the table and one of its topic. When either is made anew, the
   * connector is deleted before it and made anew after it, and so never writes into a new table with its place of before,
   * nor reads a new topic from there. Not `replaceWith`: the engine then forgets to start the provider that is to delete
   * the connector, and sees one step far only. Default: nothing.
   */
  readonly tables?: Readonly<Record<string, pulumi.Input<string>>>;
}

export interface ConnectorsArgs {
  /** Whose connectors these are, unique for each stack, e.g. `pipeline-dev`. A change replaces them. */
  owner: string;
  connectors: readonly ConnectorDeclaration[];
  /** How the workers are reached. A change makes them look at the connectors again. */
  reach: pulumi.Input<Reach>;
  /** `true`: offsets and replication slots go with a connector. `false`: both are kept. */
  ephemeral: boolean;
  /** What must be there before a connector starts: its topics, and rights on them. */
  after: readonly pulumi.Resource[];
}

/**
 * Connectors on workers of ours. Each is a resource of its own, whose diff is its configuration; it is made when all its
 * tasks run, and it fails with the cause that the worker gives.
 */
export class Connectors extends pulumi.ComponentResource {
  constructor(name: string, args: ConnectorsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pipeline:connect:Connectors", name, {}, opts);
    for (const { after = [], ...connector } of args.connectors) {
      new Connector(
        `${name}-${connector.name}`,
        { ...connector, owner: args.owner, reach: args.reach, forget: args.ephemeral },
        { parent: this, dependsOn: [...args.after, ...after] },
      );
    }
    this.registerOutputs({ connectors: args.connectors.map((connector) => connector.name) });
  }
}

/** Our own provider's resource: `providers/connect/connector.ts` says what its inputs are. */
class Connector extends pulumi.CustomResource {
  constructor(
    name: string,
    args: Omit<ConnectorDeclaration, "after"> & {
      owner: string;
      reach: pulumi.Input<Reach>;
      forget: boolean;
    },
    opts: pulumi.CustomResourceOptions,
  ) {
    super("dataplane:connect:Connector", name, args, opts);
  }
}

/**
 * Renders with values that only a cloud knows: what does not hold any is known at once, so that the preview of a new
 * stack shows the configuration and not one unknown.
 */
export function renderedWith<Name extends string>(
  values: Readonly<Record<Name, pulumi.Input<string>>>,
  render: (tokens: Readonly<Record<Name, string>>) => Readonly<Record<string, string>>,
): Record<string, pulumi.Input<string>> {
  const names = Object.keys(values) as Name[];
  const tokenOf = (name: Name) => `{{${name}}}`;
  const rendered = render(Object.fromEntries(names.map((name) => [name, tokenOf(name)])) as Record<Name, string>);
  return Object.fromEntries(
    Object.entries(rendered).map(([key, text]) => [
      key,
      names
        .filter((name) => text.includes(tokenOf(name)))
        .reduce<pulumi.Input<string>>(
          (filled, name) =>
            pulumi.all([filled, values[name]]).apply(([before, value]) => before.replaceAll(tokenOf(name), value)),
          text,
        ),
    ]),
  );
}
