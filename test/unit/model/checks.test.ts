import * as fc from "fast-check";
import { declarationMistakes } from "../../../model/checks/declaration.ts";
import { selectionMistakes } from "../../../model/checks/selection.ts";
import {
  bytes,
  date,
  decimal,
  int16,
  int32,
  int64,
  text,
  time,
  timestamp,
  type ColumnType,
} from "../../../model/columnTypes.ts";
import { declaredGraph, type Selection } from "../../../model/graph.ts";
import { changeColumnNames } from "../../../model/changeColumns.ts";
import type {
  ColumnDeclaration,
  PipelineDeclaration,
  SourceDeclaration,
  TableDeclaration,
} from "../../../model/pipeline.ts";
import * as reservedWords from "../../../model/reservedWords.ts";
import { pipeline } from "../../../pipeline.ts";
import { anyDeclaration, anyStage } from "./declarations.ts";

const orders: TableDeclaration = { kind: "facts", key: "id", columns: { id: int32, item: text(50) } };
const source = (tables: SourceDeclaration["tables"], kind: SourceDeclaration["kind"] = "sqlServer") => ({
  kind,
  database: "shop",
  tables,
});
const tables = (declared: SourceDeclaration["tables"]) => pipelineOf({ sources: { shop: source(declared) } });
const table = (changed: Partial<TableDeclaration>) => tables({ "dbo.ORDERS": { ...orders, ...changed } });
const column = (name: string, declared: ColumnType | ColumnDeclaration) =>
  table({ columns: { id: int32, [name]: declared } });

/** One table on its way through every system. */
function pipelineOf(changed: Partial<PipelineDeclaration>): PipelineDeclaration {
  return {
    sources: { shop: source({ "dbo.ORDERS": orders }) },
    transformations: { RESULT: { reads: ["ORDERS"], kind: "facts" } },
    targets: { snowflake: { kind: "snowflake" }, lake: { kind: "lake" } },
    consumers: {},
    ...changed,
  };
}

const only = (kind: "snowflake" | "lake", declared: PipelineDeclaration) => ({
  ...declared,
  ...withoutTransformations,
  targets: { target: { kind } },
});
const withoutTransformations = { transformations: {} };
const mistakesOf = (declared: PipelineDeclaration) => declarationMistakes(declaredGraph(declared));

type Row = [title: string, bad: PipelineDeclaration, mistakes: string | string[], followed?: PipelineDeclaration];

function describeMistakes(what: string, rows: readonly Row[]): void {
  describe(what, () => {
    for (const [title, bad, mistakes, followed] of rows) {
      it(title, () => {
        expect(mistakesOf(bad)).toEqual([mistakes].flat());
        if (followed !== undefined) {
          expect(mistakesOf(followed)).toEqual([]);
        }
      });
    }
  });
}

it("finds nothing wrong with the declared pipeline", () => {
  expect(mistakesOf(pipeline)).toEqual([]);
});

it("finds nothing wrong with a pipeline of one table", () => {
  expect(mistakesOf(pipelineOf({}))).toEqual([]);
});

const renamedSource = (name: string) => pipelineOf({ sources: { [name]: source({ "dbo.ORDERS": orders }) } });
const sourceNameRule =
  "a source's name is 1 to 32 lower-case letters and digits, a letter first, since its topics start with it.";

describeMistakes("a source", [
  [
    "with capitals and a _",
    renamedSource("My_Shop"),
    `source My_Shop: ${sourceNameRule} Write "myshop".`,
    renamedSource("myshop"),
  ],
  [
    "with a digit first",
    renamedSource("2shops"),
    `source 2shops: ${sourceNameRule} Write "s2shops".`,
    renamedSource("s2shops"),
  ],
  [
    "with a name of 33 letters",
    renamedSource("s".repeat(33)),
    `source ${"s".repeat(33)}: ${sourceNameRule} Write "${"s".repeat(32)}".`,
    renamedSource("s".repeat(32)),
  ],
  ["with a name of one letter", renamedSource("s"), []],
  [
    "with a name that is a config key but for its case",
    renamedSource("Kafka"),
    `source Kafka: ${sourceNameRule} Write "kafkadb".`,
    renamedSource("kafkadb"),
  ],
  [
    "with the name of a config key",
    renamedSource("stage"),
    'source stage: stage is a config key or a topic prefix already. Write "stagedb".',
    renamedSource("stagedb"),
  ],
  [
    "with the name of a topic prefix",
    renamedSource("dlq"),
    'source dlq: dlq is a config key or a topic prefix already. Write "dlqdb".',
    renamedSource("dlqdb"),
  ],
  [
    "without tables",
    pipelineOf({ sources: { shop: source({ "dbo.ORDERS": orders }), crm: source({}) } }),
    "source crm: it has no tables. Declare one, or take the source out.",
    pipelineOf({}),
  ],
]);

