import { readBy, type Graph, type Reader, type Source, type Table, type Transformation } from "./graph.ts";
import {
  connectPrefix,
  deadLetterPrefix,
  heartbeatPrefix,
  historyPrefix,
  sinkName,
  workerGroup,
} from "./internalNames.ts";
import type { Placement } from "./placement.ts";
import { accountOfTeam, ksqlDbsOf, type KsqlDb, type KsqlDbSites } from "./streams.ts";
import { hostedByWorkers } from "./targets/registry.ts";
import { hasHistory, subjectsOf } from "./topics.ts";

export type Operation = "READ" | "WRITE" | "CREATE" | "DELETE" | "DESCRIBE" | "DESCRIBE_CONFIGS" | "ALL";
export type GrantedResource = "TOPIC" | "GROUP" | "CLUSTER" | "TRANSACTIONAL_ID" | "SUBJECT";

/** One thing that a principal may do. */
export interface Grant {
  readonly resource: GrantedResource;
  readonly pattern: "LITERAL" | "PREFIXED";
  readonly name: string;
  readonly operations: readonly Operation[];
  /** No role gives it without giving far more, so that an ACL gives it where there are roles too. Default: `false`. */
  readonly onlyByAcl?: boolean;
}

/** A purpose with a service account of its own. */
export interface Principal {
  readonly name: string;
  /** What it is for; stands in the account's description. */
  readonly purpose: string;
  readonly grants: readonly Grant[];
  /** Which API keys it needs; managed services use the account itself. */
  readonly keys: readonly ("kafka" | "registry")[];
}

/** Everyone but the platform admin, each with the least it needs. */
export function principalsOf(graph: Graph, placement: Placement = "ec2", sites?: KsqlDbSites): Principal[] {
  const ksqlDbs = ksqlDbsOf(graph, sites);
  return [
    ...(placement === "managed" ? graph.sources.map((source) => managedSource(source)) : [workers(graph)]),
    ...ksqlDbs.map((one) => ksqlDb(graph, one)),
    ...ksqlDbs.flatMap(({ guests }) => guests.map((team) => guestTeam(team))),
    ...graph.targets.map((target) =>
      hostedByWorkers(target.kind, placement) ? workerSink(graph, target) : managedSink(graph, target),
    ),
    ...graph.consumers.map((consumer) => application(graph, consumer)),
  ];
}

/**
 * The Connect workers with the source connectors. The stack makes every topic, so they never need CREATE. Prefixes are
 * safe: a source's name has no dot in it, so `mssql.` covers that source's topics and no other's.
 */
function workers(graph: Graph): Principal {
  return {
    name: "workers",
    purpose: "Kafka Connect workers: source connectors write the tables' topics",
    keys: ["kafka", "registry"],
    grants: [
      { resource: "GROUP", pattern: "LITERAL", name: workerGroup, operations: ["READ"] },
      // Connect stops when the policy is not `compact`, but only if it may look: DESCRIBE_CONFIGS makes it loud.
      {
        resource: "TOPIC",
        pattern: "PREFIXED",
        name: connectPrefix,
        operations: ["READ", "WRITE", "DESCRIBE_CONFIGS"],
      },
      ...graph.sources.flatMap((source) => writesRows(source)),
    ],
  };
}

function schemaHistory(source: string): Grant[] {
  return [
    {
      resource: "TOPIC",
      pattern: "LITERAL",
      name: historyPrefix + source,
      operations: ["READ", "WRITE", "DESCRIBE_CONFIGS"],
    },
    { resource: "GROUP", pattern: "LITERAL", name: `${source}-schemahistory`, operations: ["READ"] },
  ];
}

/**
 * A source connector that Confluent runs. Whether Confluent looks for CREATE on the source's topics, though the stack
 * makes them, is not documented; its own examples grant it.
 */
function managedSource(source: Source): Principal {
  const [rows, ...rest] = writesRows(source);
  return {
    name: `source-${source.name}`,
    purpose: `Source connector of ${source.name}, run by Confluent`,
    keys: [],
    grants: [
      cluster("DESCRIBE"),
      ...(rows === undefined ? [] : [{ ...rows, operations: ["CREATE", "WRITE"] as const }]),
      ...rest,
    ],
  };
}

