import type { Done } from "./cloud/provider.ts";
import type { StateResource } from "./engine/engine.ts";

/** The longest chain of operations of which each had to wait for the one before. */
export interface CriticalPath {
  /** Length in seconds. */
  readonly seconds: number;
  /** The operations on it that take time, first to last. */
  readonly chain: readonly { readonly name: string; readonly seconds: number }[];
}

/**
 * How long the operations would have taken in the real clouds, with nothing but their order to hold them up. `resources`
 * is the state that holds their dependencies: after `up`, before `destroy`.
 */
export function criticalPath(
  done: readonly Done[],
  resources: readonly StateResource[],
  direction: "up" | "destroy",
): CriticalPath {
  const seconds = new Map<string, number>();
  const resourceOf = resourcesBehind(resources);
  for (const { urn: told, seconds: spent } of done) {
    const urn = resourceOf(told);
    seconds.set(urn, (seconds.get(urn) ?? 0) + spent);
  }
  const before = direction === "up" ? waitsFor(resources) : reversed(waitsFor(resources));
  const longest = new Map<string, { total: number; previous: string | undefined }>();
  const pathTo = (urn: string): { total: number; previous: string | undefined } => {
    const known = longest.get(urn);
    if (known !== undefined) {
      return known;
    }
    longest.set(urn, { total: 0, previous: undefined }); // the engine has no loops; a broken state must not hang us
    const longestBefore = (before.get(urn) ?? [])
      .map((previous) => ({ previous, total: pathTo(previous).total }))
      .reduce<{ total: number; previous: string | undefined }>((a, b) => (b.total > a.total ? b : a), {
        total: 0,
        previous: undefined,
      });
    const path = { total: longestBefore.total + (seconds.get(urn) ?? 0), previous: longestBefore.previous };
    longest.set(urn, path);
    return path;
  };
  const last = resources
    .map(({ urn }) => urn)
    .reduce<string | undefined>((a, b) => (a === undefined || pathTo(b).total > pathTo(a).total ? b : a), undefined);
  const chain: { name: string; seconds: number }[] = [];
  for (let urn = last; urn !== undefined; urn = pathTo(urn).previous) {
    const spent = seconds.get(urn) ?? 0;
    if (spent > 0) {
      chain.unshift({ name: urn.split("::").at(-1) ?? urn, seconds: spent });
    }
  }
  return { seconds: last === undefined ? 0 : pathTo(last).total, chain };
}

/** A ksqlDB server knows what its statements make, and not the resources that they belong to: gives these, and any other URN as it is. */
export function resourcesBehind(resources: readonly StateResource[]): (told: string) => string {
  const statements = new Map(
    resources
      .filter(({ type }) => type === "dataplane:ksqldb:Statement")
      .map(({ type, id = "", urn }) => [`${type}::${id}`, urn]),
  );
  return (told) => statements.get(told) ?? told;
}

/** `5 min 32 s` */
export function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${String(seconds)} s` : `${String(minutes)} min ${String(seconds % 60)} s`;
}

/** What each resource has to wait for when it is made: its dependencies and its parent. */
export function waitsFor(resources: readonly StateResource[]): Map<string, string[]> {
  return new Map(
    resources.map(({ urn, parent, dependencies = [] }) => [
      urn,
      [...dependencies, ...(parent === undefined ? [] : [parent])],
    ]),
  );
}

function reversed(edges: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const turned = new Map<string, string[]>();
  for (const [from, targets] of edges) {
    for (const to of targets) {
      turned.set(to, [...(turned.get(to) ?? []), from]);
    }
  }
  return turned;
}
