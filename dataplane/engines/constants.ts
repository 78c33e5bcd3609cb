import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import * as path from "node:path";
import { binary } from "./binaries.ts";

/**
 * Which of the texts stand as a constant in the classes of a plugin's jars: what the code looks up, whether or not its
 * list of settings says so.
 */
export function constantsIn(plugin: string, jars: RegExp, classes: string, texts: readonly string[]): string[] {
  const files = readdirSync(plugin).filter((file) => jars.test(file));
  const code = files.map((file) =>
    execFileSync(binary("unzip"), ["-p", path.join(plugin, file), classes], { maxBuffer: 1 << 28 }),
  );
  return texts.filter((text) => code.some((bytes) => bytes.includes(constant(text))));
}

/** As the class file format writes it: tag 1, the length in two bytes, the text. */
function constant(text: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(Buffer.byteLength(text));
  return Buffer.concat([Buffer.from([1]), length, Buffer.from(text)]);
}
