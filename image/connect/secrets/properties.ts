/** What `java.util.Properties` reads in a text: key to value, escapes resolved, of a key that comes twice the last value. */
export function propertiesOf(text: string): Map<string, string> {
  return new Map(logicalLines(text).map(entryOf));
}

/** Lines without comments and blank ones, and with those joined that a backslash at the end continues. */
function logicalLines(text: string): string[] {
  const lines: string[] = [];
  let begun: string | undefined;
  for (const natural of text.split(/\r\n|[\r\n]/)) {
    const line = natural.replace(/^[ \t\f]+/, "");
    if (begun === undefined && /^([#!]|$)/.test(line)) {
      continue;
    }
    const isContinued = /(?<!\\)(\\\\)*\\$/.test(line);
    const whole = (begun ?? "") + (isContinued ? line.slice(0, -1) : line);
    begun = isContinued ? whole : undefined;
    if (!isContinued) {
      lines.push(whole);
    }
  }
  return begun === undefined ? lines : [...lines, begun];
}

/** A key ends at its first blank, = or : that is not escaped. */
function entryOf(line: string): [string, string] {
  const [, key = "", value = ""] = /^((?:\\.|[^\\ \t\f=:])*)[ \t\f]*[=:]?[ \t\f]*(.*)$/s.exec(line) ?? [];
  return [unescaped(key), unescaped(value)];
}

const shortEscapes: Readonly<Record<string, string>> = { t: "\t", n: "\n", f: "\f", r: "\r" };

function unescaped(text: string): string {
  return text.replace(/\\(?:u([\da-f]{4})|(.?))/gis, (_escape, unit: string | undefined, letter = "") =>
    unit === undefined ? (shortEscapes[letter as string] ?? String(letter)) : String.fromCharCode(parseInt(unit, 16)),
  );
}
