import { types } from "../../sandbox/cloud/snowflake/common.ts";
import { insertRows, rowsOf } from "../../sandbox/cloud/snowflake/tables.ts";
import type { Properties } from "../../sandbox/cloud/inventory.ts";
import type { Made, ProviderClient } from "./providerClient.ts";
import {
  as,
  columns,
  connection,
  landing,
  make,
  makeTable,
  publicKey,
  startSnowflake,
  warehouse,
  type Kind,
} from "./snowflakeClient.ts";

let client: ProviderClient;
beforeEach(async () => {
  client = await startSnowflake();
});
afterEach(() => client.close());

const orders = ["DEMO", "LANDING", "ORDERS"];
const onOrders = { onSchemaObject: { objectType: "TABLE", objectName: '"DEMO"."LANDING"."ORDERS"' } };
const view = { ...landing, name: "CURRENT_ORDERS", statement: "SELECT ID, NAME FROM ORDERS" };
const dynamicTable = {
  ...landing,
  name: "CURRENT_ORDERS",
  warehouse: "DEMO_WH",
  targetLag: { maximumDuration: "1 minute" },
  query: "SELECT ID FROM DEMO.LANDING.ORDERS",
};

/** Kinds of what exists, with their ids. */
function left(): string[] {
  return client.cloud.all().map(({ type, id }) => `${type.split(":").at(-1) ?? ""} ${id}`);
}

/** A change in place of what was made. */
async function change(kind: Kind, made: Made, inputs: Properties, by = client): Promise<Properties> {
  const { inputs: checked } = await by.check(types[kind], inputs);
  return by.update(types[kind], made, checked);
}

const remove = (kind: Kind, made: Made, by = client) => by.delete(types[kind], made);

