import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { isObject, valueAt } from "../check.ts";
import { isKnown, unknown } from "../known.ts";
import { CloudError, type Inventory, type Properties } from "../inventory.ts";
import type { Refuse, SimulatedResource } from "../simulated.ts";

const platforms =
  /^(darwin|dragonfly|freebsd|linux|netbsd|openbsd|plan9|solaris|windows)\/(386|amd64|arm|arm64|loong64|mips64|mips64le|ppc64|ppc64le|riscv64|s390x)(\/v?\d+)?$/;
const tag = /^([\w.-]+(:\d+)?\/)?[a-z0-9]+([._/-]+[a-z0-9]+)*(:[\w][\w.-]{0,127})?$/;

/** Seconds. An image of some hundred MB, built without a cache and pushed; assumed. */
const assumed = { build: 180 };

const image: SimulatedResource = {
  computed: ["contextHash", "digest", "ref"],
  replacedBy: [],
  defaults: { network: "default" },
  check: (inputs, refuse) => {
    texts(inputs, "tags").forEach((item, index) => {
      if (item !== unknown && !tag.test(item)) {
        refuse(`tags[${String(index)}]`, `invalid reference format: ${item}`);
      }
    });
    texts(inputs, "platforms").forEach((item, index) => {
      if (item !== unknown && !platforms.test(item)) {
        refuse(`platforms[${String(index)}]`, `"${item}" is not a platform`);
      }
    });
    if (inputs.push === true && inputs.tags === undefined && inputs.exports === undefined) {
      refuse("push", "at least one tag is needed to push");
    }
    checkContext(inputs, refuse);
  },
  same: (property, before, after) =>
    property === "registries" && JSON.stringify(withoutPasswords(before)) === JSON.stringify(withoutPasswords(after)),
  stale: (state, inputs) => (state.contextHash === contextHash(inputs) ? [] : ["contextHash"]),
  seconds: (operation) => (operation === "delete" ? 2 : assumed.build),
  create: (cloud, inputs) => {
    push(cloud, inputs);
    const outputs = built(inputs);
    return { id: String(outputs.digest), outputs };
  },
  update: (cloud, _id, inputs) => {
    push(cloud, inputs);
    return undefined;
  },
  recomputed: (_thing, inputs) => built(inputs),
};

function built(inputs: Properties): Properties {
  const hash = contextHash(inputs);
  const what = [hash, inputs.platforms, inputs.buildArgs, inputs.target, inputs.dockerfile, inputs.labels];
  const digest = `sha256:${createHash("sha256").update(JSON.stringify(what)).digest("hex")}`;
  const [first] = texts(inputs, "tags");
  return { contextHash: hash, digest, ref: first === undefined ? "" : `${first}@${digest}` };
}

const ofEcr = /^(\d{12})\.dkr\.ecr\.([\w-]+)\.amazonaws\.com\/([^:]+)(?::(.+))?$/;

/** A repository in ECR must be there, takes only who logs in, and may refuse to let a tag name another image. */
function push(cloud: Inventory, inputs: Properties): void {
  if (inputs.push !== true) {
    return;
  }
  for (const name of texts(inputs, "tags")) {
    const [, registry = "", region = "", repository = "", version = "latest"] = ofEcr.exec(name) ?? [];
    if (registry === "") {
      continue;
    }
    const target = cloud.get("aws:ecr/repository:Repository", repository)?.properties;
    if (target?.region !== region) {
      throw new CloudError(
        `failed to push ${name}: name unknown: The repository with name '${repository}' does not exist in the registry with id '${registry}'`,
      );
    }
    const registries = Array.isArray(inputs.registries) ? (inputs.registries as unknown[]).filter(isObject) : [];
    if (
      !registries.some(
        ({ address, username }) => String(address).includes(`${registry}.dkr.ecr.${region}.`) && username === "AWS",
      )
    ) {
      throw new CloudError(`failed to push ${name}: no basic auth credentials`);
    }
    const { digest } = built(inputs);
    const rival = cloud.find(
      "docker-build:index:Image",
      (other) => texts(other, "tags").includes(name) && other.digest !== digest,
    );
    if (target.imageTagMutability === "IMMUTABLE" && rival !== undefined) {
      throw new CloudError(
        `failed to push ${name}: tag invalid: The image tag '${version}' already exists in the '${repository}' repository and cannot be overwritten because the tag is immutable.`,
      );
    }
  }
}

function checkContext(inputs: Properties, refuse: Refuse): void {
  const folder = valueAt(inputs, "context.location");
  if (typeof folder !== "string" || !isKnown(folder) || isRemote(folder)) {
    return;
  }
  const isInline = valueAt(inputs, "dockerfile.inline") !== undefined;
  const file = dockerfileOf(inputs);
  if (!existsSync(folder)) {
    refuse(
      "context.location",
      `unable to evaluate symlinks in context path: lstat ${folder}: no such file or directory`,
    );
  } else if (!isInline && isKnown(file) && !existsSync(file)) {
    refuse("dockerfile", `open ${file}: no such file or directory`);
  }
}

function dockerfileOf(inputs: Properties): string {
  const given = valueAt(inputs, "dockerfile.location");
  return typeof given === "string" ? given : path.join(String(valueAt(inputs, "context.location")), "Dockerfile");
}

function isRemote(location: string): boolean {
  return /^(https?:|git:|git@|github\.com\/|-$)/.test(location);
}

/** Changes with any file of the context. */
function contextHash(inputs: Properties): string {
  const folder = valueAt(inputs, "context.location");
  const hash = createHash("sha256");
  if (typeof folder === "string" && existsSync(folder)) {
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .sort()
      .map((name) => ({ name, file: path.join(folder, name) }))
      .filter(({ file }) => statSync(file).isFile())
      .forEach(({ name, file }) => hash.update(name).update(readFileSync(file)));
  }
  const file = dockerfileOf(inputs);
  return hash.update(existsSync(file) ? readFileSync(file) : file).digest("hex");
}

/** A registry's password changes with every token, which says nothing about the image. */
function withoutPasswords(registries: unknown): unknown {
  return Array.isArray(registries)
    ? (registries as unknown[]).map((item) => (isObject(item) ? { ...item, password: undefined } : item))
    : registries;
}

function texts(inputs: Properties, name: string): string[] {
  const value = inputs[name];
  return Array.isArray(value) ? (value as unknown[]).map(String) : [];
}

/** Images that are built, and pushed to where they are pulled from. */
export const build: Readonly<Record<string, SimulatedResource>> = { "docker-build:index:Image": image };