/** What a source connector writes, and reads of its own. */
function writesRows({ name, kind }: Source): Grant[] {
  return [
    { resource: "TOPIC", pattern: "PREFIXED", name: `${name}.`, operations: ["WRITE"] },
    { resource: "SUBJECT", pattern: "PREFIXED", name: `${name}.`, operations: ["READ", "WRITE"] },
    { resource: "TOPIC", pattern: "LITERAL", name: heartbeatPrefix + name, operations: ["WRITE"] },
    // Heartbeats go through the same converters as rows, so they have schemas too.
    { resource: "SUBJECT", pattern: "PREFIXED", name: `${heartbeatPrefix}${name}-`, operations: ["READ", "WRITE"] },
    ...(hasHistory(kind) ? schemaHistory(name) : []),
  ];
}

/**
 * What the queries of a ksqlDB run as. It looks at how long a topic keeps rows before it makes another one (`Authorization
 * denied to Describe_configs` else), and it deletes the subjects of a result with its topic. Confluent's clusters know
 * the names of their internal topics only once they are made: those are granted then.
 */
function ksqlDb(graph: Graph, { name, team, serviceId, transformations }: KsqlDb): Principal {
  const read = new Set(transformations.flatMap((transformation) => transformation.reads));
  const inputs = [...graph.tables, ...graph.transformations].filter(
    (item) => read.has(item.name) && !transformations.some((own) => own.name === item.name),
  );
  return {
    name,
    purpose: `ksqlDB${team === undefined ? "" : ` of team ${team}`}: reads what transformations read, writes their results`,
    keys: serviceId === undefined ? [] : ["kafka", "registry"],
    grants: [
      { ...cluster("DESCRIBE", "DESCRIBE_CONFIGS"), onlyByAcl: true },
      ...(["TOPIC", "GROUP"] as const).map((resource): Grant => ({
        resource,
        pattern: "LITERAL",
        name: "*",
        operations: ["DESCRIBE", "DESCRIBE_CONFIGS"],
        onlyByAcl: true,
      })),
      ...inputs.flatMap((item) => mayRead(item)),
      ...transformations.flatMap((result): Grant[] => [
        { resource: "TOPIC", pattern: "LITERAL", name: result.topic, operations: ["ALL"] },
        { resource: "SUBJECT", pattern: "PREFIXED", name: `${result.topic}-`, operations: ["ALL"] },
      ]),
      ...(serviceId === undefined ? [] : internalGrants(serviceId)),
    ],
  };
}

/** What ksqlDB keeps for itself. `prefix`: the topic prefix of Confluent's cluster, or a server's `ksql.service.id`. */
export function internalGrants(prefix: string): Grant[] {
  const internal = `_confluent-ksql-${prefix}`;
  return [
    { resource: "TRANSACTIONAL_ID", pattern: "LITERAL", name: prefix, operations: ["DESCRIBE", "WRITE"] },
    { resource: "TOPIC", pattern: "PREFIXED", name: prefix, operations: ["ALL"] },
    { resource: "TOPIC", pattern: "PREFIXED", name: internal, operations: ["ALL"] },
    { resource: "GROUP", pattern: "PREFIXED", name: internal, operations: ["ALL"] },
    { resource: "SUBJECT", pattern: "PREFIXED", name: internal, operations: ["ALL"] },
  ];
}

/** Reads and writes no topic itself: what it sends runs as the shared ksqlDB. */
function guestTeam(team: string): Principal {
  return {
    name: accountOfTeam(team),
    purpose: `Team ${team}: sends its statements to the shared ksqlDB`,
    keys: [],
    grants: [],
  };
}

/** Its clients, the one for dead letters too, use its own keys: a new target changes no other account. */
function workerSink(graph: Graph, target: Reader): Principal {
  return {
    name: sinkName(target.name),
    purpose: `Sink connector of target ${target.name}, on our workers`,
    keys: ["kafka", "registry"],
    grants: [
      ...readsTopics(graph, target),
      // DELETE: a target is loaded again, or a demo taken down, by having Connect forget how far the sink has read.
      {
        resource: "GROUP",
        pattern: "LITERAL",
        name: `connect-${sinkName(target.name)}`,
        operations: ["READ", "DELETE"],
      },
      { resource: "TOPIC", pattern: "LITERAL", name: deadLetterPrefix + target.name, operations: ["WRITE"] },
    ],
  };
}

/** A sink that Confluent runs: its consumer group and its dead-letter topics carry the connector's id (`lcc-…`). */
function managedSink(graph: Graph, target: Reader): Principal {
  return {
    name: sinkName(target.name),
    purpose: `Sink connector of target ${target.name}, run by Confluent`,
    keys: [],
    grants: [
      cluster("DESCRIBE"),
      ...readsTopics(graph, target),
      { resource: "GROUP", pattern: "PREFIXED", name: "connect-lcc", operations: ["READ"] },
      ...["dlq-lcc", "success-lcc", "error-lcc"].map((name): Grant => ({
        resource: "TOPIC",
        pattern: "PREFIXED",
        name,
        operations: ["CREATE", "WRITE"],
      })),
    ],
  };
}

