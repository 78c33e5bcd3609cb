import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { makeReadable } from "../../../image/connect/permissions.ts";
import { bundlePrograms } from "../../../image/connect/programs.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "image-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("whatever the umask was, everybody reads the folder and runs what is in bin", () => {
  const files = ["bin/start", "libs/a.jar", "plugins/shop/lib/b.jar", "package.json"];
  for (const file of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true, mode: 0o700 });
    writeFileSync(path.join(folder, file), "", { mode: 0o600 });
  }
  chmodSync(path.join(folder, "libs", "a.jar"), 0o777);

  makeReadable(folder);

  const modeOf = (file: string) => (statSync(path.join(folder, file)).mode & 0o777).toString(8);
  expect(["", "bin", "plugins/shop/lib"].map(modeOf)).toEqual(["755", "755", "755"]);
  expect(files.map(modeOf)).toEqual(["755", "644", "644", "644"]);
});

test("the programs run where they were made, though the project around them is one of ES modules", async () => {
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
  const image = path.join(folder, "image");
  await bundlePrograms(image);

  const help = execFileSync(process.execPath, [path.join(image, "reconcile.js"), "--help"], { encoding: "utf8" });
  expect(help).toContain("Makes a Kafka Connect cluster what a declaration says");
  writeFileSync(path.join(folder, "worker.properties"), "");
  execFileSync(process.execPath, [path.join(image, "check-secrets.js"), path.join(folder, "worker.properties")]);
});

test("the image gets every program that is made for it", async () => {
  await bundlePrograms(folder);
  const dockerfile = readFileSync(path.join(import.meta.dirname, "../../../image/connect/Dockerfile"), "utf8");
  const [, copied = ""] = /^COPY (.*reconcile\.js.*) \/opt\/connect\/$/m.exec(dockerfile) ?? [];
  expect(copied.split(" ").sort()).toEqual([
    "check-secrets.js",
    "log4j2.xml",
    "package.json",
    "reconcile.js",
    "revive.js",
  ]);
});
