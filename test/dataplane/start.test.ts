import { execFileSync, spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import * as path from "node:path";
import { assemble } from "../../image/connect/assemble.ts";
import { bundlePrograms } from "../../image/connect/programs.ts";
import { workerPropertiesText } from "../../model/connect/worker.ts";
import { binary } from "../../dataplane/engines/binaries.ts";
import { certificates, trustPassword } from "../../dataplane/engines/certificates.ts";
import { Lab } from "../../dataplane/engines/processes.ts";

const lab = new Lab("start");
const repository = path.resolve(import.meta.dirname, "..", "..");
const start = lab.path("image", "bin", "start");

beforeAll(async () => {
  copyFileSync(path.join(repository, "image", "connect", "bin", "start"), start);
  await bundlePrograms(lab.path("image"));
});

afterAll(() => lab.stop());

/** Runs `bin/start` with a `java` that only says what it was called with. */
function run(name: string, env: Record<string, string> = {}, worker = "group.id=connect-workers\n") {
  const etc = lab.path(name, "etc");
  writeFileSync(lab.path(name, "etc", "worker.properties"), worker);
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

test("secrets that the configuration refers to and that are not there stop the start, all named, none shown", () => {
  const secretsFile = lab.path("secrets", "run", "secrets.properties");
  const worker = workerPropertiesText({ bootstrapServers: "b:9092", registryUrl: "https://r", secretsFile });
  const start = () => run("secrets", {}, worker);

  writeFileSync(secretsFile, "# kafka.jaas=no\nkafka.jaas.old=hunter2\nregistry.user.info=hunter2\n");
  const { status, stderr, stdout } = start();
  expect(status).toBe(78);
  expect(stderr.trimEnd().split("\n")).toEqual([
    "The worker is not started:",
    ...["", "producer.", "consumer.", "admin."].map(
      (client) => `  - ${client}sasl.jaas.config: ${secretsFile} has no key kafka.jaas`,
    ),
  ]);
  expect(stdout).toBe("");

  rmSync(secretsFile);
  const without = start();
  expect([without.status, without.stdout]).toEqual([78, ""]);
  expect(without.stderr).toContain(
    `  - value.converter.basic.auth.user.info: ${secretsFile}, which holds the key registry.user.info, is missing\n`,
  );

  writeFileSync(secretsFile, "kafka.jaas = hunter2\nregistry.user.info: hunter2\n");
  expect(start()).toMatchObject({ status: 0, stderr: "" });
});

test("what assembling leaves, the container's user can read", async () => {
  const file = path.join(await assemble(), "log4j2.xml");
  chmodSync(file, 0o600);
  await assemble();
  expect((statSync(file).mode & 0o777).toString(8)).toBe("644");
});
