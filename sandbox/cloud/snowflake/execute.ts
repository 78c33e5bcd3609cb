import { randomUUID } from "node:crypto";
import { CloudError, type Inventory, type Properties } from "../inventory.ts";
import type { SimulatedResource } from "../simulated.ts";
import { at, compilation, missing, statement, textOf, types } from "./common.ts";
import { checkOwns } from "./rights.ts";
import { isSign, isWord, nameAt, tokensOf, type Token } from "./sql.ts";

/** Statements that no resource has: it runs one when it is made, and another when it goes. */
const execute: SimulatedResource = {
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
  if (!isWord(words[0], "ALTER") || !isWord(words[1], "TABLE")) {
    throw notUnderstood(sql);
  }
  alterTable(cloud, sql, words, config);
}

/** `ALTER TABLE [IF EXISTS] name SET ERROR_LOGGING = TRUE | FALSE`, and `UNSET ERROR_LOGGING`. */
function alterTable(cloud: Inventory, sql: string, tokens: readonly Token[], config: Properties): void {
  const ifExists = isWord(tokens[2], "IF") && isWord(tokens[3], "EXISTS");
  const name = nameAt(tokens, ifExists ? 4 : 2);
  const [verb, property, equals, value, ...rest] = tokens.slice(name?.to);
  const isSet = isWord(verb, "SET") && isSign(equals, "=") && isWord(value, "TRUE", "FALSE") && rest.length === 0;
  const isUnset = isWord(verb, "UNSET") && equals === undefined;
  if (name === undefined || !isWord(property, "ERROR_LOGGING") || !(isSet || isUnset)) {
    throw notUnderstood(sql);
  }
  if (name.parts.length !== 3) {
    throw compilation(
      "090105 (22000)",
      "Cannot perform ALTER. This session does not have a current database. Call 'USE DATABASE', or use a qualified name.",
    );
  }
  const table = at(cloud, types.table, name.parts);
  if (table === undefined) {
    if (ifExists) {
      return;
    }
    throw missing("TABLE", name.parts);
  }
  checkOwns(cloud, table, config);
  cloud.put({ ...table, hidden: { ...table.hidden, errorLogging: isSet && isWord(value, "TRUE") } });
}

function notUnderstood(sql: string): CloudError {
  return new CloudError(
    `the sandbox does not understand the statement "${sql}": it knows ALTER TABLE … SET ERROR_LOGGING = TRUE | FALSE and UNSET ERROR_LOGGING, and SELECT 1. Teach it in sandbox/cloud/snowflake/execute.ts`,
  );
}

/** Statements. */
export const statements: Readonly<Record<string, SimulatedResource>> = { [types.execute]: execute };
