import { ApiKey } from "@pulumi/confluentcloud/apiKey.js";
import { KsqlCluster as Ksql } from "@pulumi/confluentcloud/ksqlCluster.js";
import { RoleBinding } from "@pulumi/confluentcloud/roleBinding.js";
import * as pulumi from "@pulumi/pulumi";
import { internalGrants } from "../../model/access.ts";
import type { csuSizes } from "../../model/streams.ts";
import type { Account } from "../kafka/account.ts";
import { credentialsOf, managed, ownerOf, type Cluster } from "../kafka/cluster.ts";
import { giveRights, unknownPrefix } from "../kafka/rights.ts";
import type { Connection } from "./statements.ts";

export interface KsqlClusterArgs {
  cluster: Cluster;
  /** Name in Confluent Cloud: 1 to 64 letters, digits, `-` and `_`. A change replaces the cluster. */
  displayName: string;
  /** Size. A change replaces the cluster, and every query in it begins anew: the provider cannot change it in place. */
  csu: (typeof csuSizes)[number];
  /** What its queries run as. A change replaces the cluster. */
  account: Account;
  /** How rights in Kafka are given. */
  access: "acl" | "rbac";
  /** Accounts of teams that send statements, too, by team. */
  guests: Readonly<Record<string, Account>>;
  /** `false` protects the cluster against deletion. `true`: its internal topics go with it. */
  ephemeral: boolean;
}

/**
 * A ksqlDB cluster in Confluent Cloud, with the rights on its internal topics and the keys for those who send it statements.
 * It is made after its account's roles in Schema Registry: one that finds no registry never finds it, and has to be made
 * again. Rights in Kafka may come while it is being made.
 */
export class KsqlCluster extends pulumi.ComponentResource {
  readonly ksql: Ksql;
  /** For statements of its own account. */
  readonly connection: Connection;
  /** For statements of teams, by team. */
  readonly guests: Readonly<Record<string, Connection>>;

  constructor(name: string, args: KsqlClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pipeline:streams:KsqlCluster", name, {}, opts);
    const { cluster, account } = args;

    this.ksql = new Ksql(
      `${name}-cluster`,
      {
        displayName: args.displayName,
        csu: args.csu,
        environment: { id: cluster.environment.id },
        kafkaCluster: { id: cluster.kafka.id },
        credentialIdentity: { id: account.account.id },
        useDetailedProcessingLog: false, // rows do not belong into a log
      },
      {
        parent: this, // not `deletedWith` the Kafka cluster, which cannot be deleted as long as this is there
        protect: !args.ephemeral,
        dependsOn: [...account.subjectRoles],
        deleteBeforeReplace: true, // two clusters would both write the results
        customTimeouts: { create: "60m" }, // the provider's own is 12 hours
      },
    );
    const internal = { name, purpose: "", keys: [], grants: internalGrants(unknownPrefix) };
    const given = giveRights(
      name,
      internal,
      { cluster, account: account.account, access: args.access, prefix: this.ksql.topicPrefix },
      this,
    );
    const rights = [...given.inKafka, ...given.onSubjects];
    const after = [account, this.ksql, ...rights, ...(args.ephemeral ? [this.#sweeper(name, cluster)] : [])];
    this.connection = this.#connect(name, args.displayName, account, cluster, after);
    this.guests = Object.fromEntries(
      Object.entries(args.guests).map(([team, guest]) => [
        team,
        this.#connect(`${name}-${team}`, `${args.displayName}-${team}`, guest, cluster, after),
      ]),
    );

    this.registerOutputs({ endpoint: this.ksql.restEndpoint });
  }

  /** The role, then the key, so that destroy takes the key first. Nothing waits for either: our client asks until it is let in. */
  #connect(
    name: string,
    displayName: string,
    { account }: Account,
    { environment }: Cluster,
    rights: readonly pulumi.Resource[],
  ): Connection {
    const opts = { parent: this, deletedWith: account };
    const maySend = new RoleBinding(
      `${name}-admin`,
      {
        principal: pulumi.interpolate`User:${account.id}`,
        roleName: "KsqlAdmin",
        crnPattern: this.ksql.resourceName,
        disableWaitForReady: true,
      },
      opts,
    );
    const key = new ApiKey(
      `${name}-key`,
      {
        displayName: `${displayName}-statements`,
        owner: ownerOf(account),
        managedResource: managed(this.ksql, environment),
        disableWaitForReady: true, // 5 minutes
      },
      { ...opts, dependsOn: [...rights, maySend] },
    );
    return { endpoint: this.ksql.restEndpoint, ...credentialsOf(key), after: [...rights, maySend] };
  }

  /** Confluent leaves the topics of a ksqlDB cluster behind: this deletes them, after the statements and before the cluster. */
  #sweeper(name: string, cluster: Cluster): pulumi.Resource {
    return new InternalTopics(
      `${name}-internal-topics`,
      {
        restEndpoint: cluster.kafka.restEndpoint,
        cluster: cluster.kafka.id,
        prefix: this.ksql.topicPrefix,
        key: cluster.kafkaCredentials.key,
        secret: pulumi.secret(cluster.kafkaCredentials.secret),
      },
      { parent: this, deletedWith: cluster.kafka },
    );
  }
}

/** Our own provider's resource: `providers/ksqldb/internalTopics.ts` says what its inputs are. */
class InternalTopics extends pulumi.CustomResource {
  constructor(
    name: string,
    args: Readonly<Record<"restEndpoint" | "cluster" | "prefix" | "key" | "secret", pulumi.Input<string>>>,
    opts: pulumi.CustomResourceOptions,
  ) {
    super("dataplane:ksqldb:InternalTopics", name, args, opts);
  }
}
