import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { generateKsqlParser } from "../../../../tools/ksql/generate.ts";

it("the committed parser is what the generator makes of the grammar", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "ksql-"));
  try {
    generateKsqlParser(folder);
    const committed = "model/ksql/generated";
    expect(readdirSync(folder).toSorted()).toEqual(readdirSync(committed).toSorted());
    for (const file of readdirSync(folder)) {
      const same = readFileSync(path.join(folder, file)).equals(readFileSync(path.join(committed, file)));
      // Run `npm run ksql:parser` after a change of Ksql.g4.
      expect({ file, same }).toEqual({ file, same: true });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
