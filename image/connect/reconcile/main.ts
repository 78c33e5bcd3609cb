import { readFileSync } from "node:fs";
import { run } from "./cli.ts";

/** The program in the worker image: `node reconcile.js --help`. */
const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => interruption.abort());
}

void run(process.argv.slice(2), {
  env: process.env,
  readFile: (path) => readFileSync(path, "utf8"),
  readStdin: () => readFileSync(0, "utf8"),
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  signal: interruption.signal,
}).then((code) => {
  process.exitCode = code;
});
