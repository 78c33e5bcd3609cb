import type { AwsValues } from "../engines/moto.ts";
import type { GlueTable } from "../../model/lake/glueTable.ts";

/** Names of Glue's API that are not the provider's with a capital letter. */
const names: Readonly<Record<string, string>> = { serDeInfo: "SerdeInfo" };
/** What has names of its own inside. */
const maps: readonly string[] = ["parameters"];

/** What the provider sends to Glue for the arguments of a table: `TableInput` of its API. */
export function tableInput(table: GlueTable): AwsValues {
  return renamed(table) as AwsValues;
}

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(renamed);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      names[name] ?? name.charAt(0).toUpperCase() + name.slice(1),
      maps.includes(name) ? inner : renamed(inner),
    ]),
  );
}