const inPath = (kind: SourceDeclaration["kind"], path: string) =>
  pipelineOf({ sources: { shop: source({ [path]: { ...orders, name: "ORDERS" } }, kind) } });

describeMistakes("a table's name in its database", [
  [
    "in SQL Server without a schema",
    inPath("sqlServer", "ORDERS"),
    'table shop ORDERS: a SQL Server table is named with its schema. Write "dbo.ORDERS".',
    inPath("sqlServer", "dbo.ORDERS"),
  ],
  [
    "in SQL Server with its database",
    inPath("sqlServer", "shop.sales.ORDERS"),
    'table shop shop.sales.ORDERS: a SQL Server table is named with its schema. Write "sales.ORDERS".',
    inPath("sqlServer", "sales.ORDERS"),
  ],
  [
    "in SQL Server with an empty schema",
    inPath("sqlServer", ".ORDERS"),
    'table shop .ORDERS: a SQL Server table is named with its schema. Write "dbo.ORDERS".',
  ],
  [
    "in PostgreSQL without a schema",
    inPath("postgres", "orders"),
    'table shop orders: a PostgreSQL table is named with its schema. Write "public.orders".',
    inPath("postgres", "public.orders"),
  ],
  [
    "in MySQL with its database",
    inPath("mySql", "shop.orders"),
    'table shop shop.orders: a MySQL table is named without its database. Write "orders".',
    inPath("mySql", "orders"),
  ],
  [
    "in MariaDB with its database",
    inPath("mariaDb", "shop.orders"),
    'table shop shop.orders: a MariaDB table is named without its database. Write "orders".',
    inPath("mariaDb", "orders"),
  ],
  [
    "longer than the database takes",
    inPath("mySql", "o".repeat(65)),
    `table shop ${"o".repeat(65)}: MySQL takes at most 64 characters, not 65. The nearest name is "${"o".repeat(64)}".`,
    inPath("mySql", "o".repeat(64)),
  ],
]);

describeMistakes("a key", [
  [
    "that is missing",
    table({ key: [], columns: { number: int32, id: int32 } }),
    "table shop dbo.ORDERS: it has no key: changes of a row would lose their order, and updates could not be merged. " +
      'Name the column that identifies a row, e.g. key: "number".',
    table({ key: "number", columns: { number: int32, id: int32 } }),
  ],
  [
    "that is nearly a column",
    table({ key: "itm" }),
    'table shop dbo.ORDERS: key "itm" is not one of its columns. Write item.',
    table({ key: "item" }),
  ],
  [
    "that is no column",
    table({ key: "order_number" }),
    'table shop dbo.ORDERS: key "order_number" is not one of its columns. Write id or item.',
    table({ key: "id" }),
  ],
  [
    "of one column twice",
    table({ key: ["id", "item", "id"] }),
    "table shop dbo.ORDERS: key column id is there twice. Take one out.",
    table({ key: ["id", "item"] }),
  ],
  [
    "of one column twice, once by its other name",
    table({ key: ["id", "order_id"], columns: { id: { type: int32, as: "order_id" } } }),
    "table shop dbo.ORDERS: key column id is there twice. Take one out.",
  ],
  [
    "whose equal values may have unequal bytes",
    table({ key: "price", columns: { price: decimal(5, 2) } }),
    "table shop dbo.ORDERS, column price: decimal(5, 2) cannot be a key, since equal values may not have equal bytes " +
      "in Kafka. Take a column of int16, int32, int64, text or uuid.",
  ],
]);

const fits = (type: string) => `The nearest type that fits is ${type}.`;

describeMistakes("a column's type", [
  [
    "with more digits after the point than in all",
    column("price", decimal(5, 7)),
    "table shop dbo.ORDERS, column price: decimal(5, 7): scale must be a whole number from 0 to the precision, 5.",
  ],
  [
    "of no characters",
    column("note", text(0)),
    "table shop dbo.ORDERS, column note: text(0): length must be a whole number, 1 or more.",
  ],
  [
    "that its database does not have",
    column("price", decimal(39, 2)),
    `table shop dbo.ORDERS, column price: SQL Server keeps at most 38 digits, so decimal(39, 2) would lose something. ${fits("decimal(38, 2)")}`,
    column("price", decimal(38, 2)),
  ],
  [
    "that Kafka Connect shortens",
    column("sold", timestamp(6)),
    `table shop dbo.ORDERS, column sold: Kafka Connect keeps timestamps to the millisecond, so timestamp(6) would lose something. ${fits("timestamp(3)")}`,
    column("sold", timestamp(3)),
  ],
  [
    "that Athena does not have",
    column("opens", time),
    `table shop dbo.ORDERS, column opens: Athena has no times of day in Glue tables, so time would lose something. ${fits("text(12)")}`,
    column("opens", text(12)),
  ],
  [
    "whose nearest in its database Snowflake refuses",
    column("price", decimal(60, 38)),
    `table shop dbo.ORDERS, column price: SQL Server keeps at most 38 digits, so decimal(60, 38) would lose something. ${fits("decimal(38, 37)")}`,
    column("price", decimal(38, 37)),
  ],
  ["that only a target refuses which does not read it", { ...column("opens", time), targets: {} }, []],
]);