describe("refuses what the service refuses", () => {
  beforeEach(async () => {
    await makeTable(client);
    await make(client, "accountRole", { name: "LOADER" });
    await make(client, "serviceUser", { name: "LOADER" });
  });

  it.each<[what: string, Kind, Properties, refusal: string]>([
    [
      "a taken name",
      "database",
      { name: "DEMO" },
      "002002 (42710): SQL compilation error:\nObject 'DEMO' already exists.",
    ],
    [
      "a taken warehouse",
      "warehouse",
      warehouse,
      "002002 (42710): SQL compilation error:\nObject 'DEMO_WH' already exists.",
    ],
    [
      "a view with a table's name",
      "view",
      { ...view, name: "ORDERS" },
      "002002 (42710): SQL compilation error:\nObject 'DEMO.LANDING.ORDERS' already exists.",
    ],
    [
      "a role with a system role's name",
      "accountRole",
      { name: "SYSADMIN" },
      "Failed to create account role: Account role name: SYSADMIN, err: 002002 (42710): SQL compilation error:\nObject 'SYSADMIN' already exists.",
    ],
    [
      "a schema without its database",
      "schema",
      { database: "OTHER", name: "LANDING" },
      "002003 (02000): SQL compilation error:\nDatabase 'OTHER' does not exist or not authorized.",
    ],
    [
      "a table without its schema",
      "table",
      { database: "DEMO", schema: "PUBLIC", name: "ORDERS", columns },
      "002003 (02000): SQL compilation error:\nSchema 'DEMO.PUBLIC' does not exist or not authorized.",
    ],
    [
      "two columns of a name",
      "table",
      { ...landing, name: "T", columns: [...columns, { name: "ID", type: "DATE" }] },
      "002025 (42S21): SQL compilation error:\nduplicate column name 'ID'",
    ],
    [
      "39 digits",
      "table",
      { ...landing, name: "T", columns: [{ name: "ID", type: "NUMBER(39,0)" }] },
      "002040 (42601): SQL compilation error:\nInvalid data type [NUMBER(39,0)].",
    ],
    [
      "a view of what is not there",
      "view",
      { ...view, statement: "SELECT * FROM CUSTOMERS" },
      "002003 (42S02): SQL compilation error:\nObject 'DEMO.LANDING.CUSTOMERS' does not exist or not authorized.",
    ],
    [
      "a column that is not there",
      "view",
      { ...view, statement: "SELECT o.ID\nFROM ORDERS o\nWHERE o.PAID" },
      "000904 (42000): SQL compilation error:\nerror line 3 at position 6\ninvalid identifier 'PAID'",
    ],
    [
      "a lag under a minute",
      "dynamicTable",
      { ...dynamicTable, targetLag: { maximumDuration: "59 seconds" } },
      "002755 (22023): SQL compilation error: Invalid TARGET_LAG value '59 seconds'. Dynamic Tables do not support lag values under 60 second(s).",
    ],
    [
      "a lag that is none",
      "dynamicTable",
      { ...dynamicTable, targetLag: { maximumDuration: "soon" } },
      "002755 (22023): SQL compilation error:\nInvalid TARGET_LAG value 'soon'.",
    ],
    [
      "a dynamic table without its warehouse",
      "dynamicTable",
      { ...dynamicTable, warehouse: "OTHER" },
      "002003 (02000): SQL compilation error:\nWarehouse 'OTHER' does not exist or not authorized.",
    ],
    [
      "a dynamic table of what is not there",
      "dynamicTable",
      { ...dynamicTable, query: "SELECT ID FROM DEMO.LANDING.CUSTOMERS" },
      "002003 (42S02): SQL compilation error:\nObject 'DEMO.LANDING.CUSTOMERS' does not exist or not authorized.",
    ],
    [
      "a policy that is not there",
      "serviceUser",
      { name: "OTHER", networkPolicy: "OFFICE" },
      "002003 (02000): SQL compilation error:\nNetwork policy 'OFFICE' does not exist or not authorized.",
    ],
    [
      "addresses that are none",
      "networkPolicy",
      { name: "OFFICE", allowedIpLists: ["203.0.113.0/24", "203.0.113.300"] },
      "001420 (22023): SQL compilation error:\nInvalid IP address or CIDR block '203.0.113.300' in a network policy.",
    ],
    [
      "a monitor by any other role than ACCOUNTADMIN",
      "resourceMonitor",
      { name: "DEMO", creditQuota: 1 },
      "003001 (42501): SQL access control error:\nInsufficient privileges to operate on account",
    ],
    [
      "a warehouse under a monitor that is not there",
      "warehouse",
      { name: "OTHER_WH", resourceMonitor: "DEMO" },
      "002003 (02000): SQL compilation error:\nResource monitor 'DEMO' does not exist or not authorized.",
    ],
    [
      "a grant to a role that is not there",
      "grantPrivileges",
      { accountRoleName: "READER", privileges: ["SELECT"], ...onOrders },
      "002003 (02000): SQL compilation error:\nRole 'READER' does not exist or not authorized.",
    ],
    [
      "a grant on a table that is not there",
      "grantPrivileges",
      {
        accountRoleName: "LOADER",
        privileges: ["SELECT"],
        onSchemaObject: { objectType: "TABLE", objectName: "DEMO.LANDING.CUSTOMERS" },
      },
      "002003 (42S02): SQL compilation error:\nTable 'DEMO.LANDING.CUSTOMERS' does not exist or not authorized.",
    ],
    [
      "a grant on a table that is called a view",
      "grantPrivileges",
      {
        accountRoleName: "LOADER",
        privileges: ["SELECT"],
        onSchemaObject: { objectType: "VIEW", objectName: "DEMO.LANDING.ORDERS" },
      },
      "002003 (42S02): SQL compilation error:\nView 'DEMO.LANDING.ORDERS' does not exist or not authorized.",
    ],
    [
      "a privilege that tables do not have",
      "grantPrivileges",
      { accountRoleName: "LOADER", privileges: ["INSERT", "USAGE"], ...onOrders },
      "An error occurred when granting privileges to account role: SQL compilation error:\nInvalid privilege 'USAGE' for object type TABLE",
    ],
    [
      "a privilege on the account by who may not grant it",
      "grantPrivileges",
      { accountRoleName: "LOADER", privileges: ["CREATE DATABASE"], onAccount: true },
      "003001 (42501): SQL access control error:\nInsufficient privileges to operate on account",
    ],
    [
      "a role for a user that is not there",
      "grantAccountRole",
      { roleName: "LOADER", userName: "READER" },
      "002003 (02000): SQL compilation error:\nUser 'READER' does not exist or not authorized.",
    ],
    [
      "a role for itself",
      "grantAccountRole",
      { roleName: "LOADER", parentRoleName: "LOADER" },
      "003013 (42501): SQL compilation error:\nCircular grant: role LOADER is granted to role LOADER",
    ],
    [
      "a statement that the sandbox does not know",
      "execute",
      { execute: "ALTER TABLE DEMO.LANDING.ORDERS SET ENABLE_SCHEMA_EVOLUTION = TRUE", revert: "SELECT 1" },
      'the sandbox does not understand the statement "ALTER TABLE DEMO.LANDING.ORDERS SET ENABLE_SCHEMA_EVOLUTION = TRUE": it knows SET and UNSET of ERROR_LOGGING in ALTER TABLE and of RESOURCE_MONITOR in ALTER WAREHOUSE, and SELECT 1. Teach it more in sandbox/cloud/snowflake/execute.ts',
    ],
    [
      "two statements",
      "execute",
      { execute: "SELECT 1; SELECT 2", revert: "SELECT 1" },
      "000008 (0A000): Actual statement count 2 did not match the desired statement count 1.",
    ],
    [
      "a statement about a table that is not there",
      "execute",
      { execute: "ALTER TABLE DEMO.LANDING.CUSTOMERS SET ERROR_LOGGING = TRUE", revert: "SELECT 1" },
      "002003 (42S02): SQL compilation error:\nTable 'DEMO.LANDING.CUSTOMERS' does not exist or not authorized.",
    ],
    [
      "a table without its database",
      "execute",
      { execute: "ALTER TABLE ORDERS SET ERROR_LOGGING = TRUE", revert: "SELECT 1" },
      "090105 (22000): SQL compilation error:\nCannot perform ALTER. This session does not have a current database. Call 'USE DATABASE', or use a qualified name.",
    ],
  ])("%s", async (_, kind, inputs, refusal) => {
    await expect(make(client, kind, inputs)).rejects.toThrow(new Error(refusal));
  });

  it.each([
    ["two lines", `${publicKey().slice(0, 64)}\n${publicKey().slice(64)}`],
    ["armour", `-----BEGIN PUBLIC KEY----- ${publicKey()} -----END PUBLIC KEY-----`],
    ["1,024 bits", publicKey(1024)],
    ["no key at all", "TUlJQg=="],
  ])("a public key of %s", async (_, rsaPublicKey) => {
    const refusal = "New public key rejected by current policy. Reason: 'Invalid public key'";
    await expect(make(client, "serviceUser", { name: "OTHER", rsaPublicKey })).rejects.toThrow(refusal);
    await expect(make(client, "serviceUser", { name: "OTHER", rsaPublicKey2: rsaPublicKey })).rejects.toThrow(refusal);
  });
});

