import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";

/** What `npm run image:assemble` made. */
export interface AssembledImage {
  /** Folder to build in. */
  readonly context: string;
  /** Names what is in it. */
  readonly version: string;
  /** Version of Snowflake's connector in it; `undefined`: it has none, or not by that name. */
  readonly snowflake?: string | undefined;
}

/** What is in a folder of `npm run image:assemble`: its stamp says which versions, and the programs are our own. */
export function assembledImage(context: string): AssembledImage | undefined {
  if (!existsSync(path.join(context, ".stamp"))) {
    return undefined;
  }
  const parts = readdirSync(context).filter((name) => name === ".stamp" || name.endsWith(".js"));
  const hash = createHash("sha256");
  parts.sort().forEach((name) => hash.update(`${name}\0`).update(readFileSync(path.join(context, name))));
  return { context, version: hash.digest("hex").slice(0, 16), snowflake: snowflakeIn(context) };
}

function snowflakeIn(context: string): string | undefined {
  const folder = path.join(context, "plugins", "snowflake");
  const jars = existsSync(folder) ? readdirSync(folder) : [];
  return jars.flatMap((jar) => /^snowflake-kafka-connector-(.+)\.jar$/.exec(jar)?.[1] ?? []).at(0);
}
