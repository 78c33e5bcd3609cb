import type { Graph, Transformation } from "./graph.ts";

/** Most persistent queries that a ksqlDB cluster of Confluent's runs (documentation of Confluent Cloud; earlier ones ran 20). */
export const mostQueries = 40;
/** The sizes of a ksqlDB cluster of Confluent's, in CSU (Confluent's API). Its provider takes any, and the service refuses. */
export const csuSizes = [1, 2, 4, 8, 12] as const;

/** A ksqlDB of an environment, as far as rights depend on it. */
export interface KsqlDbSite {
  /** `ksql.service.id` of a server of the user's own: its internal topics start with it. `undefined`: Confluent's cluster. */
  readonly serviceId: string | undefined;
}

/** The ksqlDBs that an environment has: the shared one, and those of teams that have one of their own. */
export interface KsqlDbSites {
  readonly shared: KsqlDbSite;
  readonly teams: Readonly<Record<string, KsqlDbSite>>;
}

const oneShared: KsqlDbSites = { shared: { serviceId: undefined }, teams: {} };

/** A ksqlDB that has something to do. */
export interface KsqlDb extends KsqlDbSite {
  /** `ksqldb`, or `ksqldb-<team>`: also the name of the account that its queries run as. */
  readonly name: string;
  /** Whose it is; `undefined`: shared. */
  readonly team: string | undefined;
  readonly transformations: readonly Transformation[];
  /** Teams that send statements to this one, since they have none of their own; each has an account for that. */
  readonly guests: readonly string[];
}

/** Every ksqlDB that some transformation which is on runs in. */
export function ksqlDbsOf({ transformations }: Graph, sites: KsqlDbSites = oneShared): KsqlDb[] {
  const hasOwn = (team: string | undefined): team is string => team !== undefined && Object.hasOwn(sites.teams, team);
  const shared = transformations.filter(({ team }) => !hasOwn(team));
  const all: KsqlDb[] = [
    {
      ...sites.shared,
      name: "ksqldb",
      team: undefined,
      transformations: shared,
      guests: [...new Set(shared.flatMap(({ team }) => team ?? []))],
    },
    ...Object.entries(sites.teams).map(([team, site]) => ({
      ...site,
      name: accountOfTeam(team),
      team,
      transformations: transformations.filter((transformation) => transformation.team === team),
      guests: [],
    })),
  ];
  return all.filter((ksqlDb) => ksqlDb.transformations.length > 0);
}

/** Name of a team's account: its own ksqlDB runs as it, or it sends the team's statements to the shared one. */
export function accountOfTeam(team: string): string {
  return `ksqldb-${team}`;
}

/** Where a transformation's statement is. */
export function statementFile({ name, team }: Pick<Transformation, "name" | "team">): string {
  return ["sql", "ksqldb", ...(team === undefined ? [] : [team]), `${name}.sql`].join("/");
}
