import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { reconcileCommand, secretsCommand } from "../../../../model/connect/commands.ts";

const certificate = (body: string) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "commands-"));
  mkdirSync(path.join(folder, "ca"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const inFolder = (name: string) => path.join(folder, name);
const read = (name: string) => readFileSync(inFolder(name), "utf8");

/** The command with stand-ins, in the shell that an instance has for such: `sh`. */
function run(standIns: Record<string, string>) {
  const bin = inFolder("bin");
  mkdirSync(bin, { recursive: true });
  for (const [name, body] of Object.entries(standIns)) {
    writeFileSync(path.join(bin, name), `#!/bin/bash\n${body}\n`);
    chmodSync(path.join(bin, name), 0o755);
  }
  const script = secretsCommand.mainSteps[0].inputs.runCommand
    .join("\n")
    .replaceAll("/usr/local/sbin/pipeline-secrets", path.join(bin, "pipeline-secrets"))
    .replaceAll("/etc/connect/ca", inFolder("ca"))
    .replaceAll("/tmp/trust", inFolder("trust"));
  const { status, stderr } = spawnSync("sh", ["-c", script], {
    encoding: "utf8",
    env: { PATH: `${bin}:${process.env.PATH ?? ""}`, FOLDER: folder },
  });
  return { status, stderr };
}

const worker = {
  docker: 'if [ "$1" = ps ]; then echo 0123; else shift 2; exec "$@"; fi',
  // A store is what was imported into it, with the aliases.
  keytool: `while [ $# -gt 0 ]; do case "$1" in -alias) alias=$2 ;; -file) file=$2 ;; -keystore) store=$2 ;; esac; shift; done
    { echo "$alias"; cat "$file"; } >>"$store"`,
};
const fetching = (more = "") => ({ "pipeline-secrets": `echo fetched >>"$FOLDER/log"\n${more}` });

it("fetches, and makes trust stores of the certificates that the worker has none of, or an older one", () => {
  const two = certificate("QUJD") + certificate("REVG");
  writeFileSync(inFolder("ca/mssql.pem"), certificate("R0hJ"));
  mkdirSync(inFolder("trust"));
  writeFileSync(inFolder("trust/mssql.p12"), "its own");
  utimesSync(inFolder("ca/mssql.pem"), 1, 1);
  writeFileSync(inFolder("ca/old.pem"), certificate("SktM"));
  writeFileSync(inFolder("trust/old.p12"), "of before");
  utimesSync(inFolder("trust/old.p12"), 1, 1);
  writeFileSync(inFolder("new"), two);
  expect(run({ ...worker, ...fetching('cp "$FOLDER/new" "$FOLDER/ca/jdbc.pem"') })).toEqual({ status: 0, stderr: "" });
  expect(read("log")).toBe("fetched\n");
  expect(read("trust/jdbc.p12")).toBe(`0\n${certificate("QUJD")}1\n${certificate("REVG")}`);
  expect(read("trust/old.p12")).toBe(`0\n${certificate("SktM")}`);
  expect(read("trust/mssql.p12")).toBe("its own");
});

it("needs no certificate", () => {
  expect(run({ ...worker, ...fetching() })).toEqual({ status: 0, stderr: "" });
});

it.each([
  ["runs", "exit 0"],
  ["can run", "exit 127"],
])("leaves the certificates to a worker's start where none %s", (_, docker) => {
  writeFileSync(inFolder("ca/jdbc.pem"), certificate("QUJD"));
  expect(run({ docker, ...fetching() })).toEqual({ status: 0, stderr: "" });
  expect(existsSync(inFolder("trust"))).toBe(false);
});

it("fails when the secrets were not fetched, or a certificate cannot be read", () => {
  writeFileSync(inFolder("ca/jdbc.pem"), certificate("QUJD"));
  expect(run({ ...worker, "pipeline-secrets": "echo refused >&2; exit 124" })).toEqual({
    status: 124,
    stderr: "refused\n",
  });
  expect(run({ ...worker, keytool: "echo 'not X.509'; exit 1", ...fetching() })).toEqual({
    status: 1,
    stderr: "not X.509\n",
  });
  expect(existsSync(inFolder("trust/jdbc.p12"))).toBe(false);
});

it("has no two braces that are no parameter: the service would take them for one", () => {
  const parametersIn = (content: object) => JSON.stringify(content).match(/\{\{[^}]*\}\}/g) ?? [];
  expect(parametersIn(secretsCommand)).toEqual([]);
  expect(parametersIn(reconcileCommand)).toEqual(["{{ DryRun }}", "{{ Declaration }}"]);
});
