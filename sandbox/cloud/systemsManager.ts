import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import * as path from "node:path";
import { gunzipSync } from "node:zlib";
import type { Declaration } from "../../image/connect/reconcile/declaration.ts";
import { isObject } from "./check.ts";
import type { ConnectWorkers } from "./connectWorkers.ts";
import type { Inventory, Properties } from "./inventory.ts";
import { instancesOf, type Instance } from "./instances.ts";
import { LoopbackService } from "./loopbackService.ts";
import type { Done, Intervene } from "./provider.ts";
import { fetchSecrets } from "./sinkSecrets.ts";

/** A refusal, as the service names it. */
class ServiceError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

interface Invocation {
  status: "InProgress" | "Success" | "Failed";
  output: string;
  errors: string;
}

interface CommandParameters {
  readonly Declaration: readonly string[];
  readonly DryRun: readonly string[];
}

/** Assumed: until an instance has booted and its worker answers, and until a connector's tasks have run for a while. */
const seconds = { boot: 150, tasks: 20 };

/** The programs on an instance that commands call, and what stands for the first one here. */
const onInstance = "/usr/local/bin/pipeline-reconcile";
const secretsOnInstance = "/usr/local/sbin/pipeline-secrets";
const reconcileHere = path.resolve(import.meta.dirname, "../../image/connect/reconcile/main.ts");

/**
 * Systems Manager as far as commands on instances need it: an HTTP service on loopback that knows the instances of the
 * simulated Auto Scaling groups, checks a command's parameters by its document, and runs the document's script in a real
 * shell, against the simulated Connect cluster.
 */
export class SystemsManager {
  readonly #cloud: Inventory;
  readonly #workers: ConnectWorkers;
  readonly #done: Done[];
  /** Asked before each command that changes something, as for the resource that it is for. */
  intervene: Intervene = () => undefined;
  readonly #invocations = new Map<string, Invocation>();
  readonly #service: LoopbackService;