describeMistakes("a column's name", [
  [
    "that ksqlDB reserves",
    column("size", int32),
    'table shop dbo.ORDERS, column size: ksqlDB reserves SIZE. Write { type: …, as: "size_" }.',
    column("size", { type: int32, as: "size_" }),
  ],
  [
    "that Snowflake reserves",
    column("order", int32),
    'table shop dbo.ORDERS, column order: Snowflake reserves ORDER. Write { type: …, as: "order_" }.',
    column("order", { type: int32, as: "order_" }),
  ],
  [
    "that Athena reserves",
    column("first", int32),
    'table shop dbo.ORDERS, column first: Athena reserves FIRST. Write { type: …, as: "first_" }.',
    column("first", { type: int32, as: "first_" }),
  ],
  [
    "that only systems reserve which it does not pass through",
    { ...column("size", int32), ...withoutTransformations },
    [],
  ],
  ["that only Snowflake reserves, on its way to the lake", only("lake", column("increment", int32)), []],
  ["that only Athena reserves, on its way to Snowflake", only("snowflake", column("first", int32)), []],
  [
    "that Avro cannot have",
    column("unit price", int32),
    'table shop dbo.ORDERS, column unit price: Avro takes only letters, digits and _, not " ". Write { type: …, as: "unit_price" }.',
    column("unit price", { type: int32, as: "unit_price" }),
  ],
  [
    "whose nearest in Avro Snowflake refuses",
    column("current-date", date),
    'table shop dbo.ORDERS, column current-date: Avro takes only letters, digits and _, not "-". Write { type: …, as: "current_date_" }.',
    column("current-date", { type: date, as: "current_date_" }),
  ],
  [
    "whose nearest is another column",
    table({ columns: { id: int32, size: int32, size_: int32 } }),
    'table shop dbo.ORDERS, column size: ksqlDB reserves SIZE. Write { type: …, as: "size_2" }.',
    table({ columns: { id: int32, size: { type: int32, as: "size_2" }, size_: int32 } }),
  ],
  [
    "that the pipeline adds to every row",
    column("__op", int32),
    'table shop dbo.ORDERS, column __op: the pipeline adds a column __op itself. Write { type: …, as: "op" }.',
    column("__op", { type: int32, as: "op" }),
  ],
  [
    "that the pipeline adds in the lake",
    column("hour", int32),
    'table shop dbo.ORDERS, column hour: the pipeline adds a column hour itself. Write { type: …, as: "hour_" }.',
    column("hour", { type: int32, as: "hour_" }),
  ],
  [
    "that differs from another in case only",
    column("ID", int32),
    'table shop dbo.ORDERS: columns id and ID would be one, id, in Glue. Write ID: { type: …, as: "ID_2" }.',
    column("ID", { type: int32, as: "ID_2" }),
  ],
  [
    "that another one is given",
    table({ columns: { id: int32, item: text(50), ID_2: int32, ItemNo: { type: int32, as: "id" } } }),
    'table shop dbo.ORDERS: columns id and ItemNo would be one, id, in Glue. Write ItemNo: { type: …, as: "id_3" }.',
    table({ columns: { id: int32, item: text(50), ID_2: int32, ItemNo: { type: int32, as: "id_3" } } }),
  ],
  [
    "that differs in case only, where nothing but Avro keeps it",
    { ...column("ID", int32), ...withoutTransformations, targets: {} },
    [],
  ],
]);

it("reports the type and the name of one column", () => {
  expect(mistakesOf(column("size", timestamp(6)))).toEqual([
    `table shop dbo.ORDERS, column size: Kafka Connect keeps timestamps to the millisecond, so timestamp(6) would lose something. ${fits("timestamp(3)")}`,
    'table shop dbo.ORDERS, column size: ksqlDB reserves SIZE. Write { type: …, as: "size_" }.',
  ]);
});

const result = (name: string) => pipelineOf({ transformations: { [name]: { reads: ["ORDERS"], kind: "facts" } } });
const named = (name?: string): TableDeclaration => ({ ...orders, ...(name === undefined ? {} : { name }) });

