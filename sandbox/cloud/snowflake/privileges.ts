/** Privileges that Snowflake knows for a kind of object (its documentation of access control privileges, 2026-08). */
const legal: Readonly<Record<string, readonly string[]>> = {
  WAREHOUSE: ["APPLYBUDGET", "MODIFY", "MONITOR", "OPERATE", "USAGE"],
  DATABASE: [
    "APPLYBUDGET",
    "CREATE DATABASE ROLE",
    "CREATE SCHEMA",
    "IMPORTED PRIVILEGES",
    "MODIFY",
    "MONITOR",
    "REFERENCE_USAGE",
    "USAGE",
  ],
  "RESOURCE MONITOR": ["MODIFY", "MONITOR"],
  USER: ["MODIFY", "MONITOR"],
  INTEGRATION: ["USAGE", "USE_ANY_ROLE"],
  SCHEMA: ["ADD SEARCH OPTIMIZATION", "APPLYBUDGET", "MODIFY", "MONITOR", "USAGE"],
  TABLE: ["APPLYBUDGET", "DELETE", "EVOLVE SCHEMA", "INSERT", "REFERENCES", "SELECT", "TRUNCATE", "UPDATE"],
  VIEW: ["REFERENCES", "SELECT"],
  "DYNAMIC TABLE": ["MONITOR", "OPERATE", "SELECT"],
};

/** What can be made in a schema. */
const madeInSchema = [
  "ALERT",
  "DYNAMIC TABLE",
  "EVENT TABLE",
  "EXTERNAL TABLE",
  "FILE FORMAT",
  "FUNCTION",
  "ICEBERG TABLE",
  "MASKING POLICY",
  "MATERIALIZED VIEW",
  "NETWORK RULE",
  "PIPE",
  "PROCEDURE",
  "ROW ACCESS POLICY",
  "SECRET",
  "SEQUENCE",
  "STAGE",
  "STREAM",
  "STREAMLIT",
  "TABLE",
  "TAG",
  "TASK",
  "VIEW",
].map((kind) => `CREATE ${kind}`);

const onAccount =
  /^((CREATE|APPLY|EXECUTE|MANAGE|MODIFY|MONITOR|BIND|ATTACH|IMPORT|OVERRIDE|PURCHASE) [A-Z ]+|AUDIT|RESOLVE ALL)$/;

/** Whether a privilege can be granted on a kind of object. One that the sandbox knows nothing of takes any. */
export function isLegal(privilege: string, kind: string): boolean {
  const word = privilege.toUpperCase();
  if (kind === "ACCOUNT") {
    return onAccount.test(word);
  }
  const own = legal[kind];
  return own === undefined || own.includes(word) || (kind === "SCHEMA" && madeInSchema.includes(word));
}
