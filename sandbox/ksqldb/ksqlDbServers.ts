import { idOf, types } from "../cloud/confluent/common.ts";
import type { Inventory } from "../cloud/inventory.ts";
import { startKsqlDb, type KsqlDbCluster, type RunningKsqlDb } from "./startKsqlDb.ts";

/** The servers behind all simulated ksqlDB clusters: one each, as long as the cluster is there and the sandbox runs. */
export class KsqlDbServers {
  readonly #cloud: Inventory;
  readonly #servers = new Map<string, Promise<RunningKsqlDb>>();

  constructor(cloud: Inventory) {
    this.#cloud = cloud;
  }

  /** Starts the server of a new cluster, and gives its address. */
  async start(cluster: KsqlDbCluster): Promise<string> {
    const server = startKsqlDb(cluster);
    this.#servers.set(cluster.id, server);
    return (await server).url;
  }

  /** Starts those of the clusters that an earlier run made, at the addresses that they had. */
  async resume(): Promise<void> {
    for (const { id, properties } of this.#cloud.all(types.ksqlCluster)) {
      if (!this.#servers.has(id)) {
        const port = Number(new URL(String(properties.restEndpoint)).port);
        const kafkaCluster = idOf(properties, "kafkaCluster") ?? "";
        await this.start({ id, topicPrefix: String(properties.topicPrefix), kafkaCluster, port });
      }
    }
  }

  stop(id: string): void {
    void this.#servers.get(id)?.then((server) => server.close());
    this.#servers.delete(id);
  }

  close(): void {
    [...this.#servers.keys()].forEach((id) => this.stop(id));
  }
}
