import { chmodSync, readdirSync } from "node:fs";
import * as path from "node:path";

/**
 * Lets every user read a folder and all in it, and run what is in its `bin/`, whatever the umask was: an image keeps the
 * modes, its files are root's, and its container runs as another user.
 */
export function makeReadable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const isRun = entry.isDirectory() || entry.parentPath === path.join(folder, "bin");
    chmodSync(path.join(entry.parentPath, entry.name), isRun ? 0o755 : 0o644);
  }
}
