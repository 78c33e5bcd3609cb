import { readdirSync, readFileSync } from "node:fs";
import * as yaml from "yaml";
import { declaredKeys } from "../../config/keys.ts";
import { declaredGraph } from "../../model/graph.ts";
import { pipeline } from "../../pipeline.ts";
import { environmentOf, type Config } from "./configs.ts";

const read = (file: string) => yaml.parse(readFileSync(file, "utf8")) as { config: Config };
const declared = read("Pulumi.yaml").config as Readonly<Record<string, { default: unknown }>>;

it("Pulumi.yaml declares the keys that config.ts reads, with their types, defaults and descriptions", () => {
  const expected = Object.entries(declaredKeys(declaredGraph(pipeline))).map(([name, key]) => [
    name,
    {
      type: key.type,
      ...(key.type === "array" ? { items: { type: "string" } } : {}),
      description: key.description,
      default: key.default,
    },
  ]);
  expect(declared).toEqual(Object.fromEntries(expected));
});

/** A stack's file as the engine reads it: with the defaults of Pulumi.yaml, and passwords, which nobody commits. */
function stackConfig(file: string): Config {
  const given = Object.entries(read(file).config);
  const config = Object.fromEntries(given.map(([key, value]) => [key.replace(/^pipeline:/, ""), value]));
  for (const [key, { default: value }] of Object.entries(declared)) {
    const [group = key, member] = key.split(".");
    if (member === undefined) {
      config[group] ??= value;
    } else {
      const isOfDatabase = member === "password" && group in pipeline.sources;
      config[group] = { [member]: isOfDatabase ? "encrypted" : value, ...(config[group] as object) };
    }
  }
  return config;
}

const stackFiles = readdirSync(".").filter((file) => /^Pulumi\.\w+\.yaml$/.test(file));

it.each(stackFiles)("%s is a good configuration", (file) => {
  const [, stack = ""] = file.split(".");
  expect(environmentOf(stackConfig(file), { stack }).stack).toBe(stack);
});

it("the committed stacks are a demo, a durable environment and the sandbox", () => {
  const kinds = stackFiles.map((file) => {
    const { stage, ephemeral, kafka } = environmentOf(stackConfig(file));
    return { file, stage, ephemeral, type: kafka.type, access: kafka.access };
  });
  expect(kinds).toEqual([
    { file: "Pulumi.dev.yaml", stage: 3, ephemeral: true, type: "basic", access: "acl" },
    { file: "Pulumi.local.yaml", stage: 3, ephemeral: true, type: "basic", access: "acl" },
    { file: "Pulumi.prod.yaml", stage: 3, ephemeral: false, type: "standard", access: "rbac" },
  ]);
});

it.each(stackFiles)("%s holds no secret in clear", (file) => {
  expect(readFileSync(file, "utf8")).not.toMatch(/(password|secret|privateKey): *[^\s{]/i);
});
