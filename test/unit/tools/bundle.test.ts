import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { SetupError } from "../../../sandbox/errors.ts";
import { writeBundle } from "../../../tools/bundle/folder.ts";

let home: string;
let folder: string;
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), "bundle-"));
  folder = path.join(home, "out");
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const read = (file: string) => readFileSync(path.join(folder, file), "utf8");
const put = (file: string, text: string) => {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
};

it("makes a folder, updates it, and says what changed", () => {
  expect(writeBundle(folder, { "README.md": "1", "ca/mssql.pem": "pem" })).toEqual([
    { what: "made", file: "README.md" },
    { what: "made", file: "ca/mssql.pem" },
  ]);
  expect(read("ca/mssql.pem")).toBe("pem");
  expect(writeBundle(folder, { "README.md": "1", "ca/mssql.pem": "pem" })).toEqual([]);
  expect(writeBundle(folder, { "README.md": "2", "ca/mssql.pem": "pem" })).toEqual([
    { what: "changed", file: "README.md" },
  ]);
  expect(read("README.md")).toBe("2");
});

it("removes what it wrote and is no longer part, and nothing else", () => {
  writeBundle(folder, { "README.md": "1", "ca/mssql.pem": "pem", "ca/mysql.pem": "pem" });
  put("ca/own.pem", "the user's");
  put(".env", "CONNECT_HOST=10.0.0.1");
  expect(writeBundle(folder, { "README.md": "1" })).toEqual([
    { what: "removed", file: "ca/mssql.pem" },
    { what: "removed", file: "ca/mysql.pem" },
  ]);
  expect([existsSync(path.join(folder, "ca/mssql.pem")), read("ca/own.pem"), read(".env")]).toEqual([
    false,
    "the user's",
    "CONNECT_HOST=10.0.0.1",
  ]);
});

it("leaves secrets.properties alone, even where its own list names it", () => {
  writeBundle(folder, { "README.md": "1" });
  put("secrets.properties", "kafka.jaas=mine");
  put(".bundle.json", '["README.md", "secrets.properties", "../outside"]');
  writeFileSync(path.join(home, "outside"), "stays");
  writeBundle(folder, { "README.md": "2" });
  expect(read("secrets.properties")).toBe("kafka.jaas=mine");
  expect(readFileSync(path.join(home, "outside"), "utf8")).toBe("stays");
});

it.each(["../outside", "/etc/outside", "ca/../../outside", "a//b", "", "secrets.properties", "a\\..\\b"])(
  "refuses a path like %j, and then writes nothing",
  (file) => {
    expect(() => writeBundle(folder, { "README.md": "1", [file]: "x" })).toThrow(SetupError);
    expect([existsSync(folder), existsSync(path.join(home, "outside"))]).toEqual([false, false]);
  },
);

it("follows no link out of the folder", () => {
  mkdirSync(folder);
  mkdirSync(path.join(home, "elsewhere"));
  symlinkSync(path.join(home, "elsewhere"), path.join(folder, "ca"));
  expect(() => writeBundle(folder, { "ca/mssql.pem": "pem" })).toThrow("ca is a link");
  expect(existsSync(path.join(home, "elsewhere/mssql.pem"))).toBe(false);
});

it("overwrites no file that it did not write", () => {
  put("README.md", "of another project");
  expect(() => writeBundle(folder, { "README.md": "1", "compose.yaml": "x" })).toThrow(
    new SetupError(
      `${folder} holds README.md, which no bundle wrote. Nothing was written: choose another folder with --out, or move them away.`,
    ),
  );
  expect([read("README.md"), existsSync(path.join(folder, "compose.yaml"))]).toEqual(["of another project", false]);
});

/** The command, with a stand-in for the user's pulumi. */
function bundle(pulumi: string | undefined, ...args: string[]) {
  const bin = path.join(home, "bin");
  mkdirSync(bin);
  if (pulumi !== undefined) {
    writeFileSync(path.join(bin, "pulumi"), `#!/bin/sh\necho "$PWD $*" >${home}/call\n${pulumi}\n`);
    chmodSync(path.join(bin, "pulumi"), 0o755);
  }
  const root = path.join(import.meta.dirname, "..", "..", "..");
  const node = spawnSync(process.execPath, [path.join(root, "tools/bundle/main.ts"), ...args], {
    cwd: home,
    encoding: "utf8",
    env: { PATH: pulumi === undefined ? bin : `${bin}:/usr/bin:/bin` },
  });
  return { ...node, root };
}

it("writes what the stack's output holds, read by the user's own pulumi in the repository", () => {
  const { status, stdout, root } = bundle(`echo '{"README.md": "hello", "ca/a.pem": "pem"}'`, "--stack", "acme/prod");
  expect(status).toBe(0);
  expect(readFileSync(path.join(home, "bundle/prod/README.md"), "utf8")).toBe("hello");
  expect(readFileSync(path.join(home, "call"), "utf8")).toBe(
    `${path.resolve(root)} stack output bundle --json --stack acme/prod\n`,
  );
  expect(stdout).toBe("made     README.md\nmade     ca/a.pem\nHow to go on: bundle/prod/README.md\n");
});

it.each([
  [
    "echo \"error: current stack does not have output property 'bundle'\" >&2; exit 255",
    "Stack prod has no bundle: it makes one when connect.placement is onPremises, and `pulumi up` has run since.\n",
  ],
  ["echo 'error: no stack named prod' >&2; exit 255", "pulumi stack output failed:\nerror: no stack named prod\n"],
  ["echo '\"[unknown]\"'", "The output bundle of stack prod is not text by file name. Run `pulumi up` first.\n"],
  [
    undefined,
    "The Pulumi CLI could not be run (spawnSync pulumi ENOENT). Install it and log in, or read the sandbox's stack with --sandbox.\n",
  ],
])("says in one sentence why there is no bundle (%#)", (pulumi, message) => {
  const { status, stderr } = bundle(pulumi, "--stack", "prod", "--out", "out");
  expect({ status, stderr }).toEqual({ status: 2, stderr: message });
  expect(existsSync(folder)).toBe(false);
});

it("wants a stack", () => {
  const { status, stdout } = bundle("exit 1");
  expect(status).toBe(2);
  expect(stdout).toMatch(/^Usage: npm run bundle/);
});
