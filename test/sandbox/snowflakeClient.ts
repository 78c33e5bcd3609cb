import { generateKeyPairSync } from "node:crypto";
import { snowflake } from "../../sandbox/cloud/snowflake.ts";
import { types } from "../../sandbox/cloud/snowflake/common.ts";
import { Inventory, type Properties } from "../../sandbox/cloud/inventory.ts";
import { ProviderClient, type Made } from "./providerClient.ts";

export type Kind = keyof typeof types;

export const connection: Properties = {
  organizationName: "ACME",
  accountName: "DEMO",
  user: "PIPELINE_DEPLOYER",
  role: "PIPELINE_DEPLOYER",
  authenticator: "SNOWFLAKE_JWT",
  // As the SDK hands lists over.
  previewFeaturesEnabled: JSON.stringify(["snowflake_table_resource", "snowflake_dynamic_table_resource"]),
};

/** A simulated provider of a Snowflake account, connected as the deployment role or as another. */
export async function startSnowflake(change: Properties = {}, cloud = new Inventory()): Promise<ProviderClient> {
  const client = await ProviderClient.start(cloud, snowflake);
  await client.configure({ ...connection, ...change });
  return client;
}

/** Another connection to the same account, as another role. */
export async function as(client: ProviderClient, role: string): Promise<ProviderClient> {
  const other = await client.another();
  await other.configure({ ...connection, role });
  return other;
}

/** A public key as Snowflake takes it: the base64 of its DER form, in one line. */
export function publicKey(modulusLength = 2048): string {
  const pair = generateKeyPairSync("rsa", { modulusLength });
  return pair.publicKey.export({ type: "spki", format: "der" }).toString("base64");
}

export const landing = { database: "DEMO", schema: "LANDING" };

export const columns = [
  { name: "ID", type: "NUMBER(10,0)" },
  { name: "NAME", type: "VARCHAR(40)" },
];

export const warehouse = { name: "DEMO_WH", warehouseSize: "XSMALL", autoSuspend: 60, autoResume: "true" };

/** Inputs with the provider's defaults, made. */
export async function make(client: ProviderClient, kind: Kind, inputs: Properties): Promise<Made> {
  const checked = await client.check(types[kind], inputs);
  if (checked.failures.length > 0) {
    throw new Error(checked.failures.join("\n"));
  }
  return client.create(types[kind], checked.inputs);
}

/** A database with a schema and a table ORDERS in it, and a warehouse. */
export async function makeTable(client: ProviderClient, change: Properties = {}) {
  const database = await make(client, "database", { name: "DEMO", dropPublicSchemaOnCreation: true });
  const schema = await make(client, "schema", { database: "DEMO", name: "LANDING" });
  const table = await make(client, "table", { ...landing, name: "ORDERS", columns, ...change });
  return { database, schema, table, warehouse: await make(client, "warehouse", warehouse) };
}
