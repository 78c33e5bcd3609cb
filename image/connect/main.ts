import { parseArgs } from "node:util";
import { assemble } from "./assemble.ts";

const usage = `npm run image:assemble -- [--out FOLDER] [--accept-checksums]
  --out FOLDER         what to make; default .sandbox/image
  --accept-checksums   write the checksums files anew, after a version was changed on purpose`;

const options = {
  out: { type: "string" },
  "accept-checksums": { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

try {
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(usage);
  } else {
    const acceptChecksums = values["accept-checksums"];
    const say = (line: string) => console.log(line);
    await assemble({ ...(values.out === undefined ? {} : { out: values.out }), acceptChecksums, say });
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
