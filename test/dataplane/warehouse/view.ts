import type { SnowflakeStandIn } from "../../../dataplane/engines/snowflake.ts";
import { currentState } from "../../../model/warehouse/currentState.ts";
import type { LandingTable } from "../../../model/warehouse/landing.ts";

/** Makes a landing table and the view of its current state, as the stack has them, or with its SELECT changed. */
export async function makeTableAndView(
  standIn: SnowflakeStandIn,
  table: LandingTable,
  changed: (sql: string) => string = (sql) => sql,
): Promise<void> {
  await standIn.table(`LANDING.${table.name}`, table.columns);
  const select = changed(currentState(table, "PIPELINE_TEST.LANDING"));
  await standIn.run(`CREATE OR REPLACE VIEW ANALYTICS.${table.dataset} AS\n${select}`);
}
