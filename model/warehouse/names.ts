import { nameIn, refusedName } from "../names.ts";

/** What a target is called in Snowflake: everything follows from the name of its database. */
export interface WarehouseNames {
  readonly database: string;
  /** Append-only tables, one for each topic. */
  readonly landing: "LANDING";
  /** Dynamic tables, where the current state is kept up to date by one. */
  readonly state: "CURRENT_STATE";
  /** What people read: the current state, and nothing else. */
  readonly analytics: "ANALYTICS";
  readonly warehouse: string;
  readonly monitor: string;
  /** The role that inserts into the landing tables, and the user that has it. */
  readonly loader: string;
  /** The role that reads the current state. */
  readonly reader: string;
  readonly networkPolicy: string;
}

export function warehouseNames(database: string): WarehouseNames {
  return {
    database,
    landing: "LANDING",
    state: "CURRENT_STATE",
    analytics: "ANALYTICS",
    warehouse: `${database}_WH`,
    monitor: `${database}_MONITOR`,
    loader: `${database}_LOADER`,
    reader: `${database}_READER`,
    networkPolicy: `${database}_LOADER_NETWORK`,
  };
}

/** `PIPELINE_DEV`, of the stack `dev`. */
export function defaultDatabase(project: string, stack: string): string {
  return nameIn("snowflake", `${project}_${stack}`).replace(/\W/g, "_");
}

/** The longest name that is made from the database's (`_LOADER_NETWORK`) has to fit into Snowflake's 255 characters. */
const longestDatabase = 240;

/** Why a name cannot be written without quotes, as every statement does it; `undefined` when it can. */
export function identifierMistake(name: string): string | undefined {
  const refused = refusedName("snowflake", "table", name.slice(0, longestDatabase));
  const stored = nameIn("snowflake", name);
  if (refused !== undefined) {
    return `${refused.reason}. Write ${nameIn("snowflake", refused.nearest)}.`;
  }
  if (name.length > longestDatabase) {
    return `it has ${name.length} characters, and ${longestDatabase} leave room for the names that are made from it. Write a shorter one.`;
  }
  return stored === name ? undefined : `Snowflake keeps names in upper case. Write ${stored}.`;
}
