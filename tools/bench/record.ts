// Prints the graph of the program in a folder, for a stack's values, as JSON: `node record.ts FOLDER < VALUES`.
import { text } from "node:stream/consumers";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { recordGraph } from "../../sandbox/graph.ts";

const folder = process.argv[2] ?? "";
const { values, secretKeys } = JSON.parse(await text(process.stdin)) as {
  values: Record<string, string>;
  secretKeys: string[];
};
process.chdir(folder);
const load = () => import(pathToFileURL(path.join(folder, "index.ts")).href) as Promise<unknown>;
console.log(JSON.stringify(await recordGraph({ stack: "local", values, secretKeys, load })));
