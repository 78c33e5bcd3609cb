import { decimal, int32, int64, text, timestamp, type SourceKind } from "../../../../model/columnTypes.ts";
import type { SourceSettings } from "../../../../model/connect/sourceConnector.ts";
import type { Source } from "../../../../model/graph.ts";
import type { TableDeclaration } from "../../../../model/pipeline.ts";
import { sourceOf } from "../declarations.ts";

/** Facts and an entity, a renamed column that is a key, and a key of two; names of which regular expressions think much. */
const tables: Readonly<Record<string, TableDeclaration>> = {
  ORDERS: {
    kind: "facts",
    key: "Order Id",
    columns: { "Order Id": { type: int32, as: "order_id" }, order_ts: timestamp(3), total: decimal(5, 2) },
  },
  customers: { kind: "entity", key: "id", columns: { id: int64, email: text(50) } },
  "Order, Lines (all)$": {
    name: "ORDER_LINES",
    kind: "facts",
    key: ["Order Id", "line"],
    columns: { "Order Id": { type: int32, as: "order_id" }, line: int32, "a;b:c,d": { type: text(9), as: "note" } },
  },
};

const schemas: Readonly<Record<SourceKind, string>> = {
  sqlServer: "dbo.",
  mySql: "",
  mariaDb: "",
  postgres: "public.",
};

export const shopSettings: SourceSettings = {
  stack: "dev",
  database: { host: "db.example.com", port: 1234, database: "My shop-1", user: "capture", tls: "verify", hasCa: true },
  bootstrapServers: "broker.example.com:9092",
  kafkaSecurity: {
    "security.protocol": "SASL_SSL",
    "sasl.mechanism": "PLAIN",
    "sasl.jaas.config": "${file:/secrets.properties:kafka.jaas}",
  },
  secretsFile: "/secrets.properties",
  trustFolder: "/trust",
  caFolder: "/ca",
  serverId: 3000000000,
  extra: {},
};

/** A source called `shop` with these tables, by their names without a schema. */
export function shop(kind: SourceKind, declared: Readonly<Record<string, TableDeclaration>> = tables): Source {
  const withSchemas = Object.entries(declared).map(([name, table]) => [schemas[kind] + name, table] as const);
  return sourceOf("shop", { kind, database: "demo", tables: Object.fromEntries(withSchemas) });
}
