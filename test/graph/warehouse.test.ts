import { generateKeyPairSync } from "node:crypto";
import { graphOf, named, ofKind as ofAnyKind, type Registration } from "./harness.ts";
import { SnowflakeRules } from "./snowflakeRules.ts";

const inSnowflake = (graph: readonly Registration[]) =>
  graph.filter(({ type }) => type.startsWith("snowflake:") || type === "dataplane:snowflake:KeyPair");
const ofKind = (graph: readonly Registration[], ...kinds: string[]) => ofAnyKind(inSnowflake(graph), ...kinds);
const namesOf = (items: readonly Registration[]) => items.map(({ name }) => name).sort();
const here = (name: string) => `warehouse-snowflake-${name}`;
const image = `registry.example.com/connect@sha256:${"0123456789abcdef".repeat(4)}`;
const snowflake = (changes: Record<string, unknown>) => ({
  "pipeline:snowflake": { organization: "ACME", account: "DEV", ...changes },
});

describe.each(["local", "dev", "prod"])("Snowflake in stack %s", (stack) => {
  let graph: Registration[];
  const database = `PIPELINE_${stack.toUpperCase()}`;
  beforeAll(async () => {
    graph = await graphOf(stack);
  });

  it("has one of each, named in upper case after the stack", () => {
    const names = inSnowflake(graph).flatMap(({ inputs, type }) =>
      typeof inputs.name === "string" ? [`${type.split(":").at(-1) ?? ""} ${inputs.name}`] : [],
    );
    expect(names.sort()).toEqual(
      [
        `AccountRole ${database}_LOADER`,
        `AccountRole ${database}_READER`,
        `Database ${database}`,
        "Schema ANALYTICS",
        "Schema LANDING",
        `ServiceUser ${database}_LOADER`,
        "Table CUSTOMERS",
        "Table ORDERS",
        "Table ORDERS_ENRICHED",
        "View CUSTOMERS",
        "View ORDERS",
        "View ORDERS_ENRICHED",
        `Warehouse ${database}_WH`,
      ].sort(),
    );
  });

  it("is made by one provider, that of the target, which has what it needs of previews", () => {
    const provider = named(graph, here("provider"));
    expect(provider.inputs).toEqual({
      organizationName: stack === "local" ? "SANDBOX" : "ACME",
      accountName: stack.toUpperCase().replace("LOCAL", "SANDBOX"),
      user: "PIPELINE_DEPLOYER",
      role: "PIPELINE_DEPLOYER",
      authenticator: "SNOWFLAKE_JWT",
      previewFeaturesEnabled: '["snowflake_table_resource","snowflake_dynamic_table_resource"]',
    });
    const others = inSnowflake(graph).filter(({ type }) => type.startsWith("snowflake:"));
    expect(others.filter(({ provider: by }) => by !== provider.urn)).toEqual([]);
    expect(
      inSnowflake(graph).filter(({ parent }) => parent !== "pipeline:warehouse:Warehouse::warehouse-snowflake"),
    ).toEqual([]);
  });

  it("has no schema PUBLIC", () => {
    expect(named(graph, here("database")).inputs.dropPublicSchemaOnCreation).toBe(true);
  });

  it("keeps what a topic has had in a table whose columns the model knows", () => {
    const { inputs } = named(graph, here("landing-ORDERS"));
    expect(inputs).toEqual({
      database: database,
      schema: "LANDING",
      name: "ORDERS",
      changeTracking: true,
      comment: "All that topic «confluentcloud:index/kafkaTopic:KafkaTopic::topics-mssql.dbo.ORDERS|id» has had",
      columns: [
        { name: "RECORD_METADATA", type: "VARIANT" },
        { name: "__OP", type: "VARCHAR(1)" },
        { name: "__SOURCE_TS_MS", type: "NUMBER(19,0)" },
        { name: "__DELETED", type: "VARCHAR(5)" },
        { name: "__SOURCE_COMMIT_LSN", type: "VARCHAR(22)" },
        { name: "__SOURCE_CHANGE_LSN", type: "VARCHAR(22)" },
        { name: "ORDER_ID", type: "NUMBER(10,0)" },
        { name: "CUSTOMER_ID", type: "NUMBER(10,0)" },
        { name: "ORDER_TS", type: "TIMESTAMP_NTZ(3)" },
        { name: "ORDER_TOTAL_USD", type: "NUMBER(5,2)" },
        { name: "ITEM", type: "VARCHAR(50)" },
      ],
    });
  });

  it("has one table a topic, which goes with the topic and with the database", () => {
    const topicOf = ({ inputs }: Registration) => /::topics-(.+)\|id»/.exec(String(inputs.comment))?.[1];
    const tables = ofKind(graph, "Table");
    expect(Object.fromEntries(tables.map((table) => [table.inputs.name, topicOf(table)]))).toEqual({
      ORDERS: "mssql.dbo.ORDERS",
      CUSTOMERS: "mysql.customers",
      ORDERS_ENRICHED: "ORDERS_ENRICHED",
    });
    expect(tables.every(({ replaceOnChanges }) => replaceOnChanges.includes("comment"))).toBe(true);
    for (const { deletedWith } of ofKind(graph, "Table", "View", "Schema")) {
      expect(deletedWith).toBe(named(graph, here("database")).urn);
    }
  });

  it("logs the errors of each table by a statement that nothing can undo", () => {
    const statements = ofKind(graph, "Execute");
    expect(statements).toHaveLength(3);
    for (const statement of statements) {
      const table = named(graph, statement.name.replace("errors", "landing"));
      const path = `${database}.LANDING.${String(table.inputs.name)}`;
      expect(statement.inputs).toEqual({
        execute: `ALTER TABLE ${path} SET ERROR_LOGGING = TRUE`,
        revert: `ALTER TABLE IF EXISTS ${path} SET ERROR_LOGGING = TRUE`,
      });
      expect(statement).toMatchObject({ deleteBeforeReplace: true, replaceWith: [table.urn] });
      expect(statement.dependsOn).toContain(table.urn);
    }
  });

  it("shows the current state in views that keep their grants when they change", () => {
    const view = named(graph, here("current-ORDERS"));
    expect(view.inputs).toMatchObject({ schema: "ANALYTICS", name: "ORDERS", copyGrants: true });
    expect(view.inputs.statement).toMatch(new RegExp(`^WITH LATEST AS \\([^]* FROM ${database}\\.LANDING\\.ORDERS\n`));
    expect(view.dependsOn).toContain(named(graph, here("landing-ORDERS")).urn);
  });

  it("makes the user after its grants, and all else before", () => {
    const [user] = ofKind(graph, "ServiceUser");
    const grants = ofKind(graph, "GrantPrivilegesToAccountRole").filter(({ name }) => name.startsWith(here("loader-")));
    expect(grants).toHaveLength(5);
    expect(user?.dependsOn).toEqual(expect.arrayContaining(grants.map(({ urn }) => urn)));
  });

  it("gives the loader a key that the stack makes, and no password", () => {
    const [user] = ofKind(graph, "ServiceUser");
    expect(user?.inputs).toEqual({
      name: `${database}_LOADER`,
      comment: "Loads rows into landing tables",
      defaultRole: `${database}_LOADER`,
      defaultSecondaryRolesOption: "NONE",
      rsaPublicKey: "«dataplane:snowflake:KeyPair::warehouse-snowflake-key-1|publicKey»",
    });
  });

  it("protects rows where they are to last, and nothing else", () => {
    expect(namesOf(inSnowflake(graph).filter(({ protect }) => protect))).toEqual(
      stack === "prod"
        ? ["database", "landing", "landing-CUSTOMERS", "landing-ORDERS", "landing-ORDERS_ENRICHED"].map(here)
        : [],
    );
    expect(named(graph, here("database")).inputs.dataRetentionTimeInDays).toBe(stack === "prod" ? 1 : 0);
  });
});

