import { createHash, randomBytes } from "node:crypto";
import { isObject } from "../check.ts";
import { CloudError, type Inventory, type Properties, type Thing } from "../inventory.ts";
import { atLeastOne, matching, type Rule } from "../rules.ts";
import type { Refuse, SimulatedResource } from "../simulated.ts";

const token = (name: string) => `docker:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}` as const;

/** Type tokens. */
const types = {
  container: token("Container"),
  network: token("Network"),
  volume: token("Volume"),
  remoteImage: token("RemoteImage"),
};

/** Seconds that nothing but the daemon's own answer takes; the rest is assumed. */
const moment = 1;
const assumed = { pull: 60, start: 5, healthy: 30 };

/** The daemon's ids are 64 hexadecimal digits. */
function newId(): string {
  return randomBytes(32).toString("hex");
}

function itemsOf(inputs: Properties, name: string): Properties[] {
  const value = inputs[name];
  return Array.isArray(value) ? (value as unknown[]).filter(isObject) : [];
}

function containerWith(cloud: Inventory, holds: (container: Properties) => boolean): Thing | undefined {
  return cloud.find(types.container, holds);
}

const network: SimulatedResource = {
  computed: ["driver", "internal", "ipamConfigs", "options", "scope"],
  replacedBy: [
    "attachable",
    "driver",
    "ingress",
    "internal",
    "ipamConfigs",
    "ipamDriver",
    "ipamOptions",
    "ipv6",
    "labels",
    "name",
    "options",
  ],
  autoNamed: "name",
  defaults: { ipamDriver: "default" },
  seconds: () => moment,
  create: (cloud, inputs) => {
    const name = String(inputs.name);
    if (["bridge", "host", "none"].includes(name)) {
      throw new CloudError(`Error response from daemon: operation is not permitted on predefined ${name} network`);
    }
    if (cloud.find(types.network, (other) => other.name === name) !== undefined) {
      throw new CloudError(`Error response from daemon: network with name ${name} already exists`);
    }
    const { driver = "bridge", internal = false, ipamConfigs = [], options = {} } = inputs;
    return { id: newId(), outputs: { driver, internal, ipamConfigs, options, scope: "local" } };
  },
  delete: (cloud, id) => {
    const { name } = cloud.get(types.network, id)?.properties ?? {};
    const isAttached = (container: Properties) =>
      itemsOf(container, "networksAdvanced").some((attachment) => [id, name].includes(attachment.name));
    if (containerWith(cloud, isAttached) !== undefined) {
      throw new CloudError(
        `Error response from daemon: error while removing network: network ${String(name)} has active endpoints`,
      );
    }
  },
};

const volume: SimulatedResource = {
  computed: ["driver", "mountpoint"],
  replacedBy: ["cluster", "driver", "driverOpts", "labels", "name"],
  autoNamed: "name",
  seconds: () => moment,
  // The daemon gives back a volume of that name that is there already.
  create: (_cloud, { name, driver = "local" }) => ({
    id: String(name),
    outputs: { driver, mountpoint: `/var/lib/docker/volumes/${String(name)}/_data` },
  }),
  delete: (cloud, id) => {
    const isMounted = (container: Properties) =>
      itemsOf(container, "volumes").some(({ volumeName }) => volumeName === id) ||
      itemsOf(container, "mounts").some(({ source, type }) => type === "volume" && source === id);
    const user = containerWith(cloud, isMounted);
    if (user !== undefined) {
      throw new CloudError(`Error response from daemon: remove ${id}: volume is in use - [${user.id}]`);
    }
  },
};

