import { Container } from "@pulumi/docker/container.js";
import { Provider } from "@pulumi/docker/provider.js";
import { RemoteImage } from "@pulumi/docker/remoteImage.js";
import { Volume } from "@pulumi/docker/volume.js";
import * as pulumi from "@pulumi/pulumi";
import { everyAddress, passwordFile, type DemoContainer } from "../../model/sources/demoContainer.ts";
import type { DatabaseAddress, DemoContainerArgs } from "./demoDatabase.ts";

/** A Docker host of the user's. */
export interface DockerHost {
  readonly on: "docker";
  /** Its daemon, e.g. `ssh://user@host`; empty: the local one, which previews then need too. A change makes other databases. */
  readonly daemon: string;
  /** The one address of it at which databases can be reached, as the workers see it. A change replaces the containers; rows stay. */
  readonly address: string;
}

/** Fails for what means every address of a host: a database would listen to the world. */
export function refuseEveryAddress(address: string): void {
  if (everyAddress.includes(address)) {
    throw new Error(
      `The demo's databases would listen at every address of their host ("${address}"). ` +
        "Write the one that the workers reach, or 127.0.0.1.",
    );
  }
}

/** A container for each database. The user's password is in a file of it: `docker inspect` shows the environment. */
export function runInDocker(
  name: string,
  databases: readonly DemoContainerArgs[],
  { daemon, address }: DockerHost,
  parent: pulumi.Resource,
): Record<string, DatabaseAddress> {
  const provider = new Provider(`${name}-docker`, daemon === "" ? {} : { host: daemon }, { parent });
  const own = { parent, provider };
  return Object.fromEntries(
    databases.map(({ source, port, password, container }) => {
      const running = runContainer(`${name}-${source.name}`, { container, password, port, address }, own);
      return [source.name, { host: running.id.apply(() => address), port }];
    }),
  );
}

interface RunArgs {
  readonly container: DemoContainer;
  readonly password: pulumi.Input<string>;
  readonly port: number;
  readonly address: string;
}

function runContainer(
  name: string,
  { container, password, port, address }: RunArgs,
  opts: pulumi.CustomResourceOptions,
): Container {
  const image = new RemoteImage(`${name}-image`, { name: container.image }, opts);
  const data = new Volume(`${name}-data`, {}, opts);
  return new Container(
    `${name}-container`,
    {
      image: image.imageId,
      user: String(container.user),
      envs: Object.entries(container.environment).map(([key, value]) => `${key}=${value}`),
      entrypoints: [...container.start],
      uploads: uploadsOf(container, password),
      volumes: [{ volumeName: data.name, containerPath: container.data }],
      ports: [{ internal: container.port, external: port, ip: address }],
      memory: container.memory,
      restart: "unless-stopped",
      // Whoever reads from the database waits until it is there.
      healthcheck: { tests: ["CMD", ...container.isReady], interval: "5s", timeout: "10s", retries: 60 },
      wait: true,
      waitTimeout: 300,
      destroyGraceSeconds: 30,
    },
    opts,
  );
}

function uploadsOf(container: DemoContainer, password: pulumi.Input<string>) {
  const owner = String(container.user);
  return [
    ...Object.entries(container.files).map(([file, content]) => ({ file, content, permissions: "0444" })),
    { file: passwordFile, content: pulumi.secret(password), owner, permissions: "0400" },
  ];
}
