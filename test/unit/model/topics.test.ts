import * as fc from "fast-check";
import { declaredGraph, selectedGraph } from "../../../model/graph.ts";
import { collidingNames, refusedName } from "../../../model/names.ts";
import type { Stage } from "../../../model/pipeline.ts";
import { workerGroup } from "../../../model/internalNames.ts";
import { topicsOf } from "../../../model/topics.ts";
import { pipeline } from "../../../pipeline.ts";
import { anyDeclaration, anyStage } from "./declarations.ts";

const ofStage = (stage: Stage, declaration = pipeline) =>
  selectedGraph(declaredGraph(declaration), { stage, tables: [], transformations: [], targets: [] });
const settings = { partitions: 6, retentionDays: 7 };

const compact = { "cleanup.policy": "compact" };
const weekOfFacts = { "cleanup.policy": "delete", "retention.ms": "604800000" };
const weekOfEntities = {
  "cleanup.policy": "compact",
  "min.compaction.lag.ms": "604800000",
  "delete.retention.ms": "604800000",
};
const forEver = { "cleanup.policy": "delete", "retention.ms": "-1", "retention.bytes": "-1" };
const aDay = { "cleanup.policy": "delete", "retention.ms": "86400000" };
const twoWeeks = { "cleanup.policy": "delete", "retention.ms": "1209600000" };

it("stage 3 has these topics", () => {
  const topics = topicsOf(ofStage(3), settings).map((topic) => [
    topic.name,
    topic.partitions,
    topic.config,
    topic.keepsData,
  ]);
  expect(topics).toEqual([
    ["mssql.dbo.ORDERS", 6, weekOfFacts, true],
    ["mysql.customers", 6, weekOfEntities, true],
    ["ORDERS_ENRICHED", 6, weekOfFacts, true],
    ["_connect.configs", 1, compact, true],
    ["_connect.offsets", 25, compact, true],
    ["_connect.status", 5, compact, true],
    ["_history.mssql", 1, forEver, true],
    ["_heartbeat.mssql", 1, aDay, false],
    ["_history.mysql", 1, forEver, true],
    ["_heartbeat.mysql", 1, aDay, false],
    ["dlq.snowflake", 1, twoWeeks, true],
  ]);
});

it("stage 0 has those of one database", () => {
  expect(topicsOf(ofStage(0), settings).map(({ name }) => name)).toEqual([
    "mssql.dbo.ORDERS",
    "_connect.configs",
    "_connect.offsets",
    "_connect.status",
    "_history.mssql",
    "_heartbeat.mssql",
    "dlq.snowflake",
  ]);
});

it("tells what each topic is for", () => {
  expect(topicsOf(ofStage(3), settings).map(({ purpose }) => purpose)).toEqual([
    "rows of mssql dbo.ORDERS",
    "rows of mysql customers",
    "result of ORDERS_ENRICHED",
    "what the connectors are",
    "how far each connector has read",
    "how each task is",
    "schema history of mssql",
    "heartbeat of mssql",
    "schema history of mysql",
    "heartbeat of mysql",
    "records that snowflake refused",
  ]);
});

it("rows have schemas whose keys never change, and internal topics none that we decide on", () => {
  const subjects = topicsOf(ofStage(3), settings).flatMap((topic) => topic.subjects);
  expect(subjects).toEqual(
    ["mssql.dbo.ORDERS", "mysql.customers", "ORDERS_ENRICHED"].flatMap((topic) => [
      { name: `${topic}-key`, compatibility: "FULL" },
      { name: `${topic}-value`, compatibility: undefined },
    ]),
  );
});

it("a table's own partitions and compatibility come before the environment's", () => {
  const { sources } = pipeline;
  const own = { partitions: 12, compatibility: "NONE" as const };
  const changed = Object.entries(sources).map(([name, source]) => {
    const tables = Object.entries(source.tables).map(([path, table]) => [path, { ...table, ...own }] as const);
    return [name, { ...source, tables: Object.fromEntries(tables) }] as const;
  });
  const [orders, , result] = topicsOf(ofStage(3, { ...pipeline, sources: Object.fromEntries(changed) }), settings);
  expect(orders?.partitions).toBe(12);
  expect(orders?.subjects.map(({ compatibility }) => compatibility)).toEqual(["FULL", "NONE"]);
  expect([result?.name, result?.partitions]).toEqual(["ORDERS_ENRICHED", 12]);
});

