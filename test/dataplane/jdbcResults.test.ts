import { Lab } from "../../dataplane/engines/processes.ts";
import type { ColumnType } from "../../model/columnTypes.ts";
import type { Transformation } from "../../model/graph.ts";
import { jdbcTable, type JdbcTable } from "../../model/jdbc/table.ts";
import { readCaseFiles, type CaseRecord, type Row, type Value } from "../../tools/streams/cases.ts";
import { lastRows } from "../../tools/streams/final.ts";
import { graph } from "../unit/model/warehouse/tables.ts";
import { avroType, carried, framed, recordSchema } from "./jdbc/avro.ts";
import { JdbcTarget } from "./jdbc/target.ts";
import { Plane } from "./plane.ts";

/**
 * The records that ksqlDB writes in each case of test/streams, tombstones and windows among them, end in databases as the
 * rows that the case ends with. Each case has a topic and a table of its own, so that all of them are one stream.
 */
const lab = new Lab("jdbc-results");
let plane: Plane;
let targets: readonly JdbcTarget[];

interface Case {
  readonly name: string;
  readonly result: Transformation;
  readonly table: JdbcTable;
  readonly outputs: readonly CaseRecord[];
}

const cases: readonly Case[] = readCaseFiles().flatMap(({ name, tests }) => {
  const result = graph.transformations.find((candidate) => candidate.name === name);
  if (result === undefined) {
    throw new Error(`no ${name}`);
  }
  // A session that has grown leaves what it was behind, so that no JDBC target takes sessions.
  return result.window?.kind === "SESSION"
    ? []
    : tests.map((test, index): Case => {
        const table = jdbcTable(result);
        const number = String(index + 1);
        const own = {
          ...table,
          topic: `case.${table.topic}.${number}`,
          name: `${table.name}_${number}`,
          partitions: 1,
        };
        return { name: `${name}: ${test.name}`, result, table: own, outputs: test.outputs };
      });
});

beforeAll(async () => {
  plane = await Plane.start(lab, {
    declaration: {
      sources: {},
      transformations: {},
      targets: { to_pg: { kind: "jdbc" }, to_maria: { kind: "jdbc" } },
      consumers: {},
    },
    tables: { maria: "", pg: "" },
  });
  plane.pg.sql("create database to_pg");
  const tables = cases.map(({ table }) => table);
  // The cases' records are years old: a broker would delete them at its next look, before they were read.
  const configEntries = [{ name: "retention.ms", value: "-1" }];
  await plane.broker.createTopics(tables.map(({ topic }) => ({ topic, configEntries })));
  targets = [
    new JdbcTarget(plane, { name: "to_pg", system: "postgres", tables, tasks: 1 }),
    new JdbcTarget(plane, { name: "to_maria", system: "mariaDb", tables, tasks: 1 }),
  ];
  await write();
  for (const target of targets) {
    await plane.broker.allow(target.connector, [
      { resourceType: "TOPIC", resourceName: "case.", patternType: "PREFIXED", operation: "READ" },
    ]);
    target.setUp();
    await target.run();
  }
  await Promise.all(targets.map((target) => untilRead(target)));
});

afterAll(() => lab.stop());

async function write(): Promise<void> {
  const producer = plane.broker.client.producer({ retry: { retries: 8 } });
  await producer.connect();
  for (const { result, table, outputs } of cases) {
    const keyColumns = result.keyFields ?? [];
    const key = keySchema(result, outputs);
    const value = recordSchema(table.name, result.columns);
    const ids = {
      key: await register(`${table.topic}-key`, key),
      value: await register(`${table.topic}-value`, value),
    };
    const messages = outputs.map((record) => ({
      key: record.key === null ? null : Buffer.concat([framed(ids.key, key, record.key), windowBytes(record)]),
      value: record.value === null ? null : framed(ids.value, value, valueOf(result, record.value)),
      timestamp: String(record.timestamp),
    }));
    expect(keyColumns.length).toBeLessThanOrEqual(1);
    if (messages.length > 0) {
      await producer.send({ topic: table.topic, messages });
    }
  }
  await producer.disconnect();
}

