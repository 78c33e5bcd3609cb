import { all } from "../../model/words.ts";
import { queryChange } from "../../model/ksql/change/query.ts";
import { meansTheSame } from "../../model/ksql/change/meaning.ts";
import { registryFormats } from "../../model/ksql/analysis/properties.ts";
import { quotedName } from "../../model/ksql/ident.ts";
import { describeSqlType } from "../../model/ksql/sqlType.ts";
import type { Relation } from "../../model/ksql/statement.ts";
import { Refused } from "./answers.ts";
import type { KsqlClient } from "./client.ts";
import type { Description, Query } from "./description.ts";
import type { StatementProperties, StatementState } from "./properties.ts";
import { insertWithId } from "./rewrite.ts";
import type { Applied } from "./streamEngine.ts";

/** Makes a stream or a table with what it takes; one that is there and says the same has been made by a run that was cut. */
export async function create(client: KsqlClient, inputs: StatementProperties): Promise<Applied> {
  if (inputs.plan.kind === "insertSelect") {
    return createInsert(client, inputs);
  }
  const name = nameOf(inputs);
  const there = await client.describe(name);
  if (there === undefined) {
    await firstRow(client, inputs);
    return sent(client, inputs, `${inputs.sql};`);
  }
  if (await isSame(client, inputs, there)) {
    return appliedOf(there, name);
  }
  if (inputs.adopt !== true) {
    throw new Error(
      `${inputs.file}: a ${there.relation.kind} ${quotedName(name)} is there already, and this stack has not made it. ` +
        `Drop it (DROP ${there.relation.kind.toUpperCase()} ${quotedName(name)};), give this one another name, or set ` +
        "adopt: true to take it over.",
    );
  }
  mustBeAlike(inputs, there.relation);
  return replaceInPlace(client, inputs);
}

/**
 * Over a topic that others write, ksqlDB would register its own schema if it came first, and the connector's, which has
 * another name, would then not be compatible with it.
 */
async function firstRow(
  client: KsqlClient,
  { plan: { kind, result, properties } }: StatementProperties,
): Promise<void> {
  const isOthers = kind === "createSource" && properties.PARTITIONS === undefined;
  if (isOthers && result !== undefined && registryFormats.has(result.valueFormat)) {
    await client.awaitFirstRow(result.topic);
  }
}

/** `CREATE OR REPLACE`. */
export async function replaceInPlace(client: KsqlClient, inputs: StatementProperties): Promise<Applied> {
  return sent(client, inputs, `${inputs.sql.replace(/^CREATE (OR REPLACE )?/, "CREATE OR REPLACE ")};`);
}

/** What a statement's query needs to run again: a paused one goes on, a failed one is replaced by itself. */
export async function revive(client: KsqlClient, inputs: StatementProperties, state: StatementState): Promise<Applied> {
  const there = await client.describe(nameOf(inputs));
  const query = there?.writers.find(({ id }) => id === state.queryId);
  if (query?.state === "PAUSED") {
    const isRunning = async () => {
      const description = await client.describe(nameOf(inputs));
      const isBack = description?.writers.some(({ id, state: now }) => id === state.queryId && now !== "PAUSED");
      return isBack === true ? true : undefined;
    };
    await client.execute(`RESUME ${state.queryId};`, inputs.reprocess, isRunning);
  } else if (query !== undefined && query.state !== "RUNNING") {
    const { reason } = queryChange(inputs.plan, inputs.plan);
    if (reason !== undefined || inputs.plan.kind === "insertSelect") {
      throw new Error(
        `${inputs.file}: the query ${state.queryId} is ${query.state}, and ${reason ?? "an INSERT INTO cannot be replaced in place"}. ` +
          "The processing log says why it failed; make the statement anew with pulumi up --replace and its URN.",
      );
    }
    return replaceInPlace(client, inputs);
  }
  return { queryId: state.queryId, statement: state.statement };
}