describe("retention", () => {
  const configs = (retentionDays: number) => {
    const [orders, customers] = topicsOf(ofStage(1), { partitions: 6, retentionDays });
    return [orders?.config, customers?.config];
  };
  // Confluent Cloud refuses a delete.retention.ms of more than 701 days.
  const longestDeletes = "60566400000";

  it.each([
    [-1, "-1", "9007199254740991", longestDeletes],
    [1, "86400000", "86400000", "86400000"],
    [701, "60566400000", "60566400000", longestDeletes],
    [702, "60652800000", "60652800000", longestDeletes],
    [36_500, "3153600000000", "3153600000000", longestDeletes],
  ])("of %d days", (days, facts, states, deletes) => {
    expect(configs(days)).toEqual([
      { "cleanup.policy": "delete", "retention.ms": facts },
      { "cleanup.policy": "compact", "min.compaction.lag.ms": states, "delete.retention.ms": deletes },
    ]);
  });
});

it("PostgreSQL, which keeps no schema history, has no topic for one", () => {
  const [source] = Object.values(pipeline.sources);
  const postgres = { crm: { kind: "postgres" as const, database: "crm", tables: source?.tables ?? {} } };
  const declaration = { sources: postgres, transformations: {}, targets: {}, consumers: {} };
  const graph = ofStage(0, declaration);
  expect(topicsOf(graph, settings).map(({ name }) => name)).toEqual([
    "crm.dbo.ORDERS",
    "_connect.configs",
    "_connect.offsets",
    "_connect.status",
    "_heartbeat.crm",
  ]);
});

describe("the topics of any pipeline", () => {
  const anySettings = fc.record({
    partitions: fc.integer({ min: 1, max: 100 }),
    retentionDays: fc.oneof(fc.constant(-1), fc.integer({ min: 1, max: 36_500 })),
  });
  const anyTopics = fc
    .tuple(anyDeclaration, anyStage, anySettings)
    .map(([declaration, stage, given]) => topicsOf(ofStage(stage, declaration), given));

  it("have names that Kafka takes and can tell apart", () => {
    fc.assert(
      fc.property(anyTopics, (topics) => {
        const names = topics.map(({ name }) => name);
        expect(names.filter((name) => refusedName("kafka", "topic", name) !== undefined)).toEqual([]);
        expect(collidingNames("kafka", names)).toEqual([]);
      }),
    );
  });

  it("have subjects of their own", () => {
    fc.assert(
      fc.property(anyTopics, (topics) => {
        const subjects = topics.flatMap((topic) => topic.subjects.map(({ name }) => name));
        expect(new Set(subjects).size).toBe(subjects.length);
      }),
    );
  });

  it("have settings that the service takes: whole numbers, as text", () => {
    fc.assert(
      fc.property(anyTopics, (topics) => {
        for (const { partitions, config } of topics) {
          const { "cleanup.policy": policy, ...numbers } = config;
          expect(["compact", "delete"]).toContain(policy);
          expect(Object.values(numbers).filter((value) => !/^(-1|\d{1,18})$/.test(value))).toEqual([]);
          expect(partitions).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });

  it("have equally many partitions where they are joined", () => {
    fc.assert(
      fc.property(anyDeclaration, anySettings, (declaration, given) => {
        const graph = ofStage(3, declaration);
        const partitions = new Map(topicsOf(graph, given).map((topic) => [topic.name, topic.partitions]));
        for (const result of graph.transformations) {
          const inputs = [...graph.tables, ...graph.transformations].filter(({ name }) => result.reads.includes(name));
          const counts = [result, ...inputs].map(({ topic }) => partitions.get(topic));
          expect(new Set(counts).size).toBe(1);
        }
      }),
    );
  });
});

it("the workers' group is not one that a sink could have", () => {
  expect(workerGroup.startsWith("connect-sink-")).toBe(false);
});
