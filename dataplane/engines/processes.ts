import { execFile, spawn, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { binary } from "./binaries.ts";
import { hasKept, noteKept } from "./kept.ts";

const prefix = "pipeline-dataplane-";

export interface Program {
  /** Its name in messages, and its log's: `<name>.log`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Database servers refuse to be root: `true` runs it as `nobody` where we are root. Default: `false`. */
  readonly unprivileged?: boolean;
  /** Asked until it says true; throwing is the same as false. */
  readonly ready: () => Promise<boolean>;
  /** Milliseconds that getting ready may take. Default: 60,000. */
  readonly within?: number;
  /** What asks it to end in good order. Default: SIGTERM. */
  readonly stopSignal?: NodeJS.Signals;
}

export interface LabOptions {
  /** `true`: the engines may outlive this process, which notes them in the folder; `stopKept` ends them. Default: `false`. */
  readonly keep?: boolean;
}

/**
 * Real engines in one temporary folder, and nothing that outlives them. `stop()` ends them, last started first; should
 * this process die before (Ctrl-C, a time-out of CI, kill -9), the kernel kills each of them with it, and the next lab
 * sweeps the folder. `DATAPLANE_KEEP=1` keeps the folder for a look.
 */
export class Lab {
  readonly folder: string;
  readonly #keep: boolean;
  readonly #processes: RunningProcess[] = [];
  readonly #endings: (() => Promise<void>)[] = [];
  readonly #commands = new Set<Promise<unknown>>();
  readonly #stopping = new AbortController();

  constructor(name: string, { keep = false }: LabOptions = {}) {
    sweep();
    this.#keep = keep;
    this.folder = mkdtempSync(path.join(os.tmpdir(), `${prefix}${process.pid}-${name}-`));
    chmodSync(this.folder, 0o755);
  }

  /** A path in the folder; its parent is made. */
  path(...parts: string[]): string {
    const full = path.join(this.folder, ...parts);
    mkdirSync(path.dirname(full), { recursive: true });
    return full;
  }

  /** Starts it and waits until it is ready. Throws with the relevant lines of its log when it ends or takes too long. */
  async start(program: Program): Promise<RunningProcess> {
    this.#stopping.signal.throwIfAborted();
    const running = new RunningProcess(program, this.path(`${program.name}.log`), { keep: this.#keep });
    this.#processes.push(running);
    await running.start();
    return running;
  }

  /** Runs a command to its end; a lab that is stopped ends it. Throws with what it said when it fails. */
  async run(command: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
    const dying = ["--pdeathsig", "KILL", "--", command, ...args];
    const running = promisify(execFile)(binary("setpriv"), dying, { ...options, signal: this.#stopping.signal });
    this.#commands.add(running);
    try {
      return (await running).stdout;
    } finally {
      this.#commands.delete(running);
    }
  }

  /** What was started, and runs or not. */
  get processes(): readonly RunningProcess[] {
    return this.#processes;
  }

  /** The relevant lines of every log: what a failed test shows. */
  troubles(): string {
    return this.#processes
      .map((running) => ({ name: running.name, lines: relevantLines(running.log()) }))
      .filter(({ lines }) => lines !== "")
      .map(({ name, lines }) => `--- ${name}\n${lines}`)
      .join("\n");
  }

  /** Asks until the answer is not undefined. Throws after `seconds` with the last error and the engines' own words. */
  async eventually<T>(what: string, seconds: number, ask: () => Promise<T | undefined>): Promise<T> {
    const deadline = Date.now() + seconds * 1000;
    let last: unknown;
    while (Date.now() < deadline) {
      try {
        const answer = await ask();
        if (answer !== undefined) {
          return answer;
        }
      } catch (error) {
        last = error;
      }
      await sleep(200);
    }
    const reason = last === undefined ? "" : `: ${last instanceof Error ? last.message : "an unknown error"}`;
    throw new Error(`not after ${seconds} s: ${what}${reason}\n${this.troubles()}`);
  }

  /** What else is to end, before the engines do: a client of theirs. */
  atEnd(work: () => Promise<void>): void {
    this.#endings.push(work);
  }

  /** Also while something starts still: that fails then. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error("the lab was stopped"));
    await Promise.allSettled(this.#commands);
    for (const work of this.#endings) {
      await work();
    }
    for (const running of this.#processes.toReversed()) {
      await running.stop();
    }
    if (process.env.DATAPLANE_KEEP !== "1") {
      rmSync(this.folder, { recursive: true, force: true });
    }
  }
}

/** Of a command that runs to its end. */
export interface CommandOptions {
  readonly uid?: number;
  readonly gid?: number;
  readonly cwd?: string;
}

export class RunningProcess {
  readonly name: string;
  readonly #program: Program;
  readonly #logFile: string;
  readonly #keep: boolean;
  #child: ChildProcess | undefined;
  #ended: Promise<void> = Promise.resolve();

  constructor(program: Program, logFile: string, { keep = false }: LabOptions = {}) {
    this.name = program.name;
    this.#program = program;
    this.#logFile = logFile;
    this.#keep = keep;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts it, also again after `stop` or `kill`, and waits until it is ready. */
  async start(): Promise<void> {
    if (this.running) {
      return;
    }
    const { command, args, env, unprivileged = false } = this.#program;
    const log = openSync(this.#logFile, "a");
    // Its own session: a Ctrl-C in the terminal reaches us only. The kernel ends it when we end, however we do.
    const dying = this.#keep ? ["--pdeathsig", "clear"] : ["--pdeathsig", "KILL"];
    const child = spawn(binary("setpriv"), [...dying, "--", command, ...args], {
      detached: true,
      stdio: ["ignore", log, log],
      env: { ...process.env, ...env },
      cwd: path.dirname(this.#logFile),
      ...(unprivileged ? nobody() : {}),
    });
    closeSync(log);
    this.#child = child;
    if (this.#keep && child.pid !== undefined) {
      noteKept(path.dirname(this.#logFile), child.pid, this.#program.stopSignal ?? "SIGTERM");
    }
    this.#ended = new Promise((resolve) => {
      child.once("exit", () => resolve());
      child.once("error", () => resolve());
    });
    await this.#untilReady();
  }

  get running(): boolean {
    return this.#child?.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  log(): string {
    return existsSync(this.#logFile) ? readFileSync(this.#logFile, "utf8") : "";
  }

  /** Asks it to end, and ends it after 20 s if it has not. */
  async stop(): Promise<void> {
    this.thaw();
    this.#signal(this.#program.stopSignal ?? "SIGTERM");
    await Promise.race([this.#ended, sleep(20_000, undefined, { ref: false })]);
    await this.kill();
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<void> {
    this.#signal("SIGKILL");
    await this.#ended;
  }

  /** Lets it do nothing at all until `thaw`, as a machine that hangs or a network that drops every packet would. */
  freeze(): void {
    this.#signal("SIGSTOP");
  }

  thaw(): void {
    this.#signal("SIGCONT");
  }

  async #untilReady(): Promise<void> {
    const limit = this.#program.within ?? 60_000;
    const deadline = Date.now() + limit;
    while (!(await this.#program.ready().catch(() => false))) {
      if (!this.running) {
        throw new Error(`${this.name} ended while it started:\n${this.#excerpt()}`);
      }
      if (Date.now() > deadline) {
        throw new Error(`${this.name} was not ready after ${limit / 1000} s:\n${this.#excerpt()}`);
      }
      await sleep(100);
    }
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.running) {
      this.#child?.kill(signal);
    }
  }

  #excerpt(): string {
    return relevantLines(this.log()) || this.log().split("\n").slice(-20).join("\n");
  }
}

/** The last errors of a log and their causes, without the stack's frames. */
function relevantLines(log: string): string {
  return log
    .split("\n")
    .filter((line) => /\b(ERROR|FATAL|Exception|Caused by)\b|Exception:/.test(line) && !/^\s+at /.test(line))
    .slice(-15)
    .join("\n");
}

/** User and group of the process, where we are root. */
export function nobody(): { uid?: number; gid?: number } {
  return process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
}

/** Removes the folders of labs whose process is gone. */
function sweep(): void {
  for (const entry of readdirSync(os.tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(entry)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`) && !hasKept(path.join(os.tmpdir(), entry))) {
      rmSync(path.join(os.tmpdir(), entry), { recursive: true, force: true });
    }
  }
}
