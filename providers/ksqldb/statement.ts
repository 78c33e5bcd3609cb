import { randomUUID } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { changeOf, type StatementPlan } from "../../model/ksql/change/change.ts";
import { describeSqlType } from "../../model/ksql/sqlType.ts";
import type { OnReplacement, Relation, RelationColumn } from "../../model/ksql/statement.ts";
import type { Properties, ResourceKind } from "../resourceKind.ts";
import { GaveUp, Refused, Unauthorized } from "./answers.ts";
import { create, isSame, ownQuery, remove, replaceInPlace, revive, type Applied } from "./apply.ts";
import { KsqlClient, type ClientOptions } from "./client.ts";
import type { Description, Query } from "./description.ts";
import { differenceOf, type Difference } from "./difference.ts";
import {
  inClear,
  isUnknown,
  outputNames,
  type Drift,
  type StatementOutputs,
  type StatementProperties,
  type StatementState,
} from "./properties.ts";
import { selectOf } from "./rewrite.ts";

/** Tests have a clock of their own, and no minutes. */
export interface Environment {
  readonly client?: ClientOptions;
  readonly warn?: (words: string) => Promise<void>;
}

const freshKeyMs = 600_000;

/**
 * A statement of ksqlDB as a resource. Changed in place where the server can, or dropped and made again before what reads
 * it; the engine knows the order from `reads`. Its resource needs the option `deleteBeforeReplace`, since a name is there
 * once only.
 */
export function statementKind({ client: options = {}, warn = (words) => pulumi.log.warn(words) }: Environment = {}) {
  /** Statements that this run drops to make them again: their topics are kept or deleted by another rule than at the end. */
  const replaced = new Map<string, OnReplacement>();
  const clientOf = (access: StatementProperties, more: ClientOptions = {}) => {
    const endpoint = process.env.KSQLDB_URL ?? access.endpoint;
    return new KsqlClient({ ...access, endpoint }, { tell: warn, ...options, ...more });
  };

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
      const difference = differenceOf(state, inputs);
      if (difference.is === "replacement") {
        replaced.set(urn, inputs.onReplacement);
        await rehearse(state, inputs, difference);
      }
      return {
        changes: difference.is !== undefined,
        replaces: difference.property === undefined ? [] : [difference.property],
        words: difference.words,
      };
    },

    async create(inputs) {
      const properties = inClear(inputs);
      const applied = await create(clientOf(properties, { freshKeyMs }), properties);
      return { id: properties.plan.name ?? "", outputs: { ...applied, revision: randomUUID().slice(0, 8) } };
    },

    async update(before, inputs) {
      const [state, properties] = [inClear(before), inClear(inputs)];
      const { revision } = state;
      const client = () => clientOf(properties, { freshKeyMs });
      const change = changeOf(state.plan, properties.plan, properties);
      if (change.kind !== "none") {
        return { ...(await replaceInPlace(client(), properties)), revision };
      }
      const applied = state.drift === undefined ? appliedIn(state) : await revive(client(), properties, state);
      return { ...applied, revision };
    },

    async read(state) {
      const properties = inClear(state);
      try {
        return await look(clientOf(properties), properties, state, warn);
      } catch (error) {
        if (error instanceof GaveUp || error instanceof Unauthorized || isDenied(error)) {
          await warn(`${properties.plan.name ?? ""}: ${(error as Error).message}; it is taken to be as it was.`);
          return state;
        }
        throw error;
      }
    },

    async delete(state, urn) {
      const properties = inClear(state);
      const rule = replaced.get(urn);
      const deletesTopic = rule === undefined ? properties.deleteTopic : rule === "delete topic";
      const ended = await remove(clientOf(properties), properties, deletesTopic);
      replaced.delete(urn);
      if (ended.length > 0) {
        await warn(`${properties.plan.name ?? ""}: ${ended.join(", ")} inserted into it, and was terminated with it.`);
      }
    },
  } satisfies ResourceKind;

  /**
   * Has the server plan the new query before anything is dropped. Only over sources that stay as they are, since it plans
   * with what is there now. A declaration of a source has no query: what is wrong with it, the checker knows. A trial with
   * another name is not made, since it would make a topic and read with it.
   */
  async function rehearse(state: StatementState, inputs: StatementProperties, { change }: Difference): Promise<void> {
    const select = selectOf(inputs.sql);
    const isSteady = Object.entries(inputs.reads).every(([name, revision]) => state.reads[name] === revision);
    if (change.kind !== "replacement" || select === undefined || !isSteady || isUnknown(inputs.key)) {
      return;
    }
    try {
      await clientOf(inputs).rehearse(select);
    } catch (error) {
      if (error instanceof Refused && Math.floor(error.code / 100) === 400) {
        throw new Error(`${inputs.file}: nothing is dropped, since ksqlDB refuses what is to come: ${error.message}`);
      }
    }
  }
}

