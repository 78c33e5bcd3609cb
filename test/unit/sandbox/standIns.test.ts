import { generateKeyPairSync } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { targetsOfKind } from "../../../model/targets/registry.ts";
import { pipeline } from "../../../pipeline.ts";
import { checkConnection } from "../../../sandbox/cloud/snowflake/connection.ts";
import { stageProject } from "../../../sandbox/engine/project.ts";
import { environmentOfStack } from "../../../tools/sources/environment.ts";

const publicKey = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
}).publicKey;
const oneLine = publicKey.split("\n").slice(1, -2).join("");
const secure = "{ secure: v1:abc }";

describe("a stack whose keys in Snowflake the sandbox cannot read", () => {
  let root: string;
  const home = process.env.PIPELINE_SANDBOX;
  beforeEach(() => {
    root = mkdtempSync(path.join(os.tmpdir(), "stand-ins-"));
    cpSync("Pulumi.yaml", path.join(root, "Pulumi.yaml"));
    process.env.PIPELINE_SANDBOX = path.join(root, "sandbox");
  });
  afterEach(() => {
    process.env.PIPELINE_SANDBOX = home;
    if (home === undefined) {
      delete process.env.PIPELINE_SANDBOX;
    }
    rmSync(root, { recursive: true, force: true });
  });

  /** Stack `prod`, with lines in its group `pipeline:snowflake`, and others at its end. */
  const write = (inGroup: readonly string[], after: readonly string[] = []) => {
    const lines = inGroup.map((line) => `\n    ${line}`).join("");
    const text = readFileSync("Pulumi.prod.yaml", "utf8").replace(/pipeline:snowflake:/, (group) => group + lines);
    writeFileSync(path.join(root, "Pulumi.prod.yaml"), text + after.map((line) => `  ${line}\n`).join(""));
  };
  const staged = () => stageProject({ root, folder: path.join(root, "project"), stack: "prod", pipeline });
  const loaderKeys = () => targetsOfKind(environmentOfStack("prod", root).targets, "snowflake")[0]?.config.loaderKeys;

  it.each<[string, readonly string[], string]>([
    ["a key", [], ""],
    ["a key with its passphrase", [`loaderKeyPassphrase: ${secure}`], "placeholder-of-the-sandbox"],
  ])("passes the program's own checks with %s, beside the public keys as they are", (_, more, passphrase) => {
    write([`loaderKeys: ["", ${oneLine}]`, `loaderKey: ${secure}`, ...more]);
    expect(loaderKeys()).toMatchObject({ from: "config", publicKeys: [undefined, oneLine], passphrase });
  });

  it("is still told what is wrong with what can be read", () => {
    write(["loaderKeys: [abc]", `loaderKey: ${secure}`]);
    expect(loaderKeys).toThrow("snowflake.loaderKeys: it is not a public key.");
    write([`loaderKey: ${secure}`]);
    expect(loaderKeys).toThrow("snowflake.loaderKeys: it is missing, and snowflake.loaderKey is there.");
    write([`loaderKeys: [${secure}]`]);
    expect(loaderKeys).toThrow("the encrypted values pipeline:snowflake.loaderKeys.0: they are not keys");
  });

  it.each([
    ["a key", [`snowflake:privateKey: ${secure}`]],
    ["a key with its passphrase", [`snowflake:privateKey: ${secure}`, `snowflake:privateKeyPassphrase: ${secure}`]],
  ])("has a login of the deployment's that the provider can read, with %s", (_, keys) => {
    write([], keys);
    const { secrets } = staged();
    const refused: string[] = [];
    const login = {
      privateKey: secrets["snowflake:privateKey"],
      privateKeyPassphrase: secrets["snowflake:privateKeyPassphrase"],
    };
    const place = { organizationName: "ACME", accountName: "PROD", user: "U", authenticator: "SNOWFLAKE_JWT" };
    checkConnection({ ...place, ...login }, (_key, reason) => refused.push(reason));
    expect(login.privateKey).toContain("PRIVATE KEY-----\n");
    expect(refused).toEqual([]);
  });

  it("has the same keys at every run, for nobody else to read, and none where none is asked for", () => {
    write([]);
    expect(Object.keys(staged().secrets).filter((key) => key.includes("snowflake"))).toEqual([]);
    expect(readdirSync(root)).not.toContain("sandbox");
    write(
      [`loaderKeys: [${oneLine}]`, `loaderKey: ${secure}`, `loaderKeyPassphrase: ${secure}`],
      [`snowflake:privateKey: ${secure}`],
    );
    const { secrets } = staged();
    expect(staged().secrets).toEqual(secrets);
    const files = readdirSync(path.join(root, "sandbox"));
    expect(files.sort()).toEqual(["stand-in-key-encrypted.pem", "stand-in-key.pem"]);
    expect(files.map((file) => statSync(path.join(root, "sandbox", file)).mode & 0o777)).toEqual([0o600, 0o600]);
  });

  it("says in what it lays out which keys are stand-ins", () => {
    write([`loaderKeys: [${oneLine}]`, `loaderKey: ${secure}`]);
    staged();
    const text = readFileSync(path.join(root, "project", "Pulumi.prod.yaml"), "utf8");
    expect(text).toMatch(/sandbox:standIns:\s+- snowflake\.loaderKey\n/);
  });
});