describe("who may do what", () => {
  let graph: Registration[];
  beforeAll(async () => {
    graph = await graphOf("dev");
  });
  const rules = (registrations = graph) => new SnowflakeRules(registrations, "PIPELINE_DEV");
  const tables = ["CUSTOMERS", "ORDERS", "ORDERS_ENRICHED"];

  it("the loader inserts into the landing tables, and nothing else", () => {
    const expected = tables.map((table) => `INSERT PIPELINE_DEV.LANDING.${table}`);
    expect(rules().whatMayDo("PIPELINE_DEV_LOADER")).toEqual(expected);
  });

  it("the reader reads the current state in the warehouse, and nothing else", () => {
    expect(rules().whatMayDo("PIPELINE_DEV_READER")).toEqual([
      ...tables.map((table) => `SELECT PIPELINE_DEV.ANALYTICS.${table}`),
      "USE PIPELINE_DEV_WH",
    ]);
  });

  it("the deployment owns everything, and nobody else anything", () => {
    const owned = (who: string) =>
      rules()
        .whatMayDo(who)
        .filter((right) => right.startsWith("OWN "));
    expect(owned("PIPELINE_DEPLOYER")).toEqual(
      rules()
        .objects.map((object) => `OWN ${object}`)
        .sort(),
    );
    expect([...owned("PIPELINE_DEV_LOADER"), ...owned("PIPELINE_DEV_READER")]).toEqual([]);
  });

  it.each([
    ["USAGE on the database", "loader-usage-database", "PIPELINE_DEV_LOADER", []],
    ["USAGE on the schema", "reader-usage-schema-ANALYTICS", "PIPELINE_DEV_READER", ["USE PIPELINE_DEV_WH"]],
    ["the warehouse", "reader-usage-warehouse", "PIPELINE_DEV_READER", []],
  ])("without %s they could do nothing: each grant is needed", (_, missing, who, left) => {
    const fewer = graph.filter(({ name }) => name !== here(missing));
    expect(fewer).toHaveLength(graph.length - 1);
    expect(rules(fewer).whatMayDo(who)).toEqual(left);
  });

  it("each grant is needed by somebody", () => {
    const grants = ofKind(graph, "GrantPrivilegesToAccountRole");
    const all = (registrations: readonly Registration[]) =>
      ["PIPELINE_DEV_LOADER", "PIPELINE_DEV_READER"].flatMap((who) => rules([...registrations]).whatMayDo(who));
    const before = all(graph).length;
    for (const grant of grants) {
      expect(all(graph.filter((item) => item !== grant)).length).toBeLessThan(before);
    }
  });

  it("nothing is granted on ALL, on what is to come, or with the right to grant it on", () => {
    for (const { inputs } of ofKind(graph, "GrantPrivilegesToAccountRole")) {
      const { accountRoleName, privileges, ...on } = inputs;
      expect(String(accountRoleName)).toMatch(/^PIPELINE_DEV_(LOADER|READER)$/);
      expect(privileges).toHaveLength(1);
      const [[where, object] = []] = Object.entries(on);
      expect(Object.keys(on)).toHaveLength(1);
      expect(["onAccountObject", "onSchema", "onSchemaObject"]).toContain(where);
      expect(Object.keys(object as object).filter((key) => /^(all|future)/.test(key))).toEqual([]);
    }
    const parents = ofKind(graph, "GrantAccountRole").map(({ inputs }) => inputs);
    expect(parents).toEqual([{ roleName: "PIPELINE_DEV_LOADER", userName: "PIPELINE_DEV_LOADER" }]);
    expect(ofKind(graph, "GrantOwnership")).toEqual([]);
  });
});

