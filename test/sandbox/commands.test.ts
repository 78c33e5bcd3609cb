import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { explained } from "../../sandbox/errors.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "commands-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

function call(args: readonly string[], env: NodeJS.ProcessEnv = {}, node = process.execPath): Ended {
  const { status, stdout, stderr } = spawnSync(node, ["sandbox/run.mjs", "sandbox/main.ts", ...args], {
    encoding: "utf8",
    env: { ...process.env, PIPELINE_SANDBOX: path.join(folder, "sandbox"), ...env },
  });
  return { code: status, output: stdout + stderr };
}

describe("npm start, npm run preview, npm run destroy", () => {
  it("deploys, and says what exists, what it would have cost in time, and where to look next", () => {
    const { code, output } = call(["start"]);
    expect(output).toContain("This would have taken 16 min 10 s in the real clouds. The longest chain of waits:");
    expect(output).toMatch(/ORDERS_ENRICHED +stream +from CUSTOMERS and ORDERS/);
    expect(output).toMatch(/mssql\.dbo\.ORDERS +6 partitions +everything, for 7 days/);
    expect(output).toMatch(/mysql\.customers +6 partitions +the last row of each key, for ever/);
    expect(output).toContain("pipeline-local-sink-snowflake: Sink connector of target snowflake, on our workers");
    expect(output).toContain("topic mssql.*: read");
    expect(output).toMatch(/pipeline-local-ksqldb +1 CSU +http:/);
    expect(output).toContain("1 worker on EC2, m7g.large");
    expect(output).toMatch(/mssql +SqlServerConnector +sqlserver\.sandbox\.invalid/);
    expect(output).toContain("Where to look next");
    expect(code).toBe(0);
  });

  it("says the second time that nothing changed", () => {
    const { code, output } = call(["start"]);
    expect(output).toContain("Nothing changed: everything is as declared.");
    expect(output).not.toContain("Deploying");
    expect(code).toBe(0);
  });

  it("previews any stack without credentials", () => {
    const { code, output } = call(["preview", "--stack", "prod"], {
      CONFLUENT_CLOUD_API_KEY: "",
      PULUMI_ACCESS_TOKEN: "",
    });
    expect(output).toMatch(/KafkaCluster +kafka-cluster +create/);
    expect(code).toBe(0);
  });

  it("previews what a change does, without credentials, against the program of a git revision", () => {
    const { code, output } = call(["preview", "--stack", "dev", "--since", "HEAD"]);
    expect(output).toContain("What changes in stack dev since HEAD");
    expect(output).not.toContain("KafkaCluster");
    expect(code).toBe(0);
  });

  it("takes it down and counts what is left", () => {
    const { code, output } = call(["destroy"]);
    expect(output).toContain("Left in the cloud: nothing");
    expect(output).toMatch(/This would have taken .* in the real clouds/);
    expect(code).toBe(0);
  });
});

describe("what a user can mend is said in a sentence", () => {
  it("a command that is none: the usage, and exit code 2", () => {
    const { code, output } = call(["deploy"]);
    expect(output).toContain("Usage: npm start");
    expect(code).toBe(2);
  });

  it("an option that is none", () => {
    const { code, output } = call(["preview", "--stak", "dev"]);
    expect(output).toContain("Unknown option '--stak'");
    expect(output).toContain("Usage: npm start");
    expect(code).toBe(2);
  });

  it("a stack that is none", () => {
    const { code, output } = call(["preview", "--stack", "qa"]);
    expect(output).toBe("There is no Pulumi.qa.yaml. Stacks: dev, local, prod.\n");
    expect(code).toBe(2);
  });

  it("a revision that is none", () => {
    const { code, output } = call(["preview", "--since", "no-such-branch"]);
    expect(output).toMatch(
      /^git has no revision "no-such-branch" here \(.*\)\. In CI, fetch the base branch first\.$/m,
    );
    expect(code).toBe(2);
  });

  it("no Go, where the CLI has to be built", () => {
    const bare = path.join(folder, "bare");
    mkdirSync(bare);
    ["sh", "uname"].forEach((tool) => symlinkSync(`/bin/${tool}`, path.join(bare, tool)));
    const { code, output } = call(["preview"], { PATH: bare, XDG_CACHE_HOME: path.join(folder, "no-cache") });
    expect(output).toMatch(
      /Pulumi 3\.\d+\.\d+ has to be built, but no Go is on PATH\. Install Go 1\.26\.\d+ or newer, or put the Pulumi CLI 3\.\d+\.\d+ on PATH yourself\./,
    );
    expect(code).toBe(2);
  });

  it("a folder that cannot be written", () => {
    const file = path.join(folder, "a-file");
    writeFileSync(file, "");
    const { code, output } = call(["preview"], { PIPELINE_SANDBOX: path.join(file, "sandbox") });
    expect(output).toMatch(
      /^A folder cannot be written \(.*\)\. Set PIPELINE_SANDBOX or XDG_CACHE_HOME to one that can\.$/m,
    );
    expect(code).toBe(2);
  });

  it("a full disk", () => {
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    expect(explained(full)).toBe(
      "The disk is full (ENOSPC: no space left on device, write). Free some space and try again: what was done so far is kept.",
    );
  });

  it("an old Node", () => {
    // Any JavaScript engine that says it is old will do: run.mjs looks at process.versions before anything else.
    const pretend = path.join(folder, "pretend.cjs");
    writeFileSync(pretend, 'Object.defineProperty(process.versions, "node", { value: "20.20.2" });\n');
    const old = path.join(folder, "old-node");
    writeFileSync(old, `#!/bin/sh\nexec "${process.execPath}" --require "${pretend}" "$@"\n`);
    chmodSync(old, 0o755);
    const { code, output } = call(["start"], {}, old);
    expect(output).toContain("This needs Node 22.18 or newer");
    expect(output).toContain("is 20.20.2.");
    expect(code).toBe(2);
  });
});
