import { reconcile, type Declaration, type Report } from "../../image/connect/reconcile/reconcile.ts";
import { reasonOf } from "../../image/connect/reconcile/rest.ts";
import { cancelled, wait } from "../cancellation.ts";
import { Unreachable, type Reach } from "./reach.ts";

/** Runs reconcile where the workers are reached; `undefined` when they are not. Throws `Unreachable`. */
export async function reconcileThrough(
  reach: Reach,
  declaration: Declaration,
  options: { readonly dryRun: boolean },
): Promise<Report | undefined> {
  switch (reach.by) {
    case "rest": {
      const url = process.env.CONNECT_URL ?? reach.url;
      // Who makes a connector waits for its workers; who only looks, or takes one away, does not wait for long.
      if (options.dryRun || Object.keys(declaration.connectors).length === 0) {
        await mustAnswer(url);
      }
      return reconcile(declaration, { url, signal: cancelled, ...options });
    }
    case "ssm": {
      // Loaded here with the SDK of AWS, which most runs never need.
      const { reconcileOnInstance } = await import("./ssm.ts");
      return reconcileOnInstance(reach, declaration, options);
    }
    case "bundle":
      return undefined;
  }
}

async function mustAnswer(url: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await fetch(url, { signal: AbortSignal.timeout(5_000) });
      return;
    } catch (error) {
      if (attempt === 5) {
        throw new Unreachable(`no worker answers at ${url} (${reasonOf(error).text})`);
      }
      await wait(1_000);
    }
  }
}
