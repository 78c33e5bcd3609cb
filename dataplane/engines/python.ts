import { execFile, execFileSync } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import { binary, MissingProgram } from "./binaries.ts";
import { cachedFolder } from "./cache.ts";

/**
 * The Python of an environment that has what a folder's `requirements.txt` pins, with its hashes, from the user's cache
 * or downloaded into it. Throws `MissingProgram` where this machine's Python cannot make one.
 */
export async function pythonWith(name: string, home: string): Promise<string> {
  const python = binary("python3");
  const requirements = path.join(home, "requirements.txt");
  const folder = await cachedFolder({
    name,
    inputs: [requirements],
    // An environment belongs to the Python that made it.
    salt: execFileSync(python, ["-c", "import sys; print(sys.executable, sys.version)"], { encoding: "utf8" }),
    make: async (partial) => {
      await run(python, ["-m", "venv", partial]);
      const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"];
      const pinned = ["--require-hashes", "--only-binary", ":all:", "--requirement", requirements];
      await run(path.join(partial, "bin", "python"), [...pip, ...pinned]);
    },
  });
  return path.join(folder, "bin", "python");
}

async function run(command: string, args: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)(command, args, { maxBuffer: 1 << 26 });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    const said = `${stdout}${stderr}`.trim();
    if (said.includes("ensurepip")) {
      throw new MissingProgram(
        "Python on this machine cannot make virtual environments. On Debian or Ubuntu, `dataplane/install.sh` installs python3-venv.",
      );
    }
    throw new Error(`${path.basename(command)} ${args.slice(0, 3).join(" ")} failed:\n${said}`, { cause: error });
  }
}
