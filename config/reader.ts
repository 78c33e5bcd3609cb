import type { Graph } from "../model/graph.ts";
import { either, nearest } from "../model/words.ts";
import type { ConfigKey } from "../model/configKey.ts";
import type { TargetReader } from "../model/targets/targetKind.ts";
import { declaredKeys } from "./keys.ts";

/** A stack's configuration as the engine hands it over. */
export interface RawConfig {
  /** Name of the project: the namespace of its keys. */
  readonly project: string;
  /** Full key to text; JSON for lists and groups. */
  readonly values: Readonly<Record<string, string>>;
  /** Full keys of the values that were given encrypted, in whole or in part. */
  readonly secretKeys: ReadonlySet<string>;
}

/**
 * Set by the sandbox: the list of those secret keys whose values it could not read and has put a stand-in for. A stand-in
 * is legal by itself, and fits no other key.
 */
export const standInsKey = "sandbox:standIns";

/** Reads keys one by one and collects the first thing wrong with each; a wrong value reads as its default meanwhile. */
export class Reader implements TargetReader {
  readonly mistakes: string[] = [];
  readonly #wrong = new Set<string>();
  readonly #keys: Readonly<Record<string, ConfigKey>>;
  readonly #isSecret: (key: string) => boolean;
  readonly #standIns: readonly unknown[];
  readonly #values: Map<string, unknown>;

  constructor(input: RawConfig, declared: Pick<Graph, "sources" | "targets">) {
    this.#keys = declaredKeys(declared);
    this.#isSecret = (key) => this.#keys[key]?.secret === true || input.secretKeys.has(`${input.project}:${key}`);
    const standIns = parsedJson(input.values[standInsKey] ?? "[]");
    this.#standIns = Array.isArray(standIns) ? standIns : [];
    this.#values = this.#flatten(input);
    this.#checkSecrets(input);
  }

  mistake(key: string, what: string): void {
    if (this.isSound([key])) {
      this.mistakes.push(`${key}: ${what}`);
      this.#wrong.add(key);
    }
  }

  /** One of several mistakes in a key that holds settings by their own names. */
  mistakeIn(key: string, what: string): void {
    this.mistakes.push(`${key}: ${what}`);
    this.#wrong.add(key);
  }

  /** Whether the key's group was given encrypted, in whole or in part. */
  isEncrypted(key: string): boolean {
    return this.#isSecret(groupOf(key));
  }

  /** Whether the value is the sandbox's, in place of a secret that it cannot read. */
  isStandIn(key: string): boolean {
    return this.#standIns.includes(key);
  }

  isSound(keys: readonly string[]): boolean {
    return !keys.some((key) => this.#wrong.has(key) || this.#wrong.has(groupOf(key)));
  }

  raw(key: string): unknown {
    const value = this.#values.get(key);
    return value === "" || value === null ? undefined : value;
  }

  string(key: string, isNeeded = true): string {
    const spec = this.#spec(key);
    const value = this.raw(key);
    if (typeof value === "string") {
      return value;
    }
    if (Number.isSafeInteger(value)) {
      return String(value); // an all-digit name, which YAML takes for a number
    }
    if (value !== undefined) {
      this.#wrongType(key, value, "text");
    } else if (spec.required === true && isNeeded) {
      this.mistake(key, `it is missing. Set it: ${this.#howToSet(key)}`);
    }
    return textOf(spec.default);
  }

  oneOf<T extends string>(key: string, legal: readonly T[]): T {
    const fallback = this.#spec(key).default as T;
    const value = this.raw(key) ?? fallback;
    const found = legal.find((candidate) => candidate === value);
    if (found === undefined) {
      this.#notOneOf(key, value, legal);
    }
    return found ?? fallback;
  }

  integer(key: string): number {
    const { default: fallback, legal } = this.#spec(key);
    const value = this.raw(key) ?? fallback;
    const number = typeof value === "string" && /^-?\d{1,15}$/.test(value.trim()) ? Number(value) : value;
    if (typeof number === "number" && Number.isSafeInteger(number) && legal?.includes(number) !== false) {
      return number;
    }
    if (legal === undefined) {
      this.#wrongType(key, value, "a whole number");
    } else {
      this.#notOneOf(key, number, legal.map(String));
    }
    return Number(fallback);
  }

  boolean(key: string): boolean {
    const value = this.raw(key) ?? this.#spec(key).default;
    if (value !== true && value !== false && value !== "true" && value !== "false") {
      this.#wrongType(key, value, "true or false");
    }
    return value === true || value === "true";
  }

  list(key: string): string[] {
    const value = this.raw(key) ?? [];
    const list: unknown = (typeof value === "string" ? parsedJson(value) : undefined) ?? value;
    if (!Array.isArray(list)) {
      this.mistake(
        key,
        `${this.#shown(key, list)} is not a list of names. Start one: pulumi config set --path '${key}[0]' …`,
      );
      return [];
    }
    const names = list.filter((item) => typeof item === "string");
    for (const item of list.filter((item) => typeof item !== "string")) {
      this.#wrongType(key, item, "a name");
    }
    return names;
  }

  object(key: string): Record<string, unknown> {
    const value = this.raw(key) ?? {};
    const given = typeof value === "string" ? parsedJson(value) : value;
    if (typeof given !== "object" || given === null || Array.isArray(given)) {
      this.mistake(key, `${this.#shown(key, value)} is not a group of settings. Write name: value lines below it.`);
      return {};
    }
    return given as Record<string, unknown>;
  }

  #spec(key: string): ConfigKey {
    const spec = this.#keys[key];
    if (spec === undefined) {
      throw new Error(`config key ${key} is read but not declared`);
    }
    return spec;
  }

