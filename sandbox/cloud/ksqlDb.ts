import { KsqlEngine } from "../ksqldb/engine.ts";
import { KsqlServer, type Intervention as Happening, type Request } from "../ksqldb/server.ts";
import { emptyState, type KsqlState, type Topics } from "../ksqldb/state.ts";
import { busy } from "../ksqldb/problem.ts";
import type { Inventory, Thing } from "./inventory.ts";
import { types } from "./confluent/common.ts";
import type { Done, Intervene } from "./provider.ts";
import type { Operation } from "./simulated.ts";

/** Types under which what a ksqlDB server keeps stands in the inventory: it counts as left behind, like anything else. */
const kinds = { relation: "ksqldb:relation", insert: "ksqldb:insert", topic: "kafka:topic" } as const;

/** How long a statement takes for real, in seconds. */
const seconds = 2;

/** A ksqlDB server whose streams, tables and topics are part of what exists. */
export class KsqlDb {
  /** Asked before each operation, like those of the providers. */
  intervene: Intervene = () => undefined;
  /** What happens to a request instead of its answer, before anything else is asked. */
  disturb: (request: Request) => Happening | undefined = () => undefined;
  readonly server: KsqlServer;
  readonly #done: Done[];

  /**
   * `emptyTopics`: those whose table has no row. `cluster`: id of the cluster that it is, by which its things are known;
   * empty: a server of the user's own.
   */
  constructor(cloud: Inventory, done: Done[], emptyTopics: ReadonlySet<string>, cluster = "") {
    this.#done = done;
    const changed = (state: KsqlState) => keep(cloud, state, cluster);
    const state = stateIn(cloud, cluster);
    this.server = new KsqlServer(new KsqlEngine({ topics: topicsIn(cloud, emptyTopics), state, changed }));
    this.server.intervene = (request) => this.#happening(request);
  }

  /** Address of its REST interface; starts it at the first call. `port`: default, one that is free. */
  listen(port?: number): Promise<string> {
    return this.server.listen(port);
  }

  close(): void {
    this.server.close();
  }

  #happening(request: Request): Happening | undefined {
    const { ksql } = request;
    const disturbance = this.disturb(request);
    if (disturbance !== undefined) {
      return disturbance;
    }
    const change = changeIn(ksql);
    if (change === undefined) {
      return undefined;
    }
    const { operation, name } = change;
    const urn = `dataplane:ksqldb:Statement::${name}`;
    switch (this.intervene(operation, urn)) {
      case "fail":
        return { status: 400, body: { error_code: 40000, message: "made to fail by the sandbox" } };
      case "hang":
        return "hang";
      case "half":
        return { after: busy.overloaded(ksql) };
      case undefined:
        this.#done.push({ operation, urn, seconds });
        return undefined;
    }
  }
}