describe("features in preview", () => {
  it("are refused when something is made, changed or dropped", async () => {
    const { table } = await makeTable(client);
    const refusal =
      "snowflake_table_resource is currently a preview feature, and must be enabled by adding snowflake_table_resource to `preview_features_enabled` in Terraform configuration.";
    const other = await client.another();
    await other.configure({ ...connection, previewFeaturesEnabled: '["snowflake_dynamic_table_resource"]' });
    await expect(make(other, "table", { ...landing, name: "T", columns })).rejects.toThrow(refusal);
    await expect(change("table", table, { ...landing, name: "ORDERS", columns }, other)).rejects.toThrow(refusal);
    await expect(remove("table", table, other)).rejects.toThrow(refusal);
    other.close();
  });
});

describe("columns", () => {
  let table: Made;
  const inputs = (changed: readonly Properties[], rest: Properties = {}) => ({
    ...landing,
    name: "ORDERS",
    columns: changed,
    ...rest,
  });
  beforeEach(async () => {
    ({ table } = await makeTable(client));
    insertRows(client.cloud, orders, [
      { ID: 1, NAME: "Ada" },
      { ID: 200, NAME: "Bob" },
    ]);
  });

  it("grow in place, and rows keep what they have", async () => {
    await change("table", table, inputs([...columns, { name: "PAID", type: "BOOLEAN" }]));
    expect(rowsOf(client.cloud, orders)).toEqual([
      { ID: 1, NAME: "Ada", PAID: null },
      { ID: 200, NAME: "Bob", PAID: null },
    ]);
  });

  it("get a constant default into the rows that are there", async () => {
    const paid = { name: "PAID", type: "BOOLEAN", nullable: false, default: { constant: "FALSE" } };
    await change("table", table, inputs([...columns, paid]));
    expect(rowsOf(client.cloud, orders)[0]).toEqual({ ID: 1, NAME: "Ada", PAID: "FALSE" });
  });

  it("lose their values when they are renamed or taken out: that is drop and add", async () => {
    await change("table", table, inputs([columns[0] ?? {}, { name: "FULL_NAME", type: "VARCHAR(40)" }]));
    expect(rowsOf(client.cloud, orders)[0]).toEqual({ ID: 1, FULL_NAME: null });
  });

  it("stand at the end when they are declared in the middle, and the difference never ends", async () => {
    const wanted = inputs([columns[0] ?? {}, { name: "PAID", type: "BOOLEAN" }, columns[1] ?? {}]);
    const state = await change("table", table, wanted);
    expect((state.columns as { name: string }[]).map(({ name }) => name)).toEqual(["ID", "NAME", "PAID"]);
    const { changes } = await client.diff(types.table, wanted, wanted, state);
    expect(changes).toEqual({
      "columns[1].name": "UPDATE",
      "columns[1].type": "UPDATE",
      "columns[2].name": "UPDATE",
      "columns[2].type": "UPDATE",
    });
    const appended = inputs([...columns, { name: "PAID", type: "BOOLEAN" }]);
    expect((await client.diff(types.table, wanted, appended, state)).changes).toEqual({});
  });

  const text = (type: string) => inputs([columns[0] ?? {}, { name: "NAME", type }]);
  const number = (type: string) => inputs([{ name: "ID", type }, columns[1] ?? {}]);
  const cannot = (what: string) =>
    `error changing property: err 002108 (22000): SQL compilation error:\ncannot change column ${what}`;

  it.each<[what: string, Properties]>([
    ["longer text", text("STRING")],
    ["more digits", number("NUMBER(38,0)")],
    ["fewer digits that hold what is there", number("NUMBER(3,0)")],
    ["no NULL where none is", inputs([{ ...columns[0], nullable: false }, columns[1] ?? {}])],
  ])("may become %s", async (_, changed) => {
    await expect(change("table", table, changed)).resolves.toBeDefined();
  });

  it.each<[what: string, Properties, refusal: string]>([
    [
      "shorter text",
      text("VARCHAR(20)"),
      cannot(
        "NAME from type VARCHAR(40) to VARCHAR(20) because reducing the byte-length of a varchar is not supported.",
      ),
    ],
    ["another type", text("DATE"), cannot("NAME from type VARCHAR(40) to DATE")],
    [
      "another scale",
      number("NUMBER(12,2)"),
      cannot("ID from type NUMBER(10,0) to NUMBER(12,2) because changing the scale of a number is not supported."),
    ],
    [
      "too few digits",
      number("NUMBER(2,0)"),
      cannot("ID from type NUMBER(10,0) to NUMBER(2,0) because some of its values do not fit."),
    ],
    [
      "a column that must have values, in a table with rows",
      inputs([...columns, { name: "PAID", type: "BOOLEAN", nullable: false }]),
      "error adding column: SQL compilation error:\nNon-nullable column 'PAID' cannot be added to non-empty table unless it has a non-null default value.",
    ],
    [
      "a default that is computed",
      inputs([...columns, { name: "AT", type: "DATE", default: { expression: "CURRENT_DATE()" } }]),
      "failed to add column AT => Only adding a column as a constant is supported by Snowflake",
    ],
    [
      "no column at all that was there",
      inputs([{ name: "OTHER", type: "DATE" }]),
      "error updating table: 002028 (42601): SQL compilation error:\na table needs a column",
    ],
  ])("may not become %s", async (_, changed, refusal) => {
    await expect(change("table", table, changed)).rejects.toThrow(new Error(refusal));
  });

  it("lose what was dropped before a later step failed", async () => {
    const paid = { name: "PAID", type: "BOOLEAN", nullable: false };
    await expect(change("table", table, inputs([columns[0] ?? {}, paid]))).rejects.toThrow("Non-nullable column");
    expect(rowsOf(client.cloud, orders)).toEqual([{ ID: 1 }, { ID: 200 }]);
  });

  it("are as the service tells them in the outputs", async () => {
    const made = await make(client, "table", {
      ...landing,
      name: "T",
      columns: [
        { name: "A", type: "bigint" },
        { name: "B", type: "datetime" },
      ],
    });
    expect(made.properties).toMatchObject({
      fullyQualifiedName: '"DEMO"."LANDING"."T"',
      owner: "PIPELINE_DEPLOYER",
      columns: [
        { name: "A", type: "NUMBER(38,0)", nullable: true },
        { name: "B", type: "TIMESTAMP_NTZ(9)", nullable: true },
      ],
    });
  });
});

