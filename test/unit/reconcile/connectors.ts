import {
  reconcile,
  type Declaration,
  type ReconcileOptions,
  type Report,
} from "../../../image/connect/reconcile/reconcile.ts";
import { ConnectCluster } from "../../../sandbox/cloud/connect/cluster.ts";
import type { ConnectOptions } from "../../../sandbox/cloud/connect/connectors.ts";
import { ConnectServer } from "../../../sandbox/cloud/connect/server.ts";

type Config = Readonly<Record<string, string>>;

export const postgres: Config = {
  "connector.class": "io.debezium.connector.postgresql.PostgresConnector",
  "topic.prefix": "shop",
  "database.hostname": "db.example.org",
  "database.user": "cdc",
  "database.password": "${file:/run/connect/secrets.properties:shop.password}",
  "database.dbname": "shop",
  "slot.name": "shop_slot",
};

export const mySql: Config = {
  "connector.class": "io.debezium.connector.mysql.MySqlConnector",
  "topic.prefix": "mysql",
  "database.hostname": "db.example.org",
  "database.user": "cdc",
  "database.password": "${file:/run/connect/secrets.properties:mysql.password}",
  "database.server.id": "5400",
};

export function declaring(
  connectors: Declaration["connectors"],
  rest: Partial<Omit<Declaration, "connectors">> = {},
): Declaration {
  return { owner: "pipeline-test", undeclared: "delete", forget: false, ...rest, connectors };
}

/** A simulated cluster, and reconcile in a hurry. */
export interface Lab {
  readonly cluster: ConnectCluster;
  readonly server: ConnectServer;
  reconcile(declaration: Declaration, options?: Partial<ReconcileOptions>): Promise<Report>;
  /** The requests that changed something since the last call, e.g. `PUT /connectors/shop/config`. */
  writes(): string[];
}

const servers: ConnectServer[] = [];

export async function startLab(options: ConnectOptions = {}): Promise<Lab> {
  const cluster = new ConnectCluster({ startMs: 5, workers: ["10.0.0.1:8083"], ...options });
  const server = await ConnectServer.start(cluster);
  servers.push(server);
  let told = 0;
  return {
    cluster,
    server,
    reconcile: (declaration, more = {}) =>
      reconcile(declaration, { url: server.url, stableMs: 60, deadlineMs: 10_000, backOffMs: 10, ...more }),
    writes: () => {
      const all = server.writes.map(({ method, path }) => `${method} ${path}`);
      const fresh = all.slice(told);
      told = all.length;
      return fresh;
    },
  };
}

export async function stopLabs(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.close()));
}
