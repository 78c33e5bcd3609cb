import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { binary } from "./engines/binaries.ts";
import { certificates, trustPassword } from "./engines/certificates.ts";
import { Lab } from "./engines/processes.ts";

const lab = new Lab("start");
const repository = path.resolve(import.meta.dirname, "..", "..");
const start = path.join(repository, "image", "connect", "bin", "start");

afterAll(() => lab.stop());

/** Runs `bin/start` with a `java` that only says what it was called with. */
function run(name: string, env: Record<string, string> = {}) {
  const etc = lab.path(name, "etc");
  const fake = lab.path(name, "bin", "java");
  writeFileSync(fake, `#!/bin/sh\necho "java $*"\n`);
  chmodSync(fake, 0o755);
  const paths = [path.dirname(fake), path.dirname(binary("keytool")), process.env.PATH ?? ""].join(":");
  return spawnSync(start, {
    encoding: "utf8",
    env: { PATH: paths, CONNECT_ETC: etc, CONNECT_TRUST: lab.path(name, "trust"), ...env },
  });
}

function give(name: string, source: string, pem: string): void {
  mkdirSync(lab.path(name, "etc", "ca"), { recursive: true });
  copyFileSync(pem, lab.path(name, "etc", "ca", `${source}.pem`));
}

function certificatesIn(store: string): number {
  const arguments_ = ["-list", "-keystore", store, "-storepass", trustPassword];
  const list = execFileSync(binary("keytool"), arguments_, { encoding: "utf8" });
  return list.split("\n").filter((line) => line.includes("trustedCertEntry")).length;
}

test("the worker starts with the mounted configuration, in UTC, with part of the memory", () => {
  const { status, stdout } = run("plain");

  expect(status).toBe(0);
  expect(stdout).toContain("-XX:MaxRAMPercentage=60");
  expect(stdout).toContain("-Duser.timezone=UTC");
  expect(stdout).toContain(
    "org.apache.kafka.connect.cli.ConnectDistributed " + lab.path("plain", "etc", "worker.properties"),
  );
});

test("CONNECT_HEAP is the heap", () => {
  const { stdout } = run("heap", { CONNECT_HEAP: "1g" });

  expect(stdout).toContain("java -Xms1g -Xmx1g ");
  expect(stdout).not.toContain("RAMPercentage");
});

test("a file of several certificates becomes a trust store with each of them, also at the second start", () => {
  const { ca, certificate } = certificates(lab);
  give("several", "shop", ca);
  const pem = lab.path("several", "etc", "ca", "shop.pem");
  // As such files come: with words between the certificates, and no line end after the last.
  appendFileSync(pem, `\nIntermediate\n${readFileSync(certificate, "utf8").trimEnd()}`);

  expect([run("several").status, run("several").status]).toEqual([0, 0]);
  expect(certificatesIn(lab.path("several", "trust", "shop.p12"))).toBe(2);
});

test("a file without a certificate stops the start, and is named", () => {
  give("none", "shop", path.join(repository, "package.json"));
  const { status, stderr, stdout } = run("none");

  expect(status).toBe(1);
  expect(stderr).toContain("shop.pem holds no certificate");
  expect(stdout).toBe("");
});

test("a file that looks like one but is not stops the start", () => {
  give("broken", "shop", certificates(lab).ca);
  writeFileSync(lab.path("broken", "etc", "ca", "shop.pem"), "-----BEGIN CERTIFICATE-----\nabc\n");
  const { status, stderr } = run("broken");

  expect(status).toBe(1);
  expect(stderr).toContain("shop.pem: certificate 1 of it cannot be read");
  expect(existsSync(lab.path("broken", "trust", "shop.p12"))).toBe(false);
});
