import { readFileSync } from "node:fs";

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}

describe("the packages", () => {
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Record<
    string,
    Record<string, string> | undefined
  >;
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as Lock;

  it("are pinned to the patch", () => {
    const ranges = ["dependencies", "devDependencies", "optionalDependencies"].flatMap((kind) =>
      Object.entries(manifest[kind] ?? {}),
    );
    expect(ranges.length).toBeGreaterThan(10);
    expect(ranges.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it("hold one copy of the Pulumi SDK: with two, resources of the one are strangers to the other", () => {
    expect(Object.keys(lock.packages).filter((path) => path.endsWith("/@pulumi/pulumi"))).toEqual([
      "node_modules/@pulumi/pulumi",
    ]);
  });

  it("are each justified in docs/decisions.md", () => {
    const decisions = readFileSync("docs/decisions.md", "utf8");
    const names = ["dependencies", "devDependencies", "optionalDependencies"].flatMap((kind) =>
      Object.keys(manifest[kind] ?? {}),
    );
    expect(names.filter((name) => !decisions.includes(`\`${name}\``))).toEqual([]);
  });
});
