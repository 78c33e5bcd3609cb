import { types } from "../../sandbox/cloud/aws/common.ts";
import type { Properties } from "../../sandbox/cloud/inventory.ts";
import { historyTable, startAws } from "./awsClient.ts";
import type { Made, ProviderClient } from "./providerClient.ts";

let client: ProviderClient;
let database: Made;
beforeEach(async () => {
  client = await startAws();
  database = await make("catalogDatabase", { name: "demo" });
});
afterEach(() => client.close());

type Kind = keyof typeof types;
const make = (kind: Kind, inputs: Properties) => client.create(types[kind], inputs);
const remove = (kind: Kind, made: Made) => client.delete(types[kind], made);
const left = () => client.cloud.all().map(({ type, id }) => `${type.split(":").at(-1) ?? ""} ${id}`);

const { storageDescriptor: files, parameters, partitionKeys } = historyTable;
const withParameters = (changes: Record<string, string | undefined>) => ({
  ...historyTable,
  parameters: { ...parameters, ...changes },
});
const withFiles = (changes: Properties) => ({ ...historyTable, storageDescriptor: { ...files, ...changes } });
const withType = (type: string) => withFiles({ columns: [{ name: "a", type }] });
const cannot = (mistake: string) => new Error(`Athena cannot query demo.orders_history: ${mistake}`);

describe("databases", () => {
  it("have names that Athena can read, and a name of their own", async () => {
    expect(database).toMatchObject({
      id: "123456789012:demo",
      properties: { arn: "arn:aws:glue:eu-central-1:123456789012:database/demo", catalogId: "123456789012" },
    });
    await expect(make("catalogDatabase", { name: "demo" })).rejects.toThrow(
      "AlreadyExistsException: Database already exists.",
    );
    for (const name of ["demo-dev", "_demo", "demo.dev"]) {
      await expect(make("catalogDatabase", { name })).rejects.toThrow(
        `Athena cannot use the database ${name}: names have lower-case letters, digits and _, and do not begin with _`,
      );
    }
  });

  it("take along what is in them, whoever made it", async () => {
    await make("catalogTable", historyTable);
    await remove("catalogDatabase", database);
    expect(left()).toEqual([]);
  });
});

