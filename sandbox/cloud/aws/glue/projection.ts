import type { Properties } from "../../inventory.ts";

type Parameters = Readonly<Record<string, string>>;

const prefix = "projection.";

/**
 * What is wrong with how a table projects its partitions. Athena says so when somebody asks, or finds no rows and says
 * nothing; the sandbox refuses the table.
 */
export function projectionMistakes(
  parameters: Parameters,
  keys: readonly { readonly name: string; readonly type: string }[],
  location: string,
): string[] {
  const columns = [...new Set(Object.keys(parameters).flatMap((key) => /^projection\.(.+?)\./.exec(key)?.[1] ?? []))];
  const strangers = columns.filter((column) => !keys.some(({ name }) => name === column));
  return [
    ...strangers.map((column) => `${prefix}${column}: the table has no partition column ${column}`),
    ...keys.flatMap(({ name, type }) => columnMistakes(parameters, name, type)),
    ...templateMistakes(
      parameters["storage.location.template"],
      keys.map(({ name }) => name),
      location,
    ),
  ];
}

const dateColumns = ["string", "varchar", "char", "date", "timestamp"];
const integerColumns = ["string", "varchar", "char", "int", "bigint", "smallint", "tinyint"];

function columnMistakes(parameters: Parameters, column: string, type: string): string[] {
  const of = (part: string) => parameters[`${prefix}${column}.${part}`];
  const kind = of("type")?.toLowerCase();
  const base = type.replace(/\(.*/, "");
  const has = (columns: readonly string[]) =>
    columns.includes(base) ? [] : [`${prefix}${column}.type ${String(kind)} is not for a column of type ${type}`];
  switch (kind) {
    case undefined:
      return [`${prefix}${column}.type is missing: every partition column of the table needs one`];
    case "enum":
      return (of("values") ?? "") === "" ? [`${prefix}${column}.values is missing`] : [];
    case "injected":
      return has(["string", "varchar", "char"]);
    case "integer":
      return [...has(integerColumns), ...integerMistakes(column, of)];
    case "date":
      return [...has(dateColumns), ...dateMistakes(column, of)];
    default:
      return [`${prefix}${column}.type: ${kind} is none of enum, integer, date, injected`];
  }
}

type PartOf = (part: string) => string | undefined;

function integerMistakes(column: string, of: PartOf): string[] {
  const [, from, to] = /^\s*(-?\d+)\s*,\s*(-?\d+)\s*$/.exec(of("range") ?? "") ?? [];
  const positive = (part: string) => of(part) !== undefined && !/^[1-9]\d*$/.test(of(part) ?? "");
  return [
    ...(from === undefined || to === undefined
      ? [`${prefix}${column}.range: "${of("range") ?? ""}" is not two whole numbers with a comma between`]
      : Number(from) > Number(to)
        ? [`${prefix}${column}.range: it ends before it begins`]
        : []),
    ...["digits", "interval"]
      .filter(positive)
      .map((part) => `${prefix}${column}.${part}: "${of(part) ?? ""}" is not a positive whole number`),
  ];
}

const units = ["YEARS", "MONTHS", "WEEKS", "DAYS", "HOURS", "MINUTES", "SECONDS", "MILLIS"];
const relative = new RegExp(`^NOW(\\s*[+-]\\s*\\d+\\s*(${units.map((unit) => `${unit.slice(0, -1)}S?`).join("|")}))?$`);

function dateMistakes(column: string, of: PartOf): string[] {
  const format = of("format");
  if (format === undefined) {
    return [`${prefix}${column}.format is missing`];
  }
  const shape = shapeOf(format);
  if (shape === undefined) {
    return [
      `${prefix}${column}.format: "${format}" cannot be read back as a date: write yyyy for the year, MM for the month, dd for ` +
        "the day, HH for the hour, and each only with what is greater",
    ];
  }
  const bounds = (of("range") ?? "").split(",").map((bound) => bound.trim());
  const wrong = bounds.filter((bound) => !relative.test(bound) && !shape.pattern.test(bound));
  const [from = "", to = ""] = bounds.map((bound) => (shape.pattern.test(bound) ? bound : ""));
  const unit = of("interval.unit");
  return [
    ...(bounds.length === 2
      ? []
      : [`${prefix}${column}.range: "${of("range") ?? ""}" is not two bounds with a comma between`]),
    ...wrong.map((bound) => `${prefix}${column}.range: "${bound}" is neither NOW nor in the format ${format}`),
    ...(from !== "" && to !== "" && from > to ? [`${prefix}${column}.range: it ends before it begins`] : []),
    ...(of("interval") === undefined || /^[1-9]\d*$/.test(of("interval") ?? "")
      ? []
      : [`${prefix}${column}.interval: "${of("interval") ?? ""}" is not a positive whole number`]),
    ...(unit === undefined || units.includes(unit.toUpperCase())
      ? []
      : [`${prefix}${column}.interval.unit: ${unit} is none of ${units.join(", ")}`]),
    ...(unit === undefined && shape.isFinerThanDays
      ? [`${prefix}${column}.interval.unit is missing: the format is finer than days`]
      : []),
  ];
}

/** Fields of a date from the greatest to the smallest, as Java writes and reads them. */
const fields = ["yyyy", "MM", "dd", "HH", "mm", "ss"];

/**
 * What texts in a format look like; `undefined` for a format that no text can be read with. `YYYY` is the year of a week,
 * `DD` the day of a year, `mm` the minute: Java writes them without a word.
 */
function shapeOf(format: string): { pattern: RegExp; isFinerThanDays: boolean } | undefined {
  const parts = format.match(/'[^']*'|([A-Za-z])\1*|[^A-Za-z']+/g) ?? [];
  const used = parts.filter((part) => /^[A-Za-z]/.test(part));
  const isWhole = fields.slice(0, used.length).every((field) => used.includes(field));
  if (used.length === 0 || !isWhole) {
    return undefined;
  }
  const written = parts.map((part) => {
    const literal = part.startsWith("'") ? part.slice(1, -1) : part;
    return used.includes(part) ? `\\d{${String(part.length)}}` : literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  });
  return { pattern: new RegExp(`^${written.join("")}$`), isFinerThanDays: used.length > 3 };
}

function templateMistakes(template: string | undefined, columns: readonly string[], location: string): string[] {
  if (template === undefined) {
    return [];
  }
  const named = [...template.matchAll(/\$\{([^}]*)\}/g)].map(([, name = ""]) => name);
  return [
    ...columns
      .filter((column) => !named.includes(column))
      .map((column) => `storage.location.template lacks \${${column}}`),
    ...named
      .filter((name) => !columns.includes(name))
      .map((name) => `storage.location.template: the table has no partition column ${name}`),
    ...(template.startsWith(location)
      ? []
      : [`storage.location.template is not below the table's location ${location}`]),
    ...(template.endsWith("/") ? [] : ["storage.location.template does not end with /"]),
  ];
}

/** The parameters of a table; all are texts. */
export function parametersOf({ parameters }: Properties): Parameters {
  return (parameters ?? {}) as Parameters;
}
