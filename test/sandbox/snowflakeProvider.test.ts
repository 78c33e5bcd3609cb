import { generateKeyPairSync } from "node:crypto";
import type { AccountRoleArgs } from "@pulumi/snowflake/accountRole.js";
import type { DatabaseArgs } from "@pulumi/snowflake/database.js";
import type { DynamicTableArgs } from "@pulumi/snowflake/dynamicTable.js";
import type { ExecuteArgs } from "@pulumi/snowflake/execute.js";
import type { GrantAccountRoleArgs } from "@pulumi/snowflake/grantAccountRole.js";
import type { GrantOwnershipArgs } from "@pulumi/snowflake/grantOwnership.js";
import type { GrantPrivilegesToAccountRoleArgs } from "@pulumi/snowflake/grantPrivilegesToAccountRole.js";
import type { NetworkPolicyArgs } from "@pulumi/snowflake/networkPolicy.js";
import type { ResourceMonitorArgs } from "@pulumi/snowflake/resourceMonitor.js";
import type { SchemaArgs } from "@pulumi/snowflake/schema.js";
import type { ServiceUserArgs } from "@pulumi/snowflake/serviceUser.js";
import type { TableArgs } from "@pulumi/snowflake/table.js";
import type { ViewArgs } from "@pulumi/snowflake/view.js";
import type { WarehouseArgs } from "@pulumi/snowflake/warehouse.js";
import { snowflake } from "../../sandbox/cloud/snowflake.ts";
import { types } from "../../sandbox/cloud/snowflake/common.ts";
import type { Properties } from "../../sandbox/cloud/inventory.ts";
import { SdkSchema } from "../../sandbox/cloud/schema.ts";
import { columns, connection, landing, publicKey, startSnowflake, warehouse, type Kind } from "./snowflakeClient.ts";
import type { ProviderClient } from "./providerClient.ts";

/** The engine's sign for a value that is not known yet. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const insert = {
  accountRoleName: '"LOADER"',
  privileges: ["INSERT"],
  onSchemaObject: { objectType: "TABLE", objectName: '"DEMO"."LANDING"."ORDERS"' },
};

/** For each type that is simulated, inputs that are right, for the compiler too. */
const typed = {
  warehouse: warehouse satisfies WarehouseArgs,
  resourceMonitor: { name: "DEMO", creditQuota: 10, suspendTrigger: 100 } satisfies ResourceMonitorArgs,
  networkPolicy: { name: "DEMO", allowedIpLists: ["203.0.113.7"] } satisfies NetworkPolicyArgs,
  database: { name: "DEMO", dropPublicSchemaOnCreation: true } satisfies DatabaseArgs,
  schema: { database: "DEMO", name: "LANDING" } satisfies SchemaArgs,
  table: { ...landing, name: "ORDERS", columns } satisfies TableArgs,
  view: { ...landing, name: "CURRENT_ORDERS", statement: "SELECT ID FROM ORDERS" } satisfies ViewArgs,
  dynamicTable: {
    ...landing,
    name: "CURRENT_ORDERS",
    query: "SELECT ID FROM ORDERS",
    warehouse: "DEMO_WH",
    targetLag: { maximumDuration: "60 seconds" },
  } satisfies DynamicTableArgs,
  serviceUser: { name: "LOADER", rsaPublicKey: publicKey() } satisfies ServiceUserArgs,
  accountRole: { name: "LOADER" } satisfies AccountRoleArgs,
  grantAccountRole: { roleName: "LOADER", userName: "LOADER" } satisfies GrantAccountRoleArgs,
  grantPrivileges: insert satisfies GrantPrivilegesToAccountRoleArgs,
  grantOwnership: {
    accountRoleName: "LOADER",
    outboundPrivileges: "COPY",
    on: { objectType: "TABLE", objectName: '"DEMO"."LANDING"."ORDERS"' },
  } satisfies GrantOwnershipArgs,
  execute: { execute: "SELECT 1", revert: "SELECT 1" } satisfies ExecuteArgs,
};
const right: Record<Kind, Properties> = typed;

const kinds = Object.keys(right) as Kind[];
const schema = new SdkSchema(snowflake.sdk);

