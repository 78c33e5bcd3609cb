import type { SnowflakeSinkSettings } from "../../../../model/connect/snowflakeSink.ts";

/** What a sink is rendered with. */
export const sinkSettings: SnowflakeSinkSettings = {
  version: "4.1.0",
  landing: {
    url: "https://acme-shop.snowflakecomputing.com",
    user: "PIPELINE_DEV_LOADER",
    role: "PIPELINE_DEV_LOADER",
    database: "PIPELINE_DEV",
    schema: "LANDING",
  },
  topics: [
    { topic: "mssql.dbo.ORDERS", table: "ORDERS", partitions: 6 },
    { topic: "mysql.customers", table: "CUSTOMERS", partitions: 6 },
  ],
  tasks: 2,
  registryUrl: "https://psrc-1.us-east-1.aws.confluent.cloud",
  hasPassphrase: false,
  extra: {},
};
