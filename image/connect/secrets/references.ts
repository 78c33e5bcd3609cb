import { propertiesOf } from "./properties.ts";

export interface ReferencesArgs {
  /** Setting to value, as a worker or a connector gets it. */
  readonly config: Readonly<Record<string, string>>;
  /** Text of a file. Throws when it can't be read. */
  readonly readFile: (file: string) => string;
  /** Whether a file that can't be read is a mistake; otherwise its keys are taken to be there. */
  readonly mustBeReadable: boolean;
}

/** What Kafka's provider `file` resolves: `${file:PATH:KEY}`. What it does not find it leaves as it stands. */
const reference = /\$\{file:([^:}]+):([^}]*)\}/g;

/**
 * The references to keys that are not there or have no value, a line each: `database.password:
 * /run/connect/secrets.properties has no key shop.password`. No line holds a value.
 */
export function referenceMistakes({ config, readFile, mustBeReadable }: ReferencesArgs): string[] {
  const references = Object.entries(config).flatMap(([setting, value]) =>
    [...value.matchAll(reference)].map(([, file = "", key = ""]) => ({ setting, file, key })),
  );
  const files = new Map([...new Set(references.map(({ file }) => file))].map((file) => [file, read(file, readFile)]));
  return references.flatMap(({ setting, file, key }) => {
    const content = files.get(file);
    if (typeof content === "string") {
      return mustBeReadable ? [`${setting}: ${file}, which holds the key ${key}, ${content}`] : [];
    }
    const value = content?.get(key);
    if (value === undefined) {
      return [`${setting}: ${file} has no key ${key}`];
    }
    return value === "" ? [`${setting}: the key ${key} in ${file} has no value`] : [];
  });
}

/** The same for a worker's configuration file, which must be there, as must the files that it refers to. */
export function workerMistakes(workerProperties: string, readFile: (file: string) => string): string[] {
  const content = read(workerProperties, readFile);
  return typeof content === "string"
    ? [`${workerProperties} ${content}`]
    : referenceMistakes({ config: Object.fromEntries(content), readFile, mustBeReadable: true });
}

/** The file's entries, or why there are none. */
function read(file: string, readFile: (file: string) => string): Map<string, string> | string {
  try {
    return propertiesOf(readFile(file));
  } catch (error) {
    const { code = "unknown error" } = error as { code?: string };
    return code === "ENOENT" ? "is missing" : `can't be read (${code})`;
  }
}
