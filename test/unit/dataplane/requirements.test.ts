import { readFileSync } from "node:fs";

const requirements = readFileSync("dataplane/engines/snowflake/requirements.txt", "utf8")
  .replaceAll("\\\n", " ")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));

it("every package of the stand-in for Snowflake is pinned, with the hashes of its files", () => {
  expect(requirements.length).toBeGreaterThan(3);
  for (const requirement of requirements) {
    expect(requirement).toMatch(/^[\w-]+==[\w.]+ ( *;[^;]*)? *(--hash=sha256:[0-9a-f]{64} *)+$/);
  }
});

it.each(["fakesnow==0.12.1", "snowflake-connector-python==4.8.1", "sqlfluff==4.5.0"])("%s is one of them", (pinned) => {
  expect(requirements.filter((requirement) => requirement.startsWith(`${pinned} `))).toHaveLength(1);
});