describeMistakes("the name of a table or a result", [
  [
    "that ksqlDB reserves",
    tables({ "dbo.ORDERS": orders, "dbo.TABLE": orders }),
    'table shop dbo.TABLE: Snowflake reserves TABLE. Give it another name, e.g. name: "TABLE_".',
    tables({ "dbo.ORDERS": orders, "dbo.TABLE": named("TABLE_") }),
  ],
  [
    "that no system takes",
    tables({ "dbo.ORDERS": orders, "dbo.ORDER ITEMS": orders }),
    'table shop dbo.ORDER ITEMS: Snowflake takes only letters, digits, _ and $, not " ". Give it another name, e.g. name: "ORDER_ITEMS".',
    tables({ "dbo.ORDERS": orders, "dbo.ORDER ITEMS": named("ORDER_ITEMS") }),
  ],
  [
    "whose nearest is another table",
    tables({ "dbo.ORDERS": orders, "dbo.TABLE": orders, "dbo.TABLE_": orders }),
    'table shop dbo.TABLE: Snowflake reserves TABLE. Give it another name, e.g. name: "TABLE_2".',
    tables({ "dbo.ORDERS": orders, "dbo.TABLE": named("TABLE_2"), "dbo.TABLE_": orders }),
  ],
  [
    "of a result that ksqlDB reserves",
    result("STREAM"),
    "transformation STREAM: ksqlDB reserves STREAM. Give it and its file another name, e.g. STREAM_.",
    result("STREAM_"),
  ],
  [
    "of a result with a dash, which a topic could have",
    result("ORDERS-ENRICHED"),
    'transformation ORDERS-ENRICHED: ksqlDB takes only letters, digits and _, not "-". Give it and its file another name, e.g. ORDERS_ENRICHED.',
    result("ORDERS_ENRICHED"),
  ],
  [
    "of a result that is too long for its topic",
    result("R".repeat(250)),
    `transformation ${"R".repeat(250)}: Kafka takes at most 249 characters, not 250. Give it and its file another name, e.g. ${"R".repeat(249)}.`,
    result("R".repeat(249)),
  ],
  [
    "that two tables have",
    tables({ "dbo.ORDERS": orders, "sales.Orders": orders }),
    "table shop dbo.ORDERS and table shop sales.Orders: they would be one, ORDERS, in ksqlDB and the targets. " +
      'Give table shop sales.Orders another name, e.g. name: "ORDERS_2".',
    tables({ "dbo.ORDERS": orders, "sales.Orders": named("ORDERS_2") }),
  ],
  [
    "that a table and a result have",
    { ...result("Orders"), consumers: { app: { reads: ["Orders"] } } },
    "table shop dbo.ORDERS and transformation Orders: they would be one, ORDERS, in ksqlDB and the targets. " +
      'Give table shop dbo.ORDERS another name, e.g. name: "ORDERS_2".',
  ],
  [
    "that two results have but for their case",
    pipelineOf({
      transformations: { RESULT: { reads: ["ORDERS"], kind: "facts" }, result: { reads: ["ORDERS"], kind: "facts" } },
    }),
    "transformation RESULT and transformation result: they would be one, RESULT, in ksqlDB and the targets. " +
      "Give transformation result and its file another name, e.g. result_2.",
    pipelineOf({
      transformations: { RESULT: { reads: ["ORDERS"], kind: "facts" }, result_2: { reads: ["ORDERS"], kind: "facts" } },
    }),
  ],
  [
    "of each of two pairs",
    tables({ "a.ORDERS": orders, "b.ORDERS": orders, "a.ITEMS": orders, "b.ITEMS": orders }),
    [
      "table shop a.ORDERS and table shop b.ORDERS: they would be one, ORDERS, in ksqlDB and the targets. " +
        'Give table shop b.ORDERS another name, e.g. name: "ORDERS_2".',
      "table shop a.ITEMS and table shop b.ITEMS: they would be one, ITEMS, in ksqlDB and the targets. " +
        'Give table shop b.ITEMS another name, e.g. name: "ITEMS_2".',
    ],
  ],
]);

