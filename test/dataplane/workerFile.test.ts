import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { assemble } from "../../image/connect/assemble.ts";
import { allowedOverrides, secretsProperties, workerPropertiesText } from "../../model/connect/worker.ts";
import { java } from "../../dataplane/engines/java.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "worker-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("Kafka Connect knows every setting, resolves references, and lets connectors set what is allowed only", async () => {
  const secretsFile = path.join(folder, "secrets.properties");
  const properties = path.join(folder, "worker.properties");
  writeFileSync(
    secretsFile,
    secretsProperties({ kafka: { key: "KEY", secret: "se$cret" }, registry: { key: "r", secret: "s" }, passwords: {} }),
  );
  writeFileSync(
    properties,
    workerPropertiesText({
      bootstrapServers: "SASL_SSL://127.0.0.1:9092",
      registryUrl: "https://127.0.0.1",
      secretsFile,
      truststore: path.join(folder, "ca.pem"),
    }),
  );
  // A worker loads converters from their plugin's folder; a plain program finds them on its class path.
  const image = await assemble();
  const classPath = ["libs/*", "plugins/snowflake/*"].map((jars) => path.join(image, jars)).join(path.delimiter);
  const program = path.join(import.meta.dirname, "..", "java", "CheckWorker.java");
  const asked = [...allowedOverrides, "bootstrap.servers", "interceptor.classes", "sasl.login.callback.handler.class"];
  const { command, args } = java("256m", "-cp", classPath, program, properties, ...asked);

  const run = spawnSync(command, args, { encoding: "utf8", env: { ...process.env, CONNECT_HOST: "10.0.1.5" } });

  const told = run.stdout.split("\n").filter((line) => /^(unknown|listeners|advertised|login|refused) /.test(line));
  expect(told.length === 0 ? run.stderr : told).toEqual([
    "unknown []",
    "listeners [http://10.0.1.5:8083]",
    "advertised 10.0.1.5",
    'login org.apache.kafka.common.security.plain.PlainLoginModule required username="KEY" password="se\\044cret";',
    "refused [bootstrap.servers, interceptor.classes, sasl.login.callback.handler.class]",
  ]);
});
