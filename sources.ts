import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { AwsRegion } from "./components/aws/region.ts";
import { Network } from "./components/connect/network.ts";
import type { SourceDatabase } from "./components/connect/selfHosted.ts";
import { DemoSources } from "./components/sources/demoSources.ts";
import type { Ec2Host } from "./components/sources/ec2Host.ts";
import type { Environment } from "./config.ts";
import type { DatabaseConfig } from "./config/databases.ts";
import type { Source } from "./model/graph.ts";
import { databaseSetup, templateOf } from "./model/sources/databaseSetup.ts";
import { targetKinds, type ConfiguredTarget } from "./model/targets/registry.ts";
import type { TargetKind } from "./model/targets/targetKind.ts";

/** Where instances of ours run; `undefined` when there are none. */
export function networkOf(
  environment: Environment,
  displayName: string,
  aws: AwsRegion | undefined,
): Network | undefined {
  const { connect, demo, databases, targets } = environment;
  if (aws === undefined || (connect.placement !== "ec2" && demo.host !== "ec2")) {
    return undefined;
  }
  const { vpc, subnets } = connect;
  return new Network(
    "network",
    {
      displayName,
      given: vpc === "" ? undefined : { vpcId: vpc, subnetIds: subnets },
      databasePorts: [...Object.values(databases).map(({ port }) => port), ...targets.flatMap(portOf)],
    },
    { providers: [aws.provider] },
  );
}

/** Where workers reach a target, if not where they reach everything else. */
function portOf({ kind: name, config }: ConfiguredTarget): number[] {
  const kind: TargetKind = targetKinds[name];
  const port = kind.port?.(config);
  return port === undefined ? [] : [port];
}

/** The databases of the sources: those of the configuration, or the demo's own. */
export function sourceDatabases(
  environment: Environment,
  displayName: string,
  aws: AwsRegion | undefined,
  network: Network | undefined,
): SourceDatabase[] {
  const demo = demoOf(environment, displayName, aws, network);
  return configured(environment).map(({ source, config }) => ({
    ...config,
    ...demo?.addresses[source.name],
    source,
    password: pulumi.secret(config.password),
  }));
}

function demoOf(
  environment: Environment,
  displayName: string,
  aws: AwsRegion | undefined,
  network: Network | undefined,
): DemoSources | undefined {
  const { stack, demo } = environment;
  if (demo.host === "off") {
    return undefined;
  }
  return new DemoSources(
    "demo",
    {
      databases: configured(environment).map(({ source, config }) => ({
        ...config,
        source,
        password: pulumi.secret(config.password),
        setup: setupOf(stack, source, config),
      })),
      host:
        demo.host === "docker"
          ? { on: "docker", daemon: demo.dockerHost, address: demo.address }
          : besideWorkers(`${displayName}-demo`, aws, network),
    },
    { providers: aws === undefined ? [] : [aws.provider] },
  );
}

function besideWorkers(displayName: string, aws: AwsRegion | undefined, network: Network | undefined): Ec2Host {
  const subnetId = network?.subnetIds[0];
  if (aws === undefined || network === undefined || subnetId === undefined) {
    throw new Error("there is no network for the demo's databases");
  }
  const { vpcId, workersGroupId } = network;
  return { on: "ec2", displayName, region: aws.region, vpcId, subnetId, workersGroupId };
}

function configured({ graph, databases }: Environment): { source: Source; config: DatabaseConfig }[] {
  return graph.sources.flatMap((source) => {
    const config = databases[source.name];
    return config === undefined ? [] : [{ source, config }];
  });
}

function setupOf(stack: string, source: Source, { database, user, tls }: DatabaseConfig): string {
  const template = readFileSync(path.join("sql", "sources", templateOf(source.kind, "enable")), "utf8");
  return databaseSetup(source, { stack, database, user, tls: tls !== "off" }, template);
}
