import { gunzipSync } from "node:zlib";
import type { DemoSourcesArgs } from "../../components/sources/demoSources.ts";
import { declaredGraph, defaultGraph } from "../../model/graph.ts";
import { pipeline } from "../../pipeline.ts";
import { kind, type Registration } from "./harness.ts";

const password = "hush'&$1";

const onDocker = { on: "docker", daemon: "ssh://demo@example.test", address: "192.0.2.7" } as const;
const onEc2 = {
  on: "ec2",
  displayName: "pipeline-dev-demo",
  region: "eu-north-1",
  vpcId: "vpc-0123456789abcdef0",
  subnetId: "subnet-0123456789abcdef0",
  workersGroupId: "sg-0123456789abcdef0",
} as const;

interface Result {
  readonly graph: readonly Registration[];
  /** Host and port by source. */
  readonly addresses: Readonly<Record<string, string>>;
}

async function graphOf(host: DemoSourcesArgs["host"], setup = "SELECT 'let in';\n"): Promise<Result> {
  const addresses: Record<string, string> = {};
  let graph: readonly Registration[] = [];
  // The SDK keeps one monitor a copy of itself, so each graph gets a copy of its own.
  await jest.isolateModulesAsync(async () => {
    const { recordGraph } = await import("../../sandbox/graph.ts");
    const { DemoSources } = await import("../../components/sources/demoSources.ts");
    const load = () => {
      const databases = defaultGraph(declaredGraph(pipeline)).sources.map((source) => ({
        source,
        port: source.kind === "sqlServer" ? 1433 : 3307,
        database: "demo",
        user: "cdc_reader",
        setup,
        password,
      }));
      const demo = new DemoSources("demo", { databases, host });
      for (const [source, { host: name, port }] of Object.entries(demo.addresses)) {
        name.apply((known) => {
          addresses[source] = `${known}:${String(port)}`;
        });
      }
      return Promise.resolve();
    };
    graph = await recordGraph({ stack: "dev", values: {}, secretKeys: [], load: () => Promise.resolve().then(load) });
  });
  return { graph, addresses };
}

function named(graph: readonly Registration[], name: RegExp | string): Registration {
  const found = graph.find((item) => (typeof name === "string" ? item.name === name : name.test(item.name)));
  if (found === undefined) {
    throw new Error(`no ${String(name)}`);
  }
  return found;
}

/** What of the inputs is no secret. */
function inClear(graph: readonly Registration[]): string {
  const without = (value: unknown, at: string, secrets: readonly string[]): unknown => {
    if (secrets.includes(at)) {
      return "[secret]";
    }
    if (Array.isArray(value)) {
      return value.map((item, index) => without(item, `${at}[${String(index)}]`, secrets));
    }
    return typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.entries(value).map(([key, item]) => [key, without(item, at === "" ? key : `${at}.${key}`, secrets)]),
        )
      : value;
  };
  return JSON.stringify(graph.map(({ inputs, secrets }) => without(inputs, "", secrets)));
}

describe.each([
  ["in Docker", onDocker],
  ["on EC2", onEc2],
])("the demo's databases %s", (_, host) => {
  let graph: readonly Registration[] = [];
  beforeAll(async () => {
    ({ graph } = await graphOf(host));
  });

  it("belong to one component, are protected by nothing, and have one name each", () => {
    expect(named(graph, "demo").type).toBe("pipeline:sources:DemoSources");
    const parts = graph.filter(({ name }) => name !== "demo");
    expect(
      parts.filter(({ parent, name }) => parent !== named(graph, "demo").urn || !name.startsWith("demo-")),
    ).toEqual([]);
    expect(graph.filter(({ protect }) => protect)).toEqual([]);
    expect(new Set(graph.map(({ urn }) => urn)).size).toBe(graph.length);
  });

  it("know their passwords as secrets only", () => {
    expect(JSON.stringify(graph)).toContain("hush");
    expect(inClear(graph)).not.toContain("hush");
  });
});

