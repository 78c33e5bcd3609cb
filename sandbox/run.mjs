// Starts a TypeScript program of this repository, or says what is missing. Plain JavaScript, so that an old Node gets to
// say so too: `node sandbox/run.mjs PROGRAM.ts ARGUMENTS`.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `This needs Node 22.18 or newer, and ${process.execPath} is ${process.versions.node}.\n` +
      "On Linux, `npm ci` brings a Node of its own as an optional dependency: run `npm ci` without --omit=optional. " +
      "Elsewhere, install a newer Node.",
  );
  process.exit(2);
}
const [program = "", ...args] = process.argv.slice(2);
process.argv.splice(1, process.argv.length, program, ...args);
const { pathToFileURL } = await import("node:url");
await import(pathToFileURL(program).href);
