import * as pulumi from "@pulumi/pulumi";
import { demoContainer, type DemoDatabase } from "../../model/sources/demoContainer.ts";
import type { DatabaseAddress } from "./demoDatabase.ts";
import { refuseEveryAddress, runInDocker, type DockerHost } from "./dockerHost.ts";
import { refuseLongUserData, runOnInstance, type Ec2Host } from "./ec2Host.ts";

export interface DemoSourcesArgs {
  /** SQL Server and MySQL; every other kind is refused. */
  databases: readonly (DemoDatabase & {
    /**
     * Password of the connector's user. Another one is in force at once in Docker, and on EC2 after a restart of the
     * instance.
     */
    password: pulumi.Input<string>;
  })[];
  /** A change to another kind of host makes other databases, with the rows that a demo starts with. */
  host: DockerHost | Ec2Host;
}

/**
 * Databases of the demo's own, with the declared tables, invented rows and everything that Debezium needs. Their
 * certificates are their own, so connectors cannot verify them (`tls: trust`). All of it goes with the stack.
 */
export class DemoSources extends pulumi.ComponentResource {
  /** By source. */
  readonly addresses: Readonly<Record<string, DatabaseAddress>>;

  constructor(name: string, args: DemoSourcesArgs, opts?: pulumi.ComponentResourceOptions) {
    const databases = args.databases.map((database) => ({ ...database, container: demoContainer(database) }));
    if (args.host.on === "docker") {
      refuseEveryAddress(args.host.address);
    } else {
      refuseLongUserData(databases, args.host);
    }
    super("pipeline:sources:DemoSources", name, {}, opts);

    this.addresses =
      args.host.on === "docker"
        ? runInDocker(name, databases, args.host, this)
        : runOnInstance(name, databases, args.host, this);

    this.registerOutputs({ addresses: this.addresses });
  }
}
