import { assemble } from "../../image/connect/assemble.ts";

/** The image's folder is made, or found up to date, before the tests' own clocks run. */
export default async function setUp(): Promise<void> {
  await assemble({ say: (line) => console.error(line) });
}
