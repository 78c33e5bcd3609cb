import { aws } from "./aws.ts";
import { confluentCloud } from "./confluent.ts";
import { ksqlClusters } from "./confluent/ksqlCluster.ts";
import { cloudLogin, ConfluentApi } from "./confluentApi.ts";
import { docker, dockerBuild } from "./docker.ts";
import { ConnectWorkers } from "./connectWorkers.ts";
import { KsqlDb } from "./ksqlDb.ts";
import { KsqlDbServers } from "./ksqlDbServers.ts";
import { Inventory } from "./inventory.ts";
import { snowflake } from "./snowflake.ts";
import { SystemsManager } from "./systemsManager.ts";
import { SimulatedProvider, type Done, type Intervene } from "./provider.ts";
import type { SimulatedFunction, SimulatedPackage, SimulatedResource } from "./simulated.ts";

const packages: readonly SimulatedPackage[] = [confluentCloud, aws, docker, dockerBuild, snowflake];

/** Every simulated cloud that a stack meets: one provider a package, and what exists in all of them. */
export class Clouds {
  readonly inventory: Inventory;
  readonly providers: readonly SimulatedProvider[];
  /** What was done in any of them, in order. */
  readonly done: Done[] = [];
  /** Asked before each operation, of whatever package. */
  intervene: Intervene = () => undefined;

  /** Topics whose tables have no row yet, so that no connector has registered their schema. Default: none. */
  readonly emptyTopics = new Set<string>();
  /** The Kafka Connect cluster on the stack's workers. */
  readonly workers: ConnectWorkers;
  /** A ksqlDB server of the user's own; it listens when it is asked to. */
  readonly ksqlDb: KsqlDb;

  readonly #systemsManager: SystemsManager;
  readonly #confluentApi: ConfluentApi;
  readonly #ksqlDbs: KsqlDbServers;

  constructor(inventory = new Inventory()) {
    this.inventory = inventory;
    this.workers = new ConnectWorkers(inventory);
    this.#systemsManager = new SystemsManager(inventory, this.workers, this.done);
    this.#systemsManager.intervene = (operation, urn) => this.intervene(operation, urn);
    this.ksqlDb = new KsqlDb(inventory, this.done, this.emptyTopics);
    this.ksqlDb.intervene = (operation, urn) => this.intervene(operation, urn);
    this.#confluentApi = new ConfluentApi(inventory);
    this.#ksqlDbs = new KsqlDbServers(inventory, this.done, this.emptyTopics);
    this.#ksqlDbs.intervene = (operation, urn) => this.intervene(operation, urn);
    const knownToApi: SimulatedPackage = {
      ...confluentCloud,
      resources: { ...confluentCloud.resources, ...ksqlClusters(this.#ksqlDbs) },
      checkConfig: (config) => this.#confluentApi.takesKeyOf(config),
    };
    this.providers = packages.map((simulated) => {
      const own = simulated === confluentCloud ? knownToApi : simulated;
      const provider = new SimulatedProvider(own, inventory, this.done);
      provider.intervene = (operation, urn) => this.intervene(operation, urn);
      return provider;
    });
  }

  /** Where our own provider finds the services that it calls itself. */
  async environment(): Promise<Readonly<Record<string, string>>> {
    await this.#ksqlDbs.resume();
    const confluent = await this.#confluentApi.listen();
    return {
      AWS_ENDPOINT_URL_SSM: await this.#systemsManager.listen(),
      AWS_ACCESS_KEY_ID: "SANDBOX",
      AWS_SECRET_ACCESS_KEY: "sandbox",
      CONNECT_URL: await this.workers.listen(),
      CONFLUENT_CLOUD_API_KEY: cloudLogin.key,
      CONFLUENT_CLOUD_API_SECRET: cloudLogin.secret,
      CONFLUENT_CLOUD_ENDPOINT: confluent,
      CONFLUENT_KAFKA_REST_ENDPOINT: confluent,
      // A simulated connector that runs goes on running: there is no need to watch it for seconds.
      CONFLUENT_CONNECTOR_STEADY_SECONDS: "0.2",
    };
  }

  close(): void {
    this.providers.forEach((provider) => provider.close());
    this.#systemsManager.close();
    this.workers.close();
    this.ksqlDb.close();
    this.#confluentApi.close();
    this.#ksqlDbs.close();
  }
}

/** How a resource type behaves; `undefined` for one that no cloud here has. */
export function simulatedResource(type: string): SimulatedResource | undefined {
  return packages.map(({ resources }) => resources[type]).find((resource) => resource !== undefined);
}

/** A function that any of the clouds has. */
export function simulatedFunction(token: string): SimulatedFunction | undefined {
  return packages.map(({ functions }) => functions[token]).find((call) => call !== undefined);
}