describeMistakes("topics", [
  [
    "of two tables that differ in . and _ only",
    tables({ "dbo.ORDERS": orders, "a_b.C": named("ONE"), "a.b_C": named("TWO") }),
    "table shop a_b.C and table shop a.b_C: Kafka cannot tell their topics shop.a_b.C and shop.a.b_C apart. " +
      "Capture one of them under another schema or source name.",
  ],
  [
    "of two tables whose names Kafka does not take",
    tables({ "dbo.ORDERS": orders, "dbo.IN STOCK": named("ONE"), "dbo.IN_STOCK": named("TWO") }),
    "table shop dbo.IN STOCK and table shop dbo.IN_STOCK: Kafka cannot tell their topics shop.dbo.IN_STOCK and " +
      "shop.dbo.IN_STOCK apart. Capture one of them under another schema or source name.",
  ],
  [
    "of a table and a result",
    result("shop_dbo_ORDERS"),
    "table shop dbo.ORDERS and transformation shop_dbo_ORDERS: Kafka cannot tell their topics shop.dbo.ORDERS and " +
      "shop_dbo_ORDERS apart. Give transformation shop_dbo_ORDERS and its file another name, e.g. shop_dbo_ORDERS_2.",
    result("shop_dbo_ORDERS_2"),
  ],
  [
    "of a result and of what a target refused",
    result("dlq_snowflake"),
    "transformation dlq_snowflake and the pipeline itself: Kafka cannot tell their topics dlq_snowflake and " +
      "dlq.snowflake apart. Give transformation dlq_snowflake and its file another name, e.g. dlq_snowflake_2.",
    result("dlq_snowflake_2"),
  ],
]);

const target = (name: string, reads?: string[]) =>
  pipelineOf({ targets: { [name]: { kind: "lake", ...(reads === undefined ? {} : { reads }) } } });
const consumer = (name: string, reads = ["ORDERS"]) => pipelineOf({ consumers: { [name]: { reads } } });
const readerNameRule =
  'its name must be 1 to 32 lower-case letters, digits and "-", a letter first, since its account is named after it.';

describeMistakes("a reader", [
  [
    "that is a target with capitals and a _",
    target("Data_Lake"),
    `target Data_Lake: ${readerNameRule} Write "data-lake".`,
    target("data-lake"),
  ],
  [
    "that is a consumer with a digit first",
    consumer("2nd_app"),
    `consumer 2nd_app: ${readerNameRule} Write "s2nd-app".`,
    consumer("s2nd-app"),
  ],
  [
    "that is a consumer with 33 letters",
    consumer("a".repeat(33)),
    `consumer ${"a".repeat(33)}: ${readerNameRule} Write "${"a".repeat(32)}".`,
    consumer("a".repeat(32)),
  ],
  ["that is a consumer with one letter", consumer("a"), []],
  [
    "that is a consumer with the workers' group",
    consumer("connect-workers"),
    "consumer connect-workers: its consumer group would have this name, which Kafka Connect may have for one of its " +
      'own. Write "app-workers".',
    consumer("app-workers"),
  ],
  [
    "that is a consumer with a schema history's group",
    consumer("shop-schemahistory"),
    "consumer shop-schemahistory: its consumer group would have this name, which Kafka Connect may have for one of " +
      'its own. Write "shop-app".',
    consumer("shop-app"),
  ],
  [
    "that is a Snowflake target with the name of a group of keys",
    pipelineOf({ targets: { kafka: { kind: "snowflake" } } }),
    `target kafka: kafka is a config key or a source's name already. Write "kafka-warehouse", or another name.`,
    pipelineOf({ targets: { "kafka-warehouse": { kind: "snowflake" } } }),
  ],
  [
    "of something nearly declared",
    consumer("app", ["ORDER"]),
    'consumer app: it reads "ORDER", which is not declared. Write ORDERS.',
    consumer("app", ["ORDERS"]),
  ],
  [
    "of something that is not declared",
    target("lake", ["INVOICES"]),
    'target lake: it reads "INVOICES", which is not declared. Write ORDERS or RESULT.',
    target("lake", ["RESULT"]),
  ],
  [
    "of something that is nearly its own result",
    pipelineOf({ transformations: { RESULT: { reads: ["RESULTS"], kind: "facts" } } }),
    'transformation RESULT: it reads "RESULTS", which is not declared. Write ORDERS.',
    pipelineOf({ transformations: { RESULT: { reads: ["ORDERS"], kind: "facts" } } }),
  ],
  [
    "of something that comes with a later stage",
    pipelineOf({ consumers: { app: { reads: ["RESULT"], stage: 1 } } }),
    "consumer app: it is there from stage 1 on, but RESULT, which it reads, only from stage 2. Write stage: 2.",
    pipelineOf({ consumers: { app: { reads: ["RESULT"], stage: 2 } } }),
  ],
  [
    "of nothing",
    consumer("app", []),
    "consumer app: it reads nothing. Name what it reads, or take it out.",
    consumer("app", ["RESULT"]),
  ],
]);

const loop = (reads: Record<string, string[]>) =>
  pipelineOf({
    transformations: Object.fromEntries(
      Object.entries(reads).map(([name, read]) => [name, { reads: read, kind: "facts" }]),
    ),
  });

