import type * as pulumi from "@pulumi/pulumi";
import { Execute } from "@pulumi/snowflake/execute.js";
import type { Schema } from "@pulumi/snowflake/schema.js";
import { Table } from "@pulumi/snowflake/table.js";
import type { LandingTable } from "../../model/warehouse/landing.ts";
import type { WarehouseArgs } from "./args.ts";
import type { Own } from "./own.ts";

/** A landing table with what makes it ready to take rows. */
export interface Landed {
  readonly table: Table;
  /** Rows that do not fit are kept from then on; without it they would be dropped without a word. */
  readonly errors: Execute;
}

interface Where {
  readonly schema: Schema;
  /** What the deployment's right to change and drop tables hangs on that another role owns. */
  readonly owners: readonly pulumi.Resource[];
}

/** The landing tables, by name. */
export function makeLanding(
  name: string,
  { tables, earlier, ...args }: WarehouseArgs,
  where: Where,
  own: Own,
): ReadonlyMap<string, Landed> {
  earlier.forEach((table) => makeTable(name, table, { ...args, isEarlier: true }, where, own));
  return new Map(
    tables.map((table) => {
      const made = makeTable(name, table, { ...args, isEarlier: false }, where, own);
      return [table.name, { table: made, errors: logErrors(name, table, made, args.names, own) }];
    }),
  );
}

function makeTable(
  name: string,
  { name: tableName, topic, columns }: LandingTable,
  { topics, ephemeral, isEarlier }: Pick<WarehouseArgs, "topics" | "ephemeral"> & { isEarlier: boolean },
  { schema, owners }: Where,
  own: Own,
): Table {
  const topicResource = topics[topic];
  return new Table(
    `${name}-landing-${tableName}`,
    {
      database: schema.database,
      schema: schema.name,
      name: tableName,
      columns: columns.map((column) => ({ name: column.name, type: column.type })),
      changeTracking: true, // dynamic tables and streams ask for it
      // With the id, so that a topic of another cluster is another one.
      comment: topicResource === undefined ? commentOn(topic) : topicResource.id.apply(commentOn),
    },
    {
      ...own,
      dependsOn: [...owners], // so that it is dropped before that right goes
      protect: !ephemeral,
      deleteBeforeReplace: true, // a name is there once
      // Not `replaceWith` its topic: the engine (3.274) then deletes without starting this provider.
      replaceOnChanges: ["comment"],
      // A table of an earlier generation keeps the columns that it was made with.
      ...(isEarlier ? { ignoreChanges: ["columns"] } : {}),
    },
  );
}

const commentOn = (topic: string) => `All that topic ${topic} has had`;

/**
 * The provider has no property for it. Neither does the revert undo it: it says the same again, so that it harms nobody
 * whenever it runs, be it after the statement that comes in its place.
 */
function logErrors(
  name: string,
  { name: tableName }: LandingTable,
  table: Table,
  { database, landing }: WarehouseArgs["names"],
  { provider, parent }: Own,
): Execute {
  const set = (condition: string) =>
    `ALTER TABLE ${condition}${database}.${landing}.${tableName} SET ERROR_LOGGING = TRUE`;
  return new Execute(
    `${name}-errors-${tableName}`,
    { execute: set(""), revert: set("IF EXISTS ") },
    {
      provider,
      parent,
      dependsOn: [table],
      replaceWith: [table], // it is done again to one that is made again
      deleteBeforeReplace: true,
    },
  );
}
