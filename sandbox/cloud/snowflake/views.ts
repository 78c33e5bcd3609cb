import { isObject } from "../check.ts";
import { CloudError, type Inventory, type Properties, type Thing } from "../inventory.ts";
import { oneOfWords } from "../rules.ts";
import type { SimulatedResource } from "../simulated.ts";
import { columnsOf } from "./columns.ts";
import {
  at,
  compilation,
  isSameName,
  missing,
  pathOf,
  qualified,
  queryStatement,
  refuseRename,
  relations,
  required,
  statement,
  textOf,
  types,
  unquoted,
} from "./common.ts";
import { dropGrantsOn, dropWith } from "./drop.ts";
import { inPreview } from "./features.ts";
import { readQuery } from "./query.ts";
import { checkOwns, mayRead, ownedBy, roleOf } from "./rights.ts";
import { booleanText } from "./rules.ts";
import { placeFor } from "./tables.ts";

/** Texts that differ in spaces and case only. */
function isSameStatement(before: unknown, after: unknown): boolean {
  const plain = (text: unknown) => textOf(text).replace(/\s+/g, " ").trim().toUpperCase();
  return typeof before === "string" && typeof after === "string" && plain(before) === plain(after);
}

/** What a SELECT reads: all of it must be there and open to the role, and have the columns that are named. */
function checkQuery(cloud: Inventory, sql: string, path: readonly string[], config: Properties): Properties {
  const { reads, columns, gives } = readQuery(sql);
  const sources = reads.map((name) => {
    const full = [...path.slice(0, Math.max(0, 3 - name.length)), ...name];
    const relation = at(cloud, relations, full);
    // What is in a database that the stack does not make is not known here.
    const isOurs = at(cloud, types.database, full.slice(0, 1)) !== undefined;
    if (relation === undefined ? isOurs : !mayRead(cloud, relation, config)) {
      throw missing("OBJECT", full);
    }
    return relation;
  });
  const known = sources.map((relation) => (relation === undefined ? undefined : namesIn(relation)));
  if (known.length > 0 && known.every((names) => names !== undefined)) {
    const wrong = columns.find(({ name }) => !known.some((names) => names.includes(name)));
    if (wrong !== undefined) {
      const line = sql.slice(0, wrong.position).split("\n");
      throw compilation(
        "000904 (42000)",
        `error line ${String(line.length)} at position ${String(line.at(-1)?.length ?? 0)}\ninvalid identifier '${wrong.name}'`,
      );
    }
  }
  return { reads: sources.flatMap((relation) => (relation === undefined ? [] : [pathOf(relation)])), gives };
}

function namesIn(relation: Thing): readonly string[] | undefined {
  return relation.type === types.table
    ? columnsOf(relation.properties.columns).map(({ name }) => name)
    : (relation.hidden?.gives as readonly string[] | undefined);
}

const booleans = ["changeTracking", "isRecursive", "isSecure", "isTemporary"];
const remaking = ["statement", "isTemporary", "isRecursive", "columns"];

const view: SimulatedResource = {
  computed: ["describeOutputs", "fullyQualifiedName", "showOutputs"],
  replacedBy: ["database", "schema"],
  autoNamed: "name",
  defaults: { ...Object.fromEntries(booleans.map((name) => [name, "default"])), copyGrants: false },
  rules: Object.fromEntries(booleans.map((name) => [name, booleanText])),
  same: (property, before, after) =>
    property === "copyGrants" ||
    (property === "statement" && isSameStatement(before, after)) ||
    (["name", "database", "schema"].includes(property) && isSameName(before, after)) ||
    (["isSecure", "changeTracking"].includes(property) && before === "default" && after === "false"),
  seconds: statement,
  create: (cloud, inputs, config) => {
    const path = placeFor(cloud, inputs, "CREATE VIEW", config);
    const found = checkQuery(cloud, textOf(inputs.statement), path, config);
    const name = qualified(path);
    return { id: name, outputs: { fullyQualifiedName: name }, hidden: { ...ownedBy(config, path), ...found } };
  },
  update: (cloud, id, inputs, config) => {
    const thing = cloud.get(types.view, id);
    refuseRename(thing, inputs);
    checkOwns(cloud, thing, config);
    const isRemade = remaking.some((name) => {
      const [before, after] = [thing?.properties[name], inputs[name]];
      return name === "statement" ? !isSameStatement(before, after) : JSON.stringify(before) !== JSON.stringify(after);
    });
    if (thing !== undefined && isRemade) {
      // CREATE OR REPLACE VIEW: a view with the old one's name and, without COPY GRANTS, none of its grants.
      const found = checkQuery(cloud, textOf(inputs.statement), pathOf(thing), config);
      if (inputs.copyGrants !== true) {
        dropGrantsOn(cloud, thing);
      }
      cloud.put({ ...thing, hidden: { ...thing.hidden, ...found } });
    }
  },
  delete: dropView(types.view),
};

