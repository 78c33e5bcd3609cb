import { managedClasses, managedSecrets } from "../../../model/connect/managedClasses.ts";
import { managedSinkClasses, type ManagedSinkName } from "../../../model/connect/managedSinkClasses.ts";
import { managedSnowflakeClass } from "../../../model/connect/managedSnowflakeSink.ts";

export type Settings = Readonly<Record<string, string>>;

type Mistake = readonly [key: string, text: string];

const sinks = [managedSnowflakeClass, ...Object.values(managedSinkClasses)];

/** The connectors that the stack uses, of the hundred or so that there are. */
export const plugins = new Map([...Object.values(managedClasses), ...sinks].map((plugin) => [plugin.name, plugin]));

/** Those that read topics. */
export const sinkNames: readonly string[] = sinks.map(({ name }) => name);

/** Settings that the service does not show again. */
export const secretSettings: readonly string[] = [...managedSecrets, ...sinks.flatMap(({ secrets }) => secrets)];

/** Which properties are wrong, and why. Properties that the service does not know it does not look at. */
export function mistakesIn(settings: Settings, isDedicated: boolean): Mistake[] {
  const className = settings["connector.class"] ?? "";
  const plugin = plugins.get(className);
  const missing = [...(plugin?.required ?? []), ...loginKeys(settings)].filter((key) => isMissing(settings, key));
  const illegal = Object.entries(plugin?.legal ?? {}).filter(
    ([key, legal]) => !legal.includes(settings[key] ?? legal[0] ?? ""),
  );
  return [
    ...missing.map((key) => needed(key)),
    ...illegal.map(([key, legal]) => invalid(settings, key, `Valid values: ${legal.join(", ")}`)),
    ...(sinkNames.includes(className) ? sinkMistakes(settings) : []),
    ...(className === nameOf("s3") || className === nameOf("azureBlob") ? fileMistakes(settings, isDedicated) : []),
    ...(aliasesOf(settings).includes("unwrap")
      ? [["transforms", "the alias unwrap is reserved for after.state.only"] as const]
      : []),
  ];
}

/** Which keys log in to Kafka, and to what the connector writes to. */
function loginKeys(settings: Settings): readonly string[] {
  const kafka =
    settings["kafka.auth.mode"] === "SERVICE_ACCOUNT"
      ? ["kafka.service.account.id"]
      : ["kafka.api.key", "kafka.api.secret"];
  const withRole = settings["authentication.method"] === "IAM Roles" ? ["provider.integration.id"] : undefined;
  const other: Partial<Record<string, readonly string[]>> = {
    [nameOf("s3")]: withRole ?? ["aws.access.key.id", "aws.secret.access.key"],
    [nameOf("redshift")]: withRole ?? ["aws.redshift.password"],
    [nameOf("bigQuery")]: (settings["authentication.method"] ?? "").startsWith("OAuth") ? [] : ["keyfile"],
  };
  return [...kafka, ...(other[settings["connector.class"] ?? ""] ?? [])];
}

function sinkMistakes(settings: Settings): Mistake[] {
  const given = ["topics", "topics.regex"].filter((key) => !isMissing(settings, key));
  const types = aliasesOf(settings).map((alias) => `transforms.${alias}.type`);
  return [
    ...(given.length === 1 ? [] : [["topics", 'one of "topics" and "topics.regex" is required'] as const]),
    ...types.filter((key) => isMissing(settings, key)).map((key) => needed(key)),
  ];
}

/** What shared clusters grant, and what the tasks that write files find before they start. */
function fileMistakes(settings: Settings, isDedicated: boolean): Mistake[] {
  const codec = (settings["compression.codec"] ?? "").split(" - ")[0] ?? "";
  const format = settings["output.data.format"] ?? settings["input.data.format"] ?? "";
  const flushSize = Number(settings["flush.size"] ?? "1000");
  const schedule = Number(settings["rotate.schedule.interval.ms"] ?? "-1");
  const input = settings["input.data.format"] ?? "";
  return [
    ...(Number.isInteger(flushSize) && flushSize >= (isDedicated ? 1 : 1000)
      ? []
      : [invalid(settings, "flush.size", `At least ${isDedicated ? "1" : "1000, but on a dedicated cluster"}`)]),
    ...(schedule === -1 || schedule >= 600_000
      ? []
      : [invalid(settings, "rotate.schedule.interval.ms", "-1, or at least 600000")]),
    ...(codec === "" || codec === format
      ? []
      : [invalid(settings, "compression.codec", `It is not for "${format}" files`)]),
    ...(format === "PARQUET" && !["AVRO", "JSON_SR", "PROTOBUF"].includes(input)
      ? [invalid(settings, "output.data.format", `Parquet needs values with a schema, and "${input}" has none`)]
      : []),
  ];
}

function aliasesOf({ transforms = "" }: Settings): string[] {
  return transforms.split(",").filter((alias) => alias !== "");
}

function nameOf(sink: ManagedSinkName): string {
  return managedSinkClasses[sink].name;
}

function isMissing(settings: Settings, key: string): boolean {
  return (settings[key] ?? "") === "";
}

function needed(key: string): Mistake {
  return [key, `"${key}" is required`];
}

function invalid(settings: Settings, key: string, rule: string): Mistake {
  return [key, `Value "${String(settings[key])}" is not valid for "${key}" configuration. ${rule}`];
}
