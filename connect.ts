import type * as pulumi from "@pulumi/pulumi";
import type { AwsRegion } from "./components/aws/region.ts";
import { Connectors, type ConnectorDeclaration } from "./components/connect/connectors.ts";
import { Ec2Connect } from "./components/connect/ec2.ts";
import { ManagedConnector } from "./components/connect/managedConnector.ts";
import { ManagedSink } from "./components/connect/managedSink.ts";
import type { Network } from "./components/connect/network.ts";
import { OnPremisesConnect } from "./components/connect/onPremises.ts";
import { selfHosted, type SelfHosted, type SourceDatabase } from "./components/connect/selfHosted.ts";
import { accountOf, type Account } from "./components/kafka/account.ts";
import type { Cluster } from "./components/kafka/cluster.ts";
import type { Topics } from "./components/kafka/topics.ts";
import type { Environment } from "./config.ts";
import { sinkName } from "./model/internalNames.ts";
import type { Reach } from "./providers/connect/reach.ts";
import { networkOf, sourceDatabases } from "./sources.ts";
import type { Sinks } from "./targets.ts";

/** What is there when Kafka Connect is made. */
export interface Surroundings {
  /** Unique for each stack, e.g. `pipeline-dev`: the name that people see, and the owner of the connectors. */
  readonly displayName: string;
  readonly cluster: Cluster;
  readonly topics: Topics;
  /** By principal. */
  readonly accounts: ReadonlyMap<string, Account>;
  readonly aws: AwsRegion | undefined;
  readonly sinks: Sinks;
}

/** What a host of the user's needs, when workers run on one. */
export interface ForHost {
  readonly bundle?: pulumi.Output<Record<string, string>>;
  readonly secrets?: pulumi.Output<string>;
}

/** Kafka Connect as others wait for it. */
export interface Connect extends ForHost {
  /** The source connectors. */
  readonly connectors: readonly pulumi.Resource[];
}

/** Kafka Connect with the source connectors, wherever the environment has it. */
export function connectOf(environment: Environment, surroundings: Surroundings): Connect {
  const { connect, ephemeral, stack } = environment;
  const { displayName, cluster, topics, accounts, aws } = surroundings;
  const network = networkOf(environment, displayName, aws);
  const sources = sourceDatabases(environment, displayName, aws, network);
  surroundings.sinks.managed.forEach((sink) => new ManagedSink(`connect-${sinkName(sink.target)}`, sink));
  if (connect.placement === "managed") {
    return { connectors: makeManaged(environment, surroundings, sources) };
  }
  const workers = accountOf(accounts, "workers");
  const own = selfHosted({
    stack,
    cluster,
    workers,
    sources,
    sinks: surroundings.sinks.onWorkers,
  });
  const { reach, declarations, ...forHost } =
    connect.placement === "ec2"
      ? onEc2(environment, surroundings, own, network)
      : onPremises(environment, displayName, own);
  // Not part of a placement: connectors stay what they are when workers move.
  const connectors = new Connectors("connectors", {
    owner: displayName,
    connectors: declarations,
    reach,
    ephemeral,
    after: [topics, workers],
  });
  return { ...forHost, connectors: [connectors] };
}

/** Where workers are, with what their connectors are told there. */
interface Hosted extends ForHost {
  readonly reach: pulumi.Input<Reach>;
  readonly declarations: readonly ConnectorDeclaration[];
}

function onEc2(
  { connect, ephemeral }: Environment,
  { displayName, aws }: Surroundings,
  own: SelfHosted,
  network: Network | undefined,
): Hosted {
  if (network === undefined || aws === undefined) {
    throw new Error("there is no network for the workers");
  }
  const { reach, connectors } = new Ec2Connect(
    "connect",
    {
      ...own,
      displayName,
      region: aws.region,
      network,
      image: connect.image,
      instances: { count: connect.workers, type: connect.instanceType, spot: connect.spot },
      logDays: connect.logDays,
      ephemeral,
    },
    { providers: [aws.provider] },
  );
  return { reach, declarations: connectors };
}

function onPremises({ connect, stack, ephemeral }: Environment, owner: string, own: SelfHosted): Hosted {
  const { image, url } = connect;
  if (typeof image !== "string") {
    throw new Error("an image is built for workers in AWS only");
  }
  const { reach, bundle, secrets } = new OnPremisesConnect("connect", { ...own, stack, owner, image, url, ephemeral });
  return { reach, declarations: own.connectors, bundle, secrets };
}

/** Each source connector has an account of its own, and is told what one on our workers is told. */
function makeManaged(
  { stack, ephemeral }: Environment,
  { cluster, topics, accounts }: Surroundings,
  sources: readonly SourceDatabase[],
): ManagedConnector[] {
  return sources.map(({ source, settings, password, state, position, ...database }) => {
    const account = accountOf(accounts, `source-${source.name}`);
    return new ManagedConnector(
      `connect-${source.name}`,
      {
        cluster,
        account,
        source,
        stack,
        database,
        password,
        extra: settings,
        position,
        ephemeral,
        ...(state === "paused" ? { status: "PAUSED" as const } : {}),
      },
      { dependsOn: [topics, account] },
    );
  });
}
