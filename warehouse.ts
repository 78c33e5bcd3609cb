import type { SnowflakeSide } from "./components/connect/snowflakeTarget.ts";
import type { Topics } from "./components/kafka/topics.ts";
import { Warehouse } from "./components/warehouse/warehouse.ts";
import type { Environment } from "./config.ts";
import { sinkOwnsTables } from "./model/connect/snowflakeVersion.ts";
import { accountUrl } from "./model/connect/snowflakeSink.ts";
import type { Target } from "./model/graph.ts";
import { targetsOfKind } from "./model/targets/registry.ts";
import type { SnowflakeConfig } from "./model/warehouse/config.ts";
import { landingTables } from "./model/warehouse/landing.ts";
import { warehouseNames } from "./model/warehouse/names.ts";

/** What the environment has in Snowflake, by target. */
export function makeWarehouses(
  { graph, targets, connect, ephemeral }: Environment,
  { topics }: Topics,
): ReadonlyMap<string, Warehouse> {
  return new Map(
    targetsOfKind(targets, "snowflake").map(({ target, config }) => [target.name, makeWarehouse(target, config)]),
  );

  function makeWarehouse(target: Target, config: SnowflakeConfig): Warehouse {
    const names = warehouseNames(config.database);
    const { organization, account, user, role, creditQuota, allowedIps } = config;
    return new Warehouse(`warehouse-${target.name}`, {
      target: target.name,
      organization,
      account,
      user,
      role,
      names,
      size: config.warehouseSize,
      creditQuota,
      ...landingTables(graph, target, config.generations),
      topics,
      currentState:
        config.currentState === "view" ? { kept: "view" } : { kept: "dynamicTable", targetLag: config.targetLag },
      loader: { name: names.loader, keys: config.loaderKeys, allowedIps, networkPolicy: names.networkPolicy },
      loaderOwns: sinkOwnsTables(connect),
      ephemeral,
    });
  }
}

/** What the sink of a target needs to know of its Snowflake. */
export function sinkSide(config: SnowflakeConfig, { loader, tables }: Warehouse): SnowflakeSide {
  const { database, loader: user, landing: schema } = warehouseNames(config.database);
  return {
    landing: { url: accountUrl(config.organization, config.account), user, role: user, database, schema },
    privateKey: loader.privateKey ?? "",
    passphrase: loader.passphrase ?? "",
    hasPassphrase: config.loaderKeys.from === "config" && config.loaderKeys.passphrase !== "",
    tables,
    after: loader.after,
  };
}
