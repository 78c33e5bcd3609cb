import { KsqlEngine } from "../ksqldb/engine.ts";
import { KsqlServer, type Intervention as Happening, type Request } from "../ksqldb/server.ts";
import { emptyState, type KsqlState, type Topics } from "../ksqldb/state.ts";
import { busy } from "../ksqldb/problem.ts";
import type { Inventory } from "./inventory.ts";
import type { Done, Intervene } from "./provider.ts";
import type { Operation } from "./simulated.ts";

/** Types under which what a ksqlDB server keeps stands in the inventory: it counts as left behind, like anything else. */
const kinds = { relation: "ksqldb:relation", insert: "ksqldb:insert", topic: "kafka:topic" } as const;
const kafkaTopic = "confluentcloud:index/kafkaTopic:KafkaTopic";

/** How long a statement takes for real, in seconds. */
const seconds = 2;

/** The stack's ksqlDB server, whose streams, tables and topics are part of what exists. */
export class KsqlDb {
  /** Asked before each operation, like those of the providers. */
  intervene: Intervene = () => undefined;
  /** What happens to a request instead of its answer, before anything else is asked. */
  disturb: (request: Request) => Happening | undefined = () => undefined;
  readonly server: KsqlServer;
  readonly #done: Done[];

  constructor(cloud: Inventory, done: Done[]) {
    this.#done = done;
    const changed = (state: KsqlState) => keep(cloud, state);
    this.server = new KsqlServer(new KsqlEngine({ topics: topicsIn(cloud), state: stateIn(cloud), changed }));
    this.server.intervene = (request) => this.#happening(request);
  }

  /** Address of its REST interface; starts it at the first call. */
  listen(): Promise<string> {
    return this.server.listen();
  }

  /** What every ksqlDB cluster has from the beginning, and leaves behind: the topic and the stream of its processing log. */
  startProcessingLog(topicPrefix: string): void {
    const topic = `${topicPrefix}-processing-log`;
    const ksql = `CREATE STREAM KSQL_PROCESSING_LOG (message STRING) WITH (KAFKA_TOPIC = '${topic}', VALUE_FORMAT = 'JSON', PARTITIONS = 8);`;
    this.server.engine.run({ ksql });
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

function stateIn(cloud: Inventory): KsqlState {
  const relations = cloud.all(kinds.relation).map(({ id, hidden }) => [id, hidden?.stored] as const);
  const queries = [...cloud.all(kinds.relation), ...cloud.all(kinds.insert)].flatMap(({ hidden }) =>
    Object.entries((hidden?.queries ?? {}) as KsqlState["queries"]),
  );
  const numbers = cloud.all().map(({ hidden }) => Number(hidden?.next ?? 0));
  return {
    ...emptyState(),
    relations: Object.fromEntries(relations) as KsqlState["relations"],
    queries: Object.fromEntries(queries),
    next: Math.max(0, ...numbers),
  };
}

function keep(cloud: Inventory, { relations, queries, next }: KsqlState): void {
  const all = Object.values(queries);
  const own = (name: string) => all.filter(({ sink, kind }) => sink === name && kind !== "INSERTQUERY");
  const things = [
    ...Object.entries(relations).map(([id, stored]) => ({
      id,
      type: kinds.relation,
      properties: { statement: stored.text },
      hidden: { stored, queries: Object.fromEntries(own(id).map((query) => [query.id, query])), next },
    })),
    ...all
      .filter(({ kind }) => kind === "INSERTQUERY")
      .map((query) => ({
        id: query.id,
        type: kinds.insert,
        properties: { statement: query.text },
        hidden: { queries: { [query.id]: query }, next },
      })),
  ];
  for (const type of [kinds.relation, kinds.insert]) {
    cloud
      .all(type)
      .filter(({ id }) => !things.some((thing) => thing.type === type && thing.id === id))
      .forEach(({ id }) => cloud.delete(type, id));
  }
  things.forEach((thing) => cloud.put(structuredClone(thing)));
}

/** The topics that the stack has made, and those that ksqlDB makes itself. Subjects are not billed, and no things. */
function topicsIn(cloud: Inventory): Topics {
  const subjects = new Set<string>();
  const ofStack = (name: string) => cloud.find(kafkaTopic, ({ topicName }) => topicName === name);
  return {
    partitions(name) {
      const partitions =
        ofStack(name)?.properties.partitionsCount ?? cloud.get(kinds.topic, name)?.properties.partitions;
      return partitions === undefined ? undefined : Number(partitions);
    },
    names: () => [
      ...cloud.all(kafkaTopic).map(({ properties }) => String(properties.topicName)),
      ...cloud.all(kinds.topic).map(({ id }) => id),
    ],
    create: (id, partitions) => cloud.put({ id, type: kinds.topic, properties: { partitions } }),
    delete(name) {
      const made = ofStack(name);
      if (made !== undefined) {
        cloud.delete(kafkaTopic, made.id);
      }
      cloud.delete(kinds.topic, name);
    },
    subjects: () => [...subjects].sort(),
    register: (subject) => subjects.add(subject),
    unregister: (subject) => subjects.delete(subject),
  };
}
