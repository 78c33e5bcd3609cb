import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { compare, mavenFailure, readChecksums } from "../../../dataplane/engines/artifacts.ts";

const digest = (letter: string) => letter.repeat(64);

test("files that are what they were make no difference", () => {
  expect(compare(new Map([["libs/a.jar", digest("a")]]), new Map([["libs/a.jar", digest("a")]]))).toEqual([]);
});

test("a file that differs, one that is missing and one that nobody put down are named", () => {
  const expected = new Map([
    ["libs/a.jar", digest("a")],
    ["libs/gone.jar", digest("b")],
  ]);
  const found = new Map([
    ["libs/a.jar", digest("c")],
    ["libs/new.jar", digest("d")],
  ]);

  expect(compare(expected, found)).toEqual([
    `  libs/a.jar: SHA-256 is ${digest("c")}, expected ${digest("a")}`,
    "  libs/gone.jar: in the checksums file, but not downloaded",
    "  libs/new.jar: not in the checksums file",
  ]);
});

test("the checksums file is that of sha256sum; a missing one is empty, so that everything is a difference", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "checksums-"));
  const file = path.join(folder, "checksums.sha256");
  writeFileSync(file, `${digest("a")}  libs/a b.jar\n${digest("b")}  libs/c.jar\n`);

  expect([...readChecksums(file)]).toEqual([
    ["libs/a b.jar", digest("a")],
    ["libs/c.jar", digest("b")],
  ]);
  expect([...readChecksums(path.join(folder, "none"))]).toEqual([]);
  rmSync(folder, { recursive: true });
});

describe("when Maven fails", () => {
  const failed = "\x1b[0m[ERROR] Failed to execute goal a.plugin:3.8.1:copy (plugins) on project connect-image: ";
  const advice =
    " -> [Help 1]\n[ERROR] \n[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.\n[ERROR] more";

  test.each([
    [
      "Unable to find/resolve artifact. Could not find artifact io.debezium:debezium-connector-sqlserver:tar.gz:plugin:9.Final in central (https://repo.example.com/maven2)",
      ["io.debezium:debezium-connector-sqlserver:tar.gz:plugin:9.Final"],
    ],
    [
      "Unable to find/resolve artifact. io.debezium:debezium-connector-mysql:tar.gz:plugin:9.Final was not found in https://repo.example.com/maven2 during a previous attempt. This failure was cached in the local repository",
      ["io.debezium:debezium-connector-mysql:tar.gz:plugin:9.Final"],
    ],
    [
      "Could not resolve dependencies for project pipeline:connect-image:pom:1: The following artifacts could not be resolved: org.apache.kafka:connect-runtime:jar:9, org.apache.kafka:connect-json:jar:9: Could not find artifact org.apache.kafka:connect-runtime:jar:9 in central (https://repo.example.com/maven2)",
      ["org.apache.kafka:connect-runtime:jar:9", "org.apache.kafka:connect-json:jar:9"],
    ],
    [
      "The following artifacts could not be resolved: org.apache.kafka:connect-json:jar:9 (absent): org.apache.kafka:connect-json:jar:9 was not found in https://repo.example.com/maven2 during a previous attempt.",
      ["org.apache.kafka:connect-json:jar:9"],
    ],
  ])("an artifact that nobody published is named, and the file that names it", (said, artifacts) => {
    expect(mavenFailure("image/connect/pom.xml", failed + said + advice).split("\n")).toEqual([
      "There is no such version:",
      ...artifacts.map((artifact) => `  ${artifact}`),
      "Change it in image/connect/pom.xml.",
    ]);
  });

  test("anything else is told in Maven's own words, without its advice", () => {
    const said =
      "Could not transfer artifact a:b:pom:1 from/to central (https://repo.example.com/maven2): Connection refused";
    expect(mavenFailure("image/connect/pom.xml", failed + said + advice)).toBe(
      "Maven could not get what image/connect/pom.xml names:\n" +
        `  Failed to execute goal a.plugin:3.8.1:copy (plugins) on project connect-image: ${said}`,
    );
  });
});
