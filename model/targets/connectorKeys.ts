import type { ConfigKey } from "../configKey.ts";
import { managedSinkMistakes, type ManagedSinkRules } from "../connect/managedSink.ts";
import type { Target } from "../graph.ts";
import type { TargetReader } from "./targetKind.ts";

/** What every target's connector is configured with. */
export interface ConnectorConfig {
  readonly paused: boolean;
  /** Further settings of the connector, by their own names. */
  readonly settings: Readonly<Record<string, string>>;
}

/** The keys for it. `names`: whose names the settings have, e.g. `Confluent's template`. */
export function connectorKeys({ name }: Pick<Target, "name">, names: string): Readonly<Record<string, ConfigKey>> {
  return {
    paused: {
      type: "boolean",
      default: false,
      description: `true: ${name}'s connector keeps its place and sends nothing.`,
    },
    settings: {
      type: "object",
      default: {},
      description: `Further settings of ${name}'s connector, by their names in ${names}. Not what the pipeline sets itself.`,
    },
  };
}

/** What is given for it, of a connector that Confluent runs. */
export function readManagedConnector(
  reader: TargetReader,
  { name }: Pick<Target, "name">,
  rules: ManagedSinkRules,
): ConnectorConfig {
  return readConnector(reader, name, (given) => managedSinkMistakes(rules, given));
}

/** What is given for any connector. `mistakesOf`: what is wrong with its settings, sentences that begin with one. */
export function readConnector(
  reader: TargetReader,
  name: string,
  mistakesOf: (given: Readonly<Record<string, unknown>>) => readonly string[],
): ConnectorConfig {
  const key = `${name}.settings`;
  const given = reader.object(key);
  mistakesOf(given).forEach((mistake) => reader.mistakeIn(key, mistake));
  return {
    paused: reader.boolean(`${name}.paused`),
    settings: Object.fromEntries(Object.entries(given).map(([setting, value]) => [setting, String(value)])),
  };
}
