import { DynamicTable } from "@pulumi/snowflake/dynamicTable.js";
import { Schema } from "@pulumi/snowflake/schema.js";
import { View } from "@pulumi/snowflake/view.js";
import type { Warehouse as SnowflakeWarehouse } from "@pulumi/snowflake/warehouse.js";
import { currentState, everyRowOf } from "../../model/warehouse/currentState.ts";
import type { LandingTable } from "../../model/warehouse/landing.ts";
import type { WarehouseArgs } from "./args.ts";
import type { Landed } from "./landing.ts";
import type { Own } from "./own.ts";

interface Surroundings extends Pick<WarehouseArgs, "names" | "tables" | "currentState"> {
  readonly landed: ReadonlyMap<string, Landed>;
  readonly analytics: Schema;
  readonly warehouse: SnowflakeWarehouse;
}

/**
 * What people read, by name: always a view, so that grants and readers stay as they are when it turns to a dynamic table or
 * to another landing table.
 */
export function makeCurrentState(name: string, args: Surroundings, own: Own): ReadonlyMap<string, View> {
  const { names, tables, landed, analytics } = args;
  const kept = args.currentState.kept === "view" ? undefined : makeDynamicTables(name, args, own);
  return new Map(
    tables.map((table) => {
      const source = kept?.get(table.dataset) ?? landed.get(table.name)?.table;
      const statement =
        kept === undefined
          ? currentState(table, `${names.database}.${names.landing}`)
          : everyRowOf(table, `${names.database}.${names.state}`);
      const view = new View(
        `${name}-current-${table.dataset}`,
        {
          database: analytics.database,
          schema: analytics.name,
          name: table.dataset,
          statement,
          copyGrants: true, // another statement replaces the view in place
        },
        { ...own, dependsOn: source === undefined ? [] : [source] },
      );
      return [table.dataset, view];
    }),
  );
}

function makeDynamicTables(
  name: string,
  { names, tables, landed, analytics, warehouse, currentState: kept }: Surroundings,
  own: Own,
): ReadonlyMap<string, DynamicTable> {
  const lag = kept.kept === "view" ? 60 : kept.targetLag;
  const state = new Schema(`${name}-state`, { database: analytics.database, name: names.state }, own);
  return new Map(tables.map((table) => [table.dataset, makeDynamicTable(table)]));

  function makeDynamicTable(table: LandingTable): DynamicTable {
    const source = landed.get(table.name)?.table;
    return new DynamicTable(
      `${name}-state-${table.dataset}`,
      {
        database: state.database,
        schema: state.name,
        name: table.dataset,
        query: currentState(table, `${names.database}.${names.landing}`),
        warehouse: warehouse.name,
        targetLag: { maximumDuration: `${String(lag)} seconds` },
        refreshMode: "INCREMENTAL", // AUTO would decide once, and might take FULL
        initialize: "ON_CREATE",
      },
      {
        ...own,
        deleteBeforeReplace: true,
        ...(source === undefined ? {} : { dependsOn: [source], replaceWith: [source] }),
      },
    );
  }
}