describe("the demo in Docker", () => {
  it("has images by digest, data that goes with the stack, and the user's own daemon", async () => {
    const { graph } = await graphOf(onDocker);
    const images = graph.filter((item) => kind(item) === "RemoteImage");
    expect(images.map(({ inputs }) => String(inputs.name).replace(/[0-9a-f]{64}$/, ""))).toEqual([
      "mcr.microsoft.com/mssql/server:2022-CU27-ubuntu-22.04@sha256:",
      "docker.io/library/mysql:8.4.11@sha256:",
    ]);
    expect(named(graph, "demo-docker").inputs).toEqual({ host: onDocker.daemon });
    const others = graph.filter(({ custom, name }) => custom && name !== "demo-docker");
    expect(new Set(others.map(({ provider }) => provider))).toEqual(new Set([named(graph, "demo-docker").urn]));
    expect(named(graph, "demo-mysql-container").inputs).toMatchObject({
      image: "«docker:index/remoteImage:RemoteImage::demo-mysql-image|imageId»",
      volumes: [{ containerPath: "/var/lib/mysql" }],
    });
  });

  it("listens at the given address only", async () => {
    const { graph, addresses } = await graphOf(onDocker);
    const ports = graph.flatMap(({ inputs }) => inputs.ports ?? []);
    expect(ports).toEqual([
      { internal: 1433, external: 1433, ip: "192.0.2.7" },
      { internal: 3306, external: 3307, ip: "192.0.2.7" },
    ]);
    expect(addresses).toEqual({ mssql: "192.0.2.7:1433", mysql: "192.0.2.7:3307" });
  });

  it.each(["", "0.0.0.0", "::", "[::]", "*"])('refuses the address "%s" before anything is made', async (address) => {
    await expect(graphOf({ ...onDocker, address })).rejects.toThrow(
      `The demo's databases would listen at every address of their host ("${address}").`,
    );
  });

  it("gives passwords in files that only the database reads, and not in the environment", async () => {
    const { graph } = await graphOf(onDocker);
    const { inputs, secrets } = named(graph, "demo-mssql-container");
    const uploads = inputs.uploads as Record<string, unknown>[];
    const at = uploads.findIndex(({ file }) => file === "/run/demo/password");
    expect(uploads[at]).toEqual({ file: "/run/demo/password", content: password, owner: "10001", permissions: "0400" });
    expect(secrets).toEqual([`uploads[${String(at)}].content`]);
    expect(inputs.labels).toBeUndefined();
    expect(inputs.envs).toEqual([
      "ACCEPT_EULA=Y",
      "MSSQL_PID=Developer",
      "MSSQL_AGENT_ENABLED=true",
      "MSSQL_MEMORY_LIMIT_MB=2048",
    ]);
  });

  it("is there for others when every database answers", async () => {
    const { graph } = await graphOf(onDocker);
    for (const source of ["mssql", "mysql"]) {
      const { inputs } = named(graph, `demo-${source}-container`);
      expect(inputs).toMatchObject({ wait: true, healthcheck: { tests: expect.arrayContaining(["CMD"]) as unknown } });
    }
  });
});

describe("the demo on EC2", () => {
  it("lets in the workers, at the databases' ports, and nobody else", async () => {
    const { graph } = await graphOf(onEc2);
    const rules = graph.filter((item) => kind(item) === "SecurityGroupIngressRule").map(({ inputs }) => inputs);
    expect(
      rules.map(({ fromPort, toPort, referencedSecurityGroupId }) => [fromPort, toPort, referencedSecurityGroupId]),
    ).toEqual([
      [1433, 1433, onEc2.workersGroupId],
      [3307, 3307, onEc2.workersGroupId],
    ]);
    expect(rules.filter(({ cidrIpv4, cidrIpv6 }) => cidrIpv4 !== undefined || cidrIpv6 !== undefined)).toEqual([]);
    expect(named(graph, "demo-group").inputs.ingress).toBeUndefined();
  });

  it("is one x86_64 instance without SSH, with IMDSv2, an encrypted disk and rights to its own secret alone", async () => {
    const { graph, addresses } = await graphOf(onEc2);
    const template = named(graph, /^demo-template-[0-9a-f]{8}$/).inputs;
    expect(template).toMatchObject({
      imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
      instanceType: "t3.medium",
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [{ ebs: { encrypted: "true" } }],
    });
    expect(template.keyName).toBeUndefined();
    const policy = JSON.parse(String(named(graph, "demo-permissions").inputs.policy)) as {
      Statement: { Action: string | string[]; Resource: unknown }[];
    };
    const own = policy.Statement.filter(({ Action }) => JSON.stringify(Action).includes("secretsmanager"));
    expect(own).toMatchObject([
      { Action: ["secretsmanager:GetSecretValue"], Resource: ["«aws:secretsmanager/secret:Secret::demo-secrets|arn»"] },
    ]);
    expect(named(graph, "demo-secrets").inputs.recoveryWindowInDays).toBe(0);
    const host = "«aws:ec2/instance:Instance::demo-instance|privateIp»";
    expect(addresses).toEqual({ mssql: `${host}:1433`, mysql: `${host}:3307` });
  });

  it("is told nothing secret, in fewer bytes than EC2 takes", async () => {
    const { graph } = await graphOf(onEc2);
    const userData = Buffer.from(String(named(graph, /^demo-template/).inputs.userData), "base64");
    expect(userData.length).toBeLessThan(16_384);
    const text = gunzipSync(userData).toString();
    expect(text).not.toContain("hush");
    expect(text).toContain("--secret-id '«aws:secretsmanager/secret:Secret::demo-secrets|arn»'");
    expect(text).toContain("SELECT 'let in';");
    expect(JSON.parse(String(named(graph, "demo-secrets-version").inputs.secretString))).toEqual({
      mssql: password,
      mysql: password,
    });
  });

  it("is another instance when what it runs changes, and only then", async () => {
    const template = async (setup?: string) => named((await graphOf(onEc2, setup)).graph, /^demo-template/);
    expect((await template()).name).toBe((await template()).name);
    expect((await template("SELECT 2;\n")).name).not.toBe((await template()).name);
  });

  it("refuses to be told more than EC2 takes", async () => {
    const long = Array.from({ length: 40_000 }, (_, index) => `SELECT ${String(index * 7919)};`).join("\n");
    await expect(graphOf(onEc2, long)).rejects.toThrow(/^What the demo's instance runs is \d+ bytes when compressed/);
  });
});