describe("grants", () => {
  let table: Made;
  let role: Made;
  beforeEach(async () => {
    ({ table } = await makeTable(client));
    role = await make(client, "accountRole", { name: "READER" });
  });
  const onView = {
    accountRoleName: "READER",
    privileges: ["SELECT"],
    onSchemaObject: { objectType: "VIEW", objectName: '"DEMO"."LANDING"."CURRENT_ORDERS"' },
  };
  const grantsLeft = () => left().filter((line) => line.startsWith("Grant"));

  it("have the provider's ids, and change in place", async () => {
    const made = await make(client, "grantPrivileges", {
      accountRoleName: "READER",
      privileges: ["SELECT"],
      ...onOrders,
    });
    expect(made.id).toBe('"READER"|false|false|SELECT|OnSchemaObject|OnObject|TABLE|"DEMO"."LANDING"."ORDERS"');
    const both = { accountRoleName: "READER", privileges: ["SELECT", "INSERT"], ...onOrders };
    expect(await change("grantPrivileges", made, both)).toMatchObject({ privileges: ["SELECT", "INSERT"] });
    const wrong = { ...both, privileges: ["SELECT", "RIDE"] };
    await expect(change("grantPrivileges", made, wrong)).rejects.toThrow(
      "Invalid privilege 'RIDE' for object type TABLE",
    );
  });

  it("go with the table that they are on, and with the role", async () => {
    await make(client, "grantPrivileges", { accountRoleName: "READER", privileges: ["SELECT"], ...onOrders });
    await remove("table", table);
    expect(grantsLeft()).toEqual([]);
    await make(client, "grantAccountRole", { roleName: "READER", parentRoleName: "SYSADMIN" });
    await remove("accountRole", role);
    expect(grantsLeft()).toEqual([]);
  });

  it("go with a view that is made anew, unless it copies them", async () => {
    const made = await make(client, "view", view);
    await make(client, "grantPrivileges", onView);
    await change("view", made, { ...view, statement: "SELECT ID FROM ORDERS", copyGrants: true });
    expect(grantsLeft()).toHaveLength(1);
    await change("view", made, { ...view, statement: "SELECT NAME FROM ORDERS" });
    expect(grantsLeft()).toEqual([]);
  });

  it("on all tables hold for those that are there, and not for later ones", async () => {
    const all = { all: { objectTypePlural: "TABLES", inSchema: "DEMO.LANDING" } };
    const made = await make(client, "grantPrivileges", {
      accountRoleName: "READER",
      privileges: ["SELECT"],
      onSchemaObject: all,
    });
    await make(client, "table", { ...landing, name: "LATER", columns });
    expect(client.cloud.get(types.grantPrivileges, made.id)?.hidden).toEqual({
      on: ['TABLE "DEMO"."LANDING"."ORDERS"'],
    });
  });
});