describeMistakes("a loop", [
  [
    "of one transformation",
    loop({ A: ["ORDERS", "A"] }),
    "transformation A: it reads its own result. Take A out of its reads.",
    loop({ A: ["ORDERS"] }),
  ],
  [
    "of three, with others before and behind it",
    loop({ BEFORE: ["ORDERS"], A: ["BEFORE", "C"], B: ["A"], C: ["B"], BEHIND: ["C"] }),
    "transformations A, B and C: each reads the result of another. Take A out of what the others read.",
    loop({ BEFORE: ["ORDERS"], A: ["BEFORE", "C"], B: ["BEFORE"], C: ["B"], BEHIND: ["C"] }),
  ],
  [
    "of two, twice",
    loop({ A: ["B"], B: ["A"], C: ["D"], D: ["C"] }),
    [
      "transformations A and B: each reads the result of another. Take A out of what the others read.",
      "transformations C and D: each reads the result of another. Take C out of what the others read.",
    ],
  ],
  ["that is none: two ways to one result", loop({ A: ["ORDERS"], B: ["A"], C: ["A"], D: ["B", "C"] }), []],
]);

const partitions = (ofOrders: number | undefined, ofItems: number | undefined, reads: string[]) =>
  pipelineOf({
    sources: {
      shop: source({
        "dbo.ORDERS": { ...orders, ...(ofOrders === undefined ? {} : { partitions: ofOrders }) },
        "dbo.ITEMS": { ...orders, ...(ofItems === undefined ? {} : { partitions: ofItems }) },
      }),
    },
    transformations: {
      RESULT: { reads: ["ORDERS"], kind: "facts" },
      JOINED: { reads, kind: "facts" },
    },
  });

const timed = (changed: Partial<TableDeclaration>) =>
  table({ columns: { id: int32, item: text(50), placed: timestamp(3), ms: int64 }, ...changed });

describeMistakes("the time of an event", [
  [
    "of an entity",
    timed({ kind: "entity", eventTime: "placed" }),
    "table shop dbo.ORDERS: it has eventTime, but an entity is what it is now. Take eventTime out, or declare " +
      'kind: "facts".',
    timed({ kind: "entity" }),
  ],
  [
    "that is not one of its columns",
    timed({ eventTime: "plcd" }),
    'table shop dbo.ORDERS: eventTime "plcd" is not one of its columns. Write placed.',
    timed({ eventTime: "placed" }),
  ],
  [
    "in a text",
    timed({ eventTime: "item" }),
    "table shop dbo.ORDERS: eventTime item is text(50), and ksqlDB takes the time of an event from timestamp(3) or " +
      "int64. Write placed or ms.",
    timed({ eventTime: "ms" }),
  ],
  [
    "where no column has one",
    table({ eventTime: "item" }),
    "table shop dbo.ORDERS: eventTime item is text(50), and ksqlDB takes the time of an event from timestamp(3) or " +
      "int64. Take it out.",
    table({}),
  ],
]);

describeMistakes("partitions", [
  [
    "of a table, 0",
    table({ partitions: 0 }),
    "table shop dbo.ORDERS: partitions is 0. Write a whole number, 1 or more.",
    table({ partitions: 1 }),
  ],
  [
    "of a table, one and a half",
    table({ partitions: 1.5 }),
    "table shop dbo.ORDERS: partitions is 1.5. Write a whole number, 1 or more.",
  ],
  [
    "of joined tables that differ",
    partitions(6, 12, ["ORDERS", "ITEMS"]),
    "transformation JOINED: it reads ORDERS (6 partitions) and ITEMS (12 partitions), and ksqlDB joins only topics " +
      "with equally many. Write the same partitions for each table, or for none.",
    partitions(6, 6, ["ORDERS", "ITEMS"]),
  ],
  [
    "of joined tables, of which one says none",
    partitions(undefined, 6, ["ORDERS", "ITEMS"]),
    "transformation JOINED: it reads ORDERS (kafka.partitions) and ITEMS (6 partitions), and ksqlDB joins only topics " +
      "with equally many. Write the same partitions for each table, or for none.",
    partitions(undefined, undefined, ["ORDERS", "ITEMS"]),
  ],
  [
    "of a table that is joined with another's result",
    partitions(12, undefined, ["ITEMS", "RESULT"]),
    "transformation JOINED: it reads ITEMS (kafka.partitions) and RESULT (12 partitions), and ksqlDB joins only topics " +
      "with equally many. Write the same partitions for each table, or for none.",
    partitions(12, 12, ["ITEMS", "RESULT"]),
  ],
  ["of tables that differ, but are not joined", partitions(6, 12, ["ITEMS"]), []],
]);

