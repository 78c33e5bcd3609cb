import * as pulumi from "@pulumi/pulumi";
import type { Declaration, WantedState } from "../../image/connect/reconcile/declaration.ts";
import { describeFailure, type Report } from "../../image/connect/reconcile/report.ts";
import { isUnknown } from "../ksqldb/properties.ts";
import { canonical } from "../canonical.ts";
import type { KindDifference, Properties, ResourceKind } from "../resourceKind.ts";
import { Unreachable, type Reach } from "./reach.ts";
import { reconcileThrough } from "./reconcileThrough.ts";

/** A connector on workers of ours. */
export interface ConnectorProperties {
  /** Name in Kafka Connect; another name is another connector, which starts from the beginning. */
  readonly name: string;
  /** All its settings, as text. */
  readonly config: Readonly<Record<string, string>>;
  readonly state: WantedState;
  /** The stack that it belongs to: no other stack touches it. */
  readonly owner: string;
  /** How its workers are reached. */
  readonly reach: Reach;
  /** `true`: its offsets, and on Postgres its replication slot, go with it. `false`: they are kept. */
  readonly forget: boolean;
  /**
   * What a sink writes into, by name, an output of each: one that is made anew, or another one of the name, makes another
   * connector, and the engine deletes the old one before what it writes into. Further names, and fewer, change nothing.
   */
  readonly tables?: Readonly<Record<string, string>>;
}

/** Makes the workers run the connector as it is declared, and fails unless all its tasks run. */
export const connector: ResourceKind = {
  replacedBy: ["name", "owner"],
  diff: (_, before, after) => Promise.resolve(difference(before, after)),
  async create(inputs) {
    const { name } = of(inputs);
    await put(of(inputs));
    return name;
  },
  async update(_, inputs) {
    await put(of(inputs));
    return undefined;
  },
  read: (state) => look(of(state), state),
  delete: (state) => remove(of(state)),
};

function difference(before: Properties, after: Properties): KindDifference {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => canonical(before[name]) !== canonical(after[name]));
  const replaces = connector.replacedBy.filter((name) => changed.includes(name));
  const isAnew = areAnew(of(before).tables ?? {}, of(after).tables ?? {});
  return { changes: changed.length > 0, replaces: isAnew ? [...replaces, "tables"] : replaces, words: "" };
}

/** The engine asks what would go first with a table that is made anew by taking all of them for unknown. */
function areAnew(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(before);
  return isUnknown(after) ? names.length > 0 : names.some((name) => name in after && after[name] !== before[name]);
}

async function put({ name, config, state, owner, reach, forget }: ConnectorProperties): Promise<void> {
  const declared: Declaration = { owner, connectors: { [name]: { config, state } }, undeclared: "keep", forget };
  await tell(await reconcileThrough(reach, declared, { dryRun: false }));
}

/** A look changes nothing, and workers that are down are no reason to forget what they run. */
async function look(
  { name, config, state: wanted, owner, reach, forget }: ConnectorProperties,
  state: Properties,
): Promise<Properties | undefined> {
  const declared: Declaration = {
    owner,
    connectors: { [name]: { config, state: wanted } },
    undeclared: "keep",
    forget,
  };
  try {
    const report = await reconcileThrough(reach, declared, { dryRun: true });
    const found = report?.connectors[name];
    if (found?.action === "created") {
      return undefined;
    }
    return { ...state, config: withChangesTakenBack(config, found?.changes ?? []) };
  } catch (error) {
    if (error instanceof Unreachable) {
      await pulumi.log.warn(`${name}: ${error.message}; it is taken to be as it was.`);
      return state;
    }
    throw error;
  }
}

/** A demo's workers that are gone have taken their connectors with them, and there is nothing left to delete. */
async function remove({ name, owner, reach, forget }: ConnectorProperties): Promise<void> {
  const declared: Declaration = { owner, connectors: {}, undeclared: "keep", remove: [name], forget };
  try {
    await tell(await reconcileThrough(reach, declared, { dryRun: false }));
  } catch (error) {
    if (!(error instanceof Unreachable && forget)) {
      throw error;
    }
    await pulumi.log.warn(`${name}: ${error.message}; if it read from Postgres, its replication slot is still there.`);
  }
}

/** Says what else there is to know, such as what a removed connector has left behind, and fails as the report does. */
async function tell(report: Report | undefined): Promise<void> {
  for (const [name, { notes }] of Object.entries(report?.connectors ?? {})) {
    for (const note of notes) {
      await pulumi.log.warn(`${name}: ${note}`);
    }
  }
  if (report?.failure !== undefined) {
    throw new Error(describeFailure(report.failure));
  }
}

function withChangesTakenBack(
  config: ConnectorProperties["config"],
  changes: readonly { key: string; from?: string | undefined }[],
): Record<string, string> {
  const live = { ...config, ...Object.fromEntries(changes.map(({ key, from }) => [key, from])) };
  return Object.fromEntries(Object.entries(live).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function of(properties: Properties): ConnectorProperties {
  return properties as unknown as ConnectorProperties;
}
