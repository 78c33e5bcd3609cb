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
      /** The document that fetches the sinks' secrets on an instance. */
      readonly secretsDocument: string;
      /** Value of the tag `pipeline-release` on instances that run what is declared now. */
      readonly release: string;
      /** Value of the tag `Name` on every instance of these workers, whatever it runs. */
      readonly name: string;
      /** How many of them there must be. */
      readonly workers: number;
    }
  /** Not at all: the bundle carries the connectors, and its host makes them run. */
  | { readonly by: "bundle" };

/** The workers do not answer, so that nothing is known of their connectors. */
export class Unreachable extends Error {}
