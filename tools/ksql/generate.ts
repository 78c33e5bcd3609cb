import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** Writes the lexer and the parser of `model/ksql/Ksql.g4` into a folder. */
export function generateKsqlParser(into: string): void {
  const folder = mkdtempSync(path.join(os.tmpdir(), "ksql-"));
  try {
    const options = ["-Dlanguage=TypeScript", "--generate-listener", "false", "--generate-visitor", "false"];
    // Where the machine's own Node is older, npm scripts still run the one that is pinned.
    const generator = path.resolve("node_modules/antlr-ng/dist/cli/runner.js");
    execFileSync(process.execPath, [generator, ...options, "-o", folder, "model/ksql/Ksql.g4"], { stdio: "inherit" });
    for (const file of ["KsqlLexer.ts", "KsqlParser.ts"]) {
      copyFileSync(path.join(folder, file), path.join(into, file));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
