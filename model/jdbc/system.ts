/** The databases that a target of kind `jdbc` may be. */
export const jdbcSystems = ["postgres", "mariaDb", "mySql"] as const;
export type JdbcSystem = (typeof jdbcSystems)[number];
