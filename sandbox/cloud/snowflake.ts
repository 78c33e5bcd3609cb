import type { SimulatedPackage } from "./simulated.ts";
import { checkConnection } from "./snowflake/connection.ts";
import { containers } from "./snowflake/containers.ts";
import { statements } from "./snowflake/execute.ts";
import { grants } from "./snowflake/grants.ts";
import { networkPolicies } from "./snowflake/networkPolicies.ts";
import { ownership } from "./snowflake/ownership.ts";
import { tables } from "./snowflake/tables.ts";
import { users } from "./snowflake/users.ts";
import { views } from "./snowflake/views.ts";
import { warehouses } from "./snowflake/warehouses.ts";

/**
 * A Snowflake account as far as the stack uses it: what provider 1.2.1 (the Terraform provider inside @pulumi/snowflake
 * 1.3.0) refuses at preview, and what the service refuses later.
 */
export const snowflake: SimulatedPackage = {
  name: "snowflake",
  sdk: "@pulumi/snowflake",
  credentials: [],
  resources: {
    ...warehouses,
    ...networkPolicies,
    ...containers,
    ...tables,
    ...views,
    ...users,
    ...grants,
    ...ownership,
    ...statements,
  },
  functions: {},
  checkConfig: checkConnection,
  // Each account has its own.
  realm: (type, { organizationName, accountName }) =>
    type.startsWith("snowflake:") && typeof accountName === "string"
      ? `${String(organizationName)}-${accountName}`.toUpperCase()
      : undefined,
};
