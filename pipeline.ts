import { date, decimal, int32, text, timestamp } from "./model/columnTypes.ts";
import type { PipelineDeclaration } from "./model/pipeline.ts";
import type { TargetKindName } from "./model/targets/registry.ts";

/** What the pipeline is. Where it runs is a stack's configuration: `Pulumi.<stack>.yaml`. */
export const pipeline: PipelineDeclaration = {
  sources: {
    mssql: {
      kind: "sqlServer",
      database: "demo",
      tables: {
        "dbo.ORDERS": {
          kind: "facts",
          key: "order_id",
          columns: {
            order_id: int32,
            customer_id: int32,
            order_ts: timestamp(3),
            order_total_usd: decimal(5, 2),
            item: text(50),
          },
        },
        "dbo.SHIPMENTS": {
          kind: "facts",
          key: "shipment_id",
          columns: { shipment_id: int32, order_id: int32, shipped_ts: timestamp(3), carrier: text(50) },
          eventTime: "shipped_ts",
          onByDefault: false,
        },
      },
    },
    mysql: {
      kind: "mySql",
      database: "demo",
      stage: 1,
      tables: {
        customers: {
          kind: "entity",
          key: "id",
          columns: {
            id: int32,
            first_name: text(50),
            last_name: text(50),
            birthdate: date,
            email: text(50),
            company: text(50),
            street_address: text(50),
            city: text(50),
            country: text(50),
            fav_movie: text(255),
            fav_colour: text(50),
            fav_animal: text(50),
          },
        },
        loyalty: {
          kind: "entity",
          key: "id",
          columns: { id: int32, level: text(20) },
          onByDefault: false,
        },
        companies: {
          kind: "entity",
          key: "name",
          columns: { name: text(50), industry: text(50) },
          onByDefault: false,
        },
      },
    },
  },

  transformations: {
    ORDERS_ENRICHED: { reads: ["ORDERS", "CUSTOMERS"], kind: "facts", stage: 2 },
    // One of each kind, with its question in its file. `transformations` in a stack's configuration turns them on.
    ORDERS_LARGE: { reads: ["ORDERS"], kind: "facts", onByDefault: false },
    ORDERS_REGULAR: { reads: ["ORDERS"], kind: "facts", onByDefault: false },
    ORDERS_LABELLED: { reads: ["ORDERS"], kind: "facts", onByDefault: false },
    ORDERS_BUCKETED: { reads: ["ORDERS"], kind: "facts", onByDefault: false },
    ORDERS_MENDED: { reads: ["ORDERS"], kind: "facts", onByDefault: false },
    ORDERS_PLACED: { reads: ["ORDERS"], kind: "facts", onByDefault: false },
    ORDERS_SHIPPED: { reads: ["ORDERS_PLACED", "SHIPMENTS"], kind: "facts", onByDefault: false },
    ITEM_SALES_HOURLY: { reads: ["ORDERS_PLACED"], kind: "entity", onByDefault: false },
    ITEM_SALES_TRENDING: { reads: ["ORDERS_PLACED"], kind: "entity", onByDefault: false },
    CUSTOMER_SESSIONS: { reads: ["ORDERS_PLACED"], kind: "entity", onByDefault: false },
    CUSTOMERS_CLEAN: { reads: ["CUSTOMERS"], kind: "entity", onByDefault: false },
    CUSTOMERS_LOYAL: { reads: ["CUSTOMERS", "LOYALTY"], kind: "entity", onByDefault: false },
    CUSTOMERS_BY_COMPANY: { reads: ["CUSTOMERS", "COMPANIES"], kind: "entity", onByDefault: false },
  },

  targets: {
    snowflake: { kind: "snowflake" },
    lake: { kind: "lake", reads: ["ORDERS_ENRICHED"], stage: 3 },
    // One of each kind that there is besides. `targets` in a stack's configuration turns them on.
    redshift: { kind: "redshift", reads: ["ORDERS_ENRICHED"], stage: 3, onByDefault: false },
    bigquery: { kind: "bigQuery", reads: ["ORDERS_ENRICHED"], stage: 3, onByDefault: false },
    azureblob: { kind: "azureBlob", reads: ["ORDERS_ENRICHED"], stage: 3, onByDefault: false },
    jdbc: { kind: "jdbc", reads: ["ORDERS_ENRICHED"], stage: 3, onByDefault: false },
    http: { kind: "http", reads: ["ORDERS_ENRICHED"], stage: 3, onByDefault: false },
  },

  consumers: {},
} satisfies PipelineDeclaration<TargetKindName>;
