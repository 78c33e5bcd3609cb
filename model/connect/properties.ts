/**
 * Java's properties format: what is written here reads back the same with `java.util.Properties`, whatever characters
 * keys and values hold, from a stream of bytes as well as from UTF-8 text (it is ASCII). In the order of `entries`.
 */
export function propertiesText(entries: Readonly<Record<string, string>>): string {
  return Object.entries(entries)
    .map(([key, value]) => `${propertyLine(key, value)}\n`)
    .join("");
}

/** One line of that format, without its end. */
export function propertyLine(key: string, value: string): string {
  // A key ends at its first separator; of a value, only blanks at its start are skipped.
  const keyText = escaped(key).replace(/[ :=#!]/g, "\\$&");
  return `${keyText}=${escaped(value).replace(/^ /, "\\ ")}`;
}

const shortEscapes: Readonly<Record<string, string>> = { "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r" };

function escaped(text: string): string {
  return text.replace(/\\/g, "\\\\").replace(/[^ -~]/g, (unit) => shortEscapes[unit] ?? unicodeEscape(unit));
}

/** Without the flag u, a regular expression sees UTF-16 units as Java does: a pair of surrogates is two escapes. */
function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/**
 * The login of a Kafka client by user and password (`sasl.jaas.config` with `sasl.mechanism=PLAIN`), for Kafka's own
 * parser. Throws when the mechanism cannot carry one of the two: it is empty, holds NUL, or half of a surrogate pair.
 * The message tells no more of a password than that.
 */
export function plainLogin(username: string, password: string): string {
  return (
    "org.apache.kafka.common.security.plain.PlainLoginModule required " +
    `username="${jaasEscaped("user name", username)}" password="${jaasEscaped("password", password)}";`
  );
}

/**
 * Kafka reads the line with a `StreamTokenizer`, whose strings end at a line's end and know octal escapes. `$` is
 * escaped too, so that no config provider takes a part of a password for a reference, wherever the line is written.
 */
function jaasEscaped(what: string, text: string): string {
  if (text === "") {
    throw new Error(`The ${what} of a Kafka login is empty.`);
  }
  if (text.includes("\0")) {
    throw new Error(`The ${what} of a Kafka login holds a NUL character, which SASL PLAIN uses as a separator.`);
  }
  if (!text.isWellFormed()) {
    throw new Error(`The ${what} of a Kafka login holds half of a surrogate pair, which UTF-8 cannot carry.`);
  }
  return text.replace(/["\\$\x01-\x1f\x7f]/g, (unit) => `\\${unit.charCodeAt(0).toString(8).padStart(3, "0")}`);
}

/**
 * A reference to a key of a properties file, which Kafka's provider `file` resolves in a worker or a connector. It
 * resolves once: what it finds may itself look like a reference. Throws when the path or the key would cut it short.
 */
export function fileReference(file: string, key: string): string {
  const strange = [file, key].find((part) => /[:}]/.test(part));
  if (strange !== undefined) {
    throw new Error(`"${strange}" cannot be referred to as \${file:PATH:KEY}: it holds : or }.`);
  }
  return `\${file:${file}:${key}}`;
}
