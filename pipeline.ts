import { date, decimal, int32, text, timestamp } from "./model/columnTypes.ts";
import type { PipelineDeclaration } from "./model/pipeline.ts";

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
      },
    },
  },

  transformations: {
    ORDERS_ENRICHED: { reads: ["ORDERS", "CUSTOMERS"], kind: "facts", stage: 2 },
  },

  targets: {
    snowflake: { kind: "snowflake" },
    lake: { kind: "lake", reads: ["ORDERS_ENRICHED"], stage: 3 },
  },

  consumers: {},
};
