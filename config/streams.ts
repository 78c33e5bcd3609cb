import type { Graph } from "../model/graph.ts";
import { csuSizes, ksqlDbsOf, mostQueries, type KsqlDbSites } from "../model/streams.ts";
import { either, nearest } from "../model/words.ts";
import { reprocessWords, topicRules } from "./keys.ts";
import type { Reader } from "./reader.ts";

/** Where a ksqlDB is: a cluster that Confluent runs, or a server of the user's own. */
export type KsqlDbConfig =
  | { readonly runs: "managed"; readonly csu: (typeof csuSizes)[number] }
  | {
      readonly runs: "own";
      readonly endpoint: string;
      readonly key: string;
      readonly secret: string;
      readonly serviceId: string;
    };

export interface StreamsConfig {
  readonly shared: KsqlDbConfig;
  /** By team: those that have a ksqlDB of their own. */
  readonly teams: Readonly<Record<string, KsqlDbConfig>>;
  /** Where a statement's file does not say. */
  readonly onReplacement: "keep topic" | "delete topic";
  /** Where a statement's file does not say. */
  readonly reprocess: "from beginning" | "from now";
}

export function streamsConfig(reader: Reader, declared: Graph, ephemeral: boolean): StreamsConfig {
  const rule = reader.oneOf("streams.topicOnReplacement", topicRules);
  const isKept = rule === "auto" ? !ephemeral : rule === "keep";
  return {
    shared: sharedConfig(reader),
    teams: teamConfigs(reader, declared),
    onReplacement: isKept ? "keep topic" : "delete topic",
    reprocess: reader.oneOf("streams.reprocess", reprocessWords) === "beginning" ? "from beginning" : "from now",
  };
}

/** What rights depend on. */
export function sitesOf({ shared, teams }: Pick<StreamsConfig, "shared" | "teams">): KsqlDbSites {
  const site = (config: KsqlDbConfig) => ({ serviceId: config.runs === "own" ? config.serviceId : undefined });
  return {
    shared: site(shared),
    teams: Object.fromEntries(Object.entries(teams).map(([team, config]) => [team, site(config)])),
  };
}

/** Confluent's clusters run so many queries and no more; what a server of the user's own runs is the user's affair. */
export function queryMistakes(graph: Graph, streams: StreamsConfig): string[] {
  return ksqlDbsOf(graph, sitesOf(streams))
    .filter(({ serviceId, transformations }) => serviceId === undefined && transformations.length > mostQueries)
    .map(({ team, transformations }) => {
      const count = String(transformations.length);
      const most = String(mostQueries);
      return (
        `transformations: ${count} are on in ${team === undefined ? "the shared ksqlDB cluster" : `team ${team}'s ksqlDB cluster`}, ` +
        `and a cluster runs ${most} queries. Take ${String(transformations.length - mostQueries)} out, or give a team a ` +
        "cluster of its own (streams.teams)."
      );
    });
}

function sharedConfig(reader: Reader): KsqlDbConfig {
  const csu = reader.integer("streams.csu") as (typeof csuSizes)[number];
  const given = { endpoint: reader.string("streams.endpoint"), key: reader.string("streams.key") };
  const secret = reader.string("streams.secret");
  const serviceId = reader.string("streams.serviceId");
  checkSite(
    { ...given, secret, serviceId, csu: csu === 1 ? undefined : csu },
    (member, what) => reader.mistake(`streams.${member}`, what),
    (member) => `streams.${member}`,
  );
  return given.endpoint === "" ? { runs: "managed", csu } : { runs: "own", ...given, secret, serviceId };
}

interface GivenSite {
  readonly endpoint: string;
  readonly key: string;
  readonly secret: string;
  readonly serviceId: string;
  readonly csu: unknown;
}

