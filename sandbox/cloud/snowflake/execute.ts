import { randomUUID } from "node:crypto";
import { CloudError, type Inventory, type Properties } from "../inventory.ts";
import type { SimulatedResource } from "../simulated.ts";
import { checkMonitor } from "./account.ts";
import { at, compilation, kinds, missing, statement, textOf, types } from "./common.ts";
import { checkOwns } from "./rights.ts";
import { isName, isSign, isWord, nameAt, tokensOf, type Token } from "./sql.ts";

/** Statements that no resource has: it runs one when it is made, and another when it goes. */
const execute: SimulatedResource = {
  isAction: true,
  computed: ["queryResults"],
  replacedBy: ["execute"],
  seconds: statement,
  create: (cloud, inputs, config) => {
    run(cloud, inputs.execute, config);
    return { id: randomUUID(), outputs: { queryResults: read(inputs) } };
  },
  recomputed: ({ properties }, inputs) => (properties.query === inputs.query ? {} : { queryResults: read(inputs) }),
  // The state's, which are those that the resource was last given.
  delete: (cloud, _id, inputs, config) => run(cloud, inputs.revert, config),
};

function read({ query }: Properties): unknown[] {
  if (query !== undefined) {
    throw notUnderstood(textOf(query));
  }
  return [];
}

/** Runs a statement; refuses what the sandbox does not understand, so that no test passes for its sake. */
function run(cloud: Inventory, given: unknown, config: Properties): void {
  const sql = textOf(given);
  const tokens = tokensOf(sql);
  const end = tokens.findIndex((token) => isSign(token, ";"));
  if (end >= 0 && end < tokens.length - 1) {
    throw new CloudError("000008 (0A000): Actual statement count 2 did not match the desired statement count 1.");
  }
  const words = end < 0 ? tokens : tokens.slice(0, end);
  if (words.length === 2 && isWord(words[0], "SELECT") && words[1]?.kind === "number") {
    return; // the usual way to do nothing
  }
  const change = alterationIn(words);
  if (change === undefined) {
    throw notUnderstood(sql);
  }
  alter(cloud, change, config);
}

/** `ALTER kind [IF EXISTS] name SET property = value`, or `UNSET property`. */
interface Alteration {
  readonly type: string;
  readonly ifExists: boolean;
  readonly path: readonly string[];
  /** The word that the property becomes; `undefined`: what it is of itself. */
  readonly value: string | undefined;
}

/** What can be altered, with the one property that is understood of it. */
const alterable: Readonly<Record<string, { readonly type: string; readonly property: string }>> = {
  TABLE: { type: types.table, property: "ERROR_LOGGING" },
  WAREHOUSE: { type: types.warehouse, property: "RESOURCE_MONITOR" },
};

function alterationIn(tokens: readonly Token[]): Alteration | undefined {
  const { type, property } = alterable[tokens[1]?.text ?? ""] ?? {};
  const ifExists = isWord(tokens[2], "IF") && isWord(tokens[3], "EXISTS");
  const name = nameAt(tokens, ifExists ? 4 : 2);
  const [verb, word, equals, value, ...rest] = tokens.slice(name?.to);
  const isSet = isWord(verb, "SET") && isSign(equals, "=") && isName(value) && rest.length === 0;
  const isUnset = isWord(verb, "UNSET") && equals === undefined;
  if (!isWord(tokens[0], "ALTER") || type === undefined || name === undefined || !(isSet || isUnset)) {
    return undefined;
  }
  const isTold = type !== types.table || isUnset || isWord(value, "TRUE", "FALSE");
  return isWord(word, property ?? "") && isTold
    ? { type, ifExists, path: name.parts, value: isSet ? value.text : undefined }
    : undefined;
}

function alter(cloud: Inventory, { type, ifExists, path, value }: Alteration, config: Properties): void {
  if (type === types.table && path.length !== 3) {
    throw compilation(
      "090105 (22000)",
      "Cannot perform ALTER. This session does not have a current database. Call 'USE DATABASE', or use a qualified name.",
    );
  }
  const thing = at(cloud, type, path);
  if (thing === undefined) {
    if (ifExists) {
      return;
    }
    throw missing(kinds[type] ?? type, path);
  }
  checkOwns(cloud, thing, config);
  if (type === types.warehouse) {
    checkMonitor(cloud, value, config);
  }
  const known = type === types.table ? { errorLogging: value === "TRUE" } : { monitor: value };
  cloud.put({ ...thing, hidden: { ...thing.hidden, ...known } });
}

function notUnderstood(sql: string): CloudError {
  return new CloudError(
    `the sandbox does not understand the statement "${sql}": it knows SET and UNSET of ERROR_LOGGING in ALTER TABLE and of RESOURCE_MONITOR in ALTER WAREHOUSE, and SELECT 1. Teach it more in sandbox/cloud/snowflake/execute.ts`,
  );
}

/** Statements. */
export const statements: Readonly<Record<string, SimulatedResource>> = { [types.execute]: execute };
