import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import * as grpc from "@grpc/grpc-js";
import languageGrpc from "@pulumi/pulumi/proto/language_grpc_pb.js";
import languagePb from "@pulumi/pulumi/proto/language_pb.js";
import type { RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb.js";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import { unary } from "../rpc.ts";

/**
 * The part of Pulumi's Node.js language host that a program needs to run: the CLI's Go module does not bring it. The
 * engine starts it, reads the port from its output, and asks it to run the program.
 */

/** The SDK's runner exits with this when it has told the user what is wrong; the engine then adds nothing. */
const exitedAfterTellingTheUser = 32;

const engineAddress = process.argv.at(-1) ?? "";

async function run(request: RunRequest): Promise<RunResponse> {
  const runner = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run");
  const options: Record<string, string> = {
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
    project: request.getProject(),
    stack: request.getStack(),
    organization: request.getOrganization(),
    pwd: request.getPwd(),
    parallel: String(request.getParallel()),
    ...(request.getDryrun() ? { "dry-run": "true" } : {}),
  };
  const runnerArgs = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const { nodeargs = "", typescript } = request.getInfo()?.getOptions()?.toJavaScript() ?? {};
  const child = spawn(
    process.execPath,
    [
      ...(typeof nodeargs === "string" && nodeargs !== "" ? nodeargs.split(" ") : []),
      runner,
      ...runnerArgs,
      request.getInfo()?.getEntryPoint() ?? ".",
    ],
    {
      stdio: "inherit",
      env: {
        ...process.env,
        PULUMI_NODEJS_TYPESCRIPT: typescript === false ? "false" : "true",
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      },
    },
  );
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", resolve);
  });
  const response = new languagePb.RunResponse();
  if (code === exitedAfterTellingTheUser) {
    response.setBail(true);
  } else if (code !== 0) {
    response.setError(`the program ended with exit code ${String(code)}`);
  }
  return response;
}

/** An engine that was killed cannot say that it is gone. */
const engineProcess = process.ppid;
setInterval(() => {
  if (process.ppid !== engineProcess) {
    process.exit(1);
  }
}, 1000).unref();

const server = new grpc.Server();
server.addService(languageGrpc.LanguageRuntimeService, {
  getRequiredPackages: unary(() => new languagePb.GetRequiredPackagesResponse()),
  getRequiredPlugins: unary(() => new languagePb.GetRequiredPluginsResponse()),
  getPluginInfo: unary(() => new pluginPb.PluginInfo()),
  getProgramDependencies: unary(() => new languagePb.GetProgramDependenciesResponse()),
  about: unary(() => {
    const about = new languagePb.AboutResponse();
    about.setExecutable(process.execPath);
    about.setVersion(process.version);
    return about;
  }),
  cancel: unary(() => new emptyPb.Empty()),
  run: unary(run),
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) {
    throw error;
  }
  console.log(port);
});
