import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { findPulumiCli, pulumiVersion } from "../../sandbox/engine/pulumiCli.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "cli-test-"));
const environment = { ...process.env };
afterEach(() => {
  process.env = { ...environment };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program that says it is Pulumi, in a folder of its own. */
function pretendPulumi(name: string, version: string): string {
  const bin = path.join(folder, name);
  mkdirSync(bin);
  writeFileSync(path.join(bin, "pulumi"), `#!/bin/sh\necho v${version}\n`);
  chmodSync(path.join(bin, "pulumi"), 0o755);
  return bin;
}

describe("which Pulumi CLI the sandbox takes", () => {
  it("the one on PATH, in the pinned version", async () => {
    const bin = pretendPulumi("right", pulumiVersion);
    process.env.PATH = `${bin}${path.delimiter}${environment.PATH ?? ""}`;
    expect(await findPulumiCli(() => undefined)).toEqual({
      file: path.join(bin, "pulumi"),
      from: "PATH",
      hasLanguageHost: false,
    });
    writeFileSync(path.join(bin, "pulumi-language-nodejs"), "");
    expect(await findPulumiCli(() => undefined)).toMatchObject({ from: "PATH", hasLanguageHost: true });
  });

  it("not one on PATH in another version, but what the cache has", async () => {
    const cached = pretendPulumi("pipeline-to-the-cloud", "0.0.0"); // makes the cache folder
    mkdirSync(path.join(cached, `pulumi-${pulumiVersion}`));
    writeFileSync(path.join(cached, `pulumi-${pulumiVersion}`, "pulumi"), `#!/bin/sh\necho ${pulumiVersion}\n`);
    chmodSync(path.join(cached, `pulumi-${pulumiVersion}`, "pulumi"), 0o755);
    process.env.PATH = `${pretendPulumi("old", "3.1.0")}${path.delimiter}/usr/bin${path.delimiter}/bin`;
    process.env.XDG_CACHE_HOME = folder;
    expect(await findPulumiCli(() => undefined)).toMatchObject({
      file: path.join(cached, `pulumi-${pulumiVersion}`, "pulumi"),
      from: "cache",
    });
  });
});