export const statement = statementKind();

function isDenied(error: unknown): boolean {
  return error instanceof Refused && (error.code === 0 || Math.floor(error.code / 100) === 403);
}

function appliedIn({ queryId, statement: text }: StatementState): Applied {
  return { queryId, statement: text };
}

/** What there is now; `undefined`: it is gone. */
async function look(
  client: KsqlClient,
  properties: StatementState,
  state: Properties,
  warn: (words: string) => Promise<void>,
): Promise<Properties | undefined> {
  const { plan, queryId } = properties;
  const name = plan.name ?? "";
  const steady = Object.fromEntries(Object.entries(state).filter(([key]) => key !== "drift"));
  if (plan.kind === "insertSelect") {
    const query = (await client.queries()).find(({ id }) => id === queryId);
    return query && { ...steady, ...(await driftOf(query, properties, warn)) };
  }
  const there = await client.describe(name);
  if (there === undefined) {
    return undefined;
  }
  if (!(await isAsMade(client, properties, there))) {
    const live = livePlan(plan, there);
    return { ...steady, plan: live, sql: live.normal, statement: there.statement, drift: "changed" satisfies Drift };
  }
  const query = ownQuery(there.writers, name);
  return { ...steady, ...(queryId === "" ? {} : await driftOf(query, properties, warn)) };
}

/** Another text is no other statement: a newer server may write the same in other words. */
async function isAsMade(client: KsqlClient, properties: StatementState, there: Description): Promise<boolean> {
  const { statement: asMade, sql, plan } = properties;
  return (
    there.statement === asMade ||
    (columnsText(there.relation) === columnsText(plan.result) &&
      (await isSame(client, properties, there, [asMade, sql])))
  );
}

/** The plan as it is on the server, when somebody has made another of it. */
function livePlan(plan: StatementPlan, { relation, statement: normal }: Description): StatementPlan {
  const { columns, topic } = relation;
  const isAlike = columnsText(relation) === columnsText(plan.result);
  return { ...plan, normal, result: plan.result && { ...plan.result, topic, ...(isAlike ? {} : { columns }) } };
}

function columnsText(relation: Relation | undefined): string {
  const text = ({ name, type, isKey }: RelationColumn) => `${name} ${describeSqlType(type)} ${String(isKey)}`;
  return (relation?.columns ?? []).map(text).join();
}

async function driftOf(
  query: Query | undefined,
  { plan, queryId }: StatementState,
  warn: (words: string) => Promise<void>,
): Promise<Pick<StatementOutputs, "drift">> {
  switch (query?.state) {
    case "RUNNING":
      return {};
    case undefined:
      return { drift: "query gone" };
    case "PAUSED":
      return { drift: "query paused" };
    default:
      await warn(`${plan.name ?? ""}: its query ${queryId} is ${query?.state ?? ""}; the processing log says why.`);
      return { drift: "query failed" };
  }
}