describe("tables", () => {
  it("are there once, in a database that is there", async () => {
    const made = await make("catalogTable", historyTable);
    expect(made).toMatchObject({
      id: "123456789012:demo:orders_history",
      properties: { arn: "arn:aws:glue:eu-central-1:123456789012:table/demo/orders_history" },
    });
    await expect(make("catalogTable", historyTable)).rejects.toThrow("AlreadyExistsException: Table already exists.");
    await expect(make("catalogTable", { ...historyTable, databaseName: "none" })).rejects.toThrow(
      "EntityNotFoundException: Database none not found.",
    );
    await expect(make("catalogTable", { ...historyTable, name: "orders-history" })).rejects.toThrow(
      "Athena cannot use the table orders-history",
    );
  });

  it.each([
    "boolean",
    "int",
    "bigint",
    "double",
    "decimal(38,38)",
    "decimal(5)",
    "varchar(65535)",
    "char(255)",
    "date",
    "timestamp",
    "binary",
    "array<decimal(5,2)>",
    "map<string,array<int>>",
    "struct<a:int,b:array<struct<c:string>>>",
  ])("read %s", async (type) => {
    await expect(make("catalogTable", withType(type))).resolves.toBeDefined();
  });

  it.each<[type: string, mistake: string]>([
    ["text", "Error: type expected at the position 0 of 'text' but 'text' is found."],
    ["integer", "Error: type expected at the position 0 of 'integer' but 'integer' is found."],
    ["timestamp(3)", "Error: end expected at the position 9 of 'timestamp(3)'"],
    ["decimal(64,2)", "DECIMAL precision must be in range [1, 38]: 64"],
    ["decimal(5,6)", "DECIMAL scale must be in range [0, precision (5)]: 6"],
    ["varchar(65536)", "varchar length must be in range [1, 65535]: (65536)"],
    ["char", "char length must be in range [1, 255]: "],
    ["array<text>", "Error: type expected at the position 6 of 'array<text>' but 'text>' is found."],
    ["array", "Error: < expected at the position 5 of 'array'"],
    ["map<string>", "Error: , expected at the position 10 of 'map<string>'"],
    ["struct<int>", "Error: name expected at the position 7 of 'struct<int>'"],
    ["struct<a:int", "Error: > expected at the position 12 of 'struct<a:int'"],
  ])("refuse the type %s", async (type, mistake) => {
    await expect(make("catalogTable", withType(type))).rejects.toThrow(
      cannot(`column a: HIVE_METASTORE_ERROR: ${mistake}`),
    );
  });

  it.each<[what: string, inputs: Properties, mistake: string]>([
    [
      "a kind that Athena does not know",
      { ...historyTable, tableType: undefined },
      "FAILED: SemanticException: the table's type is undefined, neither EXTERNAL_TABLE nor VIRTUAL_VIEW",
    ],
    [
      "a column in upper case",
      withFiles({ columns: [{ name: "ORDER_ID", type: "int" }] }),
      "column ORDER_ID: names have lower-case letters, digits and _",
    ],
    [
      "a column that partitions too",
      withFiles({ columns: [{ name: "dt", type: "string" }] }),
      "HIVE_INVALID_METADATA: Table descriptor contains duplicate columns: dt",
    ],
    [
      "files that nothing reads",
      withFiles({ serDeInfo: undefined }),
      "HIVE_METASTORE_ERROR: Table storage descriptor is missing SerDe info; HIVE_UNSUPPORTED_FORMAT: " +
        `${files.inputFormat} and ${files.outputFormat} do not go with no SerDe`,
    ],
    [
      "files that something else reads",
      withFiles({ inputFormat: "org.apache.hadoop.mapred.TextInputFormat" }),
      `HIVE_UNSUPPORTED_FORMAT: org.apache.hadoop.mapred.TextInputFormat and ${files.outputFormat} do not go with ` +
        "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
    ],
    [
      "a folder without a slash at its end",
      { ...withFiles({ location: "s3://demo-lake/topics/ORDERS" }) },
      'the location "s3://demo-lake/topics/ORDERS" is not s3://bucket/folder/ with a slash at its end',
    ],
    [
      "partitions that nobody registers",
      { ...historyTable, parameters: {} },
      "nobody registers its partitions, and projection.enabled is not true: every query would find no row",
    ],
    [
      "a projection that is off",
      { ...historyTable, partitionKeys: [], parameters: { ...parameters, "projection.enabled": "false" } },
      'projection.enabled is not "true": the other projection.… do nothing',
    ],
    [
      "a column that is not projected",
      withParameters({ "projection.hour.type": undefined }),
      "projection.hour.type is missing: every partition column of the table needs one",
    ],
    [
      "a projection of no column",
      withParameters({ "projection.day.type": "date" }),
      "projection.day: the table has no partition column day",
    ],
    [
      "a strange projection",
      withParameters({ "projection.hour.type": "int" }),
      "projection.hour.type: int is none of enum, integer, date, injected",
    ],
    [
      "a projection for another type of column",
      { ...historyTable, partitionKeys: [partitionKeys[0], { name: "hour", type: "double" }] },
      "projection.hour.type integer is not for a column of type double",
    ],
    ["a list without values", withParameters({ "projection.hour.type": "enum" }), "projection.hour.values is missing"],
    [
      "a range with a hyphen",
      withParameters({ "projection.hour.range": "0-23" }),
      'projection.hour.range: "0-23" is not two whole numbers with a comma between',
    ],
    [
      "hours that end before they begin",
      withParameters({ "projection.hour.range": "23,0" }),
      "projection.hour.range: it ends before it begins",
    ],
    [
      "digits that are none",
      withParameters({ "projection.hour.digits": "two" }),
      'projection.hour.digits: "two" is not a positive whole number',
    ],
    [
      "dates without a format",
      withParameters({ "projection.dt.format": undefined }),
      "projection.dt.format is missing",
    ],
    ...["YYYY-MM-dd", "yyyy-mm-dd", "yyyy-MM-DD", "MM-dd", "'dt'"].map((format): [string, Properties, string] => [
      `the format ${format}`,
      withParameters({ "projection.dt.format": format }),
      `projection.dt.format: "${format}" cannot be read back as a date: write yyyy for the year, MM for the month, dd for the ` +
        "day, HH for the hour, and each only with what is greater",
    ]),
    [
      "a beginning in another format",
      withParameters({ "projection.dt.range": "2026/11/26,NOW" }),
      'projection.dt.range: "2026/11/26" is neither NOW nor in the format yyyy-MM-dd',
    ],
    [
      "one bound",
      withParameters({ "projection.dt.range": "2026-11-26" }),
      'projection.dt.range: "2026-11-26" is not two bounds with a comma between',
    ],
    [
      "days that end before they begin",
      withParameters({ "projection.dt.range": "2026-11-26,2026-11-25" }),
      "projection.dt.range: it ends before it begins",
    ],
    [
      "a unit of its own",
      withParameters({ "projection.dt.interval.unit": "FORTNIGHTS" }),
      "projection.dt.interval.unit: FORTNIGHTS is none of YEARS, MONTHS, WEEKS, DAYS, HOURS, MINUTES, SECONDS, MILLIS",
    ],
    [
      "hours of which nobody says how far apart they are",
      withParameters({
        "projection.dt.format": "yyyy-MM-dd-HH",
        "projection.dt.range": "2026-11-26-00,NOW",
        "projection.dt.interval.unit": undefined,
      }),
      "projection.dt.interval.unit is missing: the format is finer than days",
    ],
    [
      "a template that forgets a column",
      withParameters({ "storage.location.template": "s3://demo-lake/topics/ORDERS/dt=${dt}/" }),
      "storage.location.template lacks ${hour}",
    ],
    [
      "a template that knows more",
      withParameters({ "storage.location.template": `${parameters["storage.location.template"]}\${minute}/` }),
      "storage.location.template: the table has no partition column minute",
    ],
    [
      "a template elsewhere",
      withParameters({ "storage.location.template": "s3://demo-lake/topics/CUSTOMERS/dt=${dt}/hour=${hour}/" }),
      "storage.location.template is not below the table's location s3://demo-lake/topics/ORDERS/",
    ],
    [
      "a template without a slash at its end",
      withParameters({ "storage.location.template": "s3://demo-lake/topics/ORDERS/dt=${dt}/hour=${hour}" }),
      "storage.location.template does not end with /",
    ],
  ])("refuse %s, also in a change", async (_, inputs, mistake) => {
    await expect(make("catalogTable", inputs)).rejects.toThrow(cannot(mistake));
    const made = await make("catalogTable", historyTable);
    await expect(client.update(types.catalogTable, made, inputs)).rejects.toThrow(cannot(mistake));
  });

  it.each<[what: string, Record<string, string | undefined>]>([
    ["the last days", { "projection.dt.range": "NOW-30DAYS,NOW+1DAYS" }],
    ["years by months", { "projection.dt.format": "yyyy-MM", "projection.dt.range": "2026-11,NOW" }],
    ["words around a date", { "projection.dt.format": "'d'yyyyMMdd", "projection.dt.range": "d20261126,NOW" }],
    ["a list", { "projection.hour.type": "enum", "projection.hour.values": "0,12" }],
    ["Hive's own folders", { "storage.location.template": undefined }],
  ])("project %s", async (_, changes) => {
    await expect(make("catalogTable", withParameters(changes))).resolves.toBeDefined();
  });
});