/** `registry.example/team/image:tag@sha256:…` */
const reference = /^([\w.-]+(:\d+)?\/)?[a-z0-9]+([._/-]+[a-z0-9]+)*(:[\w][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/;

const remoteImage: SimulatedResource = {
  computed: ["imageId", "repoDigest"],
  replacedBy: ["build", "name", "platform", "pullTriggers", "triggers"],
  seconds: (operation) => (operation === "create" ? assumed.pull : moment),
  create: (_cloud, { name }) => {
    if (!reference.test(String(name))) {
      throw new CloudError(`unable to pull image ${String(name)}: invalid reference format`);
    }
    const imageId = `sha256:${createHash("sha256").update(String(name)).digest("hex")}`;
    const [bare = ""] = String(name).split("@");
    return {
      id: `${imageId}${String(name)}`,
      outputs: { imageId, repoDigest: `${bare.replace(/:[\w.-]+$/, "")}@${imageId}` },
    };
  },
  delete: (cloud, id, inputs) => {
    const { imageId, name } = cloud.get(types.remoteImage, id)?.properties ?? {};
    const user = containerWith(cloud, ({ image }) => image === imageId || image === name);
    if (user !== undefined && inputs.keepLocally !== true && inputs.forceRemove !== true) {
      throw new CloudError(
        `unable to remove image: conflict: unable to remove repository reference "${String(name)}" (must force) - container ${user.id} is using its referenced image`,
      );
    }
  },
};

/** What of a container the provider changes in place; every other change replaces it. */
const changing = [
  "attach",
  "containerReadRefreshTimeoutMilliseconds",
  "cpuSet",
  "cpuShares",
  "destroyGraceSeconds",
  "healthcheck",
  "init",
  "logs",
  "maxRetryCount",
  "memory",
  "memorySwap",
  "mustRun",
  "removeVolumes",
  "restart",
  "rm",
  "start",
  "tmpfs",
  "wait",
  "waitTimeout",
];

const replacing = [
  "capabilities",
  "command",
  "dns",
  "dnsOpts",
  "dnsSearches",
  "domainname",
  "entrypoints",
  "envs",
  "groupAdds",
  "hostname",
  "hosts",
  "image",
  "ipcMode",
  "labels",
  "logDriver",
  "logOpts",
  "mounts",
  "name",
  "networkMode",
  "networksAdvanced",
  "pidMode",
  "ports",
  "privileged",
  "publishAllPorts",
  "readOnly",
  "runtime",
  "securityOpts",
  "shmSize",
  "stdinOpen",
  "stopSignal",
  "stopTimeout",
  "storageOpts",
  "sysctls",
  "tty",
  "ulimits",
  "uploads",
  "user",
  "usernsMode",
  "volumes",
  "workingDir",
];

const duration = /^-?(0|(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+)$/;
const isDuration: Rule = (value, key) =>
  typeof value === "string" && (!duration.test(value) || value.startsWith("-"))
    ? `'${key}' is not a valid duration: ${value}`
    : undefined;

const container: SimulatedResource = {
  computed: ["bridge", "containerLogs", "exitCode", "networkDatas", "hostname"],
  replacedBy: replacing,
  autoNamed: "name",
  defaults: {
    attach: false,
    containerReadRefreshTimeoutMilliseconds: 15_000,
    logs: false,
    mustRun: true,
    networkMode: "bridge",
    readOnly: false,
    removeVolumes: true,
    restart: "no",
    rm: false,
    start: true,
    stdinOpen: false,
    tty: false,
    wait: false,
    waitTimeout: 60,
  },
  rules: {
    restart: matching(
      /^(no|on-failure|always|unless-stopped)$/,
      "doesn't match the pattern (no|on-failure|always|unless-stopped)",
    ),
    cpuSet: matching(/^\d+([,-]\d+)*$/, "doesn't match the pattern ^\\d+([,-]\\d+)*$"),
    memory: (value, key) => (value === 0 ? undefined : atLeastOne(value, key)),
    "healthcheck.interval": isDuration,
    "healthcheck.startInterval": isDuration,
    "healthcheck.startPeriod": isDuration,
    "healthcheck.timeout": isDuration,
  },
  check: checkUploads,
  seconds: (operation, inputs) =>
    operation === "create" ? (inputs.wait === true ? assumed.healthy : assumed.start) : moment,
  create: (cloud, inputs) => {
    const name = String(inputs.name);
    const namesake = containerWith(cloud, (other) => other.name === name);
    if (namesake !== undefined) {
      throw new CloudError(
        `Error response from daemon: Conflict. The container name "/${name}" is already in use by container "${namesake.id}". ` +
          "You have to remove (or rename) that container to be able to reuse that name.",
      );
    }
    checkImage(cloud, String(inputs.image));
    checkPorts(inputs);
    checkNetworks(cloud, inputs);
    const id = newId();
    const problem = inputs.start === true ? hindrance(cloud, inputs) : undefined;
    return {
      id,
      outputs: {
        bridge: "",
        containerLogs: "",
        exitCode: 0,
        hostname: inputs.hostname ?? id.slice(0, 12),
        networkDatas: itemsOf(inputs, "networksAdvanced").map((attachment, index) => ({
          networkName: attachment.name,
          ipAddress: `172.18.0.${String(index + 2)}`,
          ipPrefixLength: 16,
          gateway: "172.18.0.1",
        })),
      },
      ...(problem === undefined ? {} : { problem }),
    };
  },
};

/** A file to upload has its content in one of three ways. */
function checkUploads(inputs: Properties, refuse: Refuse): void {
  itemsOf(inputs, "uploads").forEach((upload, index) => {
    const given = ["content", "contentBase64", "source"].filter((way) => upload[way] !== undefined);
    const mode = upload.permissions;
    if (given.length !== 1) {
      refuse(
        `uploads[${String(index)}]`,
        "only one of 'content', 'content_base64' or 'source' must be specified for 'upload'",
      );
    }
    if (typeof mode === "string" && !/^0[0-7]{3}$/.test(mode)) {
      refuse(`uploads[${String(index)}].permissions`, "doesn't match the pattern ^0[0-7]{3}$");
    }
  });
}

/** An image by id must be on the host; one by name is pulled. */
function checkImage(cloud: Inventory, image: string): void {
  const isThere =
    image.startsWith("sha256:") && cloud.find(types.remoteImage, ({ imageId }) => imageId === image) !== undefined;
  if (!isThere && (image.startsWith("sha256:") || !reference.test(image))) {
    throw new CloudError(`Unable to create container with image ${image}: unable to find or pull image ${image}`);
  }
}

function checkPorts(inputs: Properties): void {
  const ports = itemsOf(inputs, "ports").flatMap(({ internal, external }) => [internal, external ?? 0]);
  const strange = ports.find((port) => Number(port) < 0 || Number(port) > 65_535);
  if (strange !== undefined) {
    throw new CloudError(`Error response from daemon: invalid port specification: "${String(Number(strange))}"`);
  }
}

function checkNetworks(cloud: Inventory, inputs: Properties): void {
  for (const { name } of itemsOf(inputs, "networksAdvanced")) {
    const isThere =
      ["bridge", "host", "none"].includes(String(name)) ||
      cloud.find(types.network, (other, id) => other.name === name || id === name) !== undefined;
    if (!isThere) {
      throw new CloudError(`Error response from daemon: network ${String(name)} not found`);
    }
  }
}

/** Why a container that was made does not start: a port of the host belongs to another one. */
function hindrance(cloud: Inventory, inputs: Properties): string | undefined {
  const published = (properties: Properties) =>
    itemsOf(properties, "ports")
      .filter(({ external }) => external !== undefined)
      .map(({ external, protocol = "tcp" }) => `${String(external)}/${String(protocol)}`);
  const taken = cloud
    .all(types.container)
    .filter(({ properties }) => properties.start === true)
    .flatMap(({ properties }) => published(properties));
  const clash = published(inputs).find((port) => taken.includes(port));
  return clash === undefined
    ? undefined
    : `Unable to start container: Error response from daemon: driver failed programming external connectivity on endpoint ${String(inputs.name)}: ` +
        `Bind for 0.0.0.0:${clash.split("/")[0] ?? ""} failed: port is already allocated`;
}

/** What there is on a Docker host. */
export const host: Readonly<Record<string, SimulatedResource>> = {
  [types.container]: { ...container, replacedBy: replacing.filter((input) => !changing.includes(input)) },
  [types.network]: network,
  [types.volume]: volume,
  [types.remoteImage]: remoteImage,
};
