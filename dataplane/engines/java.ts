import { binary } from "./binaries.ts";

/** Small, quick to start, and in the same time zone everywhere. */
const options = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Duser.timezone=UTC", "-Xms64m"];

/** Command and arguments that run a class with that much heap. */
export function java(heap: string, ...args: string[]): { command: string; args: string[] } {
  return javaAt(binary("java"), heap, ...args);
}

/** The same with another Java than this machine's own. */
export function javaAt(command: string, heap: string, ...args: string[]): { command: string; args: string[] } {
  return { command, args: [...options, `-Xmx${heap}`, ...args] };
}
