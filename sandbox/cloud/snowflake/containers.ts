import type { SimulatedResource } from "../simulated.ts";
import {
  databaseStatement,
  isSameName,
  qualified,
  required,
  statement,
  types,
  unquoted,
  unusedName,
} from "./common.ts";
import { between } from "../rules.ts";
import { ofOwner } from "./drop.ts";
import { checkMayMake, checkMayMakeIn, ownedBy } from "./rights.ts";
import { booleanText } from "./rules.ts";

const database: SimulatedResource = {
  computed: ["fullyQualifiedName"],
  replacedBy: ["isTransient"],
  autoNamed: "name",
  rules: { dataRetentionTimeInDays: between(0, 90) },
  same: (property, before, after) =>
    property === "dropPublicSchemaOnCreation" || (property === "name" && isSameName(before, after)),
  seconds: databaseStatement,
  create: (cloud, inputs, config) => {
    const path = [unquoted(inputs.name)];
    checkMayMake(types.database, config);
    unusedName(cloud, types.database, path);
    const hidden = { ...ownedBy(config, path), hasPublic: inputs.dropPublicSchemaOnCreation !== true };
    return { id: path[0] ?? "", outputs: { fullyQualifiedName: qualified(path) }, hidden };
  },
  ...ofOwner(types.database),
};

const schema: SimulatedResource = {
  computed: ["describeOutputs", "fullyQualifiedName", "parameters", "showOutputs"],
  replacedBy: ["database", "isTransient"],
  autoNamed: "name",
  defaults: { isTransient: "default", withManagedAccess: "default" },
  rules: {
    dataRetentionTimeInDays: between(0, 90),
    isTransient: booleanText,
    withManagedAccess: booleanText,
  },
  same: (property, before, after) =>
    ["name", "database"].includes(property)
      ? isSameName(before, after)
      : ["isTransient", "withManagedAccess"].includes(property) && before === "default" && after === "false",
  seconds: statement,
  create: (cloud, inputs, config) => {
    const path = [unquoted(inputs.database), unquoted(inputs.name)];
    const database = required(cloud, types.database, path.slice(0, 1));
    checkMayMakeIn(cloud, database, "CREATE SCHEMA", config);
    // The provider takes a PUBLIC schema over that came with the database.
    if (path[1] !== "PUBLIC" || database.hidden?.hasPublic !== true) {
      unusedName(cloud, types.schema, path);
    }
    const name = qualified(path);
    return { id: name, outputs: { fullyQualifiedName: name }, hidden: ownedBy(config, path) };
  },
  ...ofOwner(types.schema),
};

/** Databases, and what divides them. */
export const containers: Readonly<Record<string, SimulatedResource>> = {
  [types.database]: database,
  [types.schema]: schema,
};
