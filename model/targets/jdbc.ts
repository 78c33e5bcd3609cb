import { workersTrust } from "../connect/databaseTls.ts";
import { jdbcSinkClass, jdbcSinkSettings, passwordSetting } from "../connect/jdbcSink.ts";
import { checkJdbcPlaces, jdbcKeys, readJdbc, type JdbcConfig } from "../jdbc/config.ts";
import { jdbcSetup, jdbcTemplate } from "../jdbc/setup.ts";
import { jdbcMistakes, jdbcTable } from "../jdbc/table.ts";
import type { TargetKind } from "./targetKind.ts";

/** The current rows of each topic in tables of a database that our workers reach: PostgreSQL, MariaDB or MySQL. */
export const jdbc: TargetKind<JdbcConfig> = {
  title: "JDBC",
  // Whose names and types count is the target's own config to say: `topicMistakes` looks at them.
  system: undefined,
  connector: "workers",
  keys: jdbcKeys,
  read: readJdbc,
  checkTogether: checkJdbcPlaces,
  topicMistakes: ({ dataset }, { system }) => jdbcMistakes(system, dataset),
  port: ({ port }) => port,
  setup: ({ target, ...place }, topics, template) =>
    jdbcSetup(
      target,
      { ...place, tls: place.tls !== "off" },
      topics.map(({ dataset }) => jdbcTable(dataset)),
      template(jdbcTemplate(place.system)),
    ),
  cost: "Nothing but the database's own; rows leave the workers' network for wherever that is.",
  workerSink: (config, topics) => {
    const { target, user, database, password, ca, paused, settings } = config;
    const tables = topics.map(({ dataset }) => jdbcTable(dataset));
    return {
      className: jdbcSinkClass,
      settings: jdbcSinkSettings(target, { ...config, hasCa: ca !== "" }, tables, workersTrust),
      secrets: {
        [passwordSetting]: { value: password, origin: `Password of ${user} in ${target}'s database ${database}.` },
      },
      extra: settings,
      certificate: ca,
      paused,
    };
  },
};
