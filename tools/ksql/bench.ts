import { readdirSync, readFileSync } from "node:fs";
import { declaredGraph } from "../../model/graph.ts";
import { sourceRelation } from "../../model/ksql/sources.ts";
import { pipeline } from "../../pipeline.ts";

/**
 * What reading and checking ksqlDB's SQL costs: loading the code, then 100 statements at once. The first round also
 * fills what the parser learns about the grammar; the last is the median of ten.
 */
const count = 100;
const folder = "sql/ksqldb";

const milliseconds = (since: number) => performance.now() - since;
const beforeLoading = performance.now();
const { checkTransformations } = await import("../../model/ksql/transformations.ts");
const { readKsql } = await import("../../model/ksql/reading/read.ts");
const loading = milliseconds(beforeLoading);

const relations = declaredGraph(pipeline).tables.map((table) => sourceRelation(table, 3));
const all = readdirSync(folder).map((file) => ({
  name: file.replace(/\.sql$/, ""),
  text: readFileSync(`${folder}/${file}`, "utf8"),
}));
const beforeFirst = performance.now();
checkTransformations(all.slice(0, 1).map(({ name, text }) => ({ file: `${name}.sql`, text })));
const first = milliseconds(beforeFirst);
// Some read tables that the pipeline does not declare.
const written = all.filter(
  ({ name, text }) => checkTransformations([{ file: `${name}.sql`, text }], { relations }).mistakes.length === 0,
);
const files = Array.from({ length: count }, (_, index) => {
  const { name, text } = written[index % written.length] ?? { name: "", text: "" };
  const own = `${name}_${index}`;
  return { file: `${folder}/${own}.sql`, text: text.replaceAll(name, own) };
});

/** Milliseconds for each statement. */
const timed = (run: () => void) => {
  const since = performance.now();
  run();
  return milliseconds(since) / count;
};
const read = () => files.forEach(({ file, text }) => readKsql(file, text));
const check = () => checkTransformations(files, { relations, queryLimit: count });
const median = (run: () => void) => Array.from({ length: 10 }, () => timed(run)).toSorted((a, b) => a - b)[5] ?? 0;

const rows = [
  ["loading the code", loading, "ms"],
  ["the first statement, with all that is filled then", first, "ms"],
  ["reading, per statement", median(read), "ms"],
  ["reading and checking, per statement", median(check), "ms"],
] as const;
for (const [what, value, unit] of rows) {
  console.log(`${what.padEnd(50)} ${value.toFixed(2).padStart(8)} ${unit}`);
}
