import { ApiKey } from "@pulumi/confluentcloud/apiKey.js";
import { ServiceAccount } from "@pulumi/confluentcloud/serviceAccount.js";
import * as pulumi from "@pulumi/pulumi";
import type { Principal } from "../../model/access.ts";
import { credentialsOf, managed, ownerOf, type Cluster, type Credentials, type ManagedResource } from "./cluster.ts";
import { giveRights } from "./rights.ts";

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
  /** Its roles on subjects. */
  readonly subjectRoles: readonly pulumi.Resource[];
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
    const { account } = this;
    const given = giveRights(name, principal, { cluster, account, access: args.access }, this);
    const rights = [...given.inKafka, ...given.onSubjects];
    this.subjectRoles = given.onSubjects;
    const keyFor = (part: Principal["keys"][number], resource: ManagedResource): Credentials | undefined =>
      principal.keys.includes(part)
        ? credentialsOf(this.#makeKey(`${name}-${part}-key`, `${args.displayName}-${part}`, resource, cluster, rights))
        : undefined;
    this.kafkaCredentials = keyFor("kafka", cluster.kafka);
    this.registryCredentials = keyFor("registry", cluster.registry);

    this.registerOutputs({ id: this.account.id });
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

/** Throws when there is none. `accounts`: by principal. */
export function accountOf(accounts: ReadonlyMap<string, Account>, principal: string): Account {
  const account = accounts.get(principal);
  if (account === undefined) {
    throw new Error(`there is no account ${principal}`);
  }
  return account;
}
