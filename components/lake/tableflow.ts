import { ApiKey } from "@pulumi/confluentcloud/apiKey.js";
import { CatalogIntegration } from "@pulumi/confluentcloud/catalogIntegration.js";
import { RoleBinding } from "@pulumi/confluentcloud/roleBinding.js";
import { TableflowTopic } from "@pulumi/confluentcloud/tableflowTopic.js";
import * as pulumi from "@pulumi/pulumi";
import { deadLetterPrefix } from "../../model/internalNames.ts";
import type { Account } from "../kafka/account.ts";
import { credentialsOf, ownerOf, type Cluster, type Credentials } from "../kafka/cluster.ts";
import type { Lake } from "./lake.ts";

export interface TableflowArgs {
  /** The target's name. */
  target: string;
  cluster: Cluster;
  /** The account `sink-<target>`, which turns Tableflow on and owns its key. */
  account: Account;
  /** Where the tables are kept and published. */
  lake: Lake;
  /** The topics that become tables, by name. A topic that is made anew gets a new table. */
  topics: Readonly<Record<string, pulumi.CustomResource>>;
  /** What registers the schemas of the topics' values, without which Tableflow refuses a topic. */
  schemas: readonly pulumi.Resource[];
  /** `false` protects the tables against deletion. */
  ephemeral: boolean;
}

/** Topics as Iceberg tables that Confluent keeps in a bucket of ours and publishes to Glue. */
export class Tableflow extends pulumi.ComponentResource {
  constructor(name: string, args: TableflowArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pipeline:lake:Tableflow", name, {}, opts);
    const { target, cluster, lake, topics, schemas, ephemeral } = args;
    const credentials = makeKey(name, args, this);
    const environment = { id: cluster.environment.id };
    const kafkaCluster = { id: cluster.kafka.id };
    const providerIntegrationId = lake.integration.id;
    new CatalogIntegration(
      `${name}-catalog`,
      {
        displayName: target,
        environment,
        kafkaCluster,
        awsGlue: { providerIntegrationId, customDatabase: lake.database.name },
        credentials,
      },
      { parent: this, dependsOn: [...lake.ready], deleteBeforeReplace: true },
    );
    for (const [topic, resource] of Object.entries(topics)) {
      new TableflowTopic(
        `${name}-${topic}`,
        {
          displayName: topic,
          environment,
          kafkaCluster,
          tableFormats: ["ICEBERG"],
          byobAws: { bucketName: lake.bucket.bucket, providerIntegrationId },
          // A record that cannot be read stops the table else.
          errorHandling: { mode: "LOG", logTarget: deadLetterPrefix + target },
          // As Athena takes them without quotes: by default they begin with $$.
          metadataColumnNamingScheme: "PORTABLE",
          credentials,
        },
        {
          parent: this,
          protect: !ephemeral,
          dependsOn: [...lake.ready, ...schemas],
          replaceWith: [resource],
          deleteBeforeReplace: true, // a topic has one table
        },
      );
    }
    this.registerOutputs({ topics: Object.keys(topics) });
  }
}

/** What Confluent asks for: all of the cluster, and the way into the account at AWS. */
function makeKey(
  name: string,
  { target, cluster, account, lake }: TableflowArgs,
  parent: pulumi.Resource,
): Credentials {
  const principal = pulumi.interpolate`User:${account.account.id}`;
  const opts = { parent, deletedWith: account.account };
  const rights = [
    new RoleBinding(
      `${name}-cluster`,
      { principal, roleName: "CloudClusterAdmin", crnPattern: cluster.kafka.rbacCrn },
      opts,
    ),
    new RoleBinding(
      `${name}-integration`,
      {
        principal,
        roleName: "Assigner",
        crnPattern: pulumi.interpolate`${cluster.environment.resourceName}/provider-integration=${lake.integration.id}`,
      },
      opts,
    ),
  ];
  return credentialsOf(
    new ApiKey(
      `${name}-key`,
      {
        displayName: `${target}-tableflow`,
        owner: ownerOf(account.account),
        managedResource: {
          id: "tableflow",
          apiVersion: "tableflow/v1",
          kind: "Tableflow",
          environment: { id: cluster.environment.id },
        },
      },
      { ...opts, dependsOn: [...rights, account] },
    ),
  );
}