/** What a statement does to which stream or table. */
function changeIn(ksql: string): { operation: Operation; name: string } | undefined {
  const [, verb = "", again, name = ""] =
    /^\s*(CREATE|DROP|INSERT)\s+(OR REPLACE\s+)?(?:SOURCE\s+)?(?:STREAM|TABLE|INTO)\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?`?(\w+)/i.exec(
      ksql,
    ) ?? [];
  const operation = verb.toUpperCase() === "DROP" ? "delete" : again === undefined ? "create" : "update";
  return name === "" ? undefined : { operation, name };
}

/** What a server keeps, of the two kinds. */
function thingsOf(cloud: Inventory, cluster: string): Thing[] {
  return [...cloud.all(kinds.relation), ...cloud.all(kinds.insert)].filter(({ hidden }) => hidden?.cluster === cluster);
}

/** What was in a cluster goes with it. */
export function forget(cloud: Inventory, cluster: string): void {
  thingsOf(cloud, cluster).forEach(({ type, id }) => cloud.delete(type, id));
}

function stateIn(cloud: Inventory, cluster: string): KsqlState {
  const things = thingsOf(cloud, cluster);
  const relations = things
    .filter(({ type }) => type === kinds.relation)
    .map(({ hidden }) => hidden?.stored as KsqlState["relations"][string])
    .map((stored) => [stored.relation.name, stored] as const);
  const queries = things.flatMap(({ hidden }) => Object.entries((hidden?.queries ?? {}) as KsqlState["queries"]));
  const numbers = things.map(({ hidden }) => Number(hidden?.next ?? 0));
  return {
    ...emptyState(),
    relations: Object.fromEntries(relations),
    queries: Object.fromEntries(queries),
    next: Math.max(0, ...numbers),
  };
}

function keep(cloud: Inventory, { relations, queries, next }: KsqlState, cluster: string): void {
  const all = Object.values(queries);
  const idOf = (name: string) => (cluster === "" ? name : `${cluster}/${name}`);
  const own = (name: string) => all.filter(({ sink, kind }) => sink === name && kind !== "INSERTQUERY");
  const things = [
    ...Object.entries(relations).map(([name, stored]) => ({
      id: idOf(name),
      type: kinds.relation,
      properties: {
        statement: stored.text,
        kind: stored.relation.kind,
        reads: stored.sources.length > 0 ? stored.sources : [stored.relation.topic],
      },
      hidden: { cluster, stored, queries: Object.fromEntries(own(name).map((query) => [query.id, query])), next },
    })),
    ...all
      .filter(({ kind }) => kind === "INSERTQUERY")
      .map((query) => ({
        id: idOf(query.id),
        type: kinds.insert,
        properties: { statement: query.text },
        hidden: { cluster, queries: { [query.id]: query }, next },
      })),
  ];
  thingsOf(cloud, cluster)
    .filter(({ type, id }) => !things.some((thing) => thing.type === type && thing.id === id))
    .forEach(({ type, id }) => cloud.delete(type, id));
  things.forEach((thing) => cloud.put(structuredClone(thing)));
}

/**
 * The topics that the stack has made, and those that ksqlDB makes itself. Subjects are not billed, and no things; those of
 * topics with rows are there, since whoever writes them has registered them.
 */
function topicsIn(cloud: Inventory, emptyTopics: ReadonlySet<string>): Topics {
  const subjects = new Set<string>();
  const names = () => [
    ...cloud.all(types.kafkaTopic).map(({ properties }) => String(properties.topicName)),
    ...cloud.all(kinds.topic).map(({ id }) => id),
  ];
  const ofStack = (name: string) => cloud.find(types.kafkaTopic, ({ topicName }) => topicName === name);
  return {
    partitions(name) {
      const partitions =
        ofStack(name)?.properties.partitionsCount ?? cloud.get(kinds.topic, name)?.properties.partitions;
      return partitions === undefined ? undefined : Number(partitions);
    },
    names,
    create(name, partitions) {
      const [kafka] = cloud.all(types.kafkaCluster);
      if (kafka === undefined) {
        cloud.put({ id: name, type: kinds.topic, properties: { partitions } });
        return;
      }
      // One that the stack has made before, and that was deleted with its statement, is again the stack's: by its name.
      const properties = { topicName: name, partitionsCount: partitions, config: {}, kafkaCluster: { id: kafka.id } };
      cloud.put({ id: `${kafka.id}/${name}`, type: types.kafkaTopic, properties });
    },
    delete(name) {
      const made = ofStack(name);
      if (made !== undefined) {
        cloud.delete(types.kafkaTopic, made.id);
      }
      cloud.delete(kinds.topic, name);
    },
    subjects: () => {
      const filled = names().filter((name) => !emptyTopics.has(name));
      return [...subjects, ...filled.map((name) => `${name}-value`)].sort();
    },
    register: (subject) => subjects.add(subject),
    unregister: (subject) => subjects.delete(subject),
  };
}
