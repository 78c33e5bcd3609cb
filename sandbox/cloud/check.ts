import type { Field, SdkSchema, Shape } from "./schema.ts";
import type { Properties } from "./inventory.ts";
import type { Refuse, SimulatedResource } from "./simulated.ts";

/** What the engine puts where a value is not known yet. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Inputs as the provider would keep them: defaults filled in, `"3"` read as 3. Every mistake goes to `refuse`. */
export function checkedInputs(
  schema: SdkSchema,
  type: string,
  name: string,
  resource: SimulatedResource,
  given: Properties,
  refuse: Refuse,
): Properties {
  const fields = schema.inputs(type);
  const inputs: Properties = { ...resource.defaults };
  for (const [property, value] of Object.entries(given).filter(([key]) => !key.startsWith("__"))) {
    const field = fields.get(property);
    if (field === undefined) {
      refuse(property, "Invalid or unknown key");
    } else if (value !== null && value !== undefined) {
      inputs[property] = coerced(schema, field.shape, value, property, refuse);
    }
  }
  if (resource.autoNamed === true && inputs.displayName === undefined) {
    inputs.displayName = `${name}-${suffixOf(name)}`;
  }
  refuseMissing(fields, inputs, "", refuse);
  resource.check?.(inputs, refuse);
  return inputs;
}

function refuseMissing(fields: ReadonlyMap<string, Field>, values: Properties, prefix: string, refuse: Refuse): void {
  for (const [property, { required }] of fields) {
    if (required && values[property] === undefined) {
      refuse(
        prefix + property,
        `Missing required argument: The argument "${snakeCase(property)}" is required, but no definition was found`,
      );
    }
  }
}

function coerced(schema: SdkSchema, shape: Shape, value: unknown, at: string, refuse: Refuse): unknown {
  if (value === unknown || shape.kind === "any") {
    return value;
  }
  const mismatch = (wanted: string): unknown => {
    refuse(at, `expected ${wanted} type, got ${typeOf(value)} type`);
    return value;
  };
  switch (shape.kind) {
    case "string":
      return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
        ? String(value)
        : mismatch("string");
    case "number": {
      const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
      return typeof number === "number" && !Number.isNaN(number) ? Math.trunc(number) : mismatch("number");
    }
    case "boolean":
      return typeof value === "boolean"
        ? value
        : value === "true"
          ? true
          : value === "false"
            ? false
            : mismatch("boolean");
    case "list":
      return Array.isArray(value)
        ? value.map((item, index) => coerced(schema, shape.of, item, `${at}[${String(index)}]`, refuse))
        : mismatch("array");
    case "map":
      return isObject(value)
        ? mapValues(value, (item, key) => coerced(schema, shape.of, item, `${at}.${key}`, refuse))
        : mismatch("object");
    case "object":
      return isObject(value) ? coercedBlock(schema, shape.name, value, at, refuse) : mismatch("object");
  }
}

/** Like the real provider, lets unknown members of a block through: the service never sees them. */
function coercedBlock(schema: SdkSchema, name: string, value: Properties, at: string, refuse: Refuse): Properties {
  const members = schema.members(name);
  const block = mapValues(value, (item, key) => {
    const field = members.get(key);
    return field === undefined ? item : coerced(schema, field.shape, item, `${at}.${key}`, refuse);
  });
  refuseMissing(members, block, `${at}.`, refuse);
  return block;
}

/** Paths of the leaves that differ, with what happened to each. */
export function differences(before: unknown, after: unknown, at = ""): Map<string, "add" | "delete" | "update"> {
  if (same(before, after)) {
    return new Map();
  }
  if (before === undefined || after === undefined) {
    return new Map([[at, before === undefined ? "add" : "delete"]]);
  }
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return new Map(keys.flatMap((key) => [...differences(before[key], after[key], at === "" ? key : `${at}.${key}`)]));
  }
  return new Map([[at, "update"]]);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.keys(value)
          .sort()
          .map((key) => [key, sorted(value[key])]),
      )
    : value;
}

export function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function mapValues(object: Properties, change: (value: unknown, key: string) => unknown): Properties {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? "array" : typeof value;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Seven characters, always the same for a name: a sandbox run can be compared with the one before. */
function suffixOf(name: string): string {
  let hash = 0x811c9dc5;
  for (const character of name) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, "0").slice(0, 7);
}
