import { createHash } from "node:crypto";
import type { Properties } from "./inventory.ts";
import { isKnown } from "./known.ts";
import type { Field, SdkSchema, Shape } from "./schema.ts";
import type { Refuse, SimulatedResource } from "./simulated.ts";

/**
 * Inputs as the provider would keep them: defaults filled in, `"3"` read as 3. Every mistake goes to `refuse`.
 * `generated`: the name for a resource whose name is left out.
 */
export function checkedInputs(
  schema: SdkSchema,
  type: string,
  generated: string,
  resource: SimulatedResource,
  given: Properties,
  refuse: Refuse,
): Properties {
  const fields = schema.inputs(type);
  const isNamed = resource.autoNamed === undefined || `${resource.autoNamed}Prefix` in present(given);
  const naming = isNamed ? {} : { [resource.autoNamed]: generated };
  const inputs = new Reader(schema, refuse).block(fields, { ...resource.defaults, ...naming, ...present(given) }, "");
  Object.keys(inputs)
    .filter((property) => !fields.has(property))
    .forEach((property) => refuse(property, "Invalid or unknown key"));
  for (const [path, rule] of Object.entries(resource.rules ?? {})) {
    const [root = ""] = path.split(".");
    const message = isKnown(inputs[root]) ? rule(valueAt(inputs, path), terraformKey(path)) : undefined;
    if (message !== undefined) {
      refuse(path, message);
    }
  }
  resource.check?.(inputs, refuse);
  return inputs;
}

/**
 * The name of a resource whose name is left out; always the same, so that a run can be compared with the one before.
 * `turn`: 0, or how many such names are taken, for what is made before the one that it replaces has gone.
 */
export function generatedName(name: string, turn = 0): string {
  const seed = turn === 0 ? name : `${name} ${String(turn)}`;
  return `${name}-${createHash("sha256").update(seed).digest("hex").slice(0, 7)}`;
}

/** Whether a name could have been generated for a resource. */
export function isGenerated(value: unknown, name: string): boolean {
  return (
    typeof value === "string" && value.startsWith(`${name}-`) && /^[0-9a-f]{7}$/.test(value.slice(name.length + 1))
  );
}

/** Reads values by their declared shapes, as the bridge and Terraform do, and refuses in their words. */
class Reader {
  readonly #schema: SdkSchema;
  readonly #refuse: Refuse;

  constructor(schema: SdkSchema, refuse: Refuse) {
    this.#schema = schema;
    this.#refuse = refuse;
  }

  /** Like the real provider, lets members through that it does not know: the service never sees them. */
  block(fields: ReadonlyMap<string, Field>, given: Properties, at: string): Properties {
    const values = mapValues(present(given), (value, key) => {
      const field = fields.get(key);
      return field === undefined ? value : this.#read(field.shape, value, pathTo(at, key));
    });
    for (const [key, { required }] of fields) {
      if (required && values[key] === undefined) {
        const path = pathTo(at, key);
        const argument = terraformKey(path);
        this.#refuse(
          path,
          `Missing required argument. The argument "${argument}" is required, but no definition was found.`,
        );
      }
    }
    return values;
  }

  /** Of a list, map or block with a part that is not known yet, the provider looks at nothing. */
  #read(shape: Shape, value: unknown, at: string): unknown {
    if (!isKnown(value)) {
      return value;
    }
    const refused = (message: string): unknown => {
      this.#refuse(at, message);
      return value;
    };
    switch (shape.kind) {
      case "any":
        return value;
      case "document":
        return typeof value === "string" ? value : JSON.stringify(value);
      case "list":
        return Array.isArray(value)
          ? value.map((item, index) => this.#read(shape.of, item, pathTo(at, index)))
          : refused("Attribute must be a list");
      case "map":
        return isObject(value)
          ? mapValues(present(value), (item, key) => this.#read(shape.of, item, pathTo(at, key)))
          : refused("Attribute must be a map");
      case "object":
        return isObject(value)
          ? this.block(this.#schema.members(shape.name), value, at)
          : refused(`Expected Object Type. Expected object, got ${Array.isArray(value) ? "slice" : typeof value}`);
      default:
        return typeof value === "object"
          ? refused(`Attribute must be a single value, not a ${Array.isArray(value) ? "list" : "map"}`)
          : readScalar(shape.kind, value, refused);
    }
  }
}

function readScalar(
  kind: "string" | "number" | "boolean",
  value: unknown,
  refused: (message: string) => unknown,
): unknown {
  switch (kind) {
    case "string":
      return String(value);
    case "number":
      if (typeof value === "number") {
        return Math.trunc(value);
      }
      if (typeof value !== "string") {
        return refused(`Attribute must be a whole number, got ${String(value)}`);
      }
      return /^[+-]?\d+$/.test(value) ? Number(value) : refused(`strconv.ParseInt: parsing "${value}": invalid syntax`);
    case "boolean":
      if (typeof value !== "string") {
        return Boolean(value);
      }
      return ["true", "false"].includes(value)
        ? value === "true"
        : refused(`strconv.ParseBool: parsing "${value}": invalid syntax`);
  }
}

/** `config["retention.ms"]`, `zones[0]`, `dedicated.cku`: a path in Pulumi's form. */
export function pathTo(at: string, key: string | number): string {
  if (typeof key === "number") {
    return `${at}[${String(key)}]`;
  }
  return at === "" ? key : /^\w+$/.test(key) ? `${at}.${key}` : `${at}[${JSON.stringify(key)}]`;
}

/** Terraform's name for a path: it keeps single blocks as lists of one, so `dedicated.cku` is `dedicated.0.cku`. */
function terraformKey(path: string): string {
  return path
    .replace(/(?:\[(\d+)\])?\./g, (_, index: string | undefined) => `.${index ?? "0"}.`)
    .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function valueAt(properties: Properties, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), properties);
}

/** Without nulls, and without what the engine adds for itself. */
function present(values: Properties): Properties {
  return Object.fromEntries(
    Object.entries(values).filter(([key, value]) => value !== null && value !== undefined && !key.startsWith("__")),
  );
}

function mapValues(object: Properties, change: (value: unknown, key: string) => unknown): Properties {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}
