import { ApiKey } from "@pulumi/confluentcloud/apiKey.js";
import { Environment } from "@pulumi/confluentcloud/environment.js";
import { getSchemaRegistryClusterOutput } from "@pulumi/confluentcloud/getSchemaRegistryCluster.js";
import { KafkaCluster } from "@pulumi/confluentcloud/kafkaCluster.js";
import { RoleBinding } from "@pulumi/confluentcloud/roleBinding.js";
import { ServiceAccount } from "@pulumi/confluentcloud/serviceAccount.js";
import * as pulumi from "@pulumi/pulumi";

export interface ClusterArgs {
  /** Name of the environment and the cluster, as people see them in Confluent Cloud. In place. */
  displayName: string;
  /** Display name of the account that makes topics and ACLs: at most 64 characters, unique in the organization. In place. */
  adminName: string;
  /** A change replaces the cluster and everything in it. */
  cloud: "AWS" | "GCP" | "AZURE";
  /** Region in the cloud's own spelling. A change replaces the cluster and everything in it. */
  region: string;
  /** `basic` to `standard` happens in place; the provider refuses every other change. */
  type: "basic" | "standard" | "dedicated";
  /** A change replaces the cluster and everything in it. */
  availability: "SINGLE_ZONE" | "MULTI_ZONE";
  /** CKU of a dedicated cluster: 1 or more, in MULTI_ZONE 2 or more. Not read for other types. In place. */
  cku: number;
  /** Stream Governance package. In place. */
  governance: "ESSENTIALS" | "ADVANCED";
  /** `false` protects the environment and the cluster against deletion. */
  ephemeral: boolean;
}

/** An API key: its id is no secret, its secret is. */
export interface Credentials {
  key: pulumi.Output<string>;
  secret: pulumi.Output<string>;
}

/** What a key can be for: a cluster or a Schema Registry. */
export interface ManagedResource {
  id: pulumi.Output<string>;
  apiVersion: pulumi.Output<string>;
  kind: pulumi.Output<string>;
}

/** A Confluent environment with a Kafka cluster, its Schema Registry, and an admin whose keys make everything else in them. */
export class Cluster extends pulumi.ComponentResource {
  readonly environment: Environment;
  readonly kafka: KafkaCluster;
  /** The Schema Registry of the environment: Confluent makes it with the first cluster. */
  readonly registry: ManagedResource & { restEndpoint: pulumi.Output<string>; crn: pulumi.Output<string> };
  /** Makes topics and ACLs. */
  readonly kafkaCredentials: Credentials;
  /** Sets compatibility levels. */
  readonly registryCredentials: Credentials;

  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pipeline:kafka:Cluster", name, {}, opts);
    const own = { parent: this };
    const lasting = { parent: this, protect: !args.ephemeral };

    this.environment = new Environment(
      `${name}-environment`,
      { displayName: args.displayName, streamGovernance: { package: args.governance } },
      lasting,
    );
    this.kafka = new KafkaCluster(
      `${name}-cluster`,
      {
        displayName: args.displayName,
        environment: { id: this.environment.id },
        cloud: args.cloud,
        region: args.region,
        availability: args.availability,
        ...typeBlock(args),
      },
      lasting,
    );
    this.registry = lookUpRegistry(this.environment, this.kafka, this);

    const admin = new ServiceAccount(
      `${name}-admin`,
      { displayName: args.adminName, description: "Makes topics, rights and compatibility levels for pulumi" },
      own,
    );
    const principal = pulumi.interpolate`User:${admin.id}`;
    const ofAdmin = { parent: this, deletedWith: admin };
    // These two waits (90 s each, side by side) are on the critical path on purpose: the keys are used at once, and a
    // binding that has not reached the cluster answers 403.
    const mayAdminister = new RoleBinding(
      `${name}-admin-cluster`,
      { principal, roleName: "CloudClusterAdmin", crnPattern: this.kafka.rbacCrn },
      ofAdmin,
    );
    const mayConfigure = new RoleBinding(
      `${name}-admin-subjects`,
      { principal, roleName: "ResourceOwner", crnPattern: pulumi.interpolate`${this.registry.crn}/subject=*` },
      ofAdmin,
    );
    const keyFor = (part: string, resource: ManagedResource, binding: RoleBinding): Credentials =>
      credentialsOf(
        new ApiKey(
          `${name}-admin-${part}-key`,
          {
            displayName: `${args.adminName}-${part}`,
            owner: ownerOf(admin),
            managedResource: managed(resource, this.environment),
          },
          { ...ofAdmin, dependsOn: [binding] },
        ),
      );
    this.kafkaCredentials = keyFor("kafka", this.kafka, mayAdminister);
    this.registryCredentials = keyFor("registry", this.registry, mayConfigure);

    this.registerOutputs({
      bootstrapEndpoint: this.kafka.bootstrapEndpoint,
      registryEndpoint: this.registry.restEndpoint,
    });
  }
}

/** The three members of an API key's owner. */
export function ownerOf(account: ServiceAccount): ManagedResource {
  return { id: account.id, apiVersion: account.apiVersion, kind: account.kind };
}

/** What an API key is for, with the environment that it is in. */
export function managed(resource: ManagedResource, environment: Environment) {
  return {
    id: resource.id,
    apiVersion: resource.apiVersion,
    kind: resource.kind,
    environment: { id: environment.id },
  };
}

export function credentialsOf(key: ApiKey): Credentials {
  return { key: key.id, secret: key.secret };
}

function typeBlock({ type, cku }: ClusterArgs) {
  switch (type) {
    case "basic":
      return { basic: {} };
    case "standard":
      return { standard: {} };
    case "dedicated":
      return { dedicated: { cku } };
  }
}

/** There is no registry before there is a cluster, so the look-up waits for it. */
function lookUpRegistry(environment: Environment, kafka: KafkaCluster, parent: pulumi.Resource): Cluster["registry"] {
  const found = getSchemaRegistryClusterOutput({ environment: { id: environment.id } }, { parent, dependsOn: [kafka] });
  return {
    id: found.id,
    apiVersion: found.apiVersion,
    kind: found.kind,
    restEndpoint: found.restEndpoint,
    crn: found.resourceName,
  };
}