function checkSite(
  site: GivenSite,
  mistake: (member: keyof GivenSite, what: string) => void,
  nameOf: (member: keyof GivenSite) => string,
): void {
  const { endpoint, key, secret, serviceId, csu } = site;
  if (endpoint === "") {
    for (const member of ["key", "secret"] as const) {
      if (site[member] !== "") {
        mistake(
          member,
          `it is for a ksqlDB of your own, and there is no ${nameOf("endpoint")}. Take it out, or write that.`,
        );
      }
    }
    return;
  }
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    mistake("endpoint", `"${endpoint}" is not an address. Write one, e.g. https://ksqldb.lan:8088.`);
  } else if (url.username !== "" || url.password !== "") {
    mistake(
      "endpoint",
      `it holds a password, which would stand in the state in clear. Write ${nameOf("key")} and ${nameOf("secret")}.`,
    );
  }
  if ((key === "") !== (secret === "")) {
    const [missing, given] = key === "" ? (["key", "secret"] as const) : (["secret", "key"] as const);
    mistake(missing, `it is missing, and ${nameOf(given)} is there. Write both, or none.`);
  } else if (key !== "" && url?.protocol === "http:" && !isNear(url.hostname)) {
    mistake("endpoint", "it is not encrypted, and the key would go to it in clear. Write https.");
  }
  if (csu !== undefined) {
    mistake(
      "csu",
      `it is the size of a cluster of Confluent's, and ${nameOf("endpoint")} says where yours is. Take one out.`,
    );
  }
  if (!/^[\w.-]{1,100}$/.test(serviceId)) {
    mistake("serviceId", `"${serviceId}" cannot be in a topic's name. Write ksql.service.id as your server has it.`);
  }
}

/** On this machine: nobody else reads along. */
function isNear(host: string): boolean {
  return host === "localhost" || host === "[::1]" || host.startsWith("127.");
}

const members = ["csu", "endpoint", "key", "secret", "serviceId"] as const;

/** `streams.teams` is a group by the names of the teams in `pipeline.ts`. */
function teamConfigs(reader: Reader, declared: Graph): Record<string, KsqlDbConfig> {
  const known = [...new Set(declared.transformations.flatMap(({ team }) => team ?? []))];
  const configs: Record<string, KsqlDbConfig> = {};
  for (const [team, value] of Object.entries(reader.object("streams.teams"))) {
    const config = teamConfig(reader, team, value, known);
    if (config !== undefined) {
      configs[team] = config;
    }
  }
  return configs;
}

function teamConfig(reader: Reader, team: string, value: unknown, known: readonly string[]): KsqlDbConfig | undefined {
  const mistake = (what: string) => reader.mistakeIn("streams.teams", `${team}: ${what}`);
  if (!known.includes(team)) {
    const close = nearest(team, known);
    mistake(
      known.length === 0
        ? "no transformation in pipeline.ts has a team. Take it out."
        : `no transformation in pipeline.ts is this team's. Write ${close ?? either(known)}.`,
    );
    return undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    mistake(`it is a group of settings. Write ${either(members)} below it.`);
    return undefined;
  }
  const given = value as Readonly<Record<string, unknown>>;
  const strange = Object.keys(given).filter((name) => !members.some((member) => member === name));
  if (strange.length > 0) {
    mistake(`there is no such setting as ${either(strange)}. Write ${either(members)}.`);
    return undefined;
  }
  const text = (name: (typeof members)[number], otherwise = "") => {
    const setting = given[name];
    if (setting !== undefined && setting !== null && typeof setting !== "string") {
      mistake(`its ${name} is not text. Put it in quotes.`);
    }
    return typeof setting === "string" ? setting : otherwise;
  };
  const site = {
    endpoint: text("endpoint"),
    key: text("key"),
    secret: text("secret"),
    serviceId: text("serviceId", "default_"),
  };
  if (site.secret !== "" && !reader.isEncrypted("streams.teams")) {
    mistake(
      `its secret stands in clear. Change it, then: pulumi config set --path --secret streams.teams.${team}.secret …`,
    );
  }
  checkSite(
    { ...site, csu: given.csu },
    (member, what) => mistake(`its ${member}: ${what}`),
    (member) => member,
  );
  if (site.endpoint !== "") {
    return { runs: "own", ...site };
  }
  const csu = csuSizes.find(
    (size) => size === given.csu || String(size) === given.csu || (size === 1 && given.csu === undefined),
  );
  if (csu === undefined) {
    mistake(`its csu is not one of ${either(csuSizes.map(String))}. Write one of them.`);
  }
  return { runs: "managed", csu: csu ?? 1 };
}