describe("views", () => {
  const sql = "WITH seen AS (SELECT order_id, dt FROM demo.orders_history) SELECT order_id, dt FROM seen";
  const columns = [
    { name: "order_id", type: "int" },
    { name: "dt", type: "string" },
  ];
  const payload = {
    originalSql: sql,
    catalog: "awsdatacatalog",
    schema: "demo",
    columns: [
      { name: "order_id", type: "integer" },
      { name: "dt", type: "varchar" },
    ],
  };
  const text = (changes: Properties = {}) =>
    `/* Presto View: ${Buffer.from(JSON.stringify({ ...payload, ...changes })).toString("base64")} */`;
  const view = (changes: Properties = {}): Properties => ({
    name: "orders",
    databaseName: "demo",
    tableType: "VIRTUAL_VIEW",
    parameters: { presto_view: "true", comment: "Presto View" },
    partitionKeys: [],
    storageDescriptor: { columns, serDeInfo: { name: "-", serializationLibrary: "-" } },
    viewOriginalText: text(),
    viewExpandedText: "/* Presto View */",
    ...changes,
  });

  it("read what is there, which may go before them", async () => {
    await expect(make("catalogTable", view())).rejects.toThrow(
      new Error("Athena cannot query demo.orders: Table demo.orders_history does not exist"),
    );
    const table = await make("catalogTable", historyTable);
    await make("catalogTable", view());
    await remove("catalogTable", table);
    expect(left()).toEqual(["CatalogDatabase 123456789012:demo", "CatalogTable 123456789012:demo:orders"]);
  });

  it.each<[what: string, changes: Properties, mistake: string]>([
    [
      "a table by that name",
      { parameters: {} },
      "Invalid view: presto_view is not true, or viewOriginalText is not /* Presto View: … */ with a description in base64",
    ],
    [
      "a text that nobody reads",
      { viewOriginalText: sql },
      "Invalid view: presto_view is not true, or viewOriginalText is not /* Presto View: … */ with a description in base64",
    ],
    [
      "another catalog",
      { viewOriginalText: text({ catalog: "hive" }) },
      "Invalid view: its catalog is hive, not awsdatacatalog",
    ],
    [
      "another schema",
      { viewOriginalText: text({ schema: "other" }) },
      "Invalid view: its schema is other, and it is in demo",
    ],
    [
      "a semicolon",
      { viewOriginalText: text({ originalSql: `${sql};` }) },
      "Invalid view: its statement ends with a semicolon",
    ],
    [
      "other columns",
      { viewOriginalText: text({ columns: [payload.columns[1], payload.columns[0]] }) },
      "View is stale: its columns are (dt varchar, order_id integer), and Glue has (order_id integer, dt varchar)",
    ],
    [
      "Hive's types for Trino",
      { viewOriginalText: text({ columns }) },
      "View is stale: its columns are (order_id int, dt string), and Glue has (order_id integer, dt varchar)",
    ],
    [
      "no SerDe",
      { storageDescriptor: { columns } },
      "HIVE_METASTORE_ERROR: Table storage descriptor is missing SerDe info",
    ],
    [
      "itself",
      { viewOriginalText: text({ originalSql: "SELECT order_id, dt FROM orders" }) },
      "Table demo.orders does not exist",
    ],
    [
      "what is joined and not there",
      { viewOriginalText: text({ originalSql: `${sql} JOIN "demo"."customers" USING (dt)` }) },
      "Table demo.customers does not exist",
    ],
  ])("refuse %s", async (_, changes, mistake) => {
    await make("catalogTable", historyTable);
    await expect(make("catalogTable", view(changes))).rejects.toThrow(
      new Error(`Athena cannot query demo.orders: ${mistake}`),
    );
  });
});

