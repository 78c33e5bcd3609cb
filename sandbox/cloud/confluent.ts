import { valueAt } from "./check.ts";
import { registryOf, types } from "./confluent/common.ts";
import { connectors } from "./confluent/connectors.ts";
import { dataPlane } from "./confluent/dataPlane.ts";
import { ksqlClusters } from "./confluent/ksqlCluster.ts";
import { organization } from "./confluent/organization.ts";
import { providerIntegrations } from "./confluent/providerIntegration.ts";
import { tableflow } from "./confluent/tableflow.ts";
import { CloudError } from "./inventory.ts";
import type { SimulatedPackage } from "./simulated.ts";

/** Confluent Cloud as far as the stack uses it: what its provider refuses at preview, and what its service refuses later. */
export const confluentCloud: SimulatedPackage = {
  name: "confluentcloud",
  sdk: "@pulumi/confluentcloud",
  credentials: ["credentials", "secret", "configSensitive"],
  resources: { ...organization, ...dataPlane, ...connectors, ...ksqlClusters(), ...providerIntegrations, ...tableflow },
  functions: {
    "confluentcloud:index/getSchemaRegistryCluster:getSchemaRegistryCluster": (cloud, args) => {
      const environment = cloud.get(types.environment, valueAt(args, "environment.id"));
      const registry = registryOf(environment);
      if (environment === undefined || registry === undefined) {
        throw new CloudError("error reading Schema Registry Clusters: there are no SR clusters in the environment");
      }
      const { crn, ...rest } = registry;
      return {
        ...rest,
        apiVersion: "srcm/v3",
        kind: "Cluster",
        displayName: "Stream Governance Package",
        environment: { id: environment.id },
        package: valueAt(environment.properties, "streamGovernance.package") ?? "ESSENTIALS",
        resourceName: crn,
        catalogEndpoint: registry.restEndpoint,
        privateRestEndpoint: "",
        privateRegionalRestEndpoints: {},
      };
    },
  },
};