  constructor(cloud: Inventory, workers: ConnectWorkers, done: Done[]) {
    this.#cloud = cloud;
    this.#workers = workers;
    this.#done = done;
    this.#service = new LoopbackService((request, response) => {
      void this.#answer(request)
        .then((body) => response.writeHead(200).end(JSON.stringify(body)))
        .catch((error: unknown) => {
          const [code, message] =
            error instanceof ServiceError ? [error.code, error.message] : ["InternalFailure", String(error)];
          response
            .writeHead(400, { "content-type": "application/x-amz-json-1.1" })
            .end(JSON.stringify({ __type: code, message }));
        });
    });
  }

  listen(): Promise<string> {
    return this.#service.listen();
  }

  close(): void {
    this.#service.close();
  }

  async #answer(request: IncomingMessage): Promise<Properties> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const args = JSON.parse(Buffer.concat(chunks).toString()) as Properties;
    const target = String(request.headers["x-amz-target"]);
    switch (target) {
      case "AmazonSSM.DescribeInstanceInformation":
        return { InstanceInformationList: this.#online(args).map((id) => ({ InstanceId: id, PingStatus: "Online" })) };
      case "AmazonSSM.SendCommand":
        return { Command: { CommandId: await this.#send(args), Status: "Pending" } };
      case "AmazonSSM.GetCommandInvocation":
        return this.#invocation(args);
      default:
        throw new ServiceError("InvalidAction", `the sandbox does not simulate ${target}`);
    }
  }

  #online(args: Properties): string[] {
    const filters = (args.Filters ?? []) as { Key: string; Values: string[] }[];
    const byTag = filters.filter(({ Key }) => Key.startsWith("tag:"));
    return instancesOf(this.#cloud)
      .filter(({ tags }) => byTag.every(({ Key, Values }) => Values.includes(String(tags[Key.replace("tag:", "")]))))
      .map(({ id }) => id);
  }

  async #send(args: Properties): Promise<string> {
    const ids = (args.InstanceIds ?? []) as string[];
    if (ids.length === 0 || ids.length > 50) {
      throw new ServiceError("ValidationException", "InstanceIds has 1 to 50 members");
    }
    const known = instancesOf(this.#cloud);
    const instances = ids.map((id) => {
      const instance = known.find((one) => one.id === id);
      if (instance === undefined) {
        throw new ServiceError("InvalidInstanceId", `Instances [[${id}]] not in a valid state for account`);
      }
      return instance;
    });
    const document = this.#cloud.get("aws:ssm/document:Document", args.DocumentName);
    if (document === undefined) {
      throw new ServiceError("InvalidDocument", `document ${String(args.DocumentName)} does not exist`);
    }
    const script = scriptOf(JSON.parse(String(document.properties.content)) as CommandDocument, args.Parameters);
    const command = randomUUID();
    for (const instance of instances) {
      const invocation: Invocation = { status: "InProgress", output: "", errors: "" };
      this.#invocations.set(`${command} ${instance.id}`, invocation);
      if (script.includes(secretsOnInstance)) {
        void this.#runSecrets(script, invocation, instance);
      } else {
        await this.#reconcile(script, invocation, args.Parameters as CommandParameters);
      }
    }
    return command;
  }

  async #reconcile(script: string, invocation: Invocation, parameters: CommandParameters): Promise<void> {
    const change = this.#changeIn(parameters);
    const intervention = change === undefined ? undefined : this.intervene(change.operation, change.urn);
    if (intervention === "hang") {
      return;
    }
    if (intervention === "fail") {
      Object.assign(invocation, { status: "Failed", errors: "made to fail by the sandbox" });
      return;
    }
    void this.#runReconcile(script, invocation, await this.#workers.listen()).then(() => {
      if (intervention === "half") {
        Object.assign(invocation, { status: "Failed", output: "", errors: "made to fail by the sandbox" });
      } else if (change !== undefined && invocation.status === "Success") {
        this.#done.push(change);
      }
    });
  }

  /** What a command does, as the engine knows it: an operation on a connector's resource. */
  #changeIn({ Declaration: [packed = ""], DryRun: [dryRun = ""] }: CommandParameters): Done | undefined {
    const {
      owner,
      connectors,
      remove = [],
    } = JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString()) as Declaration;
    const [declared] = Object.keys(connectors);
    const name = declared ?? remove[0];
    if (dryRun === "true" || name === undefined) {
      return undefined;
    }
    const operation = declared === undefined ? "delete" : this.#workers.has(declared) ? "update" : "create";
    const [project = "", ...stack] = owner.split("-");
    const types = "pipeline:connect:Connectors$dataplane:connect:Connector";
    return {
      operation,
      urn: `urn:pulumi:${stack.join("-")}::${project}::${types}::connectors-${name}`,
      seconds: operation === "create" ? seconds.boot + seconds.tasks : seconds.tasks,
    };
  }

  async #runReconcile(onInstanceScript: string, invocation: Invocation, url: string): Promise<void> {
    // A simulated task that runs goes on running: there is no need to watch it for seconds.
    const here = `${process.execPath} ${reconcileHere} --stable 0.2`;
    const script = onInstanceScript.replaceAll(`-x ${onInstance}`, `-f ${reconcileHere}`).replaceAll(onInstance, here);
    await run(script, invocation, { CONNECT_URL: url });
  }

  /** There is nothing to fetch into here: that it was done is what counts, or why the instance may not. */
  async #runSecrets(onInstanceScript: string, invocation: Invocation, instance: Instance): Promise<void> {
    const refusal = fetchSecrets(this.#cloud, instance);
    const here = refusal === undefined ? "true" : `sh -c 'echo "$REFUSAL" >&2; exit 124'`;
    const script = onInstanceScript
      .replaceAll(`-x ${secretsOnInstance}`, "-n here")
      .replaceAll(secretsOnInstance, here);
    // Whatever this machine runs, it is no worker of the sandbox's.
    await run(`docker() { :; }\n${script}`, invocation, { REFUSAL: refusal ?? "" });
  }

  #invocation(args: Properties): Properties {
    const invocation = this.#invocations.get(`${String(args.CommandId)} ${String(args.InstanceId)}`);
    if (invocation === undefined) {
      throw new ServiceError("InvocationDoesNotExist", "");
    }
    // The service cuts what a command prints.
    return {
      Status: invocation.status,
      StandardOutputContent: invocation.output.slice(0, 24_000),
      StandardErrorContent: invocation.errors.slice(0, 8_000),
    };
  }
}

async function run(script: string, invocation: Invocation, environment: Record<string, string>): Promise<void> {
  const child = spawn("sh", ["-c", script], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.on("data", (chunk: Buffer) => (invocation.output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (invocation.errors += chunk.toString()));
  const code = await new Promise((resolve) => child.on("close", resolve).on("error", resolve));
  invocation.status = code === 0 ? "Success" : "Failed";
}

interface CommandDocument {
  readonly parameters?: Readonly<
    Record<string, { default?: string; allowedPattern?: string; allowedValues?: string[] }>
  >;
  readonly mainSteps: readonly { readonly inputs: { readonly runCommand: readonly string[] } }[];
}

/** The document's script with its parameters filled in, refused as the service refuses. */
function scriptOf({ parameters = {}, mainSteps }: CommandDocument, given: unknown): string {
  const values = isObject(given) ? given : {};
  const strange = Object.keys(values).find((name) => parameters[name] === undefined);
  if (strange !== undefined) {
    throw new ServiceError("InvalidParameters", `${strange} is not a parameter of the document`);
  }
  let script = mainSteps.flatMap(({ inputs }) => inputs.runCommand).join("\n");
  for (const [name, { default: fallback, allowedPattern, allowedValues }] of Object.entries(parameters)) {
    const [value = fallback] = (values[name] ?? []) as string[];
    const isLegal =
      value !== undefined &&
      (allowedPattern === undefined || new RegExp(allowedPattern).test(value)) &&
      allowedValues?.includes(value) !== false;
    if (!isLegal) {
      throw new ServiceError("InvalidParameters", `${name} has a value that the document does not allow`);
    }
    script = script.replaceAll(`{{ ${name} }}`, value);
  }
  return script;
}
