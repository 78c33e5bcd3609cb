import { between } from "../rules.ts";
import { isObject } from "../check.ts";
import { isKnown } from "../known.ts";
import type { Inventory, Properties, Thing } from "../inventory.ts";
import type { Refuse, SimulatedResource } from "../simulated.ts";
import {
  at,
  isSameName,
  listOf,
  missing,
  qualified,
  refuseRename,
  relations,
  required,
  statement,
  textOf,
  types,
  unquoted,
  unusedName,
} from "./common.ts";
import { checkColumns, columnsOf, outputsOf, stepsTo, type Content, type Row } from "./columns.ts";
import { isSameType, parseDataType } from "./dataTypes.ts";
import { dropWith } from "./drop.ts";
import { inPreview } from "./features.ts";
import { checkMayMakeIn, checkOwns, ownedBy, roleOf } from "./rights.ts";

/** Where a relation is to be made: the schema must be there and open to the role, and the name free. */
export function placeFor(cloud: Inventory, inputs: Properties, privilege: string, config: Properties): string[] {
  const path = [inputs.database, inputs.schema, inputs.name].map(unquoted);
  required(cloud, types.database, path.slice(0, 1));
  checkMayMakeIn(cloud, required(cloud, types.schema, path.slice(0, 2)), privilege, config);
  unusedName(cloud, relations, path);
  return path;
}

/** What is in a table. */
function contentOf(table: Thing): Content {
  return { columns: columnsOf(table.properties.columns), rows: listOf(table.hidden?.rows) as Row[] };
}

/** Puts rows into a table of the simulated account, as its loader would. `path`: database, schema and table. */
export function insertRows(cloud: Inventory, path: readonly string[], rows: readonly Row[]): void {
  const table = required(cloud, types.table, path);
  const { columns, rows: before } = contentOf(table);
  const filled = rows.map((row) => Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null])));
  cloud.put({ ...table, hidden: { ...table.hidden, rows: [...before, ...filled] } });
}

/** The rows of a table. */
export function rowsOf(cloud: Inventory, path: readonly string[]): readonly Row[] {
  const table = at(cloud, types.table, path);
  if (table === undefined) {
    throw missing("TABLE", path);
  }
  return contentOf(table).rows;
}

const table: SimulatedResource = {
  computed: ["fullyQualifiedName", "owner"],
  replacedBy: ["database", "schema"],
  autoNamed: "name",
  defaults: { changeTracking: false, dataRetentionTimeInDays: -1 },
  rules: { dataRetentionTimeInDays: between(-1, 90) },
  check: ({ columns }, refuse) => checkDeclared(columns, refuse),
  same: (property, before, after) => property === "name" && isSameName(before, after),
  readBack: (state, before, after) => ({
    ...before,
    // Neither of the two is compared without its quotes.
    database: unquoted(before.database),
    schema: unquoted(before.schema),
    columns: asDeclared(state.columns ?? before.columns, after.columns),
  }),
  seconds: statement,
  create: (cloud, inputs, config) => {
    const path = placeFor(cloud, inputs, "CREATE TABLE", config);
    const columns = columnsOf(inputs.columns);
    checkColumns(columns);
    const outputs = { ...unquotedPlace(inputs), columns: outputsOf(columns), owner: roleOf(config) };
    return {
      id: path.join("|"),
      outputs: { ...outputs, fullyQualifiedName: qualified(path) },
      hidden: { ...ownedBy(config, path), rows: [], errorLogging: false },
    };
  },
  update: (cloud, id, inputs, config) => {
    const thing = cloud.get(types.table, id);
    refuseRename(thing, inputs);
    checkOwns(cloud, thing, config);
    if (thing !== undefined) {
      changeColumns(cloud, thing, inputs.columns);
    }
  },
  recomputed: (thing, inputs) => {
    const before = columnsOf(thing.properties.columns);
    const { columns } = stepsTo(before, columnsOf(inputs.columns)).reduce<Content>((content, step) => step(content), {
      columns: before,
      rows: [],
    });
    return { ...unquotedPlace(inputs), columns: outputsOf(columns) };
  },
  delete: (cloud, id, _inputs, config) => {
    const thing = cloud.get(types.table, id);
    checkOwns(cloud, thing, config);
    if (thing !== undefined) {
      dropWith(cloud, thing);
    }
  },
};

function unquotedPlace({ database, schema }: Properties): Properties {
  return { database: unquoted(database), schema: unquoted(schema) };
}

/** One statement after the other: what is done when one fails stays done. */
function changeColumns(cloud: Inventory, thing: Thing, wanted: unknown): void {
  let content = contentOf(thing);
  for (const step of stepsTo(content.columns, columnsOf(wanted))) {
    content = step(content);
    const properties = { ...thing.properties, columns: outputsOf(content.columns) };
    cloud.put({ ...thing, properties, hidden: { ...thing.hidden, rows: content.rows } });
  }
}

/** The columns that the service gives, in its order; one that means what the program declares there is as declared. */
function asDeclared(state: unknown, after: unknown): unknown[] {
  const wanted = listOf(after);
  const declared = columnsOf(after);
  const columns = columnsOf(state);
  return columns.map((column, index) => {
    const { name, type, nullable, comment, default: value } = declared[index] ?? {};
    const isSame =
      name === column.name &&
      isSameType(type ?? "", column.type) &&
      nullable === column.nullable &&
      comment === column.comment &&
      value === column.default;
    return isSame ? wanted[index] : { ...outputsOf([column])[0], ...spelled(wanted[index], column.type) };
  });
}

/** A type that is only spelled otherwise is no difference, and what a declaration leaves out is none either. */
function spelled(wanted: unknown, type: string): Properties {
  if (!isObject(wanted)) {
    return { nullable: undefined };
  }
  return {
    ...(isSameType(textOf(wanted.type), type) ? { type: wanted.type } : {}),
    ...("nullable" in wanted ? {} : { nullable: undefined }),
  };
}

function checkDeclared(columns: unknown, refuse: Refuse): void {
  const declared = listOf(columns);
  if (Array.isArray(columns) && declared.length === 0) {
    refuse("columns", "Not enough list items. Attribute requires 1 item minimum, but config has only 0 declared");
  }
  declared.forEach((column, index) => {
    const type = isObject(column) && isKnown(column.type) ? column.type : undefined;
    if (typeof type === "string" && parseDataType(type) === undefined) {
      refuse(`columns[${String(index)}].type`, `invalid data type: ${type}`);
    }
  });
}

/** Tables. */
export const tables: Readonly<Record<string, SimulatedResource>> = {
  [types.table]: inPreview("snowflake_table_resource", table),
};