describe.each([
  ["Snowflake's connector 3.5.4", "local", { "pipeline:connect": { image, snowflakeVersion: "3.5.4" } }],
  ["Snowflake's connector 2.5.0", "local", { "pipeline:connect": { image, snowflakeVersion: "2.5.0" } }],
  [
    "Confluent's sink",
    "prod",
    {
      "pipeline:connect": { placement: "managed", snowflakeVersion: "4.1.0" },
      "pipeline:mssql": { host: "h", user: "u", tls: "trust", password: "hush" },
    },
  ],
])("who may do what with %s", (_, stack, connect) => {
  let graph: Registration[];
  const database = `PIPELINE_${stack.toUpperCase()}`;
  const tables = ["CUSTOMERS", "ORDERS", "ORDERS_ENRICHED"].map((table) => `${database}.LANDING.${table}`);
  beforeAll(async () => {
    graph = await graphOf(stack, connect);
  });
  const rules = (registrations = graph) => new SnowflakeRules(registrations, database);
  const mayDo = (who: string, registrations = graph) => rules(registrations).whatMayDo(who);
  const without = (...names: string[]) => graph.filter(({ name }) => !names.map(here).includes(name));

  it("the loader owns the landing tables that take rows, and may nothing else", () => {
    expect(mayDo(`${database}_LOADER`)).toEqual(
      ["INSERT", "OWN"].flatMap((action) => tables.map((table) => `${action} ${table}`)),
    );
  });

  it("the deployment still owns all that there is, by the loader's role", () => {
    const owned = mayDo("PIPELINE_DEPLOYER").filter((right) => right.startsWith("OWN "));
    expect(owned).toEqual(
      rules()
        .objects.map((object) => `OWN ${object}`)
        .sort(),
    );
    expect(ofKind(graph, "GrantAccountRole").map(({ inputs }) => inputs)).toEqual(
      expect.arrayContaining([{ roleName: `${database}_LOADER`, parentRoleName: "PIPELINE_DEPLOYER" }]),
    );
    const less = mayDo("PIPELINE_DEPLOYER", without("deployer-loader-role"));
    expect(less.filter((right) => tables.some((table) => right.endsWith(table)))).toEqual([]);
  });

  it("the reader reads what it reads otherwise, and could not if the deployment had lost the tables", () => {
    const views = ["CUSTOMERS", "ORDERS", "ORDERS_ENRICHED"].map((view) => `SELECT ${database}.ANALYTICS.${view}`);
    expect(mayDo(`${database}_READER`)).toEqual([...views, `USE ${database}_WH`]);
    expect(mayDo(`${database}_READER`, without("deployer-loader-role"))).toEqual([`USE ${database}_WH`]);
  });

  it("a table is handed over with what was granted on it, after the deployment has the role, before the loader logs in", () => {
    const role = named(graph, here("deployer-loader-role"));
    const owns = ofKind(graph, "GrantOwnership");
    expect(namesOf(owns)).toEqual(
      ["CUSTOMERS", "ORDERS", "ORDERS_ENRICHED"].map((table) => here(`loader-ownership-table-${table}`)),
    );
    for (const own of owns) {
      const table = named(graph, own.name.replace("loader-ownership-table", "landing"));
      expect(own).toMatchObject({
        inputs: {
          accountRoleName: `${database}_LOADER`,
          outboundPrivileges: "COPY",
          on: { objectType: "TABLE", objectName: `«${table.urn}|fullyQualifiedName»` },
        },
        deletedWith: table.urn,
        deleteBeforeReplace: true,
      });
      expect(own.dependsOn).toContain(role.urn);
      expect(ofKind(graph, "ServiceUser")[0]?.dependsOn).toContain(own.urn);
      // Else the deployment could lose its right to a table before it drops it.
      expect(table.dependsOn).toContain(role.urn);
    }
    expect(role.deletedWith).toBe(named(graph, here("loader")).urn);
  });

  it("nothing is done as an administrator", () => {
    const roles = graph.filter(({ type }) => type === "pulumi:providers:snowflake").map(({ inputs }) => inputs.role);
    expect(roles).toEqual(["PIPELINE_DEPLOYER"]);
  });
});

