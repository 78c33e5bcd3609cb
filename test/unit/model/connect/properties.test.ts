import { spawnSync } from "node:child_process";
import * as path from "node:path";
import * as fc from "fast-check";
import { fileReference, plainLogin, propertiesText, propertyLine } from "../../../../model/connect/properties.ts";

type Entries = Record<string, string>;

/** What Java's own parser reads from these files; one JVM for all. */
function readByJava(files: readonly string[]): Entries[] {
  const program = path.join(import.meta.dirname, "..", "..", "..", "java", "ReadProperties.java");
  const input = files.map((file) => `${Buffer.from(file, "utf8").toString("base64")}\n`).join("");
  const java = spawnSync("java", ["-XX:TieredStopAtLevel=1", program], { input, encoding: "utf8", maxBuffer: 2 ** 28 });
  if (java.status !== 0) {
    throw new Error(`The tests need Java 17 or newer: ${java.error?.message ?? java.stderr}`);
  }
  const decoded = (text = "") => Buffer.from(text, "base64url").toString("utf16le");
  return java.stdout
    .split("\n")
    .slice(0, -1)
    .map((line) =>
      line === "differ"
        ? { differ: "bytes and text read apart" }
        : Object.fromEntries(line.split(" ").map((entry) => entry.split("=").map(decoded) as [string, string])),
    );
}

/** Everything that the format gives a meaning, and characters of one, two, three and four bytes, and half characters. */
const meaningful = fc.constantFrom(
  ...Array.from(" \t\n\f\r\\:=#!\"';$%{}'\0\x1b\x7fäß€中😀a1"),
  "\\u0041",
  "${file:/x:y}",
  "\ud83d",
);
const anyText = fc.oneof(
  fc.array(meaningful, { maxLength: 12 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary" }),
  fc.string(),
);
const anyEntries = fc.dictionary(anyText, anyText, { minKeys: 1, maxKeys: 4, noNullPrototype: true });

it("Java reads back whatever was written, as bytes and as text", () => {
  const cases: Entries[] = [
    { password: " leading, and trailing " },
    { "a key: with = signs # and !": "#!=: kept" },
    { windows: "C:\\temp\\new" },
    { lines: "first\r\nsecond" },
    { emoji: "😀", half: "\ud83d" },
    { empty: "" },
    { " ": " " },
    { "${a}": "${file:/run/connect/secrets.properties:kafka.jaas}" },
    ...fc.sample(anyEntries, { numRuns: 800, seed: 20_261 }),
  ];
  const read = readByJava(cases.map((entries) => propertiesText(entries)));
  expect(read).toHaveLength(cases.length);
  cases.forEach((entries, index) => expect(read[index]).toEqual(entries));
});

it("is readable where nothing needs an escape", () => {
  expect(propertyLine("group.id", "connect-workers")).toBe("group.id=connect-workers");
  expect(propertyLine("sasl.jaas.config", '${file:/run/s.properties:kafka.jaas} required username="x";')).toBe(
    'sasl.jaas.config=${file:/run/s.properties:kafka.jaas} required username="x";',
  );
});

it("is one line of ASCII, whatever it holds", () => {
  fc.assert(fc.property(anyText, anyText, (key, value) => /^[ -~]+$/.test(propertyLine(key, value))));
});

it("writes the login of Confluent's keys as it is", () => {
  expect(plainLogin("ABCDEFGHIJ234567", "k9+/Zx=:q")).toBe(
    "org.apache.kafka.common.security.plain.PlainLoginModule required " +
      'username="ABCDEFGHIJ234567" password="k9+/Zx=:q";',
  );
});

it("writes what would end the string or the line, or be taken for a reference, as octal escapes", () => {
  expect(plainLogin("user", 'a"b\\c;d\ne\r${file:/x:y}')).toBe(
    "org.apache.kafka.common.security.plain.PlainLoginModule required " +
      'username="user" password="a\\042b\\134c;d\\012e\\015\\044{file:/x:y}";',
  );
});

it.each([
  ["user", "", "The password of a Kafka login is empty."],
  ["", "x", "The user name of a Kafka login is empty."],
  ["user", "a\0b", "The password of a Kafka login holds a NUL character, which SASL PLAIN uses as a separator."],
  ["user", "a\ud83d", "The password of a Kafka login holds half of a surrogate pair, which UTF-8 cannot carry."],
])("refuses a login that SASL PLAIN cannot carry: %j %j", (username, password, message) => {
  expect(() => plainLogin(username, password)).toThrow(new Error(message));
});

it("refers to a key of a file, and refuses what would cut the reference short", () => {
  expect(fileReference("/run/connect/secrets.properties", "mssql.password")).toBe(
    "${file:/run/connect/secrets.properties:mssql.password}",
  );
  expect(() => fileReference("/run/connect/secrets.properties", "a:b")).toThrow("it holds : or }");
  expect(() => fileReference("C:/secrets.properties", "key")).toThrow("it holds : or }");
});
