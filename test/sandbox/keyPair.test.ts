import { readdirSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { belongsTo } from "../../model/warehouse/keyPair.ts";
import { ending, stepsOf, TestStack } from "./harness.ts";

/** A program of nothing but a pair and something that uses both halves. */
const program = (generation: number) => `
import * as pulumi from "@pulumi/pulumi";
import { KeyPair } from "./components/warehouse/keyPair.ts";

const { publicKey, privateKey, fingerprint } = new KeyPair("loader-key", { generation: ${String(generation)} });
export { publicKey, privateKey, fingerprint };
`;

interface Outputs {
  readonly publicKey: string;
  readonly privateKey: string;
  readonly fingerprint: string;
}

describe("a key pair that the stack makes, deployed by the engine", () => {
  const stack = new TestStack();
  const said: string[] = [];
  const privateKeys: string[] = [];
  afterAll(() => stack.close());
  const declare = (generation: number) => stack.declare({ edits: { "index.ts": () => program(generation) } });
  const outputs = async () => {
    const { output } = await stack.engine.call(["stack", "output", "--json", "--show-secrets", "--stack", "local"]);
    const found = JSON.parse(output) as Outputs;
    privateKeys.push(found.privateKey);
    return found;
  };
  let first: Outputs;

  it("is made once, and stays", async () => {
    await declare(1);
    said.push((await ending(0, stack.engine.preview(["--diff"]))).output);
    said.push((await ending(0, stack.engine.up())).output);
    first = await outputs();
    expect(belongsTo(first.privateKey, "", [first.publicKey])).toBe(true);
    said.push((await ending(0, stack.engine.preview(["--refresh", "--expect-no-changes", "--diff"]))).output);
    said.push((await ending(0, stack.engine.up(["--refresh"]))).output);
    expect(await outputs()).toEqual(first);
  });

  it("is another one in another generation, which is there before the old one goes", async () => {
    await declare(2);
    const up = await ending(0, stack.engine.up(["--diff"]));
    said.push(up.output);
    const steps = stepsOf(up);
    expect(steps).toEqual(expect.arrayContaining(["create-replacement KeyPair loader-key"]));
    const order = up.steps.filter(({ urn }) => urn.endsWith("::loader-key")).map(({ op }) => op);
    expect(order.indexOf("create-replacement")).toBeLessThan(order.indexOf("delete-replaced"));
    const second = await outputs();
    expect(second.fingerprint).not.toBe(first.fingerprint);
    expect(belongsTo(second.privateKey, "", [second.publicKey])).toBe(true);
    expect(belongsTo(second.privateKey, "", [first.publicKey])).toBe(false);
  });

  it("refuses a generation that is none", async () => {
    await declare(0);
    const preview = await stack.engine.preview();
    expect(preview.code).not.toBe(0);
    expect(preview.output).toContain("0 is not legal: write a whole number, 1 or more");
  });

  it("goes", async () => {
    await declare(2);
    said.push((await stack.engine.call(["stack", "export", "--stack", "local"])).output);
    said.push((await stack.engine.call(["stack", "output", "--json", "--stack", "local"])).output);
    said.push((await ending(0, stack.engine.destroy())).output);
  });

  it("never shows its private half", () => {
    const folder = path.join(stack.folder, "sandbox");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => path.join(folder, name))
      .filter((file) => statSync(file).isFile());
    const texts = [...said, ...files.map((file) => readFileSync(file, "latin1"))];
    expect(new Set(privateKeys).size).toBe(2);
    expect(texts.filter((text) => privateKeys.some((key) => text.includes(key.slice(100, 160))))).toEqual([]);
  });
});
