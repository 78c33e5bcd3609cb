import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Clouds } from "../../sandbox/cloud/clouds.ts";
import { types } from "../../sandbox/cloud/snowflake/common.ts";
import { insertRows, rowsOf } from "../../sandbox/cloud/snowflake/tables.ts";
import { Engine } from "../../sandbox/engine/engine.ts";
import { repository } from "../../sandbox/engine/project.ts";
import { findPulumiCli } from "../../sandbox/engine/pulumiCli.ts";
import { summaryOf } from "../../sandbox/summary.ts";
import { ending, stepsOf } from "./harness.ts";

/** What changes from one program to the next. */
interface Change {
  /** Columns of the table, as the program writes them. */
  readonly columns?: string;
  /** What the statement says besides. */
  readonly comment?: string;
  readonly deleteBeforeReplace?: boolean;
  readonly viewed?: string;
}

const id = `{ name: "ID", type: "NUMBER(10,0)" }`;
const name = `{ name: "NAME", type: "VARCHAR(40)" }`;
const metadata = `{ name: "RECORD_METADATA", type: "VARIANT" }`;
const paid = `{ name: "PAID", type: "BOOLEAN" }`;
const orders = ["DEMO", "LANDING", "ORDERS"];

/** A small warehouse, as a stack makes it. */
function program({ columns = [metadata, id, name].join(", "), comment = "", viewed = "ID, NAME", ...rest }: Change) {
  return `
import * as snowflake from "@pulumi/snowflake";
const provider = new snowflake.Provider("snowflake", {
  organizationName: "ACME", accountName: "DEMO", user: "PIPELINE_DEPLOYER", role: "PIPELINE_DEPLOYER",
  authenticator: "SNOWFLAKE_JWT",
  previewFeaturesEnabled: ["snowflake_table_resource", "snowflake_dynamic_table_resource"],
});
const own = { provider };
const warehouse = new snowflake.Warehouse("warehouse", { name: "DEMO_WH", warehouseSize: "XSMALL", autoSuspend: 60, autoResume: "true" }, own);
const database = new snowflake.Database("database", { name: "DEMO", dropPublicSchemaOnCreation: true }, own);
const schema = new snowflake.Schema("landing", { database: database.name, name: "LANDING" }, own);
const place = { database: schema.database, schema: schema.name };
const table = new snowflake.Table("orders", { ...place, name: "ORDERS", changeTracking: true, columns: [${columns}] }, own);
new snowflake.Execute("errorLogging", {
  execute: table.fullyQualifiedName.apply((name) => \`ALTER TABLE \${name} SET ERROR_LOGGING = TRUE${comment}\`),
  revert: table.fullyQualifiedName.apply((name) => \`ALTER TABLE IF EXISTS \${name} SET ERROR_LOGGING = FALSE\`),
}, { ...own, deleteBeforeReplace: ${String(rest.deleteBeforeReplace ?? true)} });
const view = new snowflake.View("current", {
  ...place, name: "CURRENT_ORDERS", copyGrants: true,
  statement: table.name.apply((name) => \`SELECT ${viewed} FROM \${name} QUALIFY ROW_NUMBER() OVER (PARTITION BY ID ORDER BY RECORD_METADATA:offset::NUMBER DESC) = 1\`),
}, own);
new snowflake.DynamicTable("fast", {
  ...place, name: "FAST_ORDERS", warehouse: warehouse.name, refreshMode: "INCREMENTAL",
  targetLag: { maximumDuration: "60 seconds" }, query: table.name.apply((name) => \`SELECT ID FROM \${name}\`),
}, own);
const loader = new snowflake.AccountRole("loader", { name: "DEMO_LOADER", comment: "puts rows into the landing tables" }, own);
const user = new snowflake.ServiceUser("loader", { name: "DEMO_LOADER", defaultRole: loader.name }, own);
new snowflake.GrantAccountRole("loader", { roleName: loader.name, userName: user.name }, own);
const grant = (name, privileges, on) =>
  new snowflake.GrantPrivilegesToAccountRole(name, { accountRoleName: loader.fullyQualifiedName, privileges, ...on }, own);
grant("database", ["USAGE"], { onAccountObject: { objectType: "DATABASE", objectName: database.fullyQualifiedName } });
grant("schema", ["USAGE"], { onSchema: { schemaName: schema.fullyQualifiedName } });
grant("table", ["INSERT"], { onSchemaObject: { objectType: "TABLE", objectName: table.fullyQualifiedName } });
grant("view", ["SELECT"], { onSchemaObject: { objectType: "VIEW", objectName: view.fullyQualifiedName } });
`;
}