it("reports everything at once, in the order of the declaration", () => {
  const bad = pipelineOf({
    sources: { Shop: source({ "dbo.ORDERS": { ...orders, key: [], partitions: -1 } }) },
    transformations: { SIZE: { reads: [], kind: "facts" } },
    targets: { "": { kind: "lake" } },
  });
  expect(mistakesOf(bad)).toEqual([
    `source Shop: ${sourceNameRule} Write "shop".`,
    "table Shop dbo.ORDERS: it has no key: changes of a row would lose their order, and updates could not be merged. " +
      'Name the column that identifies a row, e.g. key: "id".',
    "table Shop dbo.ORDERS: partitions is -1. Write a whole number, 1 or more.",
    "transformation SIZE: ksqlDB reserves SIZE. Give it and its file another name, e.g. SIZE_.",
    `target : ${readerNameRule} Write "s".`,
    "transformation SIZE: it reads nothing. Name what it reads, or take it out.",
  ]);
});

describe("what an environment has on", () => {
  const declared = declaredGraph({
    sources: {
      shop: source({ "dbo.ORDERS": orders, "dbo.ITEMS": orders }),
      crm: { ...source({ "dbo.CUSTOMERS": orders }), stage: 1 },
    },
    transformations: {
      ENRICHED: { reads: ["ORDERS", "CUSTOMERS"], kind: "facts" },
      TOTALS: { reads: ["ENRICHED"], kind: "entity", stage: 3 },
    },
    targets: {
      snowflake: { kind: "snowflake" },
      lake: { kind: "lake", reads: ["TOTALS"] },
      archive: { kind: "lake", reads: ["ITEMS"], stage: 1 },
    },
    consumers: { shipping: { reads: ["ORDERS"] } },
  });
  const nothing = { tables: [], transformations: [], targets: [] };
  const all: Selection = { stage: 3, ...nothing };

  const rows: [title: string, selection: Selection, mistakes: string[], followed?: Selection][] = [
    ["everything", all, []],
    ["nothing but the first stage", { ...all, stage: 0 }, []],
    [
      "an unknown table",
      { ...all, tables: ["ORDER", "INVOICES"] },
      [
        'tables: "ORDER" is not declared in pipeline.ts. Write ORDERS.',
        'tables: "INVOICES" is not declared in pipeline.ts. Write ORDERS, ITEMS or CUSTOMERS.',
      ],
    ],
    [
      "tables twice and three times",
      { ...all, tables: ["ORDERS", "CUSTOMERS", "ORDERS", "CUSTOMERS", "ITEMS", "ORDERS"] },
      ["tables: ORDERS is there twice. Take one out.", "tables: CUSTOMERS is there twice. Take one out."],
    ],
    [
      "a table of a later stage",
      { ...all, stage: 0, tables: ["ORDERS", "CUSTOMERS"] },
      ["tables: CUSTOMERS comes with stage 1, and stage is 0. Write stage: 1, or take CUSTOMERS out."],
      { ...all, stage: 0, tables: ["ORDERS"] },
    ],
    [
      "a transformation without a table that it reads",
      { ...all, stage: 2, tables: ["ORDERS", "ITEMS"] },
      ["tables: transformation ENRICHED reads CUSTOMERS, which is left out. Add CUSTOMERS, or write stage: 1."],
      { ...all, stage: 2, tables: ["ORDERS", "ITEMS", "CUSTOMERS"] },
    ],
    [
      "a listed target without a table that it reads",
      { ...all, tables: ["ORDERS", "CUSTOMERS"], targets: ["snowflake", "archive"] },
      ["tables: target archive reads ITEMS, which is left out. Add ITEMS, or take archive out of targets."],
      { ...all, tables: ["ORDERS", "CUSTOMERS"], targets: ["snowflake"] },
    ],
    [
      "a target that no list names without the table that it reads",
      { ...all, stage: 1, tables: ["ORDERS", "CUSTOMERS"] },
      ["tables: target archive reads ITEMS, which is left out. Add ITEMS, or write stage: 0."],
    ],
    [
      "a consumer of the first stage without the table that it reads",
      { ...all, stage: 0, tables: ["ITEMS"] },
      ["tables: consumer shipping reads ORDERS, which is left out. Add ORDERS."],
      { ...all, stage: 0, tables: ["ITEMS", "ORDERS"] },
    ],
    [
      "a result's readers without it",
      { ...all, transformations: ["ENRICHED"] },
      ["transformations: target lake reads TOTALS, which is left out. Add TOTALS, or write stage: 2."],
      { ...all, transformations: ["ENRICHED", "TOTALS"] },
    ],
    [
      "a transformation without another that it reads",
      { ...all, transformations: ["TOTALS"] },
      ["transformations: transformation TOTALS reads ENRICHED, which is left out. Add ENRICHED, or write stage: 2."],
    ],
    [
      "a stage without anything that comes with it",
      { ...all, stage: 1, tables: ["ORDERS", "ITEMS"], targets: ["snowflake"] },
      [
        "stage: nothing of what comes with stage 1 is on. Add CUSTOMERS to tables or archive to targets, or write stage: 0.",
      ],
      { ...all, stage: 0, tables: ["ORDERS", "ITEMS"], targets: ["snowflake"] },
    ],
    ["a stage with some of what comes with it", { ...all, stage: 1, targets: ["snowflake"] }, []],
  ];
  for (const [title, selection, mistakes, followed] of rows) {
    it(title, () => {
      expect(selectionMistakes(declared, selection)).toEqual(mistakes);
      if (followed !== undefined) {
        expect(selectionMistakes(declared, followed)).toEqual([]);
      }
    });
  }

  it("a list of which nothing is declared", () => {
    const graph = declaredGraph(pipelineOf(withoutTransformations));
    expect(selectionMistakes(graph, { stage: 0, ...nothing, transformations: ["RESULT"] })).toEqual([
      'transformations: "RESULT" is not declared in pipeline.ts. Take it out.',
    ]);
  });
});