describe("who may do what", () => {
  const refused = (what: string) =>
    `003001 (42501): SQL access control error:\nInsufficient privileges to operate on ${what}`;

  it("a role changes and drops what is its own, and no more", async () => {
    const { table, database } = await makeTable(client);
    const other = await as(client, "SOMEBODY");
    await expect(change("table", table, { ...landing, name: "ORDERS", columns }, other)).rejects.toThrow(
      new Error(refused("table 'ORDERS'")),
    );
    await expect(remove("database", database, other)).rejects.toThrow(new Error(refused("database 'DEMO'")));
    await expect(make(other, "schema", { database: "DEMO", name: "MINE" })).rejects.toThrow(refused("database 'DEMO'"));
    await expect(make(other, "table", { ...landing, name: "T", columns })).rejects.toThrow(refused("schema 'LANDING'"));
    other.close();
  });

  it("makes what it was granted to make, and reads what it was granted to read", async () => {
    await makeTable(client);
    await make(client, "accountRole", { name: "ANALYST" });
    const grant = (privileges: string[], on: Properties) =>
      make(client, "grantPrivileges", { accountRoleName: "ANALYST", privileges, ...on });
    const analyst = await as(client, "ANALYST");
    await grant(["CREATE VIEW"], { onSchema: { schemaName: '"DEMO"."LANDING"' } });
    await expect(make(analyst, "view", view)).rejects.toThrow("Object 'DEMO.LANDING.ORDERS' does not exist or not");
    await grant(["SELECT"], onOrders);
    await expect(make(analyst, "view", view)).resolves.toMatchObject({ id: '"DEMO"."LANDING"."CURRENT_ORDERS"' });
    analyst.close();
  });

  it("hands out what is its own, unless it manages grants", async () => {
    await makeTable(client);
    await make(client, "accountRole", { name: "LOADER" });
    const grant = { accountRoleName: "LOADER", privileges: ["INSERT"], ...onOrders };
    const [other, security] = [await as(client, "SOMEBODY"), await as(client, "SECURITYADMIN")];
    await expect(make(other, "grantPrivileges", grant)).rejects.toThrow(new Error(refused("table 'ORDERS'")));
    await expect(make(security, "grantPrivileges", grant)).resolves.toBeDefined();
    other.close();
    security.close();
  });

  it("inherits what belongs to the roles that it was granted", async () => {
    const { table } = await makeTable(client);
    await make(client, "accountRole", { name: "LEAD" });
    const lead = await as(client, "LEAD");
    await expect(remove("table", table, lead)).rejects.toThrow(refused("table 'ORDERS'"));
    await make(client, "grantAccountRole", { roleName: "PIPELINE_DEPLOYER", parentRoleName: "LEAD" });
    await expect(remove("table", table, lead)).resolves.toBeUndefined();
    lead.close();
  });

  it.each<[role: string, Kind, Properties]>([
    ["SYSADMIN", "serviceUser", { name: "LOADER" }],
    ["SYSADMIN", "accountRole", { name: "LOADER" }],
    ["USERADMIN", "warehouse", warehouse],
    ["SECURITYADMIN", "database", { name: "DEMO" }],
    ["PUBLIC", "networkPolicy", { name: "OFFICE" }],
    ["SECURITYADMIN", "resourceMonitor", { name: "DEMO" }],
  ])("%s makes no %s", async (role, kind, inputs) => {
    const other = await as(client, role);
    await expect(make(other, kind, inputs)).rejects.toThrow(new Error(refused("account")));
    other.close();
  });

  it("only ACCOUNTADMIN puts a warehouse under a monitor", async () => {
    const admin = await as(client, "ACCOUNTADMIN");
    await make(admin, "resourceMonitor", { name: "DEMO", creditQuota: 10 });
    const watched = { ...warehouse, resourceMonitor: "DEMO" };
    await expect(make(client, "warehouse", watched)).rejects.toThrow(new Error(refused("resource monitor 'DEMO'")));
    const made = await make(client, "warehouse", warehouse);
    await expect(change("warehouse", made, watched)).rejects.toThrow(new Error(refused("resource monitor 'DEMO'")));
    await expect(change("warehouse", made, watched, admin)).resolves.toMatchObject({ resourceMonitor: "DEMO" });
    admin.close();
  });
});

