import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { build } from "esbuild";

const programs = { reconcile: "reconcile/main.ts", "check-secrets": "secrets/main.ts", revive: "revive/main.ts" };

/** Writes the image's own programs, a file each that needs nothing beside it but a `package.json`. */
export async function bundlePrograms(folder: string): Promise<void> {
  const entryPoints = Object.fromEntries(
    Object.entries(programs).map(([name, entry]) => [name, path.join(import.meta.dirname, entry)]),
  );
  await build({ entryPoints, outdir: folder, bundle: true, platform: "node", target: "node22", format: "cjs" });
  // Inside a project of ES modules, such as this one, Node would take them for modules.
  writeFileSync(path.join(folder, "package.json"), '{ "type": "commonjs" }\n');
}
