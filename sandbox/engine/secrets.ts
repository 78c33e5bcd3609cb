import { isMap, isScalar, isSeq, type Document } from "yaml";
import { databaseKeys } from "../../config/keys.ts";
import { standInsKey } from "../../config/reader.ts";
import { declaredGraph } from "../../model/graph.ts";
import type { PipelineDeclaration } from "../../model/pipeline.ts";
import { kindOf } from "../../model/targets/registry.ts";
import { SetupError } from "../errors.ts";
import { sandboxFolder } from "../folder.ts";
import { standInKey } from "./standInKey.ts";

/** Unlike any word that the engine prints: it masks every occurrence of a secret. */
const placeholder = "placeholder-of-the-sandbox";

/**
 * Takes encrypted values out of a stack's configuration, and returns a value for each, and for every secret that must be
 * there and is not: key to value. `given`: values to take rather than a stand-in.
 */
export function takeSecretsOut(
  config: Document,
  pipeline: PipelineDeclaration,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const isEncrypted = (key: string) => isSecure(config.getIn(["config", ...configPath(key)], true));
  const privateKeys = privateKeysOf(pipeline).filter(({ key }) => isEncrypted(key));
  const passphrases = privateKeysOf(pipeline)
    .map(({ passphrase }) => passphrase)
    .filter(isEncrypted);
  const ofTargets = secretsOfTargets(pipeline).filter(
    ({ key, group, isNeeded }) =>
      isEncrypted(key) || given[key] !== undefined || (isNeeded && config.hasIn(["config", ...configPath(group)])),
  );
  const replaced = [...privateKeys, ...ofTargets].map(({ key }) => key).filter((key) => given[key] === undefined);
  const standIns = Object.fromEntries([
    ...[
      ...secretKeysOf(pipeline),
      ...secretsOfOwnKsqlDbs(config),
      ...passphrases,
      ...ofTargets.map(({ key }) => key),
    ].map((key) => [key, placeholder]),
    ...privateKeys.map(({ key, passphrase }) => [
      key,
      standInKey(sandboxFolder(), isEncrypted(passphrase) ? placeholder : undefined),
    ]),
  ]) as Record<string, string>;
  const secrets: Record<string, string> = {};
  for (const [key, standIn] of Object.entries(standIns)) {
    const at = ["config", ...configPath(key)];
    const value = config.getIn(at, true);
    const isInClear = isScalar(value) && value.value !== null && value.value !== "";
    if (!isInClear) {
      if (config.hasIn(at)) {
        config.deleteIn(at);
      }
      secrets[key] = given[key] ?? standIn;
    }
  }
  if (replaced.length > 0) {
    config.setIn(["config", standInsKey], replaced);
  }
  const rest = encryptedPaths(config);
  if (rest.length > 0) {
    throw new SetupError(
      `The sandbox cannot read the encrypted values ${rest.join(", ")}: they are not keys that it knows to be secret.`,
    );
  }
  return secrets;
}

/** Every key that must be given, and encrypted. */
export function secretKeysOf(pipeline: PipelineDeclaration): string[] {
  const ofDatabases = declaredGraph(pipeline).sources.flatMap((source) =>
    Object.entries(databaseKeys(source)).flatMap(([name, key]) =>
      key.secret === true ? `${source.name}.${name}` : [],
    ),
  );
  return ["confluentcloud:cloudApiSecret", ...ofDatabases];
}

/** The private keys that a stack may have, each with what opens it: the deployment's own, and that of each loader. */
function privateKeysOf(pipeline: PipelineDeclaration): { readonly key: string; readonly passphrase: string }[] {
  const loaders = declaredGraph(pipeline)
    .targets.filter(({ kind }) => kind === "snowflake")
    .map(({ name }) => `${name}.loaderKey`);
  return ["snowflake:privateKey", ...loaders].map((key) => ({ key, passphrase: `${key}Passphrase` }));
}

/** The secrets of targets but for private keys; `isNeeded`: a target that is on cannot do without. */
function secretsOfTargets(pipeline: PipelineDeclaration): { key: string; group: string; isNeeded: boolean }[] {
  const privateKeys = privateKeysOf(pipeline).flatMap(({ key, passphrase }) => [key, passphrase]);
  return declaredGraph(pipeline)
    .targets.flatMap((target) =>
      Object.entries(kindOf(target.kind).keys(target))
        .filter(([, { secret }]) => secret === true)
        .map(([name, { required }]) => ({
          key: `${target.name}.${name}`,
          group: target.name,
          isNeeded: required === true,
        })),
    )
    .filter(({ key }) => !privateKeys.includes(key));
}

/** A ksqlDB of the user's own has a secret where it has a key; Confluent's clusters have none in the configuration. */
function secretsOfOwnKsqlDbs(config: Document): string[] {
  const streams = ["config", "pipeline:streams"];
  const teams = config.getIn([...streams, "teams"]);
  const places = [[], ...(isMap(teams) ? teams.items.map(({ key }) => ["teams", String(key)]) : [])];
  return places
    .filter((place) => config.hasIn([...streams, ...place, "key"]) || config.hasIn([...streams, ...place, "secret"]))
    .map((place) => ["streams", ...place, "secret"].join("."));
}

function isSecure(node: unknown): boolean {
  return isMap(node) && node.has("secure");
}

function encryptedPaths(config: Document): string[] {
  const found: string[] = [];
  const visit = (node: unknown, at: readonly string[]): void => {
    if (isSecure(node)) {
      found.push(at.join("."));
    } else if (isMap(node)) {
      node.items.forEach((item) => visit(item.value, [...at, String(item.key)]));
    } else if (isSeq(node)) {
      node.items.forEach((item, index) => visit(item, [...at, String(index)]));
    }
  };
  visit(config.get("config", true), []);
  return found;
}

/** `kafka.type` is `type` in the object `pipeline:kafka`; `aws:region` is a key of another namespace. */
export function configPath(key: string): string[] {
  const [first = "", ...rest] = key.split(".");
  return [first.includes(":") ? first : `pipeline:${first}`, ...rest];
}
