import { hashOf, idOf, types } from "./confluent/common.ts";
import { prefixOf } from "./confluent/ksqlCluster.ts";
import type { Inventory } from "./inventory.ts";
import { forget, KsqlDb } from "./ksqlDb.ts";
import type { Done, Intervene } from "./provider.ts";

/** The servers behind all simulated ksqlDB clusters: one each, as long as the cluster is there and the sandbox runs. */
export class KsqlDbServers {
  /** Asked before each operation, like those of the providers. */
  intervene: Intervene = () => undefined;
  readonly #cloud: Inventory;
  readonly #done: Done[];
  readonly #servers = new Map<string, KsqlDb>();
  readonly #emptyTopics: ReadonlySet<string>;

  constructor(cloud: Inventory, done: Done[], emptyTopics: ReadonlySet<string>) {
    this.#emptyTopics = emptyTopics;
    this.#cloud = cloud;
    this.#done = done;
  }

  /** Starts the server of a cluster, and gives its address. `port`: default, one that is free. */
  start(cluster: string, port?: number): Promise<string> {
    const server = new KsqlDb(this.#cloud, this.#done, this.#emptyTopics, cluster);
    server.intervene = (operation, urn) => this.intervene(operation, urn);
    server.server.serviceId = prefixOf(cluster);
    server.server.admits = (authorization) => this.#admits(cluster, authorization);
    this.#servers.set(cluster, server);
    return server.listen(port);
  }

  /** Starts those of the clusters that an earlier run made, at the addresses that the state has. */
  async resume(): Promise<void> {
    for (const { id, properties } of this.#cloud.all(types.ksqlCluster)) {
      if (!this.#servers.has(id)) {
        await this.start(id, Number(new URL(String(properties.restEndpoint)).port));
      }
    }
  }

  /** What ran in it is gone with it. */
  stop(cluster: string): void {
    this.#servers.get(cluster)?.close();
    this.#servers.delete(cluster);
    forget(this.#cloud, cluster);
  }

  close(): void {
    [...this.#servers.values()].forEach((server) => server.close());
  }

  /** A key of the cluster's own, whose account has the role to send statements. */
  #admits(cluster: string, authorization: string): boolean | "forbidden" {
    const [id, secret] = Buffer.from(authorization.replace(/^Basic /, ""), "base64")
      .toString()
      .split(":");
    const known = this.#cloud.get(types.apiKey, id);
    if (known?.hidden?.secretHash !== hashOf(secret ?? "") || idOf(known.properties, "managedResource") !== cluster) {
      return false;
    }
    const account = String(idOf(known.properties, "owner"));
    const mayAdminister = this.#cloud.find(
      types.roleBinding,
      ({ principal, roleName, crnPattern }) =>
        principal === `User:${account}` && roleName === "KsqlAdmin" && String(crnPattern).endsWith(`/ksql=${cluster}`),
    );
    return mayAdminister === undefined ? "forbidden" : true;
  }
}
