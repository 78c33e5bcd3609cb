import { checkDatabases, readSnowflake, snowflakePlace, type SnowflakeConfig } from "../warehouse/config.ts";
import { snowflakeKeys } from "../warehouse/configKeys.ts";
import type { TargetKind } from "./targetKind.ts";

/** Landing tables with their current state in Snowflake, and its own connector. */
export const snowflake: TargetKind<SnowflakeConfig> = {
  title: "Snowflake",
  system: "snowflake",
  connector: "placement",
  keys: snowflakeKeys,
  read: readSnowflake,
  checkTogether: checkDatabases,
  place: snowflakePlace,
  cost: "Loading is billed by volume (Snowpipe Streaming: a flat rate a GB, in Snowflake's own consumption table), queries by the second that the warehouse runs: 1 credit an hour for XSMALL, $2 to $4 by edition and region (2026-06).",
};
