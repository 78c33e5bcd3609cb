import { unwrapRpcSecret } from "@pulumi/pulumi/runtime/rpc.js";
import type { Properties, ResourceKind } from "../resourceKind.ts";
import { resume, statusOf, type Access, type ManagedConnector } from "./confluentCloud.ts";
import { untilItIs, type WantedState } from "./managedHealth.ts";

/** That a connector in Confluent Cloud runs as it is declared now. */
export interface StatusProperties extends ManagedConnector {
  /** Id of the connector, e.g. `lcc-abc12`. */
  readonly connector: string;
  /** Digest of its settings, and one of its secret settings: a change of them makes us look again. */
  readonly settings: string;
  readonly secretSettings: string;
  /** What it should be. Default: `RUNNING`, also where it was paused by hand. */
  readonly status?: WantedState;
  /** Cloud API key. Default: CONFLUENT_CLOUD_API_KEY. */
  readonly apiKey?: string;
  /** Default: CONFLUENT_CLOUD_API_SECRET. */
  readonly apiSecret?: string;
  /** Base address of Confluent Cloud's API; CONFLUENT_CLOUD_ENDPOINT in the environment goes before it. */
  readonly endpoint?: string;
}

/**
 * Waits until a managed connector runs after each change of it, which Confluent's own provider does only for a new one,
 * and fails with the connector's own words if it does not. One that is paused, and not declared so any more, it resumes:
 * Confluent's provider does that only where RUNNING is declared, and then it refuses to change one that has failed.
 */
export const managedStatus: ResourceKind = {
  replacedBy: ["environment", "cluster", "name"],
  async create(inputs) {
    // A new connector runs, whatever status is declared: Confluent takes that with the next change only.
    await check({ ...inputs, status: "RUNNING" });
    return idOf(inputs);
  },
  async update(_, inputs) {
    await check(inputs);
    return undefined;
  },
  read: (state) => Promise.resolve(state),
  delete: () => Promise.resolve(),
};

/** The engine keeps such a resource, and looks again at the next `up`, also when the old settings are back by then. */
class DoesNotRun extends Error {
  readonly id: string;
  readonly properties: Properties;
  readonly reasons: readonly string[];

  constructor(inputs: Properties, reason: string) {
    super(reason);
    this.id = idOf(inputs);
    this.properties = { ...inputs, settings: "did not run" };
    this.reasons = [reason];
  }
}

async function check(inputs: Properties): Promise<void> {
  const properties = inClear(inputs);
  try {
    const access = accessOf(properties);
    const wanted = properties.status ?? "RUNNING";
    let isResumed = false;
    const look = async () => {
      const status = await statusOf(properties, access);
      if (wanted === "RUNNING" && status?.connector.state === "PAUSED" && !isResumed) {
        await resume(properties, access);
        isResumed = true;
      }
      return status;
    };
    await untilItIs(wanted, properties.name, look, { steadyMs: steadySeconds() * 1_000 });
  } catch (error) {
    throw new DoesNotRun(inputs, error instanceof Error ? error.message : String(error));
  }
}

/** CONFLUENT_CONNECTOR_STEADY_SECONDS: how long a connector must be seen to run. Default: 10. */
function steadySeconds(): number {
  const seconds = Number(process.env.CONFLUENT_CONNECTOR_STEADY_SECONDS ?? 10);
  if (!(seconds >= 0 && seconds <= 300)) {
    throw new Error("CONFLUENT_CONNECTOR_STEADY_SECONDS is not a number from 0 to 300");
  }
  return seconds;
}

function accessOf({ endpoint, apiKey, apiSecret }: StatusProperties): Access {
  const given = (text: string | undefined, variable: string) => text ?? process.env[variable] ?? "";
  const access = {
    endpoint: process.env.CONFLUENT_CLOUD_ENDPOINT ?? endpoint ?? "https://api.confluent.cloud",
    apiKey: given(apiKey, "CONFLUENT_CLOUD_API_KEY"),
    apiSecret: given(apiSecret, "CONFLUENT_CLOUD_API_SECRET"),
  };
  if (access.apiKey === "" || access.apiSecret === "") {
    throw new Error(
      "no Cloud API key: set confluentcloud:cloudApiKey and confluentcloud:cloudApiSecret, or CONFLUENT_CLOUD_API_KEY " +
        "and CONFLUENT_CLOUD_API_SECRET",
    );
  }
  return access;
}

function idOf(inputs: Properties): string {
  const { environment, cluster, name } = inClear(inputs);
  return `${environment}/${cluster}/${name}`;
}

/** Secrets arrive wrapped, and stay so in the state. */
function inClear(inputs: Properties): StatusProperties {
  return Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [key, unwrapRpcSecret(value) as unknown]),
  ) as unknown as StatusProperties;
}
