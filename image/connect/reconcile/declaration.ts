/** In which state a connector is kept. */
export type WantedState = "running" | "paused" | "stopped";

const states: readonly WantedState[] = ["running", "paused", "stopped"];

/** What a Connect cluster shall look like. It holds no secret: a configuration refers to them, `${file:PATH:KEY}`. */
export interface Declaration {
  /**
   * Whose connectors these are, e.g. `pipeline-dev`. Kept in each connector's configuration under `reconcile.owner`,
   * which reconcile adds. Connectors of other owners are neither changed nor taken away.
   */
  readonly owner: string;
  /** By connector name. A state that is left out is `running`: a connector that somebody paused by hand is resumed. */
  readonly connectors: Readonly<Record<string, DeclaredConnector>>;
  /** What becomes of connectors of this owner that are not declared. */
  readonly undeclared: "delete" | "keep";
  /** Names to take away though `undeclared` is `keep`. One that is not there counts as taken away. */
  readonly remove?: readonly string[];
  /**
   * Whether a removed connector's offsets are deleted too, and a Postgres connector's replication slot dropped
   * (ephemeral environments); otherwise both are kept, but for those of connectors that say otherwise themselves
   * (`reconcile.forget`). Topics, the publication and the signal table are never touched.
   */
  readonly forget: boolean;
}

export interface DeclaredConnector {
  readonly config: Readonly<Record<string, string>>;
  readonly state?: WantedState;
}

/** The key under which a connector's configuration says whose it is. */
export const ownerKey = "reconcile.owner";

/**
 * The key under which a connector's configuration says, with `true`, that its offsets always go with it, whatever the
 * declaration's `forget`: a sink whose tables know how far they are.
 */
export const forgetKey = "reconcile.forget";

/** A declaration with mistakes: all of them at once. */
export class DeclarationError extends Error {
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    const count = mistakes.length === 1 ? "a mistake" : `${mistakes.length} mistakes`;
    super([`The declaration has ${count}; nothing was changed.`, ...mistakes.map((one) => `  - ${one}`)].join("\n"));
    this.mistakes = mistakes;
  }
}

/** The declaration that a parsed JSON value is. Throws `DeclarationError`. */
export function declarationOf(value: unknown): Declaration {
  const mistakes: string[] = [];
  if (!isObject(value)) {
    throw new DeclarationError([`it is ${kindOf(value)}, not an object`]);
  }
  unknownKeys(value, ["owner", "connectors", "undeclared", "remove", "forget"], "").forEach((one) =>
    mistakes.push(one),
  );
  if (typeof value.owner !== "string" || value.owner.trim() === "") {
    mistakes.push(`owner: ${kindOf(value.owner)}; write whose connectors these are, e.g. "pipeline-dev"`);
  }
  if (value.undeclared !== "delete" && value.undeclared !== "keep") {
    mistakes.push(`undeclared: ${kindOf(value.undeclared)}; write "delete" or "keep"`);
  }
  if (typeof value.forget !== "boolean") {
    mistakes.push(`forget: ${kindOf(value.forget)}; write true or false`);
  }
  const connectors = isObject(value.connectors) ? value.connectors : {};
  if (!isObject(value.connectors)) {
    mistakes.push(`connectors: ${kindOf(value.connectors)}; write an object, connector by name`);
  }
  for (const [name, connector] of Object.entries(connectors)) {
    mistakes.push(...mistakesOf(name, connector));
  }
  mistakes.push(...removeMistakes(value.remove, connectors));
  if (mistakes.length > 0) {
    throw new DeclarationError(mistakes);
  }
  return value as unknown as Declaration;
}

function mistakesOf(name: string, connector: unknown): string[] {
  const at = `connectors.${name}`;
  if (!isObject(connector)) {
    return [`${at}: ${kindOf(connector)}; write an object with config`];
  }
  const mistakes = unknownKeys(connector, ["config", "state"], `${at}.`);
  if (!isConnectorName(name)) {
    mistakes.push(`${at}: a connector's name is not empty and has no control characters and no spaces around it`);
  }
  if (connector.state !== undefined && !states.includes(connector.state as WantedState)) {
    mistakes.push(`${at}.state: ${kindOf(connector.state)}; write "running", "paused" or "stopped"`);
  }
  if (!isObject(connector.config)) {
    return [...mistakes, `${at}.config: ${kindOf(connector.config)}; write an object`];
  }
  const { config } = connector;
  for (const [key, value] of Object.entries(config)) {
    if (typeof value !== "string") {
      // The value is not shown: it may be a secret.
      mistakes.push(`${at}.config.${key}: ${kindOf(value, false)}; Connect takes strings only`);
    }
  }
  if (typeof config["connector.class"] !== "string" || config["connector.class"] === "") {
    mistakes.push(`${at}.config: connector.class is missing`);
  }
  if (typeof config.name === "string" && config.name !== name) {
    mistakes.push(`${at}.config.name: it is "${config.name}"; leave it out, the connector is called ${name}`);
  }
  if (config[ownerKey] !== undefined) {
    mistakes.push(`${at}.config.${ownerKey}: reconcile writes it itself; leave it out`);
  }
  return mistakes;
}

function removeMistakes(remove: unknown, connectors: object): string[] {
  if (remove === undefined) {
    return [];
  }
  if (!Array.isArray(remove)) {
    return [`remove: ${kindOf(remove)}; write a list of connector names`];
  }
  return remove.flatMap((name: unknown, index) => {
    if (typeof name !== "string" || !isConnectorName(name)) {
      return [`remove[${index}]: ${kindOf(name)}; write a connector's name`];
    }
    return Object.hasOwn(connectors, name) ? [`remove[${index}]: ${name} is declared too; it can't be both`] : [];
  });
}

/** What Connect takes for a name: it cuts spaces off, so that one with spaces around it would never be found again. */
function isConnectorName(name: string): boolean {
  return name !== "" && name.trim() === name && !/\p{Cc}/u.test(name);
}

function unknownKeys(value: object, known: readonly string[], at: string): string[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => `${at}${key}: there is no such key; there are ${known.join(", ")}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value in a message: `missing`, `"paws"`, `a number`. */
function kindOf(value: unknown, isShown = true): string {
  if (value === undefined) {
    return "missing";
  }
  if (value === null) {
    return "null";
  }
  if (typeof value === "string" && isShown) {
    return value === "" ? "an empty string" : JSON.stringify(value);
  }
  return Array.isArray(value) ? "a list" : `${typeof value === "object" ? "an" : "a"} ${typeof value}`;
}