describe("dropping", () => {
  it("a database takes along what is in it, and the grants", async () => {
    const { database } = await makeTable(client);
    await make(client, "view", view);
    await make(client, "accountRole", { name: "LOADER" });
    await make(client, "grantPrivileges", { accountRoleName: "LOADER", privileges: ["INSERT"], ...onOrders });
    await remove("database", database);
    expect(left()).toEqual(["Warehouse DEMO_WH", "AccountRole LOADER"]);
  });

  it("a schema takes along its tables, and not the other schema's", async () => {
    const { schema } = await makeTable(client);
    await make(client, "schema", { database: "DEMO", name: "ANALYTICS" });
    await remove("schema", schema);
    expect(left()).toEqual(["Database DEMO", "Warehouse DEMO_WH", 'Schema "DEMO"."ANALYTICS"']);
  });

  it("a policy waits until no user has it", async () => {
    const policy = await make(client, "networkPolicy", { name: "OFFICE", allowedIpLists: ["203.0.113.7"] });
    const user = await make(client, "serviceUser", { name: "LOADER", networkPolicy: "OFFICE" });
    await expect(remove("networkPolicy", policy)).rejects.toThrow(
      new Error(
        "001492 (42601): SQL compilation error:\nCannot perform Drop operation on network policy OFFICE. The policy is attached to USER with name LOADER. Unset the network policy from USER and try the Drop operation again.",
      ),
    );
    await change("serviceUser", user, { name: "LOADER" });
    await expect(remove("networkPolicy", policy)).resolves.toBeUndefined();
  });
});

describe("statements", () => {
  const errorLogging = () => client.cloud.get(types.table, "DEMO|LANDING|ORDERS")?.hidden?.errorLogging;
  const set = (value: string) => `ALTER TABLE "DEMO"."LANDING"."ORDERS" SET ERROR_LOGGING = ${value}`;
  beforeEach(() => makeTable(client));

  it("run when they are made, and what reverts them when they go", async () => {
    const made = await make(client, "execute", { execute: set("TRUE"), revert: set("FALSE") });
    expect(errorLogging()).toBe(true);
    await remove("execute", made);
    expect(errorLogging()).toBe(false);
  });

  it("are nothing that exists: only Pulumi knows of them", async () => {
    const made = await make(client, "execute", { execute: set("TRUE"), revert: set("FALSE") });
    expect(left().filter((line) => line.startsWith("Execute"))).toEqual([]);
    expect(await client.read(types.execute, made)).toMatchObject({ id: made.id, inputs: { execute: set("TRUE") } });
  });

  it("are reverted by what the resource was last given, which runs nothing by itself", async () => {
    const made = await make(client, "execute", { execute: set("TRUE"), revert: set("FALSE") });
    const revert = "alter table if exists demo.landing.orders unset error_logging;";
    const state = await change("execute", made, { execute: set("TRUE"), revert });
    expect(errorLogging()).toBe(true);
    await remove("execute", { ...made, properties: state });
    expect(errorLogging()).toBe(false);
  });

  it("are undone by their predecessor's revert when that runs after them", async () => {
    const first = await make(client, "execute", { execute: set("TRUE"), revert: set("FALSE") });
    await make(client, "execute", { execute: `${set("TRUE")} -- anew`, revert: set("FALSE") });
    await remove("execute", first);
    expect(errorLogging()).toBe(false);
  });

  it("put a warehouse under a monitor, for ACCOUNTADMIN", async () => {
    const admin = await as(client, "ACCOUNTADMIN");
    const monitor = await make(admin, "resourceMonitor", { name: "DEMO", creditQuota: 10 });
    const watched = {
      execute: "ALTER WAREHOUSE DEMO_WH SET RESOURCE_MONITOR = DEMO",
      revert: "ALTER WAREHOUSE IF EXISTS DEMO_WH UNSET RESOURCE_MONITOR",
    };
    const monitorOf = () => client.cloud.get(types.warehouse, "DEMO_WH")?.hidden?.monitor;
    await expect(make(client, "execute", watched)).rejects.toThrow(
      "Insufficient privileges to operate on resource monitor 'DEMO'",
    );
    const made = await make(admin, "execute", watched);
    expect(monitorOf()).toBe("DEMO");
    await remove("execute", made, admin);
    expect(monitorOf()).toBeUndefined();
    await make(admin, "execute", watched);
    await remove("resourceMonitor", monitor, admin);
    expect(monitorOf()).toBeUndefined();
    admin.close();
  });

  it("cannot be reverted on a table that is gone, unless they ask first", async () => {
    const made = await make(client, "execute", { execute: set("TRUE"), revert: set("FALSE") });
    const careful = await make(client, "execute", {
      execute: set("TRUE"),
      revert: "ALTER TABLE IF EXISTS DEMO.LANDING.ORDERS SET ERROR_LOGGING = FALSE",
    });
    client.cloud.delete(types.table, "DEMO|LANDING|ORDERS");
    await expect(remove("execute", made)).rejects.toThrow("Table 'DEMO.LANDING.ORDERS' does not exist");
    await expect(remove("execute", careful)).resolves.toBeUndefined();
  });
});

