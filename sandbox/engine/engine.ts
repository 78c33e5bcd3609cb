import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { Clouds } from "../cloud/clouds.ts";
import { repository, stackFile, type StagedProject } from "./project.ts";
import type { PulumiCli } from "./pulumiCli.ts";

/** What the engine did, or would do, to one resource. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly inputs: unknown;
}

export interface Run {
  /** Exit code of the CLI; 128 and more: ended by a signal. */
  readonly code: number;
  /** What it printed, when it was not shown live. */
  readonly output: string;
  /** The steps, without those that changed nothing. */
  readonly steps: readonly Step[];
}

export interface RunOptions {
  /** Show the engine's own live output, and let the user's Ctrl-C reach it. Default: `false`. */
  readonly live?: boolean;
  /** Called with the process when it has started. */
  readonly onStart?: (child: { readonly pid?: number | undefined; kill(signal: NodeJS.Signals): boolean }) => void;
  /** Further environment variables. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface EngineOptions {
  /**
   * Save the state after every step of an `up` or `destroy`, so that one that is killed can go on; else once, at its end.
   * Default: `true`. Previews never do: there is nothing to lose, and the file backend is quadratic in it.
   */
  readonly checkpoints?: boolean;
}

/** A resource as the state has it. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly parent?: string;
  readonly dependencies?: readonly string[];
}

/** The real Pulumi engine on a staged project, with its state in a folder and simulated providers attached. */
export class Engine {
  readonly #cli: PulumiCli;
  readonly #project: StagedProject;
  readonly #folder: string;
  readonly #providers: string;
  readonly #clouds: Readonly<Record<string, string>>;
  readonly #checkpoints: boolean;
  #runs = 0;

  private constructor(
    cli: PulumiCli,
    project: StagedProject,
    folder: string,
    providers: string,
    clouds: Readonly<Record<string, string>>,
    { checkpoints = true }: EngineOptions,
  ) {
    this.#cli = cli;
    this.#project = project;
    this.#folder = folder;
    this.#providers = providers;
    this.#clouds = clouds;
    this.#checkpoints = checkpoints;
  }

  /** `folder`: where the state lives. Makes the stack if there is none. */
  static async open(
    cli: PulumiCli,
    project: StagedProject,
    folder: string,
    clouds: Clouds,
    options: EngineOptions = {},
  ): Promise<Engine> {
    mkdirSync(path.join(folder, "state"), { recursive: true });
    const ports = await Promise.all(
      clouds.providers.map(async (provider) => `${provider.name}:${String(await provider.listen())}`),
    );
    const engine = new Engine(cli, project, folder, ports.join(","), await clouds.environment(), options);
    await engine.#prepareStack();
    return engine;
  }

  preview(args: readonly string[] = [], options: RunOptions = {}): Promise<Run> {
    return this.run("preview", args, options);
  }

  up(args: readonly string[] = [], options: RunOptions = {}): Promise<Run> {
    return this.run("up", ["--yes", "--skip-preview", ...args], options);
  }

  /** Previews first, like a user: what is protected stops it before anything is deleted. */
  destroy(args: readonly string[] = [], options: RunOptions = {}): Promise<Run> {
    return this.run("destroy", ["--yes", ...args], options);
  }

  /** Runs an operation that reports events. */
  async run(command: string, args: readonly string[], options: RunOptions): Promise<Run> {
    this.#runs += 1;
    const saves = this.#checkpoints && command !== "preview";
    const env = saves ? {} : { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };
    const log = path.join(this.#folder, `events-${String(process.pid)}-${String(this.#runs)}.jsonl`);
    try {
      const { code, output } = await this.call([command, ...args, "--stack", this.#project.stack, "--event-log", log], {
        ...options,
        env: { ...env, ...options.env },
      });
      return { code, output, steps: stepsIn(log) };
    } finally {
      rmSync(log, { force: true });
    }
  }

  /** The resources in the state. */
  async state(): Promise<StateResource[]> {
    const { output } = await this.call(["stack", "export", "--stack", this.#project.stack]);
    const state = JSON.parse(output) as { deployment: { resources?: StateResource[] } };
    return state.deployment.resources ?? [];
  }

  async removeStack(): Promise<void> {
    await this.#must(["stack", "rm", "--yes", "--preserve-config", this.#project.stack]);
  }

  /** Runs the CLI and waits for its end. */
  async call(args: readonly string[], options: RunOptions = {}): Promise<{ code: number; output: string }> {
    const child = spawn(this.#cli.file, args, {
      cwd: this.#project.folder,
      env: { ...this.#environment(), ...options.env },
      stdio: options.live === true ? "inherit" : ["ignore", "pipe", "pipe"],
    });
    const chunks: string[] = [];
    child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
    child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
    options.onStart?.(child);
    const code = await new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (exitCode, signal) => resolve(exitCode ?? (signal === "SIGINT" ? 130 : 143)));
    });
    return { code, output: chunks.join("") };
  }

