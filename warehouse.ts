import type { Topics } from "./components/kafka/topics.ts";
import { Warehouse } from "./components/warehouse/warehouse.ts";
import type { Environment } from "./config.ts";
import type { SnowflakeConfig } from "./config/snowflake.ts";
import type { Target } from "./model/graph.ts";
import { landingTables } from "./model/warehouse/landing.ts";
import { warehouseNames } from "./model/warehouse/names.ts";

/** What the environment has in Snowflake, by target. */
export function makeWarehouses(
  { graph, snowflakes, ephemeral }: Environment,
  { topics }: Topics,
): ReadonlyMap<string, Warehouse> {
  return new Map(
    graph.targets.flatMap((target) => {
      const config = snowflakes[target.name];
      return config === undefined ? [] : [[target.name, makeWarehouse(target, config)] as const];
    }),
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
      ephemeral,
    });
  }
}
