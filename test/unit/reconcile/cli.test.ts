import { spawn } from "node:child_process";
import * as path from "node:path";
import { gzipSync } from "node:zlib";
import { run, usage } from "../../../image/connect/reconcile/cli.ts";
import { declarationOf, DeclarationError } from "../../../image/connect/reconcile/reconcile.ts";
import { declaring, mySql, startLab, stopLabs } from "./connectors.ts";

afterEach(stopLabs);

async function call(
  args: readonly string[],
  more: { env?: Record<string, string>; files?: Record<string, string> } = {},
) {
  const out: string[] = [];
  const err: string[] = [];
  const read = (path: string): string => {
    const text = more.files?.[path];
    if (text === undefined) {
      throw new Error(`ENOENT: no such file or directory, open '${path}'`);
    }
    return text;
  };
  const code = await run(args, {
    env: more.env ?? {},
    readFile: read,
    readStdin: () => read("stdin"),
    out: (text) => out.push(text),
    err: (text) => err.push(text),
  });
  return { code, out, err: err.join("\n") };
}

const declaration = JSON.stringify(declaring({ mysql: { config: mySql } }));
const packed = gzipSync(declaration).toString("base64");
const fast = ["--stable", "0.05"];

describe("the program", () => {
  it("takes the declaration from a file, from standard input or packed, and the address from where it is", async () => {
    const { cluster, server } = await startLab();
    const { hostname, port } = new URL(server.url);
    const calls = [
      call(["--declaration", "d.json", "--url", server.url, ...fast], { files: { "d.json": declaration } }),
      call(["--declaration", "-", ...fast], { files: { stdin: declaration }, env: { CONNECT_URL: `${server.url}/` } }),
      call(["--declaration-gz", packed, ...fast], { env: { CONNECT_URL: `http://${hostname}:${port}` } }),
    ];
    expect((await Promise.all(calls)).map(({ code, err }) => [code, err])).toEqual([
      [0, ""],
      [0, ""],
      [0, ""],
    ]);
    expect(Object.keys(cluster.state.connectors)).toEqual(["mysql"]);
  });

  it("says what it does as it goes, and how it ended", async () => {
    const { server } = await startLab();
    const { code, out } = await call(["--declaration-gz", packed, "--url", server.url, ...fast]);
    expect(code).toBe(0);
    expect(out.slice(0, 2)).toEqual(["mysql: creating it", expect.stringMatching(/^mysql: RUNNING, task 0 /)]);
    expect(out.at(-1)).toMatch(/^mysql: created \(RUNNING, task 0 RUNNING on 10.0.0.1:8083\)\n/);
    expect(out.at(-1)).toMatch(/\nThe cluster is as declared\.$/);
  });

  it("gives one JSON object where JSON is wanted", async () => {
    const { server } = await startLab();
    const { code, out, err } = await call(["--declaration-gz", packed, "--url", server.url, "--json", ...fast]);
    expect(code).toBe(0);
    expect(out).toHaveLength(1);
    expect(JSON.parse(out[0] ?? "")).toMatchObject({ ok: true, connectors: { mysql: { action: "created" } } });
    expect(err).toContain("mysql: creating it");
  });

  it("ends with 1 and the cause when the cluster is not as declared", async () => {
    const { server } = await startLab({ unreachable: () => "Connection refused" });
    const { code, out } = await call(["--declaration-gz", packed, "--url", server.url, ...fast]);
    expect(code).toBe(1);
    expect(out.at(-1)).toMatch(
      /\nFailed: mysql: database.hostname: Error while validating connector config: Connection refused$/,
    );
  });

  it("changes nothing in a dry run, and takes over only when asked to", async () => {
    const lab = await startLab();
    const { cluster, server } = lab;
    const args = ["--declaration-gz", packed, "--url", server.url, ...fast];
    expect(await call([...args, "--dry-run"])).toMatchObject({ code: 0 });
    cluster.answer("PUT", "/connectors/mysql/config", mySql);
    expect(await call([...args, "--dry-run"])).toMatchObject({ code: 1 });
    expect(lab.writes()).toEqual([]);
    expect(await call([...args, "--adopt"])).toMatchObject({ code: 0 });
  });

  it("tries no longer than it may", async () => {
    const args = ["--declaration-gz", packed, "--url", "http://127.0.0.1:9", "--deadline", "0.2"];
    const { code, out } = await call(args);
    expect(code).toBe(1);
    expect(out.at(-1)).toContain("Kafka Connect at http://127.0.0.1:9 was not ready after 0 s: ");
  });

  it.each(["SIGTERM", "SIGINT"] as const)("ends in good order at a %s", async (signal) => {
    const { server } = await startLab({ startMs: 60_000 });
    const main = path.join(import.meta.dirname, "../../../image/connect/reconcile/main.ts");
    const child = spawn(process.execPath, [main, "--declaration-gz", packed, "--url", server.url]);
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => {
      const isFirst = !out.includes("UNASSIGNED");
      out += chunk.toString();
      if (isFirst && out.includes("UNASSIGNED")) {
        child.kill(signal);
      }
    });
    const code = await new Promise((done) => child.once("close", done));
    expect(out).toMatch(/\nFailed: it was interrupted; run it again, it goes on from what is there\n$/);
    expect(code).toBe(1);
  });

  it("refuses references to secrets that are not there, all at once, where it can read their file", async () => {
    const lab = await startLab();
    const config = {
      ...mySql,
      "database.password": "${file:/run/secrets.properties:mysql.password}",
      "database.user": "${file:/run/secrets.properties:mysql.user}",
    };
    const files = {
      "d.json": JSON.stringify(declaring({ mysql: { config }, shop: { config: { ...config, "database.user": "u" } } })),
      "/run/secrets.properties": "mysql.user=hunter2\n",
    };
    const args = ["--declaration", "d.json", "--url", lab.server.url, ...fast];
    const { code, err, out } = await call(args, { files });
    expect([code, out, lab.writes()]).toEqual([2, [], []]);
    expect(err.split("\n")).toEqual([
      "The declaration has 2 mistakes; nothing was changed.",
      "  - connectors.mysql.config.database.password: /run/secrets.properties has no key mysql.password",
      "  - connectors.shop.config.database.password: /run/secrets.properties has no key mysql.password",
    ]);
    expect(await call(args, { files: { "d.json": files["d.json"] } })).toMatchObject({ code: 0, err: "" });
  });

  it("helps", async () => {
    expect(await call(["--help"])).toEqual({ code: 0, out: [usage], err: "" });
  });

  it.each<[string, readonly string[], RegExp]>([
    ["no declaration", [], /^Give the declaration with --declaration FILE/],
    ["two declarations", ["--declaration", "-", "--declaration-gz", packed], /^Give the declaration with/],
    ["no such file", ["--declaration", "x.json"], /^The declaration can't be read: ENOENT.*'x.json'$/],
    ["not packed", ["--declaration-gz", "hello"], /^--declaration-gz is not gzip in base64.$/],
    ["an unknown option", ["--dryrun"], /^Unknown option '--dryrun'/],
    ["no URL", ["--declaration-gz", packed, "--url", "localhost"], /^--url: "localhost" is not a URL such as/],
    ["a login in the URL", ["--declaration-gz", packed, "--url", "http://a:b@c"], /^--url: leave the login out/],
    [
      "no number",
      ["--declaration-gz", packed, "--deadline", "soon"],
      /^--deadline: "soon" is not a number of seconds.$/,
    ],
    ["no JSON", ["--declaration", "-"], /the declaration|The declaration has a mistake; .*\n {2}- it is not JSON/],
  ])("ends with 2 for %s", async (_what, args, message) => {
    const { code, err } = await call(args, { files: { stdin: '{"password": "hunter2" oops' } });
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err).not.toContain("hunter2");
  });
});