/** Bare values: no result of the article's has a key of several columns. */
function keySchema(result: Transformation, outputs: readonly CaseRecord[]): unknown {
  const sample = outputs.find(({ key }) => key !== null)?.key;
  const int: ColumnType = { logical: "int32" };
  return avroType(typeof sample === "string" ? { logical: "text", length: 1 } : int);
}

function valueOf(result: Transformation, row: Row): Record<string, unknown> {
  return Object.fromEntries(result.columns.map(({ name, type }) => [name, carried(type, row[name] ?? null)]));
}

/** ksqlDB writes the beginning of a window behind the key. */
function windowBytes({ window }: CaseRecord): Buffer {
  if (window === undefined) {
    return Buffer.alloc(0);
  }
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(window.start));
  return bytes;
}

async function register(subject: string, schema: unknown): Promise<number> {
  const response = await fetch(`${plane.registry.url}/subjects/${subject}/versions`, {
    method: "POST",
    headers: { "Content-Type": "application/vnd.schemaregistry.v1+json" },
    body: JSON.stringify({ schema: JSON.stringify(schema) }),
  });
  return ((await response.json()) as { id: number }).id;
}

/** Until the sink's group has noted the end of every topic. */
async function untilRead({ connector }: JdbcTarget): Promise<void> {
  const admin = plane.broker.client.admin();
  await admin.connect();
  try {
    await lab.eventually(`${connector} has read everything`, 120, async () => {
      const noted = await admin.fetchOffsets({ groupId: `connect-${connector}` });
      const places = new Map(noted.map(({ topic, partitions }) => [topic, Number(partitions[0]?.offset ?? -1)]));
      const isRead = cases.every(
        ({ table, outputs }) => outputs.length === 0 || places.get(table.topic) === outputs.length,
      );
      return isRead ? true : undefined;
    });
  } finally {
    await admin.disconnect();
  }
}

test.each(cases.map((one) => [one.name, one] as const))("%s", async (_, { result, table, outputs }) => {
  const wanted = left(result, outputs).map(({ value }) =>
    table.columns.map(({ field, type }) => textOf(type, value?.[field] ?? null)).join("|"),
  );
  const columns = table.columns.map(({ name, type }) => shown(type, name));
  for (const target of targets) {
    const at = target.name === "to_pg" ? `pipeline.${table.name}` : table.name;
    let rows: string[] = [];
    await lab
      .eventually(`${at} has its rows`, 30, () => {
        // The last column is there so that no NULL is the last.
        const found = target.rows(`select ${columns.join(", ")}, 'end' from ${at}`).map((row) => row.slice(0, -1));
        rows = found.map((row) =>
          row.map((cell) => (cell === "NULL" ? "" : cell.replace(/(:\d\d)\.000$/, "$1"))).join("|"),
        );
        return Promise.resolve(rows.sort().join("\n") === wanted.toSorted().join("\n") ? true : undefined);
      })
      .catch(() => undefined);
    expect({ [target.name]: rows }).toEqual({ [target.name]: wanted.toSorted() });
  }
});

function left(result: Transformation, outputs: readonly CaseRecord[]): CaseRecord[] {
  const isGone = ({ value }: CaseRecord) => value?.__DELETED === "true";
  if (result.kind === "entity") {
    return lastRows(outputs);
  }
  if (result.key.length === 0) {
    return [...outputs];
  }
  // What has no key is no row: it is a dead letter.
  const keyed = outputs.filter(({ value }) => result.key.every((key) => (value?.[key] ?? null) !== null));
  const last = new Map(keyed.map((record) => [JSON.stringify(result.key.map((key) => record.value?.[key])), record]));
  return [...last.values()].filter((record) => !isGone(record));
}

/** Booleans as both clients write a number. */
function shown(type: ColumnType, name: string): string {
  return type.logical === "boolean" ? `case when ${name} then 1 when not ${name} then 0 end` : name;
}

function textOf(type: ColumnType, value: Value): string {
  if (value === null) {
    return "";
  }
  switch (type.logical) {
    case "boolean":
      return value === true ? "1" : "0";
    case "date":
      return new Date(Number(value) * 86_400_000).toISOString().slice(0, 10);
    case "timestamp":
      return new Date(Number(value))
        .toISOString()
        .replace("T", " ")
        .replace("Z", "")
        .replace(/\.000$/, "");
    default:
      return String(value);
  }
}
