import avro, { type Schema } from "avsc";
import { Lab } from "../../dataplane/engines/processes.ts";
import { carriedBy, int16, int32, int64, text, uuid, type ColumnType } from "../../model/columnTypes.ts";
import type { PipelineDeclaration, TableDeclaration } from "../../model/pipeline.ts";
import { subjectsOf } from "../../model/topics.ts";
import { Plane } from "./plane.ts";

const lab = new Lab("wire");
let plane: Plane;

/** Every type that a key may have, a value of it, and what its bytes are by Avro's own rules. */
const uid = "6f1e1f4a-0b2c-4d3e-8f50-112233445566";
const keys: readonly { name: string; type: ColumnType; sql: string; schema: "int" | "long" | "string"; hex: string }[] =
  [
    { name: "small", type: int16, sql: "-2", schema: "int", hex: "03" },
    { name: "whole", type: int32, sql: "2147483647", schema: "int", hex: "feffffff0f" },
    { name: "big", type: int64, sql: "-9223372036854775808", schema: "long", hex: "ffffffffffffffffff01" },
    { name: "words", type: text(50), sql: "'é😀'", schema: "string", hex: "0cc3a9f09f9880" },
    { name: "uid", type: uuid, sql: `'${uid}'`, schema: "string", hex: `48${Buffer.from(uid).toString("hex")}` },
  ];

const sources = [
  ["maria", "mariaDb", "maria."],
  ["pg", "postgres", "pg.public."],
] as const;

function tablesOf(prefix: string, suffix: string): Record<string, TableDeclaration> {
  return Object.fromEntries(
    keys.map(({ name, type }) => [
      `${prefix}by_${name}`,
      { kind: "entity", name: `BY_${name}_${suffix}`, key: name, columns: { [name]: type, note: text(50) } },
    ]),
  );
}

const declaration: PipelineDeclaration = {
  sources: {
    maria: { kind: "mariaDb", database: "shop", tables: tablesOf("", "MARIA") },
    pg: { kind: "postgres", database: "shop", tables: tablesOf("public.", "PG") },
  },
  transformations: {},
  targets: {},
  consumers: {},
};

function ddl(kind: "mariaDb" | "postgres"): string {
  const tables = keys.map(({ name, type, sql }) => {
    const carried = carriedBy(kind, type);
    const columnType = "type" in carried ? carried.type : "";
    return `create table by_${name} (${name} ${columnType} primary key, note varchar(50));
      insert into by_${name} values (${sql}, 'tea');`;
  });
  return ["", ...tables].join("\n");
}

interface Message {
  readonly topic: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}
const messages: Message[] = [];

beforeAll(async () => {
  plane = await Plane.start(lab, {
    declaration,
    tables: { maria: `set names utf8mb4; ${ddl("mariaDb")}`, pg: ddl("postgres") },
  });
  const consumer = plane.broker.client.consumer({ groupId: "raw", maxWaitTimeInMs: 100 });
  await consumer.connect();
  lab.atEnd(() => consumer.disconnect());
  await consumer.subscribe({ topics: [/^(maria|pg|_heartbeat)\./], fromBeginning: true });
  await consumer.run({
    eachMessage: ({ topic, message: { key, value } }) => {
      messages.push({ topic, key, value });
      return Promise.resolve();
    },
  });
  await plane.run("maria", "pg");
  plane.maria.sql("delete from by_small", { database: "shop" });
  plane.pg.sql("delete from by_small", { database: "shop" });
});

afterAll(() => lab.stop());

function first(topic: string): Promise<Message> {
  return lab.eventually(`a record in ${topic}`, 60, () =>
    Promise.resolve(messages.find((message) => message.topic === topic)),
  );
}

interface Registered {
  readonly id: number;
  readonly version: number;
  readonly schema: string;
}

async function registered(subject: string): Promise<Registered> {
  const response = await fetch(`${plane.registry.url}/subjects/${subject}/versions/latest`);
  return (await response.json()) as Registered;
}

/** Confluent's wire format. */
function framed(id: number, avroBytes: Buffer): string {
  const frame = Buffer.alloc(5);
  frame.writeInt32BE(id, 1);
  return Buffer.concat([frame, avroBytes]).toString("hex");
}

describe.each(sources)("%s", (_name, kind, prefix) => {
  test.each(keys)("a key of $name is its bare value, byte for byte", async ({ name, schema, hex }) => {
    const topic = `${prefix}by_${name}`;
    const { key } = await first(topic);
    const { id, schema: asRegistered, version } = await registered(subjectsOf(topic).key);

    expect(JSON.parse(asRegistered)).toBe(schema);
    expect(version).toBe(1);
    expect(key?.toString("hex")).toBe(framed(id, Buffer.from(hex, "hex")));
  });

  test("a row is what another Avro library writes by the schema that is registered for its topic", async () => {
    const topic = `${prefix}by_whole`;
    const { value } = await first(topic);
    const { id, schema } = await registered(subjectsOf(topic).value);
    const parsed = JSON.parse(schema) as Schema;
    const type = avro.Type.forSchema(parsed, { wrapUnions: "never" });
    const row = type.fromBuffer((value ?? Buffer.of()).subarray(5)) as Record<string, unknown>;

    expect(row).toMatchObject({ whole: 2147483647, note: "tea", __op: "r", __deleted: "false" });
    expect(value?.toString("hex")).toBe(framed(id, type.toBuffer(row)));
    // Written down here rather than read: columns first, in their order, then what the pipeline adds.
    const place =
      kind === "mariaDb"
        ? { __source_file: ["null", "string"], __source_pos: ["null", "long"] }
        : { __source_lsn: ["null", "long"] };
    expect((parsed as unknown as { fields: { name: string; type: unknown }[] }).fields).toEqual(
      Object.entries({
        whole: "int",
        note: ["null", "string"],
        __deleted: ["null", "string"],
        __op: ["null", "string"],
        __source_ts_ms: ["null", "long"],
        ...place,
      }).map(([field, fieldType]) => expect.objectContaining({ name: field, type: fieldType }) as unknown),
    );
  });

  test("a tombstone has the key and no value at all", async () => {
    const topic = `${prefix}by_small`;
    const tombstone = await lab.eventually("a tombstone", 60, () =>
      Promise.resolve(messages.find((message) => message.topic === topic && message.value === null)),
    );

    expect(tombstone.key?.toString("hex")).toBe((await first(topic)).key?.toString("hex"));
  });
});

test("subjects are called as the model says, and there are no others", async () => {
  const heartbeats = sources.map(([name]) => `_heartbeat.${name}`);
  for (const topic of heartbeats) {
    await first(topic);
  }
  const topics = [...plane.graph.tables.map(({ topic }) => topic), ...heartbeats];
  const response = await fetch(`${plane.registry.url}/subjects`);

  expect(((await response.json()) as string[]).toSorted()).toEqual(
    topics.flatMap((topic) => Object.values(subjectsOf(topic))).toSorted(),
  );
});
