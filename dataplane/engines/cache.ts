import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { partialFolder } from "./artifacts.ts";

interface Cached {
  /** What it is, in the folder's name. */
  readonly name: string;
  /** Files that decide what is in it. A folder for each state of them, so that another branch's versions don't get in the way. */
  readonly inputs: readonly string[];
  /** What else decides it. Default: nothing. */
  readonly salt?: string;
  /** Makes it anew although it is there. Default: `false`. */
  readonly anew?: boolean;
  readonly make: (folder: string) => Promise<void>;
}

/** A folder in the user's cache (`XDG_CACHE_HOME`, default `~/.cache`), made when it is not there. Nothing needs the cache. */
export async function cachedFolder({ name, inputs, salt = "", anew = false, make }: Cached): Promise<string> {
  const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache"), "pipeline-to-the-cloud");
  const folder = () => path.join(cache, `${name}-${version(inputs, salt)}`);
  if (anew || !existsSync(folder())) {
    const partial = partialFolder(path.join(cache, name));
    try {
      await make(partial);
      rmSync(folder(), { recursive: true, force: true });
      renameSync(partial, folder());
    } finally {
      rmSync(partial, { recursive: true, force: true });
    }
  }
  return folder();
}

function version(files: readonly string[], salt: string): string {
  const inputs = files.filter((file) => existsSync(file)).map((file) => readFileSync(file));
  return createHash("sha256").update(Buffer.concat(inputs)).update(salt).digest("hex").slice(0, 12);
}