let client: ProviderClient;
beforeEach(async () => {
  client = await startSnowflake();
});
afterEach(() => client.close());

it("has right inputs here for every type that is simulated", async () => {
  expect(Object.values(types).sort()).toEqual(Object.keys(snowflake.resources).sort());
  for (const kind of kinds) {
    const { inputs, failures } = await client.check(types[kind], right[kind]);
    expect([kind, failures]).toEqual([kind, []]);
    expect(inputs).toMatchObject(right[kind]);
  }
});

describe("refuses at preview what the real provider refuses", () => {
  const booleans = 'to be one of ["true" "false"], got yes';

  it.each<[Kind, Properties, string[]]>([
    ["warehouse", { size: "XSMALL" }, ["Invalid or unknown key. Examine values at 'it.size'."]],
    ["warehouse", { warehouseSize: "TINY" }, ["invalid warehouse size: TINY. Examine values at 'it.warehouseSize'."]],
    ["warehouse", { warehouseType: "GPU" }, ["invalid warehouse type: GPU. Examine values at 'it.warehouseType'."]],
    [
      "warehouse",
      { autoResume: "yes" },
      [`expected [{{} auto_resume}] ${booleans}. Examine values at 'it.autoResume'.`],
    ],
    [
      "warehouse",
      { autoSuspend: -5 },
      ["expected auto_suspend to be at least (0), got -5. Examine values at 'it.autoSuspend'."],
    ],
    [
      "warehouse",
      { statementTimeoutInSeconds: 604_801 },
      [
        "expected statement_timeout_in_seconds to be in the range (0 - 604800), got 604801. Examine values at 'it.statementTimeoutInSeconds'.",
      ],
    ],
    [
      "resourceMonitor",
      { frequency: "MONTHLY" },
      [
        "Missing required argument. \"frequency\": all of `frequency,start_timestamp` must be specified. Examine values at 'it.frequency'.",
      ],
    ],
    [
      "resourceMonitor",
      { frequency: "HOURLY", startTimestamp: "IMMEDIATELY" },
      ["invalid frequency type: HOURLY. Examine values at 'it.frequency'."],
    ],
    [
      "resourceMonitor",
      { creditQuota: 0 },
      ["expected credit_quota to be at least (1), got 0. Examine values at 'it.creditQuota'."],
    ],
    [
      "database",
      { dataRetentionTimeInDays: 91 },
      [
        "expected data_retention_time_in_days to be in the range (0 - 90), got 91. Examine values at 'it.dataRetentionTimeInDays'.",
      ],
    ],
    [
      "schema",
      { database: undefined },
      [
        "Missing required argument. The argument \"database\" is required, but no definition was found.. Examine values at 'it.database'.",
      ],
    ],
    [
      "table",
      { columns: [] },
      [
        "Not enough list items. Attribute requires 1 item minimum, but config has only 0 declared. Examine values at 'it.columns'.",
      ],
    ],
    [
      "table",
      {
        columns: [
          { name: "A", type: "VARCHAR" },
          { name: "B", type: "TIMESTAMP" },
        ],
      },
      ["invalid data type: TIMESTAMP. Examine values at 'it.columns[1].type'."],
    ],
    ["view", { isSecure: "yes" }, [`expected [{{} is_secure}] ${booleans}. Examine values at 'it.isSecure'.`]],
    [
      "dynamicTable",
      { refreshMode: "ADAPTIVE" },
      [
        'expected refresh_mode to be one of ["AUTO" "INCREMENTAL" "FULL"], got ADAPTIVE. Examine values at \'it.refreshMode\'.',
      ],
    ],
    ["serviceUser", { password: "hush" }, ["Invalid or unknown key. Examine values at 'it.password'."]],
    [
      "grantAccountRole",
      { parentRoleName: "SYSADMIN" },
      [
        "Invalid combination of arguments. only one of `userName,parentRoleName` must be specified. Examine values at 'it.userName'.",
      ],
    ],
    [
      "grantPrivileges",
      { allPrivileges: true },
      [
        "Invalid combination of arguments. only one of `privileges,allPrivileges` must be specified. Examine values at 'it.privileges'.",
      ],
    ],
    [
      "grantPrivileges",
      { onSchemaObject: undefined },
      [
        "Invalid combination of arguments. one of `onAccount,onAccountObject,onSchema,onSchemaObject` must be specified. Examine values at 'it.onAccount'.",
      ],
    ],
    [
      "grantPrivileges",
      { onSchemaObject: undefined, onAccountObject: { objectType: "SCHEMA", objectName: "LANDING" } },
      [
        'expected on_account_object.0.object_type to be one of ["USER" "RESOURCE MONITOR" "WAREHOUSE" "COMPUTE POOL" "DATABASE" "INTEGRATION" "FAILOVER GROUP" "REPLICATION GROUP" "EXTERNAL VOLUME"], got SCHEMA. Examine values at \'it.onAccountObject.objectType\'.',
      ],
    ],
    [
      "grantPrivileges",
      { onSchemaObject: undefined, onSchema: { schemaName: "LANDING" } },
      [
        "Invalid identifier type. Expected DatabaseObjectIdentifier identifier type. The correct form of the fully qualified name for this field is: <database_name>.<name>, but was LANDING. Examine values at 'it.onSchema.schemaName'.",
      ],
    ],
    [
      "grantPrivileges",
      { privileges: ["OWNERSHIP"] },
      [
        "Unsupported privilege 'OWNERSHIP'. Granting ownership is only allowed in snowflake_grant_ownership resource.. Examine values at 'it.privileges[0]'.",
      ],
    ],
    [
      "grantOwnership",
      { outboundPrivileges: "MOVE" },
      [
        'expected outbound_privileges to be one of ["COPY" "REVOKE"], got MOVE. Examine values at \'it.outboundPrivileges\'.',
      ],
    ],
    [
      "grantOwnership",
      { accountRoleName: undefined },
      [
        "Invalid combination of arguments. one of `accountRoleName,databaseRoleName` must be specified. Examine values at 'it.accountRoleName'.",
      ],
    ],
    [
      "grantOwnership",
      { on: { objectType: "TABLE" } },
      [
        "Invalid combination of arguments. one of `on.objectName,on.all,on.future` must be specified. Examine values at 'it.on.objectName'.",
        "Missing required argument. \"on.0.object_type\": all of `on.0.object_name` must be specified. Examine values at 'it.on'.",
      ],
    ],
    [
      "networkPolicy",
      { blockedIpLists: ["0.0.0.0/0"] },
      [
        "invalid value (0.0.0.0/0) set for a field [{{} blocked_ip_list}]. **Do not** add `0.0.0.0/0` to `blocked_ip_list`, in order to block all IP addresses except a select list, you only need to add IP addresses to `allowed_ip_list`.. Examine values at 'it.blockedIpLists'.",
      ],
    ],
    [
      "execute",
      { revert: undefined },
      [
        "Missing required argument. The argument \"revert\" is required, but no definition was found.. Examine values at 'it.revert'.",
      ],
    ],
  ])("%s: %j", async (kind, change, problems) => {
    expect((await client.check(types[kind], { ...right[kind], ...change })).failures).toEqual(problems);
  });

  it.each<[what: string, Kind, Properties]>([
    ["an unknown privilege", "grantPrivileges", { privileges: ["RIDE"] }],
    ["a name that is left out", "warehouse", { name: undefined }],
    ["a public key that is none", "serviceUser", { rsaPublicKey: "-----BEGIN PUBLIC KEY-----" }],
    ["a lag of a second", "dynamicTable", { targetLag: { maximumDuration: "1 second" } }],
    ["statements that are none", "execute", { execute: "RIDE A HORSE" }],
    ["what is not known yet", "grantPrivileges", { privileges: unknown, onSchemaObject: unknown }],
  ])("but not %s: that is the service's to refuse", async (_, kind, change) => {
    expect((await client.check(types[kind], { ...right[kind], ...change })).failures).toEqual([]);
  });
});

