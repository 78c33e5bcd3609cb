import { build } from "./docker/build.ts";
import { host } from "./docker/host.ts";
import type { SimulatedPackage } from "./simulated.ts";

/** Docker hosts. Their daemons keep environments and uploaded files in clear; the sandbox keeps neither. */
export const docker: SimulatedPackage = {
  name: "docker",
  sdk: "@pulumi/docker",
  credentials: ["envs", "uploads"],
  resources: host,
  functions: {},
};

/** BuildKit, and the registries that it pushes to. */
export const dockerBuild: SimulatedPackage = {
  name: "docker-build",
  sdk: "@pulumi/docker-build",
  credentials: ["registries", "secrets", "buildArgs"],
  resources: build,
  functions: {},
};
