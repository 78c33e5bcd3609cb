import * as pulumi from "@pulumi/pulumi";
import * as yaml from "yaml";
import { parseEnvironment, statementText, type ConfigInput, type Environment } from "../../config.ts";
import { pipeline } from "../../pipeline.ts";

/** The password of every database in these tests: no message may contain it. */
export const password = "correct horse battery staple";

/** Configuration as a `Pulumi.<stack>.yaml` has it, but for the project's name before each key. */
export type Config = Readonly<Record<string, unknown>>;

/** An image of the workers, with its digest. */
export const image = `registry.example.com/connect@sha256:${"0123456789abcdef".repeat(4)}`;

const needed = {
  connect: { image },
  mssql: { host: "sql.example.com", user: "cdc", password },
  mysql: { host: "my.example.com", user: "cdc", password },
  snowflake: { organization: "ACME", account: "TEST" },
  lake: { since: "2026-11-01" },
};

/** What every configuration needs: an image, both databases, Snowflake's account and the lake's first day; and what a test adds to them in YAML. */
export function configOf(text: string): Config {
  const added = (yaml.parse(text) ?? {}) as Config;
  const isGroup = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
  const merged = Object.entries(needed).map(([name, database]): [string, unknown] => {
    const given = name in added ? added[name] : {};
    return [name, isGroup(given) ? { ...database, ...(given as object) } : given];
  });
  return { ...added, ...Object.fromEntries(merged) };
}

/** What the engine makes of it: full keys, everything as text, lists and groups as JSON. */
export function engineValues(config: Config): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key.includes(":") ? key : `pipeline:${key}`,
      typeof value === "string" ? value : value === null ? "" : JSON.stringify(value),
    ]),
  );
}

/** The environment of stack `dev`, whose passwords are encrypted and whose statements all have a file. */
export function environmentOf(config: Config, changed: Partial<ConfigInput> = {}): Environment {
  return parseEnvironment({
    project: "pipeline",
    stack: "dev",
    values: engineValues(config),
    secretKeys: new Set(["pipeline:mssql", "pipeline:mysql"]),
    pipeline,
    statement: statementText,
    assembled: () => undefined,
    ...changed,
  });
}

/** The mistakes that are reported of a configuration in YAML, without their numbers. */
export function mistakesOf(text: string, changed: Partial<ConfigInput> = {}): string[] {
  return mistakesIn(configOf(text), changed);
}

/** The same of one that is whole. */
export function mistakesIn(config: Config, changed: Partial<ConfigInput> = {}): string[] {
  try {
    environmentOf(config, changed);
    return [];
  } catch (error) {
    if (!pulumi.RunError.isInstance(error)) {
      throw error;
    }
    return error.message
      .split("\n")
      .slice(1)
      .map((line) => line.replace(/^ +\d+\. /, ""));
  }
}