describe("the connection", () => {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const encrypted = pair.privateKey
    .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "open" })
    .toString();
  const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" })
    .privateKey.export({ type: "pkcs8", format: "pem" })
    .toString();

  it.each<[what: string, Properties, string[]]>([
    ["a key from the provider's environment", {}, []],
    ["a key", { privateKey: pem }, []],
    ["an encrypted key with its passphrase", { privateKey: encrypted, privateKeyPassphrase: "open" }, []],
    ["a key that is not known yet", { privateKey: unknown }, []],
    ["a profile instead", { organizationName: undefined, accountName: undefined, user: undefined, profile: "p" }, []],
    ["no account", { organizationName: undefined, accountName: undefined }, ["accountName: 260000: account is empty"]],
    [
      "half an account",
      { accountName: undefined },
      [
        'organizationName: Missing required argument. "organization_name": all of `account_name,organization_name` must be specified',
      ],
    ],
    ["no user", { user: undefined }, ["user: 260001: user is empty"]],
    [
      "a key without its way to log in",
      { privateKey: pem, authenticator: undefined },
      ["privateKey: 260002: password is empty"],
    ],
    ["a way that is none", { authenticator: "JWT" }, ["authenticator: invalid authenticator type: JWT"]],
    [
      "line breaks that are none",
      { privateKey: pem.replaceAll("\n", "\\n") },
      ["privateKey: could not parse private key, key is not in PEM format"],
    ],
    [
      "a key without its armour",
      { privateKey: pem.split("\n").slice(1, -2).join("") },
      ["privateKey: could not parse private key, key is not in PEM format"],
    ],
    [
      "an encrypted key alone",
      { privateKey: encrypted },
      ["privateKey: private key requires a passphrase, but private_key_passphrase was not supplied"],
    ],
    [
      "the wrong passphrase",
      { privateKey: encrypted, privateKeyPassphrase: "shut" },
      ["privateKey: could not parse private key"],
    ],
    ["another kind of key", { privateKey: elliptic }, ["privateKey: privateKey not of type RSA"]],
    [
      "a key and a password",
      { privateKey: pem, password: "hush" },
      ['password: Conflicting configuration arguments. "password": conflicts with private_key'],
    ],
    [
      "a feature that is none",
      { previewFeaturesEnabled: '["snowflake_tables"]' },
      [
        "previewFeaturesEnabled: expected [{{} preview_features_enabled}] to be one of the provider's preview features, got snowflake_tables",
      ],
    ],
  ])("%s", async (_, change, problems) => {
    expect(await client.checkConfig({ ...connection, ...change })).toEqual(problems);
  });
});

