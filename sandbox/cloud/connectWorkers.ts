import { ConnectCluster } from "./connect/cluster.ts";
import type { ConnectState } from "./connect/state.ts";
import { ConnectServer } from "./connect/server.ts";
import type { Inventory } from "./inventory.ts";
import { unresolvedSecret } from "./sinkSecrets.ts";

/** Types under which what a Connect cluster keeps stands in the inventory: it counts as left behind, like anything else. */
const kinds = { connector: "connect:connector", offsets: "connect:offsets", slot: "postgres:replicationSlot" } as const;

/** The Kafka Connect cluster of the simulated workers, whose connectors are part of what exists. */
export class ConnectWorkers {
  /** The trace with which a connector's task fails when it starts; `undefined`: it runs. */
  fails: (name: string, config: Readonly<Record<string, string>>) => string | undefined = () => undefined;

  readonly #cluster: ConnectCluster;
  #server: Promise<ConnectServer> | undefined;

  constructor(cloud: Inventory) {
    this.#cluster = new ConnectCluster({
      state: stateIn(cloud),
      changed: (state) => keep(cloud, state),
      fails: (name, config) => this.fails(name, config) ?? unresolvedSecret(cloud, config),
    });
  }

  /** Address of its REST interface; starts it at the first call. */
  async listen(): Promise<string> {
    this.#server ??= ConnectServer.start(this.#cluster);
    return (await this.#server).url;
  }

  /** What was asked of it so far that changes something, in order: `PUT /connectors/mssql/stop`. */
  async writes(): Promise<string[]> {
    return ((await this.#server)?.writes ?? []).map(({ method, path }) => `${method} ${path}`);
  }

  has(connector: string): boolean {
    return this.#cluster.state.connectors[connector] !== undefined;
  }

  close(): void {
    void this.#server?.then((server) => server.close());
  }
}

function stateIn(cloud: Inventory): ConnectState {
  const connectors = cloud.all(kinds.connector).map(({ id, hidden }) => [id, hidden?.connector] as const);
  const offsets = [...cloud.all(kinds.connector), ...cloud.all(kinds.offsets)]
    .filter(({ hidden }) => hidden?.offsets !== undefined)
    .map(({ id, hidden }) => [id, hidden?.offsets] as const);
  return {
    connectors: Object.fromEntries(connectors) as ConnectState["connectors"],
    offsets: Object.fromEntries(offsets) as ConnectState["offsets"],
    slots: cloud.all(kinds.slot).map(({ id }) => id),
  };
}

function keep(cloud: Inventory, { connectors, offsets, slots }: ConnectState): void {
  const orphaned = Object.entries(offsets).filter(([name]) => connectors[name] === undefined);
  const things = [
    ...Object.entries(connectors).map(([id, connector]) => ({
      id,
      type: kinds.connector,
      properties: { config: connector.config, state: connector.target },
      hidden: { connector, offsets: offsets[id] },
    })),
    ...orphaned.map(([id, positions]) => ({ id, type: kinds.offsets, properties: {}, hidden: { offsets: positions } })),
    ...slots.map((id) => ({ id, type: kinds.slot, properties: {} })),
  ];
  for (const type of Object.values(kinds)) {
    const isGone = (id: string) => !things.some((thing) => thing.type === type && thing.id === id);
    cloud
      .all(type)
      .filter(({ id }) => isGone(id))
      .forEach(({ id }) => cloud.delete(type, id));
  }
  things.forEach((thing) => cloud.put(structuredClone(thing)));
}
