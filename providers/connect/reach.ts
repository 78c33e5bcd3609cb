import { setTimeout as wait } from "node:timers/promises";
import { reconcile, type Declaration, type Report } from "../../image/connect/reconcile/reconcile.ts";
import { reasonOf } from "../../image/connect/reconcile/rest.ts";
import { reconcileOnInstance } from "./ssm.ts";

/** How workers are reached from the machine that runs pulumi. */
export type Reach =
  /** Over their REST interface; CONNECT_URL in the environment names another way to it, such as a tunnel. */
  | { readonly by: "rest"; readonly url: string }
  /** Through Systems Manager, on one of the instances: nothing needs to reach their REST interface from outside. */
  | {
      readonly by: "ssm";
      readonly region: string;
      /** The document that runs reconcile on an instance. */
      readonly document: string;
      /** Value of the tag `pipeline-release` on instances that run what is declared now. */
      readonly release: string;
      /** How many of them there must be. */
      readonly workers: number;
    }
  /** Not at all: the bundle carries the connectors, and its host makes them run. */
  | { readonly by: "bundle" };

/** The workers do not answer, so that nothing is known of their connectors. */
export class Unreachable extends Error {}

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
      return reconcile(declaration, { url, ...options });
    }
    case "ssm":
      return reconcileOnInstance(reach, declaration, options);
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
