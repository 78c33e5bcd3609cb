import * as fc from "fast-check";
import { accountName } from "../../../config.ts";
import { aclsOf, principalsOf, rolesOf, type Grant, type Principal } from "../../../model/access.ts";
import { int32 } from "../../../model/columnTypes.ts";
import { declaredGraph, readBy, selectedGraph, type Graph } from "../../../model/graph.ts";
import type { PipelineDeclaration, Stage } from "../../../model/pipeline.ts";
import { topicsOf } from "../../../model/topics.ts";
import { pipeline } from "../../../pipeline.ts";
import { anyDeclaration, anyStage } from "./declarations.ts";

const ofStage = (stage: Stage, declaration = pipeline) =>
  selectedGraph(declaredGraph(declaration), { stage, tables: [], transformations: [], targets: [] });
const principal = (name: string, graph: Graph): Principal => {
  const found = principalsOf(graph).find((candidate) => candidate.name === name);
  if (found === undefined) {
    throw new Error(`no principal ${name}`);
  }
  return found;
};

/** A right as a line: what may be done, on what; a prefix ends with `*`. */
const acls = (of: Principal) =>
  aclsOf(of).map(
    ({ operation, resourceType, resourceName, patternType }) =>
      `${operation} ${resourceType} ${resourceName}${patternType === "PREFIXED" ? "*" : ""}`,
  );
const roles = (of: Principal) => rolesOf(of).map((role) => `${role.roleName} ${role.resource} ${role.namePattern}`);

const stage3 = ofStage(3);

it("each purpose has an account, and the keys that its clients need", () => {
  expect(principalsOf(stage3).map(({ name, purpose, keys }) => [name, purpose, keys])).toEqual([
    ["workers", "Kafka Connect workers: source connectors write the tables' topics", ["kafka", "registry"]],
    ["ksqldb", "ksqlDB: reads what transformations read, writes their results", []],
    ["sink-snowflake", "Sink connector of target snowflake, on our workers", ["kafka", "registry"]],
    ["sink-lake", "Sink connector of target lake, run by Confluent", []],
  ]);
});

it.each<[Stage, string[]]>([
  [0, ["workers", "sink-snowflake"]],
  [1, ["workers", "sink-snowflake"]],
  [2, ["workers", "ksqldb", "sink-snowflake"]],
])("stage %d has no account that it does not need", (stage, names) => {
  expect(principalsOf(ofStage(stage)).map(({ name }) => name)).toEqual(names);
});

describe("the workers", () => {
  const workers = principal("workers", stage3);

  it("have these ACLs", () => {
    expect(acls(workers)).toEqual([
      "READ GROUP connect-workers",
      "READ TOPIC _connect.*",
      "WRITE TOPIC _connect.*",
      "DESCRIBE_CONFIGS TOPIC _connect.*",
      "WRITE TOPIC mssql.*",
      "WRITE TOPIC _heartbeat.mssql",
      "READ TOPIC _history.mssql",
      "WRITE TOPIC _history.mssql",
      "DESCRIBE_CONFIGS TOPIC _history.mssql",
      "READ GROUP mssql-schemahistory",
      "WRITE TOPIC mysql.*",
      "WRITE TOPIC _heartbeat.mysql",
      "READ TOPIC _history.mysql",
      "WRITE TOPIC _history.mysql",
      "DESCRIBE_CONFIGS TOPIC _history.mysql",
      "READ GROUP mysql-schemahistory",
    ]);
  });

  it("have these roles", () => {
    expect(roles(workers)).toEqual([
      "DeveloperRead GROUP connect-workers",
      "DeveloperRead TOPIC _connect.*",
      "DeveloperWrite TOPIC _connect.*",
      "DeveloperWrite TOPIC mssql.*",
      "DeveloperRead SUBJECT mssql.*",
      "DeveloperWrite SUBJECT mssql.*",
      "DeveloperWrite TOPIC _heartbeat.mssql",
      "DeveloperRead SUBJECT _heartbeat.mssql-*",
      "DeveloperWrite SUBJECT _heartbeat.mssql-*",
      "DeveloperRead TOPIC _history.mssql",
      "DeveloperWrite TOPIC _history.mssql",
      "DeveloperRead GROUP mssql-schemahistory",
      "DeveloperWrite TOPIC mysql.*",
      "DeveloperRead SUBJECT mysql.*",
      "DeveloperWrite SUBJECT mysql.*",
      "DeveloperWrite TOPIC _heartbeat.mysql",
      "DeveloperRead SUBJECT _heartbeat.mysql-*",
      "DeveloperWrite SUBJECT _heartbeat.mysql-*",
      "DeveloperRead TOPIC _history.mysql",
      "DeveloperWrite TOPIC _history.mysql",
      "DeveloperRead GROUP mysql-schemahistory",
    ]);
  });
});

