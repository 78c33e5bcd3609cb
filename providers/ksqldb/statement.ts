import { randomUUID } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import type { OnReplacement } from "../../model/ksql/statement.ts";
import type { Properties, ResourceKind } from "../resourceKind.ts";
import { GaveUp, Refused, Unauthorized } from "./answers.ts";
import { KsqlClient, type ClientOptions } from "./client.ts";
import type { Difference } from "./difference.ts";
import { ksqlDb } from "./ksqlDb.ts";
import {
  inClear,
  isUnknown,
  outputNames,
  type Drift,
  type StatementProperties,
  type StatementState,
} from "./properties.ts";
import type { Applied, Found, StreamEngine } from "./streamEngine.ts";

/** Tests have a clock of their own, and no minutes. */
export interface Environment {
  readonly client?: ClientOptions;
  readonly warn?: (words: string) => Promise<void>;
}

const freshKeyMs = 600_000;
/** Who only looks does not wait for a server for long. */
const lookMs = 60_000;

/**
 * A statement of ksqlDB as a resource. Changed in place where the server can, or dropped and made again before what reads
 * it; the engine knows the order from `reads`. Its resource needs the option `deleteBeforeReplace`, since a name is there
 * once only.
 */
export function statementKind({ client: options = {}, warn = (words) => pulumi.log.warn(words) }: Environment = {}) {
  /** Statements that this run drops to make them again, and what becomes of their topics then: at the end it is another rule. */
  const replaced = new Map<string, OnReplacement>();

  const engineOf = (access: StatementProperties, more: ClientOptions = {}): StreamEngine =>
    ksqlDb(new KsqlClient(access, { tell: warn, ...options, ...more }));

  return {
    replacedBy: [],
    outputs: outputNames,

    check(inputs) {
      const { plan, deleteTopic } = inClear(inputs);
      return !isUnknown(plan) && plan.kind === "createSource" && deleteTopic
        ? [{ property: "deleteTopic", reason: "the topic of a source is another's" }]
        : [];
    },

    async diff(urn, before, after) {
      const [state, inputs] = [inClear(before), inClear(after)];
      const engine = engineOf(inputs);
      const difference = engine.difference(state, inputs);
      if (difference.is === "replacement") {
        replaced.set(urn, inputs.onReplacement);
        await mustBeTaken(engine, state, inputs, difference);
      }
      return {
        changes: difference.is !== undefined,
        replaces: difference.property === undefined ? [] : [difference.property],
        words: difference.words,
      };
    },

    async create(inputs) {
      const properties = inClear(inputs);
      const applied = await engineOf(properties, { freshKeyMs }).create(properties);
      return { id: properties.plan.name ?? "", outputs: { ...applied, revision: randomUUID().slice(0, 8) } };
    },

    async update(before, inputs) {
      const [state, properties] = [inClear(before), inClear(inputs)];
      const engine = engineOf(properties, { freshKeyMs });
      const { change } = engine.difference(state, properties);
      const { revision, queryId, statement: text, drift } = state;
      const unchanged = (): Applied => ({ queryId, statement: text });
      const applied =
        change.kind !== "none"
          ? await engine.replaceInPlace(properties)
          : drift === undefined
            ? unchanged()
            : await engine.revive(properties, state);
      return { ...applied, revision };
    },

    async read(state) {
      const properties = inClear(state);
      try {
        return await seen(await engineOf(properties, { deadlineMs: lookMs }).look(properties), properties, state);
      } catch (error) {
        if (error instanceof GaveUp || error instanceof Unauthorized || isDenied(error)) {
          await warn(`${nameOf(properties)}: ${(error as Error).message}; it is taken to be as it was.`);
          return state;
        }
        throw error;
      }
    },

    async delete(state, urn) {
      const properties = inClear(state);
      const rule = replaced.get(urn);
      const deletesTopic = rule === undefined ? properties.deleteTopic : rule === "delete topic";
      const ended = await engineOf(properties).remove(properties, deletesTopic);
      replaced.delete(urn);
      if (ended.length > 0) {
        await warn(`${nameOf(properties)}: ${ended.join(", ")} inserted into it, and was terminated with it.`);
      }
    },
  } satisfies ResourceKind;

  /** The state as a look has found the statement. */
  async function seen(found: Found, properties: StatementState, state: Properties): Promise<Properties | undefined> {
    const steady = Object.fromEntries(Object.entries(state).filter(([key]) => key !== "drift"));
    switch (found.is) {
      case "gone":
        return undefined;
      case "as made":
        return steady;
      case "changed": {
        const { plan, statement: text, is } = found;
        return { ...steady, plan, sql: plan.normal, statement: text, drift: is satisfies Drift };
      }
      case "query failed":
        await warn(
          `${nameOf(properties)}: its query ${properties.queryId} is ${found.state}; the processing log says why.`,
        );
        return { ...steady, drift: found.is };
      default:
        return { ...steady, drift: found.is };
    }
  }
}

export const statement = statementKind();

/**
 * Has the server look at what is to come before anything is dropped. Only where all that it reads stays as it is, since
 * the server plans with what is there now.
 */
async function mustBeTaken(
  engine: StreamEngine,
  state: StatementState,
  inputs: StatementProperties,
  { change }: Difference,
): Promise<void> {
  const isSteady = () => Object.entries(inputs.reads).every(([name, revision]) => state.reads[name] === revision);
  if (change.kind !== "replacement" || !isSteady() || isUnknown(inputs.key)) {
    return;
  }
  try {
    await engine.rehearse(inputs);
  } catch (error) {
    throw new Error(
      `${inputs.file}: nothing is dropped, since ksqlDB refuses what is to come: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function isDenied(error: unknown): boolean {
  return error instanceof Refused && (error.code === 0 || Math.floor(error.code / 100) === 403);
}

function nameOf({ plan }: StatementProperties): string {
  return plan.name ?? "";
}
