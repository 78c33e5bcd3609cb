import type * as pulumi from "@pulumi/pulumi";
import type { Account } from "./components/kafka/account.ts";
import type { Cluster } from "./components/kafka/cluster.ts";
import type { Topics } from "./components/kafka/topics.ts";
import { KsqlCluster } from "./components/streams/ksqlCluster.ts";
import { Statements, type Connection } from "./components/streams/statements.ts";
import type { Environment } from "./config.ts";
import type { KsqlDbPlan } from "./model/ksql/plan.ts";
import { accountOfTeam } from "./model/streams.ts";

/** What is there when ksqlDB is made. */
export interface StreamsSurroundings {
  /** Unique for each stack, e.g. `pipeline-dev`. */
  readonly displayName: string;
  readonly cluster: Cluster;
  readonly topics: Topics;
  /** By principal. */
  readonly accounts: ReadonlyMap<string, Account>;
  /** The source connectors, as far as the stack makes them. */
  readonly connectors: readonly pulumi.Resource[];
}

/** Every ksqlDB of the environment with its statements; nothing when no transformation is on. Gives what makes results. */
export function makeStreams(environment: Environment, surroundings: StreamsSurroundings): readonly pulumi.Resource[] {
  const { topics, connectors } = surroundings;
  const ksqlDbs = environment.plans.map((plan) => ({
    team: plan.team ?? "",
    statements: plan.statements,
    ...connectionsOf(environment, plan, surroundings),
  }));
  return ksqlDbs.length === 0
    ? []
    : [new Statements("statements", { ksqlDbs, topics: topics.topics, sources: connectors })];
}

interface Connections {
  readonly connection: Connection;
  readonly guests: Readonly<Record<string, Connection>>;
}

function connectionsOf(
  { streams, kafka, ephemeral }: Environment,
  plan: KsqlDbPlan,
  { displayName, cluster, accounts }: StreamsSurroundings,
): Connections {
  const config = plan.team === undefined ? streams.shared : (streams.teams[plan.team] ?? streams.shared);
  const account = accountOf(accounts, plan.name);
  if (config.runs === "own") {
    const { endpoint, key, secret } = config;
    return { connection: { endpoint, key, secret, after: [account] }, guests: {} };
  }
  const { connection, guests } = new KsqlCluster(plan.team === undefined ? "streams" : `streams-${plan.team}`, {
    cluster,
    displayName: `${displayName}-${plan.name}`,
    csu: config.csu,
    account,
    access: kafka.access,
    guests: Object.fromEntries(plan.guests.map((team) => [team, accountOf(accounts, accountOfTeam(team))])),
    ephemeral,
  });
  return { connection, guests };
}

function accountOf(accounts: ReadonlyMap<string, Account>, principal: string): Account {
  const account = accounts.get(principal);
  if (account === undefined) {
    throw new Error(`there is no account ${principal}`);
  }
  return account;
}
