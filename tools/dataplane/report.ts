import type { Lab } from "../../dataplane/engines/processes.ts";
import type { Source } from "../../model/graph.ts";
import { systemTitles } from "../../model/names.ts";
import type { Memory } from "./memory.ts";
import type { Narrator } from "./narrator.ts";
import type { Demo } from "./play.ts";

/** What it took, in the end. */
export function report({ story, firstLiveRow }: Narrator, memory: Memory): string {
  const parts = Object.entries(memory.most)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, value]) => `${name} ${value.toFixed(0)}`);
  const changes = { insert: 0, update: 0, delete: 0, snapshot: 0 };
  story.arrivals.forEach(({ operation }) => (changes[operation] += 1));
  const delay = median(story.live.flatMap(({ delay: one }) => one ?? []));
  return [
    "",
    firstLiveRow === undefined
      ? "No change has arrived."
      : `First live row ${firstLiveRow.toFixed(1)} s after the start of this program.`,
    `Rows: ${changes.snapshot} at first, then ${changes.insert} inserts, ${changes.update} updates, ${changes.delete} deletes.`,
    ...(delay === undefined
      ? []
      : [`From commit to here: ${delay.toFixed(2)} s in the median (Postgres, whose log notes milliseconds).`]),
    `Memory: ${memory.total.toFixed(0)} MiB at most, all together (${parts.join(", ")}).`,
  ].join("\n");
}

/** For whoever wants to look at what was left running. */
export function howToConnect(lab: Lab, { plane }: Demo): string {
  const { broker, registry, worker, databases, ca } = plane;
  const rows: [string, string][] = [
    ...databases.map(({ source, server }): [string, string] => [
      `${systemTitles[source.kind]}, source ${source.name}`,
      server.command({ database: source.database }),
    ]),
    ["Kafka, no login, may do all", broker.plaintext],
    ["Kafka, SASL_SSL with PLAIN", `${broker.saslSsl}, login as in ${worker.secretsFile}, CA ${ca}`],
    ["Schema Registry", `${registry.url}/subjects`],
    ["Kafka Connect", `${worker.url}/connectors?expand=status`],
    ["Files and logs", lab.folder],
    ...databases.map(({ source, server }): [string, string] => [
      `More changes in ${source.name}`,
      `npm run --silent demo:changes -- --source ${source.name} --kind ${source.kind} | ${schemaOf(source)}${server.command({ database: source.database })}`,
    ]),
    ["Stop all of it", "npm run demo -- --stop"],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    "",
    "It goes on running, but no more changes are made:",
    ...rows.map(([name, how]) => `  ${name.padEnd(width)}  ${how}`),
  ].join("\n");
}

/** `demo:changes` prints tables without their schema for another kind of database than the declared one. */
function schemaOf({ kind, tables: [table] }: Source): string {
  const [schema, name] = table?.path.split(".") ?? [];
  return kind === "postgres" && name !== undefined ? `PGOPTIONS="-c search_path=${schema ?? ""}" ` : "";
}

function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
