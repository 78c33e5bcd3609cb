import { readdirSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { ending, stepsOf, TestStack } from "./harness.ts";

const canaries = { "mssql.password": "canary-mssql-Zq7!x", "mysql.password": "canary-mysql-Zq7!x" };

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile());
}

/** Everything that was said or written, in which a secret must not stand in clear. */
function placesWithSecrets(stack: TestStack, said: readonly string[]): string[] {
  const written = filesBelow(path.join(stack.folder, "sandbox")).map((file) => readFileSync(file, "latin1"));
  const kept = stack.cloud.all().map(({ properties }) => JSON.stringify(properties));
  return [...said, ...written, ...kept].filter((text) =>
    Object.values(canaries).some((secret) => text.includes(secret)),
  );
}

describe.each([
  ["docker", { demo: "docker", address: "10.0.0.4" }, "Container", 2],
  ["ec2", { demo: "ec2" }, "Instance", 1],
] as const)("a demo's own databases: %s", (_, sources, kind, count) => {
  const stack = new TestStack();
  afterAll(() => stack.close());
  const said: string[] = [];
  const config = {
    sources,
    "mssql.tls": "trust",
    "mysql.tls": "trust",
    "mssql.host": undefined,
    "mysql.host": undefined,
  };

  it("are made before the connectors that read them, and nothing is to do then", async () => {
    await stack.declare({ config, secrets: canaries });
    const up = await ending(0, stack.engine.up());
    said.push(up.output);
    expect(stepsOf(up).filter((step) => step.startsWith(`create ${kind} demo`))).toHaveLength(count);
    const order = stack.provider.done.map(({ urn }) => urn.split("::").at(-1) ?? "");
    const lastDatabase = order.findLastIndex((name) => name.startsWith("demo"));
    expect(order.indexOf("connectors-mssql")).toBeGreaterThan(lastDatabase);
    said.push((await ending(0, stack.engine.preview(["--diff", "--expect-no-changes"]))).output);
  });

  it("take their passwords from nowhere that shows them", async () => {
    said.push((await stack.engine.call(["stack", "export", "--stack", "local"])).output);
    expect(placesWithSecrets(stack, said)).toEqual([]);
  });

  it("go without a trace", async () => {
    await ending(0, stack.engine.destroy());
    expect(stack.cloud.all()).toEqual([]);
  });
});