it("a table of an earlier generation is the deployment's alone again", async () => {
  const connect = { "pipeline:connect": { image, snowflakeVersion: "3.5.4" } };
  const graph = await graphOf("dev", { ...connect, ...snowflake({ generations: { ORDERS: [1, 2] } }) });
  const mayDo = new SnowflakeRules(graph, "PIPELINE_DEV").whatMayDo("PIPELINE_DEV_LOADER");
  expect(mayDo.filter((right) => right.includes("ORDERS"))).toEqual(
    ["INSERT", "OWN"].flatMap((action) =>
      ["ORDERS_2", "ORDERS_ENRICHED"].map((table) => `${action} PIPELINE_DEV.LANDING.${table}`),
    ),
  );
});

describe("idle", () => {
  it.each(["local", "dev", "prod"])(
    "costs nothing in stack %s: nothing wakes the warehouse but who asks it",
    async (stack) => {
      const graph = await graphOf(stack);
      const [warehouse] = ofKind(graph, "Warehouse");
      expect(warehouse?.inputs).toEqual({
        name: `PIPELINE_${stack.toUpperCase()}_WH`,
        warehouseSize: "XSMALL",
        autoSuspend: 60,
        autoResume: "true",
        initiallySuspended: true,
        statementTimeoutInSeconds: 3600,
      });
      // Who names it: the reader's right to use it, and nothing that runs by itself or loads rows.
      const naming = inSnowflake(graph).filter(
        (item) =>
          (item !== warehouse && JSON.stringify(item.inputs).includes(String(warehouse?.inputs.name))) ||
          item.dependsOn.includes(warehouse?.urn ?? ""),
      );
      expect(namesOf(naming)).toEqual([here("reader-usage-warehouse")]);
      expect(ofKind(graph, "Task", "DynamicTable", "Alert", "MaterializedView", "Pipe", "StreamOnTable")).toEqual([]);
    },
  );
});

