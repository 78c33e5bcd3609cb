import { describeSqlType } from "../../model/ksql/sqlType.ts";
import type { StatementPlan } from "../../model/ksql/change/statementPlan.ts";
import type { Relation, RelationColumn } from "../../model/ksql/statement.ts";
import { isSame, ownQuery } from "./apply.ts";
import type { KsqlClient } from "./client.ts";
import type { Description, Query } from "./description.ts";
import type { StatementState } from "./properties.ts";
import type { Found } from "./streamEngine.ts";

/** What there is now of a statement, by DESCRIBE and SHOW QUERIES. */
export async function look(client: KsqlClient, state: StatementState): Promise<Found> {
  const { plan, queryId } = state;
  const name = plan.name ?? "";
  if (plan.kind === "insertSelect") {
    const query = (await client.queries()).find(({ id }) => id === queryId);
    return query === undefined ? { is: "gone" } : foundBy(query);
  }
  const there = await client.describe(name);
  if (there === undefined) {
    return { is: "gone" };
  }
  if (!(await isAsMade(client, state, there))) {
    return { is: "changed", plan: livePlan(plan, there), statement: there.statement };
  }
  return queryId === "" ? { is: "as made" } : foundBy(ownQuery(there.writers, name));
}

function foundBy(query: Query | undefined): Found {
  switch (query?.state) {
    case "RUNNING":
      return { is: "as made" };
    case undefined:
      return { is: "query gone", state: "" };
    case "PAUSED":
      return { is: "query paused", state: "PAUSED" };
    default:
      return { is: "query failed", state: query?.state ?? "" };
  }
}

/** Another text is no other statement: a newer server may write the same in other words. */
async function isAsMade(client: KsqlClient, state: StatementState, there: Description): Promise<boolean> {
  const { statement: asMade, sql, plan } = state;
  return (
    there.statement === asMade ||
    (columnsText(there.relation) === columnsText(plan.result) && (await isSame(client, state, there, [asMade, sql])))
  );
}

/** The plan as it is on the server. */
function livePlan(plan: StatementPlan, { relation, statement: normal }: Description): StatementPlan {
  const { columns, topic } = relation;
  const isAlike = columnsText(relation) === columnsText(plan.result);
  return { ...plan, normal, result: plan.result && { ...plan.result, topic, ...(isAlike ? {} : { columns }) } };
}

function columnsText(relation: Relation | undefined): string {
  const text = ({ name, type, isKey }: RelationColumn) => `${name} ${describeSqlType(type)} ${String(isKey)}`;
  return (relation?.columns ?? []).map(text).join();
}
