import type { SqlType } from "../../model/ksql/sqlType.ts";
import type { KsqlState, StoredQuery, StoredRelation } from "./state.ts";

/** The answers of `POST /ksql`, as the server's REST reference has them. */

function queryEntity({ id, text, sink, state: queryState, kind }: StoredQuery, topic: string | undefined) {
  return {
    queryString: text,
    sinks: [sink],
    sinkKafkaTopics: topic === undefined ? [] : [topic],
    id,
    statusCount: { [queryState]: 1 },
    queryType: kind === "CST" ? "CREATE_SOURCE" : "PERSISTENT",
    state: queryState,
  };
}

export function queriesEntity(state: KsqlState, statementText: string) {
  const queries = Object.values(state.queries).map((query) => queryEntity(query, topicOf(state, query.sink)));
  return { "@type": "queries", statementText, queries, warnings: [] };
}

export function descriptionEntity(state: KsqlState, stored: StoredRelation, statementText: string) {
  const { relation, text } = stored;
  const all = Object.values(state.queries);
  const told = (query: StoredQuery) => queryEntity(query, topicOf(state, query.sink));
  return {
    "@type": "sourceDescription",
    statementText,
    sourceDescription: {
      name: relation.name,
      windowType: relation.windowed ?? null,
      readQueries: all.filter(({ sources }) => sources.includes(relation.name)).map(told),
      writeQueries: all.filter(({ sink }) => sink === relation.name).map(told),
      fields: relation.columns.map(({ name, type, isKey }) => ({
        name,
        schema: schemaOf(type),
        ...(isKey ? { type: "KEY" } : {}),
      })),
      type: relation.kind.toUpperCase(),
      timestamp: relation.timestamp ?? "",
      statistics: "",
      errorStats: "",
      extended: false,
      keyFormat: relation.keyFormat,
      valueFormat: relation.valueFormat,
      topic: relation.topic,
      partitions: relation.partitions ?? 0,
      replication: 0,
      statement: text,
      queryOffsetSummaries: [],
      sourceConstraints: [],
    },
    warnings: [],
  };
}

export function relationsEntity(state: KsqlState, kind: "stream" | "table", statementText: string) {
  const relations = Object.values(state.relations)
    .filter(({ relation }) => relation.kind === kind)
    .map(({ relation }) => ({
      type: kind.toUpperCase(),
      name: relation.name,
      topic: relation.topic,
      keyFormat: relation.keyFormat,
      valueFormat: relation.valueFormat,
      isWindowed: relation.windowed !== undefined,
    }));
  return { "@type": `${kind}s`, statementText, [`${kind}s`]: relations, warnings: [] };
}

function topicOf(state: KsqlState, name: string): string | undefined {
  return state.relations[name]?.relation.topic;
}

interface Schema {
  readonly type: string;
  readonly fields: readonly { readonly name: string; readonly schema: Schema }[] | null;
  readonly memberSchema: Schema | null;
  readonly parameters?: { readonly precision: number; readonly scale: number };
}

function schemaOf(type: SqlType): Schema {
  const plain = { type: type.base, fields: null, memberSchema: null };
  switch (type.base) {
    case "DECIMAL":
      return { ...plain, parameters: { precision: type.precision, scale: type.scale } };
    case "ARRAY":
      return { ...plain, memberSchema: schemaOf(type.items) };
    case "MAP":
      return { ...plain, memberSchema: schemaOf(type.values) };
    case "STRUCT":
      return { ...plain, fields: type.fields.map(({ name, type: field }) => ({ name, schema: schemaOf(field) })) };
    default:
      return plain;
  }
}
