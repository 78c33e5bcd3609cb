import { spawnSync } from "node:child_process";
import * as path from "node:path";
import * as fc from "fast-check";
import { assemble } from "../../image/connect/assemble.ts";
import { propertyLine } from "../../model/connect/properties.ts";
import { secretsProperties } from "../../model/connect/worker.ts";
import { java } from "../../dataplane/engines/java.ts";

interface Login {
  readonly key: string;
  readonly secret: string;
  readonly password: string;
}

/** What a worker's own Kafka reads from these secrets files, through its file provider and its JAAS parser; one JVM for all. */
async function readByKafka(files: readonly string[]): Promise<Login[]> {
  const libraries = path.join(await assemble(), "libs", "*");
  const program = path.join(import.meta.dirname, "..", "java", "ReadLogins.java");
  const { command, args } = java("256m", "-cp", libraries, program);
  const input = files.map((file) => `${Buffer.from(file).toString("base64")}\n`).join("");
  const run = spawnSync(command, args, { input, encoding: "utf8", maxBuffer: 2 ** 28 });
  if (run.status !== 0) {
    throw new Error(run.stderr);
  }
  const decoded = (text = "") => Buffer.from(text, "base64").toString("utf8");
  return run.stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.split(",").map(decoded))
    .map(([key = "", secret = "", password = ""]) => ({ key, secret, password }));
}

/** What Java, JAAS, a shell or a config provider gives a meaning, beside plain and foreign characters. */
const meaningful = fc.constantFrom(
  ...Array.from(" \t\n\f\r\\:=#!\"';,$%{}/*-_\u0001\u001b\u007f\u0085\u2028äß€中😀a17"),
  "\\u0041",
  "\\042",
  "//",
  "/*",
  "required",
  "${file:/etc/passwd:root}",
  "${env:PATH}",
);
const anyText = fc.oneof(
  fc.array(meaningful, { minLength: 1, maxLength: 12 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", minLength: 1 }).filter((text) => !text.includes("\0")),
);
const anyLogin: fc.Arbitrary<Login> = fc.record({ key: anyText, secret: anyText, password: anyText });

test("Kafka reads back whatever user, password and database password the secrets file was made of", async () => {
  const logins: Login[] = [
    { key: "user", secret: '"; evil required username="root', password: "${file:/etc/passwd:root}" },
    { key: "user", secret: "two\nlines\r\n", password: " blanks " },
    { key: "user", secret: "\\", password: "\\" },
    ...fc.sample(anyLogin, { numRuns: 600, seed: 20_262 }),
  ];
  const files = logins.map(
    ({ key, secret, password }) =>
      secretsProperties({ kafka: { key, secret }, registry: { key: "r", secret: "s" }, passwords: { db: password } }) +
      `${propertyLine("another", "${env:PATH}")}\n`,
  );

  const read = await readByKafka(files);

  expect(read).toHaveLength(logins.length);
  logins.forEach((login, index) => expect(read[index]).toEqual(login));
});
