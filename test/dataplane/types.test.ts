import type { Schema } from "avsc";
import { Lab } from "../../dataplane/engines/processes.ts";
import { Reader, type Row, type Value } from "../../dataplane/engines/reader.ts";
import { carriedBy, int32, type ColumnType } from "../../model/columnTypes.ts";
import type { PipelineDeclaration } from "../../model/pipeline.ts";
import { Plane } from "./plane.ts";
import { casesOf, declaredType, type Kind, type TypeCase } from "./typeValues.ts";

const lab = new Lab("types");
let reader: Reader;

const kinds = [
  ["mariaDb", "maria", "maria.samples"],
  ["postgres", "pg", "pg.public.samples"],
] as const;

const declaration: PipelineDeclaration = {
  sources: {
    maria: { kind: "mariaDb", database: "shop", tables: { samples: table("mariaDb") } },
    pg: { kind: "postgres", database: "shop", tables: { "public.samples": table("postgres") } },
  },
  transformations: {},
  targets: {},
  consumers: {},
};

function table(kind: Kind): PipelineDeclaration["sources"][string]["tables"][string] {
  const columns = casesOf(kind).map(({ name, type, required = false }) => [name, { type, required }] as const);
  return { kind: "facts", name: `SAMPLES_${kind}`, key: "id", columns: { id: int32, ...Object.fromEntries(columns) } };
}

function ddl(kind: Kind): string {
  const columns = casesOf(kind).map((column) => `${column.name} ${declaredType(kind, column)}`);
  return `create table samples (id int primary key, ${columns.join(", ")});`;
}

/** The first row has no value wherever it may; each column's samples come one a row, its first again in all rows after. */
const rowCount = 1 + Math.max(...kinds.flatMap(([kind]) => casesOf(kind).map(({ samples }) => samples.length)));

function sampleAt({ samples, required = false }: TypeCase, row: number): readonly [string, Value] {
  const [first = ["NULL", null]] = samples;
  return row === 0 && !required ? ["NULL", null] : (samples[row - 1] ?? first);
}

function inserts(kind: Kind, firstId: number): string {
  const rows = Array.from({ length: rowCount }, (_, row) => {
    const values = casesOf(kind).map((column) => sampleAt(column, row)[0]);
    return `insert into samples values (${firstId + row}, ${values.join(", ")});`;
  });
  return [kind === "mariaDb" ? "set names utf8mb4;" : "", ...rows].join("\n");
}

const streamed = 1000;

beforeAll(async () => {
  // A zone with summer time, for all that is started: no value may depend on it.
  process.env.TZ = "Europe/Berlin";
  const plane = await Plane.start(lab, {
    declaration,
    tables: { maria: ddl("mariaDb"), pg: ddl("postgres") },
    settings: { pg: { timezone: "Europe/Berlin" } },
  });
  reader = await Reader.open(
    lab,
    plane.broker,
    plane.registry,
    kinds.map(([, , topic]) => topic),
  );
  for (const [kind, name, topic] of kinds) {
    plane[name].sql(inserts(kind, 0), { database: "shop" });
    await plane.run(name);
    await reader.until(topic, ({ key }) => key === rowCount - 1);
    plane[name].sql(inserts(kind, streamed), { database: "shop" });
    await reader.until(topic, ({ key }) => key === streamed + rowCount - 1);
  }
});

afterAll(() => lab.stop());

describe.each(kinds)("%s", (kind, _, topic) => {
  const rows = () => reader.of(topic);
  const op = (row: Row) => (row.value as Record<string, Value>).__op;

  test("every row arrives once, in the snapshot or as a change", () => {
    const ids = Array.from({ length: rowCount }, (_each, row) => row);

    const arrived = (which: string) =>
      rows()
        .filter((row) => op(row) === which)
        .map(({ key }) => key)
        .toSorted((a, b) => Number(a) - Number(b));
    expect(arrived("r")).toEqual(ids);
    expect(arrived("c")).toEqual(ids.map((id) => streamed + id));
  });

  test.each(casesOf(kind).map((column) => [column.name, column] as const))("%s", (name, column) => {
    const expected = Array.from({ length: rowCount }, (_each, row) => sampleAt(column, row)[1]);
    const from = (firstId: number) =>
      expected.map((_each, row) => {
        const found = rows().find(({ key }) => key === firstId + row);
        return (found?.value as Record<string, Value> | undefined)?.[name];
      });

    expect({ snapshot: from(0) }).toEqual({ snapshot: expected });
    expect({ changes: from(streamed) }).toEqual({ changes: expected });
    for (const row of rows()) {
      expect(describeField(row.valueSchema, name)).toEqual(expectedField(column.type, column.required ?? false));
    }
  });
});

interface Field {
  readonly type: string;
  readonly required: boolean;
  /** Of decimals. */
  readonly precision?: number;
  readonly scale?: number;
}

/** As the model says what Kafka Connect carries. */
function expectedField(type: ColumnType, required: boolean): Field {
  const carried = carriedBy("connect", type);
  return {
    type: "type" in carried ? carried.type : carried.refused,
    required,
    ...(type.logical === "decimal" ? { precision: type.precision, scale: type.scale } : {}),
  };
}

interface AvroField {
  readonly name: string;
  readonly type: AvroType | readonly AvroType[];
}
type AvroType = string | AnnotatedType;
interface AnnotatedType {
  readonly type: string;
  readonly logicalType?: string;
  readonly precision?: number;
  readonly scale?: number;
  readonly "connect.name"?: string;
  readonly "connect.type"?: string;
}

/** A field of an Avro record as Kafka Connect reads it back. */
function describeField(schema: Schema | undefined, name: string): Field | undefined {
  const { fields = [] } = schema as unknown as { fields?: readonly AvroField[] };
  const type = fields.find((field) => field.name === name)?.type;
  if (type === undefined) {
    return undefined;
  }
  const branches = Array.isArray(type) ? (type as readonly AvroType[]) : [type as AvroType];
  const branch = branches.find((each) => each !== "null") ?? "null";
  const annotated: AnnotatedType = typeof branch === "string" ? { type: branch } : branch;
  const { logicalType, precision = 0, scale = 0, "connect.name": logicalName = "" } = annotated;
  const isLogical = logicalName.startsWith("org.apache.kafka.connect.data.");
  const plainType = annotated["connect.type"] ?? plainTypes[annotated.type] ?? annotated.type;
  return {
    type: isLogical ? logicalName : plainType.toUpperCase(),
    required: !branches.includes("null"),
    ...(logicalType === "decimal" ? { precision, scale } : {}),
  };
}

const plainTypes: Readonly<Record<string, string>> = { int: "int32", long: "int64", double: "float64" };