let folder: string;
let clouds: Clouds;
let engine: Engine;

function write(change: Change = {}): void {
  writeFileSync(path.join(folder, "project", "index.ts"), program(change));
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "sandbox-test-"));
  const project = path.join(folder, "project");
  mkdirSync(project);
  symlinkSync(path.join(repository, "node_modules"), path.join(project, "node_modules"));
  writeFileSync(path.join(project, "package.json"), JSON.stringify({ type: "module", main: "index.ts" }));
  writeFileSync(
    path.join(project, "Pulumi.yaml"),
    "name: pipeline\nruntime: { name: nodejs, options: { typescript: false } }\n",
  );
  writeFileSync(path.join(project, "Pulumi.test.yaml"), "config: {}\n");
  write();
  clouds = new Clouds();
  const cli = await findPulumiCli(() => undefined);
  engine = await Engine.open(
    cli,
    { folder: project, stack: "test", secrets: {} },
    path.join(folder, "sandbox"),
    clouds,
  );
});
afterAll(() => {
  clouds.close();
  rmSync(folder, { recursive: true, force: true });
});

const errorLogging = () => clouds.inventory.get(types.table, orders.join("|"))?.hidden?.errorLogging;
const previewed = async () => stepsOf(await ending(0, engine.preview()));
const deployed = async (change: Change) => {
  write(change);
  return stepsOf(await ending(0, engine.up()));
};

it("is made once, and is then as declared", async () => {
  await ending(0, engine.up());
  expect(await previewed()).toEqual([]);
  await ending(0, engine.run("refresh", ["--yes", "--skip-preview"], {}));
  expect(await previewed()).toEqual([]);
  expect(errorLogging()).toBe(true);
  expect(summaryOf(clouds.inventory)).toBe(`Snowflake: warehouse DEMO_WH, XSMALL, suspended after 60 s
Snowflake: database DEMO
  LANDING.ORDERS          table          3 columns, change tracking, error logging
  LANDING.CURRENT_ORDERS  view           of LANDING.ORDERS
  LANDING.FAST_ORDERS     dynamic table  of LANDING.ORDERS, at most 60 seconds behind

Snowflake's roles, and what each may do
  DEMO_LOADER, of user DEMO_LOADER: puts rows into the landing tables
      database DEMO: usage
      schema DEMO.LANDING: usage
      table DEMO.LANDING.ORDERS: insert
      view DEMO.LANDING.CURRENT_ORDERS: select`);
});

it("grows a column in place, and keeps the rows", async () => {
  insertRows(clouds.inventory, orders, [{ ID: 1, NAME: "Ada" }]);
  const change = { columns: [metadata, id, name, paid].join(", "), viewed: "ID, NAME, PAID" };
  expect(await deployed(change)).toEqual(["update Table orders", "update View current"]);
  expect(rowsOf(clouds.inventory, orders)).toEqual([{ ID: 1, NAME: "Ada", RECORD_METADATA: null, PAID: null }]);
  expect(await previewed()).toEqual([]);
  expect(clouds.inventory.all(types.grantPrivileges)).toHaveLength(4);
});

it("never ends a difference when the column stands before others", async () => {
  const change = { columns: [id, name, paid, metadata].join(", ") };
  await deployed(change);
  expect(await previewed()).toEqual(["update Table orders"]);
});

it("runs a changed statement after its predecessor's revert, when that goes first", async () => {
  expect(await deployed({ comment: " -- second" })).toContain("replace Execute errorLogging");
  expect(errorLogging()).toBe(true);
});

it("undoes a changed statement when its predecessor goes last: so it must go first", async () => {
  await deployed({ comment: " -- third", deleteBeforeReplace: false });
  expect(errorLogging()).toBe(false);
});

it("leaves nothing", async () => {
  await ending(0, engine.destroy());
  expect(clouds.inventory.all()).toEqual([]);
});
