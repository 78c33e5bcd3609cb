import { Database } from "@pulumi/snowflake/database.js";
import { Schema } from "@pulumi/snowflake/schema.js";
import type { Table } from "@pulumi/snowflake/table.js";
import type { Warehouse as SnowflakeWarehouse } from "@pulumi/snowflake/warehouse.js";
import * as pulumi from "@pulumi/pulumi";
import {
  columnChanges,
  columnChangesMessage,
  columnsOf,
  type LandingColumns,
} from "../../model/warehouse/columnChanges.ts";
import { accountProvider } from "./account.ts";
import type { WarehouseArgs } from "./args.ts";
import { makeCompute } from "./compute.ts";
import { makeCurrentState } from "./currentState.ts";
import { giveGrants, makeRoles } from "./grants.ts";
import { makeLanding } from "./landing.ts";
import { makeLoader, type Loader } from "./loader.ts";
import { replacedWithName, type Own } from "./own.ts";

/** Everything of one target in Snowflake: where rows land, what they are now, who may load and read them. */
export class Warehouse extends pulumi.ComponentResource {
  readonly database: Database;
  /** Where rows land. */
  readonly landing: Schema;
  /** What queries run in. */
  readonly compute: SnowflakeWarehouse;
  /** Who loads rows, and what has to be there before. */
  readonly loader: Loader;
  /** The landing tables that take rows, by name. */
  readonly tables: Readonly<Record<string, Table>>;
  /** Name of the role that reads the current state. */
  readonly reader: pulumi.Output<string>;

  constructor(name: string, args: WarehouseArgs, opts?: pulumi.ComponentResourceOptions) {
    const columns = columnsOf(args.tables);
    super(
      "pipeline:warehouse:Warehouse",
      name,
      { columns },
      { ...opts, hooks: { beforeUpdate: [columnsOnlyGrow(name, args.target)] } },
    );
    const { names, ephemeral } = args;
    const provider = accountProvider(`${name}-provider`, args, this);

    this.compute = makeCompute(name, args, { provider, parent: this });
    this.database = makeDatabase(name, args, { provider, parent: this });
    const inDatabase = { provider, parent: this, deletedWith: this.database };
    const schema = (part: "landing" | "analytics", protect: boolean) =>
      new Schema(`${name}-${part}`, { database: this.database.name, name: names[part] }, { ...inDatabase, protect });
    this.landing = schema("landing", !ephemeral);
    const analytics = schema("analytics", false);

    const roles = makeRoles(name, args, { provider, parent: this });
    const landed = makeLanding(name, args, { schema: this.landing, owners: roles.owners }, inDatabase);
    this.tables = Object.fromEntries([...landed].map(([table, made]) => [table, made.table]));
    const views = makeCurrentState(name, { ...args, landed, analytics, warehouse: this.compute }, inDatabase);
    const loaderGrants = giveGrants(
      name,
      args,
      roles,
      { compute: this.compute, database: this.database, landing: this.landing, analytics, landed, views },
      { provider, parent: this },
    );
    this.reader = roles.reader.name;
    this.loader = makeLoader(
      name,
      args.loader,
      { role: roles.loader, loaderGrants, landed },
      { provider, parent: this },
    );

    this.registerOutputs({ database: this.database.name, warehouse: this.compute.name, reader: this.reader });
  }
}

function makeDatabase(name: string, { names, ephemeral }: WarehouseArgs, own: Own): Database {
  return new Database(
    `${name}-database`,
    {
      name: names.database,
      dropPublicSchemaOnCreation: true,
      // Time Travel: what was dropped by mistake is there for another day, and paid for.
      dataRetentionTimeInDays: ephemeral ? 0 : 1,
    },
    { ...own, ...replacedWithName, protect: !ephemeral },
  );
}

/**
 * The provider drops a column that is no longer declared, with what is in it. The component's recorded inputs know the
 * columns that there were, and this refuses before anything is touched, in previews too.
 */
function columnsOnlyGrow(name: string, target: string): pulumi.ResourceHook {
  return new pulumi.ResourceHook(
    `${name}-columns-only-grow`,
    ({ oldInputs, newInputs }) => {
      const changes = columnChanges(columnsIn(oldInputs), columnsIn(newInputs));
      if (changes.length > 0) {
        throw new Error(columnChangesMessage(changes, target));
      }
    },
    { onDryRun: true },
  );
}

function columnsIn(inputs: unknown): LandingColumns {
  const { columns } = (inputs ?? {}) as { columns?: LandingColumns };
  return columns ?? {};
}