describe("workgroups", () => {
  const group = { name: "demo", forceDestroy: false };
  const query = { name: "orders", database: "demo", query: "SELECT 1", workgroup: "demo" };
  const statement = { name: "orders_of_day", workgroup: "demo", queryStatement: "SELECT ?" };

  it("stay while questions are in them, unless the state says that they may be thrown away", async () => {
    const made = await make("workgroup", group);
    await make("namedQuery", query);
    await make("preparedStatement", statement);
    await expect(remove("workgroup", made)).rejects.toThrow("InvalidRequestException: WorkGroup demo is not empty");
    await remove("workgroup", { ...made, properties: { ...made.properties, forceDestroy: true } });
    expect(left()).toEqual(["CatalogDatabase 123456789012:demo"]);
  });

  it.each<[what: string, Kind, Properties, refusal: string]>([
    ["a second one of a name", "workgroup", group, "InvalidRequestException: WorkGroup is already created"],
    ["the one that is always there", "workgroup", { name: "primary" }, "WorkGroup is already created"],
    [
      "an engine that has gone",
      "workgroup",
      { name: "old", configuration: { engineVersion: { selectedEngineVersion: "Athena engine version 2" } } },
      "InvalidRequestException: Engine version Athena engine version 2 is not available",
    ],
    ["a question for no group", "namedQuery", { ...query, workgroup: "none" }, "WorkGroup none is not found."],
    [
      "a statement for no group",
      "preparedStatement",
      { ...statement, workgroup: "none" },
      "WorkGroup none is not found.",
    ],
    [
      "a question that is too long",
      "namedQuery",
      { ...query, query: "a".repeat(262_145) },
      "InvalidRequestException: the query of a named query has at most 262144 characters",
    ],
    [
      "a statement that is there",
      "preparedStatement",
      statement,
      "InvalidRequestException: PreparedStatement orders_of_day already exists in WorkGroup demo",
    ],
  ])("refuse %s", async (_, kind, inputs, refusal) => {
    await make("workgroup", group);
    await make("preparedStatement", statement);
    await expect(make(kind, inputs)).rejects.toThrow(refusal);
  });

  it("may share the names of questions", async () => {
    await make("workgroup", group);
    const [first, second] = [await make("namedQuery", query), await make("namedQuery", query)];
    expect(first.id).not.toBe(second.id);
  });
});
