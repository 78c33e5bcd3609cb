import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import type { Declaration } from "../../../image/connect/reconcile/declaration.ts";
import { reconcileOnInstance } from "../../../providers/connect/ssm.ts";

type Answer = Readonly<Record<string, unknown>>;
interface Sent {
  readonly DocumentName: string;
  readonly InstanceIds: readonly string[];
  readonly Parameters?: Readonly<Record<string, readonly string[]>>;
  readonly TimeoutSeconds?: number;
}

const report = { connectors: {}, failures: [] };
const reach = {
  by: "ssm",
  region: "eu-west-1",
  document: "reconcile",
  secretsDocument: "secrets",
  release: "0123",
  name: "pipeline-dev-workers",
  workers: 2,
} as const;
const sinkOf = (config: Readonly<Record<string, string>>): Declaration => ({
  owner: "pipeline-dev",
  connectors: { "sink-jdbc": { config: { "connector.class": "pipeline.jdbc.JdbcSink", ...config } } },
  undeclared: "keep",
  forget: true,
});
const withSecrets = sinkOf({ "reconcile.secrets": "3.1" });
const making = { dryRun: false };

let server: Server;
let instances: readonly string[];
let sent: Sent[];
/** How a command ends on an instance. */
let ends: (document: string, instance: string) => Answer;

/** Systems Manager's answers, with its instances in pages of 40. */
function answer(call: string, args: Answer): Answer {
  switch (call) {
    case "DescribeInstanceInformation": {
      const from = Number(args.NextToken ?? 0);
      const page = instances.slice(from, from + 40).map((InstanceId) => ({ InstanceId, PingStatus: "Online" }));
      return {
        InstanceInformationList: page,
        ...(from + 40 < instances.length ? { NextToken: String(from + 40) } : {}),
      };
    }
    case "SendCommand":
      return { Command: { CommandId: `${"0".repeat(35)}${String(sent.push(args as unknown as Sent))}` } };
    default: {
      const command = sent[Number(String(args.CommandId).slice(-1)) - 1];
      return ends(command?.DocumentName ?? "", String(args.InstanceId));
    }
  }
}

beforeEach(async () => {
  instances = ["i-1", "i-2"];
  sent = [];
  ends = (document) => ({
    Status: "Success",
    StandardOutputContent: document === "reconcile" ? `waiting\n${JSON.stringify(report)}\n` : "",
    StandardErrorContent: "",
  });
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const call = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
      response.end(JSON.stringify(answer(call, JSON.parse(Buffer.concat(chunks).toString()) as Answer)));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SSM: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    AWS_ACCESS_KEY_ID: "TEST",
    AWS_SECRET_ACCESS_KEY: "test",
  });
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

it("lets every instance fetch the secrets before one of them runs reconcile", async () => {
  expect(await reconcileOnInstance(reach, withSecrets, making)).toEqual(report);
  expect(sent.map(({ DocumentName, InstanceIds }) => [DocumentName, InstanceIds])).toEqual([
    ["secrets", ["i-1", "i-2"]],
    ["reconcile", ["i-1"]],
  ]);
  const [first, second] = sent;
  expect(first?.Parameters).toBeUndefined();
  expect(first?.TimeoutSeconds).toBe(120);
  const packed = Buffer.from(second?.Parameters?.Declaration?.[0] ?? "", "base64");
  expect(JSON.parse(gunzipSync(packed).toString())).toEqual(withSecrets);
});

it("waits for each of them", async () => {
  let asked = 0;
  const done = ends;
  ends = (document, instance) => {
    asked += document === "secrets" && instance === "i-2" ? 1 : 0;
    return document === "secrets" && instance === "i-2" && asked < 3
      ? { Status: "InProgress" }
      : (expect(document === "secrets" || asked === 3).toBe(true), done(document, instance));
  };
  await reconcileOnInstance(reach, withSecrets, making);
  expect(asked).toBe(3);
});

it("names the instances that could not, with what they said, and touches no connector", async () => {
  ends = (_, instance) =>
    instance === "i-2"
      ? { Status: "Failed", StandardOutputContent: "", StandardErrorContent: "AccessDeniedException\n" }
      : { Status: "Success" };
  await expect(reconcileOnInstance(reach, withSecrets, making)).rejects.toThrow(
    "The secrets of the sinks could not be fetched on every worker, and the connector is left as it was.\n" +
      "i-2 (Failed): AccessDeniedException",
  );
  expect(sent.map(({ DocumentName }) => DocumentName)).toEqual(["secrets"]);
});

it("sends to fifty at once, which is all that the service takes", async () => {
  instances = Array.from({ length: 60 }, (_, index) => `i-${String(index).padStart(2, "0")}`);
  await reconcileOnInstance({ ...reach, workers: 60 }, withSecrets, making);
  expect(sent.map(({ DocumentName, InstanceIds }) => [DocumentName, InstanceIds.length])).toEqual([
    ["secrets", 50],
    ["secrets", 10],
    ["reconcile", 1],
  ]);
});

it.each<[what: string, declaration: Declaration, dryRun: boolean]>([
  ["a source, whose secrets are the workers'", sinkOf({}), false],
  ["a look", withSecrets, true],
  ["taking one away", { ...withSecrets, connectors: {}, remove: ["sink-jdbc"] }, false],
])("fetches nothing for %s", async (_, declaration, dryRun) => {
  await reconcileOnInstance(reach, declaration, { dryRun });
  expect(sent.map(({ DocumentName }) => DocumentName)).toEqual(["reconcile"]);
});
