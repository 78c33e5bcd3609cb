import { CatalogDatabase } from "@pulumi/aws/glue/catalogDatabase.js";
import { CatalogTable } from "@pulumi/aws/glue/catalogTable.js";
import type * as pulumi from "@pulumi/pulumi";
import { historyTable } from "../../model/lake/glueTable.ts";
import { glueView, viewFile, viewKindOf, viewSql } from "../../model/lake/view.ts";
import type { LakeArgs } from "./args.ts";

/** Glue's database. Tableflow puts its own tables into it. */
export function makeDatabase(name: string, { names, target }: LakeArgs, parent: pulumi.Resource): CatalogDatabase {
  return new CatalogDatabase(
    `${name}-database`,
    { name: names.database, description: `Tables and views of ${target}` },
    { parent, deleteBeforeReplace: true },
  );
}

/** A table with every record of each topic, and the view that people read. */
export function makeTables(
  name: string,
  { tables, config, viewText, names }: LakeArgs,
  database: CatalogDatabase,
  bucket: pulumi.Output<string>,
  parent: pulumi.Resource,
): void {
  const databaseName = database.name;
  for (const table of tables) {
    const place = bucket.apply((known) => historyTable(table, { bucket: known, folder: config.folder }, config.since));
    const history = new CatalogTable(
      `${name}-table-${table.history}`,
      {
        ...historyTable(table, { bucket: "", folder: "" }, ""), // what does not depend on the bucket a preview shows at once
        parameters: place.parameters,
        storageDescriptor: place.storageDescriptor,
        databaseName,
      },
      { parent, deleteBeforeReplace: true },
    );
    const kind = viewKindOf(table);
    if (kind !== undefined) {
      const sql = viewSql(table, viewText(viewFile(kind)), names.database);
      new CatalogTable(
        `${name}-view-${table.dataset}`,
        { ...glueView(table, sql, names.database), databaseName },
        { parent, dependsOn: [history], deleteBeforeReplace: true },
      );
    }
  }
}