describe("ownership", () => {
  const on = { objectType: "TABLE", objectName: '"DEMO"."LANDING"."ORDERS"' };
  const toLoader = { accountRoleName: "LOADER", outboundPrivileges: "COPY", on };
  const owner = () => client.cloud.get(types.table, "DEMO|LANDING|ORDERS")?.hidden?.owner;
  const grantsOnOrders = () => left().filter((line) => line.startsWith("GrantPrivileges")).length;
  let table: Made;
  let role: Made;
  beforeEach(async () => {
    ({ table } = await makeTable(client));
    role = await make(client, "accountRole", { name: "LOADER" });
    await make(client, "grantPrivileges", { accountRoleName: "LOADER", privileges: ["INSERT"], ...onOrders });
  });
  const haveRole = () => make(client, "grantAccountRole", { roleName: "LOADER", parentRoleName: "PIPELINE_DEPLOYER" });

  it("goes to a role that the session has, with what was granted, and comes back when the grant goes", async () => {
    await haveRole();
    const made = await make(client, "grantOwnership", toLoader);
    expect(made.id).toBe('ToAccountRole|"LOADER"|COPY|OnObject|TABLE|"DEMO"."LANDING"."ORDERS"');
    expect([owner(), grantsOnOrders()]).toEqual(["LOADER", 1]);
    await remove("grantOwnership", made);
    expect([owner(), grantsOnOrders()]).toEqual(["PIPELINE_DEPLOYER", 1]);
  });

  it("does not go to a role that the session has not, but for who manages grants", async () => {
    await expect(make(client, "grantOwnership", toLoader)).rejects.toThrow(
      "TABLE ownership can only be transferred to a role that is activated in the current session or by a role with account-level MANAGE GRANTS.",
    );
    const security = await as(client, "SECURITYADMIN");
    const made = await make(security, "grantOwnership", toLoader);
    expect(owner()).toBe("LOADER");
    await expect(remove("grantOwnership", made)).rejects.toThrow(
      "An error occurred when transferring ownership back to the original role",
    );
    security.close();
  });

  it("leaves who handed it over with nothing, unless the role is granted to it", async () => {
    const has = await haveRole();
    await make(client, "grantOwnership", toLoader);
    const grown = { ...landing, name: "ORDERS", columns: [...columns, { name: "PAID", type: "BOOLEAN" }] };
    await make(client, "view", view);
    await change("table", table, grown);
    await remove("grantAccountRole", has);
    await expect(change("table", table, grown)).rejects.toThrow("Insufficient privileges to operate on table 'ORDERS'");
    await expect(remove("table", table)).rejects.toThrow("Insufficient privileges to operate on table 'ORDERS'");
    await expect(make(client, "view", { ...view, name: "OTHER" })).rejects.toThrow("does not exist or not authorized");
  });

  it("is that of the role which drops the owner, and the grant goes with the owner and with the table", async () => {
    await haveRole();
    await make(client, "grantOwnership", toLoader);
    await remove("accountRole", role);
    expect(owner()).toBe("PIPELINE_DEPLOYER");
    expect(left().filter((line) => line.startsWith("Grant"))).toEqual([]);
    await make(client, "accountRole", { name: "LOADER" });
    await haveRole();
    await make(client, "grantOwnership", toLoader);
    await remove("table", table);
    expect(left().filter((line) => line.startsWith("GrantOwnership"))).toEqual([]);
  });

  it.each([{ outboundPrivileges: undefined }, { outboundPrivileges: "copy" }])(
    "does not move while something is granted, if it is not said what becomes of that: %j",
    async (outbound) => {
      await haveRole();
      await expect(make(client, "grantOwnership", { ...toLoader, ...outbound })).rejects.toThrow(
        "003036 (23001): SQL execution error: Dependent grant of privilege 'INSERT' on securable 'DEMO.LANDING.ORDERS' to role 'LOADER' exists.",
      );
    },
  );

  it("takes away what is granted, if that is said", async () => {
    await haveRole();
    await make(client, "grantOwnership", { ...toLoader, outboundPrivileges: "REVOKE" });
    expect([owner(), grantsOnOrders()]).toEqual(["LOADER", 0]);
  });

  it("cannot be given back of a table that is gone", async () => {
    await haveRole();
    const made = await make(client, "grantOwnership", toLoader);
    await remove("table", table);
    await expect(remove("grantOwnership", made)).rejects.toThrow("Table 'DEMO.LANDING.ORDERS' does not exist");
  });

  it("is lost from the state when another has it: a refresh shows that", async () => {
    await haveRole();
    const made = await make(client, "grantOwnership", toLoader);
    await make(client, "accountRole", { name: "OTHER" });
    await make(client, "grantAccountRole", { roleName: "OTHER", parentRoleName: "PIPELINE_DEPLOYER" });
    await make(client, "grantOwnership", { ...toLoader, accountRoleName: "OTHER" });
    expect(await client.read(types.grantOwnership, made)).toMatchObject({ id: "" });
  });

  it.each([
    { accountRoleName: undefined, databaseRoleName: '"DEMO"."LOADER"' },
    { on: { all: { objectTypePlural: "TABLES", inDatabase: "DEMO" } } },
  ])("is not known of %j: the sandbox says so", async (inputs) => {
    await expect(make(client, "grantOwnership", { ...toLoader, ...inputs })).rejects.toThrow("the sandbox only knows");
  });
});

