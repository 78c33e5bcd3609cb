import { all } from "../../model/words.ts";
import type { StatementSyntax } from "../../model/ksql/syntax.ts";
import type { Made, Surroundings } from "./create.ts";
import { badStatement } from "./problem.ts";

export function drop(syntax: Extract<StatementSyntax, { kind: "drop" }>, { state, topics }: Surroundings): Made {
  const { relationKind: kind, deleteTopic } = syntax;
  const name = syntax.name.text;
  const stored = state.relations[name];
  const word = kind === "stream" ? "Stream" : "Table";
  if (stored === undefined) {
    if (syntax.ifExists) {
      return { message: `Source \`${name}\` does not exist.`, apply: () => undefined };
    }
    throw badStatement(`${word} ${name} does not exist.`);
  }
  const { relation } = stored;
  if (relation.kind !== kind) {
    throw badStatement(`Incompatible data source type is ${relation.kind}, but statement was DROP ${kind}`);
  }
  if (deleteTopic && relation.readOnly === true) {
    throw badStatement(`Cannot delete topic for read-only source: ${name}`);
  }
  const queries = Object.values(state.queries);
  const readers = Object.values(state.relations).filter(({ sources }) => sources.includes(name));
  const refuse = (what: string, names: readonly string[], way: string) =>
    badStatement(
      `Cannot drop ${name}.\nThe following ${what} this source: [${names.join(", ")}].\n` +
        `You need to ${way} them before dropping ${name}.`,
    );
  if (readers.length > 0) {
    throw refuse("streams and/or tables read from", readers.map((reader) => reader.relation.name).sort(), "drop");
  }
  const inserting = queries.filter(({ kind: queryKind }) => queryKind === "INSERTQUERY");
  const ids = (isConcerned: (query: (typeof queries)[number]) => boolean) =>
    inserting.filter(isConcerned).map(({ id }) => id);
  const reading = ids(({ sources }) => sources.includes(name));
  if (reading.length > 0) {
    throw refuse("queries read from", reading, "terminate");
  }
  const writing = ids(({ sink }) => sink === name);
  if (writing.length > 0) {
    throw refuse("queries write into", writing, "terminate");
  }
  return {
    message: `Source \`${name}\` (topic: ${relation.topic}) was dropped.`,
    apply: () => {
      state.relations = without(state.relations, [name]);
      const own = queries.filter(({ sink, kind: queryKind }) => sink === name && queryKind !== "INSERTQUERY");
      state.queries = without(
        state.queries,
        own.map(({ id }) => id),
      );
      if (deleteTopic) {
        topics.delete(relation.topic);
        topics.unregister(`${relation.topic}-value`);
        topics.unregister(`${relation.topic}-key`);
      }
    },
  };
}

export function terminate(name: string | undefined, { state }: Surroundings): Made {
  const ids = name === undefined ? Object.keys(state.queries) : [name];
  const unknown = ids.filter((id) => state.queries[id] === undefined);
  if (unknown.length > 0) {
    throw badStatement(`Unknown queryId: ${all(unknown)}`);
  }
  return {
    message: "Query terminated.",
    apply: () => {
      state.queries = without(state.queries, ids);
    },
  };
}

function without<T>(record: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}
