import { checkDatabases, readSnowflake, type SnowflakeConfig } from "../warehouse/config.ts";
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
};
