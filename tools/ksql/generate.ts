import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import ts from "typescript";

/**
 * Writes the lexer and the parser of `model/ksql/Ksql.g4` into a folder. As JavaScript with declarations: Node.js would
 * strip the types of 280 kB anew in every preview.
 */
export function generateKsqlParser(into: string): void {
  const folder = mkdtempSync(path.join(os.tmpdir(), "ksql-"));
  try {
    const options = ["-Dlanguage=TypeScript", "--generate-listener", "false", "--generate-visitor", "false"];
    const generator = path.resolve("node_modules/antlr-ng/dist/cli/runner.js");
    execFileSync(process.execPath, [generator, ...options, "-o", folder, "model/ksql/Ksql.g4"], { stdio: "inherit" });
    for (const name of ["KsqlLexer", "KsqlParser"]) {
      const text = readFileSync(path.join(folder, `${name}.ts`), "utf8");
      const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
      writeFileSync(path.join(into, `${name}.js`), ts.transpileModule(text, { compilerOptions }).outputText);
      writeFileSync(path.join(into, `${name}.d.ts`), ts.transpileDeclaration(text, { compilerOptions }).outputText);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
