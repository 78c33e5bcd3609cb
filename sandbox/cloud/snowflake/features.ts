import { CloudError, type Properties } from "../inventory.ts";
import type { SimulatedResource } from "../simulated.ts";

/** Resource types in preview that the sandbox knows, with the feature that turns each on (provider 1.2.1). */
const resources = [
  "account_authentication_policy_attachment",
  "account_password_policy_attachment",
  "alert",
  "api_integration",
  "authentication_policy",
  "cortex_search_service",
  "dynamic_table",
  "email_notification_integration",
  "external_function",
  "external_table",
  "external_volume",
  "failover_group",
  "file_format",
  "function_java",
  "function_javascript",
  "function_python",
  "function_scala",
  "function_sql",
  "managed_account",
  "materialized_view",
  "network_policy_attachment",
  "network_rule",
  "notification_integration",
  "object_parameter",
  "password_policy",
  "pipe",
  "procedure_java",
  "procedure_javascript",
  "procedure_python",
  "procedure_scala",
  "procedure_sql",
  "sequence",
  "share",
  "stage",
  "storage_integration",
  "table",
  "table_column_masking_policy_application",
  "table_constraint",
  "user_authentication_policy_attachment",
  "user_password_policy_attachment",
  "user_public_keys",
];

const dataSources = [
  "alerts",
  "cortex_search_services",
  "current_account",
  "current_role",
  "database",
  "database_role",
  "dynamic_tables",
  "external_functions",
  "external_tables",
  "failover_groups",
  "file_formats",
  "functions",
  "materialized_views",
  "parameters",
  "pipes",
  "procedures",
  "sequences",
  "shares",
  "stages",
  "storage_integrations",
  "system_generate_scim_access_token",
  "system_get_aws_sns_iam_policy",
  "system_get_privatelink_config",
  "system_get_snowflake_platform_info",
  "tables",
];

/** Every feature that provider 1.2.1 knows. */
export const features = [
  ...resources.map((name) => `snowflake_${name}_resource`),
  ...dataSources.map((name) => `snowflake_${name}_datasource`),
];

/** The features that a provider's configuration turns on; the SDK hands lists over as JSON. */
export function enabledFeatures(config: Properties): string[] {
  const { previewFeaturesEnabled: value } = config;
  try {
    const list: unknown = typeof value === "string" ? JSON.parse(value) : value;
    return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
  } catch {
    return [];
  }
}

/** A resource in preview: whatever is done to it needs its feature, which a preview of the stack does not notice. */
export function inPreview(feature: string, resource: SimulatedResource): SimulatedResource {
  const check = (config: Properties) => {
    if (!enabledFeatures(config).includes(feature)) {
      throw new CloudError(
        `${feature} is currently a preview feature, and must be enabled by adding ${feature} to \`preview_features_enabled\` in Terraform configuration.`,
      );
    }
  };
  return {
    ...resource,
    create: (cloud, inputs, config) => {
      check(config);
      return resource.create(cloud, inputs, config);
    },
    update: (cloud, id, inputs, config) => {
      check(config);
      resource.update?.(cloud, id, inputs, config);
    },
    delete: (cloud, id, inputs, config) => {
      check(config);
      resource.delete?.(cloud, id, inputs, config);
    },
  };
}