describe("advice", () => {
  const anyName = fc.oneof(
    fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 12 }),
    fc.string({ unit: fc.constantFrom("_", "$", "a", "Z", "9", "é", " "), minLength: 1, maxLength: 300 }),
    fc.constantFrom(...changeColumnNames, "RECORD_METADATA", "dt", "HOUR"),
    fc.constantFrom(...Object.values(reservedWords).flatMap((words) => [...words])),
  );
  const proposed = (mistake: string) => /(?:as|name): "([^"]*)"/.exec(mistake)?.[1] ?? "";

  it("for a column's name is a name that every system takes", () => {
    fc.assert(
      fc.property(anyName, (name) => {
        for (const mistake of mistakesOf(column(name, int32))) {
          expect(mistakesOf(column(name, { type: int32, as: proposed(mistake) }))).toEqual([]);
        }
      }),
    );
  });

  it("for a table's name is a name that every system takes", () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const declared = (tableName: string) => tables({ "dbo.ORDERS": orders, "dbo.T": named(tableName) });
        for (const mistake of mistakesOf(declared(name))) {
          expect(mistakesOf(declared(proposed(mistake)))).toEqual([]);
        }
      }),
    );
  });

  it("for a type is a type that every system carries", () => {
    const anyType = fc.oneof(
      fc.constantFrom(time, timestamp(6), date, bytes, int16),
      fc.integer({ min: 1, max: 2 ** 31 }).map(text),
      fc
        .integer({ min: 1, max: 1000 })
        .chain((digits) => fc.integer({ min: 0, max: digits }).map((scale) => decimal(digits, scale))),
    );
    const kinds = fc.constantFrom<SourceDeclaration["kind"][]>("sqlServer", "mySql", "mariaDb", "postgres");
    fc.assert(
      fc.property(kinds, anyType, (kind, type) => {
        const path = kind === "sqlServer" || kind === "postgres" ? "dbo.ORDERS" : "ORDERS";
        const declared = (changed: ColumnType) =>
          pipelineOf({
            sources: { shop: source({ [path]: { ...orders, columns: { id: int32, c: changed } } }, kind) },
          });
        for (const mistake of mistakesOf(declared(type))) {
          const [, written = "", first, second] = /is (\w+)(?:\((\d+)(?:, (\d+))?\))?\.$/.exec(mistake) ?? [];
          const nearest = { logical: written, ...sizesOf(written, Number(first), Number(second)) } as ColumnType;
          expect(mistakesOf(declared(nearest))).toEqual([]);
        }
      }),
    );
  });

  const sizesOf = (logical: string, first: number, second: number) =>
    logical === "decimal" ? { precision: first, scale: second } : { precision: first, length: first };
});

describe("any declaration in which nothing is wrong", () => {
  it("has no mistakes", () => {
    fc.assert(
      fc.property(anyDeclaration, (declared) => {
        expect(mistakesOf(declared)).toEqual([]);
      }),
    );
  });

  it("can be on as far as any stage", () => {
    fc.assert(
      fc.property(anyDeclaration, anyStage, (declared, stage) => {
        const all: Selection = { stage, tables: [], transformations: [], targets: [] };
        expect(selectionMistakes(declaredGraph(declared), all)).toEqual([]);
      }),
    );
  });
});
