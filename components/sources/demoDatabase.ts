import type * as pulumi from "@pulumi/pulumi";
import type { DemoContainer, DemoDatabase } from "../../model/sources/demoContainer.ts";

/** A demo's database and how its container runs. */
export interface DemoContainerArgs extends DemoDatabase {
  readonly password: pulumi.Input<string>;
  readonly container: DemoContainer;
}

/** Where connectors find a database: known when it has been made. */
export interface DatabaseAddress {
  readonly host: pulumi.Output<string>;
  readonly port: number;
}