describe("ksqlDB", () => {
  const ksqlDb = principal("ksqldb", stage3);

  it("has these ACLs", () => {
    expect(acls(ksqlDb)).toEqual([
      "DESCRIBE CLUSTER kafka-cluster",
      "DESCRIBE_CONFIGS CLUSTER kafka-cluster",
      "DESCRIBE TOPIC *",
      "DESCRIBE_CONFIGS TOPIC *",
      "DESCRIBE GROUP *",
      "DESCRIBE_CONFIGS GROUP *",
      "READ TOPIC mssql.dbo.ORDERS",
      "READ TOPIC mysql.customers",
      "ALL TOPIC ORDERS_ENRICHED",
    ]);
  });

  it("has these roles", () => {
    expect(roles(ksqlDb)).toEqual([
      "DeveloperRead TOPIC mssql.dbo.ORDERS",
      "DeveloperRead SUBJECT mssql.dbo.ORDERS-key",
      "DeveloperRead SUBJECT mssql.dbo.ORDERS-value",
      "DeveloperRead TOPIC mysql.customers",
      "DeveloperRead SUBJECT mysql.customers-key",
      "DeveloperRead SUBJECT mysql.customers-value",
      "ResourceOwner TOPIC ORDERS_ENRICHED",
      "ResourceOwner SUBJECT ORDERS_ENRICHED-*",
    ]);
  });
});

describe("the sink on our workers", () => {
  const sink = principal("sink-snowflake", stage3);

  it("has these ACLs", () => {
    expect(acls(sink)).toEqual([
      "READ TOPIC mssql.*",
      "READ TOPIC mysql.*",
      "READ TOPIC ORDERS_ENRICHED",
      "READ GROUP connect-sink-snowflake",
      "DELETE GROUP connect-sink-snowflake",
      "WRITE TOPIC dlq.snowflake",
    ]);
  });

  it("has these roles", () => {
    expect(roles(sink)).toEqual([
      "DeveloperRead TOPIC mssql.*",
      "DeveloperRead SUBJECT mssql.*",
      "DeveloperRead TOPIC mysql.*",
      "DeveloperRead SUBJECT mysql.*",
      "DeveloperRead TOPIC ORDERS_ENRICHED",
      "DeveloperRead SUBJECT ORDERS_ENRICHED-key",
      "DeveloperRead SUBJECT ORDERS_ENRICHED-value",
      "DeveloperRead GROUP connect-sink-snowflake",
      "DeveloperManage GROUP connect-sink-snowflake",
      "DeveloperWrite TOPIC dlq.snowflake",
    ]);
  });
});

describe("the sink that Confluent runs", () => {
  const sink = principal("sink-lake", stage3);

  it("has these ACLs", () => {
    expect(acls(sink)).toEqual([
      "DESCRIBE CLUSTER kafka-cluster",
      "READ TOPIC ORDERS_ENRICHED",
      "READ GROUP connect-lcc*",
      "CREATE TOPIC dlq-lcc*",
      "WRITE TOPIC dlq-lcc*",
      "CREATE TOPIC success-lcc*",
      "WRITE TOPIC success-lcc*",
      "CREATE TOPIC error-lcc*",
      "WRITE TOPIC error-lcc*",
    ]);
  });

  it("has these roles", () => {
    expect(roles(sink)).toEqual([
      "DeveloperRead TOPIC ORDERS_ENRICHED",
      "DeveloperRead SUBJECT ORDERS_ENRICHED-key",
      "DeveloperRead SUBJECT ORDERS_ENRICHED-value",
      "DeveloperRead GROUP connect-lcc*",
      "DeveloperManage TOPIC dlq-lcc*",
      "DeveloperWrite TOPIC dlq-lcc*",
      "DeveloperManage TOPIC success-lcc*",
      "DeveloperWrite TOPIC success-lcc*",
      "DeveloperManage TOPIC error-lcc*",
      "DeveloperWrite TOPIC error-lcc*",
    ]);
  });
});

