import { checkJdbcPlaces, jdbcKeys, readJdbc, type JdbcConfig } from "../jdbc/config.ts";
import type { TargetKind } from "./targetKind.ts";

/** The current rows of each topic in tables of a database that our workers reach: PostgreSQL, MariaDB or MySQL. */
export const jdbc: TargetKind<JdbcConfig> = {
  title: "JDBC",
  // Whose names and types count is the target's own config to say, so that `read` looks at them.
  system: undefined,
  connector: "workers",
  keys: jdbcKeys,
  read: readJdbc,
  checkTogether: checkJdbcPlaces,
};