  /** Makes the stack, and encrypts its secrets for the sandbox; again only when the configuration has changed. */
  async #prepareStack(): Promise<void> {
    const { stack, secrets, folder } = this.#project;
    const file = path.join(folder, stackFile(stack));
    const prepared = path.join(this.#folder, `prepared-${stack}.yaml`);
    const stamp = `# ${createHash("sha256").update(readFileSync(file, "utf8")).update(JSON.stringify(secrets)).digest("hex")}\n`;
    const hasStack = existsSync(path.join(this.#folder, "state", ".pulumi", "stacks", "pipeline", `${stack}.json`));
    if (hasStack && existsSync(prepared) && readFileSync(prepared, "utf8").startsWith(stamp)) {
      writeFileSync(file, readFileSync(prepared, "utf8"));
      return;
    }
    if (!hasStack) {
      await this.#must(["stack", "init", "--no-select", "--secrets-provider", "passphrase", stack]);
    }
    const values = Object.entries(secrets).flatMap(([key, value]) => ["--secret", `${key}=${value}`]);
    await this.#must(["config", "set-all", "--stack", stack, "--path", ...values]);
    writeFileSync(prepared, stamp + readFileSync(file, "utf8"));
  }

  async #must(args: readonly string[]): Promise<void> {
    const { code, output } = await this.call(args);
    if (code !== 0) {
      throw new Error(`pulumi ${args[0] ?? ""} failed:\n${output}`);
    }
  }

  /** Nothing of the user's own logins gets in. */
  #environment(): NodeJS.ProcessEnv {
    const own = Object.entries(process.env).filter(([name]) => !/^(PULUMI|CONFLUENT|AWS|DOCKER|SNOWFLAKE)_/.test(name));
    const paths = [
      path.join(repository, "node_modules", ".bin"), // the pinned Node
      path.dirname(this.#cli.file),
      ...(this.#cli.hasLanguageHost ? [] : [path.join(import.meta.dirname, "bin")]),
      process.env.PATH ?? "",
    ];
    return {
      ...Object.fromEntries(own),
      ...this.#clouds,
      PATH: paths.join(path.delimiter),
      PULUMI_HOME: path.join(this.#folder, "home"),
      PULUMI_BACKEND_URL: `file://${path.join(this.#folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "sandbox",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_DEBUG_PROVIDERS: this.#providers,
      PULUMI_DEBUG_COMMANDS: "true", // for --event-log
      PIPELINE_LANGUAGE_HOST: path.join(import.meta.dirname, "languageHost.ts"),
      // The program reports every mistake in the configuration at once; the CLI would stop at the first.
      PULUMI_OPTION_SKIP_CONFIG_VALIDATION: "true",
      NODE_COMPILE_CACHE: path.join(this.#folder, "compiled"),
    };
  }
}

interface EngineEvent {
  readonly resourcePreEvent?: { readonly metadata: EventMetadata };
}

interface EventMetadata {
  readonly op: string;
  readonly urn: string;
  readonly new?: { readonly inputs: unknown };
}

function stepsIn(log: string): Step[] {
  if (!existsSync(log)) {
    return [];
  }
  return readFileSync(log, "utf8")
    .split("\n")
    .filter((line) => line.includes('"resourcePreEvent"'))
    .flatMap((line) => (JSON.parse(line) as EngineEvent).resourcePreEvent ?? [])
    .map(({ metadata }) => ({ op: metadata.op, urn: metadata.urn, inputs: metadata.new?.inputs }))
    .filter(({ op }) => op !== "same");
}