it("a sink that Confluent runs and that takes everything reads sources by their prefixes", () => {
  const sink = principal("sink-lake", ofStage(3, { ...pipeline, targets: { lake: { kind: "lake" } } }));
  expect(acls(sink).filter((acl) => acl.startsWith("READ TOPIC"))).toEqual([
    "READ TOPIC mssql.*",
    "READ TOPIC mysql.*",
    "READ TOPIC ORDERS_ENRICHED",
  ]);
  expect(roles(sink).filter((role) => role.includes("SUBJECT"))).toEqual([
    "DeveloperRead SUBJECT mssql.*",
    "DeveloperRead SUBJECT mysql.*",
    "DeveloperRead SUBJECT ORDERS_ENRICHED-key",
    "DeveloperRead SUBJECT ORDERS_ENRICHED-value",
  ]);
});

describe("an application that reads ORDERS", () => {
  const graph = ofStage(0, { ...pipeline, consumers: { shipping: { reads: ["ORDERS"] } } });
  const shipping = principal("consumer-shipping", graph);

  it("has keys of its own, for Kafka and Schema Registry", () => {
    expect([shipping.keys, shipping.purpose]).toEqual([
      ["kafka", "registry"],
      "Application shipping: reads its topics, in the consumer group of its name",
    ]);
  });

  it("has these rights and no others", () => {
    expect(acls(shipping)).toEqual(["READ TOPIC mssql.dbo.ORDERS", "READ GROUP shipping"]);
    expect(roles(shipping)).toEqual([
      "DeveloperRead TOPIC mssql.dbo.ORDERS",
      "DeveloperRead SUBJECT mssql.dbo.ORDERS-key",
      "DeveloperRead SUBJECT mssql.dbo.ORDERS-value",
      "DeveloperRead GROUP shipping",
    ]);
  });
});

it("PostgreSQL, which keeps no schema history, asks for no rights in one", () => {
  const [source] = Object.values(pipeline.sources);
  const postgres = { crm: { kind: "postgres" as const, database: "crm", tables: source?.tables ?? {} } };
  const graph = declaredGraph({ sources: postgres, transformations: {}, targets: {}, consumers: {} });
  expect(acls(principal("workers", graph)).filter((acl) => acl.includes("crm"))).toEqual([
    "WRITE TOPIC crm.*",
    "WRITE TOPIC _heartbeat.crm",
  ]);
});

it("a table more changes nothing for whoever takes everything, nor for the workers", () => {
  const [name = "", source] = Object.entries(pipeline.sources)[0] ?? [];
  const items = { "dbo.ITEMS": { kind: "facts", key: "id", columns: { id: int32 } } } as const;
  const tables = { ...source?.tables, ...items };
  const changed = { ...pipeline.sources, [name]: { kind: "sqlServer", database: "demo", tables } } as const;
  const graph = ofStage(3, { ...pipeline, sources: changed });
  expect(graph.tables).toHaveLength(3);
  expect(principalsOf(graph)).toEqual(principalsOf(stage3));
});

/** Whether a grant is about a topic, by Kafka's own rule. */
const covers = (grant: Grant, topic: string) =>
  grant.resource === "TOPIC" && (grant.pattern === "LITERAL" ? grant.name === topic : topic.startsWith(grant.name));
const topicsThat = (of: Principal, operation: "READ" | "WRITE", topics: readonly string[]) =>
  topics.filter((topic) =>
    of.grants.some(
      (grant) => covers(grant, topic) && [operation, "ALL"].some((o) => grant.operations.includes(o as "ALL")),
    ),
  );