function dropView(type: string): NonNullable<SimulatedResource["delete"]> {
  return (cloud, id, _inputs, config) => {
    const thing = cloud.get(type, id);
    checkOwns(cloud, thing, config);
    if (thing !== undefined) {
      dropWith(cloud, thing);
    }
  };
}

const units: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400 };

/** The service's limit: 60 seconds (its answer to less, as dbt-snowflake#1217 has it). */
function checkLag({ targetLag }: Properties): void {
  const { downstream, maximumDuration } = isObject(targetLag) ? targetLag : {};
  if (downstream === true) {
    return;
  }
  const text = textOf(maximumDuration);
  const [, amount, unit = ""] = /^(\d+)\s+(second|minute|hour|day)s?$/i.exec(text.trim()) ?? [];
  const seconds = Number(amount) * (units[unit.toLowerCase()] ?? Number.NaN);
  if (Number.isNaN(seconds)) {
    throw compilation("002755 (22023)", `Invalid TARGET_LAG value '${text}'.`);
  }
  if (seconds < 60) {
    throw new CloudError(
      `002755 (22023): SQL compilation error: Invalid TARGET_LAG value '${text}'. Dynamic Tables do not support lag values under 60 second(s).`,
    );
  }
}

const dynamicTable: SimulatedResource = {
  computed: [
    "automaticClustering",
    "bytes",
    "clusterBy",
    "createdOn",
    "dataTimestamp",
    "fullyQualifiedName",
    "isClone",
    "isReplica",
    "lastSuspendedOn",
    "owner",
    "refreshModeReason",
    "rows",
    "schedulingState",
  ],
  replacedBy: ["initialize", "name", "query", "refreshMode"],
  autoNamed: "name",
  defaults: { initialize: "ON_CREATE", orReplace: false, refreshMode: "AUTO" },
  rules: {
    initialize: oneOfWords("ON_CREATE", "ON_SCHEDULE"),
    refreshMode: oneOfWords("AUTO", "INCREMENTAL", "FULL"),
  },
  same: (property, before, after) => property === "query" && isSameStatement(before, after),
  // None of the three is compared without its quotes, and a table stays in the schema where it was made.
  readBack: (state, before) => ({
    ...before,
    database: unquoted(state.database ?? before.database),
    schema: unquoted(state.schema ?? before.schema),
    warehouse: unquoted(before.warehouse),
  }),
  seconds: queryStatement,
  create: (cloud, inputs, config) => {
    checkLag(inputs);
    const path = placeFor(cloud, inputs, "CREATE DYNAMIC TABLE", config);
    required(cloud, types.warehouse, [unquoted(inputs.warehouse)]);
    const found = checkQuery(cloud, textOf(inputs.query), path, config);
    trackChanges(cloud, found.reads as string[][], config);
    const place = Object.fromEntries(["database", "schema", "warehouse"].map((key) => [key, unquoted(inputs[key])]));
    return {
      id: path.join("|"),
      outputs: { ...place, fullyQualifiedName: qualified(path), owner: roleOf(config), schedulingState: "ACTIVE" },
      hidden: { ...ownedBy(config, path), ...found },
    };
  },
  update: (cloud, id, inputs, config) => {
    checkOwns(cloud, cloud.get(types.dynamicTable, id), config);
    checkLag(inputs);
    required(cloud, types.warehouse, [unquoted(inputs.warehouse)]);
  },
  recomputed: ({ properties }, inputs) => ({
    database: properties.database,
    schema: properties.schema,
    warehouse: unquoted(inputs.warehouse),
  }),
  delete: dropView(types.dynamicTable),
};

/** Change tracking of what a dynamic table reads: turned on with it where the role owns the table, else it must be on. */
function trackChanges(cloud: Inventory, reads: readonly (readonly string[])[], config: Properties): void {
  for (const relation of reads.flatMap((path) => at(cloud, types.table, path) ?? [])) {
    if (relation.properties.changeTracking !== true) {
      checkOwns(cloud, relation, config);
      cloud.put({ ...relation, properties: { ...relation.properties, changeTracking: true } });
    }
  }
}

/** What is defined by a SELECT. */
export const views: Readonly<Record<string, SimulatedResource>> = {
  [types.view]: view,
  [types.dynamicTable]: inPreview("snowflake_dynamic_table_resource", dynamicTable),
};