describe("dynamic tables", () => {
  it("turn on change tracking of what they read, where the role owns it", async () => {
    await makeTable(client);
    const made = await make(client, "dynamicTable", dynamicTable);
    expect(made.properties).toMatchObject({ schedulingState: "ACTIVE", refreshMode: "AUTO" });
    expect(client.cloud.get(types.table, "DEMO|LANDING|ORDERS")?.properties.changeTracking).toBe(true);
  });

  it("stay where they are, though the provider says that it moves them", async () => {
    await makeTable(client);
    await make(client, "schema", { database: "DEMO", name: "ANALYTICS" });
    const made = await make(client, "dynamicTable", dynamicTable);
    const moved = { ...dynamicTable, schema: "ANALYTICS" };
    const state = await change("dynamicTable", made, moved);
    expect(state).toMatchObject({ schema: "LANDING" });
    expect((await client.diff(types.dynamicTable, moved, moved, state)).changes).toEqual({ schema: "UPDATE" });
  });
});

it("does not rename, which the real provider does and Pulumi does not notice", async () => {
  const { database } = await makeTable(client);
  await expect(change("database", database, { name: "OTHER" })).rejects.toThrow(
    new Error(
      'the sandbox does not rename: the provider would rename DEMO to OTHER in place, and Pulumi would look for the old name ever after. Set replaceOnChanges: ["name"], or keep the name',
    ),
  );
});

it("does not connect with the warehouse that it is to make", async () => {
  const other = await client.another();
  await other.configure({ ...connection, warehouse: "DEMO_WH" });
  await expect(make(other, "warehouse", warehouse)).rejects.toThrow(
    "390201 (08004): The requested warehouse does not exist or not authorized.",
  );
  other.close();
});

it("takes a user from one key to the next with one valid key at every step", async () => {
  const [old, next] = [publicKey(), publicKey()];
  const made = await make(client, "serviceUser", { name: "LOADER", rsaPublicKey: old });
  const valid = () => {
    const { rsaPublicKey, rsaPublicKey2 } = client.cloud.get(types.serviceUser, "LOADER")?.properties ?? {};
    return [rsaPublicKey, rsaPublicKey2].filter((key) => key !== undefined);
  };
  const steps = [{ rsaPublicKey: old, rsaPublicKey2: next }, { rsaPublicKey2: next }, { rsaPublicKey: next }];
  const seen: unknown[][] = [valid()];
  for (const keys of steps) {
    await change("serviceUser", made, { name: "LOADER", ...keys });
    seen.push(valid());
  }
  expect(seen).toEqual([[old], [old, next], [next], [next]]);
});

it("counts a second a statement, three for a database and ten for the first fill of a dynamic table", async () => {
  const { table } = await makeTable(client);
  const made = await make(client, "dynamicTable", dynamicTable);
  await remove("dynamicTable", made);
  await remove("table", table);
  const counted = client.provider.done.map(({ operation, urn, seconds }) => [
    operation,
    urn.split(":").at(-3),
    seconds,
  ]);
  expect(counted).toEqual([
    ["create", "Database", 3],
    ["create", "Schema", 1],
    ["create", "Table", 1],
    ["create", "Warehouse", 1],
    ["create", "DynamicTable", 10],
    ["delete", "DynamicTable", 1],
    ["delete", "Table", 1],
  ]);
});