describe("in any pipeline", () => {
  const anyGraph = fc.tuple(anyDeclaration, anyStage).map(([declaration, stage]) => ofStage(stage, declaration));
  const namesOf = (graph: Graph) => topicsOf(graph, { partitions: 1, retentionDays: 1 }).map(({ name }) => name);
  const sorted = (names: readonly string[]) => names.toSorted();

  it("a reader can read what it reads, and nothing else", () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const readers = [
          ...graph.targets.map((target) => ({ ...target, account: `sink-${target.name}` })),
          ...graph.consumers.map((consumer) => ({ ...consumer, account: `consumer-${consumer.name}` })),
        ];
        for (const reader of readers) {
          const readable = topicsThat(principal(reader.account, graph), "READ", namesOf(graph));
          expect(sorted(readable)).toEqual(sorted(readBy(graph, reader).map(({ topic }) => topic)));
        }
      }),
    );
  });

  it("ksqlDB can read what transformations read, and write their results", () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        if (graph.transformations.length > 0) {
          const ksqlDb = principal("ksqldb", graph);
          const results = graph.transformations.map(({ topic }) => topic);
          const inputs = graph.transformations.flatMap((result) => readBy(graph, result).map(({ topic }) => topic));
          expect(sorted(topicsThat(ksqlDb, "READ", namesOf(graph)))).toEqual(
            sorted([...new Set([...inputs, ...results])]),
          );
          expect(sorted(topicsThat(ksqlDb, "WRITE", namesOf(graph)))).toEqual(sorted(results));
        }
      }),
    );
  });

  it("the workers can write every topic but results and dead letters, and read only what Connect keeps", () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const workers = principal("workers", graph);
        const notTheirs = (topic: string) => topic.startsWith("dlq.") || topic.startsWith("RESULT_");
        const topics = namesOf(graph);
        expect(topicsThat(workers, "WRITE", topics)).toEqual(topics.filter((topic) => !notTheirs(topic)));
        expect(topicsThat(workers, "READ", topics)).toEqual(
          topics.filter((topic) => topic.startsWith("_connect.") || topic.startsWith("_history.")),
        );
      }),
    );
  });

  it("a source's prefix covers its tables' topics and no other", () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        for (const source of graph.sources) {
          const prefix: Grant = { resource: "TOPIC", pattern: "PREFIXED", name: `${source.name}.`, operations: [] };
          expect(principal("workers", graph).grants).toContainEqual({ ...prefix, operations: ["WRITE"] });
          expect(namesOf(graph).filter((topic) => covers(prefix, topic))).toEqual(
            source.tables.map(({ topic }) => topic),
          );
        }
      }),
    );
  });

  it("ACLs and roles let the same be read and written", () => {
    const rights = {
      READ: "DeveloperRead",
      WRITE: "DeveloperWrite",
      CREATE: "DeveloperManage",
      DELETE: "DeveloperManage",
      ALL: "ResourceOwner",
    };
    fc.assert(
      fc.property(anyGraph, (graph) => {
        for (const each of principalsOf(graph)) {
          const byAcl = aclsOf(each)
            .filter(({ operation }) => operation in rights)
            .map((acl) => [
              rights[acl.operation as keyof typeof rights],
              acl.resourceType,
              acl.resourceName + (acl.patternType === "PREFIXED" ? "*" : ""),
            ]);
          const byRole = rolesOf(each)
            .filter(({ resource }) => resource !== "SUBJECT")
            .map((role) => [role.roleName, role.resource, role.namePattern]);
          expect(byRole).toEqual(byAcl);
        }
      }),
    );
  });

  it("nobody is given a right twice", () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        for (const each of principalsOf(graph)) {
          expect(new Set(acls(each)).size).toBe(acls(each).length);
          expect(new Set(roles(each)).size).toBe(roles(each).length);
        }
      }),
    );
  });

  it("accounts have different names", () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const names = ["admin", ...principalsOf(graph).map(({ name }) => name)];
        const accounts = names.map((name) => accountName({ project: "pipeline", stack: "dev" }, name));
        expect(new Set(accounts).size).toBe(accounts.length);
      }),
    );
  });

  const without = (declaration: PipelineDeclaration, part: "targets" | "consumers", name: string) => ({
    ...declaration,
    [part]: Object.fromEntries(Object.entries(declaration[part]).filter(([other]) => other !== name)),
  });

  it.each(["targets", "consumers"] as const)("one of the %s more changes nothing for the others", (part) => {
    fc.assert(
      fc.property(anyDeclaration, (declaration) => {
        const before = principalsOf(ofStage(3, declaration));
        for (const name of Object.keys(declaration[part])) {
          const account = `${part === "targets" ? "sink" : "consumer"}-${name}`;
          expect(principalsOf(ofStage(3, without(declaration, part, name)))).toEqual(
            before.filter((each) => each.name !== account),
          );
        }
      }),
    );
  });
});
