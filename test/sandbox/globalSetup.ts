import { findPulumiCli } from "../../sandbox/engine/pulumiCli.ts";

/** Finds or builds the CLI once, before the tests' own clocks run. */
export default async function setUp(): Promise<void> {
  await findPulumiCli((line) => console.error(line));
}
