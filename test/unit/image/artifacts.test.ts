import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { compare, readChecksums } from "../../../image/connect/artifacts.ts";

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
