import { readFileSync } from "node:fs";
import { workerMistakes } from "./references.ts";

/** What `bin/start` asks before it starts the JVM: `node check-secrets.js /etc/connect/worker.properties`. */
const [, , file = ""] = process.argv;
const mistakes = workerMistakes(file, (path) => readFileSync(path, "utf8"));
if (mistakes.length > 0) {
  console.error(["The worker is not started:", ...mistakes.map((one) => `  - ${one}`)].join("\n"));
  // EX_CONFIG of sysexits.h: what is wrong is the configuration.
  process.exitCode = 78;
}
