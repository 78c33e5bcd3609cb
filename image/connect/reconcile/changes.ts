import { ownerKey } from "./declaration.ts";
import { isMasked, shown } from "./secrets.ts";

/** One key of a configuration that differs. Values are as they may be shown. */
export interface Change {
  readonly key: string;
  /** Left out where the key is new. */
  readonly from?: string;
  /** Left out where the key goes. */
  readonly to?: string;
}

/** A connector's configuration as reconcile PUTs it: the declared one, and whose it is. */
export function configToPut(name: string, config: Readonly<Record<string, string>>, owner: string) {
  return { ...config, name, [ownerKey]: owner };
}

/**
 * What a PUT would change, by key. `name` is the connector's and not compared; nor is a live value that the service hides,
 * because nobody can tell whether it differs.
 */
export function changesOf(
  wanted: Readonly<Record<string, string>>,
  live: Readonly<Record<string, unknown>> = {},
): Change[] {
  const keys = [...new Set([...Object.keys(wanted), ...Object.keys(live)])].filter((key) => key !== "name").sort();
  return keys.flatMap((key) => {
    const from = asString(live[key]);
    const to = wanted[key];
    if (from === to || (to !== undefined && isMasked(from))) {
      return [];
    }
    return [
      {
        key,
        ...(from === undefined ? {} : { from: shown(key, from) }),
        ...(to === undefined ? {} : { to: shown(key, to) }),
      },
    ];
  });
}

/** Connect keeps strings; other services and old versions also give numbers and booleans. */
export function asString(value: unknown): string | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}