  #howToSet(key: string): string {
    const { secret } = this.#spec(key);
    // A key in PEM begins with dashes, which the command would take for an option.
    return `pulumi config set --path ${secret === true ? "--secret " : ""}${key} ${key.endsWith("Key") ? "< FILE" : "…"}`;
  }

  #wrongType(key: string, value: unknown, wanted: string): void {
    const { type, required, default: fallback } = this.#spec(key);
    const example = textOf(fallback);
    const isText = type === "string" || type === "array";
    const advice =
      isText && typeof value !== "object"
        ? "Put it in quotes."
        : `Write ${wanted}${type === "boolean" || type === "array" || required === true || example === "" ? "" : `, e.g. ${example}`}.`;
    this.mistake(key, `${this.#shown(key, value)} is not ${wanted}. ${advice}`);
  }

  #notOneOf(key: string, value: unknown, legal: readonly string[]): void {
    const close = typeof value === "string" ? nearest(value, legal) : undefined;
    this.mistake(
      key,
      `${this.#shown(key, value)} is not one of ${either(legal)}. ` +
        (close === undefined
          ? `Write one of them; the default is ${textOf(this.#spec(key).default)}.`
          : `Write ${close}.`),
    );
  }

  /** A value as messages show it: never a secret, and of lists and groups, which may hold one, only what they are. */
  #shown(key: string, value: unknown): string {
    if (this.#isSecret(key)) {
      return "the value";
    }
    if (typeof value === "object" && value !== null) {
      return Array.isArray(value) ? "a list" : "a group of keys";
    }
    return JSON.stringify(value);
  }

  /** `kafka: {type: basic}` to `kafka.type`; unknown keys become mistakes on the way. */
  #flatten({ project, values }: RawConfig): Map<string, unknown> {
    const flat = new Map<string, unknown>();
    const known = Object.keys(this.#keys);
    const own = Object.entries(values).filter(([key]) => key.startsWith(`${project}:`));
    for (const [fullKey, value] of own) {
      const key = fullKey.slice(project.length + 1);
      const members = known.filter((candidate) => candidate !== key && groupOf(candidate) === key);
      if (members.length > 0) {
        const group = parsedJson(value);
        if (typeof group !== "object" || group === null || Array.isArray(group)) {
          this.mistake(key, `it is a group of keys, not a value. Set its keys: ${members.join(", ")}.`);
          continue;
        }
        for (const [member, memberValue] of Object.entries(group)) {
          this.#take(flat, `${key}.${member}`, memberValue);
        }
      } else if (known.includes(key) && key.includes(".")) {
        this.mistake(
          key,
          `it was set as one word with a dot in it. Write: pulumi config rm ${key}, then: ${this.#howToSet(key)}`,
        );
      } else {
        this.#take(flat, key, value);
      }
    }
    return flat;
  }

  #take(flat: Map<string, unknown>, key: string, value: unknown): void {
    if (Object.hasOwn(this.#keys, key)) {
      flat.set(key, value);
    } else {
      this.mistake(key, `there is no such key. Write ${this.#meant(key)}, or take it out.`);
    }
  }

  /** The nearest key: in the group, if that is known; else one that has the same name in some other group. */
  #meant(key: string): string {
    const known = Object.keys(this.#keys);
    const members = known.filter((candidate) => candidate.includes(".") && groupOf(candidate) === groupOf(key));
    const words = [...new Set(known.map(groupOf))];
    const close =
      members.length > 0
        ? members.find((candidate) => memberOf(candidate) === nearest(memberOf(key), members.map(memberOf)))
        : nearest(key, [...words, ...known]);
    const namesakes = known.filter((candidate) => memberOf(candidate) === memberOf(key));
    const choice = members.length > 0 ? members : words;
    return close ?? (namesakes.length > 0 ? either(namesakes) : `one of ${choice.join(", ")}`);
  }

  #checkSecrets({ project, values, secretKeys }: RawConfig): void {
    for (const [key, { secret }] of Object.entries(this.#keys)) {
      if (secret === true && this.raw(key) !== undefined && !secretKeys.has(`${project}:${groupOf(key)}`)) {
        this.mistake(key, `it stands in clear. Change ${secretTitle(key)}, then: ${this.#howToSet(key)}`);
      }
    }
    for (const key of Object.keys(values)) {
      if (/^snowflake:(privateKey|privateKeyPassphrase|password|token)$/.test(key) && !secretKeys.has(key)) {
        this.mistake(
          key,
          `it stands in clear. Make a new one, then: pulumi config set --secret ${key} ${key.endsWith("Key") ? "< FILE" : "…"}`,
        );
      }
      if (/^confluentcloud:\w*Secret$/.test(key) && !secretKeys.has(key)) {
        this.mistake(
          key,
          `it stands in clear. Make a new one in Confluent Cloud, then: pulumi config set --secret ${key} …`,
        );
      }
    }
  }
}

/** `kafka` of `kafka.type`; a key that is in no group is its own. */
function groupOf(key: string): string {
  return key.split(".")[0] ?? key;
}

/** `type` of `kafka.type`. */
function memberOf(key: string): string {
  return key.slice(key.indexOf(".") + 1);
}

/** What people call the value of a secret key. */
function secretTitle(key: string): string {
  return key.endsWith("Key") ? "the key" : key.endsWith("token") ? "the token" : "the password";
}

function textOf(value: ConfigKey["default"]): string {
  return typeof value === "object" ? "" : String(value);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