/** Takes it away: queries that insert into it first, then itself, and its topic where that goes too. */
export async function remove(client: KsqlClient, state: StatementState, deletesTopic: boolean): Promise<string[]> {
  const name = nameOf(state);
  if (state.plan.kind === "insertSelect") {
    await terminate(client, state.queryId);
    return [];
  }
  const there = await client.describe(name);
  if (there === undefined) {
    return [];
  }
  const inserting = there.writers.filter(({ id }) => id !== state.queryId && !/^(CSAS|CTAS|CST)_/.test(id));
  for (const { id } of inserting) {
    await terminate(client, id);
  }
  const { kind, readOnly } = there.relation;
  const topicToo = deletesTopic && state.plan.kind === "createAs" && readOnly !== true;
  const drop = `DROP ${kind.toUpperCase()} ${quotedName(name)}${topicToo ? " DELETE TOPIC" : ""};`;
  const isGone = async () => ((await client.describe(name)) === undefined ? true : undefined);
  try {
    await client.execute(drop, state.reprocess, isGone);
  } catch (error) {
    throw error instanceof Refused ? explained(error, name) : error;
  }
  return inserting.map(({ id }) => id);
}

async function terminate(client: KsqlClient, id: string): Promise<void> {
  const isGone = async () => ((await client.queries()).some((query) => query.id === id) ? undefined : true);
  if ((await isGone()) === undefined) {
    await client.execute(`TERMINATE ${id};`, "from beginning", isGone);
  }
}

/** An INSERT has no name to be found by, so its query gets one. */
async function createInsert(client: KsqlClient, inputs: StatementProperties): Promise<Applied> {
  const { id, sql } = insertWithId(inputs.sql);
  const look = async () => (await client.queries()).find((query) => query.id === id);
  const query = (await look()) ?? (await client.execute(`${sql};`, inputs.reprocess, look));
  return { queryId: query.id, statement: query.text };
}

function sent(client: KsqlClient, inputs: StatementProperties, statement: string): Promise<Applied> {
  const name = nameOf(inputs);
  return client.execute(statement, inputs.reprocess, async (isTold) => {
    const there = await client.describe(name);
    return there !== undefined && (isTold || (await isSame(client, inputs, there)))
      ? appliedOf(there, name)
      : undefined;
  });
}

/** Whether what is there says the same over the relations that both read, as one of these texts. Default: as it is declared. */
export async function isSame(
  client: KsqlClient,
  { plan, sql }: StatementProperties,
  there: Description,
  texts: readonly string[] = [sql],
): Promise<boolean> {
  const sources = await Promise.all(plan.reads.map((name) => client.describe(name)));
  const relations = sources.flatMap((source) => (source === undefined ? [] : [source.relation]));
  return texts.some((text) => meansTheSame(text, there.statement, relations));
}

function appliedOf({ statement, writers }: Description, name: string): Applied {
  return { queryId: ownQuery(writers, name)?.id ?? "", statement };
}

/** The query that a statement's own result comes from: `CSAS_X_7`. */
export function ownQuery(writers: readonly Query[], name: string): Query | undefined {
  return writers.find(({ id, sinks }) => sinks.includes(name) && /^(CSAS|CTAS|CST)_/.test(id));
}

function mustBeAlike({ plan, file }: StatementProperties, there: Relation): void {
  const ours = plan.result;
  const columns = (relation: Relation) =>
    relation.columns
      .map(({ name, type, isKey }) => `${name} ${describeSqlType(type)}${isKey ? " KEY" : ""}`)
      .join(", ");
  const differs =
    ours?.kind !== there.kind
      ? "another kind"
      : ours.topic !== there.topic
        ? "another topic"
        : columns(ours) !== columns(there)
          ? "other columns"
          : undefined;
  if (differs !== undefined) {
    throw new Error(
      `${file}: ${quotedName(there.name)} is there with ${differs}, and cannot be taken over: it is a ${there.kind} ` +
        `over ${there.topic} with ${columns(there)}.`,
    );
  }
}

/** Who has to go before it: statements of the stack have gone already. */
function explained(error: Refused, name: string): Error {
  const [, readers] = /(?:streams and\/or tables|queries) read from this source: \[(.*?)\]/.exec(error.message) ?? [];
  return readers === undefined
    ? error
    : new Error(
        `${quotedName(name)} cannot be dropped: ${all(readers.split(", "))} ${readers.includes(",") ? "read" : "reads"} it, and ` +
          "this stack has not made that. Drop it on the server first.",
      );
}

function nameOf({ plan }: StatementProperties): string {
  return plan.name ?? "";
}