describe("differences", () => {
  const named = (...inputs: string[]) => inputs.sort();
  const replacedBy: Record<Kind, string[]> = {
    warehouse: [],
    resourceMonitor: named("name"),
    networkPolicy: [],
    database: named("isTransient"),
    schema: named("database", "isTransient"),
    table: named("database", "schema"),
    view: named("database", "schema"),
    dynamicTable: named("initialize", "name", "query", "refreshMode"),
    serviceUser: [],
    accountRole: [],
    grantAccountRole: named("parentRoleName", "roleName", "userName"),
    grantPrivileges: named(
      "accountRoleName",
      "onAccount",
      "onAccountObject",
      "onSchema",
      "onSchemaObject",
      "withGrantOption",
    ),
    grantOwnership: named("accountRoleName", "databaseRoleName", "on", "outboundPrivileges"),
    execute: named("execute"),
  };

  it.each(kinds)("%s: these inputs replace it, and no other", async (kind) => {
    const replacing: string[] = [];
    for (const input of schema.inputs(types[kind]).keys()) {
      const before = { ...right[kind], [input]: "before" };
      replacing.push(...(await client.diff(types[kind], before, { ...before, [input]: "after" })).replaces);
    }
    expect(replacing.sort()).toEqual(replacedBy[kind]);
  });

  const [id, name] = columns;
  it.each<[what: string, Kind, Properties, Properties, Record<string, string>]>([
    [
      "synonyms of types",
      "table",
      {
        columns: [
          { name: "A", type: "NUMBER(38,0)" },
          { name: "B", type: "VARCHAR(16777216)" },
        ],
      },
      {
        columns: [
          { name: "A", type: "bigint" },
          { name: "B", type: "STRING" },
        ],
      },
      {},
    ],
    [
      "what a column is without being told",
      "table",
      { columns: [{ name: "A", type: "FLOAT" }] },
      { columns: [{ name: "A", type: "DOUBLE PRECISION", nullable: true, comment: "" }] },
      {},
    ],
    [
      "a longer text",
      "table",
      {},
      { columns: [id, { ...name, type: "VARCHAR(80)" }] },
      { "columns[1].type": "UPDATE" },
    ],
    ["a column at the end", "table", {}, { columns: [id, name, { name: "B", type: "DATE" }] }, { "columns[2]": "ADD" }],
    ["a column less", "table", {}, { columns: [id] }, { "columns[1]": "DELETE" }],
    ["a database in quotes", "schema", {}, { database: '"DEMO"' }, {}],
    ["a database in quotes, where quotes count", "table", {}, { database: '"DEMO"' }, { database: "UPDATE_REPLACE" }],
    [
      "a warehouse in quotes, where quotes count",
      "dynamicTable",
      {},
      { warehouse: '"DEMO_WH"' },
      { warehouse: "UPDATE" },
    ],
    ["a statement with other spaces", "view", {}, { statement: " select id\n  from  orders\n" }, {}],
    ["another statement", "view", {}, { statement: "SELECT NAME FROM ORDERS" }, { statement: "UPDATE" }],
    ["another query", "dynamicTable", {}, { query: "SELECT NAME FROM ORDERS" }, { query: "UPDATE_REPLACE" }],
    [
      "another lag",
      "dynamicTable",
      {},
      { targetLag: { maximumDuration: "5 minutes" } },
      { "targetLag.maximumDuration": "UPDATE" },
    ],
    ["another spelling of a size", "warehouse", {}, { warehouseSize: "x-small" }, {}],
    ["another size", "warehouse", {}, { warehouseSize: "SMALL" }, { warehouseSize: "UPDATE" }],
    ["a size that is taken out", "warehouse", {}, { warehouseSize: undefined }, { warehouseSize: "DELETE_REPLACE" }],
    ["what a warehouse is anyway", "warehouse", { autoResume: "default" }, { autoResume: "true" }, {}],
    ["what counts at creation only", "warehouse", {}, { initiallySuspended: true }, {}],
    ["the order of privileges", "grantPrivileges", { privileges: ["A", "B"] }, { privileges: ["B", "A"] }, {}],
    ["one more privilege", "grantPrivileges", {}, { privileges: ["INSERT", "SELECT"] }, { "privileges[1]": "ADD" }],
    [
      "privileges in lower case, for ever",
      "grantPrivileges",
      { privileges: ["insert"] },
      { privileges: ["insert"] },
      { "privileges[0]": "ADD" },
    ],
    [
      "quotes that are not seen through, for ever",
      "table",
      { database: '"DEMO"' },
      { database: '"DEMO"' },
      { database: "UPDATE_REPLACE" },
    ],
    [
      "a warehouse's quotes, for ever",
      "dynamicTable",
      { warehouse: '"DEMO_WH"' },
      { warehouse: '"DEMO_WH"' },
      { warehouse: "UPDATE" },
    ],
    ["a role's name in quotes", "grantPrivileges", {}, { accountRoleName: "LOADER" }, {}],
    [
      "a role's name in quotes, where quotes count",
      "grantAccountRole",
      {},
      { roleName: '"LOADER"' },
      { roleName: "UPDATE_REPLACE" },
    ],
    ["what undoes a statement", "execute", {}, { revert: "SELECT 2" }, { revert: "UPDATE" }],
    ["a statement in lower case", "execute", {}, { execute: "select 1" }, { execute: "UPDATE_REPLACE" }],
  ])("%s", async (_, kind, before, after, changes) => {
    const diff = await client.diff(types[kind], { ...right[kind], ...before }, { ...right[kind], ...after });
    expect(diff.changes).toEqual(changes);
  });

  it("let what has a name go first, and a statement last", async () => {
    const table = await client.diff(types.table, right.table, { ...right.table, schema: "OTHER" });
    const execute = await client.diff(types.execute, right.execute, { ...right.execute, execute: "SELECT 2" });
    expect([table.deletesFirst, execute.deletesFirst]).toEqual([true, false]);
  });
});

it("knows no output at preview", async () => {
  const { properties } = await client.create(types.table, right.table, { preview: true });
  expect(properties).toMatchObject({ fullyQualifiedName: unknown, owner: unknown, columns });
});
