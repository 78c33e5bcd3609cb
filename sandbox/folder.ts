import * as path from "node:path";

/** Where the sandbox keeps what it knows: state, clouds, compiled code, stand-ins. */
export function sandboxFolder(): string {
  return path.resolve(process.env.PIPELINE_SANDBOX ?? path.join(import.meta.dirname, "..", ".sandbox"));
}