function application(graph: Graph, consumer: Reader): Principal {
  return {
    name: `consumer-${consumer.name}`,
    purpose: `Application ${consumer.name}: reads its topics, in the consumer group of its name`,
    keys: ["kafka", "registry"],
    grants: [
      ...readsTopics(graph, consumer),
      { resource: "GROUP", pattern: "LITERAL", name: consumer.name, operations: ["READ"] },
    ],
  };
}

/** Whoever takes everything reads a source by its prefix: adding a table then changes nothing for it. */
function readsTopics(graph: Graph, reader: Reader): Grant[] {
  if (reader.reads !== "all") {
    return readBy(graph, reader).flatMap((item) => mayRead(item));
  }
  return [
    ...graph.sources.flatMap((source): Grant[] => [
      { resource: "TOPIC", pattern: "PREFIXED", name: `${source.name}.`, operations: ["READ"] },
      { resource: "SUBJECT", pattern: "PREFIXED", name: `${source.name}.`, operations: ["READ"] },
    ]),
    ...graph.transformations.flatMap((result) => mayRead(result)),
  ];
}

function mayRead({ topic }: Table | Transformation): Grant[] {
  const { key, value } = subjectsOf(topic);
  return [
    { resource: "TOPIC", pattern: "LITERAL", name: topic, operations: ["READ"] },
    { resource: "SUBJECT", pattern: "LITERAL", name: key, operations: ["READ"] },
    { resource: "SUBJECT", pattern: "LITERAL", name: value, operations: ["READ"] },
  ];
}

function cluster(...operations: Operation[]): Grant {
  return { resource: "CLUSTER", pattern: "LITERAL", name: "kafka-cluster", operations };
}

/** A Kafka ACL, but for the principal's id, which the cloud gives. */
export interface Acl {
  readonly resourceType: Exclude<GrantedResource, "SUBJECT">;
  readonly resourceName: string;
  readonly patternType: "LITERAL" | "PREFIXED";
  readonly operation: Operation;
}

/** The ACLs of a basic cluster. Schema Registry knows no ACLs: subjects are granted by role in every cluster. */
export function aclsOf(principal: Principal): Acl[] {
  return principal.grants.flatMap(({ resource, name, pattern, operations }) =>
    resource === "SUBJECT"
      ? []
      : operations.map((operation) => ({
          resourceType: resource,
          resourceName: name,
          patternType: pattern,
          operation,
        })),
  );
}

/** The ACLs that are needed beside roles: what only describes, which no role gives without the right to delete. */
export function aclsBesideRoles(principal: Principal): Acl[] {
  return aclsOf({ ...principal, grants: principal.grants.filter(({ onlyByAcl }) => onlyByAcl === true) });
}

/** A role on one thing, but for the cluster's part of its CRN. */
export interface Role {
  readonly roleName: "DeveloperRead" | "DeveloperWrite" | "DeveloperManage" | "ResourceOwner";
  readonly resource: Exclude<GrantedResource, "CLUSTER">;
  /** Name as a CRN pattern: a prefix ends with `*`. */
  readonly namePattern: string;
}

/** The roles that give the same rights where the cluster knows roles, and on subjects everywhere. */
export function rolesOf(principal: Principal): Role[] {
  return principal.grants.flatMap(({ resource, name, pattern, operations }): Role[] => {
    if (resource === "CLUSTER") {
      return []; // describing the cluster comes with any role in it
    }
    const namePattern = pattern === "PREFIXED" ? `${name}*` : name;
    return [...new Set(operations.flatMap((operation) => roleFor(operation)))].map((roleName) => ({
      roleName,
      resource,
      namePattern,
    }));
  });
}

function roleFor(operation: Operation): Role["roleName"][] {
  switch (operation) {
    case "READ":
      return ["DeveloperRead"];
    case "WRITE":
      return ["DeveloperWrite"];
    case "CREATE":
    case "DELETE":
      return ["DeveloperManage"];
    case "ALL":
      return ["ResourceOwner"];
    case "DESCRIBE":
      return []; // part of DeveloperRead and DeveloperWrite
    case "DESCRIBE_CONFIGS":
      return []; // only DeveloperManage has it, which may also delete the topic; without it Connect skips a check, and ksqlDB has an ACL
  }
}
