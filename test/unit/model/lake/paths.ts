/**
 * What the sink and Athena make of what they are told, read from their own documentation and not from how the model
 * writes it: letters that mean something else than was meant give another path here, too.
 */

const padded = (value: number, letters: string) => String(value).padStart(letters.length, "0");

/** ISO 8601: the year that has the Thursday of the day's week. */
function weekYear(time: Date): number {
  const thursday = new Date(time);
  thursday.setUTCDate(time.getUTCDate() + 4 - (time.getUTCDay() || 7));
  return thursday.getUTCFullYear();
}

type Letters = Readonly<Record<string, (time: Date) => number>>;

const common: Letters = {
  y: (time) => time.getUTCFullYear(),
  M: (time) => time.getUTCMonth() + 1,
  d: (time) => time.getUTCDate(),
  H: (time) => time.getUTCHours(),
  m: (time) => time.getUTCMinutes(),
};
/** Of Joda's `DateTimeFormat`: `Y` is the year of the era, `x` that of the week. */
const joda: Letters = { ...common, Y: (time) => time.getUTCFullYear(), x: weekYear };
/** Of Java's `DateTimeFormatter`: `u` is the year, `Y` that of the week. */
const java: Letters = { ...common, u: (time) => time.getUTCFullYear(), Y: weekYear };

function formatted(pattern: string, time: Date, letters: Letters): string {
  return pattern.replace(/'([^']*)'|([A-Za-z])\2*/g, (run: string, quoted: string | undefined, letter: string) => {
    if (quoted !== undefined) {
      return quoted;
    }
    const value = letters[letter];
    if (value === undefined) {
      throw new Error(`no letter ${letter}`);
    }
    return padded(value(time), run);
  });
}

/** Where the sink's partitioner by time writes a record. */
export function sinkPrefix(settings: Readonly<Record<string, string>>, topic: string, time: Date): string {
  expect(settings.timezone).toBe("UTC");
  return `${settings["topics.dir"] ?? ""}/${topic}/${formatted(settings["path.format"] ?? "", time, joda)}/`;
}

/** Where Athena looks for the rows that a predicate on both partition columns lets through. */
export function athenaPrefixes(
  parameters: Readonly<Record<string, string>>,
  { dt, hour }: { readonly dt: string; readonly hour: number },
): string[] {
  expect(parameters["projection.enabled"]).toBe("true");
  return datesOf(parameters, "dt")
    .filter((date) => date === dt)
    .flatMap((date) =>
      integersOf(parameters, "hour")
        .filter((text) => Number(text) === hour)
        .map((text) => (parameters["storage.location.template"] ?? "").replace("${dt}", date).replace("${hour}", text)),
    );
}

function datesOf(parameters: Readonly<Record<string, string>>, column: string): string[] {
  const of = (part: string) => parameters[`projection.${column}.${part}`] ?? "";
  expect([of("type"), of("interval"), of("interval.unit")]).toEqual(["date", "1", "DAYS"]);
  const [first = "", last = ""] = of("range").split(",");
  expect(last).toBe("NOW");
  const found: string[] = [];
  // A few days from the first on: enough for what is asked.
  for (let day = 0; day < 3; day += 1) {
    found.push(formatted(of("format"), new Date(Date.parse(first) + day * 86_400_000), java));
  }
  return found;
}

function integersOf(parameters: Readonly<Record<string, string>>, column: string): string[] {
  const of = (part: string) => parameters[`projection.${column}.${part}`] ?? "";
  expect(of("type")).toBe("integer");
  const [first = 0, last = 0] = of("range").split(",").map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    String(first + index).padStart(Number(of("digits") || 1), "0"),
  );
}
