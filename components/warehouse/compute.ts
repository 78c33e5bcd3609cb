import { Execute } from "@pulumi/snowflake/execute.js";
import { ResourceMonitor } from "@pulumi/snowflake/resourceMonitor.js";
import { Warehouse as SnowflakeWarehouse } from "@pulumi/snowflake/warehouse.js";
import { accountProvider } from "./account.ts";
import type { WarehouseArgs } from "./args.ts";
import { replacedWithName, type Own } from "./own.ts";

/** A query that runs longer is a mistake of whoever wrote it, and costs. Seconds; Snowflake's own default is two days. */
const longestStatement = 3600;

/** What queries run in. It is suspended until somebody asks, and again a minute after: that is billed at the least anyway. */
export function makeCompute(name: string, args: WarehouseArgs, own: Own): SnowflakeWarehouse {
  const { names, size } = args;
  const warehouse = new SnowflakeWarehouse(
    `${name}-warehouse`,
    {
      name: names.warehouse,
      warehouseSize: size,
      autoSuspend: 60,
      autoResume: "true",
      initiallySuspended: true,
      statementTimeoutInSeconds: longestStatement,
    },
    // Whoever sets a limit, the administrator by hand or the statement below: it is no property of ours.
    { ...own, ...replacedWithName, ignoreChanges: ["resourceMonitor"] },
  );
  if (args.creditQuota > 0) {
    limit(name, args, warehouse, own);
  }
  return warehouse;
}

/** Snowflake lets account administrators alone make a resource monitor and give it a warehouse. */
function limit(name: string, args: WarehouseArgs, warehouse: SnowflakeWarehouse, { parent }: Own): void {
  const provider = accountProvider(`${name}-administrator`, { ...args, role: "ACCOUNTADMIN" }, parent);
  const monitor = new ResourceMonitor(
    `${name}-monitor`,
    {
      name: args.names.monitor,
      creditQuota: args.creditQuota,
      notifyTriggers: [80],
      suspendTrigger: 100,
      suspendImmediateTrigger: 110,
    },
    { provider, parent },
  );
  new Execute(
    `${name}-monitored`,
    {
      execute: `ALTER WAREHOUSE ${args.names.warehouse} SET RESOURCE_MONITOR = ${args.names.monitor}`,
      revert: `ALTER WAREHOUSE IF EXISTS ${args.names.warehouse} UNSET RESOURCE_MONITOR`,
    },
    {
      provider,
      parent,
      dependsOn: [monitor],
      deletedWith: warehouse,
      replaceWith: [monitor],
      deleteBeforeReplace: true, // the old revert would undo the new statement
    },
  );
}
