import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { assembledImage } from "../../config/assembledImage.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "assembled-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);

it("is nothing until all of it is there", () => {
  write("reconcile.js", "1");
  expect(assembledImage(folder)).toBeUndefined();
});

it.each([".stamp", "reconcile.js", "check-secrets.js", "revive.js"])("has another version with another %s", (name) => {
  [".stamp", "reconcile.js", "check-secrets.js", "revive.js", "package.json"].forEach((each) => write(each, "1"));
  const before = assembledImage(folder);
  expect(before).toEqual({ context: folder, version: expect.stringMatching(/^[0-9a-f]{16}$/) as string });
  expect(assembledImage(folder)).toEqual(before);
  write(name, "2");
  expect(assembledImage(folder)?.version).not.toBe(before?.version);
});

it("says which version of Snowflake's connector is in it", () => {
  write(".stamp", "1");
  expect(assembledImage(folder)?.snowflake).toBeUndefined();
  mkdirSync(path.join(folder, "plugins", "snowflake"), { recursive: true });
  write("plugins/snowflake/bc-fips-1.0.2.5.jar", "");
  write("plugins/snowflake/snowflake-kafka-connector-4.1.0.jar", "");
  expect(assembledImage(folder)?.snowflake).toBe("4.1.0");
});