describe("a declaration", () => {
  it("tells all its mistakes at once, and no value that may be a secret", () => {
    const mistaken = {
      owner: "",
      conectors: {},
      connectors: {
        shop: { config: { "tasks.max": 1, "database.password": ["hunter2"], name: "shopp" }, state: "paws", extra: 1 },
        " mysql": { config: { "connector.class": "x", "reconcile.owner": "me" } },
        none: {},
        gone: { config: { "connector.class": "x" } },
      },
      undeclared: "remove",
      remove: ["gone", 1],
      forget: "no",
    };
    const mistakes = () => {
      try {
        return [declarationOf(mistaken)];
      } catch (error) {
        return error instanceof DeclarationError ? error.mistakes : [];
      }
    };
    expect(mistakes()).toEqual([
      "conectors: there is no such key; there are owner, connectors, undeclared, remove, forget",
      'owner: an empty string; write whose connectors these are, e.g. "pipeline-dev"',
      'undeclared: "remove"; write "delete" or "keep"',
      'forget: "no"; write true or false',
      "connectors.shop.extra: there is no such key; there are config, state",
      'connectors.shop.state: "paws"; write "running", "paused" or "stopped"',
      "connectors.shop.config.tasks.max: a number; Connect takes strings only",
      "connectors.shop.config.database.password: a list; Connect takes strings only",
      "connectors.shop.config: connector.class is missing",
      'connectors.shop.config.name: it is "shopp"; leave it out, the connector is called shop',
      "connectors. mysql: a connector's name is not empty and has no control characters and no spaces around it",
      "connectors. mysql.config.reconcile.owner: reconcile writes it itself; leave it out",
      "connectors.none.config: missing; write an object",
      "remove[0]: gone is declared too; it can't be both",
      "remove[1]: a number; write a connector's name",
    ]);
  });

  it.each([[null], [[]], ["text"], [1]])("is an object: not %j", (value) => {
    expect(() => declarationOf(value)).toThrow(/not an object/);
  });

  it("has a sentence for its mistakes", () => {
    expect(() => declarationOf({ owner: "me", connectors: {}, undeclared: "keep" })).toThrow(
      "The declaration has a mistake; nothing was changed.\n  - forget: missing; write true or false",
    );
  });
});
