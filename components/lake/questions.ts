import { NamedQuery } from "@pulumi/aws/athena/namedQuery.js";
import { PreparedStatement } from "@pulumi/aws/athena/preparedStatement.js";
import { Workgroup } from "@pulumi/aws/athena/workgroup.js";
import type { CatalogDatabase } from "@pulumi/aws/glue/catalogDatabase.js";
import type * as pulumi from "@pulumi/pulumi";
import type { LakeArgs } from "./args.ts";

/** Where questions are asked: nobody in it can read more than the limit with one, or keep results elsewhere. */
export function makeWorkgroup(
  name: string,
  { names, target, config, ephemeral }: LakeArgs,
  parent: pulumi.Resource,
): Workgroup {
  return new Workgroup(
    `${name}-workgroup`,
    {
      name: names.workgroup,
      description: `Questions to ${target}`,
      forceDestroy: ephemeral,
      configuration: {
        enforceWorkgroupConfiguration: true, // what a client asks for does not count
        bytesScannedCutoffPerQuery: config.scanLimit,
        publishCloudwatchMetricsEnabled: true,
        engineVersion: { selectedEngineVersion: "Athena engine version 3" },
        // Athena keeps results itself, for a day: there is no bucket of them to guard, to pay for and to empty.
        managedQueryResultsConfiguration: { enabled: true },
      },
    },
    { parent, deleteBeforeReplace: true },
  );
}

/** The questions that come with the stack. What has values to bind is a prepared statement, the others are named queries. */
export function makeQuestions(
  name: string,
  { queries }: LakeArgs,
  { workgroup, database }: { readonly workgroup: Workgroup; readonly database: CatalogDatabase },
  parent: pulumi.Resource,
): void {
  for (const { name: query, question, sql, binds } of queries) {
    const opts = { parent, deleteBeforeReplace: true };
    if (binds) {
      new PreparedStatement(
        `${name}-statement-${query}`,
        { name: query, description: question, workgroup: workgroup.name, queryStatement: sql },
        opts,
      );
    } else {
      new NamedQuery(
        `${name}-query-${query}`,
        { name: query, description: question, workgroup: workgroup.name, database: database.name, query: sql },
        opts,
      );
    }
  }
}