describe("what the configuration decides", () => {
  it("a dynamic table keeps the state, and the view over it stays where readers find it", async () => {
    const graph = await graphOf("dev", snowflake({ currentState: "dynamicTable", targetLag: 300 }));
    const { inputs, dependsOn, replaceWith } = named(graph, here("state-ORDERS"));
    expect(inputs).toMatchObject({
      schema: "CURRENT_STATE",
      name: "ORDERS",
      warehouse: "PIPELINE_DEV_WH",
      targetLag: { maximumDuration: "300 seconds" },
      refreshMode: "INCREMENTAL",
    });
    expect(inputs.query).toMatch(/^WITH LATEST AS /);
    expect(dependsOn).toContain(named(graph, here("landing-ORDERS")).urn);
    expect(replaceWith).toEqual([named(graph, here("landing-ORDERS")).urn]);
    const view = named(graph, here("current-ORDERS"));
    expect(view.inputs.statement).toBe(
      "SELECT\n    ORDER_ID,\n    CUSTOMER_ID,\n    ORDER_TS,\n    ORDER_TOTAL_USD,\n    ITEM\nFROM PIPELINE_DEV.CURRENT_STATE.ORDERS",
    );
    expect(view.dependsOn).toContain(named(graph, here("state-ORDERS")).urn);
    const rules = new SnowflakeRules(graph, "PIPELINE_DEV");
    expect(rules.whatMayDo("PIPELINE_DEV_READER").filter((right) => right.includes("CURRENT_STATE"))).toEqual([]);
    expect(rules.whatMayDo("PIPELINE_DEV_READER")).toHaveLength(4);
  });

  it("a limit of credits is set as ACCOUNTADMIN, and nothing else is", async () => {
    const graph = await graphOf("dev", snowflake({ creditQuota: 20 }));
    expect(named(graph, here("administrator")).inputs.role).toBe("ACCOUNTADMIN");
    const asAdministrator = inSnowflake(graph).filter(({ provider }) => provider.includes(here("administrator")));
    expect(namesOf(asAdministrator)).toEqual([here("monitor"), here("monitored")]);
    expect(named(graph, here("monitor")).inputs).toMatchObject({
      name: "PIPELINE_DEV_MONITOR",
      creditQuota: 20,
      suspendTrigger: 100,
    });
    expect(named(graph, here("monitored"))).toMatchObject({
      deleteBeforeReplace: true,
      inputs: { execute: "ALTER WAREHOUSE PIPELINE_DEV_WH SET RESOURCE_MONITOR = PIPELINE_DEV_MONITOR" },
    });
    expect(named(graph, here("warehouse")).ignoreChanges).toEqual(["resourceMonitor"]);
  });

  it("addresses that rows may come from are a policy of the loader's", async () => {
    const graph = await graphOf("dev", snowflake({ allowedIps: ["203.0.113.7"] }));
    expect(named(graph, here("network-policy")).inputs).toEqual({
      name: "PIPELINE_DEV_LOADER_NETWORK",
      allowedIpLists: ["203.0.113.7"],
    });
    expect(ofKind(graph, "ServiceUser")[0]?.inputs.networkPolicy).toBe("PIPELINE_DEV_LOADER_NETWORK");
  });

  it.each([
    [{ loaderKeyUse: 1, loaderKeyAlso: 0 }, [1], undefined],
    [{ loaderKeyUse: 1, loaderKeyAlso: 2 }, [1], [2]],
    [{ loaderKeyUse: 2, loaderKeyAlso: 1 }, [1], [2]],
    [{ loaderKeyUse: 2, loaderKeyAlso: 0 }, undefined, [2]],
  ])("keys change in three steps, each pair in a slot of its own: %j", async (keys, first, second) => {
    const graph = await graphOf("dev", snowflake(keys));
    const key = (pair?: number[]) =>
      pair && `«dataplane:snowflake:KeyPair::${here(`key-${String(pair[0])}`)}|publicKey»`;
    const [user] = ofKind(graph, "ServiceUser");
    expect([user?.inputs.rsaPublicKey, user?.inputs.rsaPublicKey2]).toEqual([key(first), key(second)]);
    expect(ofKind(graph, "KeyPair").map(({ inputs }) => inputs.generation)).toEqual([
      ...(first ?? []),
      ...(second ?? []),
    ]);
  });

  it("another landing table beside the old one takes the rows and is what people read", async () => {
    const graph = await graphOf("dev", snowflake({ generations: { ORDERS: [1, 2] } }));
    expect(
      ofKind(graph, "Table")
        .map(({ inputs }) => inputs.name)
        .sort(),
    ).toEqual(["CUSTOMERS", "ORDERS", "ORDERS_2", "ORDERS_ENRICHED"]);
    expect(named(graph, here("landing-ORDERS")).ignoreChanges).toEqual(["columns"]);
    expect(named(graph, here("landing-ORDERS_2")).ignoreChanges).toEqual([]);
    expect(named(graph, here("current-ORDERS")).inputs.statement).toContain("FROM PIPELINE_DEV.LANDING.ORDERS_2\n");
    const rules = new SnowflakeRules(graph, "PIPELINE_DEV");
    expect(rules.may("PIPELINE_DEV_LOADER", "INSERT", "PIPELINE_DEV.LANDING.ORDERS_2")).toBe(true);
    expect(rules.may("PIPELINE_DEV_LOADER", "INSERT", "PIPELINE_DEV.LANDING.ORDERS")).toBe(false);
    const component = named(graph, "warehouse-snowflake").inputs.columns as Record<string, unknown>;
    expect(Object.keys(component)).toEqual(["CUSTOMERS", "ORDERS_2", "ORDERS_ENRICHED"]);
    const last = await graphOf("dev", snowflake({ generations: { ORDERS: [2] } }));
    expect(
      ofKind(last, "Table")
        .map(({ inputs }) => inputs.name)
        .sort(),
    ).toEqual(["CUSTOMERS", "ORDERS_2", "ORDERS_ENRICHED"]);
  });

  it("another database is another one beside it", async () => {
    const graph = await graphOf("dev", snowflake({ database: "SHOP" }));
    expect(named(graph, here("database")).inputs.name).toBe("SHOP");
    expect(new SnowflakeRules(graph, "SHOP").whatMayDo("SHOP_LOADER")).toHaveLength(3);
  });

  it("without the target there is nothing of it, and nothing else is different", async () => {
    const without = await graphOf("dev", { "pipeline:targets": ["lake"] });
    expect(inSnowflake(without)).toEqual([]);
  });

  it("keys of the user's own are in their slots, and the private half with nobody in Snowflake", async () => {
    const pair = () =>
      generateKeyPairSync("rsa", {
        modulusLength: 2048,
        publicKeyEncoding: { type: "spki", format: "pem" },
        privateKeyEncoding: { type: "pkcs8", format: "pem" },
      });
    const [old, next] = [pair(), pair()];
    const keys = { loaderKeys: [old.publicKey, next.publicKey], loaderKey: next.privateKey };
    const graph = await graphOf("dev", snowflake(keys), ["pipeline:snowflake"]);
    const [user] = ofKind(graph, "ServiceUser");
    const oneLine = (pem: string) => pem.split("\n").slice(1, -2).join("");
    expect([user?.inputs.rsaPublicKey, user?.inputs.rsaPublicKey2]).toEqual([
      oneLine(old.publicKey),
      oneLine(next.publicKey),
    ]);
    expect(ofKind(graph, "KeyPair")).toEqual([]);
    expect(JSON.stringify(inSnowflake(graph))).not.toContain(oneLine(next.privateKey).slice(0, 40));
  });
});
