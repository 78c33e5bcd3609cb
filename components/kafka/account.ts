import { ApiKey } from "@pulumi/confluentcloud/apiKey.js";
import { KafkaAcl } from "@pulumi/confluentcloud/kafkaAcl.js";
import { RoleBinding } from "@pulumi/confluentcloud/roleBinding.js";
import { ServiceAccount } from "@pulumi/confluentcloud/serviceAccount.js";
import * as pulumi from "@pulumi/pulumi";
import { aclsOf, rolesOf, type Acl, type Principal, type Role } from "../../model/access.ts";
import { credentialsOf, managed, ownerOf, type Cluster, type Credentials, type ManagedResource } from "./cluster.ts";

export interface AccountArgs {
  cluster: Cluster;
  /** What it is for and what it may do. A right is never changed, only given and taken. */
  principal: Principal;
  /** At most 64 characters, unique in the organization. In place. */
  displayName: string;
  /** How rights in Kafka are given: `acl` on basic clusters, which know no roles on topics. A change replaces the rights, new ones first. */
  access: "acl" | "rbac";
}

/** A service account for one purpose, with the least rights that it needs and the keys that it uses. */
export class Account extends pulumi.ComponentResource {
  readonly account: ServiceAccount;
  /** Present when the principal has a key for Kafka. */
  readonly kafkaCredentials: Credentials | undefined;
  /** Present when the principal has a key for Schema Registry. */
  readonly registryCredentials: Credentials | undefined;

  constructor(name: string, args: AccountArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pipeline:kafka:Account", name, {}, opts);
    const { cluster, principal } = args;

    this.account = new ServiceAccount(
      `${name}-account`,
      { displayName: args.displayName, description: principal.purpose },
      { parent: this },
    );
    const rights = [
      ...(args.access === "acl" ? aclsOf(principal).map((acl) => this.#allow(name, acl, cluster)) : []),
      ...rolesOf(principal)
        .filter((role) => args.access === "rbac" || role.resource === "SUBJECT")
        .map((role) => this.#bind(name, role, cluster)),
    ];
    const keyFor = (part: Principal["keys"][number], resource: ManagedResource): Credentials | undefined =>
      principal.keys.includes(part)
        ? credentialsOf(this.#makeKey(`${name}-${part}-key`, `${args.displayName}-${part}`, resource, cluster, rights))
        : undefined;
    this.kafkaCredentials = keyFor("kafka", cluster.kafka);
    this.registryCredentials = keyFor("registry", cluster.registry);

    this.registerOutputs({ id: this.account.id });
  }

  #allow(name: string, acl: Acl, cluster: Cluster): KafkaAcl {
    const shown = acl.resourceName + (acl.patternType === "PREFIXED" ? "*" : "");
    return new KafkaAcl(
      `${name}-${acl.operation.toLowerCase()}-${acl.resourceType.toLowerCase()}-${shown}`,
      {
        ...acl,
        principal: pulumi.interpolate`User:${this.account.id}`,
        permission: "ALLOW",
        host: "*",
        kafkaCluster: { id: cluster.kafka.id },
        restEndpoint: cluster.kafka.restEndpoint,
        credentials: cluster.kafkaCredentials,
      },
      { parent: this, deletedWith: cluster.kafka },
    );
  }

  #bind(name: string, role: Role, cluster: Cluster): RoleBinding {
    const { kafka, registry } = cluster;
    const encoded = encodeURIComponent(role.namePattern).replaceAll("%2A", "*");
    const crnPattern =
      role.resource === "SUBJECT"
        ? pulumi.interpolate`${registry.crn}/subject=${encoded}`
        : pulumi.interpolate`${kafka.rbacCrn}/kafka=${kafka.id}/${role.resource.toLowerCase()}=${encoded}`;
    return new RoleBinding(
      `${name}-${role.roleName}-${role.resource.toLowerCase()}-${role.namePattern}`,
      {
        principal: pulumi.interpolate`User:${this.account.id}`,
        roleName: role.roleName,
        crnPattern,
        // Nothing in the stack uses these rights the moment they are made, so nothing waits for them (90 s each).
        disableWaitForReady: true,
      },
      { parent: this, deletedWith: this.account },
    );
  }

  /** After the rights, so that destroy takes the key first: a key without rights only makes confusing errors. */
  #makeKey(
    name: string,
    displayName: string,
    resource: ManagedResource,
    { environment }: Cluster,
    rights: pulumi.Resource[],
  ): ApiKey {
    return new ApiKey(
      name,
      {
        displayName,
        owner: ownerOf(this.account),
        managedResource: managed(resource, environment),
        disableWaitForReady: true, // nothing in the stack uses it at once
      },
      { parent: this, dependsOn: rights, deletedWith: this.account },
    );
  }
}
