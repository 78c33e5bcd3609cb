import type { Placement } from "../placement.ts";

/**
 * Snowflake's connector has two generations with a class and settings of their own: 4 (April 2026) writes through the
 * server's pipe of a table and needs no more than INSERT; before it, the connector owned its tables.
 */
export type SnowflakeGeneration = 3 | 4;

/** The newest release when this was written (July 2026). */
export const defaultSnowflakeVersion = "4.1.0";

export const snowflakeClasses: Readonly<Record<SnowflakeGeneration, string>> = {
  3: "com.snowflake.kafka.connector.SnowflakeSinkConnector",
  4: "com.snowflake.kafka.connector.SnowflakeStreamingSinkConnector",
};

/** Expects a version in which `snowflakeVersionMistake` finds nothing. Version 2.5 has the settings of 3. */
export function generationOf(version: string): SnowflakeGeneration {
  return numbersOf(version)[0] >= 4 ? 4 : 3;
}

/** Where the sinks run, and on our workers which version of Snowflake's connector. */
export interface SnowflakeConnectorPlace {
  readonly placement: Placement;
  /** One in which `snowflakeVersionMistake` finds nothing. Confluent's sink is of generation 3 whatever it says. */
  readonly snowflakeVersion: string;
}

/** Whether the sink has to own the landing tables that it fills; else INSERT is all that it needs (Snowflake's documentation of the connector). */
export function sinkOwnsTables({ placement, snowflakeVersion }: SnowflakeConnectorPlace): boolean {
  return placement === "managed" || generationOf(snowflakeVersion) === 3;
}

/** From 4.1 on the connector can be told never to make a table. */
export function canRefuseMissingTables(version: string): boolean {
  const [major, minor] = numbersOf(version);
  return major > 4 || (major === 4 && minor >= 1);
}

/** Why this version of the connector cannot be rendered for, as a sentence with the fix; `undefined` if it can. */
export function snowflakeVersionMistake(version: string): string | undefined {
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    return `"${version}" is not a version of Snowflake's connector. Write the one in the workers' image, e.g. ${defaultSnowflakeVersion}.`;
  }
  const [major, minor] = numbersOf(version);
  if (major < 2 || (major === 2 && minor < 5)) {
    return `${version} is too old: it does not stream into tables that exist with a column for each field. Put 2.5.0 or newer into the workers' image, best ${defaultSnowflakeVersion}.`;
  }
  return major > 4
    ? `${version} is newer than what is known here, and its settings may be others. Write 4.x, the version in the workers' image.`
    : undefined;
}

function numbersOf(version: string): readonly [number, number] {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return [major, minor];
}
